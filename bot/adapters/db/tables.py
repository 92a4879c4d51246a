"""The tables. Every key begins with the workspace; CHECKs repeat the rules of the domain; instants are UTC."""

import sqlalchemy as sa

from bot.adapters.db.columns import index, instant, json, metadata, number, of_issue, rule, snapshot, text
from bot.adapters.db.types import ID, one_of
from bot.domain.care import Care, Company
from bot.domain.clocks import Clocks
from bot.domain.delivery import RowState
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus, Facts, Informing, Part, Stage, TargetKind
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.matrix.model import Matrix, Route
from bot.domain.notification import Notice, NoticeKind, Op
from bot.domain.timers import TimerKind

ALIVE = "state IN ('pending', 'claimed', 'unknown', 'bundled')"
"""Rows that stand in their lane."""
CLAIMABLE = "state IN ('pending', 'unknown')"
"""Rows that somebody may take when they are due."""
IN_WORK_ROWS = one_of("state", IN_WORK)
"""Issues that are not over; a question that says it in these words is answered by the index."""
UNANSWERED_ROWS = "state = 'open' AND stage = 'catch_all'"
"""Likewise those for which the escalation manager is asked."""
OWNERLESS_ROWS = "state = 'open' AND stage <> 'catch_all' AND (level > 1 OR repeats > 0)"
"""Likewise those that climbed, and that nobody has."""

workspaces = sa.Table(
    "workspaces",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    text("name"),
    text("bot_user"),
    number("last_number"),
    instant("updated_at", null=True),
    rule("last_number", "last_number >= 0"),
)

