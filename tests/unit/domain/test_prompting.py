"""Which messages still matter, what a ping says at each moment, and whether its buttons still make sense."""

from dataclasses import replace

import pytest

from bot.domain.care import Company
from bot.domain.ids import UserId
from bot.domain.issue import AskStatus, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.notices import ping
from bot.domain.notification import Notice, NoticeKind
from bot.domain.prompting import asks_anew, has_live_buttons, still_wanted
from bot.domain.wording.names import next_step_name
from bot.domain.wording.prompts import asked_now, confirmable, prompt, settled
from tests.builders import (
    ANA,
    DIRECTOR,
    OMAR,
    QUARTER,
    ask,
    at_level_two,
    channel,
    climbing,
    closed,
    issue,
    notice,
    path,
    position,
    resolved,
    route,
    unanswered,
    user,
)
from tests.builders import acknowledged as taken

TO_ANA = ping(issue(), ask(ANA), NoticeKind.PING, "ping")
TO_OMAR = ping(issue(), ask(OMAR, 2), NoticeKind.PING, "ping")
REMINDER = ping(issue(), ask(ANA), NoticeKind.REMINDER, "remind:1")
TWO = issue(asks=(ask(ANA), ask(OMAR, status=AskStatus.DECLINED)))
REOPENED = issue(opening=2, position=position(Stage.OWNER), asks=(ask(OMAR),), last_owner=OMAR)
BY_OMAR = taken(issue(asks=(ask(ANA), ask(OMAR))), owner=OMAR)
AGAIN = at_level_two(BY_OMAR).bump(asks=(*BY_OMAR.asks, ask(ANA, 2)))
STILL = "ISS-1 is still unanswered. Shift lead is asked now; you may take it all the same."

