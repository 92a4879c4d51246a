"""Who agreed to what."""

from dataclasses import replace
from typing import Any

import pytest

from bot.usecases.people_ports import Agreement, Consent
from bot.usecases.ports import Transactions
from tests.builders import ANA, NOON, OMAR, T1, T2, minutes


def agreement(path: str = "Payments", level: int = 1, user: str = ANA, **changes: Any) -> Agreement:
    """Asked at noon."""
    asked = Agreement(path, level, user, "You are level 1 for Payments: 15 min to answer.", 1, NOON)
    return replace(asked, **changes)


async def test_an_agreement_is_kept_whole(transactions: Transactions) -> None:
    asked = agreement()
    cannot = agreement(
        user=OMAR,
        version=3,
        consent=Consent.CANNOT,
        answered_at=NOON + minutes(5),
        reason="I have left the team.",
        reminders=2,
    )
    await transactions.run(lambda store: store.agreements.put(T1, [asked, cannot]))
    assert await transactions.read(lambda store: store.agreements.get(T1, "Payments", 1, ANA)) == asked
    assert await transactions.read(lambda store: store.agreements.get(T1, "Payments", 1, OMAR)) == cannot
    assert await transactions.read(lambda store: store.agreements.get(T1, "Payments", 2, ANA)) is None
    assert await transactions.read(lambda store: store.agreements.get(T2, "Payments", 1, ANA)) is None


async def test_a_place_on_a_path_has_one_agreement(transactions: Transactions) -> None:
    agreed = agreement(terms="Shorter.", version=2, consent=Consent.AGREED, answered_at=NOON, reminders=1)
    await transactions.run(lambda store: store.agreements.put(T1, [agreement()]))
    await transactions.run(lambda store: store.agreements.put(T1, [agreed]))
    assert await transactions.read(lambda store: store.agreements.of(T1)) == [agreed]


async def test_an_answer_is_not_replaced_by_its_own_question(transactions: Transactions) -> None:
    agreed = agreement(consent=Consent.AGREED, answered_at=NOON)
    anew = agreement(terms="Shorter.", version=2)
    await transactions.run(lambda store: store.agreements.put(T1, [agreed]))
    await transactions.run(lambda store: store.agreements.put(T1, [agreement(reminders=1)]))
    assert await transactions.read(lambda store: store.agreements.of(T1)) == [agreed]
    await transactions.run(lambda store: store.agreements.put(T1, [anew]))
    assert await transactions.read(lambda store: store.agreements.of(T1)) == [anew]


async def test_agreements_of_a_path_and_of_all(transactions: Transactions) -> None:
    in_order = [
        agreement("Dock", 2, "U_B"),
        agreement("Dock", 2, "U_a"),
        agreement("Dock", 10, "U_A"),
        agreement("dock", 1, "U_A"),
    ]
    await transactions.run(lambda store: store.agreements.put(T1, list(reversed(in_order))))
    await transactions.run(lambda store: store.agreements.put(T2, [agreement("Dock")]))
    assert await transactions.read(lambda store: store.agreements.of(T1)) == in_order
    assert await transactions.read(lambda store: store.agreements.of(T1, "Dock")) == in_order[:3]
    assert await transactions.read(lambda store: store.agreements.of(T1, "Payments")) == []


async def test_who_left_a_level_has_no_agreement(transactions: Transactions) -> None:
    stays, leaves = agreement(user=OMAR), agreement(user=ANA)
    await transactions.run(lambda store: store.agreements.put(T1, [stays, leaves]))
    await transactions.run(lambda store: store.agreements.remove(T2, [stays]))
    await transactions.run(lambda store: store.agreements.remove(T1, [leaves, agreement("Dock")]))
    assert await transactions.read(lambda store: store.agreements.of(T1)) == [stays]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        pytest.param({"consent": Consent.AGREED}, "answer", id="an answer without its time"),
        pytest.param({"answered_at": NOON}, "answer", id="a time without an answer"),
        pytest.param({"level": 0}, "counters", id="levels begin at one"),
    ],
)
async def test_impossible_agreements_are_refused(
    transactions: Transactions, wrong: dict[str, Any], why: str
) -> None:
    with pytest.raises(Exception, match=why):
        await transactions.run(lambda store: store.agreements.put(T1, [agreement(**wrong)]))
