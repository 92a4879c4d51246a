"""The schema: what migrations make is what the tables say, on both databases."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine

from bot.adapters.db.columns import metadata
from bot.adapters.db.database import Database, open_database, parse_url
from bot.adapters.db.errors import DatabaseTooNew, SchemaMissing
from bot.adapters.db.migrate import HOME, Migrations, SchemaState, must_be_current
from bot.adapters.db.sqlite import WRITING, make_engine
from bot.usecases.ports import Store
from bot.usecases.rows import IssueFilter
from tests.builders import NOON, T1, issue, notice, ref, timer
from tests.fakes.chance import FakeChance
from tests.postgres import PostgresServer
from tests.sqlite import SqliteTemplate

NEWEST = max(path.name[:4] for path in (HOME / "versions").glob("0*.py"))
"""The last migration there is."""
NEXT = f'''"""Add a remark to issues, then require more of timers."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{NEWEST}"


def upgrade() -> None:
    with op.batch_alter_table("issues") as table:
        table.add_column(sa.Column("remark", sa.Text, nullable=False, server_default="none"))
        table.create_check_constraint("remark", "remark <> ''")
'''


@pytest.fixture
def newer(tmp_path: Path) -> Migrations:
    """The migrations of the next release."""
    home = tmp_path / "next"
    shutil.copytree(HOME, home, ignore=shutil.ignore_patterns("__pycache__"))
    (home / "versions" / "next_add_a_remark.py").write_text(NEXT, encoding="utf-8")
    return Migrations(home)


@pytest.fixture
async def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if kind == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return await server.empty()
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
async def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with tables; nobody gets it afterwards, because it is changed here."""
    if kind == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return await server.migrated()
    template: SqliteTemplate = request.getfixturevalue("sqlite_template")
    return await template.migrated(tmp_path / "rung.db")


def opened(url: str, migrations: Migrations | None = None) -> Database:
    return open_database(url, chance=FakeChance(), migrations=migrations)


async def on_connection(url: str, look: Any) -> Any:
    address = parse_url(url)
    if address.drivername == "sqlite":
        engine = make_engine(Path(address.database or ""), WRITING, "BEGIN IMMEDIATE", 1)
        with engine.begin() as connection:
            seen = look(connection)
        engine.dispose()
        return seen
    remote = create_async_engine(address)
    async with remote.begin() as connection:
        seen = await connection.run_sync(look)
    await remote.dispose()
    return seen


def inspected(connection: sa.Connection) -> dict[str, Any]:
    """All that a database knows of our tables, CHECKs and conditions of indexes included, in a fixed order."""
    inspector = sa.inspect(connection)

    def sort(found: Any) -> list[str]:
        return sorted(repr(sorted(one.items(), key=lambda item: str(item[0]))) for one in found)

    return {
        table: {
            "columns": [
                (one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(table)
            ],
            "key": inspector.get_pk_constraint(table),
            "foreign": sort(inspector.get_foreign_keys(table)),
            "unique": sort(inspector.get_unique_constraints(table)),
            "checks": sort(inspector.get_check_constraints(table)),
            "indexes": sort(
                {**one, "dialect_options": _conditions(one)} for one in inspector.get_indexes(table)
            ),
        }
        for table in sorted(inspector.get_table_names())
        if table != "alembic_version"
    }


def _conditions(index: Any) -> dict[str, str]:
    return {name: str(value) for name, value in index.get("dialect_options", {}).items()}


def differences(connection: sa.Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"include_name": _known_to_alembic})
    return list(compare_metadata(context, metadata))


def _known_to_alembic(name: str | None, _kind: Any, _parents: Any) -> bool:
    """Not what full-text search lays beside its table; `beside` compares it."""
    return name != "ix_issue_words_vector" and not str(name).startswith("issue_words_fts")


def beside(connection: sa.Connection) -> list[str]:
    """How full-text search is laid, in the database's own words."""
    look = (
        "SELECT sql FROM sqlite_master WHERE name LIKE 'issue_words_%' AND sql IS NOT NULL ORDER BY name"
        if connection.dialect.name == "sqlite"
        else "SELECT indexdef FROM pg_indexes WHERE tablename = 'issue_words' ORDER BY indexname"
    )
    return [str(row[0]) for row in connection.execute(sa.text(look))]


async def test_migrations_make_what_the_tables_say(empty_url: str, url: str) -> None:
    assert await on_connection(url, differences) == []
    await on_connection(empty_url, metadata.create_all)
    migrated, created = await on_connection(url, inspected), await on_connection(empty_url, inspected)
    assert migrated == created
    assert len(migrated["outbox"]["checks"]) == 6
    assert "state" in str(migrated["outbox"]["indexes"])
    searched = await on_connection(url, beside)
    assert searched == await on_connection(empty_url, beside)
    assert "fts5" in str(searched) or "USING gin" in str(searched)


async def test_an_empty_database_gets_its_tables(empty_url: str) -> None:
    database = opened(empty_url)
    assert await database.schema_state() is SchemaState.EMPTY
    assert await database.migrate() is None
    assert await database.schema_state() is SchemaState.CURRENT
    assert await database.migrate() is None
    assert await database.transactions.read(lambda store: store.issues.count(T1, IssueFilter())) == 0
    await database.close()


def something(store: Store) -> None:
    store.issues.next_number(T1)
    store.issues.add(issue())
    store.timers.set(ref(), [timer()])
    store.outbox.put(T1, 1, [notice()], NOON)
    store.outbox.claim(NOON, NOON, 1)


async def test_the_next_release_keeps_what_is_there(url: str, kind: str, newer: Migrations) -> None:
    old = opened(url)
    await old.transactions.run(something)
    await old.close()

    database = opened(url, newer)
    assert await database.schema_state() is SchemaState.BEHIND
    backup = await database.migrate()
    assert await database.schema_state() is SchemaState.CURRENT
    assert await database.transactions.read(lambda store: store.issues.get(ref())) == issue()
    assert await database.transactions.read(lambda store: store.timers.of(ref())) == [timer()]
    await database.close()

    assert (backup is not None) == (kind == "sqlite")
    if backup is not None:
        restored = opened(f"sqlite:///{backup}")
        assert await restored.schema_state() is SchemaState.CURRENT
        assert await restored.transactions.read(lambda store: store.issues.get(ref())) == issue()
        await restored.close()


async def test_a_database_of_a_newer_release_is_refused(url: str, newer: Migrations) -> None:
    database = opened(url, newer)
    await database.migrate()
    await database.close()

    old_program = opened(url)
    with pytest.raises(DatabaseTooNew, match=r"newer than this program .* Upgrade Rung, or restore a backup"):
        await old_program.schema_state()
    with pytest.raises(DatabaseTooNew):
        await old_program.migrate()
    await old_program.close()


async def test_a_failed_migration_leaves_everything_as_it_was(
    url: str, tmp_path: Path, newer: Migrations
) -> None:
    broken = tmp_path / "next" / "versions" / "0004_break.py"
    half = "    op.drop_table('pulse')\n    op.execute('SELECT nothing FROM nowhere')\n"
    broken.write_text(
        f"from alembic import op\n\nrevision = 'half'\ndown_revision = 'next'\n\n\ndef upgrade():\n{half}",
        encoding="utf-8",
    )
    database = opened(url, Migrations(tmp_path / "next"))
    with pytest.raises(sa.exc.DBAPIError, match="nowhere"):
        await database.migrate()
    assert await database.schema_state() is SchemaState.BEHIND
    await database.check_writable()
    await database.close()


async def test_two_replicas_may_migrate_at_once(postgres: PostgresServer) -> None:
    url = await postgres.empty()
    one, two = opened(url), opened(url)
    await asyncio.gather(one.migrate(), two.migrate())
    assert await two.schema_state() is SchemaState.CURRENT
    await one.close()
    await two.close()


@pytest.mark.parametrize("state", [SchemaState.EMPTY, SchemaState.BEHIND])
def test_a_program_does_not_start_on_an_old_schema(state: SchemaState) -> None:
    with pytest.raises(SchemaMissing, match="rung db migrate"):
        must_be_current(state)
    must_be_current(SchemaState.CURRENT)
