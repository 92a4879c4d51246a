"""What is known before an issue is stored: four questions in one statement, because everybody who raises one waits."""

from typing import Any

import sqlalchemy as sa

from bot.adapters.db.facade import Tx
from bot.adapters.db.search_tables import drafts
from bot.adapters.db.tables import inbound, issues, workspaces
from bot.domain.ids import WorkspaceId
from bot.usecases.finding_ports import Known

_WORKSPACE: sa.BindParameter[Any] = sa.bindparam("of_workspace")
_PERSON: sa.BindParameter[Any] = sa.bindparam("of_person")
_ANSWER = sa.select(inbound.c.answer).where(
    inbound.c.workspace == _WORKSPACE, inbound.c.key == sa.bindparam("of_key")
)
_RAISED = (
    sa.select(issues.c.raised_at)
    .where(issues.c.workspace == _WORKSPACE)
    .order_by(issues.c.number.desc())
    .limit(1)
)
_MINE = _RAISED.where(issues.c.raiser == _PERSON).offset(sa.bindparam("skip_mine"))
_LAST_NUMBER = sa.select(workspaces.c.last_number).where(workspaces.c.id == _WORKSPACE)
_ANYBODYS = _RAISED.where(issues.c.number <= _LAST_NUMBER.scalar_subquery() - sa.bindparam("skip"))
"""Numbers have no gaps, so nobody needs to walk over hundreds of issues to find the last but so many."""
_DRAFT = sa.select(drafts.c.key).where(drafts.c.workspace == _WORKSPACE, drafts.c.person == _PERSON)
KNOWN = sa.select(
    _ANSWER.scalar_subquery().label("answer"),
    _MINE.scalar_subquery().label("mine"),
    _ANYBODYS.scalar_subquery().label("anybodys"),
    _DRAFT.scalar_subquery().label("draft"),
)


class SqlIntake:
    """Port Intake."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def known(self, workspace: WorkspaceId, key: str, person: str, nth_own: int, nth: int) -> Known:
        """In one look."""
        counted = {"skip_mine": nth_own - 1, "skip": nth - 1}
        which = {"of_workspace": workspace, "of_key": key, "of_person": person}
        (row,) = self._tx.rows(KNOWN, which | counted)
        return Known(row.answer, row.mine, row.anybodys, row.draft)
