"""Lay the tables: issues with their asks, timeline, timers and messages, and what is known of the workspace.

Frozen: a later change of the schema is a migration of its own. Values of enums are written out for that reason.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text()
NUMBER = sa.Integer()
BIG = sa.BigInteger()
FLAG = sa.Boolean()
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON()


def upgrade() -> None:
    """Forward only: after a mistake, restore the backup."""
    _workspaces()
    _issues()
    _asks()
    _timeline()
    _timers()
    _outbox()
    _outbox_attempts()
    _messages()
    _inbound()
    _matrices()
    _pulse()


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        *_columns(TEXT, "id", "name", "bot_user"),
        *_columns(NUMBER, "last_number"),
        *_columns(INSTANT, "updated_at", null=True),
        sa.PrimaryKeyConstraint("id"),
        _rule("last_number", "last_number >= 0"),
    )


def _issues() -> None:
    op.create_table(
        "issues",
        *_columns(TEXT, "workspace"),
        *_columns(NUMBER, "number", "version", "epoch", "opening"),
        *_columns(TEXT, "state"),
        *_columns(JSON, "facts", "route"),
        *_columns(TEXT, "raiser", "requester"),
        *_columns(TEXT, "updates_channel", "owner", "last_owner", null=True),
        *_columns(TEXT, "stage"),
        *_columns(NUMBER, "level", "round"),
        *_columns(INSTANT, "stage_started_at"),
        *_columns(INSTANT, "stage_ends_at", null=True),
        *_columns(FLAG, "asked"),
        *_columns(NUMBER, "reminders"),
        *_columns(INSTANT, "raised_at"),
        *_columns(INSTANT, "acknowledged_at", "resolved_at", "closed_at", null=True),
        *_columns(TEXT, "resolution", "last_update"),
        *_columns(INSTANT, "last_update_at", "pressed_at", null=True),
        sa.PrimaryKeyConstraint("workspace", "number"),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
        _rule(
            "acknowledged", "state <> 'acknowledged' OR (owner IS NOT NULL AND acknowledged_at IS NOT NULL)"
        ),
        _rule("closed", "state <> 'closed' OR closed_at IS NOT NULL"),
        _rule("counters", "number >= 1 AND version >= 1 AND epoch >= 0 AND opening >= 1"),
        _rule("open_asks", "state <> 'open' OR stage <> 'rest'"),
        _rule("over_rests", "state IN ('open', 'acknowledged') OR stage = 'rest'"),
        _rule("position", "level >= 1 AND round >= 0 AND reminders >= 0"),
        _rule("resolved", "state <> 'resolved' OR resolved_at IS NOT NULL"),
        _rule("stage", "stage IN ('level', 'owner', 'catch_all', 'rest')"),
        _rule("state", "state IN ('open', 'acknowledged', 'resolved', 'closed')"),
    )
    _index("ix_issues_owner", "issues", "workspace", "owner", "number", where="owner IS NOT NULL")
    _index("ix_issues_raiser", "issues", "workspace", "raiser", "number")
    _index("ix_issues_state", "issues", "workspace", "state", "number")


def _asks() -> None:
    op.create_table(
        "asks",
        *_columns(TEXT, "workspace"),
        *_columns(NUMBER, "issue", "opening", "place"),
        *_columns(TEXT, "target_kind", "target_id", "contact"),
        *_columns(NUMBER, "level", "round"),
        *_columns(INSTANT, "at"),
        *_columns(TEXT, "status", "reason"),
        sa.PrimaryKeyConstraint("workspace", "issue", "opening", "place"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
        _rule("counters", "opening >= 1 AND place >= 1 AND level >= 0 AND round >= 0"),
        _rule("status", "status IN ('asked', 'declined', 'unreachable', 'acknowledged')"),
        _rule("target_kind", "target_kind IN ('user', 'channel')"),
    )
    _index("ix_asks_waiting", "asks", "workspace", "target_id", "issue", where="status = 'asked'")


def _timeline() -> None:
    op.create_table(
        "timeline",
        _row_id("id"),
        *_columns(TEXT, "workspace"),
        *_columns(NUMBER, "issue"),
        *_columns(TEXT, "kind"),
        *_columns(INSTANT, "at"),
        *_columns(TEXT, "actor", null=True),
        *_columns(JSON, "data"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
        _rule(
            "kind",
            _one_of(
                "kind",
                "raised level_started asked unreachable skipped level_ended repeated catch_all "
                "reminded nagged declined acknowledged escalated updated resolved confirmed disputed "
                "closed rerouted ",
            ),
        ),
    )
    _index("ix_timeline_issue", "timeline", "workspace", "issue", "id")


def _timers() -> None:
    op.create_table(
        "timers",
        *_columns(TEXT, "workspace"),
        *_columns(NUMBER, "issue", "epoch"),
        *_columns(TEXT, "kind"),
        *_columns(NUMBER, "n"),
        *_columns(INSTANT, "due_at"),
        sa.PrimaryKeyConstraint("workspace", "issue", "epoch", "kind", "n"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
        _rule("counters", "epoch >= 0 AND n >= 1"),
        _rule("kind", "kind IN ('ask', 'remind', 'level_end', 'nag', 'close')"),
    )
    _index("ix_timers_due", "timers", "due_at")


def _outbox() -> None:
    op.create_table(
        "outbox",
        _row_id("id"),
        *_columns(TEXT, "workspace"),
        *_columns(NUMBER, "issue", null=True),
        *_columns(TEXT, "key", "kind", "op", "to_kind", "to_id", "lane"),
        *_columns(NUMBER, "rank"),
        *_columns(JSON, "args"),
        *_columns(TEXT, "state"),
        *_columns(INSTANT, "due_at"),
        *_columns(NUMBER, "attempts", "claim"),
        *_columns(INSTANT, "lease_until", null=True),
        *_columns(FLAG, "looked_up"),
        *_columns(TEXT, "last_error"),
        *_columns(INSTANT, "created_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
        _rule("counters", "rank >= 0 AND attempts >= 0 AND claim >= 0"),
        _rule(
            "kind",
            _one_of(
                "kind",
                "card log mention ping reminder nag requester owner path_owner whisper details home "
                "inform shift swap agreement news",
            ),
        ),
        _rule("lease", "state <> 'claimed' OR (lease_until IS NOT NULL AND claim >= 1)"),
        _rule("op", "op IN ('post', 'edit')"),
        _rule("state", "state IN ('pending', 'claimed', 'unknown', 'sent', 'cancelled', 'dead')"),
        _rule("to_kind", "to_kind IN ('user', 'channel')"),
        sqlite_autoincrement=True,
    )
    _index("ix_outbox_dead", "outbox", "workspace", "id", where="state = 'dead'")
    _index("ix_outbox_due", "outbox", "due_at", where="state IN ('pending', 'unknown')")
    alive = "state IN ('pending', 'claimed', 'unknown')"
    _index("ix_outbox_lane", "outbox", "workspace", "lane", "id", where=alive)
    _index("ix_outbox_lease", "outbox", "lease_until", where="state = 'claimed'")
    _index("ix_outbox_rank", "outbox", "rank", "id", where="state IN ('pending', 'unknown')")
    for name, condition in (("edit", "op = 'edit' AND state = 'pending'"), ("post", "op = 'post'")):
        of_issue, free = f"{condition} AND issue IS NOT NULL", f"{condition} AND issue IS NULL"
        _index(f"uq_outbox_{name}", "outbox", "workspace", "issue", "key", unique=True, where=of_issue)
        _index(f"uq_outbox_{name}_free", "outbox", "workspace", "key", unique=True, where=free)


def _outbox_attempts() -> None:
    op.create_table(
        "outbox_attempts",
        *_columns(TEXT, "workspace"),
        _row_id("row_id"),
        *_columns(NUMBER, "claim"),
        *_columns(INSTANT, "started_at"),
        *_columns(INSTANT, "ended_at", null=True),
        *_columns(TEXT, "outcome", null=True),
        *_columns(TEXT, "error"),
        sa.PrimaryKeyConstraint("workspace", "row_id", "claim"),
        sa.ForeignKeyConstraint(["row_id"], ["outbox.id"]),
        _rule(
            "outcome",
            "outcome IS NULL OR outcome IN ('pending', 'claimed', 'unknown', 'sent', 'cancelled', 'dead')",
        ),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        *_columns(TEXT, "workspace"),
        *_columns(NUMBER, "issue"),
        *_columns(TEXT, "key"),
        *_columns(JSON, "notice"),
        *_columns(TEXT, "place", "stamp"),
        *_columns(NUMBER, "version"),
        *_columns(FLAG, "live"),
        sa.PrimaryKeyConstraint("workspace", "issue", "key"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
    )
    _index("ix_messages_live", "messages", "workspace", "issue", "key", where="live")
    _index("ix_messages_place", "messages", "workspace", "place", "stamp")


def _inbound() -> None:
    op.create_table(
        "inbound",
        *_columns(TEXT, "workspace", "key", "answer"),
        *_columns(INSTANT, "at"),
        sa.PrimaryKeyConstraint("workspace", "key"),
    )
    _index("ix_inbound_at", "inbound", "at")


def _matrices() -> None:
    op.create_table(
        "matrices",
        *_columns(TEXT, "workspace"),
        *_columns(NUMBER, "version"),
        *_columns(JSON, "document"),
        *_columns(TEXT, "source", "author", "note"),
        *_columns(INSTANT, "published_at"),
        sa.PrimaryKeyConstraint("workspace", "version"),
        _rule("version", "version >= 1"),
    )


def _pulse() -> None:
    op.create_table(
        "pulse",
        *_columns(NUMBER, "id"),
        *_columns(BIG, "beats"),
        sa.PrimaryKeyConstraint("id"),
        _rule("single", "id = 1"),
    )


def _columns(kind: sa.types.TypeEngine[Any], *names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null, autoincrement=False) for name in names]


def _row_id(name: str) -> sa.Column[Any]:
    counted = name == "id"
    return sa.Column(
        name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=counted
    )


def _rule(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=name)


def _one_of(column: str, words: str) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words.split())})"


def _index(name: str, table: str, *columns: str, unique: bool = False, where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(
        name, table, list(columns), unique=unique, sqlite_where=condition, postgresql_where=condition
    )
