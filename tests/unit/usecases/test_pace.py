"""How fast one place is written to, held against a naive count of what went out."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.pace import Pace
from tests.builders import NOON

SECOND = timedelta(seconds=1)
GAPS = st.lists(st.integers(0, 3000), min_size=1, max_size=80)


@given(GAPS, st.integers(1, 6), st.integers(100, 2000))
def test_never_more_than_the_burst_and_then_the_rate(gaps: list[int], burst: int, every: int) -> None:
    pace = Pace(timedelta(milliseconds=every), burst)
    now, went = NOON, []
    for gap in gaps:
        now += timedelta(milliseconds=gap)
        if not pace.wait_for("C1", now):
            went.append(now)
    for index, start in enumerate(went):
        for count, end in enumerate(went[index:], start=1):
            assert count <= burst + (end - start) / pace.every


@given(GAPS, st.integers(1, 6))
def test_who_waits_as_long_as_told_may_go_then_and_not_before(gaps: list[int], burst: int) -> None:
    pace = Pace(SECOND, burst)
    now = NOON
    for gap in gaps:
        now += timedelta(milliseconds=gap)
        wait = pace.wait_for("C1", now)
        if wait:
            assert wait <= SECOND
            assert pace.wait_for("C1", now + wait - timedelta(microseconds=1))
            now += wait
            assert not pace.wait_for("C1", now)


def test_a_burst_then_one_a_second() -> None:
    pace = Pace(SECOND, burst=3)
    assert [pace.wait_for("C1", NOON) for _ in range(5)] == [
        timedelta(0),
        timedelta(0),
        timedelta(0),
        SECOND,
        SECOND,
    ]


def test_places_do_not_wait_for_each_other() -> None:
    pace = Pace(SECOND, burst=1)
    assert not pace.wait_for("C1", NOON)
    assert not pace.wait_for("C2", NOON)
    assert pace.wait_for("C1", NOON)


def test_no_rate_no_limit() -> None:
    pace = Pace(timedelta(0), burst=1)
    assert not any(pace.wait_for("C1", NOON) for _ in range(100))


def test_forgetting_full_buckets_changes_nothing() -> None:
    pace = Pace(SECOND, burst=2)
    for place in ("C1", "C2", "C2"):
        pace.wait_for(place, NOON)
    pace.forget_before(NOON + SECOND)
    assert pace.wait_for("C2", NOON + SECOND) == timedelta(0)
    assert pace.wait_for("C2", NOON + SECOND) == SECOND
    assert pace.wait_for("C1", NOON + SECOND) == timedelta(0)


def test_those_who_wait_come_back_one_after_another() -> None:
    pace = Pace(SECOND)
    ready = NOON + SECOND
    assert [pace.put_off("C1", 3, ready) for _ in range(3)] == [ready, ready + SECOND, ready + 2 * SECOND]
    assert pace.put_off("C2", 3, ready) == ready
    assert pace.put_off("C1", 3, NOON + 60 * SECOND) == NOON + 60 * SECOND


def test_what_ranks_higher_does_not_wait_behind_the_line_and_what_ranks_lower_does() -> None:
    pace = Pace(SECOND)
    ready = NOON + SECOND
    for _ in range(5):
        pace.put_off("C1", 3, ready)
    assert pace.put_off("C1", 1, ready) == ready
    assert pace.put_off("C1", 4, ready) == ready + 5 * SECOND


def test_lines_that_are_over_are_forgotten() -> None:
    pace = Pace(SECOND)
    for _ in range(3):
        pace.put_off("C1", 3, NOON)
    pace.forget_before(NOON + SECOND)
    assert pace.remembered == 1
    assert pace.put_off("C1", 3, NOON) == NOON + 3 * SECOND
    pace.forget_before(NOON + 9 * SECOND)
    assert pace.remembered == 0


@given(st.lists(st.sampled_from((1, 3, 4)), min_size=1, max_size=60))
def test_of_one_rank_one_is_tried_each_second(ranks: list[int]) -> None:
    pace = Pace(SECOND)
    turns = [(rank, pace.put_off("C1", rank, NOON)) for rank in ranks]
    for rank in set(ranks):
        mine = [turn for of, turn in turns if of == rank]
        assert all(later - earlier >= SECOND for earlier, later in pairwise(mine))
