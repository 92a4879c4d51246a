"""Who may do what is about no single issue: one table, used by the matrix and on-call, the docs and the tests."""

from enum import StrEnum


class Standing(StrEnum):
    """What somebody is here, apart from any issue. The values are how the docs name them."""

    MEMBER = "members"
    GUEST = "guests"
    SELF = "whom it is about"
    ON_SCHEDULE = "the people of the schedule"
    PATH_OWNER = "the owner of the path, or of one that asks the schedule"
    ADMIN = "workspace admins"


class Doing(StrEnum):
    """What needs a right. The values are how the docs name it."""

    RAISE = "raise"
    LOOK = "see the matrix and who is on call, list and search"
    SERVE = "cover, take, put somebody on call who agrees"
    DECIDE = "away, or change somebody's shifts without asking them"
    EDIT_PATH = "edit a path"
    EDIT_SCHEDULE = "edit a schedule"
    PUBLISH = "everything of the matrix, settings and exports"


GENERAL_RIGHTS: dict[Doing, frozenset[Standing]] = {
    Doing.RAISE: frozenset({Standing.MEMBER, Standing.GUEST}),
    Doing.LOOK: frozenset({Standing.MEMBER}),
    Doing.SERVE: frozenset({Standing.ON_SCHEDULE, Standing.PATH_OWNER, Standing.ADMIN}),
    Doing.DECIDE: frozenset({Standing.SELF, Standing.PATH_OWNER, Standing.ADMIN}),
    Doing.EDIT_PATH: frozenset({Standing.PATH_OWNER, Standing.ADMIN}),
    Doing.EDIT_SCHEDULE: frozenset({Standing.PATH_OWNER, Standing.ADMIN}),
    Doing.PUBLISH: frozenset({Standing.ADMIN}),
}


def may_do(doing: Doing, /, **is_: bool) -> bool:
    """Whether somebody who is all of these may do it: ``may_do(Doing.SERVE, admin=True)``, by names of `Standing`."""
    return any(Standing[name.upper()] in GENERAL_RIGHTS[doing] for name, true in is_.items() if true)
