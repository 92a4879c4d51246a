"""The outbox: order within a lane, one claim at a time, nothing stored twice."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.delivery import LEASE, RowState
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.usecases.ports import Store, Transactions
from bot.usecases.rows import OutboxRow
from tests.builders import ANA, NOON, OMAR, T1, T2, edit, issue, minutes, notice, ping, ref, user

LEASED = NOON + LEASE


@pytest.fixture
async def transactions(transactions: Transactions) -> Transactions:
    """ISS-1 of T1 and of T2."""

    def unit(store: Store) -> None:
        for one in (issue(1), issue(1, workspace=T2)):
            store.issues.next_number(one.ref.workspace)
            store.issues.add(one)

    await transactions.run(unit)
    return transactions


async def put(transactions: Transactions, *notices: Notice, number: int | None = 1) -> None:
    await transactions.run(lambda store: store.outbox.put(T1, number, notices, NOON))


async def claim(
    transactions: Transactions, now: timedelta = timedelta(0), limit: int = 100
) -> list[OutboxRow]:
    return await transactions.run(lambda store: store.outbox.claim(NOON + now, NOON + now + LEASE, limit))


def keys(rows: Sequence[OutboxRow]) -> list[str]:
    return [row.notice.key for row in rows]


async def settle(transactions: Transactions, row: OutboxRow, state: RowState, **how: Any) -> bool:
    return await transactions.run(lambda store: store.outbox.settle(row, state, **({"now": NOON} | how)))


async def stored(transactions: Transactions, row: OutboxRow) -> OutboxRow:
    found = await transactions.read(lambda store: store.outbox.get(row.id))
    assert found is not None
    return found


async def test_a_claimed_row_carries_all_that_was_put(transactions: Transactions) -> None:
    some = notice(
        NoticeKind.REQUESTER,
        "update:1",
        to=user(ANA),
        lane="dm:ana",
        rank=Rank.REQUESTER,
        args={"é": "ß\n", "n": 2},
    )
    await put(transactions, some)
    (row,) = await claim(transactions)
    assert row == OutboxRow(row.id, T1, 1, some, RowState.CLAIMED, NOON, 1, 1, NOON)
    assert await stored(transactions, row) == row
    assert await transactions.read(lambda store: store.outbox.get(row.id + 1)) is None


async def test_only_the_head_of_a_lane_can_be_claimed(transactions: Transactions) -> None:
    first, second = notice(key="card"), notice(NoticeKind.LOG, "log:1", rank=Rank.ANSWER)
    await put(transactions, first, second, ping())
    rows = await claim(transactions)
    assert keys(rows) == [ping().key, "card"]
    assert await claim(transactions) == []
    assert await settle(transactions, rows[1], RowState.SENT)
    assert keys(await claim(transactions)) == ["log:1"]


@pytest.mark.parametrize(
    ("state", "next_is_free"),
    [
        (RowState.SENT, True),
        (RowState.CANCELLED, True),
        (RowState.DEAD, True),
        (RowState.PENDING, False),
        (RowState.UNKNOWN, False),
        (RowState.BUNDLED, False),
    ],
)
async def test_a_lane_goes_on_when_its_head_is_over(
    transactions: Transactions, state: RowState, next_is_free: bool
) -> None:
    await put(transactions, notice(key="card"), notice(NoticeKind.LOG, "log:1"))
    (head,) = await claim(transactions)
    await settle(transactions, head, state, due_at=NOON + minutes(5))
    assert keys(await claim(transactions)) == (["log:1"] if next_is_free else [])


async def test_the_same_lane_of_another_workspace_is_another_lane(transactions: Transactions) -> None:
    await put(transactions, notice(key="card"))
    await transactions.run(lambda store: store.outbox.put(T2, 1, [notice(key="card")], NOON))
    assert [row.workspace for row in await claim(transactions)] == [T1, T2]


async def test_due_rows_go_by_rank_then_age_up_to_the_limit(transactions: Transactions) -> None:
    await put(
        transactions,
        notice(NoticeKind.LOG, "a", lane="a", rank=Rank.LOG),
        notice(NoticeKind.CARD, "b", lane="b", rank=Rank.CARD),
        ping(ANA),
        ping(OMAR),
    )
    assert keys(await claim(transactions, limit=2)) == [ping(ANA).key, ping(OMAR).key]
    assert keys(await claim(transactions)) == ["b", "a"]


async def test_a_post_is_stored_once_for_ever(transactions: Transactions) -> None:
    await put(transactions, ping())
    (row,) = await claim(transactions)
    await settle(transactions, row, RowState.SENT)
    await put(transactions, ping(), ping(OMAR))
    assert keys(await claim(transactions)) == [ping(OMAR).key]


async def test_a_post_about_no_issue_is_unique_in_its_workspace(transactions: Transactions) -> None:
    home = notice(NoticeKind.HOME, "home:1", to=user(ANA), lane="home:ana")
    await put(transactions, home, home, number=None)
    await put(transactions, home, number=None)
    await transactions.run(lambda store: store.outbox.put(T2, None, [home], NOON))
    assert [(row.workspace, row.issue) for row in await claim(transactions)] == [(T1, None), (T2, None)]


@pytest.mark.parametrize("number", [1, None])
async def test_pending_edits_fall_together_and_show_the_newest(
    transactions: Transactions, number: int | None
) -> None:
    await put(transactions, edit(args={"seen": 1}), edit(args={"seen": 2}), number=number)
    await put(transactions, edit(args={"seen": 3}, rank=Rank.CARD), edit("other", lane="x"), number=number)
    rows = await claim(transactions)
    assert [(row.notice.key, row.notice.args) for row in rows] == [("card", {"seen": 3}), ("other", {})]


async def test_an_edit_that_is_being_sent_takes_nothing_over(transactions: Transactions) -> None:
    await put(transactions, edit(args={"seen": 1}))
    (sending,) = await claim(transactions)
    await put(transactions, edit(args={"seen": 2}))
    assert (await stored(transactions, sending)).notice.args == {"seen": 1}
    await settle(transactions, sending, RowState.SENT)
    assert [row.notice.args for row in await claim(transactions)] == [{"seen": 2}]


async def test_an_edit_to_try_again_gives_way_to_a_newer_one(transactions: Transactions) -> None:
    await put(transactions, edit(args={"seen": 1}))
    (late,) = await claim(transactions)
    await put(transactions, edit(args={"seen": 2}))
    assert await settle(transactions, late, RowState.PENDING, due_at=NOON + minutes(1))
    assert (await stored(transactions, late)).state is RowState.CANCELLED
    assert [row.notice.args for row in await claim(transactions)] == [{"seen": 2}]


async def test_the_order_of_posts_and_edits_is_kept(transactions: Transactions) -> None:
    await put(
        transactions, notice(key="card"), edit(), notice(NoticeKind.LOG, "log:1"), edit(args={"seen": 2})
    )
    seen = []
    while rows := await claim(transactions):
        seen += [(row.notice.key, str(row.notice.op)) for row in rows]
        for row in rows:
            await settle(transactions, row, RowState.SENT)
    assert seen == [("card", "post"), ("card", "edit"), ("log:1", "post")]


async def test_a_row_to_try_again_waits_and_its_attempts_count(transactions: Transactions) -> None:
    await put(transactions, ping())
    (row,) = await claim(transactions)
    assert await settle(transactions, row, RowState.PENDING, due_at=NOON + minutes(2), error="timeout")
    waiting = await stored(transactions, row)
    assert (waiting.state, waiting.attempts, waiting.last_error) == (RowState.PENDING, 1, "timeout")
    assert await transactions.read(lambda store: store.outbox.next_due()) == NOON + minutes(2)
    assert await claim(transactions, minutes(1.9)) == []
    (again,) = await claim(transactions, minutes(2))
    assert (again.attempts, again.claim, again.looked_up) == (2, 2, False)


async def test_what_waits_behind_another_row_wakes_nobody(transactions: Transactions) -> None:
    await put(transactions, notice(key="first", lane="card:1"), notice(key="second", lane="card:1"))
    (head,) = await claim(transactions)
    assert await transactions.read(lambda store: store.outbox.next_due()) is None
    await settle(transactions, head, RowState.PENDING, due_at=NOON + minutes(2), error="timeout")
    assert await transactions.read(lambda store: store.outbox.next_due()) == NOON + minutes(2)


async def test_a_429_is_not_an_attempt(transactions: Transactions) -> None:
    await put(transactions, ping())
    (row,) = await claim(transactions)
    await settle(transactions, row, RowState.PENDING, due_at=NOON, counts=False)
    (again,) = await claim(transactions)
    assert (again.attempts, again.claim) == (1, 2)


async def test_after_an_unknown_outcome_the_next_claim_says_so(transactions: Transactions) -> None:
    await put(transactions, ping())
    (row,) = await claim(transactions)
    await settle(transactions, row, RowState.UNKNOWN, error="reset by peer")
    (again,) = await claim(transactions)
    assert (again.looked_up, again.state, again.claim) == (True, RowState.CLAIMED, 2)
    await settle(transactions, again, RowState.PENDING)
    assert (await stored(transactions, row)).looked_up is False


async def test_a_claim_past_its_lease_becomes_unknown(transactions: Transactions) -> None:
    await put(transactions, ping(), notice())
    rows = await claim(transactions)
    await settle(transactions, rows[1], RowState.SENT)
    release = LEASED - timedelta(seconds=1)
    assert await transactions.run(lambda store: store.outbox.release_expired(release)) == 0
    assert await transactions.run(lambda store: store.outbox.release_expired(LEASED)) == 1
    lost = await stored(transactions, rows[0])
    assert (lost.state, lost.looked_up, lost.due_at) == (RowState.UNKNOWN, True, LEASED)
    (again,) = await claim(transactions, LEASE)
    assert again.looked_up


async def test_who_records_with_an_old_claim_changes_nothing(transactions: Transactions) -> None:
    await put(transactions, ping())
    (zombie,) = await claim(transactions)
    await transactions.run(lambda store: store.outbox.release_expired(LEASED))
    (present,) = await claim(transactions, LEASE)
    assert not await settle(transactions, zombie, RowState.SENT)
    assert await stored(transactions, zombie) == present
    assert await settle(transactions, present, RowState.SENT)
    assert not await settle(transactions, present, RowState.DEAD)
    assert (await stored(transactions, present)).state is RowState.SENT


async def test_a_late_outcome_counts_while_nobody_claimed_anew(transactions: Transactions) -> None:
    await put(transactions, ping())
    (late,) = await claim(transactions)
    await transactions.run(lambda store: store.outbox.release_expired(LEASED))
    assert await settle(transactions, late, RowState.SENT)
    assert await claim(transactions, LEASE) == []


async def test_pending_rows_can_be_cancelled_by_key(transactions: Transactions) -> None:
    await put(transactions, ping(ANA), ping(OMAR), notice())
    (claimed,) = await claim(transactions, limit=1)
    chosen = [ping(ANA).key, ping(OMAR).key, "nothing"]
    assert await transactions.run(lambda store: store.outbox.cancel(ref(), chosen)) == 1
    assert await transactions.run(lambda store: store.outbox.cancel(ref(1, T2), chosen)) == 0
    assert await transactions.run(lambda store: store.outbox.cancel(ref(), [])) == 0
    assert (await stored(transactions, claimed)).state is RowState.CLAIMED
    assert keys(await claim(transactions)) == ["card"]


async def test_dead_rows_can_be_seen_newest_first(transactions: Transactions) -> None:
    await put(transactions, ping(ANA), ping(OMAR))
    for row in await claim(transactions):
        await settle(transactions, row, RowState.DEAD, error="user gone")
    dead = await transactions.read(lambda store: store.outbox.dead(T1))
    assert keys(dead) == [ping(OMAR).key, ping(ANA).key]
    assert dead[0].last_error == "user gone"
    assert keys(await transactions.read(lambda store: store.outbox.dead(T1, limit=1))) == keys(dead[:1])
    assert await transactions.read(lambda store: store.outbox.dead(T2)) == []


async def test_rows_on_their_way_are_counted(transactions: Transactions) -> None:
    assert await transactions.read(lambda store: store.outbox.next_due()) is None
    await put(transactions, ping(ANA), ping(OMAR), notice())
    rows = await claim(transactions)
    await settle(transactions, rows[0], RowState.SENT)
    await settle(transactions, rows[1], RowState.UNKNOWN)
    assert await transactions.read(lambda store: store.outbox.pending_count(T1)) == 2
    assert await transactions.read(lambda store: store.outbox.pending_count(T2)) == 0


async def test_what_waits_behind_another_is_not_due_before_it(transactions: Transactions) -> None:
    await put(transactions, notice(key="card"), notice(NoticeKind.LOG, "log:1"))
    (head,) = await claim(transactions)
    assert await transactions.read(lambda store: store.outbox.next_due()) is None
    await settle(transactions, head, RowState.PENDING, due_at=NOON + minutes(5))
    assert await transactions.read(lambda store: store.outbox.next_due()) == NOON + minutes(5)


async def test_a_process_that_is_alone_takes_over_every_claim(transactions: Transactions) -> None:
    await put(transactions, ping(ANA), ping(OMAR))
    await claim(transactions)
    assert await transactions.run(lambda store: store.outbox.release_all(NOON)) == 2
    assert {row.looked_up for row in await claim(transactions)} == {True}


async def test_many_claimers_never_take_one_row_twice(transactions: Transactions) -> None:
    await put(transactions, *(ping(f"U{n}") for n in range(60)), *(notice(key=f"k{n}") for n in range(3)))
    claims = await asyncio.gather(*(claim(transactions, limit=10) for _ in range(12)))
    taken = [row.id for rows in claims for row in rows]
    assert len(taken) == len(set(taken)) == 61
