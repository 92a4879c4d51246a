"""Issues: numbered without gaps, stored exactly, guarded by their version."""

import asyncio
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial

import pytest

from bot.adapters.db.issue_rows import fixed_row, moving_row
from bot.domain.clocks import Clocks, Limit, Marks, Pause
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus, Facts, Informing, Issue, Owed, Stage
from bot.domain.lifecycle import State
from bot.domain.matrix.model import IfNobody
from bot.usecases.ports import NotSaved, StaleWrite, Store, Transactions
from bot.usecases.rows import IssueFilter
from tests.builders import (
    ANA,
    DIRECTOR,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    T1,
    T2,
    acknowledged,
    ask,
    channel,
    contact,
    event,
    facts,
    in_channel,
    issue,
    level,
    minutes,
    path,
    position,
    promised,
    ref,
    route,
    target,
)


def store_issues(*some: Issue) -> Callable[[Store], list[int]]:
    """A unit that stores these, each under the next number of its workspace."""

    def unit(store: Store) -> list[int]:
        numbers = []
        for one in some:
            numbers.append(store.issues.next_number(one.ref.workspace))
            store.issues.add(one)
        return numbers

    return unit


async def test_an_issue_comes_back_exactly_as_it_was_stored(transactions: Transactions) -> None:
    full = acknowledged(
        issue(
            facts=Facts("Tür klemmt 🚪", "so\nwie \\ \" ' % immer", "hardware", "some", "soon", *"abcdefg"),
            route=route(
                levels=[level("Desk", "#ops-desk", ANA, within=minutes(0.5), remind_every=minutes(7))],
                path=path(match={"type": ("hardware", "payments")}, channel=None, repeat=2),
            ),
            updates_channel=in_channel(),
            last_owner=OMAR,
            asks=(ask(ANA), ask(channel("C_OPS"), status=AskStatus.UNREACHABLE, reason="archived")),
            last_update="on it",
            last_update_at=QUARTER,
            pressed_at=NOON,
            clocks=Clocks(
                (Pause(NOON, QUARTER, "requester", ANA), Pause(QUARTER, None, "supplier")),
                respond=Marks(warned=True, breaches=2, breached_at=NOON, last_breach=QUARTER, final=NOON),
                resolve=Marks(limit=Limit(QUARTER, NOON)),
            ),
            informing=Informing(
                (Owed(contact("oncall:boss"), 2), Owed(contact("#board"))), ("U_CEO", "@ceo")
            ),
        )
    )
    await transactions.run(store_issues(full))
    assert await transactions.read(lambda store: store.issues.get(ref())) == full


async def test_a_level_that_waits_comes_back_as_it_was_stored(transactions: Transactions) -> None:
    held = issue(position=position(asked=False, ends_at=None, held_until=QUARTER, look_at=QUARTER), asks=())
    promise = target("15m", "3d", calendar="office", every="1d", priority="p1")
    way = promised([level("Care", "oncall:care", if_nobody=IfNobody.HOLD)], target=promise)
    await transactions.run(store_issues(replace(held, route=way)))
    assert await transactions.read(lambda store: store.issues.get(ref())) == replace(held, route=way)


async def test_no_part_of_an_issue_is_left_out_of_its_row() -> None:
    stored = {*fixed_row(issue()), *moving_row(issue())}
    renamed = {"position", "asks", "ref"}  # spread over columns, rows of their own, the key
    assert {one.name for one in fields(Issue)} - renamed <= stored


async def test_numbers_count_up_in_each_workspace_by_itself(transactions: Transactions) -> None:
    assert await transactions.run(store_issues(issue(1), issue(2), issue(1, workspace=T2))) == [1, 2, 1]


async def test_a_number_whose_unit_failed_is_given_again(transactions: Transactions) -> None:
    def failing(store: Store) -> None:
        store.issues.next_number(T1)
        raise LookupError("the form was wrong")

    with pytest.raises(LookupError, match="the form was wrong"):
        await transactions.run(failing)
    assert await transactions.run(store_issues(issue(1))) == [1]


async def test_many_raisers_at_once_get_distinct_numbers_without_gaps(transactions: Transactions) -> None:
    def raise_one(store: Store) -> int:
        number = store.issues.next_number(T1)
        store.issues.add(issue(number))
        return number

    numbers = await asyncio.gather(*(transactions.run(raise_one) for _ in range(30)))
    assert sorted(numbers) == list(range(1, 31))


