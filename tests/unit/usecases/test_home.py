"""What the Home tab is made of: the lists of its reader, what their role oversees, and pages of it."""

from dataclasses import replace

import pytest

from bot.domain.delivery import RowState
from bot.domain.issue import Issue
from bot.usecases.home import MANAGER_PAGE, OVERSEEN, OWN_PAGE, Health, Home, read_pages, write_pages
from bot.usecases.rows import PersonInfo
from bot.usecases.tell import show_home
from tests.builders import (
    ANA,
    MANAGER,
    OMAR,
    P1,
    P2,
    RAVI,
    T1,
    at_level_two,
    issue,
    notice,
    route,
    unanswered,
    user,
)
from tests.builders import acknowledged as taken
from tests.unit.usecases.desk import Desk


async def home_of(desk: Desk, who: str, pages: str = "") -> Home:
    """What is handed to the drawer."""
    key = f"{len(desk.rows())}"
    await show_home(desk.services, T1, user=who, key=key, pages=pages)
    await desk.deliver()
    found = (desk.channel.letters[-1].extra or {})["home"]
    assert isinstance(found, Home)
    return found


def lists(home: Home) -> dict[str, list[int]]:
    """The numbers in each list that has some."""
    parts = (*home.own, *home.overseen)
    return {part.name: [one.number for one in part.issues] for part in parts if part.issues}


def of(number: int, *, urgent: bool) -> Issue:
    """One issue of either priority."""
    return issue(number, route=route(priority=P1 if urgent else P2))


async def test_the_lists_of_a_person(desk: Desk) -> None:
    desk.has(
        issue(1),
        taken(issue(2)),
        issue(3, raiser=ANA, asks=()),
        issue(4, requester=ANA, raiser=OMAR, asks=()),
        issue(5, raiser=OMAR, requester=OMAR, asks=()),
    )
    home = await home_of(desk, ANA)
    assert lists(home) == {"waiting": [1], "owned": [2], "raised": [3], "follows": [4]}
    assert home.by_priority == ((P1, 5),)
    assert (home.overseen, home.health, home.undelivered) == ((), None, ())


async def test_only_the_manager_oversees(desk: Desk) -> None:
    desk.has(issue(1), at_level_two(issue(2)), unanswered(issue(3)))
    found = lists(await home_of(desk, MANAGER))
    assert found == {"waiting": [3], "unanswered": [3], "ownerless": [2]}
    assert (await home_of(desk, OMAR)).overseen == ()
    assert {part.name for part in (await home_of(desk, MANAGER)).overseen} == set(OVERSEEN)


async def test_pages_are_kept_within_what_there_is(desk: Desk) -> None:
    desk.has(*(unanswered(of(number, urgent=number == 6)) for number in range(1, 7)))
    home = await home_of(desk, MANAGER, "unanswered=3,waiting=400,nothing=9")
    assert lists(home) == {"waiting": [4, 5], "unanswered": [3, 4, 5]}
    assert [(part.name, part.start, part.total) for part in (*home.own, *home.overseen) if part.start] == [
        ("waiting", OWN_PAGE, 6),
        ("unanswered", MANAGER_PAGE, 6),
    ]
    assert home.by_priority == ((P1, 1), (P2, 5))


async def test_a_private_issue_counts_for_who_may_see_it(desk: Desk) -> None:
    desk.has(issue(1), replace(issue(2), private=True))
    counted = {
        who: sum(many for _, many in (await home_of(desk, who)).by_priority)
        for who in (ANA, RAVI, OMAR, MANAGER)
    }
    assert counted == {ANA: 2, RAVI: 2, OMAR: 1, MANAGER: 2}


@pytest.mark.parametrize(
    ("info", "counted"),
    [
        (PersonInfo(OMAR, "Omar"), 1),
        (PersonInfo(OMAR, "Omar", guest=True), 0),
        (PersonInfo(OMAR, "Omar", outsider=True), 0),
        (PersonInfo(OMAR, "Omar", guest=True, admin=True), 0),
    ],
)
async def test_guests_and_outsiders_see_their_own(desk: Desk, info: PersonInfo, counted: int) -> None:
    desk.has(issue(1))
    desk.directory.knows_person(info)
    home = await home_of(desk, OMAR)
    assert sum(many for _, many in home.by_priority) == counted
    assert home.health is None


async def test_while_nobody_can_be_looked_up_rights_only_get_smaller(desk: Desk) -> None:
    desk.has(unanswered(issue(1)), issue(2))
    desk.directory.goes_down()
    home = await home_of(desk, MANAGER)
    assert not home.who.known
    assert (lists(home), home.overseen) == ({"waiting": [1]}, ())
    assert home.by_priority == ((P1, 1),)


async def test_an_admin_sees_the_check_and_what_was_not_delivered(desk: Desk) -> None:
    desk.directory.knows_person(PersonInfo(OMAR, "Omar", admin=True))
    desk.has(issue(1))
    desk.due(notice(key="lost", to=user("U_GONE"), lane="lost"))
    (row,) = desk.store.outbox.claim(desk.clock.now(), desk.clock.now(), 1)
    desk.store.outbox.settle(row, RowState.DEAD, now=desk.clock.now(), error="U_GONE has left Slack.")
    home = await home_of(desk, OMAR)
    assert home.health == Health(0, 0)
    desk.directory.knows(OMAR, why="Omar has left Slack.")
    assert (await home_of(desk, OMAR)).health == Health(2, 0)
    assert [one.last_error for one in home.undelivered] == ["U_GONE has left Slack."]
    assert (await home_of(desk, ANA)).undelivered == ()


@pytest.mark.parametrize(
    ("text", "read"),
    [("", {}), ("late=3,raised=4", {"late": 3, "raised": 4}), ("late=-1,x,=,late=12345678901", {})],
)
def test_pages_as_text(text: str, read: dict[str, int]) -> None:
    assert read_pages(text) == read
    assert read_pages(write_pages(read)) == read
