"""Pages for clients from inside: giving them, who may, the list, withdrawing."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import FieldErrors, NotAllowed, NotFound, Refused
from bot.domain.matrix.model import Named
from bot.usecases.client_pages import MOST_PAGES, give_page, pages_of, withdraw_page
from bot.usecases.client_ports import ClientPage
from bot.usecases.client_yes import SaidYes, read_page, say_yes
from bot.usecases.publish_matrix import PublishedMatrices
from bot.usecases.rows import PersonInfo
from tests.builders import ANA, DIRECTOR, OMAR, T1, contact, level, matrix, minutes, path, published
from tests.unit.usecases.desk import Desk

ADMIN = "U_ADMIN"
CLIENTS = (Named("acme", "Acme Ltd"), Named("bolt", "Bolt & Sons"), Named("Acme Ltd Asia", "Asia"))


def in_force(desk: Desk, *, version: int = 1, clients: tuple[Named, ...] = CLIENTS, within: int = 15) -> None:
    """Omar keeps Care, nobody keeps the rest."""
    care = path("Care", [level("Desk", ANA, within=minutes(within))], owner=contact(OMAR))
    desk.matrices.hold(T1, published(version, matrix(care, path("Rest"), clients=clients)))


@pytest.fixture
def desk() -> Desk:
    """Three clients, and an admin."""
    made = Desk()
    in_force(made)
    made.directory.knows_person(PersonInfo(ADMIN, "Admin", admin=True))
    return made


async def give(
    desk: Desk, who: str = OMAR, name: str = "care", client: str = "acme", secret: str = "s1"
) -> ClientPage:
    """Ask for a page."""
    return await give_page(desk.services, T1, who, name, client, secret)


async def listed(desk: Desk, who: str, words: str = "") -> list[str]:
    """``path: client`` as somebody sees them."""
    shown = await pages_of(desk.services, T1, who, words)
    return [f"{one.page.path}: {one.page.name}" for one in shown.pages]


@pytest.mark.parametrize(
    ("typed", "key", "name"),
    [
        pytest.param("acme", "acme", "Acme Ltd", id="by key"),
        pytest.param("  ACME   ltd ", "acme", "Acme Ltd", id="by title, whatever the case"),
        pytest.param("bolt & sons", "bolt", "Bolt & Sons", id="by another title"),
    ],
)
async def test_a_client_of_the_matrix(desk: Desk, typed: str, key: str, name: str) -> None:
    given = await give(desk, client=typed)
    assert given == ClientPage(given.id, T1, "Care", key, name, "s1", OMAR, desk.clock.now())


@pytest.mark.parametrize("typed", ["", "nobody", "Acme L", "\u200b"])
async def test_nobody_else_where_the_matrix_has_clients(desk: Desk, typed: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        await give(desk, client=typed)
    assert set(refused.value.fields) == {"client"}
    assert await listed(desk, OMAR) == []


async def test_any_name_where_the_matrix_has_none(desk: Desk) -> None:
    in_force(desk, clients=())
    given = await give(desk, client=" A\u202ecme\n Inc ")
    assert (given.client, given.name) == ("", "Acme Inc")
    with pytest.raises(FieldErrors, match="who the page is for"):
        await give(desk, client=" \n")


async def test_asked_again_it_is_the_same_page(desk: Desk) -> None:
    first = await give(desk)
    assert await give(desk, who=ADMIN, secret="s2") == first
    assert await give(desk, client="bolt", secret="s3") != first
    assert await give(desk, who=ADMIN, name="rest", secret="s4") != first


@pytest.mark.parametrize(
    ("who", "name", "may"),
    [
        (OMAR, "care", True),
        (ADMIN, "care", True),
        (ADMIN, "rest", True),
        (OMAR, "rest", False),
        (ANA, "care", False),
    ],
)
async def test_who_may_give_a_page_and_see_it_and_withdraw_it(
    desk: Desk, who: str, name: str, may: bool
) -> None:
    there = await give(desk, who=ADMIN, name=name)
    if may:
        assert (await give(desk, who=who, name=name)).id == there.id
        assert len(await listed(desk, who, name)) == len(await listed(desk, who)) == 1
        await withdraw_page(desk.services, T1, who, there.id)
        assert await listed(desk, ADMIN) == []
        return
    for refused in (
        give(desk, who=who, name=name),
        listed(desk, who, name),
        withdraw_page(desk.services, T1, who, there.id),
    ):
        with pytest.raises(NotAllowed, match="may change the path"):
            await refused
    assert await listed(desk, who) == []
    assert len(await listed(desk, ADMIN)) == 1


async def test_rights_get_smaller_while_nobody_can_be_looked_up(desk: Desk) -> None:
    desk.directory.goes_down()
    with pytest.raises(NotAllowed):
        await give(desk)


async def test_an_unknown_path_is_answered_with_those_there_are(desk: Desk) -> None:
    with pytest.raises(NotFound, match="Care"):
        await give(desk, name="cart")
    with pytest.raises(Refused, match="no escalation matrix"):
        await pages_of(replace(desk.services, matrix=PublishedMatrices()), T1, OMAR)


async def test_the_list_says_who_agreed_to_what_it_shows_now(desk: Desk) -> None:
    await give(desk)
    await give(desk, client="bolt", secret="s2")
    assert await listed(desk, OMAR, "care") == ["Care: Bolt & Sons", "Care: Acme Ltd"]
    await agrees(desk, "Zoë")
    assert await said(desk) == {"Bolt & Sons": ([], []), "Acme Ltd": (["Zoë"], ["Zoë"])}
    in_force(desk, version=2, within=45)
    assert await said(desk) == {"Bolt & Sons": ([], []), "Acme Ltd": ([], ["Zoë"])}
    await agrees(desk, "Bo")
    assert (await said(desk))["Acme Ltd"] == (["Bo"], ["Zoë", "Bo"])
    in_force(desk, version=3)
    assert (await said(desk))["Acme Ltd"] == (["Zoë"], ["Zoë", "Bo"])


async def agrees(desk: Desk, name: str) -> None:
    """Somebody of Acme does."""
    desk.clock.advance(minutes=1)
    shown = await read_page(desk.services, T1, "s1")
    assert shown is not None
    await say_yes(desk.services, T1, "s1", SaidYes(name, shown.terms.mark))


async def said(desk: Desk) -> dict[str, Any]:
    """Client -> who agreed to what is shown now, and who ever did."""
    shown = await pages_of(desk.services, T1, OMAR, "care")
    return {
        one.page.name: ([yes.name for yes in one.agreed], [yes.name for yes in one.yeses])
        for one in shown.pages
    }


async def test_a_page_of_a_path_that_is_gone_is_an_admins(desk: Desk) -> None:
    given = await give(desk)
    desk.matrices.hold(T1, published(2, matrix(path("Other", owner=contact(OMAR)))))
    assert await listed(desk, OMAR) == []
    (shown,) = (await pages_of(desk.services, T1, ADMIN)).pages
    assert (shown.mark, shown.agreed) == ("", ())
    with pytest.raises(NotAllowed):
        await withdraw_page(desk.services, T1, OMAR, given.id)
    await withdraw_page(desk.services, T1, ADMIN, given.id)


async def test_a_page_is_withdrawn_once_and_given_anew_with_another_address(desk: Desk) -> None:
    given = await give(desk)
    await withdraw_page(desk.services, T1, OMAR, given.id)
    for wrong in (given.id, 4711):
        with pytest.raises(NotFound, match="withdrawn already"):
            await withdraw_page(desk.services, T1, OMAR, wrong)
    assert (await give(desk, secret="s2")).secret == "s2"


async def test_a_path_has_so_many_pages_and_no_more(desk: Desk) -> None:
    in_force(desk, clients=())
    for n in range(MOST_PAGES):
        await give(desk, client=f"Client {n}", secret=f"s{n}")
    with pytest.raises(Refused, match=f"has {MOST_PAGES} pages"):
        await give(desk, client="One more", secret="more")
    assert (await give(desk, client="Client 7", secret="again")).secret == "s7"
    await give(desk, who=ADMIN, name="rest", client="One more", secret="other path")
    assert (await listed(desk, DIRECTOR)) == []
