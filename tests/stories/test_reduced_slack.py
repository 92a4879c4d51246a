"""A Slack with less in it, or with things gone: the bot goes on, and says what is reduced."""

import pytest

from bot.demo import sandbox_config
from bot.domain.issue import Stage
from bot.domain.lifecycle import State
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.story import FORM, MATRIX, Story, ids, story

GROUPS = {
    "history": ["conversations.history", "conversations.replies", "chat.getPermalink"],
    "places": ["conversations.info", "conversations.join", "conversations.members", "conversations.open"],
    "people": [
        "users.info",
        "users.lookupByEmail",
        "usergroups.list",
        "usergroups.users.list",
        "dnd.teamInfo",
    ],
    "views": ["views.publish", "views.update", "chat.postEphemeral"],
}
OPTIONAL = [method for methods in GROUPS.values() for method in methods]


def channel_id(name: str) -> str:
    """The id of a channel in the sandbox of stories."""
    return Sandbox(sandbox_config()).workspace.channel(name).id


async def main_job(tale: Story) -> None:
    """Raise, climb, take, update, resolve, confirm: by the buttons people see."""
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.advance(minutes=15)
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("maya", ids.DETAILS)
    await tale.clicks("maya", ids.UPDATE, tale.card())
    await tale.submits("maya", {"text": "Two are called."})
    await tale.sandbox.open_home("ann")
    await tale.settle()
    await tale.clicks("maya", ids.RESOLVE, tale.card())
    await tale.submits("maya", {"done": "All are called."})
    await tale.clicks("rita", ids.CONFIRM)
    assert (await tale.issue()).state is State.CLOSED


@pytest.mark.parametrize("group", GROUPS)
async def test_the_main_job_goes_on_without(tale: Story, group: str) -> None:
    for method in GROUPS[group]:
        tale.sandbox.faults.add(method, Fault.unknown_method(), times=None)
    await main_job(tale)
    assert any("needs your answer" in text or "ISS-1" in text for text in tale.dm("maya"))


async def test_the_main_job_goes_on_without_any_convenience(database_url: str) -> None:
    """Without a list of channels the matrix names them by their ids."""
    matrix = MATRIX
    for name in ("issues", "escalations", "ops-desk"):
        matrix = matrix.replace(f'"#{name}"', f'"#{channel_id(name)}"')
    async with story(database_url, matrix) as tale:
        for method in (*OPTIONAL, "conversations.list"):
            tale.sandbox.faults.add(method, Fault.unknown_method(), times=None)
        await main_job(tale)
        reduced = tale.core.capabilities.reduced()
        assert any("User groups cannot be looked up" in one for one in reduced)
        assert len(reduced) >= 4


async def test_names_of_channels_that_cannot_be_looked_up_end_at_the_manager(tale: Story) -> None:
    tale.sandbox.faults.add("conversations.list", Fault.unknown_method(), times=None)
    await tale.raises("ann")
    assert any("needs your answer" in text for text in tale.dm("maya"))
    assert "ISS-1" in tale.card("dm:dina").plain


@pytest.mark.parametrize("lack", [Fault.unknown_method(), Fault.status(503)], ids=["missing", "silent"])
async def test_what_is_reduced_stands_on_the_home_tab(tale: Story, lack: Fault) -> None:
    """A method that gives no answer, while Slack is there, holds the ladder up no longer than a missing one."""
    tale.sandbox.faults.add("usergroups.list", lack, times=None)
    await tale.raises("ann")
    await tale.advance(minutes=16)
    await tale.sandbox.open_home("ann")
    await tale.settle()
    home = tale.sandbox.home("ann")
    assert home is not None
    assert "User groups cannot be looked up" in home.plain
    assert any("User groups cannot be read" in line for line in tale.log())
    assert any(ids.ACK in one.actions for one in tale.sandbox.messages("#ops-desk")), (
        "the channel is still asked"
    )


async def test_a_workspace_without_paid_groups_asks_the_rest_of_the_level(database_url: str) -> None:
    async with story(database_url, paid_plan=False) as tale:
        await tale.raises("ann")
        await tale.advance(minutes=15)
        assert (await tale.issue()).position.level == 2
        assert any(ids.ACK in one.actions for one in tale.sandbox.messages("#ops-desk"))


