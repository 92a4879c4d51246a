"""Too many issues in a short time are refused, and it is said for how long."""

from datetime import timedelta

import pytest

from bot.domain.flood import PER_PERSON, PER_WORKSPACE, Flooded, check
from tests.builders import NOON


def refused(mine: timedelta | None, everybodys: timedelta | None = None) -> str:
    """What is said when the last one that counts was so long ago; nothing when it may be raised."""
    one, all_ = (None if ago is None else NOON - ago for ago in (mine, everybodys))
    try:
        check(one, all_, NOON)
    except Flooded as flooded:
        return flooded.sentence.plain()
    return ""


KEPT = "what you typed is kept as your draft."
TABLE = {
    "never so many": (None, None, ""),
    "long ago": (timedelta(minutes=10), timedelta(minutes=1), ""),
    "just now": (
        timedelta(),
        None,
        f"You raised 20 issues in the last 10 min. Please raise this one in 10 min; {KEPT}",
    ),
    "whole minutes, never too short": (
        timedelta(minutes=4, seconds=30),
        None,
        f"You raised 20 issues in the last 10 min. Please raise this one in 6 min; {KEPT}",
    ),
    "the last seconds": (
        timedelta(minutes=9, seconds=50, milliseconds=500),
        None,
        f"You raised 20 issues in the last 10 min. Please raise this one in 10 s; {KEPT}",
    ),
    "everybody together": (
        timedelta(hours=1),
        timedelta(seconds=30),
        f"600 issues were raised here in the last 1 min. Please raise this one in 30 s; {KEPT}",
    ),
}


@pytest.mark.parametrize(("mine", "everybodys", "said"), TABLE.values(), ids=TABLE.keys())
def test_what_is_refused_and_what_is_said(
    mine: timedelta | None, everybodys: timedelta | None, said: str
) -> None:
    assert refused(mine, everybodys) == said


def test_a_storm_of_two_hundred_a_minute_is_never_refused() -> None:
    assert PER_WORKSPACE.most / (PER_WORKSPACE.within / timedelta(minutes=1)) >= 200
    assert PER_PERSON.most >= 20
