"""A proxy in front of PostgreSQL that cuts the line at COMMIT, before or after the server has heard it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import sqlalchemy as sa

Cut = Literal["", "before", "after"]


class Proxy:
    """Forwards bytes. `cut` is what happens at the next COMMIT."""

    def __init__(self, socket: str) -> None:
        self.cut: Cut = ""
        self.cuts = 0
        self.port = 0
        self._socket = socket
        self._server: asyncio.Server | None = None

    async def listen(self) -> None:
        """Let clients in, at the same port as before."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def refuse(self) -> None:
        """Turn new clients away, as a server does that was stopped."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        server, to_server = await asyncio.open_unix_connection(self._socket)
        answers = asyncio.create_task(_forward(server, to_client))
        while data := await _read(client):
            if self.cut and b"COMMIT;" in data:
                await self._cut(answers, server, to_server, data)
                break
            to_server.write(data)
        answers.cancel()
        await asyncio.wait({answers})
        to_server.close()
        to_client.close()

    async def _cut(
        self,
        answers: asyncio.Task[None],
        server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
        data: bytes,
    ) -> None:
        """The client hears nothing any more; the server hears COMMIT or not."""
        answers.cancel()
        await asyncio.wait({answers})
        if self.cut == "after":
            to_server.write(data)
            await server.read(1)
        self.cut = ""
        self.cuts += 1


async def _read(client: asyncio.StreamReader) -> bytes:
    try:
        return await client.read(65536)
    except ConnectionError:
        return b""  # the client left in a hurry


async def _forward(server: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
    while data := await server.read(65536):
        to_client.write(data)
    to_client.close()


@asynccontextmanager
async def proxied(url: str) -> AsyncIterator[tuple[Proxy, str]]:
    """A proxy for the server behind a socket, and the address of the database through it."""
    address = sa.make_url(url)
    proxy = Proxy(f"{address.query['host']}/.s.PGSQL.5432")
    await proxy.listen()
    through = address.set(host="127.0.0.1", port=proxy.port, query={})
    try:
        yield proxy, through.render_as_string(hide_password=False)
    finally:
        await proxy.refuse()
