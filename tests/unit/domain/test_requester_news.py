"""What the requester reads, step by step: every step, plain words, nothing twice."""

import re
from collections import Counter

import pytest

from bot.domain import answering, asking, closing, escalation, reminding, working
from bot.domain.care import Care
from bot.domain.events import Cause
from bot.domain.issue import Change, Issue, Stage
from bot.domain.matrix.model import IfNobody
from bot.domain.notices import card_notice, requester_target
from bot.domain.notification import Notice, NoticeKind, Op
from bot.domain.raising import raise_issue
from bot.domain.routing import route
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
    ask,
    at_level_two,
    channel,
    climbing,
    facts,
    in_channel,
    issue,
    level,
    looked,
    position,
    ref,
    resolved,
    unanswered,
    user,
)
from tests.builders import acknowledged as taken
from tests.builders import route as way
from tests.unit.domain.reading import FOR_RITA, RAISED, RITA, told

JARGON = re.compile(r"acknowledg|breach|\bP\d\b|epoch|declin|catch-all|unreachable|timer", re.IGNORECASE)


def news(before: Issue | None, change: Change) -> list[str]:
    """What the requester reads."""
    return told(route(before, change), NoticeKind.REQUESTER)


LIFE: dict[str, tuple[Issue | None, Change, list[str]]] = {
    "raised for somebody": (
        None,
        RAISED,
        [
            "U_RITA: @U_RAVI raised ISS-1 for you. Front desk answers by "
            "12:15 UTC; if nobody answers, the next level is asked, and you are told."
        ],
    ),
    "asked": (
        FOR_RITA.bump(asks=(), position=position(asked=False)),
        asking.ask_people(FOR_RITA.bump(asks=(), position=position(asked=False)), [looked(ANA, ANA)], NOON),
        [],
    ),
    "reminded": (FOR_RITA, reminding.remind(FOR_RITA, QUARTER), []),
    "the next level": (
        FOR_RITA,
        escalation.end_level(FOR_RITA, QUARTER, Cause.TIMER),
        ["U_RITA: ISS-1: Shift lead is asked now and answers by 12:45 UTC."],
    ),
    "the last one declined": (
        FOR_RITA,
        answering.decline(FOR_RITA, actor(ANA), QUARTER, "no"),
        ["U_RITA: ISS-1: Shift lead is asked now and answers by 12:45 UTC."],
    ),
    "escalated by hand": (
        FOR_RITA,
        working.escalate(FOR_RITA, actor(ANA), (1, 0), QUARTER),
        ["U_RITA: ISS-1: Shift lead is asked now and answers by 12:45 UTC."],
    ),
    "nobody answered": (
        at_level_two(FOR_RITA).bump(position=position(level=3)),
        escalation.end_level(at_level_two(FOR_RITA).bump(position=position(level=3)), QUARTER, Cause.TIMER),
        [
            "U_RITA: ISS-1 takes longer than it should. The escalation manager has been told and will find somebody."
        ],
    ),
    "nagged": (unanswered(FOR_RITA), reminding.nag(unanswered(FOR_RITA), QUARTER), []),
    "taken": (
        FOR_RITA,
        answering.acknowledge(FOR_RITA, actor(ANA), QUARTER),
        ["U_RITA: @U_ANA has taken ISS-1."],
    ),
    "taken over": (
        climbing(FOR_RITA),
        answering.acknowledge(climbing(FOR_RITA), actor(OMAR), QUARTER),
        ["U_RITA: @U_OMAR has taken ISS-1."],
    ),
    "updated": (
        taken(FOR_RITA),
        working.update_requester(taken(FOR_RITA), actor(ANA), "Soon.", QUARTER),
        ["U_RITA: ISS-1, news from @U_ANA:"],
    ),
    "resolved": (
        taken(FOR_RITA),
        working.resolve(taken(FOR_RITA), actor(ANA), "Restarted.", QUARTER),
        [
            "U_RITA: @U_ANA says that ISS-1 is solved. Is it? It closes Thu 05 Mar 12:15 UTC unless you press "
            "Not solved."
        ],
    ),
    "solved by the requester": (
        taken(issue(requester=ANA)),
        working.resolve(taken(issue(requester=ANA)), actor(ANA), "Mine.", QUARTER),
        [
            "U_ANA: ISS-1 is solved and closed. If it comes back within 14 days, press Not solved and it is opened "
            "again."
        ],
    ),
    "confirmed": (
        resolved(FOR_RITA),
        closing.confirm(resolved(FOR_RITA), actor(RITA), QUARTER),
        ["U_RITA: Thank you. ISS-1 is closed. How did it go?"],
    ),
    "closed after silence": (
        resolved(FOR_RITA),
        closing.close(resolved(FOR_RITA), QUARTER),
        [
            "U_RITA: ISS-1 is closed. If it comes back within 14 days, press Not solved and it is opened again. "
            "How did it go?"
        ],
    ),
    "disputed, the owner is asked": (
        resolved(FOR_RITA),
        closing.dispute(resolved(FOR_RITA), actor(RITA), "No.", QUARTER),
        [
            "U_RITA: Thank you for telling us. ISS-1 is open again; @U_ANA is asked first and answers by 12:30 UTC."
        ],
    ),
    "disputed by who raised it": (
        resolved(FOR_RITA),
        closing.dispute(resolved(FOR_RITA), actor(RAVI), "No.", QUARTER),
        [
            "U_RITA: @U_RAVI says that ISS-1 is not solved yet. ISS-1 is open again; @U_ANA is asked first and answers "
            "by 12:30 UTC."
        ],
    ),
    "more help for who has it": (
        taken(FOR_RITA),
        working.escalate(taken(FOR_RITA), actor(ANA), (1, 0), QUARTER),
        ["U_RITA: ISS-1: Shift lead is asked to help now and answers by 12:45 UTC. @U_ANA has it meanwhile."],
    ),
    "nobody is left to help": (
        taken(FOR_RITA).bump(position=position(Stage.REST, level=3)),
        working.escalate(
            taken(FOR_RITA).bump(position=position(Stage.REST, level=3)), actor(ANA), (3, 0), QUARTER
        ),
        [
            "U_RITA: ISS-1 takes longer than it should. The escalation manager has been told and will see what it "
            "needs."
        ],
    ),
    "disputed again": (
        resolved(FOR_RITA).bump(care=Care(disputes=1)),
        closing.dispute(resolved(FOR_RITA).bump(care=Care(disputes=1)), actor(RITA), "No.", QUARTER),
        ["U_RITA: Thank you for telling us. ISS-1 is open again; Shift lead is asked now."],
    ),
    "disputed again at the end of the ladder": (
        resolved(FOR_RITA).bump(care=Care(disputes=1), position=position(Stage.REST, level=3)),
        closing.dispute(
            resolved(FOR_RITA).bump(care=Care(disputes=1), position=position(Stage.REST, level=3)),
            actor(RITA),
            "No.",
            QUARTER,
        ),
        ["U_RITA: Thank you for telling us. ISS-1 is open again; the escalation manager is asked now."],
    ),
    "unreachable": (
        FOR_RITA.bump(asks=(ask(ANA), ask(OMAR))),
        escalation.mark_unreachable(FOR_RITA.bump(asks=(ask(ANA), ask(OMAR))), user(ANA), "left", QUARTER),
        [],
    ),
}


