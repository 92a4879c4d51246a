"""Who answers how: declined, unreachable, nobody there, late, a stranger, the raiser."""

from dataclasses import replace

import pytest

from bot.demo import sandbox_config
from bot.domain.issue import Stage
from bot.domain.lifecycle import State
from bot.sandbox.config import GroupSpec
from tests.stories.ladders import ladder
from tests.story import Story, ids, story


def asked(tale: Story, who: str) -> int:
    """How often somebody was asked, reminders and nags left out."""
    return len([one for one in tale.sandbox.dm(who) if one.text and "ISS-1" in one.plain])


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


async def declines(tale: Story, who: str, reason: str = "") -> None:
    """Press Can't take it and send the form."""
    await tale.clicks(who, ids.DECLINE)
    await tale.submits(who, {"reason": reason} if reason else {})


async def test_when_all_have_declined_the_manager_reads_the_reasons_at_once(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"], ["@omar"], repeat=2)) as tale:
        await tale.raises("ann")
        await declines(tale, "maya", "I am in court.")
        await declines(tale, "omar", "I am on a plane.")
        issue = await tale.issue()
        assert issue.position.stage is Stage.CATCH_ALL
        assert asked(tale, "maya") == asked(tale, "omar") == 1, "who said no is not asked again"
        assert any("UNANSWERED" in text for text in tale.dm("dina"))
        assert any("I am on a plane." in line for line in tale.log())
        (question,) = [text for text in tale.dm("dina") if "UNANSWERED" in text]
        assert "everybody who was asked said no." in question
        assert "can't take it: I am in court." in question
        assert "can't take it: I am on a plane." in question
        await tale.advance(hours=2)
        assert asked(tale, "maya") == asked(tale, "omar") == 1


async def test_one_of_two_declines_and_the_other_still_has_the_time(database_url: str) -> None:
    async with story(database_url, ladder(["@maya", "@rita"], ["@omar"])) as tale:
        await tale.raises("ann")
        await declines(tale, "maya")
        assert (await tale.issue()).position.level == 1
        assert ids.ACK in tale.newest_with("rita", ids.ACK).actions
        await declines(tale, "rita")
        assert (await tale.issue()).position.level == 2


async def test_a_channel_never_counts_as_declined(tale: Story) -> None:
    await tale.raises("ann")
    await tale.advance(minutes=15)
    (ping,) = [one for one in tale.sandbox.messages("#ops-desk") if ids.ACK in one.actions]
    assert ids.DECLINE not in ping.actions, "nobody can say no for a whole channel"
    await declines(tale, "omar", "Not me.")
    issue = await tale.issue()
    assert (issue.position.level, issue.position.round) == (2, 0)
    await tale.clicks("dina", ids.ACK, ping)
    assert (await tale.issue()).owner == tale.id("dina"), "any member of the channel may take it"


async def test_a_ladder_nobody_can_be_reached_on_ends_at_the_manager_at_once(tale: Story) -> None:
    tale.sandbox.deactivate("maya")
    tale.sandbox.deactivate("omar")
    tale.sandbox.archive("#ops-desk")
    await tale.raises("ann")
    issue = await tale.issue()
    assert issue.position.stage is Stage.CATCH_ALL
    assert any("UNANSWERED" in text for text in tale.dm("dina"))
    assert sum("could not be reached" in line for line in tale.log()) >= 3
    assert "UNANSWERED" in tale.card().plain


async def test_when_neither_manager_nor_path_owner_can_be_reached_an_admin_is_asked(
    database_url: str,
) -> None:
    people = [replace(one, is_admin=one.handle == "rita") for one in sandbox_config().people]
    matrix = ladder(["@maya"], manager="@dina", owner="@omar")
    async with story(database_url, matrix, people=people) as tale:
        for gone in ("maya", "dina", "omar"):
            tale.sandbox.deactivate(gone)
        tale.sandbox.archive("#escalations")
        await tale.raises("ann")
        (question,) = [text for text in tale.dm("rita") if "UNANSWERED" in text]
        assert "neither the escalation manager nor the owner of its path can be" in question
        await tale.clicks("rita", ids.ACK)
        assert (await tale.issue()).owner == tale.id("rita")


async def test_who_leaves_between_two_pings_is_skipped(tale: Story) -> None:
    await tale.raises("ann")
    assert asked(tale, "maya") == 1
    tale.sandbox.deactivate("maya")
    await tale.advance(minutes=5)
    assert (await tale.issue()).position.level == 2, "the reminder finds that nobody is there"
    assert any("left Slack" in line for line in tale.log())


@pytest.mark.parametrize(
    ("contact", "why"),
    [
        ("group:nobody", "no user group"),
        ("group:empty", "empty"),
        ("gone@example.com", "nobody in this Slack"),
        ("@stranger", "nobody in this Slack"),
        ("U0NOBODY0", "nobody in this Slack"),
        ("#nowhere", "no channel"),
    ],
)
async def test_a_contact_that_stands_for_nobody_is_skipped_and_said(
    database_url: str, contact: str, why: str
) -> None:
    groups = [*sandbox_config().groups, GroupSpec("empty")]
    async with story(database_url, ladder([contact], ["@omar"]), groups=groups) as tale:
        await tale.raises("ann")
        assert (await tale.issue()).position.level == 2
        assert asked(tale, "omar") == 1
        assert any(why in line for line in tale.log()), tale.log()
        assert any(why in text for text in tale.dm("dina")), "the path's owner is told"


async def test_the_only_contact_raised_it_and_so_the_manager_is_asked(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"], ["@maya"], repeat=1)) as tale:
        await tale.raises("maya")
        assert (await tale.issue()).position.stage is Stage.CATCH_ALL
        assert any("UNANSWERED" in text for text in tale.dm("dina"))


async def test_the_manager_raised_it_and_so_the_catch_all_channel_is_asked(database_url: str) -> None:
    async with story(database_url, ladder(["@dina"])) as tale:
        await tale.raises("dina")
        assert (await tale.issue()).position.stage is Stage.CATCH_ALL
        calls = [one for one in tale.sandbox.messages("#escalations") if ids.ACK in one.actions]
        assert calls
        await tale.clicks("omar", ids.ACK, calls[-1])
        assert (await tale.issue()).owner == tale.id("omar")


async def test_who_was_silent_below_is_asked_again_above(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"], ["@maya", "@omar"])) as tale:
        await tale.raises("ann")
        await tale.advance(minutes=10)
        assert (asked(tale, "maya"), asked(tale, "omar")) == (2, 1)


async def test_who_declined_below_is_left_out_above(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"], ["@maya", "@omar"])) as tale:
        await tale.raises("ann")
        await declines(tale, "maya")
        assert (asked(tale, "maya"), asked(tale, "omar")) == (1, 1)
        assert any("was not asked: said no before" in line for line in tale.log())


async def test_named_twice_in_a_level_is_asked_once(database_url: str) -> None:
    async with story(database_url, ladder(["@omar", "omar@example.com", "group:ops-managers"])) as tale:
        await tale.raises("ann")
        assert asked(tale, "omar") == 1


async def test_the_ping_of_an_earlier_level_still_takes_it(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    first = tale.newest_with("maya", ids.ACK)
    await tale.advance(minutes=20)
    assert (await tale.issue()).position.level == 2
    await tale.clicks("maya", ids.ACK, first)
    issue = await tale.issue()
    assert issue.owner == tale.id("maya")
    assert f"<@{issue.owner}> took ISS-1" in tale.dm("omar")[-1]
    assert "Nothing to do" in tale.dm("omar")[-1]
    channel = next(one for one in tale.sandbox.messages("#ops-desk") if "ISS-1" in one.plain)
    assert ids.ACK not in channel.actions
    assert "has taken" in tale.dm("rita")[-1]


async def test_a_stranger_is_asked_whether_they_mean_it(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("omar", ids.ACK, tale.card())
    assert "You have not been asked about ISS-1. Take it anyway?" in tale.notice("omar"), "of level 2"
    await tale.types("omar", "update ISS-1 We know of it.")
    assert "We know of it." in tale.dm("ann")[-1]
    await tale.clicks("rita", ids.ACK, tale.card())
    assert (await tale.issue()).state is State.OPEN
    modal = tale.sandbox.modal("rita")
    assert modal is not None
    assert "You are not on the path of ISS-1. Take it anyway?" in modal.plain
    await tale.submits("rita")
    assert (await tale.issue()).owner == tale.id("rita")
    assert any("not on the path" in line for line in tale.log())
    assert f"<@{tale.id('rita')}> took ISS-1" in tale.dm("maya")[0]


async def test_a_stranger_who_confirms_too_late_reads_who_was_faster(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("rita", ids.ACK, tale.card())
    await tale.clicks("maya", ids.ACK)
    await tale.submits("rita")
    assert (await tale.issue()).owner == tale.id("maya")
    assert f"<@{tale.id('maya')}> took ISS-1" in whispers(tale, "rita")[-1]


async def test_who_raised_it_cannot_take_it(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("ann", ids.ACK, tale.card())
    assert (await tale.issue()).state is State.OPEN
    assert "You raised this one" in whispers(tale, "ann")[-1]


async def test_a_guest_cannot_take_it(database_url: str) -> None:
    people = [replace(one, guest=one.handle == "rita") for one in sandbox_config().people]
    async with story(database_url, people=people) as tale:
        await tale.raises("ann")
        await tale.clicks("rita", ids.ACK, tale.card())
        assert (await tale.issue()).state is State.OPEN
        assert "Guests" in whispers(tale, "rita")[-1]
        assert tale.sandbox.modal("rita") is None


async def test_taking_it_after_saying_no_still_counts(tale: Story) -> None:
    await tale.raises("ann")
    await declines(tale, "maya")
    await tale.clicks("maya", ids.ACK, tale.card())
    issue = await tale.issue()
    assert issue.owner == tale.id("maya")
