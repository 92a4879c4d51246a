"""The Events API: what the manifest subscribed to is delivered, and again until it is acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.sandbox.delivery import EVENTS, Ack, Retry, Transport
from bot.sandbox.event_shapes import NEEDS, subscription, wrapped
from bot.sandbox.model import Json
from bot.sandbox.world import World


class EventFeed:
    """Sends events in the background. `settled()` waits until each was tried once and taken or refused."""

    def __init__(self, world: World, transport: Transport) -> None:
        self._world = world
        self._transport = transport
        self._first_tries: set[asyncio.Task[None]] = set()
        self._retries: set[asyncio.Task[None]] = set()
        self.sent: list[Json] = []
        self.lost: list[Json] = []
        self.listening = False

    def publish(self, event: Json) -> None:
        """Delivers an event if the app subscribed to it and may see where it happened."""
        if self.listening and self._subscribed(subscription(event)) and self._visible(event):
            self.redeliver(wrapped(self._world, event))

    def _subscribed(self, name: str) -> bool:
        manifest = self._world.manifest
        needed = NEEDS.get(name)
        return name in manifest.events and (
            needed is None or any(scope in manifest.scopes for scope in needed)
        )

    def redeliver(self, payload: Json) -> None:
        """Sends a wrapped event (again), with the same event_id."""
        self.sent.append(payload)
        self._keep(self._first_tries, self._first(payload))

    def _visible(self, event: Json) -> bool:
        channel = self._world.workspace.channels.get(str(event.get("channel")))
        about_bot = event.get("user") == self._world.workspace.bot_user_id
        return channel is None or about_bot or self._world.workspace.bot_in(channel)

    def _keep(self, tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async def _first(self, payload: Json) -> None:
        ack = await self._transport.deliver(EVENTS, payload)
        if not taken(ack):
            self._keep(self._retries, self._again(payload, ack))

    async def _again(self, payload: Json, ack: Ack) -> None:
        for number, delay in enumerate(self._world.config.retry_delays, 1):
            if ack.status and ack.body == "no-retry":
                break
            await asyncio.sleep(delay)
            ack = await self._transport.deliver(EVENTS, payload, Retry(number, ack.error or "unknown_error"))
            if taken(ack):
                return
        self.lost.append(payload)

    async def settled(self) -> None:
        while self._first_tries:
            await asyncio.wait(self._first_tries)

    async def finished(self) -> None:
        """Waits until nothing is left to retry either."""
        while tasks := self._first_tries | self._retries:
            await asyncio.wait(tasks)

    async def stop(self) -> None:
        self.listening = False
        tasks = [*self._first_tries, *self._retries]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def taken(ack: Ack) -> bool:
    return ack.acked and 200 <= ack.status < 300
