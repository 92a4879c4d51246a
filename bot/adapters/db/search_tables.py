"""Tables by which issues are found, and what was typed and is not an issue yet.

`issue_words` holds the words of an issue, ready cut. PostgreSQL indexes them with a GIN index over a text-search
vector, SQLite in an FTS5 table beside that triggers keep equal. Neither cuts words itself: the domain did.
"""

import sqlalchemy as sa

from bot.adapters.db.columns import instant, json, metadata, number, of_issue, text
from bot.adapters.db.types import ID

VECTOR = "array_to_tsvector(string_to_array(words, ' '))"
"""Exactly these words: PostgreSQL's own parser would cut them again."""
LAY_FTS = (
    "CREATE VIRTUAL TABLE issue_words_fts USING fts5"
    "(words, content='issue_words', content_rowid='id', tokenize='ascii')",
    "CREATE TRIGGER issue_words_added AFTER INSERT ON issue_words BEGIN "
    "INSERT INTO issue_words_fts (rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER issue_words_changed AFTER UPDATE ON issue_words BEGIN "
    "INSERT INTO issue_words_fts (issue_words_fts, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO issue_words_fts (rowid, words) VALUES (new.id, new.words); END",
)
"""The tokenizer `ascii` takes everything but ASCII's blanks and signs for letters, and the words hold no others."""
LAY_GIN = f"CREATE INDEX ix_issue_words_vector ON issue_words USING gin ({VECTOR}) WITH (fastupdate = off)"
"""Without a list of what is not indexed yet: while that is long, PostgreSQL rather cuts every issue's words anew."""

issue_words = sa.Table(
    "issue_words",
    metadata,
    sa.Column("id", ID, primary_key=True),
    text("workspace"),
    number("issue"),
    text("words"),
    of_issue("workspace", "issue"),
    sa.Index("uq_issue_words_issue", "workspace", "issue", unique=True),
)
for _statement in LAY_FTS:
    sa.event.listen(issue_words, "after_create", sa.DDL(_statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
sa.event.listen(issue_words, "after_create", sa.DDL(LAY_GIN).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    text("key"),
    json("fields"),
    json("known"),
    instant("saved_at"),
)
