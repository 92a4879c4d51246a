"""The directory against the strict local Slack: wire forms, scopes and Slack's own errors."""

from datetime import timedelta

import pytest

from bot.sandbox.faults import Fault
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import Resolved
from tests.builders import contact
from tests.integration.slack.conftest import Start
from tests.integration.slack.rig import Rig, config


async def resolve(rig: Rig, written: str) -> Resolved:
    """One contact."""
    return (await rig.directory.resolve(rig.workspace.id, [contact(written)]))[0]


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("maya@example.com", ["maya"]),
        ("MAYA@Example.com", ["maya"]),
        ("@omar", ["omar"]),
        ("group:ops-managers", ["omar", "maya"]),
        ("#issues", ["#issues"]),
        ("#ops-desk", ["#ops-desk"]),
        ("#war-room", ["#war-room"]),
    ],
)
async def test_contacts_that_reach_somebody(rig: Rig, written: str, who: list[str]) -> None:
    resolved = await resolve(rig, written)

    assert resolved.targets == tuple(rig.target(one) for one in who)
    assert resolved.why == ""


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("zoe@example.com", "zoe@example.com is nobody in this Slack."),
        ("lea@example.com", "lea@example.com is nobody in this Slack."),
        ("U0NOBODY0", "U0NOBODY0 is nobody in this Slack."),
        ("@zoe", "@zoe is nobody in this Slack."),
        ("group:ghosts", "There is no user group @ghosts."),
        ("group:former", "The user group @former is switched off."),
        ("group:nobody", "Everybody in @nobody has left Slack or is a bot."),
        ("#attic", "The channel #attic is archived."),
        ("#secret", "There is no channel #secret that Rung can see. If it is private, invite Rung there."),
    ],
)
async def test_contacts_that_reach_nobody(rig: Rig, written: str, why: str) -> None:
    assert await resolve(rig, written) == Resolved(contact(written), (), why)


@pytest.mark.parametrize(
    ("written", "outside"), [("#issues", False), ("#war-room", False), ("#ops-desk", True)]
)
async def test_whether_rung_is_in_a_channel(rig: Rig, written: str, outside: bool) -> None:
    assert (await resolve(rig, written)).outside == outside


async def test_people_who_left_and_bots_by_id(rig: Rig) -> None:
    assert "has left Slack" in (await resolve(rig, rig.target("lea").id)).why
    assert "is a bot" in (await resolve(rig, rig.target("pager").id)).why


@pytest.mark.parametrize(
    ("who", "guest", "outsider", "deactivated", "bot"),
    [
        ("maya", False, False, False, False),
        ("gia", True, False, False, False),
        ("stan", False, True, False, False),
        ("lea", False, False, True, False),
        ("pager", False, False, False, True),
    ],
)
async def test_who_somebody_is(
    rig: Rig, who: str, guest: bool, outsider: bool, deactivated: bool, bot: bool
) -> None:
    person = await rig.directory.person(rig.workspace.id, rig.target(who).id)

    assert person is not None
    assert (person.guest, person.outsider) == (guest, outsider)
    assert (person.deactivated, person.bot) == (deactivated, bot)


async def test_time_zones_are_known(rig: Rig) -> None:
    person = await rig.directory.person(rig.workspace.id, rig.target("maya").id)

    assert person is not None
    assert (person.name, person.tz) == ("Maya Lind", "Europe/Stockholm")


async def test_a_workspace_without_user_groups(start: Start) -> None:
    rig = await start(config(paid_plan=False))

    assert (
        await resolve(rig, "group:ops-managers")
    ).why == "User groups cannot be read here; name people instead."


@pytest.mark.parametrize(
    ("without", "written", "who"),
    [
        ("users:read.email", "@omar", ["omar"]),
        ("groups:read", "#issues", ["#issues"]),
        ("channels:read groups:read im:read mpim:read", "#issues", ["name:#issues"]),
    ],
)
async def test_fewer_scopes_still_reach_people(
    start: Start, without: str, written: str, who: list[str]
) -> None:
    rig = await start(config(without=without))

    assert (await resolve(rig, written)).targets == tuple(rig.target(one) for one in who)


async def test_private_channels_without_their_scope(start: Start) -> None:
    rig = await start(config(without="groups:read"))

    assert "invite Rung" in (await resolve(rig, "#war-room")).why
    assert rig.capabilities.reduced() == [
        "Private channels cannot be looked up by name; write their ids into the matrix."
    ]


@pytest.mark.parametrize(
    ("method", "written", "who"),
    [
        ("users.info", "maya@example.com", ["maya"]),
        ("users.lookupByEmail", "maya@example.com", ["maya"]),
        ("conversations.list", "#issues", ["name:#issues"]),
        ("users.list", "@omar", []),
        ("usergroups.list", "group:ops-managers", []),
        ("usergroups.users.list", "group:ops-managers", []),
    ],
)
@pytest.mark.parametrize("fault", [Fault.unknown_method(), Fault.html(404)], ids=["unknown_method", "404"])
async def test_a_look_alike_without_a_method(
    rig: Rig, method: str, written: str, who: list[str], fault: Fault
) -> None:
    rig.sandbox.faults.add(method, fault, times=None)

    assert (await resolve(rig, written)).targets == tuple(rig.target(one) for one in who)
    assert rig.capabilities.missing(method)


@pytest.mark.parametrize(
    "fault",
    [Fault.status(500), Fault.status(503), Fault.html(), Fault.drop_before(), Fault.error("a_new_word")],
    ids=lambda fault: f"{fault.kind}-{fault.http_status}",
)
async def test_trouble_is_told_unless_something_is_known(rig: Rig, fault: Fault) -> None:
    rig.sandbox.faults.add("*", fault, times=None)
    for written in (rig.target("maya").id, "maya@example.com", "@maya", "group:ops-managers", "#issues"):
        with pytest.raises(DirectoryDown):
            await resolve(rig, written)

    rig.sandbox.faults.clear()
    await resolve(rig, "maya@example.com")
    rig.clock.advance(minutes=10)
    rig.sandbox.faults.add("*", fault, times=None)
    assert (await resolve(rig, "maya@example.com")).targets == (rig.target("maya"),)


async def test_a_slow_slack_is_trouble_too(start: Start) -> None:
    rig = await start(seconds=0.1)
    rig.sandbox.faults.add("users.lookupByEmail", Fault.timeout())

    with pytest.raises(DirectoryDown):
        await resolve(rig, "maya@example.com")


async def test_a_rate_limit_names_the_wait(rig: Rig) -> None:
    rig.sandbox.faults.add("conversations.list", Fault.status(429, retry_after=17))

    for _ in range(3):
        with pytest.raises(DirectoryDown) as down:
            await resolve(rig, "#issues")
        assert down.value.after == timedelta(seconds=17)
    assert len(rig.calls("conversations.list")) == 1


async def test_somebody_leaves(rig: Rig) -> None:
    user = rig.target("maya").id
    assert (await resolve(rig, user)).targets

    rig.sandbox.deactivate("maya")
    assert (await resolve(rig, user)).targets  # known, for five minutes

    rig.directory.heard({"type": "user_change", "user": {"id": user}})
    assert not (await resolve(rig, user)).targets
