"""A small workspace, and a real bolt app that lives in it."""

from __future__ import annotations

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.config import ChannelSpec, GroupSpec, Person, SandboxConfig
from bot.sandbox.server import Sandbox
from tests.sandbox.app import MANIFEST, build_app


def small_config(**changes) -> SandboxConfig:
    people = [
        Person("ann", "Ann Field"),
        Person("maya", "Maya Lind", title="Team lead"),
        Person("omar", "Omar Haddad"),
        Person("gone", "Gone Girl", deleted=True),
        Person("robot", "Robot", is_bot=True),
    ]
    channels = [
        ChannelSpec("issues", members=["ann", "maya"]),
        ChannelSpec("general", members=["ann", "maya", "omar"], bot_is_member=False),
        ChannelSpec("secret", members=["maya"], private=True, bot_is_member=False),
        ChannelSpec("war-room", members=["maya", "ann"], private=True),
        ChannelSpec("old", members=["ann"], archived=True),
    ]
    groups = [GroupSpec("ops-managers", members=["omar"])]
    defaults = {"people": people, "channels": channels, "groups": groups, "manifest": MANIFEST}
    quick = {"personas": ["ann", "maya"], "ack_seconds": 1.0, "retry_delays": (0.0, 0.01, 0.02)}
    return SandboxConfig(**{**defaults, **quick, **changes})


@pytest.fixture
def config() -> SandboxConfig:
    return small_config()


@pytest.fixture
async def sandbox(config):
    async with Sandbox(config) as started:
        yield started


@pytest.fixture
async def client(sandbox):
    """The real client, with no retries, on a session of its own."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(
            token="xoxb-sandbox", base_url=sandbox.api_url, session=session, timeout=5, retry_handlers=[]
        )


@pytest.fixture
async def socket_bot(sandbox):
    app = build_app(sandbox.api_url)
    handler = AsyncSocketModeHandler(app, "xapp-sandbox")
    await handler.connect_async()
    await sandbox.connected()
    yield sandbox
    await handler.close_async()
