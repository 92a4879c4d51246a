"""Raising: the form becomes an issue on level 1, once, whatever is repeated or lost."""

from typing import Any

import pytest

from bot.domain.errors import FieldErrors, Refused
from bot.domain.events import EventKind
from bot.domain.ids import WorkspaceId
from bot.domain.lifecycle import State
from bot.domain.notification import NoticeKind
from bot.usecases.commands import RaiseIssue
from bot.usecases.ports import NotSaved, OutcomeUnknown
from bot.usecases.raise_issue import raise_issue
from tests.builders import P1, RAVI, T1, channel, path
from tests.unit.usecases.desk import FORM, Desk


def form(key: str = "view:1", **changes: Any) -> RaiseIssue:
    """Ravi submits the form."""
    values: dict[str, Any] = {"workspace": T1, "user": RAVI, "key": key, "fields": FORM, **changes}
    return RaiseIssue(**values)


async def test_an_issue_is_stored_with_its_timers_messages_and_answer(desk: Desk) -> None:
    answer = await raise_issue(desk.services, form())
    assert answer.number == 1
    assert answer.sentence.plain() == (
        "ISS-1 is raised. Priority: P1 Critical. Front desk answers by 12:15 UTC. You can follow it in #issues."
    )
    one = desk.issue()
    assert (one.state, one.raiser, one.requester, one.route.priority) == (State.OPEN, RAVI, RAVI, P1)
    assert desk.timers() == [("ask", 0), ("level_end", 15)]
    assert desk.happened() == [EventKind.RAISED, EventKind.LEVEL_STARTED]
    assert [row.notice.kind for row in desk.rows()] == [
        NoticeKind.CARD,
        NoticeKind.REQUESTER,
        NoticeKind.LOG,
    ]
    assert desk.bell.rings == 1


async def test_the_same_submission_twice_is_one_issue_and_one_answer(desk: Desk) -> None:
    first = await raise_issue(desk.services, form())
    again = await raise_issue(desk.services, form())
    assert again == first
    assert len(desk.transactions.tables.issues) == 1
    assert len(desk.rows(NoticeKind.CARD)) == 1


async def test_two_submissions_are_two_issues(desk: Desk) -> None:
    await raise_issue(desk.services, form("view:1"))
    assert (await raise_issue(desk.services, form("view:2"))).number == 2


async def test_a_lost_reply_is_found_by_submitting_again(desk: Desk) -> None:
    desk.transactions.lose_next_reply()
    with pytest.raises(OutcomeUnknown):
        await raise_issue(desk.services, form())
    assert (await raise_issue(desk.services, form())).number == 1
    assert len(desk.transactions.tables.issues) == 1


async def test_what_was_not_saved_left_nothing(desk: Desk) -> None:
    desk.transactions.refuse_next()
    with pytest.raises(NotSaved):
        await raise_issue(desk.services, form())
    assert desk.rows() == []
    assert desk.bell.rings == 0
    assert (await raise_issue(desk.services, form())).number == 1, "no number was used up"


async def test_who_raises_for_somebody_else_gets_an_answer_and_the_requester_the_news(desk: Desk) -> None:
    await raise_issue(desk.services, form(requester="U_RITA", asked_in="C_SHOP", updates_channel="C_NEWS"))
    assert desk.issue().requester == "U_RITA"
    (told,) = desk.said(NoticeKind.WHISPER)
    assert told.startswith("U_RAVI: ISS-1 is raised. Priority: P1 Critical.")
    assert told.endswith("You are told how it goes, too.")
    (row,) = desk.rows(NoticeKind.WHISPER)
    assert row.notice.text("channel") == "C_SHOP"
    assert desk.rows(NoticeKind.REQUESTER)[0].notice.to.id == "C_NEWS"


async def test_who_raises_for_themselves_is_told_once(desk: Desk) -> None:
    await raise_issue(desk.services, form(asked_in="C_SHOP"))
    assert desk.rows(NoticeKind.WHISPER) == []


async def test_a_form_that_needs_another_look_stores_nothing(desk: Desk) -> None:
    with pytest.raises(FieldErrors) as asked:
        await raise_issue(desk.services, form(fields={**FORM, "title": " ", "type": "gone"}))
    assert set(asked.value.fields) == {"title", "type"}
    assert desk.rows() == []


async def test_a_matrix_without_a_path_for_it_is_said_at_the_type(desk: Desk) -> None:
    desk.publish(path(match={"type": ("hardware",)}))
    with pytest.raises(FieldErrors) as asked:
        await raise_issue(desk.services, form())
    assert asked.value.fields == {
        "type": "No path of the matrix takes this issue. Ask an admin to add a path without match."
    }


SHOP = path("Shop floor", match={"channel": ("#shop-floor", "#till")})


async def test_the_channel_it_was_raised_in_may_choose_the_path(desk: Desk) -> None:
    desk.publish(SHOP, path("The rest"))
    desk.directory.knows("#shop-floor", channel("C_SHOP"))
    await raise_issue(desk.services, form("view:1", asked_in="C_SHOP"))
    await raise_issue(desk.services, form("view:2", asked_in="C_OFFICE"))
    await raise_issue(desk.services, form("view:3"))
    shop, office, nowhere = (desk.issue(number) for number in (1, 2, 3))
    assert (shop.route.path.name, shop.facts.channel) == ("Shop floor", "#shop-floor")
    assert (office.route.path.name, office.facts.channel) == ("The rest", "C_OFFICE")
    assert (nowhere.route.path.name, nowhere.facts.channel) == ("The rest", "")


async def test_without_the_directory_an_issue_goes_by_its_other_facts(desk: Desk) -> None:
    desk.publish(SHOP, path("The rest"))
    desk.directory.knows("#shop-floor", channel("C_SHOP"))
    desk.directory.goes_down()
    await raise_issue(desk.services, form(asked_in="C_SHOP"))
    assert desk.issue().route.path.name == "The rest"


async def test_nobody_is_asked_for_channels_that_no_rule_names(desk: Desk) -> None:
    await raise_issue(desk.services, form(asked_in="C_SHOP"))
    assert desk.directory.asked == []


async def test_without_a_matrix_there_is_nothing_to_raise(desk: Desk) -> None:
    with pytest.raises(Refused, match="There is no escalation matrix yet"):
        await raise_issue(desk.services, form(workspace=WorkspaceId("T9")))
