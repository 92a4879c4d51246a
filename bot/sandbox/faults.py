"""Scripted bad weather: what goes wrong, on which method or socket, and how often."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Matches = Callable[[Mapping[str, Any]], bool]
SOCKET = "socket"
HTTP = "http"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong. Build it with the named makers; `seconds` are real ones."""

    kind: str
    code: str = ""
    http_status: int = 200
    retry_after: int | None = None
    seconds: float = 0.0

    @classmethod
    def status(cls, http_status: int, retry_after: int | None = None) -> Fault:
        """429 (with Retry-After), 500, 502, 503: nothing is stored."""
        return cls("status", http_status=http_status, retry_after=retry_after)

    @classmethod
    def error(cls, code: str) -> Fault:
        """An `ok: false` answer with this error."""
        return cls("error", code=code)

    @classmethod
    def html(cls, http_status: int = 200) -> Fault:
        """A proxy's page where JSON belongs."""
        return cls("html", http_status=http_status)

    @classmethod
    def timeout(cls) -> Fault:
        """No answer at all; the caller must give up. Nothing is stored."""
        return cls("timeout")

    @classmethod
    def timeout_after_store(cls) -> Fault:
        """No answer at all, though the call took effect."""
        return cls("timeout_after_store")

    @classmethod
    def drop_before(cls) -> Fault:
        """The connection closes before the call took effect."""
        return cls("drop_before")

    @classmethod
    def drop_after_store(cls) -> Fault:
        """The call takes effect, then the connection closes without an answer."""
        return cls("drop_after_store")

    @classmethod
    def slow(cls, seconds: float) -> Fault:
        """The right answer, late."""
        return cls("slow", seconds=seconds)

    @classmethod
    def unknown_method(cls) -> Fault:
        """The method does not exist (any more)."""
        return cls("error", code="unknown_method")

    @classmethod
    def duplicate_envelope(cls) -> Fault:
        """Socket or HTTP: the payload comes twice, with the same ids."""
        return cls("duplicate_envelope")

    @classmethod
    def refresh(cls) -> Fault:
        """Socket: right after the payload the connection is asked to go away and closed."""
        return cls("refresh")

    @classmethod
    def deaf(cls) -> Fault:
        """Socket: the payload is lost although the connection looks alive."""
        return cls("deaf")

    @classmethod
    def dead_ticket(cls) -> Fault:
        """Socket: the next connection is refused and its ticket is spent."""
        return cls("dead_ticket")


@dataclass(slots=True)
class _Scripted:
    target: str
    fault: Fault
    left: int | None
    when: Matches | None


class Faults:
    """The script. Targets are method names, `*` for any method, `socket` and `http` for deliveries."""

    def __init__(self) -> None:
        self._script: list[_Scripted] = []

    def add(self, target: str, fault: Fault, times: int | None = 1, when: Matches | None = None) -> None:
        """From now on `fault` befalls `target`, `times` times (None: always), where `when(args)` holds."""
        self._script.append(_Scripted(target, fault, times, when))

    def clear(self) -> None:
        self._script.clear()

    def take(self, target: str, args: Mapping[str, Any], kinds: frozenset[str] | None = None) -> Fault | None:
        """The fault that is due, counted as used; only of these `kinds` if given."""
        for entry in self._script:
            wanted = entry.target in (target, "*" if target not in (SOCKET, HTTP) else target)
            fits = kinds is None or entry.fault.kind in kinds
            if wanted and fits and (entry.when is None or entry.when(args)):
                self._use(entry)
                return entry.fault
        return None

    def _use(self, entry: _Scripted) -> None:
        if entry.left is None:
            return
        entry.left -= 1
        if entry.left <= 0:
            self._script.remove(entry)