async def test_an_archived_issue_channel_moves_the_card_to_the_catch_all(tale: Story) -> None:
    tale.sandbox.archive("#issues")
    await tale.sandbox.shortcut("ann", ids.SHORTCUT_RAISE)
    assert (await tale.submits("ann", FORM)).ok
    card = tale.card("#escalations")
    assert "ISS-1" in card.plain
    assert any("could not be posted" in line for line in tale.log("#escalations"))
    await tale.clicks("maya", ids.ACK)
    assert "has it" in tale.card("#escalations").plain


async def test_kicked_out_of_a_public_channel_the_bot_comes_back(tale: Story) -> None:
    tale.sandbox.kick_bot("#issues")
    await tale.raises("ann")
    assert "ISS-1" in tale.card().plain


async def test_a_card_that_is_gone_is_posted_anew_with_the_truth(tale: Story) -> None:
    await tale.raises("ann")
    first = tale.card()
    tale.sandbox.delete_message("#issues", first.ts)
    await tale.clicks("maya", ids.ACK)
    again = [one for one in tale.sandbox.messages("#issues") if one.blocks and one.ts != first.ts]
    assert len(again) == 1
    assert "has it" in again[0].plain
    await tale.clicks("maya", ids.RESOLVE, again[0])
    await tale.submits("maya", {"done": "Done."})
    assert (await tale.issue()).state in (State.RESOLVED, State.CLOSED)


async def test_a_ping_that_is_gone_harms_nobody(tale: Story) -> None:
    await tale.raises("ann")
    ping = tale.newest_with("maya", ids.ACK)
    tale.sandbox.delete_message("dm:maya", ping.ts)
    await tale.clicks("maya", ids.ACK, tale.card())
    assert (await tale.issue()).owner == tale.id("maya")


async def test_whose_direct_messages_are_refused_is_skipped(tale: Story) -> None:
    maya = tale.sandbox.workspace.dm_with(tale.id("maya")).id
    tale.sandbox.faults.add(
        "chat.postMessage",
        Fault.error("user_not_found"),
        times=None,
        when=lambda args: args.get("channel") in (maya, tale.id("maya")),
    )
    await tale.raises("ann")
    assert (await tale.issue()).position.level == 2
    assert any("could not be reached" in text for text in tale.dm("dina"))


async def test_with_every_channel_gone_the_manager_still_reads_it(tale: Story) -> None:
    for name in ("#issues", "#escalations", "#ops-desk", "#care"):
        tale.sandbox.archive(name)
    tale.sandbox.deactivate("maya")
    tale.sandbox.deactivate("omar")
    await tale.sandbox.shortcut("ann", ids.SHORTCUT_RAISE)
    await tale.submits("ann", FORM)
    assert (await tale.issue()).position.stage is Stage.CATCH_ALL
    assert any("UNANSWERED" in text for text in tale.dm("dina"))
    await tale.advance(minutes=30)
    nags = [text for text in tale.dm("dina") if "UNANSWERED" in text]
    assert len(nags) >= 3, "it is never silent"
    await tale.clicks("dina", ids.ACK)
    assert (await tale.issue()).owner == tale.id("dina")


async def test_pictures_that_slack_does_not_take_go_out_as_text(tale: Story) -> None:
    tale.sandbox.faults.add(
        "chat.postMessage",
        Fault.error("invalid_blocks"),
        times=None,
        when=lambda args: bool(args.get("blocks")),
    )
    await tale.raises("ann")
    assert any("needs your answer" in text for text in tale.dm("maya"))
    assert any("ISS-1" in one.text for one in tale.sandbox.messages("#issues"))


async def test_rate_limits_delay_and_lose_nothing(tale: Story) -> None:
    tale.sandbox.faults.add("chat.postMessage", Fault.status(429, retry_after=1), times=8)
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.advance(minutes=2)
    assert len(tale.sandbox.messages("#issues")) == 1
    assert len([text for text in tale.dm("maya") if text.startswith("ISS-1")]) == 1
    assert len(tale.dm("rita")) == 1
