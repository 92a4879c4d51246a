"""The pictures of private issues: copies of the card, what channels see, and both forms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks.hide_forms import hide_form, show_form
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.ids import Carried
from bot.domain.issue import Change
from bot.domain.notification import Notice, NoticeKind
from bot.domain.words import say
from tests import builders as make
from tests.unit.slack.blocks import examples

DESK = make.channel("C_OPS_DESK")


def private(about: Change) -> Change:
    """The same, private."""
    return replace(about, issue=replace(about.issue, private=True))


def nameless(about: Change) -> Change:
    """The same, without the name of who raised it."""
    facts = replace(about.issue.facts, nameless=True)
    return replace(about, issue=replace(about.issue, facts=facts))


def copy(who: str = make.ANA) -> Notice:
    """The copy of the card for somebody."""
    return replace(examples.notice(NoticeKind.COPY), key=f"copy:{who}", to=make.user(who))


def _ping(about: Change) -> Drawing:
    asks = replace(examples.ping(about.issue, DESK.id), to=DESK)
    return draw(examples.letter(asks, private(about)))


def _news() -> Drawing:
    told = replace(examples.notice(NoticeKind.MANAGER, say("Checkout is late.")), to=DESK)
    return draw(examples.letter(told, private(examples.late())))


def _refused() -> Drawing:
    said = say("ISS-42 is private. Only the people of its path can see it.")
    return draw(examples.letter(examples.notice(NoticeKind.DETAILS, said, view_id="V1"), None))


PRIVATE: dict[str, Callable[[], Drawing | dict[str, Any]]] = {
    "copy": lambda: draw(examples.letter(copy(), private(examples.raised()))),
    "copy_of_who_left": lambda: draw(examples.letter(copy("U_WES"), private(examples.raised()))),
    "copy_now_public": lambda: draw(examples.letter(copy(), examples.raised())),
    "card_private": lambda: draw(
        examples.letter(examples.notice(NoticeKind.CARD), private(examples.raised()))
    ),
    "card_nameless": lambda: draw(
        examples.letter(examples.notice(NoticeKind.CARD), nameless(examples.solved()))
    ),
    "ping_private_to_a_channel": lambda: _ping(examples.raised()),
    "ping_private_settled": lambda: _ping(examples.taken()),
    "news_private_to_a_channel": _news,
    "details_private": _refused,
    "form_hide": lambda: hide_form(Carried(42), metadata("n-1")),
    "form_show": lambda: show_form(Carried(42), metadata("n-1")),
}
