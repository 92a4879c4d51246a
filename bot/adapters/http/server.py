"""The ASGI server: uvicorn inside our own event loop, with start and stop owned by app.py."""

import asyncio
import socket
from collections.abc import Generator, Mapping
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.adapters.http.port import listen

GRACE_SECONDS = 5


class Edge:
    """Sends each path to its application: Slack's endpoint, and the API for everything else."""

    def __init__(self, api: ASGIApp, endpoints: Mapping[str, ASGIApp]) -> None:
        self._api = api
        self._endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        app = self._endpoints.get(scope.get("path", ""), self._api)
        await app(scope, receive, send)


class _Server(uvicorn.Server):
    """Signals belong to app.py; says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class HttpServer:
    """Serves until `stop`."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._app, self._host, self._port = app, host, port
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None
        self.address = ""

    async def start(self) -> None:
        """Listen. Raises PortTaken."""
        listener = listen(self._host, self._port)
        host, port = listener.getsockname()[:2]
        self.address = f"http://{host}:{port}"
        config = uvicorn.Config(
            self._app,
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve([listener]), name="http server")
        await self._server.listening.wait()

    async def stop(self) -> None:
        """Answer what is under way, then close."""
        if self._server is None or self._task is None:
            return
        self._server.should_exit = True
        await self._task
