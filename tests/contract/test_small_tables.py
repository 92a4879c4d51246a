"""Messages, inbound keys, matrices and workspaces."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import WorkspaceId
from bot.usecases.ports import NotSaved, Store, Transactions
from tests.builders import (
    NOON,
    T1,
    T2,
    contact,
    issue,
    matrix,
    message,
    minutes,
    path,
    published,
    ref,
    workspace,
)


def known_issue(store: Store) -> None:
    store.issues.next_number(T1)
    store.issues.add(issue())


async def test_a_message_is_found_by_key_and_by_place(transactions: Transactions) -> None:
    await transactions.run(known_issue)
    card = message()
    await transactions.run(lambda store: store.messages.put(card))
    assert await transactions.read(lambda store: store.messages.get(ref(), "card")) == card
    assert await transactions.read(lambda store: store.messages.get(ref(), "ping")) is None
    assert await transactions.read(lambda store: store.messages.at(T1, card.place, card.stamp)) == card
    assert await transactions.read(lambda store: store.messages.at(T2, card.place, card.stamp)) is None


async def test_the_parts_of_a_bundle_are_found_together(transactions: Transactions) -> None:
    def unit(store: Store) -> None:
        for number in (1, 2):
            store.issues.next_number(T1)
            store.issues.add(issue(number))

    await transactions.run(unit)
    there = {"place": "D_ANA", "stamp": "7.7"}
    parts = [message("ping:2", 1, **there), message("ping:1", 2, **there), message("ping:1", 1, **there)]

    def puts(store: Store) -> None:
        for one in (*parts, message("card", 1), message("ping:3", 2, place="D_ANA", stamp="8.8")):
            store.messages.put(one)

    await transactions.run(puts)
    found = await transactions.read(lambda store: store.messages.together(T1, "D_ANA", "7.7"))
    assert found == [parts[2], parts[0], parts[1]], "by issue and key"
    assert await transactions.read(lambda store: store.messages.together(T2, "D_ANA", "7.7")) == []
    assert await transactions.read(lambda store: store.messages.at(T1, "D_ANA", "7.7")) in parts


async def test_a_message_is_replaced_by_its_key(transactions: Transactions) -> None:
    await transactions.run(known_issue)
    newer = replace(message(), version=4, live=False, place="C_OTHER", stamp="9.9")
    await transactions.run(lambda store: store.messages.put(message()))
    await transactions.run(lambda store: store.messages.put(newer))
    assert await transactions.read(lambda store: store.messages.get(ref(), "card")) == newer


async def test_messages_with_live_buttons(transactions: Transactions) -> None:
    await transactions.run(known_issue)
    live = [message("a"), message("b")]

    def unit(store: Store) -> None:
        for one in (live[1], message("c", live=False), live[0]):
            store.messages.put(one)

    await transactions.run(unit)
    assert await transactions.read(lambda store: store.messages.live(ref())) == live
    of_it = await transactions.read(lambda store: store.messages.of(ref()))
    assert of_it == [*live, message("c", live=False)], "by key"
    assert await transactions.read(lambda store: store.messages.of(ref(2))) == []


async def test_an_answer_is_given_again(transactions: Transactions) -> None:
    await transactions.run(lambda store: store.inbound.remember(T1, "click:1", '["Done."]', NOON))
    assert await transactions.read(lambda store: store.inbound.answer(T1, "click:1")) == '["Done."]'
    assert await transactions.read(lambda store: store.inbound.answer(T2, "click:1")) is None
    assert await transactions.read(lambda store: store.inbound.answer(T1, "click:2")) is None


async def test_the_same_click_many_times_at_once_takes_effect_once(transactions: Transactions) -> None:
    def click(store: Store) -> str:
        given = store.inbound.answer(T1, "click:1")
        if given is not None:
            return given
        answer = f"You raised ISS-{store.issues.next_number(T1)}."
        store.inbound.remember(T1, "click:1", answer, NOON)
        return answer

    answers = await asyncio.gather(*(transactions.run(click) for _ in range(8)))
    assert set(answers) == {"You raised ISS-1."}
    assert await transactions.run(lambda store: store.issues.next_number(T1)) == 2


async def test_a_key_is_not_answered_in_two_ways(transactions: Transactions) -> None:
    await transactions.run(lambda store: store.inbound.remember(T1, "k", "first", NOON))
    with pytest.raises(NotSaved):
        await transactions.run(lambda store: store.inbound.remember(T1, "k", "second", NOON))
    assert await transactions.read(lambda store: store.inbound.answer(T1, "k")) == "first"


async def test_old_keys_are_forgotten(transactions: Transactions) -> None:
    def unit(store: Store) -> None:
        for day in range(4):
            store.inbound.remember(T1, f"day {day}", "", NOON + timedelta(days=day))

    await transactions.run(unit)
    then = NOON + timedelta(days=2)
    assert await transactions.run(lambda store: store.inbound.forget_before(then, 1)) == 1, (
        "no more than asked"
    )
    assert await transactions.run(lambda store: store.inbound.forget_before(then, 10)) == 1
    assert await transactions.read(lambda store: store.inbound.answer(T1, "day 1")) is None
    assert await transactions.read(lambda store: store.inbound.answer(T1, "day 2")) == ""


async def test_the_latest_matrix_is_in_force(transactions: Transactions) -> None:
    second = published(2, matrix(path(repeat=1, owner=contact("ana@example.com"), close_after=minutes(90))))

    def unit(store: Store) -> None:
        store.matrices.publish(T1, published(1), "U_ANA", "first", NOON)
        store.matrices.publish(T1, second, "U_ANA", "", NOON)
        store.matrices.publish(T2, published(7), "U_ANA", "", NOON)

    assert await transactions.read(lambda store: store.matrices.latest(T1)) is None
    await transactions.run(unit)
    assert await transactions.read(lambda store: store.matrices.latest(T1)) == second


async def test_one_version_is_published_once(transactions: Transactions) -> None:
    await transactions.run(lambda store: store.matrices.publish(T1, published(1), "U_ANA", "", NOON))
    other = published(1, source="# other\n")
    with pytest.raises(NotSaved):
        await transactions.run(lambda store: store.matrices.publish(T1, other, "U_OMAR", "", NOON))
    assert await transactions.read(lambda store: store.matrices.latest(T1)) == published(1)


async def test_workspaces_are_known_by_id(transactions: Transactions) -> None:
    assert await transactions.read(lambda store: store.workspaces.only()) is None
    await transactions.run(lambda store: store.workspaces.put(workspace(), NOON))
    assert await transactions.read(lambda store: store.workspaces.only()) == workspace()
    await transactions.run(lambda store: store.workspaces.put(workspace(T2, "Other"), NOON))
    assert await transactions.read(lambda store: store.workspaces.only()) is None
    assert await transactions.read(lambda store: store.workspaces.get(T2)) == workspace(T2, "Other")
    assert await transactions.read(lambda store: store.workspaces.get(WorkspaceId("T3"))) is None


async def test_a_workspace_that_changes_keeps_its_issue_numbers(transactions: Transactions) -> None:
    await transactions.run(known_issue)
    await transactions.run(lambda store: store.workspaces.put(workspace(name="Acme Ltd"), NOON))
    assert await transactions.read(lambda store: store.workspaces.get(T1)) == workspace(name="Acme Ltd")
    assert await transactions.run(lambda store: store.issues.next_number(T1)) == 2