async def test_an_issue_of_another_workspace_is_not_found(transactions: Transactions) -> None:
    await transactions.run(store_issues(issue(1)))
    assert await transactions.read(lambda store: store.issues.get(ref(1, T2))) is None


async def test_a_change_is_stored_with_its_asks(transactions: Transactions) -> None:
    before = issue(asks=(ask(ANA), ask(OMAR)))
    after = before.bump(
        asks=(ask(ANA, status=AskStatus.DECLINED, reason="on leave"), ask(OMAR), ask(DIRECTOR, level=2)),
        position=position(level=2, round=1),
        epoch=2,
    )
    await transactions.run(store_issues(before))
    await transactions.run(lambda store: store.issues.save(before, after))
    assert await transactions.read(lambda store: store.issues.get(ref())) == after


async def test_a_new_opening_starts_with_asks_of_its_own(transactions: Transactions) -> None:
    before = issue(asks=(ask(ANA), ask(OMAR)))
    reopened = before.bump(opening=2, asks=(ask(OMAR, level=2),), position=position(Stage.OWNER, level=2))
    emptied = reopened.bump(asks=())
    await transactions.run(store_issues(before))
    await transactions.run(lambda store: store.issues.save(before, reopened))
    assert await transactions.read(lambda store: store.issues.get(ref())) == reopened
    await transactions.run(lambda store: store.issues.save(reopened, emptied))
    assert await transactions.read(lambda store: store.issues.get(ref())) == emptied


async def test_facts_and_route_can_change(transactions: Transactions) -> None:
    before = issue()
    after = before.bump(facts=facts("Checkout is slow"), route=route(levels=[level("Only")], version=2))
    await transactions.run(store_issues(before))
    await transactions.run(lambda store: store.issues.save(before, after))
    assert await transactions.read(lambda store: store.issues.get(ref())) == after


async def test_whoever_read_an_older_version_does_not_overwrite(transactions: Transactions) -> None:
    old = issue()
    await transactions.run(store_issues(old))
    await transactions.run(lambda store: store.issues.save(old, acknowledged(old)))
    with pytest.raises(NotSaved) as refused:
        await transactions.run(lambda store: store.issues.save(old, old.bump(resolution="guessed")))
    assert isinstance(refused.value.__cause__, StaleWrite)
    stored = await transactions.read(lambda store: store.issues.get(ref()))
    assert stored == acknowledged(old)


async def test_two_at_once_both_take_effect_because_units_are_run_again(transactions: Transactions) -> None:
    await transactions.run(store_issues(issue()))

    def count_up(store: Store) -> None:
        present = store.issues.get(ref())
        assert present is not None
        reminders = present.position.reminders + 1
        store.issues.save(present, present.bump(position=replace(present.position, reminders=reminders)))

    await asyncio.gather(*(transactions.run(count_up) for _ in range(4)))
    stored = await transactions.read(lambda store: store.issues.get(ref()))
    assert stored is not None
    assert (stored.position.reminders, stored.version) == (4, 5)


async def test_locked_issues_come_in_order_and_each_once(transactions: Transactions) -> None:
    await transactions.run(store_issues(issue(1), issue(2), issue(3), issue(1, workspace=T2)))
    wanted = [ref(1, T2), ref(3), ref(1), ref(3), ref(99)]
    locked = await transactions.run(lambda store: store.issues.lock_many(wanted))
    assert [one.ref for one in locked] == [ref(1), ref(3), ref(1, T2)]
    assert await transactions.run(lambda store: store.issues.lock_many([])) == []


async def test_many_are_read_at_once_in_order_and_each_once(transactions: Transactions) -> None:
    await transactions.run(store_issues(issue(1), issue(2), issue(3), issue(1, workspace=T2)))
    wanted = [ref(1, T2), ref(3), ref(1), ref(3), ref(99)]
    found = await transactions.read(lambda store: store.issues.get_many(wanted))
    assert found == [issue(1), issue(3), issue(1, workspace=T2)]
    assert await transactions.read(lambda store: store.issues.get_many([])) == []


