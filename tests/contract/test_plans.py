"""Looking for due work reads what is due, not all that ever was."""

from functools import partial
from typing import Any

import sqlalchemy as sa

from bot.adapters.db import (
    client_pages,
    feeds,
    intake,
    issues,
    oncall,
    outbox_statements,
    search,
    swaps,
    timers,
)
from bot.adapters.db.database import Database
from bot.domain.delivery import LEASE, RowState
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.usecases.client_ports import ClientPage
from bot.usecases.people_ports import Feed, FeedKind, Swap, SwapState
from bot.usecases.ports import Store
from tests.builders import NOON, T1, T2, channel, issue, minutes, notice, ref, timer

LATE = NOON + minutes(495)
NOW = {"now": NOON, "until": NOON + LEASE, "limit_to": 100}
PLANS: list[tuple[Any, dict[str, Any], tuple[str, ...], str]] = [
    (outbox_statements.CLAIM, NOW, ("ix_outbox_rank", "ix_outbox_due"), "ix_outbox_lane"),
    (outbox_statements.NEXT_DUE, {}, ("ix_outbox_due",), ""),
    (outbox_statements.RELEASE_EXPIRED, NOW, ("ix_outbox_lease",), ""),
    (outbox_statements.PENDING_COUNT, {"of_workspace": T1}, ("ix_outbox_lane",), ""),
    (outbox_statements.DEAD, {"of_workspace": T1, "limit_to": 50}, ("ix_outbox_dead",), ""),
    (timers.DUE, NOW, ("ix_timers_due",), ""),
    (timers.NEXT_DUE, {}, ("ix_timers_due",), ""),
    (
        oncall.BETWEEN,
        {"of_workspace": T1, "since": LATE, "until": LATE + minutes(5)},
        ("ix_oncall_changes_ends",),
        "",
    ),
    (swaps.OPEN_OF, {"of_workspace": T1, "person": "U_ANA", "now": LATE}, ("ix_swaps_open",), ""),
    (feeds.BY_SECRET, {"of_secret": "secret 7"}, ("uq_feeds_secret",), ""),
    (client_pages.BY_SECRET, {"of_secret": "secret 7"}, ("uq_client_pages_secret",), ""),
]


def much_history(store: Store) -> None:
    """Three thousand messages that were sent, as many timers for later, and a few messages on their way."""
    for one in (issue(1), issue(1, workspace=T2)):
        store.issues.next_number(one.ref.workspace)
        store.issues.add(one)
    old = [notice(key=f"old:{n}", to=channel("C"), lane=f"old:{n}") for n in range(3000)]
    store.outbox.put(T1, 1, old, NOON)
    for row in store.outbox.claim(NOON, NOON + LEASE, 3000):
        store.outbox.settle(row, RowState.SENT, now=NOON)
    store.outbox.put(T1, 1, [notice(key=f"new:{n}", lane=f"new:{n}") for n in range(5)], NOON)
    store.timers.set(ref(), [timer(due_at=NOON + minutes(n), n=n) for n in range(1, 3001)])
    many_plans_of_people(store)
    connection(store).execute(sa.text("ANALYZE"))


def many_plans_of_people(store: Store) -> None:
    """Five hundred changes and swaps, one a minute, nearly all over; as many feeds and pages."""
    for n in range(500):
        start, end = NOON + minutes(n), NOON + minutes(n + 1)
        store.oncall.add(T1, OnCallChange(0, ChangeKind.AWAY, "U_ANA", start, end))
        store.swaps.add(T1, Swap(0, "U_ANA", "U_OMAR", start, end, SwapState.ASKED, NOON))
        store.feeds.put(Feed(T1, FeedKind.PERSON, f"U{n}", f"secret {n}", "U_ANA", NOON))
        page = ClientPage(0, T1, "Payments", f"c{n}", f"Client {n}", f"secret {n}", "U_ANA", NOON)
        store.client_pages.add(page)


def connection(store: Store) -> sa.Connection:
    """Past the facade."""
    past_the_port: Any = store.issues
    found: sa.Connection = past_the_port._tx._connection
    return found


def plan(store: Store, statement: Any, params: dict[str, Any]) -> str:
    """How the database goes about a statement: run it, catch what was sent, and have that explained."""
    on, sent = connection(store), list[tuple[str, Any]]()

    def catch(_connection: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        sent.append((text, values))

    sa.event.listen(on, "before_cursor_execute", catch)
    on.execute(statement, params).close()
    sa.event.remove(on, "before_cursor_execute", catch)
    explain = "EXPLAIN QUERY PLAN" if on.dialect.name == "sqlite" else "EXPLAIN"
    (text, values), *_ = sent
    return "\n".join(str(row) for row in on.exec_driver_sql(f"{explain} {text}", values).all())


async def test_the_indexes_made_for_a_question_are_used(database: Database) -> None:
    await database.transactions.run(much_history)
    for statement, params, one_of, also in PLANS:
        seen = await database.transactions.run(partial(plan, statement=statement, params=params))
        assert any(index in seen for index in one_of), seen
        assert also in seen
        assert "Seq Scan on outbox" not in seen


OF_ISSUES: list[tuple[Any, dict[str, Any]]] = [
    (issues.GET_MANY, {"refs": [(T1, 1), (T2, 1)]}),
    (issues.LOCK_MANY, {"refs": [(T1, 1), (T2, 1)]}),
    (issues.ASKS_OF_MANY, {"openings": [(T1, 1, 1), (T2, 1, 1)]}),
    (issues.ASKS_OF_ONE, {"of_workspace": T1, "of_issue": 1, "of_opening": 1}),
    (intake.KNOWN, {"of_workspace": T1, "of_key": "k", "of_person": "U", "skip_mine": 19, "skip": 599}),
]


async def test_issues_and_their_asks_are_looked_up_by_their_numbers(database: Database) -> None:
    """However many there are: SQLite says so before there is one. PostgreSQL goes by what there is."""
    several = {"workspaces": [T1, T2], "numbers": [1, 1]}
    for statement, params in OF_ISSUES:
        which = params | several if {"refs", "openings"} & set(params) else params
        seen = await database.transactions.run(partial(plan, statement=statement, params=which))
        assert "SCAN issues" not in seen, seen
        assert "SCAN asks" not in seen, seen
        if "SEARCH" in seen:
            assert any(how in seen for how in ("AND number", "AND issue=?")), seen


WHO_LOOKS = {"of_workspace": T1, "reader": "U_ANA", "manager": False, "own": False, "limit_to": 50, "skip": 0}


async def test_words_are_looked_up_before_the_issues_that_have_them(database: Database) -> None:
    """And not issue after issue whether it has them: there may be ten thousand, and hardly one has."""

    def explained(store: Store, statements: dict[str, Any]) -> str:
        return plan(store, statements[connection(store).dialect.name], WHO_LOOKS | {"query": "printer"})

    for statements in (search.FIND, search.SIMILAR):
        seen = await database.transactions.run(partial(explained, statements=statements))
        if "SEARCH" in seen:
            assert "SEARCH issues USING INDEX sqlite_autoindex_issues_1 (workspace=? AND number=?)" in seen
            assert seen.index("issue_words_fts") < seen.index("SEARCH issue_words USING INTEGER PRIMARY KEY")
        else:
            assert "InitPlan" in seen, seen