issues = sa.Table(
    "issues",
    metadata,
    sa.Column("workspace", sa.Text, sa.ForeignKey("workspaces.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    number("version"),
    number("epoch"),
    number("opening"),
    text("state"),
    snapshot("facts", Facts),
    snapshot("route", Route),
    text("type"),
    text("service"),
    text("client"),
    text("path"),
    text("priority"),
    number("rank"),
    sa.Column("private", sa.Boolean, nullable=False),
    sa.Column("nameless", sa.Boolean, nullable=False),
    sa.Column("unnamed", sa.Boolean, nullable=False),
    text("raiser"),
    text("requester"),
    text("updates_channel", null=True),
    text("owner", null=True),
    text("last_owner", null=True),
    text("stage"),
    number("level"),
    number("round"),
    instant("stage_started_at"),
    instant("stage_ends_at", null=True),
    instant("held_until", null=True),
    instant("look_at", null=True),
    sa.Column("asked", sa.Boolean, nullable=False),
    number("reminders"),
    number("repeats"),
    instant("raised_at"),
    instant("acknowledged_at", null=True),
    instant("resolved_at", null=True),
    instant("closed_at", null=True),
    text("resolution"),
    text("last_update"),
    instant("last_update_at", null=True),
    instant("pressed_at", null=True),
    instant("responded_at", null=True),
    instant("late_since", null=True),
    instant("waiting_since", null=True),
    snapshot("clocks", Clocks),
    snapshot("informing", Informing),
    snapshot("company", Company),
    snapshot("care", Care),
    instant("bypass_at", null=True),
    instant("appeal_at", null=True),
    instant("update_late_at", null=True),
    rule("state", one_of("state", State)),
    rule("stage", one_of("stage", Stage)),
    rule("counters", "number >= 1 AND version >= 1 AND epoch >= 0 AND opening >= 1"),
    rule("position", "level >= 1 AND round >= 0 AND reminders >= 0 AND repeats >= 0"),
    rule("acknowledged", "state <> 'acknowledged' OR (owner IS NOT NULL AND acknowledged_at IS NOT NULL)"),
    rule("resolved", "state <> 'resolved' OR resolved_at IS NOT NULL"),
    rule("closed", "state <> 'closed' OR closed_at IS NOT NULL"),
    rule("open_asks", "state <> 'open' OR stage <> 'rest'"),
    rule("over_rests", "state IN ('open', 'acknowledged') OR stage = 'rest'"),
    index("ix_issues_state", "workspace", "state", "number"),
    index("ix_issues_raiser", "workspace", "raiser", "number"),
    index("ix_issues_requester", "workspace", "requester", "number"),
    index("ix_issues_kind", "workspace", "type", "service", "raised_at"),
    index(
        "ix_issues_urgent",
        *("workspace", "rank", "raised_at", "number", "priority", "private", "state", "late_since"),
        where=IN_WORK_ROWS,
    ),
    index("ix_issues_waiting", "workspace", "waiting_since", where="waiting_since IS NOT NULL"),
    index("ix_issues_private", "workspace", "number", where="private"),
    index(
        "ix_issues_unanswered", "workspace", "rank", "raised_at", "number", "private", where=UNANSWERED_ROWS
    ),
    index("ix_issues_ownerless", "workspace", "rank", "raised_at", "number", "private", where=OWNERLESS_ROWS),
    index("ix_issues_bypass", "workspace", "bypass_at", where="bypass_at IS NOT NULL"),
    index("ix_issues_appeal", "workspace", "appeal_at", where="appeal_at IS NOT NULL"),
    index("ix_issues_update", "workspace", "update_late_at", where="update_late_at IS NOT NULL"),
    index("ix_issues_owner", "workspace", "owner", "number", where="owner IS NOT NULL"),
)

asks = sa.Table(
    "asks",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("issue", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("opening", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    text("target_kind"),
    text("target_id"),
    text("contact"),
    number("level"),
    number("round"),
    instant("at"),
    text("status"),
    text("reason"),
    of_issue("workspace", "issue"),
    rule("target_kind", one_of("target_kind", TargetKind)),
    rule("status", one_of("status", AskStatus)),
    rule("counters", "opening >= 1 AND place >= 1 AND level >= 0 AND round >= 0"),
    index("ix_asks_waiting", "workspace", "target_id", "issue", where="status = 'asked'"),
)

involved = sa.Table(
    "involved",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("issue", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("role", sa.Text, primary_key=True),
    of_issue("workspace", "issue"),
    rule("role", one_of("role", Part)),
    index("ix_involved_issue", "workspace", "issue"),
)
"""Who follows an issue or is a further requester of it: the same as on the issue, to be found by person."""

timeline = sa.Table(
    "timeline",
    metadata,
    sa.Column("id", ID, primary_key=True),
    text("workspace"),
    number("issue"),
    text("kind"),
    instant("at"),
    text("actor", null=True),
    json("data"),
    of_issue("workspace", "issue"),
    rule("kind", one_of("kind", EventKind)),
    index("ix_timeline_issue", "workspace", "issue", "id"),
)

timers = sa.Table(
    "timers",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("issue", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    instant("due_at"),
    of_issue("workspace", "issue"),
    rule("kind", one_of("kind", TimerKind)),
    rule("counters", "epoch >= 0 AND n >= 1"),
    index("ix_timers_due", "due_at"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", ID, primary_key=True),
    text("workspace"),
    sa.Column("issue", sa.Integer),
    text("key"),
    text("kind"),
    text("op"),
    text("to_kind"),
    text("to_id"),
    text("lane"),
    number("rank"),
    json("args"),
    text("state"),
    instant("due_at"),
    number("attempts"),
    number("claim"),
    instant("lease_until", null=True),
    sa.Column("looked_up", sa.Boolean, nullable=False),
    text("last_error"),
    instant("created_at"),
    of_issue("workspace", "issue"),
    rule("kind", one_of("kind", NoticeKind)),
    rule("op", one_of("op", Op)),
    rule("to_kind", one_of("to_kind", TargetKind)),
    rule("state", one_of("state", RowState)),
    rule("counters", "rank >= 0 AND attempts >= 0 AND claim >= 0"),
    rule("lease", "state <> 'claimed' OR (lease_until IS NOT NULL AND claim >= 1)"),
    index(
        "uq_outbox_post", "workspace", "issue", "key", unique=True, where="op = 'post' AND issue IS NOT NULL"
    ),
    index("uq_outbox_post_free", "workspace", "key", unique=True, where="op = 'post' AND issue IS NULL"),
    index(
        "uq_outbox_edit",
        *("workspace", "issue", "key"),
        unique=True,
        where="op = 'edit' AND state = 'pending' AND issue IS NOT NULL",
    ),
    index(
        "uq_outbox_edit_free",
        *("workspace", "key"),
        unique=True,
        where="op = 'edit' AND state = 'pending' AND issue IS NULL",
    ),
    index("ix_outbox_lane", "workspace", "lane", "id", where=ALIVE),
    index("ix_outbox_rank", "rank", "id", where=CLAIMABLE),
    index("ix_outbox_due", "due_at", where=CLAIMABLE),
    index("ix_outbox_lease", "lease_until", where="state = 'claimed'"),
    index("ix_outbox_dead", "workspace", "id", where="state = 'dead'"),
    sqlite_autoincrement=True,  # a row's id is written into messages, so it must never be given again
)

outbox_attempts = sa.Table(
    "outbox_attempts",
    metadata,
    text("workspace"),
    sa.Column("row_id", ID, sa.ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    sa.Column("claim", sa.Integer, primary_key=True, autoincrement=False),
    instant("started_at"),
    instant("ended_at", null=True),
    text("outcome", null=True),
    text("error"),
    rule("outcome", f"outcome IS NULL OR {one_of('outcome', RowState)}"),
)
"""The key begins with the row: when rows are removed, whether an attempt is left is looked up for each of them."""

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("issue", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("key", sa.Text, primary_key=True),
    snapshot("notice", Notice),
    text("place"),
    text("stamp"),
    number("version"),
    sa.Column("live", sa.Boolean, nullable=False),
    of_issue("workspace", "issue"),
    index("ix_messages_place", "workspace", "place", "stamp"),
    index("ix_messages_live", "workspace", "issue", "key", where="live"),
)

inbound = sa.Table(
    "inbound",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    text("answer"),
    instant("at"),
    index("ix_inbound_at", "at"),
)

matrices = sa.Table(
    "matrices",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    snapshot("document", Matrix),
    text("source"),
    text("author"),
    text("note"),
    instant("published_at"),
    rule("version", "version >= 1"),
)

pulse = sa.Table(
    "pulse",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("beats", sa.BigInteger, nullable=False),
    rule("single", "id = 1"),
)
"""One row that is written to learn whether writing works."""