ROWS: dict[str, tuple[Issue, Notice, str, bool, bool]] = {
    # issue, message -> sentence, live buttons, still wanted before it is sent
    "asked": (issue(), TO_ANA, "ISS-1 needs your answer by 12:15 UTC.", True, True),
    "a reminder": (issue(), REMINDER, "Reminder: ISS-1 needs your answer by 12:15 UTC.", True, True),
    "the level is over": (at_level_two(issue()), TO_ANA, STILL, True, False),
    "the ladder is over": (
        unanswered(issue()),
        TO_ANA,
        "ISS-1 is still unanswered. The escalation manager is asked now; you may take it all the same.",
        True,
        False,
    ),
    "somebody who is asked again in another round or place": (
        unanswered(issue(asks=(ask(ANA), ask(ANA, 0)))),
        TO_ANA,
        "ISS-1 is still unanswered. You are asked again below.",
        True,
        False,
    ),
    "the catch-all": (
        unanswered(issue()),
        ping(unanswered(issue()), ask("U_MANAGER", 0), NoticeKind.NAG, "nag:1"),
        "ISS-1 is UNANSWERED: every level stayed silent. Please take it, or find somebody who does.",
        True,
        True,
    ),
    "declined": (
        TWO,
        ping(TWO, ask(OMAR), NoticeKind.PING, "ping"),
        "You can't take ISS-1. You are not asked again for it. Thank you.",
        False,
        False,
    ),
    "taken by somebody else": (
        taken(issue(asks=(ask(ANA), ask(OMAR))), owner=OMAR),
        TO_ANA,
        "@U_OMAR took ISS-1 at 12:15 UTC. Nothing to do.",
        False,
        False,
    ),
    "climbing": (climbing(issue()), TO_OMAR, "ISS-1 needs your answer by 12:45 UTC.", True, True),
    "climbing, and somebody of my level has it": (
        climbing(issue(asks=(ask(ANA), ask("U_EVE")))),
        ping(issue(asks=(ask(ANA), ask("U_EVE"))), ask("U_EVE"), NoticeKind.PING, "ping"),
        "@U_ANA took ISS-1 at 12:15 UTC. Nothing to do.",
        False,
        False,
    ),
    "resolved by somebody else": (
        replace(resolved(issue()), owner=UserId("U_EVE")),
        TO_ANA,
        "@U_EVE resolved ISS-1. Nothing to do.",
        False,
        False,
    ),
    "resolved": (resolved(issue()), TO_ANA, "ISS-1 is resolved. Nothing to do.", False, False),
    "closed": (closed(issue()), TO_ANA, "ISS-1 is closed. Nothing to do.", False, False),
    "merged": (
        resolved(issue()).bump(state=State.MERGED, company=Company(merged_into=7)),
        TO_ANA,
        "ISS-1 goes on as ISS-7. Nothing to do.",
        False,
        False,
    ),
    "of the opening before": (
        REOPENED,
        TO_ANA,
        "ISS-1 was opened again after this. Nothing to do here.",
        False,
        False,
    ),
    "of the opening before, and asked again in this one": (
        REOPENED,
        ping(issue(), ask(OMAR), NoticeKind.PING, "ping"),
        "ISS-1 was opened again after this. You are asked again below.",
        False,
        False,
    ),
    "of the opening before, and resolved since by its reader": (
        resolved(REOPENED, owner=OMAR),
        ping(issue(), ask(OMAR), NoticeKind.PING, "ping"),
        "ISS-1 was opened again after this. You are asked again below.",
        False,
        False,
    ),
    "of the opening before, and taken since by its reader": (
        taken(REOPENED, owner=OMAR),
        ping(issue(), ask(OMAR), NoticeKind.PING, "ping"),
        "ISS-1 was opened again after this. You are asked again below.",
        False,
        False,
    ),
    "taken by somebody else, and asked again elsewhere": (
        AGAIN,
        TO_ANA,
        "ISS-1 is not solved yet. You are asked again below.",
        False,
        False,
    ),
    "no longer asked": (
        issue(asks=(ask(ANA, status=AskStatus.UNREACHABLE), ask(OMAR))),
        TO_ANA,
        "ISS-1 is for others to answer. Nothing to do.",
        False,
        False,
    ),
    "never asked": (
        issue(),
        TO_OMAR,
        "ISS-1 is for others to answer. Nothing to do.",
        False,
        False,
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_ping_says_the_truth(name: str) -> None:
    one, message, sentence, live, _ = ROWS[name]
    now = prompt(one, message)
    assert (now.sentence.plain(), now.live) == (sentence, live)
    assert has_live_buttons(one, message) is live
    assert live or now.escalate_to is None


@pytest.mark.parametrize("one", [taken(issue()), climbing(issue())])
def test_who_took_it_works_from_the_ping(one: Issue) -> None:
    now = prompt(one, TO_ANA)
    assert (now.sentence.plain(), now.live, now.has_it) == ("You took ISS-1 at 12:15 UTC.", False, True)
    assert now.escalate_to == next_step_name(one)
    assert has_live_buttons(one, TO_ANA), "so that the buttons go when it is resolved"


def test_only_the_newest_of_several_pings_carries_what_its_owner_works_with() -> None:
    older = replace(TO_ANA, args={**TO_ANA.args, "overtaken": 1})
    now = prompt(taken(issue()), older)
    said = "You took ISS-1 at 12:15 UTC. The buttons are in the newer message below."
    assert (now.sentence.plain(), now.live, now.has_it, now.escalate_to) == (said, False, False, None)
    assert not has_live_buttons(taken(issue()), older)
    assert prompt(issue(), older) == prompt(issue(), TO_ANA), "while nobody has it, each of them answers"


@pytest.mark.parametrize(
    ("before", "after", "anew"),
    [
        pytest.param(resolved(issue()), REOPENED.bump(asks=()), True, id="opened again"),
        pytest.param(taken(issue()), issue(), True, id="given back"),
        pytest.param(REOPENED.bump(asks=()), REOPENED, True, id="asked in a later opening"),
        pytest.param(BY_OMAR, AGAIN, True, id="asked while somebody has it"),
        pytest.param(issue(asks=()), issue(), False, id="asked for the first time"),
        pytest.param(issue(), at_level_two(issue()), False, id="climbed while nobody has it"),
        pytest.param(taken(issue()), resolved(issue()), False, id="resolved"),
    ],
)
def test_settled_pings_are_looked_at_again_when_people_are_asked_anew(
    before: Issue, after: Issue, anew: bool
) -> None:
    assert asks_anew(before, after) is anew


@pytest.mark.parametrize("name", ROWS)
def test_a_ping_that_was_overtaken_is_not_sent(name: str) -> None:
    one, message, _, _, wanted = ROWS[name]
    assert still_wanted(one, message) is wanted


def test_the_escalate_button_names_the_next_level() -> None:
    assert prompt(issue(), TO_ANA).escalate_to == "Shift lead"
    last = issue(position=position(level=3), asks=(ask(DIRECTOR, 3),))
    assert prompt(last, ping(last, ask(DIRECTOR, 3), NoticeKind.PING, "ping")).escalate_to == (
        "the escalation manager"
    )
    again = last.bump(route=route(path=path(repeat=1)))
    assert prompt(again, ping(again, ask(DIRECTOR, 3), NoticeKind.PING, "ping")).escalate_to == "Front desk"


@pytest.mark.parametrize("kind", [NoticeKind.CARD, NoticeKind.LOG, NoticeKind.REQUESTER, NoticeKind.OWNER])
def test_only_pings_go_out_of_date(kind: NoticeKind) -> None:
    assert still_wanted(closed(issue()), notice(kind, args={"opening": 7}))


SOLVED = notice(NoticeKind.REQUESTER, "req:1", args={"buttons": "confirm", "opening": 1})
NEWS = notice(NoticeKind.REQUESTER, "req:2", args={"buttons": "", "opening": 1})


@pytest.mark.parametrize(
    ("one", "message", "live"),
    [
        (resolved(issue()), SOLVED, True),
        (resolved(issue()), NEWS, False),
        (resolved(issue()).bump(opening=2), SOLVED, False),
        (closed(issue()), SOLVED, False),
        (issue(opening=2), SOLVED, False),
        (issue(), notice(), True),
        (taken(issue()), notice(), True),
        (resolved(issue()), notice(), False),
        (closed(issue()), notice(), False),
        (issue(), notice(NoticeKind.LOG), False),
    ],
)
def test_other_messages_with_buttons(one: Issue, message: Notice, live: bool) -> None:
    assert has_live_buttons(one, message) is live


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (closed(issue()), "Closed Mon 02 Mar 13:15 UTC. Thank you."),
        (issue(opening=2), "It was not solved yet. It was opened again."),
        (issue(), "It was not solved yet. It was opened again."),
        (resolved(issue()), "Nothing to do here any more."),
    ],
)
def test_what_stands_below_a_settled_question(one: Issue, sentence: str) -> None:
    assert settled(one, SOLVED).plain() == sentence


