"""Publishing on every store: of many at once one is first, and the version and its news are stored together or not."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.notification import Notice
from bot.usecases import publish_matrix
from bot.usecases.ports import Store, Transactions, Unit
from bot.usecases.publish_matrix import Overtaken
from tests.builders import T1, matrix, path
from tests.fakes.bell import FakeBell
from tests.fakes.clock import FakeClock


class Office:
    """What publishing needs."""

    def __init__(self, transactions: Any) -> None:
        self.transactions: Transactions = transactions
        self.clock = FakeClock()
        self.bell = FakeBell()


class BrokenOutbox:
    """An outbox that takes nothing."""

    def put(
        self, workspace: WorkspaceId, issue: int | None, notices: Sequence[Notice], now: datetime
    ) -> None:
        """Something breaks after the version was written."""
        raise ZeroDivisionError("the outbox is broken")


class BrokenStore:
    """A store whose outbox is broken."""

    def __init__(self, store: Store) -> None:
        self.matrices, self.issues, self.outbox = store.matrices, store.issues, BrokenOutbox()


class Breaking:
    """Transactions in which telling anybody breaks."""

    def __init__(self, inner: Transactions) -> None:
        self.inner = inner

    async def run(self, unit: Unit[Any], **limits: Any) -> Any:
        """As the real ones, on a broken store."""
        broken: Any = BrokenStore
        return await self.inner.run(lambda store: unit(broken(store)), **limits)


async def publish(office: Office, base: int, source: str, repeat: int = 0) -> PublishedMatrix:
    """One version."""
    document = matrix(path(repeat=repeat))
    return await publish_matrix.apply(
        office, T1, document, source, base_version=base, author="U_ANA", note=source
    )


async def versions(transactions: Transactions) -> list[int]:
    """Those there are."""
    return [one.version for one in await transactions.read(lambda store: store.matrices.history(T1))]


async def test_of_many_at_once_one_is_first_and_the_others_learn_it(transactions: Transactions) -> None:
    office = Office(transactions)
    await publish(office, 0, "first")
    all_at_once = (publish(office, 1, f"change {n}", n) for n in range(1, 6))
    outcomes = await asyncio.gather(*all_at_once, return_exceptions=True)
    winners = [one for one in outcomes if isinstance(one, PublishedMatrix)]
    losers = [one for one in outcomes if isinstance(one, Overtaken)]
    assert (len(winners), len(losers)) == (1, 4)
    assert all(one.latest == winners[0] for one in losers)
    assert await versions(transactions) == [2, 1]
    assert await transactions.read(lambda store: store.outbox.pending_count(T1)) == 1


async def test_a_version_without_its_news_is_never_stored(transactions: Transactions) -> None:
    office = Office(transactions)
    await publish(office, 0, "first")
    with pytest.raises(ZeroDivisionError):
        await publish(Office(Breaking(transactions)), 1, "second", 1)
    assert await versions(transactions) == [1]
    assert (await publish(office, 1, "second", 1)).version == 2


async def test_an_old_version_comes_back_exactly_as_it_was_written(transactions: Transactions) -> None:
    office, source = Office(transactions), "# Größe:\t€\r\nrung: 1  \n\n"
    await publish(office, 0, source)
    await publish(office, 1, "second", 1)
    back = await publish_matrix.roll_back(office, T1, 1, base_version=2, author="U_ANA")
    stored = await transactions.read(lambda store: store.matrices.get(T1, 3))
    assert stored == back == PublishedMatrix(3, matrix(path()), source)
