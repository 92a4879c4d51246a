"""The dry run as steps to draw: what each of them says."""

import pytest

from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import IfNobody, Path
from bot.domain.oncall.model import Schedule
from bot.domain.wording.ladder_steps import MOST_STEPS, Step, StepKind, steps, subtitles
from bot.usecases.rows import Resolved
from tests.unit.domain.dry_runs import document, level, try_it, turns, who

LOW = Kind("tools", "low", "now")


def test_a_level_has_its_time_its_people_and_its_end() -> None:
    first, second, again, end = steps(try_it())
    assert first == Step(
        StepKind.ASKED,
        "Sun 1 Mar",
        "03:00",
        "1. Team lead",
        "Owns the first answer",
        ("omar@example.com (on call until Mon 2 Mar 09:00)",),
        "until 03:15",
    )
    assert (second.time, second.lines, second.until) == (
        "03:15",
        ("the group ops, #ops-desk",),
        "until 03:45",
    )
    assert (again.kind, again.time, again.until) == (StepKind.SUM, "03:45", "until 04:30")
    assert (end.kind, end.time, end.until) == (StepKind.END, "04:30", "")
    assert end.lines == (
        "dina@example.com, #escalations",
        "every 15 min until somebody takes it",
        "nobody on call for duty until Mon 2 Mar 09:00",
    )


def test_a_level_that_waits_begins_when_its_turn_comes() -> None:
    held, end = steps(try_it(kind=LOW))
    assert (held.kind, held.day, held.time) == (StepKind.HELD, "Sun 1 Mar", "03:00")
    assert held.until == "until Mon 2 Mar 09:30"
    assert held.lines == (
        "waits: nobody on call for duty until Mon 2 Mar 09:00",
        "then dina@example.com (on call until 17:00)",
    )
    assert (end.day, end.time) == ("Mon 2 Mar", "09:30")


def test_a_level_without_anybody_in_sight_waits_its_time() -> None:
    over = Schedule("duty", "Europe/London", (turns("@ann", until=turns().start),))
    path = Path("One", (level("Night", "oncall:duty", if_nobody=IfNobody.HOLD),))
    held, _ = steps(try_it(document(path, schedules=(over,)), LOW))
    assert held.lines == ("waits: nobody on call for duty",)


def test_a_skipped_level_has_no_end_of_its_own() -> None:
    skipped, _ = steps(try_it(kind=Kind("tools", "high", "now")))
    assert (skipped.kind, skipped.until) == (StepKind.SKIPPED, "")
    assert skipped.lines == ("skipped: nobody on call for duty until Mon 2 Mar 09:00",)


def test_who_is_not_there_has_a_line() -> None:
    gone = {who("@lee"): Resolved(who("@lee"), (), "has left.")}
    first, _ = steps(try_it(document(Path("One", (level("Both", "@lee", "@ann"),))), looked=gone))
    assert first.lines == ("@ann", "can't be reached: @lee")


def test_who_is_always_on_call_has_no_end() -> None:
    always = Schedule("always", "Europe/London", (turns("@ann", rotate=None),))
    one = Path("One", (level("One", "oncall:always"),))
    assert steps(try_it(document(one, schedules=(always,))))[0].lines == ("@ann",)


@pytest.mark.parametrize(
    ("repeat", "said"),
    [
        pytest.param(1, "the whole ladder, once more", id="once"),
        pytest.param(2, "the whole ladder, twice more", id="twice"),
        pytest.param(3, "the whole ladder, 3 times more", id="thrice"),
    ],
)
def test_repeats_are_one_step(repeat: int, said: str) -> None:
    path = Path("Often", (level("One", "@ann"), level("Two", "@bob")), repeat=repeat)
    *_, again, _ = steps(try_it(document(path)))
    assert (again.name, again.lines) == ("Again from level 1", (said,))


@pytest.mark.parametrize(
    ("levels", "repeat", "names"),
    [
        pytest.param(5, 0, ["1. L0", "2. L1", "3. L2", "4. L3", "5. L4"], id="all fit"),
        pytest.param(6, 0, ["1. L0", "2. L1", "3. L2", "4. L3", "2 more levels"], id="one too many"),
        pytest.param(4, 1, ["1. L0", "2. L1", "3. L2", "4. L3", "Again from level 1"], id="fit with repeats"),
        pytest.param(5, 1, ["1. L0", "2. L1", "3. L2", "2 more levels", "Again from level 1"], id="do not"),
    ],
)
def test_there_are_never_more_steps_than_can_be_read(levels: int, repeat: int, names: list[str]) -> None:
    path = Path("High", tuple(level(f"L{n}", "@ann") for n in range(levels)), repeat=repeat)
    some = steps(try_it(document(path)))
    assert [one.name for one in some] == [*names, "UNANSWERED"]
    assert len(some) <= MOST_STEPS


def test_the_lines_below_the_title() -> None:
    assert subtitles(try_it(kind=LOW)) == (
        "Path: Everything else",
        "Answer due Mon 2 Mar 13:00 · solution due Thu 5 Mar 09:00 · Europe/London time",
    )
    assert subtitles(try_it(document(targets=())))[1] == "Europe/London time"
