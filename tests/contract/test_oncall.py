"""What people changed about schedules, and who asked whom to swap."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.usecases.people_ports import Swap, SwapState
from bot.usecases.ports import Store, Transactions
from tests.builders import ANA, NOON, OMAR, RAVI, T1, T2, minutes


def at(hour: float) -> datetime:
    """So many hours after noon."""
    return NOON + minutes(60 * hour)


def change(start: float = 0, end: float = 8, **changes: Any) -> OnCallChange:
    """Ana takes Omar's time on every schedule."""
    made = OnCallChange(
        0, ChangeKind.COVER, ANA, at(start), at(end), instead_of=OMAR, made_by=OMAR, made_at=NOON
    )
    return replace(made, **changes)


def swap(start: float = 0, end: float = 8, **changes: Any) -> Swap:
    """Omar asks Ana."""
    return replace(Swap(0, OMAR, ANA, at(start), at(end), SwapState.ASKED, NOON), **changes)


def added(*changes: OnCallChange) -> Callable[[Store], list[OnCallChange]]:
    return lambda store: [store.oncall.add(T1, one) for one in changes]


async def test_a_change_is_kept_whole(transactions: Transactions) -> None:
    away = change(
        kind=ChangeKind.AWAY, schedule="support", instead_of=None, note="Leave", made_at=None, made_by=""
    )
    first, second = await transactions.run(added(change(), away))
    assert first.id < second.id
    assert first == change(id=first.id)
    assert second == replace(away, id=second.id)
    assert await transactions.read(lambda store: store.oncall.get(T1, first.id)) == first
    assert await transactions.read(lambda store: store.oncall.get(T1, second.id)) == second
    assert await transactions.read(lambda store: store.oncall.get(T2, first.id)) is None


@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [
        pytest.param(-2, 0, False, id="over before it begins"),
        pytest.param(-2, 1, True, id="across the beginning"),
        pytest.param(2, 3, True, id="within"),
        pytest.param(-2, 10, True, id="around"),
        pytest.param(7, 9, True, id="across the end"),
        pytest.param(8, 9, False, id="after it ends"),
    ],
)
async def test_changes_that_touch_a_time(
    transactions: Transactions, start: float, end: float, touches: bool
) -> None:
    found = await transactions.run(added(change()))
    seen = await transactions.read(lambda store: store.oncall.between(T1, at(start), at(end)))
    assert seen == (found if touches else [])
    assert await transactions.read(lambda store: store.oncall.between(T2, at(start), at(end))) == []


async def test_changes_come_in_the_order_in_which_they_were_made(transactions: Transactions) -> None:
    made = await transactions.run(added(change(4, 6), change(0, 2), change(2, 8)))
    assert await transactions.read(lambda store: store.oncall.between(T1, at(0), at(8))) == made


async def test_a_withdrawn_change_is_no_longer_found(transactions: Transactions) -> None:
    gone, kept = await transactions.run(added(change(), change()))

    def withdraw(workspace: Any) -> Callable[[Store], bool]:
        return lambda store: store.oncall.withdraw(workspace, gone.id, OMAR, at(1))

    assert not await transactions.run(withdraw(T2))
    assert await transactions.run(withdraw(T1))
    assert not await transactions.run(withdraw(T1))
    assert await transactions.read(lambda store: store.oncall.get(T1, gone.id)) is None
    assert await transactions.read(lambda store: store.oncall.between(T1, at(0), at(8))) == [kept]


async def test_a_change_that_ends_before_it_begins_is_refused(transactions: Transactions) -> None:
    with pytest.raises(Exception, match=r"span|ends after"):
        await transactions.run(added(change(2, 2)))


async def test_a_swap_is_asked_and_decided(transactions: Transactions) -> None:
    asked = await transactions.run(lambda store: store.swaps.add(T1, swap(schedule="support")))
    assert asked == swap(id=asked.id, schedule="support")
    assert await transactions.run(lambda store: store.swaps.get(T1, asked.id, lock=True)) == asked
    assert await transactions.read(lambda store: store.swaps.get(T2, asked.id)) is None

    accepted = replace(asked, state=SwapState.ACCEPTED, decided_at=at(1))
    await transactions.run(lambda store: store.swaps.decide(T2, accepted))
    assert await transactions.read(lambda store: store.swaps.get(T1, asked.id)) == asked
    await transactions.run(lambda store: store.swaps.decide(T1, replace(accepted, colleague=RAVI)))
    assert await transactions.read(lambda store: store.swaps.get(T1, asked.id)) == accepted


async def test_open_swaps_of_a_person(transactions: Transactions) -> None:
    def unit(store: Store) -> dict[str, int]:
        made = {
            "later": swap(4, 6),
            "sooner": swap(2, 3, asker=ANA, colleague=RAVI),
            "over": swap(-8, 0),
            "declined": swap(state=SwapState.DECLINED, decided_at=NOON),
            "of others": swap(asker=OMAR, colleague=RAVI),
        }
        ids = {name: store.swaps.add(T1, one).id for name, one in made.items()}
        store.swaps.add(T2, swap())
        return ids

    ids = await transactions.run(unit)
    seen = await transactions.read(lambda store: store.swaps.open_of(T1, ANA, NOON))
    assert [one.id for one in seen] == [ids["sooner"], ids["later"]]


async def test_swaps_that_nobody_answered_in_time(transactions: Transactions) -> None:
    def unit(store: Store) -> dict[str, int]:
        made = {
            "under way": swap(-1, 6, whoever=True, note="Ana is ill"),
            "begins now": swap(0, 3),
            "over": swap(-8, -2),
            "to come": swap(1, 2),
            "declined": swap(-8, -2, state=SwapState.DECLINED, decided_at=NOON),
        }
        ids = {name: store.swaps.add(T1, one).id for name, one in made.items()}
        store.swaps.add(T2, swap(-8, -2))
        return ids

    ids = await transactions.run(unit)
    seen = await transactions.read(lambda store: store.swaps.unanswered(T1, NOON))
    assert [one.id for one in seen] == [ids["over"], ids["under way"], ids["begins now"]]
    assert (seen[1].whoever, seen[1].note) == (True, "Ana is ill")
    expired = replace(seen[0], state=SwapState.EXPIRED, decided_at=NOON)
    await transactions.run(lambda store: store.swaps.decide(T1, expired))
    assert await transactions.read(lambda store: store.swaps.unanswered(T1, NOON)) == seen[1:]


async def test_a_decision_has_its_time(transactions: Transactions) -> None:
    with pytest.raises(Exception, match=r"decided|decision"):
        await transactions.run(lambda store: store.swaps.add(T1, swap(state=SwapState.ACCEPTED)))
