"""Tells open pages that something they show has changed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.model import Change, Json
from bot.sandbox.workspace import Workspace


@dataclass(eq=False, slots=True)
class _Page:
    users: tuple[str, ...]
    changes: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)


class Live:
    """The open pages. Each hears of what its people may see, and for whom it is news (``as``)."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._pages: set[_Page] = set()

    def tell(self, change: Change) -> None:
        news: Json = {"type": "changed", "what": change.what}
        news |= {"channel": change.channel} if change.channel else {}
        news |= {"thread_ts": change.thread_ts} if change.thread_ts else {}
        for page in self._pages:
            for user in page.users:
                if self._concerns(user, change):
                    page.changes.put_nowait({**news, "as": user})

    def _concerns(self, user: str, change: Change) -> bool:
        if change.user is not None:
            return change.user == user
        channel = self._workspace.channels.get(change.channel or "")
        return channel is None or user in channel.members

    async def serve(self, socket: WebSocket) -> None:
        """One page, until it closes or the sandbox stops."""
        await socket.accept()
        page = _Page(tuple(socket.query_params.get("as", "").split(",")))
        self._pages.add(page)
        leaving = asyncio.create_task(self._until_closed(socket, page))
        try:
            while (news := await page.changes.get()) is not None:
                await socket.send_json(news)
        except (WebSocketDisconnect, RuntimeError):
            pass  # the page was closed while something was on its way to it
        finally:
            self._pages.discard(page)
            leaving.cancel()
            await asyncio.gather(leaving, return_exceptions=True)

    async def _until_closed(self, socket: WebSocket, page: _Page) -> None:
        while (await socket.receive())["type"] != "websocket.disconnect":
            pass
        page.changes.put_nowait(None)

    def stop(self) -> None:
        for page in self._pages:
            page.changes.put_nowait(None)
