"""The statements of the outbox. Conditions of partial indexes are repeated word for word, so that planners use them."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.tables import ALIVE, CLAIMABLE, outbox, outbox_attempts
from bot.adapters.db.types import Instant
from bot.domain.notification import Op

_INSERT = insert(outbox)
_NEWER = {name: _INSERT.excluded[name] for name in ("kind", "to_kind", "to_id", "rank", "args")}
_PENDING_EDIT = "op = 'edit' AND state = 'pending' AND issue IS {}"

PUT: dict[tuple[Op, bool], sa.Executable] = {
    (Op.POST, True): _INSERT.on_conflict_do_nothing(
        index_elements=["workspace", "issue", "key"],
        index_where=sa.text("op = 'post' AND issue IS NOT NULL"),
    ),
    (Op.POST, False): _INSERT.on_conflict_do_nothing(
        index_elements=["workspace", "key"], index_where=sa.text("op = 'post' AND issue IS NULL")
    ),
    (Op.EDIT, True): _INSERT.on_conflict_do_update(
        index_elements=["workspace", "issue", "key"],
        index_where=sa.text(_PENDING_EDIT.format("NOT NULL")),
        set_=_NEWER,
    ),
    (Op.EDIT, False): _INSERT.on_conflict_do_update(
        index_elements=["workspace", "key"],
        index_where=sa.text(_PENDING_EDIT.format("NULL")),
        set_=_NEWER,
    ),
}
"""By what the notice does, and whether it is about an issue."""

_earlier = outbox.alias("earlier")
_HEAD = ~sa.exists().where(
    _earlier.c.workspace == outbox.c.workspace,
    _earlier.c.lane == outbox.c.lane,
    _earlier.c.id < outbox.c.id,
    sa.text(f"earlier.{ALIVE}"),
)
_DUE_HEADS = (
    sa.select(outbox.c.id)
    .where(sa.text(f"outbox.{CLAIMABLE}"), outbox.c.due_at <= sa.bindparam("now", type_=Instant), _HEAD)
    .order_by(outbox.c.rank, outbox.c.id)
    .limit(sa.bindparam("limit_to"))
    .with_for_update(skip_locked=True, of=outbox)
    .cte("due_heads")
    .prefix_with("MATERIALIZED")
)
CLAIM = (
    sa.update(outbox)
    .where(outbox.c.id == _DUE_HEADS.c.id)
    .values(
        state="claimed",
        claim=outbox.c.claim + 1,
        attempts=outbox.c.attempts + 1,
        lease_until=sa.bindparam("until", type_=Instant),
    )
    .returning(outbox)
)
RELEASE_ALL = (
    sa.update(outbox)
    .where(sa.text("state = 'claimed'"))
    .values(state="unknown", looked_up=True, due_at=sa.bindparam("now", type_=Instant))
)
RELEASE_EXPIRED = RELEASE_ALL.where(outbox.c.lease_until <= sa.bindparam("now", type_=Instant))
_THIS_CLAIM = (
    outbox.c.id == sa.bindparam("of_id"),
    outbox.c.workspace == sa.bindparam("of_workspace"),
    outbox.c.claim == sa.bindparam("of_claim"),
    outbox.c.state.in_(("claimed", "unknown", "bundled")),
)
SETTLE = (
    sa.update(outbox)
    .where(*_THIS_CLAIM)
    .values(
        state=sa.bindparam("to_state"),
        due_at=sa.bindparam("to_due_at"),
        last_error=sa.bindparam("to_error"),
        looked_up=sa.bindparam("to_looked_up"),
        attempts=outbox.c.attempts - sa.bindparam("taken_back"),
    )
    .returning(outbox.c.state)
)
SUPERSEDED = (
    sa.select(outbox.c.id)
    .where(
        outbox.c.workspace == sa.bindparam("of_workspace"),
        outbox.c.issue.is_not_distinct_from(sa.bindparam("of_issue")),
        outbox.c.key == sa.bindparam("of_key"),
        sa.text("op = 'edit' AND state = 'pending'"),
    )
    .limit(1)
)
BEGIN_ATTEMPT = sa.insert(outbox_attempts)
END_ATTEMPT = (
    sa.update(outbox_attempts)
    .where(
        outbox_attempts.c.row_id == sa.bindparam("of_id"),
        outbox_attempts.c.workspace == sa.bindparam("of_workspace"),
        outbox_attempts.c.claim == sa.bindparam("of_claim"),
    )
    .values(ended_at=sa.bindparam("now"), outcome=sa.bindparam("to_state"), error=sa.bindparam("to_error"))
)
CANCEL = (
    sa.update(outbox)
    .where(
        outbox.c.workspace == sa.bindparam("of_workspace"),
        outbox.c.issue == sa.bindparam("of_issue"),
        outbox.c.key.in_(sa.bindparam("keys", expanding=True)),
        sa.text("state = 'pending'"),
    )
    .values(state="cancelled")
)
NEXT_DUE = (
    sa.select(outbox.c.due_at).where(sa.text(f"outbox.{CLAIMABLE}"), _HEAD).order_by(outbox.c.due_at).limit(1)
)
DEAD = (
    sa.select(outbox)
    .where(outbox.c.workspace == sa.bindparam("of_workspace"), sa.text("state = 'dead'"))
    .order_by(outbox.c.id.desc())
    .limit(sa.bindparam("limit_to"))
)
WAITING = (
    sa.select(outbox)
    .where(outbox.c.workspace == sa.bindparam("of_workspace"), sa.text(f"outbox.{ALIVE}"))
    .order_by(outbox.c.id)
    .limit(sa.bindparam("limit_to"))
)
_THIS_ROW = (outbox.c.id == sa.bindparam("of_id"), outbox.c.workspace == sa.bindparam("of_workspace"))
REVIVE = (
    sa.update(outbox)
    .where(*_THIS_ROW, sa.text("state = 'dead'"))
    .values(
        state=sa.bindparam("to_state"),
        due_at=sa.bindparam("now", type_=Instant),
        attempts=0,
        looked_up=outbox.c.op == "post",
    )
)
CALL_OFF = (
    sa.update(outbox)
    .where(*_THIS_ROW, sa.text("state IN ('dead', 'pending', 'unknown')"))
    .values(state="cancelled", last_error=sa.bindparam("to_error"))
)
GET = sa.select(outbox).where(outbox.c.id == sa.bindparam("of_id"))
PENDING_COUNT = (
    sa.select(sa.func.count())
    .select_from(outbox)
    .where(outbox.c.workspace == sa.bindparam("of_workspace"), sa.text(ALIVE))
)
