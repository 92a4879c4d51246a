"""A place that is gone: stand-ins, and a line in the timeline that says so."""

from datetime import date

import pytest

from bot.domain.delivery import Reason, Rejected, RowState
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus
from bot.domain.notices import card_notice, requester_target, tell_manager
from bot.domain.notices import ping as ping_for
from bot.domain.notification import NoticeKind
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.words import say
from tests.builders import (
    ANA,
    MANAGER,
    OMAR,
    RAVI,
    T1,
    ask,
    channel,
    contact,
    in_channel,
    issue,
    matrix,
    notice,
    path,
    position,
    published,
    ref,
    route,
    rules,
    user,
)
from tests.unit.usecases.desk import Desk

NO_ROUTE = Rejected(Reason.ROUTE, "is_archived")
TWO = issue(asks=(ask(ANA), ask(OMAR)))
PINGS = [ping_for(TWO, one, NoticeKind.PING, "ping") for one in TWO.asks]


async def test_a_card_whose_channel_is_gone_goes_to_the_catch_all_and_says_so(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(card_notice(TWO))
    desk.channel.refuses("#issues", NO_ROUTE)
    await desk.deliver()
    assert [one.row.notice.to.id for one in desk.channel.letters][:2] == ["#issues", "#all-hands"]
    card = desk.store.messages.get(TWO.ref, "card")
    assert card is not None
    assert card.place == "#all-hands"
    (event,) = desk.store.timeline.of(ref())
    assert (event.kind, event.data) == (
        EventKind.REROUTED,
        {"what": "The card", "from": "#issues", "to": "#all-hands", "why": "is_archived"},
    )
    assert desk.said(NoticeKind.LOG) == [
        "#issues: The card could not be posted in #issues, so it went to #all-hands. Reason: is_archived."
    ]
    assert desk.channel.sent(NoticeKind.LOG)[0].thread == card


async def test_then_to_the_manager(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(card_notice(TWO))
    for place in ("#issues", "#all-hands"):
        desk.channel.refuses(place, NO_ROUTE)
    await desk.deliver()
    (event,) = desk.store.timeline.of(ref())
    assert (event.text("from"), event.text("to")) == ("#issues", "a direct message")
    assert desk.channel.sent(NoticeKind.CARD)[2].row.notice.to == user(MANAGER)


async def test_a_card_nobody_takes_is_dead_and_visible(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(card_notice(TWO))
    desk.channel.answers_kind(NoticeKind.CARD, NO_ROUTE)
    await desk.deliver()
    assert desk.row("card").state is RowState.DEAD
    assert desk.row("card").last_error == "is_archived"
    assert desk.happened() == []


async def test_other_refusals_are_not_rerouted(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(card_notice(TWO))
    desk.channel.answers(Rejected(Reason.CONTENT, "invalid_blocks"))
    await desk.deliver()
    assert len(desk.channel.letters) == 1


@pytest.mark.parametrize(
    ("updates_channel", "gone", "tried"),
    [
        ("C_NEWS", ["C_NEWS"], ["C_NEWS", "U_RITA"]),
        ("C_NEWS", ["C_NEWS", "U_RITA"], ["C_NEWS", "U_RITA", RAVI]),
        ("", ["U_RITA"], ["U_RITA", RAVI]),
    ],
)
async def test_news_reach_the_requester_else_the_raiser(
    desk: Desk, updates_channel: str, gone: list[str], tried: list[str]
) -> None:
    one = issue(requester="U_RITA", updates_channel=in_channel(updates_channel) if updates_channel else None)
    desk.has(one)
    desk.due(notice(NoticeKind.REQUESTER, "req:1", to=requester_target(one), lane="req", args={"opening": 1}))
    for place in gone:
        desk.channel.refuses(place, NO_ROUTE)
    await desk.deliver()
    assert [each.row.notice.to.id for each in desk.channel.sent(NoticeKind.REQUESTER)] == tried
    (event,) = desk.store.timeline.of(ref())
    assert event.text("what") == "An update for the requester"


async def test_the_path_owners_letter_goes_to_the_manager_instead(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(notice(NoticeKind.PATH_OWNER, "p", to=user("@gone"), lane="p"))
    await desk.deliver()
    assert desk.channel.letters[0].row.notice.to == user(MANAGER)


async def test_people_written_as_the_matrix_writes_them_are_looked_up(desk: Desk) -> None:
    desk.directory.knows("@pat", user("U_PAT"))
    desk.has(TWO)
    desk.due(notice(NoticeKind.PATH_OWNER, "p", to=user("@pat"), lane="p"))
    await desk.deliver()
    assert desk.channel.letters[0].row.notice.to == user("U_PAT")


async def test_while_the_directory_is_down_a_letter_waits_and_loses_no_attempt(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(notice(NoticeKind.PATH_OWNER, "p", to=user("@pat"), lane="p"))
    desk.directory.goes_down()
    await desk.deliver()
    row = desk.row("p")
    assert (row.state, row.attempts) == (RowState.PENDING, 0)
    assert desk.channel.letters == []


async def test_a_letter_to_nobody_at_all_is_dead(desk: Desk) -> None:
    desk.has(TWO)
    desk.directory.knows("@gone", why="nobody is called @gone")
    desk.due(notice(NoticeKind.OWNER, "o", to=user("@gone"), lane="o"))
    await desk.deliver()
    assert (desk.row("o").state, desk.row("o").last_error) == (RowState.DEAD, "nobody is called @gone")


# --- those who are asked have no stand-in: the ladder goes on ---------------------------------------------------------


async def test_a_ping_without_a_route_skips_only_that_person(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(*PINGS)
    desk.channel.refuses(ANA, NO_ROUTE)
    await desk.deliver()
    assert [one.status for one in desk.issue().asks] == [AskStatus.UNREACHABLE, AskStatus.ASKED]
    assert desk.issue().position.level == 1
    assert desk.row(PINGS[0].key).state is RowState.CANCELLED


async def test_when_nobody_can_be_reached_the_level_ends_early(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(*PINGS)
    desk.channel.answers_kind(NoticeKind.PING, NO_ROUTE)
    await desk.deliver()
    assert desk.issue().position.level == 2
    assert desk.happened() == [
        EventKind.UNREACHABLE,
        EventKind.UNREACHABLE,
        EventKind.LEVEL_ENDED,
        EventKind.LEVEL_STARTED,
    ]
    assert desk.timers() == [("ask", 0), ("level_end", 30)]


async def test_the_last_resort_goes_on_trying_people_it_could_not_reach(desk: Desk) -> None:
    levels = [route().levels[0]]
    one = issue(
        asks=(),
        position=position(asked=False),
        route=route(path=path(levels=levels, owner=contact("U_PAT"))),
    )
    desk.has(one)
    desk.channel.answers_kind(NoticeKind.PING, NO_ROUTE)
    desk.channel.answers_kind(NoticeKind.NAG, NO_ROUTE)
    await desk.settle()
    await desk.settle(minutes=1)
    for _ in range(3):
        await desk.settle(minutes=15)
    assert {each.status for each in desk.issue().current_asks} == {AskStatus.UNREACHABLE}

    desk.channel.mends()
    before = len(desk.channel.sent(NoticeKind.NAG))
    await desk.settle(minutes=15)
    again = desk.channel.sent(NoticeKind.NAG)[before:]
    assert {each.row.notice.to for each in again} == {user(MANAGER), user("U_PAT"), channel("#all-hands")}
    assert {each.status for each in desk.issue().current_asks} == {AskStatus.ASKED}


# --- the escalation manager -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "read_by"),
    [
        ([], MANAGER),
        ([MANAGER], "U_PAT"),
        ([MANAGER, "U_PAT"], "U_ADMIN"),
        ([MANAGER, "U_PAT", "U_ADMIN"], "#all-hands"),
    ],
    ids=["there", "gone", "gone, and the path's owner too", "and the admins"],
)
async def test_what_a_manager_must_know_is_read_by_somebody(
    desk: Desk, gone: list[str], read_by: str
) -> None:
    one = issue(route=route(path=path(owner=contact("U_PAT"))))
    desk.has(one)
    desk.directory.knows("workspace admins", user("U_ADMIN"))
    for who in gone:
        desk.channel.refuses(who, NO_ROUTE)
    desk.due(tell_manager(one, "1:0", say("ISS-1 is later than promised.")))
    await desk.deliver()
    assert desk.channel.sent(NoticeKind.MANAGER)[-1].row.notice.to.id == read_by


async def test_a_manager_on_call_is_whoever_has_the_shift(desk: Desk) -> None:
    always = Layer((contact(OMAR),), date(2026, 1, 1))
    document = matrix(schedules=(Schedule("duty", "UTC", (always,)),))
    desk.matrices.hold(T1, published(document=document))
    one = issue(route=route(rules=rules(escalation_manager=contact("oncall:duty"))))
    desk.has(one)
    desk.due(tell_manager(one, "1:0", say("ISS-1 is later than promised.")))
    await desk.deliver()
    assert [each.row.notice.to.id for each in desk.channel.sent(NoticeKind.MANAGER)] == [OMAR]
