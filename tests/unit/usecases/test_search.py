"""Search: pages, cards, and what each person may find."""

from dataclasses import replace

import pytest

from bot.usecases.rows import PersonInfo
from bot.usecases.search import PAGE, search
from tests.builders import MANAGER, RAVI, T1, facts, issue, message, user
from tests.unit.usecases.desk import Desk


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Twelve public ones, the last with a card; a private one of Ravi's; the manager is known."""
    desk.has(*(issue(number, facts=facts(f"printer {number}")) for number in range(1, 13)))
    desk.has(replace(issue(13, facts=facts("printer salary")), private=True, raiser=RAVI, requester=RAVI))
    desk.sent(message("card", 12, place="C_ISSUES", stamp="1.2"))
    published = desk.matrices.current(T1)
    assert published is not None
    desk.directory.knows(str(published.matrix.workspace.escalation_manager), user(MANAGER))
    return desk


async def numbers(desk: Desk, who: str, words: str = "printer", offset: int = 0) -> list[int]:
    found = await search(desk.services, T1, who, words, offset)
    return [hit.issue.number for hit in found.hits]


async def test_pages_of_ten_newest_first_with_cards(filled: Desk) -> None:
    first = await search(filled.services, T1, "U_ZOE", "printer")
    assert [hit.issue.number for hit in first.hits] == list(range(12, 2, -1))
    assert first.more
    assert first.hits[0].card is not None
    assert (first.hits[0].card.place, first.hits[1].card) == ("C_ISSUES", None)
    last = await search(filled.services, T1, "U_ZOE", "printer", PAGE)
    assert ([hit.issue.number for hit in last.hits], last.more) == ([2, 1], False)


async def test_private_ones_are_for_who_takes_part_and_the_manager(filled: Desk) -> None:
    assert await numbers(filled, "U_ZOE", "salary") == []
    assert await numbers(filled, RAVI, "salary") == [13]
    assert await numbers(filled, MANAGER, "salary") == [13]


async def test_guests_find_what_is_theirs(filled: Desk) -> None:
    filled.directory.knows_person(PersonInfo(RAVI, "Ravi", guest=True))
    filled.directory.knows_person(PersonInfo("U_EVE", "Eve", outsider=True))
    found = await search(filled.services, T1, "U_EVE", "printer")
    assert (found.hits, found.own) == ((), True)
    assert await numbers(filled, RAVI, "salary") == [13]


async def test_without_a_directory_everybody_finds_what_is_theirs(filled: Desk) -> None:
    filled.directory.goes_down()
    assert await numbers(filled, MANAGER) == []
    assert await numbers(filled, RAVI, "salary") == [13]


async def test_without_a_word_nothing_is_looked_for(filled: Desk) -> None:
    found = await search(filled.services, T1, "U_ZOE", "*** 🔥")
    assert (found.hits, found.looked) == ((), False)
