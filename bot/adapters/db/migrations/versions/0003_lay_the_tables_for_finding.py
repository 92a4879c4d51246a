"""Lay the tables by which issues are found (by who takes part, by their words), and those of drafts."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.db.migrations.words import INSTANT, JSON, NUMBER, TEXT, columns, index, row_id, rule

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forward only: after a mistake, restore the backup."""
    _involved()
    _issue_words()
    _drafts()
    index("ix_issues_kind", "issues", "workspace", "type", "service", "raised_at")


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


def _issue_words() -> None:
    op.create_table(
        "issue_words",
        row_id("id"),
        *columns(TEXT, "workspace"),
        *columns(NUMBER, "issue"),
        *columns(TEXT, "words"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["workspace", "issue"], ["issues.workspace", "issues.number"]),
    )
    index("uq_issue_words_issue", "issue_words", "workspace", "issue", unique=True)
    for statement in _FTS if op.get_bind().dialect.name == "sqlite" else _GIN:
        op.execute(statement)


def _drafts() -> None:
    op.create_table(
        "drafts",
        *columns(TEXT, "workspace", "person", "key"),
        *columns(JSON, "fields", "known"),
        *columns(INSTANT, "saved_at"),
        sa.PrimaryKeyConstraint("workspace", "person"),
    )


_FTS = (
    "CREATE VIRTUAL TABLE issue_words_fts USING fts5"
    "(words, content='issue_words', content_rowid='id', tokenize='ascii')",
    "CREATE TRIGGER issue_words_added AFTER INSERT ON issue_words BEGIN "
    "INSERT INTO issue_words_fts (rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER issue_words_changed AFTER UPDATE ON issue_words BEGIN "
    "INSERT INTO issue_words_fts (issue_words_fts, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO issue_words_fts (rowid, words) VALUES (new.id, new.words); END",
)
_GIN = (
    "CREATE INDEX ix_issue_words_vector ON issue_words "
    "USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)",
)
