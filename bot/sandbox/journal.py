"""What the app asked for, in order: the list tests read to see how it behaved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One Web API request. `at` is seconds since the epoch by the sandbox's clock; `stored` says it took effect."""

    at: float
    method: str
    token_kind: str
    args: dict[str, Any]
    ok: bool
    error: str | None
    status: int
    stored: bool
