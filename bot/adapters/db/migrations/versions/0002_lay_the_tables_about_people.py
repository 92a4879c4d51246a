"""Lay the tables about people: changes of on-call, swaps, calendar feeds, agreements, and messages about no issue."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.db.migrations.words import FLAG, INSTANT, NUMBER, TEXT, columns, index, row_id, rule

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forward only: after a mistake, restore the backup."""
    _oncall_changes()
    _swaps()
    _feeds()
    _agreements()
    _free_messages()
    _client_pages()


def _oncall_changes() -> None:
    op.create_table(
        "oncall_changes",
        row_id("id"),
        *columns(TEXT, "workspace", "kind", "person"),
        *columns(TEXT, "schedule", "instead_of", null=True),
        *columns(INSTANT, "begins", "ends"),
        *columns(TEXT, "made_by"),
        *columns(INSTANT, "made_at", null=True),
        *columns(TEXT, "note"),
        *columns(TEXT, "withdrawn_by", null=True),
        *columns(INSTANT, "withdrawn_at", null=True),
        sa.PrimaryKeyConstraint("id"),
        rule("kind", "kind IN ('cover', 'away')"),
        rule("span", "ends > begins"),
        rule("withdrawn", "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"),
    )
    index("ix_oncall_changes_ends", "oncall_changes", "workspace", "ends", where="withdrawn_at IS NULL")


def _swaps() -> None:
    op.create_table(
        "swaps",
        row_id("id"),
        *columns(TEXT, "workspace", "asker", "colleague"),
        *columns(TEXT, "schedule", null=True),
        *columns(INSTANT, "begins", "ends"),
        *columns(TEXT, "state"),
        *columns(INSTANT, "asked_at"),
        *columns(INSTANT, "decided_at", null=True),
        *columns(FLAG, "whoever"),
        *columns(TEXT, "note"),
        sa.PrimaryKeyConstraint("id"),
        rule("decided", "(state = 'asked') = (decided_at IS NULL)"),
        rule("span", "ends > begins"),
        rule("state", "state IN ('asked', 'accepted', 'declined', 'withdrawn', 'expired')"),
    )
    index("ix_swaps_open", "swaps", "workspace", "ends", where="state = 'asked'")


def _feeds() -> None:
    op.create_table(
        "feeds",
        *columns(TEXT, "workspace", "kind", "key", "secret", "made_by"),
        *columns(INSTANT, "made_at"),
        sa.PrimaryKeyConstraint("workspace", "kind", "key"),
        rule("kind", "kind IN ('person', 'schedule')"),
    )
    index("uq_feeds_secret", "feeds", "secret", unique=True)


def _agreements() -> None:
    op.create_table(
        "agreements",
        *columns(TEXT, "workspace", "path"),
        *columns(NUMBER, "level"),
        *columns(TEXT, "person", "terms"),
        *columns(NUMBER, "version"),
        *columns(INSTANT, "asked_at"),
        *columns(TEXT, "consent"),
        *columns(INSTANT, "answered_at", null=True),
        *columns(TEXT, "reason"),
        *columns(NUMBER, "reminders"),
        sa.PrimaryKeyConstraint("workspace", "path", "level", "person"),
        rule("answered", "(consent = 'asked') = (answered_at IS NULL)"),
        rule("consent", "consent IN ('asked', 'agreed', 'cannot')"),
        rule("counters", "level >= 1 AND version >= 1 AND reminders >= 0"),
    )


def _free_messages() -> None:
    op.create_table(
        "free_messages",
        *columns(TEXT, "workspace", "key", "place", "stamp"),
        sa.PrimaryKeyConstraint("workspace", "key"),
    )


def _client_pages() -> None:
    op.create_table(
        "client_pages",
        row_id("id"),
        *columns(TEXT, "workspace", "path", "client", "name", "secret", "made_by"),
        *columns(INSTANT, "made_at"),
        *columns(TEXT, "withdrawn_by", null=True),
        *columns(INSTANT, "withdrawn_at", null=True),
        sa.PrimaryKeyConstraint("id"),
        rule("withdrawn", "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"),
    )
    index("uq_client_pages_secret", "client_pages", "secret", unique=True)
    given = ("workspace", "path", "client", "name")
    index("uq_client_pages_given", "client_pages", *given, unique=True, where="withdrawn_at IS NULL")
    op.create_table(
        "client_yeses",
        *columns(TEXT, "workspace"),
        row_id("page"),
        *columns(TEXT, "terms", "name"),
        *columns(NUMBER, "version"),
        *columns(INSTANT, "said_at"),
        sa.PrimaryKeyConstraint("workspace", "page", "terms", "name"),
        sa.ForeignKeyConstraint(["page"], ["client_pages.id"]),
        rule("counters", "version >= 1"),
    )
