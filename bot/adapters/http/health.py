"""Health: is it alive, can it do its work, and what is reduced."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Health:
    """What operators see. `problems` make the process unready; `reduced` only says what works less well.

    `loops` = seconds since each loop ended a pass well.
    """

    version: str
    slack: str
    outbox_waiting: int = 0
    loops: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    reduced: list[str] = field(default_factory=list)


Look = Callable[[], Awaitable[Health]]
