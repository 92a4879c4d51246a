"""Notes, corrections and thanks: who may, what is written down, and who reads it."""

import pytest

from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.issue import Issue
from bot.domain.notification import NoticeKind
from bot.domain.noting import EDITABLE, edit, note, thank
from bot.domain.routing import route
from tests.builders import ANA, OMAR, QUARTER, RAVI, actor, closed, facts, issue
from tests.builders import acknowledged as taken

RITA = "U_RITA"
WORLD = taken(issue(requester=RITA))


def test_the_owner_reads_a_note_and_the_requester_does_not() -> None:
    change = note(WORLD, actor(RAVI), "They are angry.", QUARTER)
    read = {notice.kind: notice.to.id for notice in route(WORLD, change)}
    assert read[NoticeKind.OWNER] == ANA
    assert NoticeKind.REQUESTER not in read


@pytest.mark.parametrize("one", [issue(), WORLD, closed(issue())], ids=["open", "in work", "closed"])
def test_notes_are_taken_in_every_state(one: Issue) -> None:
    assert note(one, actor(ANA), "Remember this.", QUARTER).issue.version == one.version + 1


def test_a_note_needs_words_and_somebody_who_works_on_it() -> None:
    with pytest.raises(FieldErrors):
        note(WORLD, actor(ANA), " \n", QUARTER)
    with pytest.raises(NotAllowed):
        note(WORLD, actor(RITA), "Me too.", QUARTER)


def test_each_corrected_fact_is_an_event_with_what_it_was_and_is() -> None:
    wanted = {"title": "Checkout is slow", "reference": "T-9", "happened": WORLD.facts.happened}
    change = edit(WORLD, actor(RAVI), wanted, QUARTER)
    assert [event.data for event in change.events] == [
        {"field": "title", "was": "Checkout is down", "now": "Checkout is slow"},
        {"field": "reference", "was": "", "now": "T-9"},
    ]
    assert (change.issue.epoch, change.issue.position) == (WORLD.epoch, WORLD.position), (
        "nobody is asked anew"
    )


@pytest.mark.parametrize("name", ["type", "service", "client", "priority", "impact", "private"])
def test_what_chooses_the_path_is_no_correction(name: str) -> None:
    assert name not in EDITABLE
    with pytest.raises(Refused, match="nothing changes"):
        edit(WORLD, actor(ANA), {name: "other"}, QUARTER)


@pytest.mark.parametrize("name", ["title", "happened"])
def test_what_is_required_cannot_be_emptied(name: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        edit(WORLD, actor(ANA), {name: "  "}, QUARTER)
    assert set(refused.value.fields) == {name}


def test_optional_facts_can_be_emptied() -> None:
    told = issue(facts=facts(since="this morning"))
    assert edit(told, actor(ANA), {"since": ""}, QUARTER).issue.facts.since == ""


def test_thanks_go_to_whoever_has_it_unless_somebody_is_named() -> None:
    assert thank(WORLD, actor(RITA), "", "Great.", QUARTER).events[0].data["who"] == ANA
    assert thank(WORLD, actor(RITA), OMAR, "Great.", QUARTER).events[0].data["who"] == OMAR


@pytest.mark.parametrize(
    ("who", "named"), [(ANA, ""), (ANA, ANA), (RITA, RITA)], ids=["the owner", "by name", "somebody else"]
)
def test_nobody_thanks_themselves(who: str, named: str) -> None:
    with pytest.raises(FieldErrors, match="That is you"):
        thank(WORLD, actor(who), named, "", QUARTER)
