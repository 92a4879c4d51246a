"""Finding issues by their words: every store finds the same, whatever is typed, and nobody finds what is private."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.domain.care import Company
from bot.domain.found_words import words_of
from bot.domain.ids import UserId
from bot.domain.issue import Issue
from bot.usecases.finding_ports import Reader
from bot.usecases.ports import Store, Transactions
from tests.builders import (
    ANA,
    DIRECTOR,
    NOON,
    OMAR,
    RAVI,
    T1,
    T2,
    acknowledged,
    ask,
    closed,
    facts,
    issue,
    minutes,
    ref,
    resolved,
    route,
)

ANYBODY = Reader("U_ANYBODY")


def stored(*some: Issue) -> Callable[[Store], None]:
    """A unit that stores these, numbered in order."""

    def unit(store: Store) -> None:
        for one in some:
            number = store.issues.next_number(one.ref.workspace)
            store.issues.add(replace(one, ref=replace(one.ref, number=number)))

    return unit


def about(title: str, happened: str = "", **more: str) -> Issue:
    return issue(facts=facts(title, happened=happened, **more))


async def found(
    transactions: Transactions, typed: str, reader: Reader = ANYBODY, limit: int = 10, offset: int = 0
) -> list[int]:
    return await transactions.read(
        lambda store: store.search.find(T1, words_of(typed), reader, limit, offset)
    )


TYPED = {
    "one word": ("checkout", [1]),
    "its beginning": ("check", [1]),
    "not its end": ("out", []),
    "all words, in any order": ("acme checkout", [1]),
    "a word that is missing": ("checkout zebra", []),
    "no accents needed": ("Uberweisung", [2]),
    "accents typed": ("überweisung", [2]),
    "sharp s": ("STRASSE", [2]),
    "in what happened": ("blank page", [1]),
    "in the reference": ("inv-2026/77", [1]),
    "in what is affected": ("warehouse", [2]),
    "by service": ("payments", [3]),
    "newest first": ("the", [3, 1]),
    "characters without blanks": ("支払", [4]),
    "nothing": ("", []),
    "only signs": ("\"' OR 1=1 --", []),
    "signs around a word": ('"checkout"* AND (NEAR', []),
    "a column of the index": ("words:checkout", []),
    "quotes and backslashes": ("'checkout\\", [1]),
    "an emoji": ("🚪", []),
    "an emoji beside a word": ("🚪checkout🚪", [1]),
    "a zero byte": ("check\x00out", []),
    "words of the query language": ("NOT AND OR NEAR", []),
}


async def test_what_is_typed_finds_what_is_meant(transactions: Transactions) -> None:
    some = (
        about("Checkout fails for Acme", "The page stays blank, a whole page.", reference="INV-2026/77"),
        about("Überweisung an Straße", affected="Warehouse"),
        issue(
            facts=replace(facts(), title="The card", happened=""),
            route=replace(route(), service_title="Payments"),
        ),
        about("支払いができない"),
        replace(about("checkout of somebody else"), ref=replace(ref(), workspace=T2)),
    )
    await transactions.run(stored(*some))
    assert {what: (typed, await found(transactions, typed)) for what, (typed, _) in TYPED.items()} == TYPED


async def test_pages_follow_each_other(transactions: Transactions) -> None:
    await transactions.run(stored(*(about(f"printer {n}") for n in range(5))))
    assert await found(transactions, "printer", limit=2) == [5, 4]
    assert await found(transactions, "printer", limit=2, offset=4) == [1]


async def test_a_changed_issue_is_found_by_its_new_words(transactions: Transactions) -> None:
    first = acknowledged(about("printer"))
    solved = first.bump(resolution="A new drum", facts=replace(first.facts, title="copier"))
    await transactions.run(stored(first))
    await transactions.run(lambda store: store.issues.save(first, solved))
    assert await found(transactions, "drum") == await found(transactions, "copier") == [1]
    assert await found(transactions, "printer") == []


WHO = {
    "anybody": (ANYBODY, False),
    "the raiser": (Reader(RAVI), True),
    "the requester": (Reader("U_RITA"), True),
    "the owner": (Reader(ANA), True),
    "who was asked before": (Reader(OMAR), True),
    "a watcher": (Reader("U_WATCHER"), True),
    "a further requester": (Reader("U_FURTHER"), True),
    "the manager": (Reader(DIRECTOR, manager=True), True),
    "a guest": (Reader("U_GUEST", own=True), False),
    "who is a manager elsewhere": (Reader(DIRECTOR), False),
}


async def test_a_private_issue_is_found_by_those_who_take_part(transactions: Transactions) -> None:
    asked = replace(acknowledged(about("salary")), asks=(ask(OMAR), ask(ANA)))
    private = replace(
        asked,
        private=True,
        raiser=RAVI,
        requester=UserId("U_RITA"),
        company=Company((UserId("U_FURTHER"),), (UserId("U_WATCHER"),)),
    )
    anew = private.bump(opening=2, asks=(ask(ANA),))
    await transactions.run(stored(private))
    await transactions.run(lambda store: store.issues.save(private, anew))
    for who, (reader, sees) in WHO.items():
        like = await transactions.read(partial(_like, reader))
        assert await found(transactions, "salary", reader) == like == [1] * sees, who


def _like(reader: Reader, store: Store) -> list[int]:
    return store.search.similar(T1, ("salary",), reader, 5)


async def test_a_guest_finds_what_is_theirs_and_nothing_else(transactions: Transactions) -> None:
    theirs = replace(about("printer"), requester=UserId("U_GUEST"))
    await transactions.run(stored(about("printer"), theirs))
    assert await found(transactions, "printer", Reader("U_GUEST", own=True)) == [2]
    assert await found(transactions, "printer", Reader("U_GUEST")) == [2, 1]


async def test_similar_ones_share_a_whole_word_and_are_in_work(transactions: Transactions) -> None:
    over = closed(resolved(acknowledged(about("printer jams"))))
    await transactions.run(
        stored(about("printer jams"), about("paper jam"), about("printing"), over, about("a printer"))
    )
    words = words_of("Printer jams again")
    assert await transactions.read(lambda store: store.search.similar(T1, words, ANYBODY, 9)) == [5, 1]
    assert await transactions.read(lambda store: store.search.similar(T1, words, ANYBODY, 1)) == [5]
    assert await transactions.read(lambda store: store.search.similar(T1, (), ANYBODY, 9)) == []


async def test_those_of_a_kind_are_counted(transactions: Transactions) -> None:
    one = about("x", type="hardware", service="billing")
    later = replace(one, raised_at=NOON + minutes(5))
    await transactions.run(stored(one, later, about("x", type="hardware"), about("x", service="billing")))

    def count(since: timedelta) -> Callable[[Store], int]:
        return lambda store: store.search.of_kind_since(T1, "hardware", "billing", NOON + since)

    assert await transactions.read(count(timedelta())) == 2
    assert await transactions.read(count(timedelta(minutes=1))) == 1