async def test_a_list_is_newest_first_in_pages_with_a_count(transactions: Transactions) -> None:
    await transactions.run(store_issues(*(issue(n) for n in range(1, 6)), issue(1, workspace=T2)))
    which = IssueFilter(limit=2, offset=1)
    found = await transactions.read(lambda store: store.issues.find(T1, which))
    assert [one.number for one in found] == [4, 3]
    assert found[0].asks == issue(4).asks
    assert await transactions.read(lambda store: store.issues.count(T1, which)) == 5


CONDITIONS: list[tuple[IssueFilter, list[int]]] = [
    (IssueFilter(), [4, 3, 2, 1]),
    (IssueFilter(states=(State.OPEN,)), [4, 3, 1]),
    (IssueFilter(states=(State.ACKNOWLEDGED, State.CLOSED)), [2]),
    (IssueFilter(states=(State.CLOSED,)), []),
    (IssueFilter(raiser=OMAR), [3]),
    (IssueFilter(owner=ANA), [2]),
    (IssueFilter(asked=ANA), [1]),
    (IssueFilter(asked=DIRECTOR), [4]),
    (IssueFilter(asked="C_OPS"), []),
    (IssueFilter(states=(State.OPEN,), raiser=RAVI, asked=ANA), [1]),
]


async def test_a_list_by_conditions(transactions: Transactions) -> None:
    reopened = issue(4, asks=(ask(ANA),))
    await transactions.run(
        store_issues(
            issue(1),
            acknowledged(issue(2)),
            issue(3, raiser=OMAR, asks=(ask(ANA, status=AskStatus.DECLINED), ask(channel("C_OPS")))),
            reopened,
        )
    )
    await transactions.run(
        lambda store: store.issues.save(reopened, reopened.bump(opening=2, asks=(ask(DIRECTOR),)))
    )
    for which, expected in CONDITIONS:
        found, count = await transactions.read(partial(_found, which))
        assert (found, count) == (expected, len(expected)), which


def _found(which: IssueFilter, store: Store) -> tuple[list[int], int]:
    return [one.number for one in store.issues.find(T1, which)], store.issues.count(T1, which)


@pytest.mark.parametrize(
    "impossible",
    [
        issue(state=State.ACKNOWLEDGED, acknowledged_at=NOON),
        issue(state=State.ACKNOWLEDGED, owner=ANA),
        issue(state=State.RESOLVED, position=position(Stage.REST)),
        issue(state=State.CLOSED, position=position(Stage.REST)),
        issue(state=State.CLOSED, closed_at=NOON),
        issue(position=position(Stage.REST)),
        issue(position=position(level=0)),
        issue(version=0),
    ],
    ids=lambda one: f"{one.state}-{one.position.stage}-v{one.version}-level{one.position.level}",
)
async def test_an_issue_that_cannot_be_is_refused(transactions: Transactions, impossible: Issue) -> None:
    with pytest.raises(Exception, match=r"(?i)check|ISS-1"):
        await transactions.run(store_issues(impossible))
    assert await transactions.read(lambda store: store.issues.count(T1, IssueFilter())) == 0


async def test_the_timeline_keeps_its_order_and_gives_the_end(transactions: Transactions) -> None:
    events = [event(EventKind.UPDATED, NOON + minutes(n), n=n, text="ä\n") for n in range(6)]
    nobody = event(EventKind.REMINDED, actor=None)

    def unit(store: Store) -> None:
        store.timeline.append(ref(), events[:4])
        store.timeline.append(ref(), events[4:])
        store.timeline.append(ref(2), [nobody])
        store.timeline.append(ref(2), [])

    await transactions.run(store_issues(issue(1), issue(2)))
    await transactions.run(unit)
    assert await transactions.read(lambda store: store.timeline.of(ref())) == events
    assert await transactions.read(lambda store: store.timeline.of(ref(), limit=2)) == events[-2:]
    assert await transactions.read(lambda store: store.timeline.of(ref(2))) == [nobody]
    assert await transactions.read(lambda store: store.timeline.of(ref(1, T2))) == []


async def test_rows_about_an_unknown_issue_are_refused(transactions: Transactions) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign|not stored"):
        await transactions.run(lambda store: store.timeline.append(ref(7), [event()]))
