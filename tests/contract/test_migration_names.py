"""Migrations go by the names of their files, so that Alembic need not be loaded to know the newest."""

from alembic.script import ScriptDirectory

from bot.adapters.db.migrate import HOME, Migrations


def test_the_names_of_the_files_are_the_history_that_alembic_reads() -> None:
    history = [script.revision for script in ScriptDirectory(HOME).walk_revisions()]
    assert Migrations().versions == history[::-1]
    assert Migrations().head == ScriptDirectory(HOME).get_current_head()
