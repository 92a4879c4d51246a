"""Snapshots of values: exact both ways, and readable when values grow."""

import json
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.db.snapshot import dump, load
from bot.domain.calendar import Calendar, Hours
from bot.domain.contacts import Contact
from bot.domain.issue import Facts, Position
from bot.domain.matrix.model import Level, Matrix, Path, Priority, Route, WorkspaceRules
from bot.domain.notification import Notice
from bot.domain.oncall.model import Layer
from bot.domain.span import Span, Unit
from tests.builders import contact, facts, level, matrix, minutes, notice, path, ping, position, route

SPANS = st.builds(Span, st.integers(0, 99_999_999), st.sampled_from(Unit))
CONTACTS = st.builds(Contact)
LEVELS = st.builds(Level, acknowledge_within=SPANS, remind_every=st.none() | SPANS)
PATHS = st.builds(Path, levels=st.lists(LEVELS, min_size=1, max_size=3).map(tuple), close_after=SPANS)
RULES = st.builds(WorkspaceRules, nag_every=SPANS)
ROUTES = st.builds(Route, path=PATHS, rules=RULES, priority=st.builds(Priority))


def there_and_back(value: Any) -> Any:
    return load(type(value), json.loads(json.dumps(dump(value))))


@given(ROUTES)
def test_any_route_comes_back_exactly(some: Route) -> None:
    assert there_and_back(some) == some


@given(st.builds(Facts))
def test_any_facts_come_back_exactly(some: Facts) -> None:
    assert there_and_back(some) == some


@given(st.dictionaries(st.tuples(st.text(), st.text()), st.text()))
def test_a_matrix_comes_back_exactly(priorities: dict[tuple[str, str], str]) -> None:
    some = matrix(path(match={"type": ("a", "b")}), priority_matrix=priorities)
    assert there_and_back(some) == some


NIGHT = Layer((contact("@maya"),), date(2026, 1, 5), time(20, 30), hours=((Hours(0, 480),),) * 7)
GREEN = Calendar(
    "green", "Asia/Kolkata", off=frozenset({date(2026, 12, 25)}), special={date(2026, 12, 24): ()}
)


@pytest.mark.parametrize(
    "some",
    [notice(), ping(), position(), facts(), route(), level(within=minutes(0.01)), NIGHT, GREEN],
)
def test_values_come_back_exactly(some: object) -> None:
    assert there_and_back(some) == some


def test_a_field_that_an_old_snapshot_does_not_have_takes_its_default() -> None:
    raw = dump(level(remind_every=minutes(5)))
    assert isinstance(raw, dict)
    del raw["remind_every"], raw["role"]
    assert load(Level, raw) == level()


def test_a_field_that_this_program_does_not_know_is_left_out() -> None:
    raw = dump(facts())
    assert isinstance(raw, dict)
    assert load(Facts, raw | {"mood": "bad"}) == facts()


@pytest.mark.parametrize(
    ("shape", "raw"),
    [
        (Facts, {"title": "no more"}),
        (Facts, []),
        (Position, {"stage": "nowhere", "level": 1}),
        (Notice, None),
        (Matrix, {"workspace": 3}),
    ],
)
def test_what_is_no_snapshot_is_refused(shape: type[Any], raw: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        load(shape, raw)


def test_what_is_no_value_is_refused() -> None:
    @dataclass(frozen=True)
    class Box:
        content: object

    with pytest.raises(TypeError, match="cannot be kept as JSON"):
        dump(Box({1, 2}))
