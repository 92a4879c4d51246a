"""Lists of issues: one statement for each set of conditions that is asked for, made once and kept.

A statement names only what is asked for, so that the database can choose the index made for that.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.adapters.db.tables import IN_WORK_ROWS, OWNERLESS_ROWS, UNANSWERED_ROWS, asks, involved, issues
from bot.adapters.db.visible import PUBLIC_OR_OWN, TAKES_PART
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Part
from bot.domain.lifecycle import IN_WORK
from bot.usecases.rows import IssueFilter, Order, Viewer

Condition = sa.ColumnElement[bool]

ALIVE = sa.text(IN_WORK_ROWS)
"""In the words of the indexes over issues in work."""
_ASKED_ONCE = sa.select(asks.c.issue).where(
    asks.c.workspace == sa.bindparam("of_workspace"),
    asks.c.target_kind == "user",
    asks.c.target_id == sa.bindparam("asked"),
    sa.text("asks.status = 'asked'"),
)
_ASKED_NOW = sa.exists().where(
    asks.c.workspace == issues.c.workspace,
    asks.c.issue == issues.c.number,
    asks.c.opening == issues.c.opening,
    asks.c.target_kind == "user",
    asks.c.target_id == sa.bindparam("asked"),
    sa.text("asks.status = 'asked'"),
    sa.text("issues.stage <> 'rest'"),
)

_TOLD_NOW = sa.exists().where(
    asks.c.workspace == issues.c.workspace,
    asks.c.issue == issues.c.number,
    asks.c.opening == issues.c.opening,
    asks.c.level == sa.case((issues.c.stage == "catch_all", 0), else_=issues.c.level),
    asks.c.round == issues.c.round,
    asks.c.reason == "",
    sa.text("asks.status = 'asked'"),
)


def _raised_for(who: str) -> sa.Select[Any]:
    return sa.select(issues.c.number).where(
        issues.c.workspace == sa.bindparam("of_workspace"), issues.c.requester == sa.bindparam(who)
    )


def _involving(who: str, *roles: Part) -> sa.Select[Any]:
    return sa.select(involved.c.issue).where(
        involved.c.workspace == sa.bindparam("of_workspace"),
        involved.c.person == sa.bindparam(who),
        involved.c.role.in_([role.value for role in roles]),
    )


def _one_of(column: sa.ColumnElement[Any], name: str) -> Condition:
    return column.in_(sa.bindparam(name, expanding=True))


def _instant(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=issues.c.raised_at.type)


STANDINGS: Mapping[str, Condition | sa.TextClause] = {
    "states": _one_of(issues.c.state, "states"),
    "states_too": _one_of(issues.c.state.concat(""), "states"),
    "unanswered": sa.text(UNANSWERED_ROWS),
    "ownerless": sa.text(OWNERLESS_ROWS),
    "waiting": issues.c.waiting_since.is_not(None),
}
"""Alternatives of each other. `states_too` is the same where something else narrows more: SQLite keeps no statistics,
and would choose the index over states."""
NARROW = frozenset(
    (
        "raiser",
        "owner",
        "asked",
        "requester",
        "watcher",
        "follows",
        "bypass",
        "appeal",
        "update_late",
        "numbers",
    )
)
"""Conditions that few issues meet; each has an index of its own."""
CONDITIONS: Mapping[str, Condition] = {
    "raiser": issues.c.raiser == sa.bindparam("raiser"),
    "signed": issues.c.nameless == sa.false(),
    "owner": issues.c.owner == sa.bindparam("owner"),
    "asked": sa.and_(issues.c.number.in_(_ASKED_ONCE), _ASKED_NOW),
    "requester": issues.c.number.in_(_raised_for("requester").union(_involving("requester", Part.FURTHER))),
    "requester_openly": sa.or_(
        issues.c.requester == sa.bindparam("requester"), issues.c.unnamed == sa.false()
    ),
    "watcher": issues.c.number.in_(_involving("watcher", Part.WATCHER)),
    "watcher_openly": issues.c.unnamed == sa.false(),
    "follows": sa.and_(
        issues.c.number.in_(_raised_for("follows").union(_involving("follows", *Part))),
        issues.c.raiser != sa.bindparam("follows"),
    ),
    "priorities": _one_of(issues.c.priority, "priorities"),
    "types": _one_of(issues.c.type, "types"),
    "services": _one_of(issues.c.service, "services"),
    "clients": _one_of(issues.c.client, "clients"),
    "paths": _one_of(issues.c.path, "paths"),
    "raised_from": issues.c.raised_at >= _instant("raised_from"),
    "raised_until": issues.c.raised_at <= _instant("raised_until"),
    "late": issues.c.late_since.is_not(None),
    "private": issues.c.private == sa.true(),
    "bypass": issues.c.bypass_at.is_not(None),
    "appeal": issues.c.appeal_at.is_not(None),
    "update_late": issues.c.update_late_at.is_not(None),
    "untold": ~_TOLD_NOW,
    "numbers": _one_of(issues.c.number, "numbers"),
}
"""By the name of the field or property of the filter that asks for it."""
_VIEWS: Mapping[str, Condition] = {"own": TAKES_PART, "public": PUBLIC_OR_OWN}
_ORDERS: Mapping[Order, tuple[sa.ColumnElement[Any], ...]] = {
    Order.NEWEST: (issues.c.number.desc(),),
    Order.URGENT: (issues.c.rank, issues.c.raised_at, issues.c.number),
}
Shape = tuple[str, ...]
"""Names of conditions, in the order of the tables above."""


def shape(which: IssueFilter, dialect: str) -> Shape:
    """What is asked for, as this database is best asked."""
    others = [name for name in CONDITIONS if _is_asked(which, name)]
    standing = _standing(which, bool(NARROW & set(others)))
    if dialect != "sqlite":
        standing = ("states" if name == "states_too" else name for name in standing)
    return (*standing, *others, *_view(which.viewer))


def _standing(which: IssueFilter, narrowed: bool) -> Iterator[str]:
    """The alternatives; ``alive`` where the order of what is in work leads."""
    special = [name for name in ("unanswered", "ownerless", "waiting") if getattr(which, name)]
    alive = not narrowed and bool(which.states) and set(which.states) <= set(IN_WORK)
    if alive:
        yield "alive"
    if which.states and not (alive and set(which.states) == set(IN_WORK)):
        yield "states_too" if alive or narrowed or special else "states"
    if set(which.states) < set(IN_WORK) or not alive:
        yield from special


def params(workspace: WorkspaceId, which: IssueFilter) -> dict[str, Any]:
    """The values for the statement of its shape."""
    asked = {name: getattr(which, name) for name in CONDITIONS if _is_asked(which, name)}
    asked["of_workspace"] = workspace
    if which.states:
        asked["states"] = [state.value for state in which.states]
    if which.viewer:
        asked["reader"] = which.viewer.user
    return asked


@cache
def numbers_of(wanted: Shape, order: Order) -> sa.Select[Any]:
    """A page of numbers, in order."""
    page = sa.select(issues.c.number).where(*_where(wanted)).order_by(*_ORDERS[order])
    return page.limit(sa.bindparam("limit_to")).offset(sa.bindparam("skip"))


@cache
def count_of(wanted: Shape) -> sa.Select[Any]:
    """How many there are of each rank: SQLite takes the index that has them in order, and reads nothing else."""
    return sa.select(sa.func.count().label("many")).where(*_where(wanted)).group_by(issues.c.rank)


@cache
def tally_of(wanted: Shape) -> sa.Select[Any]:
    """How many there are of each priority, the most urgent first."""
    columns = issues.c.rank, issues.c.priority
    tally = sa.select(*columns, sa.func.count().label("many")).where(*_where(wanted))
    return tally.group_by(*columns).order_by(*columns)


def _where(wanted: Shape) -> list[sa.ColumnElement[bool] | sa.TextClause]:
    standing = [condition for name, condition in STANDINGS.items() if name in wanted]
    return [
        issues.c.workspace == sa.bindparam("of_workspace"),
        *([ALIVE] if "alive" in wanted else []),
        *([sa.or_(*standing)] if standing else []),
        *(condition for name, condition in CONDITIONS.items() if name in wanted),
        *(condition for name, condition in _VIEWS.items() if name in wanted),
    ]


def _is_asked(which: IssueFilter, name: str) -> bool:
    """An empty choice of numbers finds nothing; any other empty choice asks for nothing."""
    value = getattr(which, name)
    return value is not None if name == "numbers" else value not in (None, (), False)


def _view(viewer: Viewer | None) -> Shape:
    if viewer is None or (viewer.sees_all and not viewer.own_only):
        return ()
    return ("own",) if viewer.own_only else ("public",)
