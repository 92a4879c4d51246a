"""Lay the tables: issues with their asks, timeline, timers and messages, and what is known of the workspace.

Frozen: a later change of the schema is a migration of its own. Values of enums are written out for that reason.
"""

import sqlalchemy as sa
from alembic import op

from bot.adapters.db.migrations.words import (
    BIG,
    FLAG,
    INSTANT,
    JSON,
    NUMBER,
    TEXT,
    columns,
    index,
    one_of,
    row_id,
    rule,
)

revision = "0001"
down_revision = None


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
        *columns(TEXT, "id", "name", "bot_user"),
        *columns(NUMBER, "last_number"),
        *columns(INSTANT, "updated_at", null=True),
        sa.PrimaryKeyConstraint("id"),
        rule("last_number", "last_number >= 0"),
    )


def _issues() -> None:
    op.create_table(
        "issues",
        *columns(TEXT, "workspace"),
        *columns(NUMBER, "number", "version", "epoch", "opening"),
        *columns(TEXT, "state"),
        *columns(JSON, "facts", "route"),
        *columns(TEXT, "type", "service", "client", "path", "priority"),
        *columns(NUMBER, "rank"),
        *columns(FLAG, "private", "nameless", "unnamed"),
        *columns(TEXT, "raiser", "requester"),
        *columns(TEXT, "updates_channel", "owner", "last_owner", null=True),
        *columns(TEXT, "stage"),
        *columns(NUMBER, "level", "round"),
        *columns(INSTANT, "stage_started_at"),
        *columns(INSTANT, "stage_ends_at", "held_until", "look_at", null=True),
        *columns(FLAG, "asked"),
        *columns(NUMBER, "reminders", "repeats"),
        *columns(INSTANT, "raised_at"),
        *columns(INSTANT, "acknowledged_at", "resolved_at", "closed_at", null=True),
        *columns(TEXT, "resolution", "last_update"),
        *columns(
            INSTANT, "last_update_at", "pressed_at", "responded_at", "late_since", "waiting_since", null=True
        ),
        *columns(JSON, "clocks", "informing", "company", "care"),
        *columns(INSTANT, "bypass_at", "appeal_at", "update_late_at", null=True),
        sa.PrimaryKeyConstraint("workspace", "number"),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
        rule(
            "acknowledged", "state <> 'acknowledged' OR (owner IS NOT NULL AND acknowledged_at IS NOT NULL)"
        ),
        rule("closed", "state <> 'closed' OR closed_at IS NOT NULL"),
        rule("counters", "number >= 1 AND version >= 1 AND epoch >= 0 AND opening >= 1"),
        rule("open_asks", "state <> 'open' OR stage <> 'rest'"),
        rule("over_rests", "state IN ('open', 'acknowledged') OR stage = 'rest'"),
        rule("position", "level >= 1 AND round >= 0 AND reminders >= 0 AND repeats >= 0"),
        rule("resolved", "state <> 'resolved' OR resolved_at IS NOT NULL"),
        rule("stage", "stage IN ('level', 'owner', 'named', 'catch_all', 'rest')"),
        rule("state", one_of("state", "open acknowledged resolved closed sent_back withdrawn merged")),
    )
    index("ix_issues_owner", "issues", "workspace", "owner", "number", where="owner IS NOT NULL")
    index("ix_issues_raiser", "issues", "workspace", "raiser", "number")
    index("ix_issues_requester", "issues", "workspace", "requester", "number")
    waits = ("waiting", "waiting_since"), ("bypass", "bypass_at"), ("appeal", "appeal_at")
    for name, column in (*waits, ("update", "update_late_at")):
        index(f"ix_issues_{name}", "issues", "workspace", column, where=f"{column} IS NOT NULL")
    index("ix_issues_state", "issues", "workspace", "state", "number")
    index("ix_issues_private", "issues", "workspace", "number", where="private")
    ordered = "workspace", "rank", "raised_at", "number", "private"
    alive, opened = "state IN ('open', 'acknowledged')", "state = 'open'"
    climbed = f"{opened} AND stage <> 'catch_all' AND (level > 1 OR repeats > 0)"
    index("ix_issues_unanswered", "issues", *ordered, where=f"{opened} AND stage = 'catch_all'")
    index("ix_issues_ownerless", "issues", *ordered, where=climbed)
    index(
        "ix_issues_urgent",
        "issues",
        *ordered[:-1],
        *("priority", "private", "state", "late_since"),
        where=alive,
    )


