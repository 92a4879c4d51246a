"""Rows about messages that are of no use any more: found by reading, deleted by their ids."""

import sqlalchemy as sa

from bot.adapters.db.people_tables import free_messages, swaps
from bot.adapters.db.tables import issues, outbox, outbox_attempts
from bot.adapters.db.types import Instant
from bot.domain.lifecycle import ENDED
from bot.domain.notification import NoticeKind
from bot.domain.outlived import CARDS, ONCE

_OVER = sa.text("outbox.state IN ('sent', 'cancelled')")
_QUESTION = sa.and_(outbox.c.kind == NoticeKind.SWAP.value, outbox.c.op == "post", outbox.c.issue.is_(None))


def _before(column: sa.ColumnElement[object], name: str) -> sa.ColumnElement[bool]:
    return column < sa.bindparam(name, type_=Instant)


_ISSUE_IS_OVER = sa.and_(
    issues.c.state.in_([state.value for state in ENDED]),
    _before(sa.func.coalesce(issues.c.closed_at, issues.c.raised_at), "posts"),
    outbox.c.kind.not_in([kind.value for kind in CARDS]),
)
_SHIFT_IS_OVER = sa.exists().where(
    swaps.c.workspace == outbox.c.workspace,
    outbox.c.key == sa.literal("swap:").concat(sa.cast(swaps.c.id, sa.Text)),
    swaps.c.state != "asked",
    _before(swaps.c.ends, "posts"),
)
OUTLIVED = (
    sa.select(outbox.c.id)
    .select_from(
        outbox.outerjoin(
            issues, sa.and_(issues.c.workspace == outbox.c.workspace, issues.c.number == outbox.c.issue)
        )
    )
    .where(
        outbox.c.id > sa.bindparam("after"),
        _OVER,
        _before(outbox.c.created_at, "rows"),
        _before(outbox.c.due_at, "rows"),
        sa.or_(
            outbox.c.op == "edit",
            outbox.c.kind.in_([kind.value for kind in ONCE]),
            sa.and_(
                _before(outbox.c.created_at, "posts"),
                _before(outbox.c.due_at, "posts"),
                sa.or_(
                    _ISSUE_IS_OVER,
                    sa.and_(outbox.c.issue.is_(None), outbox.c.kind == NoticeKind.SHIFT.value),
                    sa.and_(_QUESTION, _SHIFT_IS_OVER),
                ),
            ),
        ),
    )
    .order_by(outbox.c.id)
    .limit(sa.bindparam("limit_to"))
)
_IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
_GOING = sa.select(outbox.c.id).where(outbox.c.id.in_(_IDS), _OVER)
REMOVE_ATTEMPTS = sa.delete(outbox_attempts).where(outbox_attempts.c.row_id.in_(_GOING))
REMOVE_PLACES = sa.delete(free_messages).where(
    sa.exists().where(
        outbox.c.id.in_(_IDS),
        _OVER,
        _QUESTION,
        outbox.c.workspace == free_messages.c.workspace,
        outbox.c.key == free_messages.c.key,
    )
)
REMOVE = sa.delete(outbox).where(outbox.c.id.in_(_IDS), _OVER)
