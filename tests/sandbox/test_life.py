"""Starting and stopping: quick, repeatable, and nothing left behind."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.config import SandboxConfig
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.sandbox.calls import ISSUES
from tests.sandbox.conftest import over_http, over_socket

Transport = Callable[[], AbstractAsyncContextManager[Sandbox]]


async def test_it_starts_and_stops_at_once(config: SandboxConfig) -> None:
    async with Sandbox(config):
        pass  # what only the first start costs is paid
    began = time.perf_counter()
    async with Sandbox(config):
        pass
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize("transport", [over_socket, over_http])
async def test_it_leaves_nothing_behind(transport: Transport) -> None:
    before = asyncio.all_tasks()
    async with transport() as sandbox:
        await sandbox.slash("ann", "#issues", "/issue", "raise")
        await sandbox.say("maya", "dm:maya", "hi")
    assert not {task for task in asyncio.all_tasks() - before if "sandbox" in repr(task.get_coro())}


async def test_it_stops_while_a_caller_waits_for_an_answer(config: SandboxConfig) -> None:
    async with aiohttp.ClientSession() as session:
        async with Sandbox(config) as sandbox:
            asked = asyncio.Event()

            def heard(args: Mapping[str, Any]) -> bool:
                asked.set()
                return True

            sandbox.faults.add("chat.postMessage", Fault.timeout(), when=heard)
            client = AsyncWebClient(
                token="xoxb-sandbox", base_url=sandbox.api_url, session=session, retry_handlers=[]
            )
            waiting = asyncio.create_task(client.chat_postMessage(channel=ISSUES, text="x"))
            await asked.wait()
        with pytest.raises(aiohttp.ClientError):
            await waiting


async def test_the_sandbox_can_be_stopped_twice(config: SandboxConfig) -> None:
    sandbox = Sandbox(config)
    await sandbox.start()
    await sandbox.stop()
    await sandbox.stop()


async def test_an_event_can_be_delivered_again() -> None:
    async with over_socket() as sandbox:
        await sandbox.say("ann", "#issues", "hello @rung")
        (mention,) = [sent for sent in sandbox.feed.sent if sent["event"]["type"] == "app_mention"]
        await sandbox.replay_event(mention)
        replies = sandbox.thread("#issues", mention["event"]["ts"])[1:]
        assert [message.text for message in replies] == ["You called?", "You called?"]
