"""Drafts: one per person, in the place of the one before, until it is raised or old."""

from dataclasses import replace
from datetime import timedelta

from bot.usecases.finding_ports import Draft
from bot.usecases.ports import Store, Transactions
from tests.builders import ANA, NOON, RAVI, T1, T2

MINE = Draft(RAVI, "form:1", {"title": "Tür klemmt 🚪", "happened": "so\nwie"}, {"link": "https://x"}, NOON)


async def test_a_draft_comes_back_exactly_and_is_nobody_elses(transactions: Transactions) -> None:
    await transactions.run(lambda store: store.drafts.put(T1, MINE))
    assert await transactions.read(lambda store: store.drafts.get(T1, RAVI)) == MINE
    assert await transactions.read(lambda store: store.drafts.get(T1, ANA)) is None
    assert await transactions.read(lambda store: store.drafts.get(T2, RAVI)) is None


async def test_a_newer_one_takes_its_place(transactions: Transactions) -> None:
    newer = Draft(RAVI, "form:2", {"title": "Another"}, {}, NOON + timedelta(hours=1))
    await transactions.run(lambda store: store.drafts.put(T1, MINE))
    await transactions.run(lambda store: store.drafts.put(T1, newer))
    assert await transactions.read(lambda store: store.drafts.get(T1, RAVI)) == newer


async def test_it_is_dropped_by_its_form_or_by_its_person(transactions: Transactions) -> None:
    async def dropped(*keys: str) -> bool:
        def unit(store: Store) -> bool:
            store.drafts.put(T1, MINE)
            gone = store.drafts.drop(T1, RAVI, keys)
            assert (store.drafts.get(T1, RAVI) is None) is gone
            return gone

        return await transactions.run(unit)

    assert await dropped()
    assert await dropped("form:0", "form:1")
    assert not await dropped("form:2")
    assert not await transactions.run(lambda store: store.drafts.drop(T1, ANA))


async def test_old_ones_are_forgotten(transactions: Transactions) -> None:
    await transactions.run(lambda store: store.drafts.put(T1, MINE))
    await transactions.run(
        lambda store: store.drafts.put(T1, replace(MINE, person=ANA, saved_at=NOON + timedelta(days=1)))
    )
    assert await transactions.run(lambda store: store.drafts.forget_before(NOON + timedelta(hours=1))) == 1
    assert await transactions.read(lambda store: store.drafts.get(T1, RAVI)) is None
    assert await transactions.read(lambda store: store.drafts.get(T1, ANA)) is not None
