"""Shifts and gaps, held against asking again for every minute."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contacts import Contact
from bot.domain.oncall.lookup import LOOK_AROUND, gaps, next_on_duty, next_shifts, on_call, shifts
from bot.domain.oncall.model import Gap, Shift
from tests.tries import tries
from tests.unit.domain.oncall.oracle import answers_of, asked_every
from tests.unit.domain.oncall.scenes import DAY, PEOPLE, Scene, scenes

quick = tries(16)


def _shifts(scene: Scene) -> tuple[Shift, ...]:
    return shifts(scene.schedule, scene.changes, scene.start, scene.end)


def _is_what_asking_says(scene: Scene) -> None:
    found = answers_of(_shifts(scene), scene.start, scene.end, scene.step)
    asked = asked_every(scene.step, scene.schedule, scene.changes, scene.start, scene.end)
    for number, (said, true) in enumerate(zip(found, asked, strict=True)):
        assert said == true, scene.start + number * scene.step


@quick
@given(scenes(step=15, days=6))
def test_every_quarter_of_an_hour_in_a_week(scene: Scene) -> None:
    _is_what_asking_says(scene)


@tries(10)
@given(scenes(step=1, days=1))
def test_every_minute_of_a_day(scene: Scene) -> None:
    _is_what_asking_says(scene)


@quick
@given(scenes())
def test_shifts_are_in_order_apart_cut_and_as_long_as_they_can_be(scene: Scene) -> None:
    found = _shifts(scene)
    for one in found:
        assert scene.start <= one.start < one.end <= scene.end
        assert (one.start - scene.start) % scene.step == (one.end - scene.start) % scene.step == timedelta()
    for one, other in pairwise(found):
        assert one.end <= other.start
        reasons = (one.who, one.layer, one.change), (other.who, other.layer, other.change)
        assert one.end < other.start or reasons[0] != reasons[1]


@quick
@given(scenes())
def test_shifts_and_gaps_fill_the_time(scene: Scene) -> None:
    free = gaps(scene.schedule, scene.changes, scene.start, scene.end)
    filled: list[Shift | Gap] = [*_shifts(scene), *free]
    edges = sorted((one.start, one.end) for one in filled)
    assert edges[0][0] == scene.start and edges[-1][1] == scene.end
    assert all(one[1] == other[0] for one, other in pairwise(edges))
    assert all(one.end < other.start for one, other in pairwise(free))


@tries(10)
@given(scenes(), st.integers(0, 6 * 24 * 4))
def test_on_call_is_the_whole_shift(scene: Scene, steps: int) -> None:
    at = scene.start + steps * scene.step
    low, high = at - LOOK_AROUND, at + LOOK_AROUND
    around = shifts(scene.schedule, scene.changes, low, high)
    expected = [one for one in around if one.start <= at < one.end]
    assert on_call(scene.schedule, scene.changes, at) == (expected[0] if expected else None)


@tries(10)
@given(scenes(), st.sampled_from(PEOPLE), st.integers(1, 20), st.integers(1, 4))
def test_what_comes_next_is_what_a_long_list_says(scene: Scene, who: Contact, ahead: int, limit: int) -> None:
    at, horizon = scene.start + DAY / 2, ahead * DAY
    long = shifts(scene.schedule, scene.changes, at - 2 * LOOK_AROUND, at + horizon + LOOK_AROUND)
    coming = [one for one in long if at < one.end and one.start < at + horizon]
    first = next_on_duty(scene.schedule, scene.changes, at, horizon)
    assert _known([first] if first else []) == _known(coming[:1])
    theirs = next_shifts(scene.schedule, scene.changes, who, at, limit, horizon)
    assert _known(theirs) == _known([one for one in coming if one.who == who][:limit])


def _known(some: Sequence[Shift]) -> list[Shift | Contact]:
    """Of shifts so long that they are cut somewhere, only whose they are."""
    return [one if one.end - one.start < LOOK_AROUND else one.who for one in some]
