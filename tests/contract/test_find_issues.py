"""Lists of issues on three stores: any filter finds what it finds when each issue is asked one by one."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.db.database import Database
from bot.adapters.db.find_issues import numbers_of, params, shape
from bot.domain.care import Bypass, Care, Company, SentBack
from bot.domain.clocks import Clocks, Marks
from bot.domain.ids import UserId
from bot.domain.issue import AskStatus, Issue, Stage
from bot.domain.lifecycle import IN_WORK, State
from bot.usecases.ports import Store, Transactions
from bot.usecases.rows import IssueFilter, Order, Viewer
from tests import builders as make
from tests.builders import ANA, DIRECTOR, MANAGER, NOON, OMAR, P1, P2, P3, QUARTER, RAVI, T1, T2
from tests.contract.test_plans import connection, plan
from tests.fakes.find_issues import find
from tests.fakes.tables import Tables

PEOPLE = (ANA, OMAR, DIRECTOR, MANAGER, RAVI)
MANY = 60
FILTERS = 80
URGENT = IssueFilter(states=IN_WORK, order=Order.URGENT)


async def stored(transactions: Transactions, *issues: Issue) -> None:
    """These issues, and one of the same number in another workspace."""

    def unit(store: Store) -> None:
        for one in (*issues, replace(issues[0], ref=make.ref(issues[0].number, T2))):
            store.issues.next_number(one.ref.workspace)
            store.issues.add(one)

    await transactions.run(unit)


async def found(transactions: Transactions, which: IssueFilter) -> list[int]:
    """Their numbers, in order."""
    issues = await transactions.read(lambda store: store.issues.find(T1, which))
    return [one.number for one in issues]


# --- any filter, any issues -------------------------------------------------------------------------------------------


def any_issue(chance: random.Random, number: int) -> Issue:
    """Somewhere in its life, of some kind, with some people around it."""
    born = make.issue(number, at=NOON + timedelta(hours=chance.randrange(48)))
    lives = [
        lambda one: one,
        make.acknowledged,
        make.climbing,
        make.at_level_two,
        make.unanswered,
        make.resolved,
        make.closed,
        _waiting,
        _sent_back,
        _wished,
        _tried_again,
    ]
    issue: Issue = chance.choice(lives)(born)
    route = replace(
        make.route(),
        priority=chance.choice((P1, P2, P3)),
        path=make.path(chance.choice(("Payments", "Shops"))),
    )
    facts = make.facts(
        type=chance.choice(("payments", "hardware")),
        service=chance.choice(("", "billing")),
        client=chance.choice(("", "acme", "Ünlü")),
    )
    facts = replace(facts, nameless=chance.random() < 0.3)
    late = chance.random() < 0.4
    return replace(
        issue,
        route=route,
        facts=facts,
        raiser=chance.choice(PEOPLE),
        requester=chance.choice(PEOPLE),
        private=chance.random() < 0.3,
        company=Company(further=_some(chance), watchers=_some(chance), unnamed=_some(chance)),
        care=replace(issue.care, update_step=chance.choice((0, 0, 1, 2))),
        clocks=replace(issue.clocks, resolve=Marks(breached_at=QUARTER)) if late else issue.clocks,
    )


def _some(chance: random.Random) -> tuple[Any, ...]:
    return tuple(one for one in PEOPLE if chance.random() < 0.2)


def _waiting(born: Issue) -> Issue:
    taken = make.acknowledged(born)
    return replace(taken, clocks=Clocks().stopped(QUARTER, "requester", ANA))


def _sent_back(born: Issue) -> Issue:
    rest = make.position(Stage.REST)
    appealed = SentBack("other", "", ANA, 1, NOON, RAVI, "No.", QUARTER)
    return replace(born, state=State.SENT_BACK, position=rest, care=Care(sent_back=appealed))


def _wished(born: Issue) -> Issue:
    return replace(born, care=Care(bypass=Bypass(RAVI, 3, "Now.", NOON, path=born.route.path.name)))


def _tried_again(born: Issue) -> Issue:
    return make.unanswered(replace(born, asks=())).bump(asks=(make.ask(MANAGER, 0, reason="left"),))


def any_filter(chance: random.Random) -> IssueFilter:
    """Up to four conditions of any kind, for any reader, a page of it."""
    conditions: dict[str, list[Any]] = {
        "states": [IN_WORK, (State.OPEN,), (State.CLOSED, State.SENT_BACK), (State.ACKNOWLEDGED,)],
        "unanswered": [True],
        "ownerless": [True],
        "waiting": [True],
        **{name: list(PEOPLE) for name in ("raiser", "owner", "asked", "requester", "watcher", "follows")},
        "priorities": [("p1",), ("p1", "p3"), ("none",)],
        "types": [("payments",), ("payments", "hardware")],
        "services": [("billing",)],
        "clients": [("acme",), ("acme", "Ünlü")],
        "paths": [("Shops",)],
        "raised_from": [NOON + timedelta(hours=12)],
        "raised_until": [NOON + timedelta(hours=30)],
        **{
            name: [True]
            for name in ("signed", "late", "private", "bypass", "appeal", "update_late", "untold")
        },
        "numbers": [(), tuple(range(1, MANY, 2))],
    }
    names = chance.sample(sorted(conditions), chance.randrange(5))
    return IssueFilter(
        **{name: chance.choice(conditions[name]) for name in names},
        viewer=chance.choice([None, *_viewers(chance.choice(PEOPLE))]),
        order=chance.choice(list(Order)),
        limit=chance.choice((3, MANY)),
        offset=chance.choice((0, 0, 2)),
    )


def _viewers(user: str) -> list[Viewer]:
    return [Viewer(user), Viewer(user, sees_all=True), Viewer(user, own_only=True)]


async def test_every_store_finds_what_asking_each_issue_finds(transactions: Transactions) -> None:
    chance = random.Random(20260302)
    issues = [any_issue(chance, number) for number in range(1, MANY + 1)]
    await stored(transactions, *issues)
    known = Tables()
    known.issues = {one.ref: one for one in issues}
    known.asked_ever = {one.ref: frozenset(ask.target.id for ask in one.asks) for one in issues}
    signed = [IssueFilter(signed=True, requester=ANA), IssueFilter(signed=True, watcher=ANA)]
    filters = [*signed, *(any_filter(chance) for _ in range(FILTERS))]

    def unit(store: Store) -> list[tuple[list[int], int, dict[str, int]]]:
        return [
            (
                [one.number for one in store.issues.find(T1, which)],
                store.issues.count(T1, which),
                store.issues.tally(T1, which),
            )
            for which in filters
        ]

    hits = 0
    for which, (page, count, tally) in zip(filters, await transactions.read(unit), strict=True):
        expected = [one.number for one in find(known, T1, which)]
        assert page == expected[which.offset : which.offset + which.limit], which
        assert count == len(expected), which
        assert sum(tally.values()) == count, which
        hits += bool(expected)
    assert FILTERS * 0.3 < hits < FILTERS, "the filters are neither empty nor all-embracing"


# --- what a reader may see --------------------------------------------------------------------------------------------


VIEWERS: list[tuple[Viewer | None, list[int]]] = [
    (None, [1, 2]),
    (Viewer("U_X"), [1]),
    (Viewer("U_X", sees_all=True), [1, 2]),
    (Viewer("U_X", own_only=True), []),
    (Viewer("U_X", sees_all=True, own_only=True), []),
    (Viewer("U_RAISER", own_only=True), [2]),
    *[(Viewer(who), [1, 2]) for who in ("U_RAISER", "U_REQUESTER", "U_OWNER", "U_BEFORE")],
    *[(Viewer(who), [1, 2]) for who in ("U_ASKED", "U_ASKED_LONG_AGO", "U_FURTHER", "U_WATCHER")],
]


async def test_a_private_issue_is_listed_for_those_who_take_part_and_the_manager(
    transactions: Transactions,
) -> None:
    first = make.issue(2, private=True, raiser="U_RAISER", asks=(make.ask("U_ASKED_LONG_AGO"),))
    public = make.issue(1, raiser="U_SOMEBODY", requester="U_SOMEBODY", asks=())
    await stored(transactions, public, first)
    again = first.bump(
        opening=2,
        state=State.ACKNOWLEDGED,
        acknowledged_at=QUARTER,
        requester="U_REQUESTER",
        owner="U_OWNER",
        last_owner="U_BEFORE",
        asks=(make.ask("U_ASKED", status=AskStatus.DECLINED),),
        company=Company(further=(UserId("U_FURTHER"),), watchers=(UserId("U_WATCHER"),)),
    )
    await transactions.run(lambda store: store.issues.save(first, again))
    seen = [(viewer, await found(transactions, replace(URGENT, viewer=viewer))) for viewer, _ in VIEWERS]
    assert seen == VIEWERS


async def test_the_most_urgent_come_first_then_the_oldest(transactions: Transactions) -> None:
    def of(number: int, priority: Any, at: datetime) -> Issue:
        return make.issue(number, at=at, route=make.route(priority=priority))

    later = NOON + timedelta(hours=1)
    await stored(
        transactions, of(1, P3, NOON), of(2, P1, later), of(3, P1, NOON), of(4, P2, NOON), of(5, P1, NOON)
    )
    assert await found(transactions, URGENT) == [3, 5, 2, 4, 1]
    assert await found(transactions, replace(URGENT, limit=2, offset=1)) == [5, 2]
    tally = await transactions.read(lambda store: store.issues.tally(T1, URGENT))
    assert list(tally.items()) == [("p1", 3), ("p2", 1), ("p3", 1)]


# --- how the databases go about it ------------------------------------------------------------------------------------


INDEXES: list[tuple[IssueFilter, str]] = [
    (replace(URGENT, viewer=Viewer(ANA)), "ix_issues_urgent"),
    (replace(URGENT, states=(State.OPEN,), viewer=Viewer(ANA)), "ix_issues_urgent"),
    (replace(URGENT, owner=ANA), "ix_issues_owner"),
    (replace(URGENT, asked=ANA), "ix_asks_waiting"),
    (replace(URGENT, follows=ANA), "ix_issues_requester"),
    (IssueFilter(bypass=True), "ix_issues_bypass"),
    (IssueFilter(appeal=True), "ix_issues_appeal"),
    (IssueFilter(states=IN_WORK, update_late=True), "ix_issues_update"),
]


async def test_a_list_is_found_by_the_index_made_for_it(database: Database) -> None:
    def unit(store: Store) -> list[tuple[IssueFilter, str]]:
        store.issues.next_number(T1)
        for number in range(1, 301):
            owner = ANA if number == 7 else f"U{number}"
            one = make.issue(number, raiser=owner, requester=owner, asks=(make.ask(owner),))
            store.issues.add(make.acknowledged(one, owner) if number % 2 else one)
        connection(store).exec_driver_sql("ANALYZE")
        return [(which, way) for which, index in INDEXES if index not in (way := _way(store, which))]

    assert await database.transactions.run(unit) == [], "found in another way"


def _way(store: Store, which: IssueFilter) -> str:
    asked = params(T1, which) | {"limit_to": 5, "skip": 0}
    dialect = connection(store).dialect.name
    return plan(store, numbers_of(shape(which, dialect), which.order), asked)
