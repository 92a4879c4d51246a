"""How a socket ends: whoever leaves first, at whatever moment, it is no error."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.websockets import WebSocket

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import small_config


def socket_of(sandbox: Sandbox, *, says: Any, hears: Any) -> WebSocket:
    """The server's end of a socket whose client does exactly what a test says: a ticket, then `says` and `hears`."""
    sandbox.world.tickets.add("ticket")
    scope = {"type": "websocket", "query_string": b"ticket=ticket", "headers": []}
    return WebSocket(scope, receive=says, send=hears)


async def test_a_connection_that_is_closed_while_it_is_read_just_ends() -> None:
    async with Sandbox(small_config()) as sandbox:
        came = iter([{"type": "websocket.connect"}, {"type": "websocket.receive", "text": "{}"}])
        heard: list[str] = []

        async def says() -> dict[str, Any]:
            message = next(came)
            if message["type"] == "websocket.receive":
                await sandbox.sockets.drop()
            return message

        async def hears(message: Any) -> None:
            heard.append(message["type"])

        await sandbox.sockets.serve(socket_of(sandbox, says=says, hears=hears))
        assert heard == ["websocket.accept", "websocket.send", "websocket.close"]
        assert sandbox.sockets.connections == 0


GONE_BEFORE_HELLO = {
    "the connection is broken": OSError(),
    "the server is closing it": RuntimeError("Expected ASGI message 'websocket.accept'"),
}


@pytest.mark.parametrize("broken", GONE_BEFORE_HELLO.values(), ids=GONE_BEFORE_HELLO)
async def test_a_client_that_leaves_before_hello_is_no_connection(broken: Exception) -> None:
    async with Sandbox(small_config()) as sandbox:

        async def says() -> dict[str, Any]:
            return {"type": "websocket.connect"}

        async def hears(message: Any) -> None:
            if message["type"] == "websocket.send":
                raise broken

        await sandbox.sockets.serve(socket_of(sandbox, says=says, hears=hears))
        assert sandbox.sockets.connections == 0


async def test_who_has_just_left_need_not_be_sent_away() -> None:
    async with Sandbox(small_config()) as sandbox:
        said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        said.put_nowait({"type": "websocket.connect"})
        heard: list[str] = []

        async def hears(message: Any) -> None:
            heard.append(message["type"])
            if len(heard) > 2:
                raise OSError

        serving = asyncio.create_task(sandbox.sockets.serve(socket_of(sandbox, says=said.get, hears=hears)))
        await sandbox.connected()
        try:
            await sandbox.sockets.refresh()
            await sandbox.sockets.drop()
        finally:
            said.put_nowait({"type": "websocket.disconnect", "code": 1006})
            await serving
        assert heard == ["websocket.accept", "websocket.send", "websocket.send"]
