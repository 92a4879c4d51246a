"""A small workspace, and a real bolt app that lives in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.config import ChannelSpec, GroupSpec, Person, SandboxConfig
from bot.sandbox.host import Host
from bot.sandbox.server import Sandbox
from tests.sandbox.app import MANIFEST, build_app


def small_config(**changes: Any) -> SandboxConfig:
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
async def sandbox(config: SandboxConfig) -> AsyncIterator[Sandbox]:
    async with Sandbox(config) as started:
        yield started


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """The connections of the client, and of those who call without it."""
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def client(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncWebClient:
    """The real client, with no retries."""
    return AsyncWebClient(
        token="xoxb-sandbox", base_url=sandbox.api_url, session=session, timeout=5, retry_handlers=[]
    )


@asynccontextmanager
async def over_socket(**changes: Any) -> AsyncIterator[Sandbox]:
    """A sandbox with the app connected by Socket Mode."""
    async with Sandbox(small_config(**changes)) as sandbox:
        handler = AsyncSocketModeHandler(build_app(sandbox.api_url), "xapp-sandbox")
        await handler.connect_async()
        await sandbox.connected()
        try:
            yield sandbox
        finally:
            await handler.close_async()


@asynccontextmanager
async def over_http(**changes: Any) -> AsyncIterator[Sandbox]:
    """A sandbox whose app listens at a request URL."""
    held: dict[str, AsyncSlackRequestHandler] = {}

    async def listen(request: Request) -> Response:
        return await held["app"].handle(request)

    host = Host()
    web = Starlette(routes=[Route("/slack/events", listen, methods=["POST"])])
    name, port = await host.start(web, "127.0.0.1", 0)
    config = small_config(request_url=f"http://{name}:{port}/slack/events", **changes)
    try:
        async with Sandbox(config) as sandbox:
            held["app"] = AsyncSlackRequestHandler(build_app(sandbox.api_url))
            yield sandbox
    finally:
        await host.stop()


@pytest.fixture
async def socket_bot() -> AsyncIterator[Sandbox]:
    async with over_socket() as sandbox:
        yield sandbox
