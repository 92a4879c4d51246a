"""Whom contacts stand for, and how often Slack is asked for it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.directory import SlackDirectory
from bot.domain.delivery import Reason
from bot.usecases.ports import DirectoryDown, Resolved
from tests.builders import T1, T2, channel, contact, user, workspace
from tests.fakes.clock import FakeClock
from tests.unit.slack.fake_slack import FakeSlack, busy, down, missing, refused


def member(id_: str, handle: str = "", **more: Any) -> dict[str, Any]:
    """A user object of Slack."""
    profile = {
        "display_name": more.pop("display", ""),
        "real_name": more.pop("real", ""),
        "email": more.pop("email", ""),
    }
    return {
        "id": id_,
        "name": handle or id_.lower(),
        "team_id": "T1",
        "tz": "Europe/Berlin",
        "profile": profile,
        **more,
    }


ANA = member("U_ANA", "ana", display="Ana", email="ana@example.com")
ROSTER = [
    ANA,
    member("U_OMAR", "omar", display="Omar"),
    member("U_SAM1", "sam.one", display="Sam"),
    member("U_SAM2", "sam.two", display="sam"),
    member("U_LEFT", "lea", display="Lea", deleted=True),
    member("U_LEA", "lea2", display="Lea"),
    member("U_GONE", "gus", deleted=True),
    member("B_PAGER", "pager", is_bot=True),
]
CHANNELS = [
    {"id": "C0OPSDESK", "name": "ops-desk"},
    {"id": "C0ATTIC00", "name": "attic", "is_archived": True},
]


def slack() -> FakeSlack:
    """A small workspace; users.info knows Ana."""
    return FakeSlack(
        {
            "users.info": {"user": ANA},
            "users.list": {"members": ROSTER},
            "users.lookupByEmail": {"user": ANA},
            "conversations.list": {"channels": CHANNELS},
            "usergroups.list": {"usergroups": [{"id": "S1", "handle": "sre"}]},
            "usergroups.users.list": {"users": ["U_ANA"]},
        }
    )


class Desk:
    """A directory over a scripted Slack."""

    def __init__(self, fake: FakeSlack, clock: FakeClock) -> None:
        self.slack = fake
        self.clock = clock
        self.capabilities = Capabilities(clock)
        self.directory = SlackDirectory(workspace(), fake, self.capabilities, clock)

    async def resolve(self, written: str) -> Resolved:
        """One contact as the matrix writes it."""
        return (await self.directory.resolve(T1, [contact(written)]))[0]

    async def ids(self, written: str) -> list[str]:
        """Whom it stands for."""
        return [target.id for target in (await self.resolve(written)).targets]


@pytest.fixture
def desk(clock: FakeClock) -> Desk:
    return Desk(slack(), clock)


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("U_ANA", user("U_ANA")),
        ("ana@example.com", user("U_ANA")),
        ("@ana", user("U_ANA")),
        ("@ANA", user("U_ANA")),
        ("@Omar", user("U_OMAR")),
        ("@lea", user("U_LEA")),  # the one of that handle has left; somebody else shows the name
        ("group:sre", user("U_ANA")),
        ("#ops-desk", channel("C0OPSDESK")),
        ("#C0OPSDESK", channel("C0OPSDESK")),
        ("#C0UNLISTED", channel("C0UNLISTED")),
    ],
)
async def test_whom_a_contact_stands_for(desk: Desk, written: str, target: Any) -> None:
    assert (await desk.resolve(written)).targets == (target,)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("@sam", "@sam fits 2 people; use an e-mail address or a user id."),
        ("@nobody", "@nobody is nobody in this Slack."),
        ("@gus", "gus (@gus) has left Slack."),
        ("@pager", "pager (@pager) is a bot."),
        ("group:ghosts", "There is no user group @ghosts."),
        ("#nowhere", "There is no channel #nowhere that Rung can see. If it is private, invite Rung there."),
        ("#attic", "The channel #attic is archived."),
    ],
)
async def test_why_a_contact_reaches_nobody(desk: Desk, written: str, why: str) -> None:
    assert await desk.resolve(written) == Resolved(contact(written), (), why)


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


async def test_email_falls_back_to_the_list_of_members(desk: Desk) -> None:
    desk.slack.answers["users.lookupByEmail"] = missing()

    assert await desk.ids("ana@example.com") == ["U_ANA"]
    assert await desk.ids("omar@example.com") == []
    assert desk.slack.count("users.lookupByEmail") == 1
    assert desk.slack.count("users.list") == 1


async def test_the_list_of_members_is_not_read_when_it_is_not_needed(desk: Desk) -> None:
    await desk.directory.resolve(T1, [contact("U_ANA"), contact("ana@example.com"), contact("group:sre")])

    assert desk.slack.count("users.list") == 0


async def test_an_unknown_email_and_an_unknown_id(desk: Desk) -> None:
    desk.slack.answers |= {
        "users.lookupByEmail": refused("users_not_found"),
        "users.info": refused("user_not_found"),
    }

    assert (await desk.resolve("zoe@example.com")).why == "zoe@example.com is nobody in this Slack."
    assert (await desk.resolve("U_ZOE")).why == "U_ZOE is nobody in this Slack."
    assert await desk.directory.person(T1, "U_ZOE") is None


async def test_handles_without_a_list_of_members(desk: Desk) -> None:
    desk.slack.answers["users.list"] = missing()

    assert "Handles cannot be read here" in (await desk.resolve("@ana")).why


async def test_people_without_users_info(desk: Desk) -> None:
    desk.slack.answers["users.info"] = missing()

    assert (await desk.resolve("U_GONE")).why == "gus (U_GONE) has left Slack."

    desk.slack.answers["users.list"] = missing()
    desk.clock.advance(minutes=6)
    assert await desk.ids("U_GONE") == ["U_GONE"]  # nobody can tell: the ladder goes on by itself


@pytest.mark.parametrize(
    "why", [missing(), refused("plan_upgrade_required", Reason.KIND), refused("missing_scope", Reason.KIND)]
)
@pytest.mark.parametrize("method", ["usergroups.list", "usergroups.users.list"])
async def test_groups_that_cannot_be_read(desk: Desk, method: str, why: Any) -> None:
    desk.slack.answers[method] = why

    assert (await desk.resolve("group:sre")).why == "User groups cannot be read here; name people instead."
    await desk.resolve("group:sre")
    assert desk.slack.count(method) == 1
    assert desk.capabilities.reduced() == [
        "User groups cannot be looked up: a group: contact reaches nobody."
    ]


async def test_groups_that_are_empty_switched_off_or_gone(desk: Desk) -> None:
    desk.slack.answers["usergroups.users.list"] = {"users": []}
    assert (await desk.resolve("group:sre")).why == "The user group @sre is empty."

    desk.directory.group_changed("S1")
    desk.slack.answers["usergroups.users.list"] = refused("no_such_subteam")
    assert (await desk.resolve("group:sre")).why == "The user group @sre is empty."

    desk.directory.group_changed()
    desk.slack.answers["usergroups.list"] = {"usergroups": [{"id": "S1", "handle": "sre", "date_delete": 5}]}
    assert (await desk.resolve("group:sre")).why == "The user group @sre is switched off."


async def test_a_group_whose_members_all_left(desk: Desk) -> None:
    desk.slack.answers["users.info"] = {"user": member("U_ANA", deleted=True)}

    assert (await desk.resolve("group:sre")).why == "Everybody in @sre has left Slack or is a bot."


async def test_channels_of_a_slack_without_a_list(desk: Desk) -> None:
    desk.slack.answers["conversations.list"] = missing()

    assert await desk.ids("#ops-desk") == ["#ops-desk"]
    assert await desk.ids("#C0OPSDESK") == ["C0OPSDESK"]


async def test_lists_of_several_pages_and_one_that_never_ends(desk: Desk) -> None:
    desk.slack.answers["conversations.list"] = {
        "channels": CHANNELS,
        "response_metadata": {"next_cursor": "the same for ever"},
    }

    assert await desk.ids("#ops-desk") == ["C0OPSDESK"]
    assert [args["cursor"] for _, args in desk.slack.asked] == [None, "the same for ever"]


async def test_when_slack_is_down_what_is_known_goes_on_working(desk: Desk) -> None:
    await desk.resolve("U_ANA")
    desk.slack.answers = {method: down() for method in desk.slack.answers}
    desk.clock.advance(minutes=30)

    assert await desk.ids("U_ANA") == ["U_ANA"]
    for written in ("U_OMAR", "ana@example.com", "@ana", "group:sre", "#ops-desk"):
        with pytest.raises(DirectoryDown):
            await desk.resolve(written)


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


@pytest.mark.parametrize(
    ("raw", "guest", "outsider", "tz", "name"),
    [
        (member("U1", "ana"), False, False, "Europe/Berlin", "ana"),
        (member("U1", "ana", real="Ana Ruiz"), False, False, "Europe/Berlin", "Ana Ruiz"),
        (member("U1", is_restricted=True), True, False, "Europe/Berlin", "u1"),
        (member("U1", is_ultra_restricted=True), True, False, "Europe/Berlin", "u1"),
        (member("U1", is_stranger=True), False, True, "Europe/Berlin", "u1"),
        (member("U1") | {"team_id": "T9"}, False, True, "Europe/Berlin", "u1"),
        (
            member("U1", enterprise_user={"teams": ["T1", "T9"]}) | {"team_id": "T9"},
            False,
            False,
            "Europe/Berlin",
            "u1",
        ),
        ({"id": "U1"}, False, False, "UTC", "U1"),
    ],
    ids=[
        "member",
        "real name",
        "guest",
        "single-channel guest",
        "stranger",
        "other team",
        "colleague",
        "bare",
    ],
)
async def test_what_is_known_of_somebody(
    desk: Desk, raw: dict[str, Any], guest: bool, outsider: bool, tz: str, name: str
) -> None:
    desk.slack.answers["users.info"] = {"user": raw}

    person = await desk.directory.person(T1, "U1")

    assert person is not None
    assert (person.guest, person.outsider, person.tz, person.name) == (guest, outsider, tz, name)


async def test_another_workspace_is_another_directory(desk: Desk) -> None:
    with pytest.raises(DirectoryDown):
        await desk.directory.resolve(T2, [contact("U_ANA")])
    with pytest.raises(DirectoryDown):
        await desk.directory.person(T2, "U_ANA")
