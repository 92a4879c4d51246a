"""Finding issues by their words. The words are letters and digits only, so nothing in them is read as a query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.adapters.db.facade import Tx
from bot.adapters.db.search_tables import VECTOR, issue_words
from bot.adapters.db.tables import issues
from bot.adapters.db.types import one_of
from bot.adapters.db.visible import TAKES_PART
from bot.domain.found_words import words_of_issue
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK
from bot.usecases.finding_ports import Reader

_SQLITE, _POSTGRES = "sqlite", "postgresql"
_THESE = (
    issue_words.c.workspace == sa.bindparam("of_workspace"),
    issue_words.c.issue == sa.bindparam("of_issue"),
)
INSERT = sa.insert(issue_words).inline()
UPDATE = sa.update(issue_words).where(*_THESE).values(words=sa.bindparam("new_words"))

_FTS_FIRST = sa.text("issue_words_fts CROSS JOIN issue_words ON issue_words.id = issue_words_fts.rowid")
_IN_HERE = sa.text("issue_words.workspace = :of_workspace")
_WITH_WORDS = {
    _SQLITE: sa.select(sa.text("issue_words.issue"))
    .select_from(_FTS_FIRST)
    .where(sa.text("issue_words_fts MATCH :query"), _IN_HERE),
    _POSTGRES: sa.select(issue_words.c.issue).where(
        sa.text(f"{VECTOR} @@ CAST(CAST(:query AS TEXT) AS tsquery)"), _IN_HERE
    ),
}
_HAS_WORDS = {
    _SQLITE: issues.c.number.in_(_WITH_WORDS[_SQLITE]),
    _POSTGRES: issues.c.number == sa.any_(sa.func.array(_WITH_WORDS[_POSTGRES].scalar_subquery())),
}
"""The words are asked first, then the issues that have them. CROSS JOIN and ARRAY keep it so: left to themselves both
databases walk over every issue there ever was, to see whether it is one of them."""
MAY_SEE = sa.or_(
    sa.bindparam("manager") == sa.true(),
    sa.and_(issues.c.private == sa.false(), sa.bindparam("own") == sa.false()),
    TAKES_PART,
)
"""Private issues are for those who take part in them, and for the manager; some people see only their own."""


def _found(dialect: str, *conditions: sa.ColumnElement[bool] | sa.TextClause) -> sa.Select[Any]:
    return (
        sa.select(issues.c.number)
        .where(issues.c.workspace == sa.bindparam("of_workspace"), _HAS_WORDS[dialect], MAY_SEE, *conditions)
        .order_by(issues.c.number.desc())
        .limit(sa.bindparam("limit_to"))
        .offset(sa.bindparam("skip"))
    )


FIND = {dialect: _found(dialect) for dialect in _HAS_WORDS}
SIMILAR = {dialect: _found(dialect, sa.text(one_of("issues.state", IN_WORK))) for dialect in _HAS_WORDS}
OF_KIND = (
    sa.select(sa.func.count())
    .select_from(issues)
    .where(
        issues.c.workspace == sa.bindparam("of_workspace"),
        issues.c.type == sa.bindparam("of_type"),
        issues.c.service == sa.bindparam("of_service"),
        issues.c.raised_at >= sa.bindparam("since", type_=issues.c.raised_at.type),
    )
)


def add_words(tx: Tx, issue: Issue) -> None:
    """Make a new issue one that can be found, in the unit that stores it."""
    row = {"workspace": issue.ref.workspace, "issue": issue.ref.number}
    tx.write(INSERT, row | {"words": " ".join(words_of_issue(issue))})


def save_words(tx: Tx, before: Issue, after: Issue) -> None:
    """Likewise for a changed one."""
    same = (before.facts, before.route, before.resolution) == (after.facts, after.route, after.resolution)
    words = () if same else words_of_issue(after)
    if not same and words != words_of_issue(before):
        which = {"of_workspace": after.ref.workspace, "of_issue": after.ref.number}
        tx.write(UPDATE, which | {"new_words": " ".join(words)})


class SqlSearch:
    """Port Search."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def find(
        self, workspace: WorkspaceId, words: Sequence[str], reader: Reader, limit: int, offset: int = 0
    ) -> list[int]:
        """All words, each by its beginning."""
        if not words:
            return []
        query = (
            " AND ".join(f'"{word}"*' for word in words)
            if self._tx.dialect == _SQLITE
            else " & ".join(f"'{word}':*" for word in words)
        )
        return self._numbers(FIND, workspace, query, reader, limit, offset)

    def similar(self, workspace: WorkspaceId, words: Sequence[str], reader: Reader, limit: int) -> list[int]:
        """Any word, whole."""
        if not words:
            return []
        query = (
            " OR ".join(f'"{word}"' for word in words)
            if self._tx.dialect == _SQLITE
            else " | ".join(f"'{word}'" for word in words)
        )
        return self._numbers(SIMILAR, workspace, query, reader, limit, 0)

    def of_kind_since(self, workspace: WorkspaceId, type_key: str, service: str, since: datetime) -> int:
        """A count."""
        which = {"of_workspace": workspace, "of_type": type_key, "of_service": service, "since": since}
        (row,) = self._tx.rows(OF_KIND, which)
        return int(row[0])

    def _numbers(
        self,
        statements: dict[str, sa.Select[Any]],
        workspace: WorkspaceId,
        query: str,
        reader: Reader,
        limit: int,
        offset: int,
    ) -> list[int]:
        who = {"of_workspace": workspace, "reader": reader.user}
        may = {"manager": reader.manager, "own": reader.own}
        page = {"query": query, "limit_to": limit, "skip": offset}
        return [row.number for row in self._tx.rows(statements[self._tx.dialect], who | may | page)]
