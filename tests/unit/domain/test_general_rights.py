"""Who may do what is about no issue: the table, written down a second time by hand."""

from itertools import product

import pytest

from bot.domain.general_rights import GENERAL_RIGHTS, Doing, Standing, may_do

COLUMNS = tuple(Standing)
TABLE: dict[Doing, str] = {
    #                   member guest self on_schedule path_owner admin
    # raise: every member; guests too
    Doing.RAISE: "         x      x    .       .           .         .",
    # see matrix and on-call, list: every member
    Doing.LOOK: "          x      .    .       .           .         .",
    # cover, take: for oneself, being on the schedule; for others: its people with consent, path owner, admin
    Doing.SERVE: "         .      .    .       x           x         x",
    # away: for oneself; for others: path owner, admin
    Doing.DECIDE: "        .      .    x       .           x         x",
    # edit a path and its schedules: path owner, admin
    Doing.EDIT_PATH: "     .      .    .       .           x         x",
    Doing.EDIT_SCHEDULE: " .      .    .       .           x         x",
    # everything of matrix, settings, exports: admin
    Doing.PUBLISH: "       .      .    .       .           .         x",
}


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(GENERAL_RIGHTS) == set(Doing)


@pytest.mark.parametrize(("doing", "standing"), list(product(Doing, Standing)))
def test_each_cell(doing: Doing, standing: Standing) -> None:
    may = TABLE[doing].split()[COLUMNS.index(standing)] == "x"
    assert may_do(doing, **{standing.name.lower(): True}) is may
    assert not may_do(doing, **{standing.name.lower(): False})
