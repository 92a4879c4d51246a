"""Pages for clients, and who agreed on them."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.usecases.client_ports import ClientPage, ClientYes
from bot.usecases.ports import Store, Transactions
from tests.builders import ANA, NOON, OMAR, T1, T2, minutes


def page(name: str = "Acme Ltd", **changes: Any) -> ClientPage:
    """Given by Ana at noon."""
    given = ClientPage(0, T1, "Payments", "acme", name, f"secret of {name}", ANA, NOON)
    return replace(given, **changes)


def yes(page_id: int, name: str = "Zoë", **changes: Any) -> ClientYes:
    """Said at noon."""
    return replace(ClientYes(page_id, name, 1, "0123456789ab", NOON), **changes)


async def given(transactions: Transactions, *pages: ClientPage) -> list[ClientPage]:
    """These are stored."""
    return await transactions.run(lambda store: [store.client_pages.add(one) for one in pages])


async def test_a_page_is_found_by_its_id_its_secret_and_its_path(transactions: Transactions) -> None:
    acme, other_path, elsewhere = await given(
        transactions,
        page(),
        page(path="Hardware", secret="hardware"),
        page(workspace=T2, secret="elsewhere"),
    )
    assert acme == page(id=acme.id)
    assert acme.id < other_path.id

    def look(store: Store) -> None:
        pages = store.client_pages
        assert pages.get(T1, acme.id) == acme
        assert pages.get(T2, acme.id) is None
        assert pages.by_secret("secret of Acme Ltd") == acme
        assert pages.by_secret("elsewhere") == elsewhere
        assert pages.by_secret("guess") is None
        assert pages.of(T1) == [acme, other_path]
        assert pages.of(T1, "Payments") == [acme]
        assert pages.of(T1, "payments") == []

    await transactions.read(look)


async def test_a_client_has_one_page_of_a_path(transactions: Transactions) -> None:
    (first,) = await given(transactions, page())
    again, other_name, no_key = await given(
        transactions,
        page(secret="another", made_by=OMAR, made_at=NOON + minutes(1)),
        page("Acme Inc"),
        page(client="", secret="free"),
    )
    assert again == first
    assert len({first.id, other_name.id, no_key.id}) == 3
    assert await transactions.read(lambda store: store.client_pages.by_secret("another")) is None


async def test_a_withdrawn_page_is_not_found_and_makes_room(transactions: Transactions) -> None:
    (first,) = await given(transactions, page())

    def withdraw(store: Store) -> list[bool]:
        pages = store.client_pages
        return [pages.withdraw(where, first.id, OMAR, NOON) for where in (T2, T1, T1)]

    assert await transactions.run(withdraw) == [False, True, False]
    assert await transactions.read(lambda store: store.client_pages.by_secret(first.secret)) is None
    assert await transactions.read(lambda store: store.client_pages.get(T1, first.id)) is None
    assert await transactions.read(lambda store: store.client_pages.of(T1)) == []
    (second,) = await given(transactions, page(secret="second"))
    assert second.id > first.id
    assert await transactions.read(lambda store: store.client_pages.of(T1)) == [second]


async def test_a_yes_counts_once_for_each_name_and_terms(transactions: Transactions) -> None:
    acme, other = await given(transactions, page(), page("Other"))
    said = [
        yes(acme.id, said_at=NOON + minutes(2)),
        yes(acme.id, "Bo"),
        yes(acme.id, terms="ba9876543210", version=2, said_at=NOON + minutes(5)),
        yes(other.id, "Alma"),
    ]
    repeated = yes(acme.id, version=7, said_at=NOON + minutes(9))

    def agree(store: Store) -> list[bool]:
        return [store.client_pages.agree(T1, one) for one in (*said, repeated)]

    assert await transactions.run(agree) == [True, True, True, True, False]
    mine = await transactions.read(lambda store: store.client_pages.yeses(T1, [acme.id]))
    assert mine == [said[1], said[0], said[2]]
    both = await transactions.read(lambda store: store.client_pages.yeses(T1, [other.id, acme.id]))
    assert both == [said[3], said[1], said[0], said[2]]
    assert await transactions.read(lambda store: store.client_pages.yeses(T2, [acme.id])) == []
    assert await transactions.read(lambda store: store.client_pages.yeses(T1, [])) == []


async def test_the_same_at_once_is_one_page_and_one_yes(transactions: Transactions) -> None:
    secrets = [f"secret {n}" for n in range(4)]
    made = await asyncio.gather(*(given(transactions, page(secret=one)) for one in secrets))
    assert len({one.secret for (one,) in made}) == 1
    ((first,), *_) = made
    said = (transactions.run(lambda store: store.client_pages.agree(T1, yes(first.id))) for _ in secrets)
    assert sorted(await asyncio.gather(*said)) == [False, False, False, True]


async def test_what_was_said_stays_when_the_page_goes(transactions: Transactions) -> None:
    (acme,) = await given(transactions, page())
    await transactions.run(lambda store: store.client_pages.agree(T1, yes(acme.id)))
    await transactions.run(lambda store: store.client_pages.withdraw(T1, acme.id, ANA, NOON))
    assert await transactions.read(lambda store: store.client_pages.yeses(T1, [acme.id])) == [yes(acme.id)]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        pytest.param({"version": 0}, "counters|versions", id="versions begin at one"),
        pytest.param({"page": 4711}, "(?i)foreign", id="no such page"),
    ],
)
async def test_an_impossible_yes_is_refused(
    transactions: Transactions, wrong: dict[str, Any], why: str
) -> None:
    (acme,) = await given(transactions, page())
    with pytest.raises(Exception, match=why):
        await transactions.run(lambda store: store.client_pages.agree(T1, yes(acme.id, **wrong)))
