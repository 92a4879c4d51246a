"""Rows that go out as a part of a bundle: nobody takes them, nothing overtakes them, and they end once."""

import pytest

from bot.domain.delivery import LEASE, RowState
from bot.usecases.ports import Store, Transactions
from bot.usecases.rows import OutboxRow
from tests.builders import ANA, NOON, T1, issue, minutes, notice, ping

LATER = NOON + minutes(60)


@pytest.fixture
async def row(transactions: Transactions) -> OutboxRow:
    """A ping about ISS-1 that was put into a bundle; news in the same lane wait behind it."""

    def unit(store: Store) -> OutboxRow:
        store.issues.next_number(T1)
        store.issues.add(issue(1))
        store.outbox.put(T1, 1, [ping(ANA), notice(key="behind", lane=ping(ANA).lane)], NOON)
        (claimed,) = store.outbox.claim(NOON, NOON + LEASE, 10)
        assert store.outbox.settle(claimed, RowState.BUNDLED, now=NOON)
        return claimed

    return await transactions.run(unit)


async def claim(transactions: Transactions) -> list[OutboxRow]:
    return await transactions.run(lambda store: store.outbox.claim(LATER, LATER + LEASE, 10))


async def test_it_is_nobodys_until_its_bundle_has_ended(transactions: Transactions, row: OutboxRow) -> None:
    assert await claim(transactions) == []
    assert await transactions.run(lambda store: store.outbox.release_all(LATER)) == 0
    assert await transactions.read(lambda store: store.outbox.next_due()) is None
    assert await transactions.read(lambda store: store.outbox.pending_count(T1)) == 2


async def test_it_may_come_back_and_go_alone(transactions: Transactions, row: OutboxRow) -> None:
    why = "fell apart: invalid_blocks"
    assert await transactions.run(
        lambda store: store.outbox.settle(row, RowState.PENDING, now=NOON, error=why)
    )
    (again,) = await claim(transactions)
    assert (again.id, again.attempts, again.last_error) == (row.id, 2, why)


@pytest.mark.parametrize("state", [RowState.SENT, RowState.CANCELLED])
async def test_it_ends_once_and_lets_the_next_one_go(
    transactions: Transactions, row: OutboxRow, state: RowState
) -> None:
    assert await transactions.run(lambda store: store.outbox.settle(row, state, now=NOON))
    assert not await transactions.run(lambda store: store.outbox.settle(row, RowState.PENDING, now=NOON))
    assert [one.notice.key for one in await claim(transactions)] == ["behind"]
