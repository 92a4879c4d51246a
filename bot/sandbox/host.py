"""The HTTP server around the sandbox: uvicorn in the caller's event loop, without its signal handlers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Generator

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp
from websockets.exceptions import InvalidState

GRACE = 5.0
TICK = 0.002


class QuietServer(uvicorn.Server):
    """Leaves signals to the program it runs in, and stops at once when told."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.leave = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.leave.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Closes everything and waits only as long as there is something to wait for."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            try:
                connection.shutdown()
            except InvalidState:  # it is leaving at this very moment, and uvicorn says goodbye a second time
                connection.transport.close()
        for _ in range(round(GRACE / TICK)):
            if not self.server_state.connections and not self.server_state.tasks:
                break
            await asyncio.sleep(TICK)
        for server in self.servers:
            await server.wait_closed()


class Host:
    """Listens on host and port (0: a free one) until `stop`."""

    def __init__(self) -> None:
        self._server: QuietServer | None = None
        self._serving: asyncio.Task[None] | None = None
        self.leaving = asyncio.Event()

    async def start(self, app: ASGIApp, host: str, port: int) -> tuple[str, int]:
        """The address listened on."""
        listener = _listener(host, port)
        address = listener.getsockname()
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            ws="websockets-sansio",
            ws_ping_interval=None,
            log_config=None,
        )
        self._server = QuietServer(config)
        self._serving = asyncio.create_task(self._server.serve([listener]))
        await self._server.ready.wait()
        return str(address[0]), int(address[1])

    async def stop(self) -> None:
        self.leaving.set()
        if self._server is not None and self._serving is not None:
            self._server.leave.set()
            await self._serving
            self._server = self._serving = None

    async def hang(self, request: Request) -> None:
        """Says nothing until the caller gives up or the sandbox stops; then the connection is gone."""
        gone = asyncio.create_task(_disconnected(request))
        leaving = asyncio.create_task(self.leaving.wait())
        await asyncio.wait({gone, leaving}, return_when=asyncio.FIRST_COMPLETED)
        for task in (gone, leaving):
            task.cancel()
        await asyncio.gather(gone, leaving, return_exceptions=True)
        await self.drop(request)

    async def drop(self, request: Request) -> None:
        """Breaks the connection of this request."""
        assert self._server is not None
        for connection in list(self._server.server_state.connections):
            if getattr(connection, "client", None) == request.scope["client"]:
                transport = getattr(connection, "transport", None)
                if transport is not None:
                    transport.abort()
        await _disconnected(request)


def _listener(host: str, port: int) -> socket.socket:
    """A TCP socket that says so: only then does asyncio switch off the delay that costs 40 ms an answer."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
