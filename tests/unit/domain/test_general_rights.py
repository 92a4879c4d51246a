"""Who may do what is about no issue: the table, written down a second time by hand."""

from itertools import product

import pytest

from bot.domain.general_rights import GENERAL_RIGHTS, Doing, Standing, may_do

COLUMNS = tuple(Standing)
TABLE: dict[Doing, str] = {
    #                   member guest self on_schedule path_owner manager admin
    Doing.RAISE: "         x      x    .       .           .        .      .",
    Doing.LOOK: "          x      .    .       .           .        .      .",
    Doing.SERVE: "         .      .    .       x           x        x      x",
    Doing.DECIDE: "        .      .    x       .           x        x      x",
    Doing.EDIT_PATH: "     .      .    .       .           x        .      x",
    Doing.EDIT_SCHEDULE: " .      .    .       .           x        .      x",
    Doing.PUBLISH: "       .      .    .       .           .        .      x",
}


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(GENERAL_RIGHTS) == set(Doing)


@pytest.mark.parametrize(("doing", "standing"), list(product(Doing, Standing)))
def test_each_cell(doing: Doing, standing: Standing) -> None:
    may = TABLE[doing].split()[COLUMNS.index(standing)] == "x"
    assert may_do(doing, **{standing.name.lower(): True}) is may
    assert not may_do(doing, **{standing.name.lower(): False})
