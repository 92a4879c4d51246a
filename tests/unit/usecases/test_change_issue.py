"""The frame of every verb: one effect and one answer per key, rights looked up only when they are needed."""

from typing import Any

import pytest

from bot.domain.answering import NotOnPath
from bot.domain.errors import FieldErrors, NotAllowed, NotFound, Refused
from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import State
from bot.usecases import answer_ping, close_issue, work_issue
from bot.usecases.commands import Acknowledge, Decline, Escalate, IssueCommand, TextCommand
from bot.usecases.ports import NotSaved, OutcomeUnknown
from bot.usecases.record import load
from bot.usecases.rows import PersonInfo
from tests.builders import (
    ANA,
    MANAGER,
    OMAR,
    RAVI,
    T1,
    T2,
    ask,
    at_level_two,
    channel,
    contact,
    issue,
    level,
    path,
    ref,
    resolved,
    route,
    workspace,
)
from tests.builders import acknowledged as taken
from tests.fakes.store import MemoryIssues
from tests.fakes.tables import Tables
from tests.unit.usecases.desk import Desk


class Locks(MemoryIssues):
    """Remembers which issues were locked."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self.locked: list[IssueRef] = []

    def get(self, ref: IssueRef, *, lock: bool = False) -> Issue | None:
        """See the port."""
        self.locked += [ref] if lock else []
        return super().get(ref, lock=lock)


def take(who: str = ANA, key: str = "click:1", **more: Any) -> Acknowledge:
    """Somebody presses Acknowledge."""
    values: dict[str, Any] = {"workspace": T1, "user": who, "key": key, "number": 1, **more}
    return Acknowledge(**values)


def about(who: str, text: str, key: str = "form:1") -> TextCommand:
    """Somebody submits a form with one text."""
    return TextCommand(workspace=T1, user=who, key=key, number=1, text=text)


async def test_the_same_click_twice_is_one_effect_and_one_answer(desk: Desk) -> None:
    desk.has(issue())
    first = await answer_ping.acknowledge(desk.services, take())
    again = await answer_ping.acknowledge(desk.services, take())
    assert again == first
    assert first.sentence.plain() == (
        "You have ISS-1 now. Tell the requester how it goes with Update requester."
    )
    assert desk.happened() == [EventKind.ACKNOWLEDGED]
    assert desk.timers() == []


async def test_a_second_click_is_told_the_truth(desk: Desk) -> None:
    desk.has(issue())
    await answer_ping.acknowledge(desk.services, take())
    with pytest.raises(Refused, match="You have ISS-1 already"):
        await answer_ping.acknowledge(desk.services, take(key="click:2"))


async def test_two_who_click_at_once_are_one_owner(desk: Desk) -> None:
    desk.has(issue(asks=(ask(ANA), ask(OMAR))))
    await answer_ping.acknowledge(desk.services, take(ANA, "a"))
    with pytest.raises(Refused, match="@U_ANA took ISS-1 at 12:00 UTC"):
        await answer_ping.acknowledge(desk.services, take(OMAR, "b"))
    assert desk.owner() == ANA


async def test_a_refusal_is_no_answer_to_remember(desk: Desk) -> None:
    desk.has(issue())
    with pytest.raises(FieldErrors):
        await work_issue.resolve(desk.services, about(ANA, " "))
    await work_issue.resolve(desk.services, about(ANA, "Restarted."))
    assert desk.issue().state is State.RESOLVED


async def test_a_lost_reply_is_found_by_the_same_key(desk: Desk) -> None:
    desk.has(issue())
    desk.transactions.lose_next_reply()
    with pytest.raises(OutcomeUnknown):
        await answer_ping.acknowledge(desk.services, take())
    assert "You have ISS-1 now" in (await answer_ping.acknowledge(desk.services, take())).sentence.plain()


async def test_what_was_not_saved_changed_nothing(desk: Desk) -> None:
    desk.has(issue())
    desk.transactions.refuse_next()
    with pytest.raises(NotSaved):
        await answer_ping.acknowledge(desk.services, take())
    assert desk.issue() == issue()
    assert desk.bell.rings == 0


@pytest.mark.parametrize("command", [take(number=9), take(workspace=T2)])
async def test_issues_that_are_not_here(desk: Desk, command: Acknowledge) -> None:
    desk.has(issue())
    desk.store.workspaces.put(workspace(T2), desk.clock.now())
    with pytest.raises(
        NotFound, match=r"^There is no ISS-\d here\. The Home tab of Rung shows the open ones\.$"
    ):
        await answer_ping.acknowledge(desk.services, command)


# --- rights -----------------------------------------------------------------------------------------------------------


async def test_those_who_were_asked_are_known_without_a_look_up(desk: Desk) -> None:
    desk.has(issue())
    desk.directory.goes_down()
    await answer_ping.acknowledge(desk.services, take())
    assert desk.owner() == ANA
    assert desk.directory.asked == []


async def test_the_manager_is_looked_up_when_needed_and_no_more_than_that(desk: Desk) -> None:
    desk.has(issue())
    await work_issue.update_requester(desk.services, about(MANAGER, "Soon."))
    assert desk.issue().last_update == "Soon."
    assert desk.directory.asked == [contact(MANAGER)]


async def test_while_the_directory_is_down_rights_only_get_smaller(desk: Desk) -> None:
    desk.has(taken(issue()))
    desk.directory.goes_down()
    with pytest.raises(NotAllowed):
        await work_issue.update_requester(desk.services, about(MANAGER, "Soon."))


async def test_a_colleague_confirms_that_they_mean_it(desk: Desk) -> None:
    desk.has(issue())
    with pytest.raises(NotOnPath):
        await answer_ping.acknowledge(desk.services, take("U_ELSE"))
    await answer_ping.acknowledge(desk.services, take("U_ELSE", anyway=True))
    assert desk.owner() == "U_ELSE"
    assert desk.store.timeline.of(issue().ref)[-1].data["off_path"] == 1


async def test_who_is_of_the_path_and_takes_it_unasked_is_written_down_as_that(desk: Desk) -> None:
    desk.has(issue(route=route([level("Desk", ANA), level("Leads", "group:leads")])))
    desk.directory.knows("group:leads", ask("U_ELSE").target)
    with pytest.raises(NotOnPath, match="You have not been asked about ISS-1"):
        await answer_ping.acknowledge(desk.services, take("U_ELSE"))
    await answer_ping.acknowledge(desk.services, take("U_ELSE", anyway=True))
    data = desk.store.timeline.of(issue().ref)[-1].data
    assert (data.get("unasked"), data.get("off_path")) == (1, None)


OUTSIDE = [PersonInfo("U_ELSE", "Else", guest=True), PersonInfo("U_ELSE", "Else", outsider=True)]


@pytest.mark.parametrize("person", OUTSIDE, ids=["guest", "outsider"])
async def test_guests_and_outsiders_cannot_take_it(desk: Desk, person: PersonInfo) -> None:
    desk.has(issue())
    desk.directory.knows_person(person)
    with pytest.raises(NotAllowed, match="Guests and people of other organisations"):
        await answer_ping.acknowledge(desk.services, take("U_ELSE"))


async def test_a_member_of_an_asked_channel_may(desk: Desk) -> None:
    desk.has(issue(asks=(ask(channel("C_OPS")),)))
    await answer_ping.acknowledge(desk.services, take("U_ELSE", via="C_OPS"))
    assert desk.owner() == "U_ELSE"


# --- each verb, with its answer ---------------------------------------------------------------------------------------


async def test_declining_says_who_can_still_answer(desk: Desk) -> None:
    desk.has(issue(asks=(ask(ANA), ask(OMAR))))
    out = Decline(workspace=T1, user=ANA, key="d", number=1, reason="Busy\0")
    assert (await answer_ping.decline(desk.services, out)).sentence.plain() == (
        "Noted: you can't take ISS-1, and you are not asked for it again. @U_OMAR can still answer."
    )
    assert desk.issue().asks[0].reason == "Busy"


async def test_the_last_to_decline_hears_who_is_asked_now(desk: Desk) -> None:
    desk.has(issue())
    out = Decline(workspace=T1, user=ANA, key="d", number=1)
    assert (
        (await answer_ping.decline(desk.services, out)).sentence.plain().endswith("Shift lead is asked now.")
    )
    assert desk.timers() == [("ask", 0), ("level_end", 30)]


async def test_escalating_says_who_is_asked_until_when(desk: Desk) -> None:
    desk.has(issue())
    up = Escalate(workspace=T1, user=ANA, key="e", number=1, seen=(1, 0))
    assert (await answer_ping.escalate(desk.services, up)).sentence.plain() == (
        "ISS-1: Shift lead is asked now, until 12:30 UTC."
    )


async def test_escalating_to_the_catch_all_names_the_manager(desk: Desk) -> None:
    last = at_level_two(issue()).bump(route=route(path=path(levels=route().levels[:2])))
    desk.has(last)
    up = Escalate(workspace=T1, user=ANA, key="e", number=1, seen=(2, 0), reason="x" * 900)
    assert (await answer_ping.escalate(desk.services, up)).sentence.plain() == (
        "ISS-1: the escalation manager is asked now."
    )
    assert len(desk.store.timeline.of(last.ref)[0].text("reason")) == 500


async def test_an_update_says_who_was_told(desk: Desk) -> None:
    desk.has(taken(issue(requester="U_RITA")))
    told = await work_issue.update_requester(desk.services, about(ANA, " Nearly done. "))
    assert told.sentence.plain() == "@U_RITA has been told."
    assert desk.issue().last_update == "Nearly done."


async def test_resolving_says_who_confirms(desk: Desk) -> None:
    desk.has(taken(issue()))
    done = await work_issue.resolve(desk.services, about(ANA, "Restarted."))
    assert done.sentence.plain() == "ISS-1 is resolved. @U_RAVI is asked to confirm."


async def test_the_requesters_own_solution_closes(desk: Desk) -> None:
    desk.has(issue(requester=ANA))
    done = await work_issue.resolve(desk.services, about(ANA, "Mine."))
    assert done.sentence.plain() == "ISS-1 is solved and closed."


async def test_confirming_closes(desk: Desk) -> None:
    desk.has(resolved(issue()))
    yes = IssueCommand(workspace=T1, user=RAVI, key="c", number=1)
    assert (await close_issue.confirm(desk.services, yes)).sentence.plain() == "Thank you. ISS-1 is closed."
    assert desk.timers() == []


async def test_disputing_opens_again_and_says_who_is_asked(desk: Desk) -> None:
    desk.has(resolved(issue()))
    no = await close_issue.dispute(desk.services, about(RAVI, "Still down."))
    assert no.sentence.plain() == "ISS-1 is open again. @U_ANA is asked."
    assert (desk.issue().state, desk.issue().position.stage) == (State.OPEN, Stage.OWNER)
    await desk.fire()
    assert [one.target.id for one in desk.issue().current_asks] == [ANA]


def test_whoever_changes_an_issue_has_locked_it_first() -> None:
    desk = Desk()
    desk.has(issue())
    store, issues = desk.store, Locks(desk.transactions.tables)
    store.issues = issues
    load(store, ref(1))
    assert issues.locked == [ref(1)]
