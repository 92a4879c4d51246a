"""Every attempt to send is written down before it is made, and how it ended after."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.adapters.db.database import Database
from bot.domain.delivery import LEASE, RowState
from bot.usecases.ports import Store
from tests.builders import NOON, T1, issue, minutes, ping

ATTEMPTS = sa.text("SELECT claim, outcome, error FROM outbox_attempts ORDER BY claim")


def attempts(store: Store) -> Sequence[Any]:
    """Past the port: only operators look at them."""
    past_the_port: Any = store.outbox
    return [tuple(row) for row in past_the_port._tx._connection.execute(ATTEMPTS)]


async def test_an_attempt_stands_there_before_the_call_and_keeps_its_end(database: Database) -> None:
    run = database.transactions.run

    def begin(store: Store) -> None:
        store.issues.next_number(T1)
        store.issues.add(issue(1))
        store.outbox.put(T1, 1, [ping()], NOON)

    await run(begin)
    (row,) = await run(lambda store: store.outbox.claim(NOON, NOON + LEASE, 10))
    assert await run(attempts) == [(1, None, "")]
    await run(lambda store: store.outbox.settle(row, RowState.UNKNOWN, now=NOON, error="no answer"))
    (again,) = await run(lambda store: store.outbox.claim(NOON + minutes(1), NOON + LEASE, 10))
    await run(lambda store: store.outbox.settle(again, RowState.SENT, now=NOON))
    assert await run(attempts) == [(1, "unknown", "no answer"), (2, "sent", "")]
