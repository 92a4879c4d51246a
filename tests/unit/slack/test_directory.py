"""Whom contacts stand for, and why some reach nobody."""

from typing import Any

import pytest

from bot.domain.contacts import ADMINS
from bot.domain.delivery import Reason
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import Resolved
from tests.builders import T1, T2, channel, contact, user
from tests.fakes.clock import FakeClock
from tests.unit.slack.desk import CHANNELS, Desk, member, slack
from tests.unit.slack.fake_slack import missing, refused


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


async def test_email_falls_back_to_the_list_of_members(desk: Desk) -> None:
    desk.slack.answers["users.lookupByEmail"] = missing()

    assert await desk.ids("ana@example.com") == ["U_ANA"]
    assert await desk.ids("omar@example.com") == []
    assert desk.slack.count("users.lookupByEmail") == 1
    assert desk.slack.count("users.list") == 1


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


CHANNEL_INFO = {
    "a channel of the list": ("C0OPSDESK", None, True),
    "an archived one": ("C0ATTIC00", None, False),
    "a private one that Rung is not in": ("C0SECRET0", refused("channel_not_found"), False),
    "one of Slack Connect that is in no list": ("C0SHARED0", {"channel": {"is_member": True}}, True),
    "a public one that Rung is not in": ("C0PUBLIC0", {"channel": {"is_member": False}}, True),
    "a private one that is seen and not joined": (
        "C0SEEN000",
        {"channel": {"is_member": False, "is_private": True}},
        False,
    ),
    "where Slack cannot be asked about one": ("C0SECRET0", missing(), True),
}


@pytest.mark.parametrize(("channel_id", "info", "may"), CHANNEL_INFO.values(), ids=CHANNEL_INFO.keys())
async def test_where_rung_may_write(desk: Desk, channel_id: str, info: Any, may: bool) -> None:
    if info is not None:
        desk.slack.answers["conversations.info"] = info
    assert await desk.directory.may_post(T1, channel_id) is may


async def test_lists_of_several_pages_and_one_that_never_ends(desk: Desk) -> None:
    desk.slack.answers["conversations.list"] = {
        "channels": CHANNELS,
        "response_metadata": {"next_cursor": "the same for ever"},
    }

    assert await desk.ids("#ops-desk") == ["C0OPSDESK"]
    assert [args["cursor"] for _, args in desk.slack.asked] == [None, "the same for ever"]


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


# --- admins -----------------------------------------------------------------------------------------------------------


async def test_a_few_admins_who_are_there_stand_for_the_workspace(clock: FakeClock) -> None:
    fake = slack()
    fake.answers["users.list"] = {
        "members": [
            member("U_OLD", is_owner=True, deleted=True),
            member("B_ROBOT", is_admin=True, is_bot=True),
            member("U_AWAY", is_admin=True, team_id="T9"),
            member("U_PLAIN"),
            *(member(f"U_ADMIN{n}", is_admin=True) for n in range(5)),
        ]
    }
    (found,) = await Desk(fake, clock).directory.resolve(T1, [ADMINS])
    assert found == Resolved(ADMINS, (user("U_ADMIN0"), user("U_ADMIN1"), user("U_ADMIN2")))


async def test_without_admins_or_without_the_list_it_is_said_why(desk: Desk) -> None:
    (found,) = await desk.directory.resolve(T1, [ADMINS])
    assert found == Resolved(ADMINS, (), "The list of workspace admins is empty.")
    desk.slack.answers["users.list"] = missing()
    (found,) = await Desk(desk.slack, desk.clock).directory.resolve(T1, [ADMINS])
    assert found.why == "The list of workspace admins cannot be read here."
