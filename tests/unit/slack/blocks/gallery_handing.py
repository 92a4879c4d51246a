"""The pictures of an issue that changes hands: pings of who was named, questions to the owner, and the forms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks.handing_forms import assign_form, give_back_form, snooze_form
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.ids import Carried
from bot.domain import asking, handing, snoozing, still_on_it
from bot.domain.issue import Change, Issue
from bot.domain.looked import Looked
from bot.domain.notification import Notice, NoticeKind
from bot.domain.permissions import Actor
from bot.domain.rerouting import reroute
from bot.domain.routing import route
from bot.domain.span import span
from bot.domain.telling_handing import ask_to_hand_over
from tests import builders as make
from tests.unit.slack.blocks import examples

LATER = examples.NOW + make.minutes(60)


def taken() -> Issue:
    """Ana has it, and is asked after silence."""
    issue = examples.taken().issue
    return replace(issue, route=replace(issue.route, path=make.path(still_on_it_after=span("1h"))))


def named(who: str = make.MANAGER) -> Change:
    """The escalation manager asks the director to take it over."""
    wish = handing.Wish(make.contact(make.DIRECTOR), (make.user(make.DIRECTOR),), "Dora")
    why = "Ana's shift ends & this goes on <!channel>"
    change = handing.assign(taken(), Actor(who, manager=True), wish, why, LATER)
    found = [Looked(wish.contact, wish.targets)]
    return change.then(asking.ask_people(change.issue, found, LATER))


def _to(before: Issue, about: Change, kind: NoticeKind) -> Notice:
    """The message of that kind."""
    return next(one for one in route(before, about) if one.kind is kind)


def _asked(about: Change, now: Change | None = None) -> Drawing:
    return draw(examples.letter(_to(taken(), about, NoticeKind.OWNER), now or about))


def _top() -> Change:
    return reroute(taken(), replace(taken().route, top_priority=True), LATER, by=make.MANAGER)


def _shift(follows: str = make.OMAR) -> Drawing:
    question = ask_to_hand_over(taken(), "care:1", "Care leads", follows, "Omar Haddad")
    assert question is not None
    return draw(examples.letter(question, taken()))


def _kept() -> Drawing:
    asked = still_on_it.ask_still(taken(), LATER)
    return _asked(asked, still_on_it.keep(asked.issue, Actor(make.ANA), LATER))


def _snoozed() -> Drawing:
    quiet = snoozing.snooze(taken(), Actor(make.ANA), LATER, examples.NOW)
    return draw(examples.letter(examples.notice(NoticeKind.CARD), quiet))


def _gone() -> Drawing:
    one = taken()
    mine = tuple(replace(ask, contact="oncall:care") for ask in one.asks)
    change = handing.owner_gone(one.bump(asks=mine), make.ANA, "away", LATER)
    followed = asking.ask_people(change.issue, [make.looked("oncall:care", make.OMAR)], LATER)
    return draw(examples.letter(examples.notice(NoticeKind.CARD), change.then(followed)))


def _gave_back() -> Drawing:
    change = handing.give_back(taken(), Actor(make.ANA), "ill", LATER)
    return draw(examples.letter(_to(taken(), change, NoticeKind.REQUESTER), change))


HANDING: dict[str, Callable[[], Drawing | dict[str, Any]]] = {
    "ping_named": lambda: draw(
        examples.letter(examples.ping(named().issue, make.DIRECTOR, round_=1), named())
    ),
    "card_handing_over": lambda: draw(examples.letter(examples.notice(NoticeKind.CARD), named())),
    "card_snoozed": _snoozed,
    "card_owner_gone": _gone,
    "owner_still": lambda: _asked(still_on_it.ask_still(taken(), LATER)),
    "owner_still_answered": _kept,
    "owner_at_the_top": lambda: _asked(_top()),
    "owner_shift_over": _shift,
    "owner_shift_over_nobody_follows": lambda: _shift(""),
    "requester_given_back": _gave_back,
    "form_give_back": lambda: give_back_form(Carried(42), metadata("n-1")),
    "form_assign": lambda: assign_form(Carried(42), metadata("n-1")),
    "form_hand_over": lambda: assign_form(Carried(42), metadata("n-1"), "Hand over"),
    "form_snooze": lambda: snooze_form(Carried(42), metadata("n-1")),
}
