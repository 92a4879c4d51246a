"""Lay the tables by which issues are found: by who takes part in them."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.db.migrations.words import NUMBER, TEXT, columns, index, rule

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forward only: after a mistake, restore the backup."""
    _involved()


def _involved() -> None:
    op.create_table(
        "involved",
        *columns(TEXT, "workspace", "person"),
        *columns(NUMBER, "issue"),
        *columns(TEXT, "role"),
        sa.PrimaryKeyConstraint("workspace", "person", "issue", "role"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
        rule("role", "role IN ('further', 'watcher')"),
    )
    index("ix_involved_issue", "involved", "workspace", "issue")
