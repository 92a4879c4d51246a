"""The real slack_bolt app and the real slack_sdk clients against the sandbox, over both transports."""

from __future__ import annotations

import time

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox


async def test_start_is_quick(config):
    began = time.perf_counter()
    async with Sandbox(config):
        assert time.perf_counter() - began < 0.3


async def test_a_command_opens_a_modal_and_the_submission_posts(socket_bot):
    sandbox = socket_bot
    answer = await sandbox.slash("ann", "#issues", "/issue", "raise Checkout is down")
    assert answer.ok, answer
    assert sandbox.modal("ann").title_text == "Raise an issue"
    answer = await sandbox.submit("ann", {"title": "Checkout is down", "priority": "p1", "owner": "maya"})
    assert answer.ok, answer
    assert sandbox.modal("ann") is None
    (card,) = sandbox.messages("#issues")
    assert "Checkout is down" in card.plain
    answer = await sandbox.click("maya", card, "ack")
    assert answer.ok, answer
    (card,) = sandbox.messages("#issues")
    assert "Acknowledged" in card.plain


async def test_auth(sandbox):
    client = AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
    assert (await client.auth_test())["user_id"] == sandbox.bot_user_id
