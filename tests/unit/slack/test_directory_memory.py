"""How often Slack is asked: once in five minutes, sooner after events, later when it asks for a pause."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.delivery import Reason
from bot.usecases.outside import DirectoryDown
from tests.builders import T1, contact
from tests.fakes.clock import FakeClock
from tests.unit.slack.desk import ANA, CHANNELS, ROSTER, Desk, slack
from tests.unit.slack.fake_slack import busy, down, refused


@pytest.fixture
def desk(clock: FakeClock) -> Desk:
    return Desk(slack(), clock)


async def test_each_thing_is_asked_once_in_five_minutes(desk: Desk) -> None:
    contacts = [contact(one) for one in ("U_ANA", "@ana", "@omar", "group:sre", "#ops-desk", "#attic")]

    for _ in range(3):
        await asyncio.gather(*(desk.directory.resolve(T1, contacts) for _ in range(5)))

    methods = [method for method, _ in desk.slack.asked]
    assert sorted(methods) == sorted(set(methods))


async def test_people_channels_and_groups_are_asked_again_after_five_minutes(desk: Desk) -> None:
    for _ in range(2):
        await desk.directory.resolve(T1, [contact("U_ANA"), contact("#ops-desk"), contact("group:sre")])
        desk.clock.advance(minutes=5)

    for method in ("users.info", "conversations.list", "usergroups.list", "usergroups.users.list"):
        assert desk.slack.count(method) == 2


async def test_a_channel_made_a_minute_ago_is_found(desk: Desk) -> None:
    await desk.resolve("#ops-desk")
    desk.clock.advance(minutes=1)
    desk.slack.answers["conversations.list"] = {
        "channels": [*CHANNELS, {"id": "C0WARROOM", "name": "war-room"}]
    }

    assert await desk.ids("#war-room") == ["C0WARROOM"]


async def test_a_name_that_does_not_exist_is_not_asked_for_all_the_time(desk: Desk) -> None:
    for _ in range(20):
        await desk.resolve("#nowhere")
        await desk.resolve("@nobody")
        await desk.resolve("group:ghosts")
        desk.clock.advance(seconds=1)

    assert len(desk.slack.asked) == 3


async def test_the_list_of_members_is_not_read_when_it_is_not_needed(desk: Desk) -> None:
    await desk.directory.resolve(T1, [contact("U_ANA"), contact("ana@example.com"), contact("group:sre")])

    assert desk.slack.count("users.list") == 0


async def test_when_slack_is_down_what_is_known_goes_on_working(desk: Desk) -> None:
    await desk.resolve("U_ANA")
    desk.slack.answers = {method: down() for method in desk.slack.answers}
    desk.clock.advance(minutes=30)

    assert await desk.ids("U_ANA") == ["U_ANA"]
    for written in ("U_OMAR", "ana@example.com", "@ana", "group:sre", "#ops-desk"):
        with pytest.raises(DirectoryDown):
            await desk.resolve(written)


WITHOUT = {
    "@ana": ("users.list", [], "Handles cannot be read here; use an e-mail address or a user id."),
    "group:sre": ("usergroups.list", [], "User groups cannot be read here; name people instead."),
    "#ops-desk": ("conversations.list", ["#ops-desk"], ""),
    "ana@example.com": ("users.lookupByEmail", ["U_ANA"], ""),
}


@pytest.mark.parametrize(("written", "goes"), WITHOUT.items(), ids=WITHOUT)
async def test_a_method_that_never_answers_is_done_without_while_slack_is_there(
    desk: Desk, written: str, goes: tuple[str, list[str], str]
) -> None:
    method, reached, why = goes
    desk.slack.answers |= {method: down(), "auth.test": {"user_id": "U_RUNG"}}
    for _ in range(2):
        with pytest.raises(DirectoryDown):
            await desk.resolve(written)
    found = await desk.resolve(written)
    assert ([target.id for target in found.targets], found.why) == (reached, why)
    assert desk.capabilities.reduced()

    desk.clock.advance(minutes=4)
    await desk.resolve(written)
    assert desk.slack.count(method) == 3, "it is left alone for a while"
    desk.slack.answers = slack().answers
    desk.clock.advance(minutes=2)
    assert (await desk.resolve(written)).targets
    assert desk.capabilities.reduced() == []


async def test_what_was_known_before_a_method_fell_silent_still_holds(desk: Desk) -> None:
    await desk.resolve("@ana")
    desk.slack.answers |= {"users.list": down(), "auth.test": {"user_id": "U_RUNG"}}
    for _ in range(4):
        desk.clock.advance(minutes=6)
        assert await desk.ids("@ana") == ["U_ANA"]
    assert "Handles cannot be read here" in (await desk.resolve("@zoe")).why


async def test_a_pause_that_slack_asks_for_is_kept(desk: Desk) -> None:
    desk.slack.answers["users.list"] = busy(40)

    for waited in (0, 10):
        desk.clock.advance(seconds=waited)
        with pytest.raises(DirectoryDown) as down_:
            await desk.resolve("@ana")
        assert down_.value.after == timedelta(seconds=40 - waited)
    assert desk.slack.count("users.list") == 1

    desk.slack.answers["users.list"] = {"members": ROSTER}
    desk.clock.advance(seconds=30)
    assert await desk.ids("@ana") == ["U_ANA"]


async def test_a_token_that_is_no_longer_good_does_not_mean_that_nobody_is_there(desk: Desk) -> None:
    desk.slack.answers["users.info"] = refused("token_revoked", Reason.TEAM)

    with pytest.raises(DirectoryDown):
        await desk.resolve("U_ANA")


@pytest.mark.parametrize(
    ("event", "again"),
    [
        ({"type": "user_change", "user": {"id": "U_ANA"}}, "users.info"),
        ({"type": "team_join", "user": {"id": "U_ZOE"}}, "users.list"),
        ({"type": "subteam_members_changed", "subteam_id": "S1"}, "usergroups.users.list"),
        ({"type": "subteam_updated", "subteam": {"id": "S1"}}, "usergroups.list"),
        ({"type": "channel_rename", "channel": {"id": "C0OPSDESK"}}, "conversations.list"),
        ({"type": "channel_archive", "channel": "C0OPSDESK"}, "conversations.list"),
        ({"type": "member_left_channel", "user": "U_RUNG", "channel": "C0OPSDESK"}, "conversations.list"),
    ],
)
async def test_events_make_the_directory_ask_again(desk: Desk, event: dict[str, Any], again: str) -> None:
    contacts = [contact(one) for one in ("U_ANA", "@omar", "group:sre", "#ops-desk")]
    await desk.directory.resolve(T1, contacts)

    desk.directory.heard(event)
    await desk.directory.resolve(T1, contacts)

    assert desk.slack.count(again) == 2


async def test_a_new_status_does_not_make_the_list_of_members_be_read_again(desk: Desk) -> None:
    await desk.resolve("@ana")

    tea = {**ANA, "profile": {**ANA["profile"], "status_emoji": ":tea:"}}
    desk.directory.heard({"type": "user_change", "user": tea})
    await desk.resolve("@ana")
    assert desk.slack.count("users.list") == 1

    desk.directory.heard({"type": "user_change", "user": {**ANA, "deleted": True}})
    await desk.resolve("@ana")
    assert desk.slack.count("users.list") == 2


async def test_somebody_gets_another_address(desk: Desk) -> None:
    await desk.resolve("ana@example.com")

    desk.directory.heard({"type": "user_change", "user": ANA})
    await desk.resolve("ana@example.com")

    assert desk.slack.count("users.lookupByEmail") == 2


@pytest.mark.parametrize(
    "event",
    [{"type": "message"}, {}, {"type": "member_left_channel", "user": "U_ANA", "channel": "C0OPSDESK"}],
)
async def test_other_events_change_nothing(desk: Desk, event: dict[str, Any]) -> None:
    await desk.resolve("#ops-desk")

    desk.directory.heard(event)
    await desk.resolve("#ops-desk")

    assert desk.slack.count("conversations.list") == 1
