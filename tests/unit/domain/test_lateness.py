"""What the card says of promises, and why an issue stands where it stands."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import breaching, closing, working
from bot.domain.clocks import ClockKind, Clocks, Marks
from bot.domain.issue import Issue, Stage
from bot.domain.matrix.model import Path
from bot.domain.targets import retarget
from bot.domain.timers import Timer, TimerKind, plan
from bot.domain.wording.lateness import deadlines, late
from bot.domain.wording.why import explain
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    QUARTER,
    acknowledged,
    actor,
    climbing,
    issue,
    level,
    minutes,
    position,
    promised,
    resolved,
    target,
    unanswered,
)

HOUR = timedelta(hours=1)
RULE = target("15m", "4h", every="2h", priority="p1")
WAY = promised(target=RULE)
OPEN = issue(route=WAY)
TAKEN = acknowledged(OPEN, at=NOON + minutes(5))
LATE_ANSWER = Clocks(respond=Marks(breaches=1, breached_at=QUARTER, last_breach=QUARTER))
LATE = Clocks(resolve=Marks(breaches=3, breached_at=NOON + 4 * HOUR, last_breach=NOON + 8 * HOUR))
JARGON = re.compile(r"breach|\bSLA\b|epoch|acknowledg", re.IGNORECASE)

LINES: dict[str, tuple[Issue, str]] = {
    "nothing was promised": (issue(), ""),
    "nobody answered": (OPEN, "Answer due 12:15 UTC · Solution due 16:00 UTC"),
    "somebody has it": (TAKEN, "Solution due 16:00 UTC"),
    "the answer is late": (
        replace(OPEN, clocks=LATE_ANSWER),
        "Answer later than promised since 12:15 UTC · Solution due 16:00 UTC",
    ),
    "the answer was late": (
        replace(TAKEN, clocks=LATE_ANSWER),
        "Answer was later than promised (due 12:15 UTC) · Solution due 16:00 UTC",
    ),
    "the solution is late": (replace(TAKEN, clocks=LATE), "Solution later than promised since 16:00 UTC"),
    "the clock stands still": (
        replace(TAKEN, clocks=TAKEN.clocks.stopped(NOON + HOUR, "requester", ANA)),
        "Solution due: stands still since 13:00 UTC, 3 h left",
    ),
    "kept": (resolved(TAKEN), ""),
    "the solution was late": (
        replace(resolved(TAKEN), clocks=replace(resolved(TAKEN).clocks, resolve=LATE.resolve)),
        "Solution was later than promised (due 16:00 UTC)",
    ),
    "only an answer was promised": (
        issue(route=promised(target=target("15m", None))),
        "Answer due 12:15 UTC",
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_the_second_line_of_the_card_when(name: str) -> None:
    one, line = LINES[name]
    assert deadlines(one).plain() == line


# --- why --------------------------------------------------------------------------------------------------------------


LISTED = {
    "all was kept": (OPEN, ""),
    "the answer is late": (replace(OPEN, clocks=LATE_ANSWER), "later than promised since 12:15 UTC"),
    "the answer was late": (replace(TAKEN, clocks=LATE_ANSWER), "its answer was later than promised"),
    "the solution is late": (replace(TAKEN, clocks=LATE), "later than promised since 16:00 UTC"),
    "it is over": (
        working.resolve(replace(TAKEN, clocks=LATE), actor(ANA), "Done.", NOON + 5 * HOUR).issue,
        "",
    ),
}


@pytest.mark.parametrize("name", LISTED)
def test_what_a_list_says_when(name: str) -> None:
    one, said = LISTED[name]
    assert late(one).plain() == said


def why(one: Issue, title: str, now: timedelta = HOUR, timers: list[Timer] | None = None) -> list[str]:
    """The lines under this heading, so long after noon."""
    parts = {
        part.title: part.lines for part in explain(one, plan(one) if timers is None else timers, NOON + now)
    }
    return [line.plain() for line in parts[title] if line]


NEXT = "What happens next by itself"


def test_the_headings_come_in_one_order() -> None:
    assert [part.title for part in explain(issue(), [], NOON)] == ["Who is asked", "Answer", "Solution", NEXT]


def test_why_these_people() -> None:
    assert why(OPEN, "Who is asked") == [
        "Path Payments of matrix version 1, because no other path fits.",
        "Priority P1 Critical; impact everyone, urgency now.",
        "Level 1 of 3, Front desk: 15 min to answer.",
        "Front desk is asked now and answers by 12:15 UTC.",
    ]


def test_why_this_path_and_in_which_calendar() -> None:
    desk = level("Desk", within=timedelta(days=1), calendar="office")
    own = Path(
        "Care",
        (replace(desk, acknowledge_within=replace(desk.acknowledge_within)),),
        {"category": ("customer",)},
    )
    lines = why(issue(route=promised(target=RULE, path=own)), "Who is asked")
    assert lines[0] == "Path Care of matrix version 1, because the category is customer."
    assert "of office time to answer" in lines[2]


CLOCKS: dict[str, tuple[Issue, ClockKind, list[str]]] = {
    "nothing promised": (issue(), ClockKind.RESOLVE, ["Nothing is promised: no target of the matrix fits."]),
    "running": (
        TAKEN,
        ClockKind.RESOLVE,
        [
            'Target: 4 h from the raise, because the priority is "P1 Critical".',
            "Due 16:00 UTC. 1 h of 4 h used.",
        ],
    ),
    "answered": (
        TAKEN,
        ClockKind.RESPOND,
        [
            'Target: 15 min from the raise, because the priority is "P1 Critical".',
            "Done at 12:05 UTC, due 12:15 UTC. 5 min of 15 min used.",
        ],
    ),
    "answered late": (
        replace(TAKEN, clocks=LATE_ANSWER, responded_at=NOON + minutes(20)),
        ClockKind.RESPOND,
        [
            'Target: 15 min from the raise, because the priority is "P1 Critical".',
            "Done at 12:20 UTC, later than promised: due 12:15 UTC. 20 min of 15 min used.",
        ],
    ),
    "late": (
        replace(TAKEN, clocks=LATE),
        ClockKind.RESOLVE,
        [
            'Target: 4 h from the raise, because the priority is "P1 Critical".',
            "Later than promised since 16:00 UTC. Told 3 times. 1 h of 4 h used.",
        ],
    ),
    "warned": (
        replace(TAKEN, clocks=Clocks(resolve=Marks(warned=True))),
        ClockKind.RESOLVE,
        [
            'Target: 4 h from the raise, because the priority is "P1 Critical".',
            "Due 16:00 UTC. 1 h of 4 h used.",
            "It was said that most of the time is used.",
        ],
    ),
    "standing still": (
        breaching.pause(TAKEN, NOON + minutes(30), "requester", ANA).issue,
        ClockKind.RESOLVE,
        [
            'Target: 4 h from the raise, because the priority is "P1 Critical".',
            "Stands still, 3 h 30 min left. 30 min of 4 h used.",
            "Stood still from 12:30 UTC on: waiting for the requester, by @U_ANA.",
        ],
    ),
    "resolved and opened again": (
        closing.dispute(
            working.resolve(TAKEN, actor(ANA), "Done.", NOON + minutes(20)).issue,
            actor(OPEN.requester),
            "No.",
            NOON + minutes(50),
        ).issue,
        ClockKind.RESOLVE,
        [
            'Target: 4 h from the raise, because the priority is "P1 Critical".',
            "Due 16:30 UTC. 30 min of 4 h used.",
            "Stood still from 12:20 UTC to 12:50 UTC: resolved, by @U_ANA.",
        ],
    ),
    "under another target": (
        retarget(TAKEN, promised(target=target("1h", "3d", calendar="office")), QUARTER),
        ClockKind.RESOLVE,
        [
            "Target: 3 working days (office) from the raise, because nothing else is set for it.",
            "Due 16:00 UTC. 1 h of 4 h used.",
            "A change of priority or type never makes it later.",
        ],
    ),
}


@pytest.mark.parametrize("name", CLOCKS)
def test_how_the_clock_stands_when(name: str) -> None:
    one, kind, lines = CLOCKS[name]
    assert why(one, {ClockKind.RESPOND: "Answer", ClockKind.RESOLVE: "Solution"}[kind]) == lines


def test_a_reason_of_the_matrix_is_said_as_it_is_written() -> None:
    still = breaching.pause(TAKEN, NOON + minutes(30), "supplier", None).issue
    assert why(still, "Solution")[-1] == "Stood still from 12:30 UTC on: supplier."


def test_everything_that_will_happen_is_listed_in_order() -> None:
    assert why(OPEN, NEXT) == [
        "12:05 UTC: those asked are reminded.",
        "12:12 UTC: 80 % of the time to answer is used; those asked are reminded.",
        "12:15 UTC: Shift lead is asked, if nobody has answered.",
        "12:15 UTC: the answer is later than promised; requester, owner and escalation manager are told, and the next "
        "level is asked once this one has had its time.",
        "15:12 UTC: 80 % of the time to solve it is used; who has it is told.",
        "16:00 UTC: the solution is later than promised; requester, owner and escalation manager are told, and the "
        "next level is asked once this one has had its time.",
    ]
    assert why(replace(TAKEN, clocks=LATE), NEXT) == [
        "22:00 UTC: the solution is still later than promised; owner and escalation manager are told, and the next "
        "level is asked once this one has had its time."
    ]
    assert why(resolved(TAKEN), NEXT)[0].endswith("it closes, unless the requester presses Not solved.")
    assert why(issue(state=TAKEN.state, position=position(Stage.REST)), NEXT) == ["Nothing: no timer runs."]


def test_the_last_resort_and_a_waiting_level_are_explained() -> None:
    assert why(unanswered(issue()), NEXT) == ["12:30 UTC: everybody of the catch-all is asked again."]
    waits = issue(
        asks=(), position=position(asked=False, ends_at=None, held_until=NOON + HOUR, look_at=NOON + HOUR)
    )
    assert why(waits, NEXT) == ["13:00 UTC: Front desk is asked, because somebody is on duty then."]
    assert why(waits, "Who is asked")[-1] == "Front desk is asked at 13:00 UTC, when somebody is on duty."


def test_what_was_put_off_says_when_it_comes_back_and_void_timers_are_left_out() -> None:
    rows = [Timer(TimerKind.ASK, 1, 1, NOON + minutes(99)), Timer(TimerKind.LEVEL_END, 7, 1, NOON)]
    assert why(issue(), NEXT, timers=rows) == ["13:39 UTC: Front desk is asked."]


@pytest.mark.parametrize("kind", TimerKind)
def test_every_kind_of_timer_is_explained_in_plain_words(kind: TimerKind) -> None:
    (line,) = why(OPEN, NEXT, timers=[Timer(kind, OPEN.epoch, 1, NOON)])
    assert line.startswith("12:00 UTC: ")
    assert not JARGON.search(line)


@pytest.mark.parametrize("one", [OPEN, TAKEN, climbing(OPEN), unanswered(OPEN), replace(TAKEN, clocks=LATE)])
def test_requesters_read_plain_words(one: Issue) -> None:
    said = [line.plain() for part in explain(one, plan(one), NOON) for line in part.lines]
    assert not [line for line in [*said, deadlines(one).plain()] if JARGON.search(line)]
    assert MANAGER not in "".join(said)
