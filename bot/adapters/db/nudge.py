"""LISTEN for what other replicas commit. Only a bonus: the loops look by themselves once a second anyway."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

import asyncpg

from bot.adapters.db.postgres_units import CHANNEL

LOG = logging.getLogger(__name__)
RECONNECT_AFTER = 5.0
"""Seconds."""


class Nudge:
    """One connection that listens. `me` is the sender whose own news are of no interest."""

    def __init__(self, address: Mapping[str, Any], me: str) -> None:
        self._address = address
        self._me = me
        self._task: asyncio.Task[None] | None = None

    async def listen(self, callback: Callable[[], None]) -> None:
        """Returns once the first attempt to connect has ended, well or not."""
        tried = asyncio.Event()
        self._task = asyncio.create_task(self._keep_listening(callback, tried))
        await tried.wait()

    async def close(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _keep_listening(self, callback: Callable[[], None], tried: asyncio.Event) -> None:
        while True:
            try:
                await self._listen_once(callback, tried)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                LOG.info("Not listening to other replicas for now: %r", error)
            tried.set()
            await asyncio.sleep(RECONNECT_AFTER)

    async def _listen_once(self, callback: Callable[[], None], tried: asyncio.Event) -> None:
        """Returns when the connection has ended."""
        ended = asyncio.Event()

        def heard(_connection: object, _pid: int, _channel: str, sender: object) -> None:
            if sender != self._me:
                callback()

        connection = await asyncpg.connect(**self._address, timeout=5)
        try:
            connection.add_termination_listener(lambda _: ended.set())
            await connection.add_listener(CHANNEL, heard)
            tried.set()
            await ended.wait()
        finally:
            connection.terminate()
