"""A matrix whose time runs faster."""

from functools import cache

import pytest

from bot.adapters.matrix_file import load_matrix
from bot.adapters.matrix_file.pace import faster
from bot.demo import example_matrix
from bot.domain.matrix.model import Matrix
from tests.unit.matrix_file import manual

SOURCE = manual.whole_matrix()


@cache
def unhurried(source: str) -> Matrix:
    """The matrix as it is written."""
    return load_matrix(source, "matrix.yaml")


@cache
def hurried(source: str, speed: int = 0) -> Matrix:
    """The matrix after its time was made to run faster; it is a sound one."""
    return load_matrix(faster(source, unhurried(source), speed), "faster.yaml")


def times(matrix: Matrix) -> list[list[str]]:
    """How long the levels of each path last."""
    return [[str(level.acknowledge_within) for level in path.levels] for path in matrix.paths]


def test_everything_runs_so_many_times_as_fast() -> None:
    matrix = hurried(SOURCE, 10)
    assert times(matrix) == [["90s", "180s"], ["180s"]]
    assert str(matrix.paths[0].levels[0].remind_every) == "30s"
    assert str(matrix.workspace.nag_every) == "90s"
    first, second = matrix.targets
    assert [str(one) for one in (first.respond, first.resolve, first.breach_every)] == [
        "90s",
        "1440s",
        "720s",
    ]
    assert [str(one) for one in (second.respond, second.resolve, second.breach_every)] == [
        "1440s",
        "25920s",
        "8640s",
    ]


def test_left_alone_the_first_level_of_each_path_lasts_half_a_minute() -> None:
    matrix = hurried(SOURCE)
    assert times(matrix) == [["30s", "60s"], ["30s"]]
    assert str(matrix.paths[0].levels[0].remind_every) == "10s"
    assert str(matrix.workspace.nag_every) == "30s"


def test_every_hour_is_a_working_hour() -> None:
    matrix = hurried(SOURCE)
    assert {one.calendar for one in matrix.targets} == {"always"}
    assert all(level.calendar is None for path in matrix.paths for level in path.levels)


def test_who_is_asked_and_on_call_stays_as_it_was() -> None:
    before, after = unhurried(SOURCE), hurried(SOURCE)
    assert after.schedules == before.schedules
    assert [level.contacts for path in after.paths for level in path.levels] == [
        level.contacts for path in before.paths for level in path.levels
    ]


def test_a_reminder_that_no_longer_fits_is_left_out() -> None:
    matrix = hurried(SOURCE, 1000)
    assert times(matrix) == [["2s", "2s"], ["2s"]]
    assert matrix.paths[0].levels[0].remind_every is None


def test_what_can_be_watched_stays_as_it_is() -> None:
    source = example_matrix().read_text(encoding="utf-8")
    matrix = unhurried(source)
    assert faster(source, matrix) == source
    assert faster(source, matrix, 1) == source
    assert times(hurried(source, 10))[0] == ["3s", "3s", "4s"]


@pytest.mark.parametrize("name", ["contact-centre", "it-service-desk", "hospital-ward"])
def test_the_examples_can_be_watched(name: str) -> None:
    source = example_matrix(name).read_text(encoding="utf-8")
    matrix = hurried(source)
    assert {path.levels[0].acknowledge_within.clock.total_seconds() for path in matrix.paths} == {30}
    assert unhurried(source) != matrix
