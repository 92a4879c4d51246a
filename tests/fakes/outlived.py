"""Whether a row about a message is of no use any more, as plainly as it can be said."""

from bot.domain.delivery import RowState
from bot.domain.ids import IssueRef
from bot.domain.lifecycle import ENDED
from bot.domain.notification import NoticeKind, Op
from bot.domain.outlived import CARDS, ONCE, Old
from bot.usecases.people_ports import SwapState
from bot.usecases.rows import OutboxRow
from tests.fakes.tables import Tables

OVER = (RowState.SENT, RowState.CANCELLED)


def outlived(tables: Tables, row: OutboxRow, old: Old) -> bool:
    """See `bot.domain.outlived`."""
    ended = max(row.created_at, row.due_at)
    if row.state not in OVER or ended >= old.rows:
        return False
    if row.notice.op is Op.EDIT or row.notice.kind in ONCE:
        return True
    if ended >= old.posts:
        return False
    return _about_no_issue(tables, row, old) if row.issue is None else _issue_is_over(tables, row, old)


def _issue_is_over(tables: Tables, row: OutboxRow, old: Old) -> bool:
    assert row.issue is not None
    issue = tables.issues[IssueRef(row.workspace, row.issue)]
    over = issue.state in ENDED and (issue.closed_at or issue.raised_at) < old.posts
    return over and row.notice.kind not in CARDS


def _about_no_issue(tables: Tables, row: OutboxRow, old: Old) -> bool:
    if row.notice.kind is NoticeKind.SHIFT:
        return True
    asked = [
        one
        for (workspace, id_), one in tables.swaps.items()
        if workspace == row.workspace and row.notice.key == f"swap:{id_}"
    ]
    is_question = row.notice.kind is NoticeKind.SWAP
    return is_question and any(one.state is not SwapState.ASKED and one.end < old.posts for one in asked)
