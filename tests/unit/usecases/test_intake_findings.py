"""Submitting the form: stored at once, or one page first; nothing slow is waited for, and nothing typed is lost."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from bot.domain.errors import FieldErrors
from bot.domain.findings import FindingKind
from bot.domain.flood import PER_PERSON, PER_WORKSPACE, Flooded
from bot.domain.ids import IssueRef
from bot.usecases import drafts
from bot.usecases.commands import RaiseIssue
from bot.usecases.housekeeping import forget_old
from bot.usecases.intake_findings import submit
from bot.usecases.ports import NotSaved, OutcomeUnknown, Unit
from bot.usecases.raise_issue import raise_issue
from bot.usecases.rows import Answer, PersonInfo
from tests.builders import NOON, RAVI, T1, issue
from tests.fakes.transactions import MemoryTransactions
from tests.unit.usecases.desk import FORM, Desk

T = TypeVar("T")


class Unreadable:
    """Transactions that store and are too slow to read."""

    def __init__(self, stored: MemoryTransactions) -> None:
        self._stored = stored

    async def run(self, unit: Unit[T], *, budget: timedelta | None = None) -> T:
        """As ever."""
        return await self._stored.run(unit, budget=budget)

    async def read(self, unit: Unit[T]) -> T:
        """Never in time."""
        await asyncio.Event().wait()
        raise AssertionError


def form(key: str = "view:1", **changes: Any) -> RaiseIssue:
    """Ravi submits the form."""
    values: dict[str, Any] = {"workspace": T1, "user": RAVI, "key": key, "fields": FORM, **changes}
    return RaiseIssue(**values)


def typed(**changes: str) -> dict[str, str]:
    return {**FORM, **changes}


async def said(desk: Desk, command: RaiseIssue) -> list[str]:
    """The kinds of what is said; nothing when it was stored."""
    done = await submit(desk.services, command)
    return [] if isinstance(done, Answer) else [one.kind.value for one in done]


def issues(desk: Desk) -> int:
    return len(desk.transactions.tables.issues)


def draft(desk: Desk, person: str = RAVI) -> dict[str, str] | None:
    """What is kept for somebody."""
    kept = desk.store.drafts.get(T1, person)
    return None if kept is None else dict(kept.fields)


async def test_the_first_submit_stores_when_there_is_nothing_to_say(desk: Desk) -> None:
    assert await said(desk, form()) == []
    assert issues(desk) == 1
    assert draft(desk) is None


async def test_the_second_submit_stores_whatever_there_is_to_say(desk: Desk) -> None:
    await raise_issue(desk.services, form("view:0"))
    again = form("view:1", fields=typed(tried="Everything"))
    assert await said(desk, again) == ["seen", "who"]
    assert issues(desk) == 1
    assert draft(desk) == typed(tried="Everything")
    assert await said(desk, form("view:1", findings=("seen", "who"))) == []
    assert issues(desk) == 2
    assert draft(desk) is None, "it is an issue now"
    (raised,) = [one for one in desk.store.timeline.of(IssueRef(T1, 2)) if one.kind.value == "raised"]
    assert raised.data["findings"] == "seen who"


async def test_a_submission_that_was_stored_finds_no_twin_of_itself(desk: Desk) -> None:
    assert await said(desk, form()) == []
    assert await said(desk, form()) == []
    assert issues(desk) == 1


async def test_a_slow_directory_never_blocks_the_raise(desk: Desk) -> None:
    await raise_issue(desk.services, form("view:0"))
    desk.directory.falls_silent()
    assert await said(desk, form(requester="U_RITA", updates_channel="C_NEWS")) == ["seen", "who"]
    desk.directory.goes_down()
    assert await said(desk, form(requester="U_RITA", updates_channel="C_NEWS", findings=())) == []
    assert desk.issue(2).requester == "U_RITA"


async def test_without_a_search_there_is_nothing_to_say(desk: Desk) -> None:
    """The database is too slow to look: it is stored all the same."""
    await raise_issue(desk.services, form("view:0"))

    services = replace(desk.services, transactions=Unreadable(desk.transactions))
    assert isinstance(await submit(services, form()), Answer)


@pytest.mark.parametrize("failure", [NotSaved, OutcomeUnknown, FieldErrors, Flooded])
async def test_what_could_not_be_stored_is_kept(desk: Desk, failure: type[Exception]) -> None:
    fields = dict(FORM)
    if failure is NotSaved:
        desk.transactions.refuse_next()
    elif failure is OutcomeUnknown:
        desk.transactions.lose_next_reply()
    elif failure is Flooded:
        desk.has(*(issue(number, raiser=RAVI) for number in range(1, PER_PERSON.most + 1)))
        desk.transactions.tables.numbers[T1] = PER_PERSON.most
    else:
        fields["title"] = " "
    with pytest.raises(failure):
        await submit(desk.services, form(fields=fields, findings=()))
    assert draft(desk) == {name: text for name, text in fields.items() if text}


async def test_a_draft_that_cannot_be_kept_changes_nothing(desk: Desk) -> None:
    desk.transactions.refuse_next(2)
    with pytest.raises(NotSaved):
        await submit(desk.services, form())
    assert draft(desk) is None


async def test_a_draft_gone_on_with_is_dropped_with_the_issue_and_another_one_is_not(desk: Desk) -> None:
    with pytest.raises(FieldErrors):
        await submit(desk.services, form("view:1", fields=typed(title=" ")))
    await submit(desk.services, form("view:2", fields=typed(title="Quite another thing")))
    assert draft(desk) is not None
    await submit(desk.services, form("view:3", draft="view:1", findings=()))
    assert draft(desk) is None


async def test_drafts_are_kept_a_week(desk: Desk) -> None:
    with pytest.raises(FieldErrors):
        await submit(desk.services, form(fields=typed(title=" ")))
    assert await drafts.of(desk.services, T1, RAVI) is not None
    desk.clock.advance(seconds=drafts.KEPT.total_seconds())
    assert await drafts.of(desk.services, T1, RAVI) is None
    desk.clock.advance(seconds=1)
    await forget_old(desk.services)
    assert draft(desk) is None


async def test_two_hundred_raised_in_a_minute_by_many_are_all_stored(desk: Desk) -> None:
    for number in range(200):
        command = form(f"view:{number}", user=f"U_{number % 100}", fields=typed(title=f"storm {number}"))
        await raise_issue(desk.services, command)
    assert issues(desk) == 200


async def test_beyond_any_storm_it_is_refused_for_everybody(desk: Desk) -> None:
    number = PER_WORKSPACE.most
    desk.store.issues.next_number(T1)
    for one in range(1, number + 1):
        desk.transactions.tables.issues[IssueRef(T1, one)] = issue(one, raiser=f"U_{one}")
    desk.transactions.tables.numbers[T1] = number
    with pytest.raises(Flooded, match="600 issues were raised here in the last 1 min"):
        await raise_issue(desk.services, form(user="U_NEW"))
    desk.clock.advance(minutes=1)
    await raise_issue(desk.services, form(user="U_NEW"))


WRONG = {
    "a bot": (PersonInfo("U_X", "Deploy Bot", bot=True), "Deploy Bot is a bot and reads no messages."),
    "who has left": (PersonInfo("U_X", "Lena", deactivated=True), "Lena has left Slack."),
    "an outsider": (
        PersonInfo("U_X", "Eve", outsider=True),
        "Eve is of another organisation and gets no messages of Rung.",
    ),
}


@pytest.mark.parametrize(("person", "why"), WRONG.values(), ids=WRONG.keys())
async def test_a_requester_who_cannot_be_told_is_said_at_the_field(
    desk: Desk, person: PersonInfo, why: str
) -> None:
    desk.directory.knows_person(person)
    with pytest.raises(FieldErrors) as asked:
        await submit(desk.services, form(requester="U_X"))
    assert asked.value.fields == {
        "requester": f"{why} Please choose somebody else, or write their name below."
    }
    assert issues(desk) == 0


async def test_a_guest_may_be_the_requester(desk: Desk) -> None:
    desk.directory.knows_person(PersonInfo("U_X", "Gus", guest=True))
    assert await said(desk, form(requester="U_X")) == []


async def test_a_channel_rung_is_not_in_is_said_in_the_form_with_everything_else(desk: Desk) -> None:
    desk.directory.closes("C_SECRET")
    desk.directory.knows_person(PersonInfo("U_X", "Lena", deactivated=True))
    command = form(requester="U_X", updates_channel="C_SECRET", fields=typed(title="🔥"))
    with pytest.raises(FieldErrors) as asked:
        await submit(desk.services, command)
    assert set(asked.value.fields) == {"requester", "updates_channel", "title"}
    assert asked.value.fields["updates_channel"].startswith("Rung is not in this channel")


async def test_times_are_read_where_their_writer_is(desk: Desk) -> None:
    desk.directory.knows_person(PersonInfo(RAVI, "Ravi", tz="America/New_York"))
    await submit(desk.services, form(fields=typed(promised_by="6:30"), findings=()))
    due = desk.issue().facts.promised_by
    assert due is not None
    assert due.isoformat() == "2026-03-02T11:30:00+00:00"
    assert due < NOON


async def test_a_promise_that_holds_takes_a_reason_on_the_page(desk: Desk) -> None:
    fields = typed(promised_by="2026-03-02T14:00:00+00:00")
    assert await said(desk, form(fields=fields)) == ["promise", "who"]
    shown = (FindingKind.PROMISE.value, FindingKind.WHO.value)
    with pytest.raises(FieldErrors) as asked:
        await submit(desk.services, form(fields=fields, findings=shown))
    assert set(asked.value.fields) == {"raised_because"}
    assert (
        await said(desk, form(fields={**fields, "raised_because": "Nobody is there"}, findings=shown)) == []
    )
    assert desk.issue().facts.raised_because == "Nobody is there"


async def test_a_priority_by_hand_takes_the_place_of_the_computed_one(desk: Desk) -> None:
    fields = typed(priority="p3", priority_reason="Known already")
    await submit(desk.services, form(fields=fields))
    assert (desk.issue().route.priority.key, desk.issue().facts.priority) == ("p3", "p3")
    fields = typed(priority="p1", priority_reason="", title="Quite another thing")
    await submit(desk.services, form("view:2", fields=fields))
    assert desk.issue(2).facts.priority == "", "it is what impact and urgency give anyway"


async def test_private_is_private_from_the_start(desk: Desk) -> None:
    await submit(desk.services, form(fields=typed(private="yes", nameless="yes")))
    assert desk.issue().private
    assert desk.issue().facts.nameless


async def test_a_guest_is_not_told_of_what_is_not_theirs(desk: Desk) -> None:
    await raise_issue(desk.services, form("view:0", user="U_LENA"))
    desk.directory.knows_person(PersonInfo(RAVI, "Ravi", guest=True))
    assert await said(desk, form()) == []
    assert await said(desk, form("view:2", user="U_ZOE")) == ["seen", "seen", "often", "who"]
