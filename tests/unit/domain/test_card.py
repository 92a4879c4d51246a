"""The card: who must act until when, and what became of each level."""

import pytest

from bot.domain.issue import AskStatus, Issue, Stage
from bot.domain.wording.card import headline, ladder
from bot.domain.wording.names import next_step_name, state_words
from tests.builders import (
    ANA,
    MANAGER,
    OMAR,
    ask,
    at_level_two,
    channel,
    climbing,
    closed,
    issue,
    position,
    resolved,
    unanswered,
)
from tests.builders import acknowledged as taken

HEADLINES: dict[str, tuple[Issue, str, str]] = {
    "open": (issue(), "open", "@U_ANA: please answer by 12:15 UTC. Then Shift lead is asked."),
    "nobody looked up yet": (
        issue(asks=()),
        "open",
        "Front desk: please answer by 12:15 UTC. Then Shift lead is asked.",
    ),
    "the last level": (
        issue(position=position(level=3), asks=(ask(OMAR, 3),)),
        "open",
        "@U_OMAR: please answer by 12:15 UTC. Then the escalation manager is asked.",
    ),
    "unanswered": (
        unanswered(issue()),
        "unanswered",
        "UNANSWERED: @U_MANAGER, please take it. Asked again every 15 min.",
    ),
    "unanswered, nobody there": (
        unanswered(issue()).bump(asks=()),
        "unanswered",
        "UNANSWERED: the escalation manager, please take it. Asked again every 15 min.",
    ),
    "taken": (taken(issue()), "in work", "@U_ANA has it, since 12:15 UTC."),
    "climbing": (
        climbing(issue()),
        "in work",
        "@U_ANA has it, since 12:15 UTC. @U_OMAR: please answer by 12:45 UTC. Then Director is asked.",
    ),
    "resolved": (
        resolved(issue()),
        "resolved",
        "Resolved by @U_ANA at 12:30 UTC. @U_RAVI: please confirm. Closes Thu 05 Mar 12:30 UTC unless you press "
        "Not solved.",
    ),
    "closed": (closed(issue()), "closed", "Solved by @U_ANA. Closed Mon 02 Mar 13:15 UTC."),
}


@pytest.mark.parametrize("name", HEADLINES)
def test_the_first_line(name: str) -> None:
    one, state, sentence = HEADLINES[name]
    assert headline(one).plain() == sentence
    assert state_words(one) == state


def rungs(one: Issue) -> list[str]:
    """The ladder as text."""
    return [line.plain() for line in ladder(one)]


def test_each_level_says_what_became_of_it() -> None:
    asks = (
        ask(ANA, 1, status=AskStatus.DECLINED),
        ask(channel("C_OPS"), 1, status=AskStatus.UNREACHABLE),
        ask(OMAR, 2),
    )
    assert rungs(issue(asks=asks, position=position(level=2))) == [
        "1. Front desk: @U_ANA can't take it and #C_OPS could not be reached",
        "2. Shift lead (decides): now: @U_OMAR was asked at 12:00 UTC",
        "3. Director: 1 h to answer",
    ]


def test_a_level_whose_turn_never_came_was_not_asked() -> None:
    assert rungs(resolved(issue()))[1:] == ["2. Shift lead (decides): not asked", "3. Director: not asked"]
    left_out = issue(asks=(ask(OMAR, 3),), position=position(level=3))
    assert rungs(left_out)[:2] == ["1. Front desk: not asked", "2. Shift lead (decides): not asked"]


def test_before_the_look_up() -> None:
    assert rungs(issue(asks=()))[0] == "1. Front desk: now: looking up who is there"


def test_whoever_took_it_is_named() -> None:
    assert rungs(taken(at_level_two(issue())))[0] == "1. Front desk: @U_ANA took it"


def test_asked_twice_shows_the_latest_answer() -> None:
    asks = (ask(ANA, 1, 0), ask(ANA, 1, 1, status=AskStatus.DECLINED))
    assert (
        rungs(issue(asks=asks, position=position(round=1)))[0] == "1. Front desk: now: @U_ANA can't take it"
    )


def test_the_catch_all_is_a_rung_once_it_was_reached() -> None:
    assert rungs(unanswered(issue()))[3] == f"Catch-all: @{MANAGER} was asked at 12:15 UTC"
    assert rungs(unanswered(issue()).bump(asks=()))[3] == "Catch-all: nobody could be reached yet"
    assert rungs(taken(unanswered(issue()), owner=OMAR))[3] == f"Catch-all: @{MANAGER} was asked at 12:15 UTC"
    assert len(rungs(issue())) == 3


def test_above_the_catch_all_there_is_no_name() -> None:
    assert next_step_name(unanswered(issue())) is None
    assert next_step_name(issue(position=position(Stage.OWNER))) == "Shift lead"
