"""Slack's rate limits, off until switched on: a count per method and minute, one post a second per channel."""

from __future__ import annotations

import math
from collections import deque

from bot.sandbox.clock import Clock
from bot.sandbox.scopes import METHODS

PER_MINUTE = {"1": 1, "2": 20, "3": 50, "4": 100}
POSTS = frozenset({"chat.postMessage", "chat.postEphemeral", "chat.meMessage"})


class RateLimits:
    """Sliding windows by the sandbox's clock. `on` is the switch; `limit` sets a lower bar for one method."""

    def __init__(self, clock: Clock) -> None:
        self.on = False
        self._clock = clock
        self._own: dict[str, int] = {}
        self._calls: dict[str, deque[float]] = {}
        self._posts: dict[str, float] = {}

    def limit(self, method: str, per_minute: int) -> None:
        """Switches limits on, with this bar for `method`."""
        self.on = True
        self._own[method] = per_minute

    def refusal(self, method: str, channel: str | None) -> int | None:
        """Seconds to wait if this call comes too soon, else None and the call is counted."""
        if not self.on:
            return None
        now = self._clock()
        wait = self._channel_wait(method, channel, now) or self._method_wait(method, now)
        if wait is not None:
            return max(1, math.ceil(wait))
        self._calls.setdefault(method, deque()).append(now)
        if method in POSTS and channel:
            self._posts[channel] = now
        return None

    def _channel_wait(self, method: str, channel: str | None, now: float) -> float | None:
        if method not in POSTS or not channel:
            return None
        ready = self._posts.get(channel, now - 1.0) + 1.0
        return ready - now if ready > now else None

    def _method_wait(self, method: str, now: float) -> float | None:
        bar = self._own.get(method) or PER_MINUTE.get(METHODS[method].tier)
        calls = self._calls.setdefault(method, deque())
        while calls and calls[0] <= now - 60.0:
            calls.popleft()
        return calls[0] + 60.0 - now if bar is not None and len(calls) >= bar else None
