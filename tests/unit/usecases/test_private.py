"""What people are shown of private issues, through the use cases: Details, lists of a shift, updates."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.events import EventKind
from bot.domain.ids import UserId
from bot.domain.notification import NoticeKind
from bot.domain.words import load_sentence
from bot.usecases.commands import IssueCommand
from bot.usecases.look_up import issue_now, show
from bot.usecases.rows import PersonInfo
from bot.usecases.tell import fill_details
from bot.usecases.why import why
from tests.builders import ANA, MANAGER, RAVI, T1, actor, event, facts, issue, notice, ref, user
from tests.unit.usecases.desk import Desk

HIDDEN = issue(private=True)
STRANGER = "U_ELSE"


def about(who: str) -> IssueCommand:
    """ISS-1, for somebody."""
    return IssueCommand(workspace=T1, user=who, key="k", number=1)


@pytest.mark.parametrize("who", [ANA, RAVI, MANAGER])
async def test_who_takes_part_is_shown_it(desk: Desk, who: str) -> None:
    desk.has(HIDDEN)
    assert (await show(desk.services, ref(), actor(who))).issue == HIDDEN
    assert (await why(desk.services, ref(), actor(who))).issue == HIDDEN
    assert await issue_now(desk.services, about(who)) == HIDDEN


async def test_nobody_else_is(desk: Desk) -> None:
    desk.has(HIDDEN)
    for look in (
        show(desk.services, ref(), actor(STRANGER)),
        why(desk.services, ref(), actor(STRANGER)),
        issue_now(desk.services, about(STRANGER)),
    ):
        with pytest.raises(NotAllowed, match="ISS-1 is private"):
            await look


async def test_details_say_why_they_stay_shut(desk: Desk) -> None:
    desk.has(HIDDEN)
    await fill_details(desk.services, about(STRANGER), "V1")
    (row,) = desk.rows(NoticeKind.DETAILS)
    assert row.issue is None
    assert load_sentence(row.notice.text("sentence")).plain().startswith("ISS-1 is private.")


async def test_while_nobody_can_be_looked_up_the_manager_sees_as_little_as_anybody(desk: Desk) -> None:
    desk.has(HIDDEN)
    desk.directory.goes_down()
    with pytest.raises(NotAllowed):
        await show(desk.services, ref(), actor(MANAGER))
    assert (await show(desk.services, ref(), actor(ANA))).issue == HIDDEN


async def test_a_requester_does_not_read_notes(desk: Desk) -> None:
    desk.has(issue(private=True, requester=UserId("U_RITA")))
    desk.store.timeline.append(ref(), [event(), event(EventKind.NOTED, actor=ANA, text="Careful")])
    read = {
        who: len((await show(desk.services, ref(), actor(who))).timeline) for who in ("U_RITA", RAVI, ANA)
    }
    assert read == {"U_RITA": 1, RAVI: 2, ANA: 2}


async def test_a_guest_is_shown_only_what_is_theirs(desk: Desk) -> None:
    desk.directory.knows_person(PersonInfo("U_GUS", "Gus", guest=True))
    desk.has(issue(), issue(2, raiser=UserId("U_GUS")))
    assert (await show(desk.services, ref(2), actor("U_GUS"))).issue.number == 2
    with pytest.raises(NotAllowed, match="Only members of this workspace see every issue"):
        await show(desk.services, ref(), actor("U_GUS"))


async def test_a_list_about_no_issue_names_a_private_one_by_its_number_only(desk: Desk) -> None:
    desk.has(HIDDEN, issue(2))
    desk.due(notice(NoticeKind.SHIFT, "shift:1", to=user(STRANGER), args={"issues": "1,2"}), number=None)
    await desk.deliver()
    (letter,) = desk.channel.letters
    listed: Any = (letter.extra or {})["issues"]
    shown = [(one.number, one.facts.title) for one in listed]
    assert shown == [(1, "a private issue"), (2, "Checkout is down")]


async def test_only_the_manager_reads_who_raised_it_without_a_name(desk: Desk) -> None:
    desk.has(issue(facts=replace(facts(), nameless=True)))
    raisers = {
        who: (await show(desk.services, ref(), actor(who))).issue.raiser for who in (ANA, RAVI, MANAGER)
    }
    assert raisers == {ANA: "Somebody", RAVI: RAVI, MANAGER: RAVI}
