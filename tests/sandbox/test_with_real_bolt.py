"""A real slack_bolt app lives in the sandbox: the main flows, over Socket Mode and over signed HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.errors import ModalRefused, NotPossible
from bot.sandbox.server import Sandbox
from tests.sandbox.calls import form_of
from tests.sandbox.conftest import over_http, over_socket, small_config


@pytest.fixture(params=["socket", "http"])
async def living(request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """A sandbox with the app in it, on either transport."""
    transport = over_socket if request.param == "socket" else over_http
    async with transport() as sandbox:
        yield sandbox


async def test_a_command_a_modal_a_card_and_a_click(living: Sandbox) -> None:
    assert (await living.slash("ann", "#issues", "/issue", "raise")).ok
    assert form_of(living, "ann").title_text == "Raise an issue"
    answer = await living.submit("ann", {"title": "Checkout is down", "priority": "p1", "owner": "maya"})
    assert answer.ok and living.modal("ann") is None
    (posted,) = living.messages("#issues")
    assert "Checkout is down" in posted.plain and posted.actions == ["ack"]
    assert (await living.click("maya", posted, "ack")).ok
    (updated,) = living.messages("#issues")
    assert updated.actions == ["resolve"] and updated.edited


async def test_a_command_is_answered_with_words(living: Sandbox) -> None:
    answer = await living.slash("ann", "#issues", "/issue", "help")
    assert (answer.text, answer.acked) == ("Try /issue raise", True)
    assert [m.text for m in living.ephemerals("ann")] == ["Try /issue raise"]


async def test_an_answer_comes_later_through_the_response_url(living: Sandbox) -> None:
    await living.slash("ann", "#issues", "/issue", "later")
    assert [m.text for m in living.ephemerals("ann")] == ["Later."]


async def test_field_errors_keep_the_modal_open(living: Sandbox) -> None:
    await living.slash("ann", "#issues", "/issue", "raise")
    await living.submit("ann", {"title": "taken", "priority": "p1"})
    assert form_of(living, "ann").errors == {"title_block": "That title is taken."}
    assert form_of(living, "ann").values()["title"] == "taken"
    await living.submit("ann", {"title": "free"})
    assert living.modal("ann") is None


async def test_shortcuts(living: Sandbox) -> None:
    assert (await living.shortcut("ann", "raise_issue")).ok
    said = await living.say("ann", "#issues", "It broke")
    assert (await living.message_shortcut("ann", "#issues", said.ts, "from_message")).ok
    assert form_of(living, "ann").title_text == "It broke"


async def test_a_mention_is_answered_in_the_thread(living: Sandbox) -> None:
    said = await living.say("ann", "#issues", "hello @rung")
    assert f"<@{living.bot_user_id}>" in said.text
    assert [m.text for m in living.thread("#issues", said.ts)][1:] == ["You called?"]


async def test_a_direct_message_is_answered(living: Sandbox) -> None:
    await living.say("maya", "dm:maya", "hi")
    assert [m.text for m in living.dm("maya")] == ["hi", "You said hi"]


async def test_the_home_tab(living: Sandbox) -> None:
    assert living.home("ann") is None
    await living.open_home("ann")
    home = living.home("ann")
    assert home is not None and "Welcome" in home.plain


async def test_a_listener_that_fails_leaves_slack_s_own_words(living: Sandbox) -> None:
    answer = await living.slash("ann", "#issues", "/issue", "fail")
    assert not answer.ok
    assert living.ephemerals("ann")[-1].text.startswith("/issue failed with the error")


async def test_a_payload_delivered_twice_arrives_twice(living: Sandbox) -> None:
    await living.slash("ann", "#issues", "/issue", "raise")
    await living.submit("ann", {"title": "Once", "priority": "p1"})
    assert (await living.replay(living.last_payload("ann"))).acked
    assert len(living.messages("#issues")) == 2


async def test_what_slack_s_client_does_not_let_people_do(living: Sandbox) -> None:
    with pytest.raises(NotPossible, match="not a valid command"):
        await living.slash("ann", "#issues", "/nonsense")
    with pytest.raises(NotPossible, match="not in"):
        await living.slash("omar", "#issues", "/issue")
    with pytest.raises(NotPossible, match="archived"):
        await living.slash("ann", "#old", "/issue")
    with pytest.raises(NotPossible, match="deactivated"):
        await living.say("gone", "#issues", "boo")
    await living.slash("ann", "#issues", "/issue", "raise")
    with pytest.raises(ModalRefused, match="title"):
        await living.submit("ann", {"priority": "p1"})
    with pytest.raises(ModalRefused, match="120"):
        await living.submit("ann", {"title": "x" * 121, "priority": "p1"})
    with pytest.raises(ModalRefused, match="offers no"):
        await living.submit("ann", {"title": "x", "priority": "p9"})
    with pytest.raises(ModalRefused, match="no such field"):
        await living.submit("ann", {"colour": "red"})


async def test_the_request_url_answers_the_challenge() -> None:
    async with over_http() as sandbox:
        assert sandbox.http is not None
        assert await sandbox.http.verify_url()


async def test_nothing_answers_while_nobody_is_connected() -> None:
    async with Sandbox(small_config()) as sandbox:
        answer = await sandbox.slash("ann", "#issues", "/issue", "help")
    assert (answer.acked, answer.error) == (False, "dispatch_failed")


async def test_mentions_in_a_command_are_escaped_as_the_manifest_says(living: Sandbox) -> None:
    await living.slash("ann", "#issues", "/issue", "help @maya in #general & <now>")
    told = living.last_payload("ann")["text"]
    assert told == "help <@U0MAYA000|maya> in <#C0GENERAL|general> &amp; &lt;now&gt;"
