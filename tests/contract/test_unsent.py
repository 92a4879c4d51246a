"""Messages that have not gone out, on three stores: listed in order, tried again, given up."""

from datetime import timedelta

import pytest

from bot.domain.delivery import LEASE, RowState
from bot.domain.notification import Notice
from bot.usecases.ports import Store, Transactions
from bot.usecases.rows import OutboxRow
from tests.builders import ANA, NOON, OMAR, T1, T2, edit, issue, notice, ping

LATER = NOON + timedelta(hours=1)


@pytest.fixture
async def transactions(transactions: Transactions) -> Transactions:
    """ISS-1 of T1 and of T2."""

    def unit(store: Store) -> None:
        for one in (issue(1), issue(1, workspace=T2)):
            store.issues.next_number(one.ref.workspace)
            store.issues.add(one)

    await transactions.run(unit)
    return transactions


async def has(transactions: Transactions, some: Notice, state: RowState) -> OutboxRow:
    """A row of ISS-1 in this state; whatever else waits is claimed and comes to nothing."""

    def unit(store: Store) -> OutboxRow:
        store.outbox.put(T1, 1, [some], NOON)
        if state is RowState.PENDING:
            return store.outbox.waiting(T1)[-1]
        (row,) = store.outbox.claim(NOON, NOON + LEASE, 100)
        if state is not RowState.CLAIMED:
            store.outbox.settle(row, state, now=NOON, error="it broke")
        found = store.outbox.get(row.id)
        assert found is not None
        return found

    return await transactions.run(unit)


async def now_is(transactions: Transactions, row: OutboxRow) -> OutboxRow:
    """As it is stored."""
    found = await transactions.read(lambda store: store.outbox.get(row.id))
    assert found is not None
    return found


async def test_what_waits_is_listed_oldest_first(transactions: Transactions) -> None:
    for who, state in ((ANA, RowState.SENT), (OMAR, RowState.UNKNOWN)):
        await has(transactions, ping(who), state)
    await has(transactions, notice(), RowState.PENDING)
    await transactions.run(lambda store: store.outbox.put(T2, 1, [notice()], NOON))
    rows = await transactions.read(lambda store: store.outbox.waiting(T1))
    assert [(row.notice.key, row.state) for row in rows] == [
        (ping(OMAR).key, RowState.UNKNOWN),
        ("card", RowState.PENDING),
    ]
    first = await transactions.read(lambda store: store.outbox.waiting(T1, limit=1))
    assert first == rows[:1]


@pytest.mark.parametrize("some", [ping(ANA), edit()], ids=["post", "edit"])
async def test_a_dead_one_is_tried_as_if_for_the_first_time(transactions: Transactions, some: Notice) -> None:
    row = await has(transactions, some, RowState.DEAD)
    assert await transactions.run(lambda store: store.outbox.revive(row, LATER))
    again = await now_is(transactions, row)
    assert (again.state, again.attempts, again.due_at) == (RowState.PENDING, 0, LATER)
    assert again.looked_up is (some == ping(ANA)), "a post is looked for first"
    claimed = await transactions.run(lambda store: store.outbox.claim(LATER, LATER + LEASE, 10))
    assert [one.id for one in claimed] == [row.id]


@pytest.mark.parametrize("state", [one for one in RowState if one is not RowState.DEAD])
async def test_only_a_dead_one_is_tried_again(transactions: Transactions, state: RowState) -> None:
    row = await has(transactions, ping(ANA), state)
    assert not await transactions.run(lambda store: store.outbox.revive(row, LATER))
    assert await now_is(transactions, row) == row


async def test_a_dead_picture_that_a_newer_one_waits_for_is_cancelled(transactions: Transactions) -> None:
    row = await has(transactions, edit(), RowState.DEAD)
    await transactions.run(lambda store: store.outbox.put(T1, 1, [edit()], NOON))
    assert await transactions.run(lambda store: store.outbox.revive(row, LATER))
    assert (await now_is(transactions, row)).state is RowState.CANCELLED
    assert len(await transactions.read(lambda store: store.outbox.waiting(T1))) == 1


@pytest.mark.parametrize(
    ("state", "possible"),
    [(one, one in (RowState.DEAD, RowState.PENDING, RowState.UNKNOWN)) for one in RowState],
    ids=list(RowState),
)
async def test_what_nobody_sends_right_now_can_be_given_up(
    transactions: Transactions, state: RowState, possible: bool
) -> None:
    row = await has(transactions, ping(ANA), state)
    assert await transactions.run(lambda store: store.outbox.call_off(row, "enough")) is possible
    after = await now_is(transactions, row)
    expected = (RowState.CANCELLED, "enough") if possible else (row.state, row.last_error)
    assert (after.state, after.last_error) == expected