def test_a_solution_is_confirmable_in_its_own_opening_only() -> None:
    assert confirmable(resolved(issue()), SOLVED)
    assert not confirmable(resolved(issue()).bump(opening=2), SOLVED)
    assert not confirmable(taken(issue()), SOLVED)


@pytest.mark.parametrize(
    ("one", "who"),
    [
        (issue(), "@U_ANA"),
        (issue(asks=(ask(ANA), ask(channel("C_OPS")))), "@U_ANA or #C_OPS"),
        (issue(asks=()), "Front desk"),
        (unanswered(issue()).bump(asks=()), "The escalation manager"),
        (taken(issue(), at=QUARTER), "Front desk"),
    ],
)
def test_who_is_asked_now(one: Issue, who: str) -> None:
    assert asked_now(one).plain() == who


def test_the_card_of_what_is_private_offers_nothing_and_its_copies_do() -> None:
    card, copy = notice(), notice(NoticeKind.COPY, f"copy:{ANA}", to=user(ANA))
    assert (has_live_buttons(issue(), card), has_live_buttons(issue(), copy)) == (True, False)
    hidden = issue(private=True)
    assert (has_live_buttons(hidden, card), has_live_buttons(hidden, copy)) == (False, True)
    over = resolved(hidden)
    assert (has_live_buttons(over, card), has_live_buttons(over, copy)) == (False, False)
