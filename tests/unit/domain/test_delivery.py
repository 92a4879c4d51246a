"""How long to wait before the next attempt."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import BACKOFF_CAP, LEASE, backoff

ATTEMPTS = st.integers(1, 10_000)
JITTER = st.floats(0, 1, exclude_max=True)


@given(ATTEMPTS, JITTER)
def test_never_shorter_than_half_a_second_nor_longer_than_the_cap(attempt: int, jitter: float) -> None:
    assert timedelta(seconds=0.5) <= backoff(attempt, jitter) <= BACKOFF_CAP


@given(ATTEMPTS, JITTER)
def test_a_later_attempt_waits_at_least_as_long(attempt: int, jitter: float) -> None:
    assert backoff(attempt, jitter) <= backoff(attempt + 1, jitter)


@pytest.mark.parametrize(
    ("attempt", "ceiling"), [(1, 4), (2, 8), (3, 16), (4, 32), (8, 512), (9, 900), (20, 900)]
)
def test_the_ceiling_doubles(attempt: int, ceiling: float) -> None:
    assert backoff(attempt, 0.5) == timedelta(seconds=ceiling / 2)


def test_a_claim_outlives_a_slow_look_up_and_a_slow_send() -> None:
    assert 2 * timedelta(seconds=10) < LEASE
