"""Differences between two versions: whom they concern, where they are, their order, and that none goes unsaid."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matrix.diff import COMPARERS, Kind, diff
from bot.domain.matrix.diff_parts import paired
from bot.domain.matrix.model import Matrix, Path
from bot.domain.span import span
from tests.builders import contact, matrix, path
from tests.tries import tries
from tests.unit.domain.matrix.any_matrix import any_matrix, mutations
from tests.unit.domain.matrix.diff_world import (
    ANA_AND_OMAR,
    BASE,
    CARE,
    LEADS,
    REST,
    TURNS,
    care,
    first,
    office,
    turns,
)


def test_the_first_matrix_is_told_in_one_line() -> None:
    (only,) = diff(None, BASE)
    assert (only.kind, only.where) == (Kind.FIRST, ())
    assert only.sentence.plain() == "The first matrix: 2 types, 3 priorities, 2 paths."
    assert contact("@omar") in only.concerns


CONCERNED: list[tuple[str, dict[str, Any], set[str]]] = [
    ("who joins a level", first(contacts=(*CARE.levels[0].contacts, contact("@lee"))), {"@lee"}),
    ("who leaves it", first(contacts=CARE.levels[0].contacts[:1]), {"@maya"}),
    ("a timer, its level", first(acknowledge_within=span("1m")), {"#desk", "@maya"}),
    ("an owner, both", care(owner=contact("@lee")), {"@dina", "@lee"}),
    ("a path that is gone, everybody", {"paths": (REST,)}, {"#desk", "@maya", "@omar", "@dina"}),
    ("turns, both", turns(people=ANA_AND_OMAR[:1]), {"omar@example.com"}),
    ("a cell, nobody", {"priority_matrix": {**BASE.priority_matrix, ("some", "now"): "p1"}}, set()),
]


@pytest.mark.parametrize(
    ("changes", "whom"), [one[1:] for one in CONCERNED], ids=[one[0] for one in CONCERNED]
)
def test_it_is_known_whom_it_concerns(changes: dict[str, Any], whom: set[str]) -> None:
    found = diff(BASE, replace(BASE, **changes))
    assert {str(one) for difference in found for one in difference.concerns} == whom


def test_working_time_concerns_the_levels_that_count_in_it() -> None:
    before = replace(BASE, **first(calendar="office"))
    (only,) = diff(before, replace(before, **office(timezone="Europe/Paris")))
    assert only.concerns == frozenset(CARE.levels[0].contacts)


def test_the_place_is_named_as_in_the_document() -> None:
    wheres = {
        one.where
        for one in diff(
            BASE, replace(BASE, **first(role="x"), **turns(start=date(2026, 1, 6), people=ANA_AND_OMAR[:1]))
        )
    }
    assert wheres == {
        ("paths", 0, "levels", 0, "role"),
        ("schedules", "leads", "layers", 0, "from"),
        ("schedules", "leads", "layers", 0, "people"),
    }


def test_who_is_asked_comes_first_and_wording_last() -> None:
    one = replace(CARE.levels[0], role="x", acknowledge_within=span("1m"), contacts=(contact("@lee"),))
    kinds = [each.kind for each in diff(BASE, replace(BASE, **care(levels=(one, CARE.levels[1]), repeat=1)))]
    assert kinds == [Kind.CONTACT_ADDED, *[Kind.CONTACT_REMOVED] * 2, Kind.TIMER, Kind.RULE, Kind.TEXT]


def test_as_few_paths_as_possible_count_as_moved() -> None:
    named = [path(name, match={"type": (name,)}) for name in "ABCDE"]
    order = [named[index] for index in (4, 0, 1, 3)]
    found = diff(matrix(*named), matrix(*order))
    assert [one.sentence.plain() for one in found] == [
        "Path C is gone: its issues take the next path that fits.",
        "Path E now comes before A.",
    ]


def test_a_path_that_moves_to_the_end_comes_last() -> None:
    named = [path(name, match={"type": (name,)}) for name in "ABC"]
    (only,) = diff(matrix(*named), matrix(named[1], named[2], named[0]))
    assert only.sentence.plain() == "Path A now comes last."


def test_a_layer_that_moves_is_named_by_its_people() -> None:
    two = replace(LEADS, layers=(TURNS, replace(TURNS, people=(contact("@lee"),))))
    before = replace(BASE, schedules=(two,))
    (only,) = diff(before, replace(BASE, schedules=(replace(two, layers=two.layers[::-1]),)))
    assert only.sentence.plain() == "Schedule leads: the layer of @lee is now number 1."


def test_parts_that_come_with_a_path_have_their_own_places() -> None:
    wheres = [one.where for one in diff(replace(BASE, paths=(REST,)), BASE)]
    assert wheres == [("paths", 0), ("paths", 0, "levels", 0), ("paths", 0, "levels", 1)]


KINDS: list[tuple[dict[str, Any], Kind]] = [
    ({"types": BASE.types[:1]}, Kind.CHOICE),
    ({"types": BASE.types[::-1]}, Kind.ORDER),
    ({"priorities": BASE.priorities[:2]}, Kind.PRIORITY),
    ({"priorities": (BASE.priorities[1], BASE.priorities[0], BASE.priorities[2])}, Kind.PRIORITY),
]


@pytest.mark.parametrize(("changes", "kind"), KINDS)
def test_priorities_weigh_more_than_choices_of_the_form(changes: dict[str, Any], kind: Kind) -> None:
    assert [one.kind for one in diff(BASE, replace(BASE, **changes))] == [kind]


@given(st.permutations(range(6)), st.integers(0, 6))
@tries(24)
def test_no_fewer_could_have_moved(order: list[int], size: int) -> None:
    """Held against trying every choice of entries that might have stayed."""
    new = [one for one in order if one < size]
    moved = paired(range(size), new, int).moved()
    stayed = [one for place, one in enumerate(new) if place not in moved]
    assert stayed == sorted(stayed)
    rising = (
        some for count in range(size + 1) for some in combinations(new, count) if list(some) == sorted(some)
    )
    assert len(stayed) == max(len(some) for some in rising)


def test_names_that_people_typed_are_never_templates() -> None:
    odd = replace(CARE, name="{who} <!channel>")
    (only,) = diff(BASE, replace(BASE, paths=(odd, REST)))
    assert only.sentence.plain() == "Path Care is now called {who} <!channel>."


def test_every_part_of_the_matrix_is_compared() -> None:
    assert set(COMPARERS) == {one.name for one in fields(Matrix)}


@given(st.integers(0, 10**6))
@tries(12)
def test_a_matrix_does_not_differ_from_itself(seed: int) -> None:
    one = any_matrix(seed)
    assert diff(one, any_matrix(seed)) == ()


@given(st.integers(0, 10**6))
@tries(4)
def test_no_change_goes_unsaid(seed: int) -> None:
    one = any_matrix(seed)
    silent = [where for where, other in mutations(one) if not diff(one, other) or not diff(other, one)]
    assert silent == []


@given(st.integers(0, 10**6), st.integers(0, 10**6))
@tries(16)
def test_backwards_what_came_is_what_went(seed: int, other_seed: int) -> None:
    one, other = any_matrix(seed), any_matrix(other_seed)
    for came, went in ((Kind.CONTACT_ADDED, Kind.CONTACT_REMOVED), (Kind.PATH_ADDED, Kind.PATH_REMOVED)):
        assert _of_kind(came, one, other) == _of_kind(went, other, one)


def _of_kind(kind: Kind, before: Matrix, after: Matrix) -> list[tuple[str, ...]]:
    """Who or which path: by the words on which both directions agree."""
    found = [one for one in diff(before, after) if one.kind is kind]
    if kind in (Kind.CONTACT_ADDED, Kind.CONTACT_REMOVED):
        return sorted(tuple(str(contact) for contact in one.concerns) for one in found)
    paths: Callable[[Matrix], tuple[Path, ...]] = lambda some: some.paths  # noqa: E731
    where = paths(after) if kind is Kind.PATH_ADDED else paths(before)
    return sorted((where[int(one.where[1])].name,) for one in found)
