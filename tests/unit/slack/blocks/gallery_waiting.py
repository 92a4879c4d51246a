"""The pictures of an issue that waits: its card, what the requester is asked, and both forms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.blocks.wait_forms import answer_form, wait_form
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.ids import Carried
from bot.domain import waiting
from bot.domain.issue import Change
from bot.domain.notification import Notice, NoticeKind
from bot.domain.permissions import Actor
from bot.domain.routing import route
from bot.domain.span import span
from tests import builders as make
from tests.unit.slack.blocks import examples

NOTE = "Which card is refused? The last four digits are enough."


def waits(reason: str = "requester") -> Change:
    """Ana waits for Lena, for two days at most."""
    taken = examples.taken()
    way = replace(taken.issue.route, path=make.path(wait_at_most=span("2d")))
    issue = replace(taken.issue, route=replace(way, rules=make.rules(wait_reasons=("The acquirer",))))
    return waiting.wait(issue, Actor(make.ANA), reason, NOTE, examples.NOW)


def asked(about: Change) -> Notice:
    """What the requester was told."""
    before = examples.taken().issue
    (told,) = [one for one in route(before, about) if one.kind is NoticeKind.REQUESTER]
    return told


def _over(about: Change) -> Drawing:
    on = waiting.go_on(about.issue, Actor(make.ANA), examples.NOW + make.minutes(9))
    return draw(examples.letter(asked(about), on))


WAITING: dict[str, Callable[[], Drawing | dict[str, Any]]] = {
    "card_waiting": lambda: draw(examples.letter(examples.notice(NoticeKind.CARD), waits())),
    "ping_settled_waiting": lambda: draw(examples.letter(examples.ping(waits().issue), waits())),
    "requester_asked": lambda: draw(examples.letter(asked(waits()), waits())),
    "requester_asked_no_longer": lambda: _over(waits()),
    "requester_other_reason": lambda: draw(
        examples.letter(asked(waits("The acquirer")), waits("The acquirer"))
    ),
    "form_wait": lambda: wait_form(Carried(42), waiting.reasons(waits().issue), metadata("n-1")),
    "form_answer": lambda: answer_form(
        Carried(42), metadata("n-1"), waiting.needed_from(waits().issue, examples.LENA)
    ),
}
