"""What a command answers: lines for people, data for programs, and an exit code."""

from dataclasses import dataclass
from typing import Any

FINE, DIFFERENT = 0, 1


@dataclass(frozen=True, slots=True)
class Report:
    """Lines for people, data for programs (JSON), and the exit code: 0 = fine, 1 = differences or findings.

    `notes` are those of the lines that warn.
    """

    lines: tuple[str, ...]
    data: Any
    code: int = FINE
    notes: tuple[str, ...] = ()
