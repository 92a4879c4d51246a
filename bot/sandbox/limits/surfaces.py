"""Messages, modals and Home tabs as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


def check_message(blocks: Any, pointer: str = "/blocks") -> list[Problem]:
    return [Problem(pointer, "no more than 50 items allowed")] if len(blocks) > 50 else []


def check_view(view: Any, kind: str) -> list[Problem]:
    return (
        [] if isinstance(view.get("blocks"), list) else [Problem("/view", "missing required field: blocks")]
    )


def with_ids(blocks: Sequence[dict[str, Any]], serial: Callable[[], int]) -> list[dict[str, Any]]:
    return [{"block_id": f"b{serial():04d}", **block} for block in blocks]
