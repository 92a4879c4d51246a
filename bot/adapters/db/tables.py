"""The tables. Every key begins with the workspace; CHECKs repeat the rules of the domain; instants are UTC."""

from typing import Any

import sqlalchemy as sa

from bot.adapters.db.types import ID, Instant, one_of
from bot.domain.delivery import RowState
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus, Stage, TargetKind
from bot.domain.lifecycle import State
from bot.domain.notification import NoticeKind, Op
from bot.domain.timers import TimerKind

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

ALIVE = "state IN ('pending', 'claimed', 'unknown')"
"""Rows that stand in their lane."""
CLAIMABLE = "state IN ('pending', 'unknown')"
"""Rows that somebody may take when they are due."""


def _rule(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=name)


def _index(name: str, *columns: str, where: str | None = None, unique: bool = False) -> sa.Index:
    condition = None if where is None else sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=null)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Instant, nullable=null)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, nullable=False)


def _of_issue(*columns: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, ["issues.workspace", "issues.number"])


workspaces = sa.Table(
    "workspaces",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _text("name"),
    _text("bot_user"),
    _number("last_number"),
    _instant("updated_at", null=True),
    _rule("last_number", "last_number >= 0"),
)

issues = sa.Table(
    "issues",
    metadata,
    sa.Column("workspace", sa.Text, sa.ForeignKey("workspaces.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    _number("version"),
    _number("epoch"),
    _number("opening"),
    _text("state"),
    _json("facts"),
    _json("route"),
    _text("raiser"),
    _text("requester"),
    _text("updates_channel", null=True),
    _text("owner", null=True),
    _text("last_owner", null=True),
    _text("stage"),
    _number("level"),
    _number("round"),
    _instant("stage_started_at"),
    _instant("stage_ends_at", null=True),
    sa.Column("asked", sa.Boolean, nullable=False),
    _number("reminders"),
    _instant("raised_at"),
    _instant("acknowledged_at", null=True),
    _instant("resolved_at", null=True),
    _instant("closed_at", null=True),
    _text("resolution"),
    _text("last_update"),
    _instant("last_update_at", null=True),
    _instant("pressed_at", null=True),
    _rule("state", one_of("state", State)),
    _rule("stage", one_of("stage", Stage)),
    _rule("counters", "number >= 1 AND version >= 1 AND epoch >= 0 AND opening >= 1"),
    _rule("position", "level >= 1 AND round >= 0 AND reminders >= 0"),
    _rule("acknowledged", "state <> 'acknowledged' OR (owner IS NOT NULL AND acknowledged_at IS NOT NULL)"),
    _rule("resolved", "state <> 'resolved' OR resolved_at IS NOT NULL"),
    _rule("closed", "state <> 'closed' OR closed_at IS NOT NULL"),
    _rule("open_asks", "state <> 'open' OR stage <> 'rest'"),
    _rule("over_rests", "state IN ('open', 'acknowledged') OR stage = 'rest'"),
    _index("ix_issues_state", "workspace", "state", "number"),
    _index("ix_issues_raiser", "workspace", "raiser", "number"),
    _index("ix_issues_owner", "workspace", "owner", "number", where="owner IS NOT NULL"),
)

asks = sa.Table(
    "asks",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("issue", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("opening", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    _text("target_kind"),
    _text("target_id"),
    _text("contact"),
    _number("level"),
    _number("round"),
    _instant("at"),
    _text("status"),
    _text("reason"),
    _of_issue("workspace", "issue"),
    _rule("target_kind", one_of("target_kind", TargetKind)),
    _rule("status", one_of("status", AskStatus)),
    _rule("counters", "opening >= 1 AND place >= 1 AND level >= 0 AND round >= 0"),
    _index("ix_asks_waiting", "workspace", "target_id", "issue", where="status = 'asked'"),
)

timeline = sa.Table(
    "timeline",
    metadata,
    sa.Column("id", ID, primary_key=True),
    _text("workspace"),
    _number("issue"),
    _text("kind"),
    _instant("at"),
    _text("actor", null=True),
    _json("data"),
    _of_issue("workspace", "issue"),
    _rule("kind", one_of("kind", EventKind)),
    _index("ix_timeline_issue", "workspace", "issue", "id"),
)

timers = sa.Table(
    "timers",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("issue", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    _instant("due_at"),
    _of_issue("workspace", "issue"),
    _rule("kind", one_of("kind", TimerKind)),
    _rule("counters", "epoch >= 0 AND n >= 1"),
    _index("ix_timers_due", "due_at"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", ID, primary_key=True),
    _text("workspace"),
    sa.Column("issue", sa.Integer),
    _text("key"),
    _text("kind"),
    _text("op"),
    _text("to_kind"),
    _text("to_id"),
    _text("lane"),
    _number("rank"),
    _json("args"),
    _text("state"),
    _instant("due_at"),
    _number("attempts"),
    _number("claim"),
    _instant("lease_until", null=True),
    sa.Column("looked_up", sa.Boolean, nullable=False),
    _text("last_error"),
    _instant("created_at"),
    _of_issue("workspace", "issue"),
    _rule("kind", one_of("kind", NoticeKind)),
    _rule("op", one_of("op", Op)),
    _rule("to_kind", one_of("to_kind", TargetKind)),
    _rule("state", one_of("state", RowState)),
    _rule("counters", "rank >= 0 AND attempts >= 0 AND claim >= 0"),
    _rule("lease", "state <> 'claimed' OR (lease_until IS NOT NULL AND claim >= 1)"),
    _index(
        "uq_outbox_post", "workspace", "issue", "key", unique=True, where="op = 'post' AND issue IS NOT NULL"
    ),
    _index("uq_outbox_post_free", "workspace", "key", unique=True, where="op = 'post' AND issue IS NULL"),
    _index(
        "uq_outbox_edit",
        *("workspace", "issue", "key"),
        unique=True,
        where="op = 'edit' AND state = 'pending' AND issue IS NOT NULL",
    ),
    _index(
        "uq_outbox_edit_free",
        *("workspace", "key"),
        unique=True,
        where="op = 'edit' AND state = 'pending' AND issue IS NULL",
    ),
    _index("ix_outbox_lane", "workspace", "lane", "id", where=ALIVE),
    _index("ix_outbox_rank", "rank", "id", where=CLAIMABLE),
    _index("ix_outbox_due", "due_at", where=CLAIMABLE),
    _index("ix_outbox_lease", "lease_until", where="state = 'claimed'"),
    _index("ix_outbox_dead", "workspace", "id", where="state = 'dead'"),
    sqlite_autoincrement=True,  # a row's id is written into messages, so it must never be given again
)

outbox_attempts = sa.Table(
    "outbox_attempts",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("row_id", ID, sa.ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    sa.Column("claim", sa.Integer, primary_key=True, autoincrement=False),
    _instant("started_at"),
    _instant("ended_at", null=True),
    _text("outcome", null=True),
    _text("error"),
    _rule("outcome", f"outcome IS NULL OR {one_of('outcome', RowState)}"),
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("issue", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("key", sa.Text, primary_key=True),
    _json("notice"),
    _text("place"),
    _text("stamp"),
    _number("version"),
    sa.Column("live", sa.Boolean, nullable=False),
    _of_issue("workspace", "issue"),
    _index("ix_messages_place", "workspace", "place", "stamp"),
    _index("ix_messages_live", "workspace", "issue", "key", where="live"),
)

inbound = sa.Table(
    "inbound",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    _text("answer"),
    _instant("at"),
    _index("ix_inbound_at", "at"),
)

matrices = sa.Table(
    "matrices",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    _json("document"),
    _text("source"),
    _text("author"),
    _text("note"),
    _instant("published_at"),
    _rule("version", "version >= 1"),
)

pulse = sa.Table(
    "pulse",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("beats", sa.BigInteger, nullable=False),
    _rule("single", "id = 1"),
)
"""One row that is written to learn whether writing works."""
