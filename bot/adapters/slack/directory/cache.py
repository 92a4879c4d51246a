"""Answers kept for a while: one look-up at a time per key, and an old answer rather than none."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.adapters.slack.directory.lookups import Silent
from bot.usecases.outside import Clock, DirectoryDown

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
F = TypeVar("F")

KEEP = timedelta(minutes=5)
"""How long an answer is good."""
KEEP_NONE = timedelta(seconds=30)
"""How long "there is no such thing" is good, and how long an old answer is used before Slack is asked again."""
CANNOT_ASK = "Slack cannot be asked right now."


@dataclass(slots=True)
class _Entry(Generic[V]):
    value: V
    loaded_at: datetime
    ask_again_at: datetime
    excused_until: datetime | None = None
    """Slack was down a moment ago: the old answer will do until then."""
    silent: str = ""
    """The method that gave no answer although Slack was there."""


class Cache(Generic[K, V]):
    """Values by key. A value of None is an answer too: there is no such thing.

    Everybody who asks for the same key at the same time waits for the same look-up. `expire` makes the next one ask
    again, but keeps the value for when Slack is down. At most `limit` entries are kept; the oldest go first."""

    def __init__(self, clock: Clock, limit: int = 5000) -> None:
        self._clock = clock
        self._limit = limit
        self._entries: dict[K, _Entry[V]] = {}
        self._running: dict[K, asyncio.Task[V]] = {}

    async def get(self, key: K, load: Callable[[], Awaitable[V]], max_age: timedelta = KEEP) -> V:
        """The value, not older than `max_age` unless Slack is down.

        Raises DirectoryDown when there is none at all, or Silent; and whatever `load` raises besides."""
        now = self._clock.now()
        entry = self._entries.get(key)
        if entry is not None and _good(entry, now, max_age):
            return entry.value
        task = self._running.get(key)
        if task is None:
            task = asyncio.create_task(self._load(key, load))
            self._running[key] = task
            task.add_done_callback(lambda done: self._finished(key, done))
        # One caller that gives up must not take the answer away from the others.
        return await asyncio.shield(task)

    async def seek(self, key: K, load: Callable[[], Awaitable[V]], pick: Callable[[V], F | None]) -> F | None:
        """What `pick` finds in the value. Before the answer is "nothing", an older value is loaded anew.

        Raises DirectoryDown, or Silent, when only an old value is to be had and it is not in there."""
        found = pick(await self.get(key, load))
        if found is None and not self._recent(key):
            found = pick(await self.get(key, load, KEEP_NONE))
            if found is None and not self._recent(key):
                entry = self._entries.get(key)
                raise Silent(entry.silent) if entry and entry.silent else DirectoryDown(CANNOT_ASK)
        return found

    def _recent(self, key: K) -> bool:
        entry = self._entries.get(key)
        return entry is not None and self._clock.now() - entry.loaded_at < KEEP_NONE

    def expire(self, key: K) -> None:
        """It may have changed: ask again next time, also when a look-up is under way right now."""
        self._running.pop(key, None)
        if key in self._entries:
            self._entries[key].ask_again_at = self._clock.now()

    def expire_all(self) -> None:
        """Everything may have changed."""
        self.expire_where(lambda value: True)

    def expire_where(self, affected: Callable[[V], bool]) -> None:
        """Values that `affected` accepts may have changed, and whatever is being looked up right now."""
        stale = [key for key, entry in self._entries.items() if affected(entry.value)]
        for key in [*stale, *self._running]:
            self.expire(key)

    def known(self, key: K) -> V | None:
        """The value as far as known, however old."""
        entry = self._entries.get(key)
        return None if entry is None else entry.value

    async def _load(self, key: K, load: Callable[[], Awaitable[V]]) -> V:
        try:
            value = await load()
        except (DirectoryDown, Silent) as excuse:
            entry = self._entries.get(key)
            if entry is None:
                raise
            entry.excused_until = self._clock.now() + KEEP_NONE
            entry.silent = excuse.method if isinstance(excuse, Silent) else ""
            return entry.value
        if self._running.get(key) is asyncio.current_task():
            now = self._clock.now()
            self._entries.pop(key, None)
            self._entries[key] = _Entry(value, now, now + (KEEP_NONE if value is None else KEEP))
            self._shrink()
        return value

    def _finished(self, key: K, task: asyncio.Task[V]) -> None:
        if self._running.get(key) is task:
            del self._running[key]
        if not task.cancelled():
            task.exception()  # seen, also when everybody who waited has gone

    def _shrink(self) -> None:
        while len(self._entries) > self._limit:
            del self._entries[next(iter(self._entries))]


def _good(entry: _Entry[V], now: datetime, max_age: timedelta) -> bool:
    if entry.excused_until is not None and now < entry.excused_until:
        return True
    return now < entry.ask_again_at and now - entry.loaded_at < max_age
