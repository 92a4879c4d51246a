"""A check-up of rows and of the matrix: what an operator reads, and what to do next."""

from datetime import timedelta

import pytest

from bot.domain.checks import Check, Verdict
from bot.domain.delivery import Reason, Rejected
from bot.domain.issue import AskStatus
from bot.domain.notification import NoticeKind
from bot.domain.timers import plan
from bot.usecases.checkup import look_at_rows
from bot.usecases.checkup_matrix import look_at_matrix
from tests.builders import (
    ANA,
    MANAGER,
    T1,
    ask,
    channel,
    contact,
    issue,
    matrix,
    notice,
    path,
    published,
    unanswered,
    user,
)
from tests.unit.usecases.desk import Desk

OK, ATTENTION, BROKEN, UNCHECKED = Verdict.OK, Verdict.ATTENTION, Verdict.BROKEN, Verdict.UNCHECKED
SECRET = "Canary wrote this"
ADMINS = "workspace admins"


async def rows(desk: Desk, later: timedelta = timedelta(0)) -> dict[str, Check]:
    """By name."""
    return {one.name: one for one in await look_at_rows(desk.transactions, T1, desk.clock.now() + later)}


async def about_the_matrix(desk: Desk) -> list[Check]:
    """Of what is in force."""
    held = desk.matrices.current(T1)
    assert held is not None
    return await look_at_matrix(desk.services, T1, held)


async def test_a_store_without_trouble_is_fine(desk: Desk) -> None:
    found = await rows(desk)
    assert {one.verdict for one in found.values()} == {OK}
    assert list(found) == ["open issues", "failed messages", "oldest message on its way", "timers"]


async def test_an_issue_that_nobody_can_be_told_about_is_broken(desk: Desk) -> None:
    desk.has(unanswered(issue()).bump(asks=(ask(MANAGER, 0, status=AskStatus.UNREACHABLE, reason="left"),)))
    check = (await rows(desk))["open issues"]
    assert (check.verdict, check.said.startswith("ISS-1 is unanswered and nobody can be told")) == (
        BROKEN,
        True,
    )


async def test_messages_that_failed_are_counted_and_the_newest_is_named(desk: Desk) -> None:
    desk.has(issue())
    for key in ("card", "other"):
        desk.due(notice(key=key, lane=key, args={"quote": SECRET}))
    desk.channel.answers_kind(NoticeKind.CARD, Rejected(Reason.CONTENT, "Slack does not take it."))
    await desk.deliver()
    check = (await rows(desk))["failed messages"]
    assert check.line == (
        "attention    failed messages: 2 messages failed for good; the newest: ISS-1, the card to C_ISSUES "
        "(Slack does not take it). Look at them with rung outbox list."
    )


@pytest.mark.parametrize(
    ("minutes", "verdict", "age"),
    [
        (0, OK, "0 s"),
        (5, OK, "5 min"),
        (5.1, ATTENTION, "5 min"),
        (60.1, BROKEN, "60 min"),
        (130, BROKEN, "2 h"),
    ],
)
async def test_a_message_that_waits_long_is_named(
    desk: Desk, minutes: float, verdict: Verdict, age: str
) -> None:
    desk.has(issue())
    desk.due(notice(args={"quote": SECRET}))
    check = (await rows(desk, timedelta(minutes=minutes)))["oldest message on its way"]
    assert check.verdict is verdict
    assert check.said == f"1 message on the way, the oldest for {age}: ISS-1, the card to C_ISSUES."


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(0, OK), (59, OK), (61, ATTENTION), (300, ATTENTION), (301, BROKEN)]
)
async def test_timers_that_nobody_makes_take_effect_are_told(
    desk: Desk, seconds: float, verdict: Verdict
) -> None:
    desk.has(issue())
    due = min(timer.due_at for timer in plan(issue()))
    check = (await rows(desk, due - desk.clock.now() + timedelta(seconds=seconds)))["timers"]
    assert check.verdict is verdict
    assert ("of ISS-1" in check.said) is (verdict is not OK)


async def test_people_and_channels_of_the_last_resort_are_named(desk: Desk) -> None:
    desk.publish(
        path("Payments", owner=contact("U_PAT")), path("Shops", owner=contact("U_PAT")), path("Rest")
    )
    desk.directory.knows(ADMINS, user("U_ADMIN"))
    found = [one for one in await about_the_matrix(desk) if one.name.startswith("last resort")]
    manager, admins = "the escalation manager: U_Manager (U_MANAGER)", "admins: U_Admin (U_ADMIN)"
    assert [one.line for one in found] == [
        f"ok           last resort of Payments, Shops: it asks {manager}, else the path's owner: U_Pat (U_PAT), else "
        f"{admins}; beside them #all-hands.",
        f"ok           last resort of Rest: it asks {manager}, else {admins}; beside them #all-hands.",
    ]


@pytest.mark.parametrize(
    ("gone", "verdict", "said"),
    [
        (
            [MANAGER],
            ATTENTION,
            "the escalation manager cannot be asked (gone); it asks the path's owner: U_Pat (U_PAT)",
        ),
        (
            ["U_PAT"],
            OK,
            "the path's owner cannot be asked (gone); it asks the escalation manager: U_Manager (U_MANAGER)",
        ),
        (["#all-hands"], ATTENTION, "the catch-all channel cannot be used (gone)."),
        ([MANAGER, "U_PAT", ADMINS], ATTENTION, "admins cannot be asked (gone); beside them #all-hands."),
        (
            [MANAGER, "U_PAT", ADMINS, "#all-hands"],
            BROKEN,
            "Nobody can be told when its ladder is over: the escalation manager cannot be asked (gone)",
        ),
    ],
    ids=["manager", "owner", "channel", "all people", "all"],
)
async def test_whoever_is_gone_is_named_with_why(
    desk: Desk, gone: list[str], verdict: Verdict, said: str
) -> None:
    desk.publish(path("Payments", owner=contact("U_PAT")))
    desk.directory.knows(ADMINS, user("U_ADMIN"))
    for one in gone:
        desk.directory.knows(one, why="gone.")
    (check,) = [one for one in await about_the_matrix(desk) if one.name.startswith("last resort")]
    assert check.verdict is verdict
    assert said in check.said


async def test_a_channel_that_rung_is_not_in_is_told(desk: Desk) -> None:
    rules = matrix().workspace
    desk.directory.knows(str(rules.issue_channel), channel("C1"), outside=True)
    desk.directory.knows(str(rules.catch_all), why="There is no channel #all-hands.")
    found = {one.name: one for one in await about_the_matrix(desk)}
    assert found["issue channel"].verdict is ATTENTION
    assert found["issue channel"].to_do == "Invite it with /invite."
    assert (found["catch-all channel"].verdict, found["catch-all channel"].said) == (
        BROKEN,
        "There is no channel #all-hands.",
    )


async def test_flaws_are_lines_of_their_own_and_notes_are_counted(desk: Desk) -> None:
    desk.directory.knows(ANA, why="Ana has left Slack.")
    desk.matrices.hold(T1, published(7, matrix()))
    found = [one for one in await about_the_matrix(desk) if one.name == "matrix"]
    assert found[0].said.startswith("version 7 is in force; ")
    assert any("Ana has left Slack." in one.said and one.verdict is not OK for one in found[1:])


async def test_a_slack_that_stops_answering_leaves_that_unchecked(desk: Desk) -> None:
    desk.directory.goes_down()
    found = {one.name: one.verdict for one in await about_the_matrix(desk)}
    assert (found["channels"], found["last resort"]) == (UNCHECKED, UNCHECKED)
