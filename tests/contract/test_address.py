"""Addresses of databases, as people write them."""

import pytest

from bot.adapters.db.database import parse_url
from bot.adapters.db.errors import BadDatabaseUrl


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sqlite:///rung.db", "sqlite:///rung.db"),
        ("sqlite+aiosqlite:////var/lib/rung.db", "sqlite:////var/lib/rung.db"),
        ("postgres://u:p@db/rung", "postgresql+asyncpg://u:p@db/rung"),
        ("postgresql://db/rung?sslmode=require", "postgresql+asyncpg://db/rung?ssl=require"),
        ("postgresql+psycopg://db:6543/rung", "postgresql+asyncpg://db:6543/rung"),
    ],
)
def test_an_address_gets_the_driver_that_rung_uses(written: str, meant: str) -> None:
    assert parse_url(written).render_as_string(hide_password=False) == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("rung.db", "not a database address"),
        ("sqlite://", "must be a file"),
        ("sqlite:///:memory:", "must be a file"),
        ("mysql://db/rung", "mysql is not a database that Rung can use"),
    ],
)
def test_other_addresses_are_refused_with_help(written: str, why: str) -> None:
    with pytest.raises(BadDatabaseUrl, match=f"{why}.*Use sqlite:///"):
        parse_url(written)
