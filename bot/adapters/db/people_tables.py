"""Tables about people beside their issues: changes of on-call, swaps, feeds, agreements, messages about no issue,
and pages for clients."""

import sqlalchemy as sa

from bot.adapters.db.columns import index, instant, metadata, number, rule, text
from bot.adapters.db.types import ID, one_of
from bot.domain.oncall.model import ChangeKind
from bot.usecases.people_ports import Consent, FeedKind, SwapState

oncall_changes = sa.Table(
    "oncall_changes",
    metadata,
    sa.Column("id", ID, primary_key=True),
    text("workspace"),
    text("kind"),
    text("person"),
    text("schedule", null=True),
    text("instead_of", null=True),
    instant("begins"),
    instant("ends"),
    text("made_by"),
    instant("made_at", null=True),
    text("note"),
    text("withdrawn_by", null=True),
    instant("withdrawn_at", null=True),
    rule("kind", one_of("kind", ChangeKind)),
    rule("span", "ends > begins"),
    rule("withdrawn", "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"),
    index("ix_oncall_changes_ends", "workspace", "ends", where="withdrawn_at IS NULL"),
)

swaps = sa.Table(
    "swaps",
    metadata,
    sa.Column("id", ID, primary_key=True),
    text("workspace"),
    text("asker"),
    text("colleague"),
    text("schedule", null=True),
    instant("begins"),
    instant("ends"),
    text("state"),
    instant("asked_at"),
    instant("decided_at", null=True),
    sa.Column("whoever", sa.Boolean, nullable=False),
    text("note"),
    rule("state", one_of("state", SwapState)),
    rule("span", "ends > begins"),
    rule("decided", "(state = 'asked') = (decided_at IS NULL)"),
    index("ix_swaps_open", "workspace", "ends", where="state = 'asked'"),
)

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    text("secret"),
    text("made_by"),
    instant("made_at"),
    rule("kind", one_of("kind", FeedKind)),
    index("uq_feeds_secret", "secret", unique=True),
)

agreements = sa.Table(
    "agreements",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("person", sa.Text, primary_key=True),
    text("terms"),
    number("version"),
    instant("asked_at"),
    text("consent"),
    instant("answered_at", null=True),
    text("reason"),
    number("reminders"),
    rule("consent", one_of("consent", Consent)),
    rule("answered", "(consent = 'asked') = (answered_at IS NULL)"),
    rule("counters", "level >= 1 AND version >= 1 AND reminders >= 0"),
)

free_messages = sa.Table(
    "free_messages",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    text("place"),
    text("stamp"),
)

client_pages = sa.Table(
    "client_pages",
    metadata,
    sa.Column("id", ID, primary_key=True),
    text("workspace"),
    text("path"),
    text("client"),
    text("name"),
    text("secret"),
    text("made_by"),
    instant("made_at"),
    text("withdrawn_by", null=True),
    instant("withdrawn_at", null=True),
    rule("withdrawn", "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"),
    index("uq_client_pages_secret", "secret", unique=True),
    index(
        "uq_client_pages_given",
        *("workspace", "path", "client", "name"),
        where="withdrawn_at IS NULL",
        unique=True,
    ),
)

client_yeses = sa.Table(
    "client_yeses",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("page", ID, sa.ForeignKey("client_pages.id"), primary_key=True, autoincrement=False),
    sa.Column("terms", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    number("version"),
    instant("said_at"),
    rule("counters", "version >= 1"),
)
