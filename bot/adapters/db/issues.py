"""Issues with their asks. The version guards every change; the asks of earlier openings stay as history."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db import find_issues
from bot.adapters.db.facade import Tx
from bot.adapters.db.issue_rows import ask_rows, fixed_part, fixed_row, from_rows, moving_row, part_rows
from bot.adapters.db.search import add_words, save_words
from bot.adapters.db.tables import asks, involved, issues, workspaces
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.usecases.ports import StaleWrite
from bot.usecases.rows import IssueFilter

_FIRST = insert(workspaces).values(
    id=sa.bindparam("workspace"), name="", bot_user="", last_number=1, updated_at=None
)
NEXT_NUMBER = _FIRST.on_conflict_do_update(
    index_elements=["id"], set_={"last_number": workspaces.c.last_number + 1}
).returning(workspaces.c.last_number)


def _among(name: str, *columns: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """One of these combinations. Workspaces and issues are named apart too: SQLite uses no index for combinations."""
    exactly = sa.tuple_(*columns).in_(sa.bindparam(name, expanding=True))
    workspace, issue, *_ = columns
    apart = (
        workspace.in_(sa.bindparam("workspaces", expanding=True)),
        issue.in_(sa.bindparam("numbers", expanding=True)),
    )
    return sa.and_(*apart, exactly)


_REF = _among("refs", issues.c.workspace, issues.c.number)
_THIS = (issues.c.workspace == sa.bindparam("of_workspace"), issues.c.number == sa.bindparam("of_issue"))
GET = sa.select(issues).where(*_THIS)
LOCK = GET.with_for_update()
GET_MANY = sa.select(issues).where(_REF).order_by(issues.c.workspace, issues.c.number)
LOCK_MANY = GET_MANY.with_for_update(skip_locked=True)
INSERT = sa.insert(issues)
SAVE = sa.update(issues).where(*_THIS, issues.c.version == sa.bindparam("of_version"))

_OPENING = _among("openings", asks.c.workspace, asks.c.issue, asks.c.opening)
ASKS_OF_MANY = sa.select(asks).where(_OPENING).order_by(asks.c.place)
_ASK = (
    asks.c.workspace == sa.bindparam("of_workspace"),
    asks.c.issue == sa.bindparam("of_issue"),
    asks.c.opening == sa.bindparam("of_opening"),
)
ASKS_OF_ONE = sa.select(asks).where(*_ASK).order_by(asks.c.place)
INSERT_ASK = sa.insert(asks)
UPDATE_ASK = sa.update(asks).where(*_ASK, asks.c.place == sa.bindparam("of_place"))
DELETE_ASKS = sa.delete(asks).where(*_ASK, asks.c.place > sa.bindparam("kept"))

INSERT_PART = sa.insert(involved)
DELETE_PART = sa.delete(involved).where(
    involved.c.workspace == sa.bindparam("of_workspace"),
    involved.c.issue == sa.bindparam("of_issue"),
    involved.c.person == sa.bindparam("of_person"),
    involved.c.role == sa.bindparam("of_role"),
)


class SqlIssues:
    """Port Issues."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._read: dict[IssueRef, Issue | None] = {}
        """In a unit that only reads: many messages of one issue are looked at together."""

    def next_number(self, workspace: WorkspaceId) -> int:
        """The counter's row stays locked until the unit ends, so numbers have no gaps."""
        (row,) = self._tx.changed(NEXT_NUMBER, {"workspace": workspace})
        return int(row.last_number)

    def add(self, issue: Issue) -> None:
        """Store it with its asks."""
        key = {"workspace": issue.ref.workspace, "number": issue.ref.number}
        self._tx.write(INSERT, key | fixed_row(issue) | moving_row(issue))
        self._tx.write_many(INSERT_ASK, ask_rows(issue))
        self._tx.write_many(INSERT_PART, part_rows(issue))
        add_words(self._tx, issue)

    def get(self, ref: IssueRef, *, lock: bool = False) -> Issue | None:
        """With `lock`, waits for whoever has it."""
        if lock:
            return self._only(self._tx.changed(LOCK, _this(ref)))
        if self._tx.writable:
            return self._only(self._tx.rows(GET, _this(ref)))
        if ref not in self._read:
            self._read[ref] = self._only(self._tx.rows(GET, _this(ref)))
        return self._read[ref]

    def get_many(self, refs: Sequence[IssueRef]) -> list[Issue]:
        """Those that exist, in order."""
        return self._with_asks(self._tx.rows(GET_MANY, _these(refs))) if refs else []

    def lock_many(self, refs: Sequence[IssueRef]) -> list[Issue]:
        """Those nobody else has, in order."""
        return self._with_asks(self._tx.changed(LOCK_MANY, _these(refs))) if refs else []

    def save(self, before: Issue, after: Issue) -> None:
        """Write what differs. Raises StaleWrite when somebody else was faster."""
        row = moving_row(after)
        if fixed_part(before) != fixed_part(after):
            row |= fixed_row(after)
        if self._tx.write(SAVE, row | _this(before.ref) | {"of_version": before.version}) != 1:
            raise StaleWrite(f"{before.ref} is no longer at version {before.version}.")
        self._save_asks(before, after)
        self._save_parts(before, after)
        save_words(self._tx, before, after)

    def find(self, workspace: WorkspaceId, which: IssueFilter) -> list[Issue]:
        """The page of numbers first: few columns are sorted, and whole issues read only for the page."""
        statement = find_issues.numbers_of(find_issues.shape(which, self._tx.dialect), which.order)
        page = {"limit_to": which.limit, "skip": which.offset}
        rows = self._tx.rows(statement, find_issues.params(workspace, which) | page)
        found = self.get_many([IssueRef(workspace, row.number) for row in rows])
        by_number = {one.number: one for one in found}
        return [by_number[row.number] for row in rows]

    def count(self, workspace: WorkspaceId, which: IssueFilter) -> int:
        """All of them."""
        statement = find_issues.count_of(find_issues.shape(which, self._tx.dialect))
        rows = self._tx.rows(statement, find_issues.params(workspace, which))
        return sum(row.many for row in rows)

    def tally(self, workspace: WorkspaceId, which: IssueFilter) -> dict[str, int]:
        """Counted by the index."""
        statement = find_issues.tally_of(find_issues.shape(which, self._tx.dialect))
        rows = self._tx.rows(statement, find_issues.params(workspace, which))
        return {row.priority: row.many for row in rows}

    def _only(self, rows: Sequence[sa.Row[Any]]) -> Issue | None:
        found = self._with_asks(rows)
        return found[0] if found else None

    def _with_asks(self, rows: Sequence[sa.Row[Any]]) -> list[Issue]:
        if not rows:
            return []
        openings = [(row.workspace, row.number, row.opening) for row in rows]
        if len(openings) == 1:
            names = ("of_workspace", "of_issue", "of_opening")
            return from_rows(rows, self._tx.rows(ASKS_OF_ONE, dict(zip(names, openings[0], strict=True))))
        return from_rows(rows, self._tx.rows(ASKS_OF_MANY, _keys("openings", openings)))

    def _save_asks(self, before: Issue, after: Issue) -> None:
        old = ask_rows(before) if before.opening == after.opening else []
        new = ask_rows(after)
        changed = [row for was, row in zip(old, new, strict=False) if row != was]
        self._tx.write_many(UPDATE_ASK, [_ask_update(row) for row in changed])
        self._tx.write_many(INSERT_ASK, new[len(old) :])
        if len(new) < len(old):
            self._tx.write(DELETE_ASKS, _this(after.ref) | {"of_opening": after.opening, "kept": len(new)})

    def _save_parts(self, before: Issue, after: Issue) -> None:
        old, new = part_rows(before), part_rows(after)
        if old == new:
            return
        gone = [{f"of_{name}": value for name, value in row.items()} for row in old if row not in new]
        self._tx.write_many(DELETE_PART, gone)
        self._tx.write_many(INSERT_PART, [row for row in new if row not in old])


def _this(ref: IssueRef) -> dict[str, Any]:
    return {"of_workspace": ref.workspace, "of_issue": ref.number}


def _these(refs: Sequence[IssueRef]) -> dict[str, Any]:
    return _keys("refs", [(ref.workspace, ref.number) for ref in refs])


def _keys(name: str, keys: Sequence[tuple[str, int, *tuple[int, ...]]]) -> dict[str, Any]:
    """The values for `_among`."""
    return {name: keys, "workspaces": sorted({key[0] for key in keys}), "numbers": [key[1] for key in keys]}


def _ask_update(row: dict[str, Any]) -> dict[str, Any]:
    keys = ("workspace", "issue", "opening", "place")
    return {f"of_{name}" if name in keys else name: value for name, value in row.items()}