def _asks() -> None:
    op.create_table(
        "asks",
        *columns(TEXT, "workspace"),
        *columns(NUMBER, "issue", "opening", "place"),
        *columns(TEXT, "target_kind", "target_id", "contact"),
        *columns(NUMBER, "level", "round"),
        *columns(INSTANT, "at"),
        *columns(TEXT, "status", "reason"),
        sa.PrimaryKeyConstraint("workspace", "issue", "opening", "place"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
        rule("counters", "opening >= 1 AND place >= 1 AND level >= 0 AND round >= 0"),
        rule("status", "status IN ('asked', 'declined', 'unreachable', 'acknowledged')"),
        rule("target_kind", "target_kind IN ('user', 'channel')"),
    )
    index("ix_asks_waiting", "asks", "workspace", "target_id", "issue", where="status = 'asked'")


def _timeline() -> None:
    op.create_table(
        "timeline",
        row_id("id"),
        *columns(TEXT, "workspace"),
        *columns(NUMBER, "issue"),
        *columns(TEXT, "kind"),
        *columns(INSTANT, "at"),
        *columns(TEXT, "actor", null=True),
        *columns(JSON, "data"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
        rule(
            "kind",
            one_of(
                "kind",
                "raised level_started asked unreachable skipped level_ended repeated catch_all "
                "reminded nagged declined acknowledged escalated updated resolved confirmed "
                "disputed closed rerouted held hold_ended shift_changed informed warned "
                "breached route_changed waiting wait_reminded answered went_on changed "
                "gave_back assigned not_taken owner_gone snoozed snooze_ended still_asked kept "
                "top_asked noted edited watched unwatched linked merged absorbed joined hidden "
                "shown sent_back appealed judged judge_reminded withdrawn bypass_asked bypassed bypass_refused "
                "went_straight update_due update_late owed told rated commented followed_up "
                "follow_up_answered thanked reposted called_off out_of_reach",
            ),
        ),
    )
    index("ix_timeline_issue", "timeline", "workspace", "issue", "id")


def _timers() -> None:
    op.create_table(
        "timers",
        *columns(TEXT, "workspace"),
        *columns(NUMBER, "issue", "epoch"),
        *columns(TEXT, "kind"),
        *columns(NUMBER, "n"),
        *columns(INSTANT, "due_at"),
        sa.PrimaryKeyConstraint("workspace", "issue", "epoch", "kind", "n"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
        rule("counters", "epoch >= 0 AND n >= 1"),
        rule(
            "kind",
            one_of(
                "kind",
                "ask remind level_end nag close shift inform respond_warn respond_breach "
                "resolve_warn resolve_breach wait_remind wait_end still_on_it still_silent "
                "snooze_end update_due update_late tell_due tell_late follow_up judge_remind",
            ),
        ),
    )
    index("ix_timers_due", "timers", "due_at")


def _outbox() -> None:
    op.create_table(
        "outbox",
        row_id("id"),
        *columns(TEXT, "workspace"),
        *columns(NUMBER, "issue", null=True),
        *columns(TEXT, "key", "kind", "op", "to_kind", "to_id", "lane"),
        *columns(NUMBER, "rank"),
        *columns(JSON, "args"),
        *columns(TEXT, "state"),
        *columns(INSTANT, "due_at"),
        *columns(NUMBER, "attempts", "claim"),
        *columns(INSTANT, "lease_until", null=True),
        *columns(FLAG, "looked_up"),
        *columns(TEXT, "last_error"),
        *columns(INSTANT, "created_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
        rule("counters", "rank >= 0 AND attempts >= 0 AND claim >= 0"),
        rule(
            "kind",
            one_of(
                "kind",
                "card log mention ping reminder nag requester owner manager path_owner whisper "
                "details home inform shift swap agreement picture news raiser watcher copy "
                "bundle digest",
            ),
        ),
        rule("lease", "state <> 'claimed' OR (lease_until IS NOT NULL AND claim >= 1)"),
        rule("op", "op IN ('post', 'edit')"),
        rule("state", "state IN ('pending', 'claimed', 'unknown', 'bundled', 'sent', 'cancelled', 'dead')"),
        rule("to_kind", "to_kind IN ('user', 'channel')"),
        sqlite_autoincrement=True,
    )
    index("ix_outbox_dead", "outbox", "workspace", "id", where="state = 'dead'")
    index("ix_outbox_due", "outbox", "due_at", where="state IN ('pending', 'unknown')")
    alive = "state IN ('pending', 'claimed', 'unknown', 'bundled')"
    index("ix_outbox_lane", "outbox", "workspace", "lane", "id", where=alive)
    index("ix_outbox_lease", "outbox", "lease_until", where="state = 'claimed'")
    index("ix_outbox_rank", "outbox", "rank", "id", where="state IN ('pending', 'unknown')")
    for name, condition in (("edit", "op = 'edit' AND state = 'pending'"), ("post", "op = 'post'")):
        of_issue, free = f"{condition} AND issue IS NOT NULL", f"{condition} AND issue IS NULL"
        index(f"uq_outbox_{name}", "outbox", "workspace", "issue", "key", unique=True, where=of_issue)
        index(f"uq_outbox_{name}_free", "outbox", "workspace", "key", unique=True, where=free)


def _outbox_attempts() -> None:
    op.create_table(
        "outbox_attempts",
        *columns(TEXT, "workspace"),
        row_id("row_id"),
        *columns(NUMBER, "claim"),
        *columns(INSTANT, "started_at"),
        *columns(INSTANT, "ended_at", null=True),
        *columns(TEXT, "outcome", null=True),
        *columns(TEXT, "error"),
        sa.PrimaryKeyConstraint("row_id", "claim"),
        sa.ForeignKeyConstraint(["row_id"], ["outbox.id"]),
        rule(
            "outcome",
            "outcome IS NULL OR outcome IN ('pending', 'claimed', 'unknown', 'bundled', 'sent', 'cancelled', 'dead')",
        ),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        *columns(TEXT, "workspace"),
        *columns(NUMBER, "issue"),
        *columns(TEXT, "key"),
        *columns(JSON, "notice"),
        *columns(TEXT, "place", "stamp"),
        *columns(NUMBER, "version"),
        *columns(FLAG, "live"),
        sa.PrimaryKeyConstraint("workspace", "issue", "key"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
    )
    index("ix_messages_live", "messages", "workspace", "issue", "key", where="live")
    index("ix_messages_place", "messages", "workspace", "place", "stamp")


def _inbound() -> None:
    op.create_table(
        "inbound",
        *columns(TEXT, "workspace", "key", "answer"),
        *columns(INSTANT, "at"),
        sa.PrimaryKeyConstraint("workspace", "key"),
    )
    index("ix_inbound_at", "inbound", "at")


def _matrices() -> None:
    op.create_table(
        "matrices",
        *columns(TEXT, "workspace"),
        *columns(NUMBER, "version"),
        *columns(JSON, "document"),
        *columns(TEXT, "source", "author", "note"),
        *columns(INSTANT, "published_at"),
        sa.PrimaryKeyConstraint("workspace", "version"),
        rule("version", "version >= 1"),
    )


def _pulse() -> None:
    op.create_table(
        "pulse",
        *columns(NUMBER, "id"),
        *columns(BIG, "beats"),
        sa.PrimaryKeyConstraint("id"),
        rule("single", "id = 1"),
    )
