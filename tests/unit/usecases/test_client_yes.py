"""Pages for clients from outside: reading, agreeing, changing, and everything that is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import FieldErrors, Refused
from bot.domain.matrix.model import Named
from bot.domain.notification import NoticeKind
from bot.usecases.client_pages import give_page, withdraw_page
from bot.usecases.client_ports import ClientYes
from bot.usecases.client_yes import MOST_A_DAY, NAME_LENGTH, PageShown, SaidYes, TooFast, read_page, say_yes
from bot.usecases.pace import Pace
from tests.builders import ANA, MANAGER, OMAR, T1, T2, contact, level, matrix, minutes, path, published
from tests.unit.usecases.desk import Desk

SECRET = "s3cret"


def in_force(
    desk: Desk, *, version: int = 1, within: int = 15, owned: bool = True, name: str = "Care"
) -> None:
    """Omar keeps Care, or nobody does."""
    owner = contact(OMAR) if owned else None
    care = path(name, [level("Desk", ANA, within=minutes(within))], owner=owner)
    clients = (Named("acme", f"Acme {version}"),)
    desk.matrices.hold(T1, published(version, matrix(care, clients=clients)))


@pytest.fixture
async def desk() -> Desk:
    """Acme has a page of Care."""
    made = Desk()
    in_force(made)
    await give_page(made.services, T1, OMAR, "Care", "acme", SECRET)
    return made


async def look(desk: Desk) -> PageShown:
    """What the page shows."""
    shown = await read_page(desk.services, T1, SECRET)
    assert shown is not None
    return shown


async def agrees(desk: Desk, name: str = "Zoë", terms: str = "") -> PageShown:
    """Somebody read it and pressed the button."""
    done = await say_yes(desk.services, T1, SECRET, SaidYes(name, terms or (await look(desk)).terms.mark))
    assert done is not None
    return done


def told(desk: Desk) -> list[str]:
    return desk.said(NoticeKind.PATH_OWNER)


async def test_the_page_shows_the_path_in_force(desk: Desk) -> None:
    shown = await look(desk)
    assert (shown.client, shown.version, shown.timezone) == ("Acme 1", 1, "Europe/Berlin")
    assert [one.name for one in shown.terms.steps] == ["Desk"]
    in_force(desk, version=2)
    assert (await look(desk)).client == "Acme 2"


async def test_a_yes_is_recorded_and_who_keeps_the_path_is_told(desk: Desk) -> None:
    rings = desk.bell.rings
    done = await agrees(desk, "  Zoë   <Berg> ")
    assert done.yeses == (ClientYes(1, "Zoë <Berg>", 1, done.terms.mark, desk.clock.now()),)
    assert done.agreed == done.yeses
    assert done.outdated is None
    assert told(desk) == [
        f"{OMAR}: Zoë <Berg> agreed for Acme 1 to the path Care as version 1 of the matrix has it."
    ]
    assert desk.bell.rings > rings


async def test_said_again_it_counts_once(desk: Desk) -> None:
    first = await agrees(desk)
    desk.clock.advance(minutes=5)
    assert (await agrees(desk)).yeses == first.yeses
    assert len(told(desk)) == 1
    assert [one.name for one in (await agrees(desk, "Bo")).yeses] == ["Zoë", "Bo"]
    assert len(told(desk)) == 2


async def test_without_an_owner_the_escalation_manager_is_told(desk: Desk) -> None:
    in_force(desk, owned=False)
    await agrees(desk)
    assert told(desk)[0].startswith(f"{MANAGER}: ")


async def test_when_the_path_changes_the_page_says_so_and_takes_a_new_yes(desk: Desk) -> None:
    (first,) = (await agrees(desk)).yeses
    in_force(desk, version=2, within=45)
    shown = await look(desk)
    assert (shown.agreed, shown.outdated) == ((), first)
    desk.clock.advance(minutes=1)
    done = await agrees(desk)
    assert done.outdated is None
    assert [(one.name, one.version) for one in done.yeses] == [("Zoë", 1), ("Zoë", 2)]
    assert len(told(desk)) == 2
    in_force(desk, version=3)
    back = await look(desk)
    assert (back.agreed, back.outdated) == ((first,), None)


async def test_a_new_version_that_reads_the_same_leaves_the_yes(desk: Desk) -> None:
    await agrees(desk)
    in_force(desk, version=2, owned=False)
    shown = await look(desk)
    assert (shown.version, [one.version for one in shown.agreed]) == (2, [1])


async def test_terms_that_changed_while_somebody_read_are_not_agreed_to(desk: Desk) -> None:
    seen = (await look(desk)).terms.mark
    in_force(desk, version=2, within=45)
    for terms in (seen, "", "x" * 5000):
        with pytest.raises(Refused, match="changed since you opened it"):
            await say_yes(desk.services, T1, SECRET, SaidYes("Zoë", terms))
    assert (await look(desk)).yeses == ()
    assert told(desk) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        pytest.param("", "write your name", id="empty"),
        pytest.param(" \t\n", "write your name", id="blank"),
        pytest.param("\u200b\u202e\x00", "write your name", id="invisible"),
        pytest.param("...", "write your name", id="no letter"),
        pytest.param("x" * (NAME_LENGTH + 1), f"at most {NAME_LENGTH}", id="long"),
    ],
)
async def test_a_name_has_to_be_one(desk: Desk, name: str, why: str) -> None:
    with pytest.raises(FieldErrors, match=why) as refused:
        await agrees(desk, name)
    assert set(refused.value.fields) == {"name"}
    assert (await look(desk)).yeses == ()


@pytest.mark.parametrize("name", ["x" * NAME_LENGTH, "李", "Zoe\u0308", "{who} <!channel>"])
async def test_names_of_all_kinds(desk: Desk, name: str) -> None:
    (yes,) = (await agrees(desk, name)).yeses
    assert yes.name in (name, "Zoë")


@pytest.mark.parametrize(
    "gone", ["wrong secret", "withdrawn", "no such path", "another workspace", "no matrix"]
)
async def test_there_is_no_page(desk: Desk, gone: str) -> None:
    said = SaidYes("Zoë", (await look(desk)).terms.mark)
    secret, workspace = SECRET, T1
    if gone == "wrong secret":
        secret = SECRET[:-1]
    elif gone == "withdrawn":
        await withdraw_page(desk.services, T1, OMAR, 1)
    elif gone == "no such path":
        in_force(desk, name="Renamed")
    elif gone == "another workspace":
        workspace = T2
        here = desk.matrices.current(T1)
        assert here is not None
        desk.matrices.hold(T2, here)
    else:
        workspace = T2
    assert await read_page(desk.services, workspace, secret) is None
    assert await say_yes(desk.services, workspace, secret, said) is None
    assert told(desk) == []


async def test_one_page_takes_so_many_names_a_day(desk: Desk) -> None:
    for n in range(MOST_A_DAY):
        await agrees(desk, f"Name {n}")
        desk.clock.advance(minutes=1)
    with pytest.raises(TooFast) as refused:
        await agrees(desk, "One more")
    assert refused.value.wait == timedelta(days=1) - minutes(MOST_A_DAY)
    assert len((await agrees(desk, "Name 3")).yeses) == MOST_A_DAY, "who agreed before may say so again"
    desk.clock.advance(minutes=24 * 60 - MOST_A_DAY)
    assert len((await agrees(desk, "One more")).yeses) == MOST_A_DAY + 1
    assert len(told(desk)) == MOST_A_DAY + 1


async def test_answers_that_come_too_fast_have_to_wait(desk: Desk) -> None:
    services = replace(desk.services, pace=Pace())
    said = SaidYes("Zoë", (await look(desk)).terms.mark)
    for _ in range(Pace().burst):
        await say_yes(services, T1, SECRET, said)
    with pytest.raises(TooFast, match="Please try again in 1 s"):
        await say_yes(services, T1, SECRET, said)
    desk.clock.advance(seconds=1)
    await say_yes(services, T1, SECRET, said)