@pytest.mark.parametrize("name", LIFE)
def test_what_the_requester_reads_when(name: str) -> None:
    before, change, sentences = LIFE[name]
    assert news(before, change) == sentences


@pytest.mark.parametrize("name", LIFE)
def test_the_requester_reads_plain_words_only(name: str) -> None:
    before, change, _ = LIFE[name]
    assert not [text for text in news(before, change) if JARGON.search(text)]


@pytest.mark.parametrize("name", LIFE)
def test_nobody_is_told_the_same_thing_twice(name: str) -> None:
    before, change, _ = LIFE[name]
    notices = route(before, change)
    keys = Counter((one.key, one.op) for one in notices)
    letters = Counter(one.to for one in notices if one.kind in (NoticeKind.REQUESTER, NoticeKind.OWNER))
    assert max(keys.values()) == 1
    assert max(letters.values(), default=1) == 1


@pytest.mark.parametrize("name", LIFE)
def test_every_change_draws_the_card_anew_last(name: str) -> None:
    before, change, _ = LIFE[name]
    notices = route(before, change)
    cards = [one for one in notices if one.kind is NoticeKind.CARD]
    assert cards == [card_notice(change.issue, Op.POST if before is None else Op.EDIT)]
    assert notices[0 if before is None else -1].kind is NoticeKind.CARD


def test_a_requester_who_raised_it_is_told_once_and_not_about_themselves() -> None:
    change = raise_issue(ref(), facts(), way(), raiser=RAVI, requester=RAVI, updates_channel=None, now=NOON)
    assert news(None, change) == [
        "U_RAVI: ISS-1 is raised. Front desk answers by 12:15 UTC; if nobody answers, the next level is "
        "asked, and you are told."
    ]


def test_a_level_that_waits_for_its_people_promises_no_time_before_they_are_looked_up() -> None:
    desk = level("Desk", "oncall:care", if_nobody=IfNobody.HOLD)
    change = raise_issue(
        ref(), facts(), way([desk]), raiser=RAVI, requester=RAVI, updates_channel=None, now=NOON
    )
    assert news(None, change) == [
        "U_RAVI: ISS-1 is raised. Desk is asked first; if nobody answers, the next level is asked, and you are told."
    ]


def test_updates_go_to_the_chosen_channel_instead_of_a_dm() -> None:
    one = issue(updates_channel=in_channel("C_NEWS"))
    assert requester_target(one) == channel("C_NEWS")
    assert requester_target(issue()) == user(RAVI)
    assert news(one, answering.acknowledge(one, actor(ANA), QUARTER)) == ["C_NEWS: @U_ANA has taken ISS-1."]


def test_what_the_owner_wrote_goes_along_as_a_quote_with_a_button_to_reply_and_a_solution_asks_first() -> (
    None
):
    before = taken(FOR_RITA)
    (update,) = _of(route(before, working.update_requester(before, actor(ANA), "*Soon*", QUARTER)))
    (solved,) = _of(route(before, working.resolve(before, actor(ANA), "Done.", QUARTER)))
    assert (update.text("quote"), update.text("buttons")) == ("*Soon*", "reply")
    assert (solved.text("quote"), solved.text("buttons"), solved.args["opening"]) == (
        "Done.",
        "confirm reply_too",
        1,
    )


def _of(notices: tuple[Notice, ...]) -> list[Notice]:
    return [one for one in notices if one.kind is NoticeKind.REQUESTER]
