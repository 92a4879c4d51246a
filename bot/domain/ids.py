"""The names of things. People, channels and workspaces keep Slack's own ids; issues are numbered per workspace."""

import re
from dataclasses import dataclass
from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
UserId = NewType("UserId", str)
ChannelId = NewType("ChannelId", str)

_ISSUE_NUMBER = re.compile(r"(?:iss[-\s]?|#)?(\d{1,9})", re.IGNORECASE)
_ISSUE_FIRST = re.compile(rf"{_ISSUE_NUMBER.pattern}(?!\S)(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class IssueRef:
    """One issue of one workspace. There is no way to name an issue without its workspace."""

    workspace: WorkspaceId
    number: int

    def __str__(self) -> str:
        return issue_name(self.number)


def issue_name(number: int) -> str:
    """The name people use: ``ISS-42``."""
    return f"ISS-{number}"


def parse_issue_number(text: str) -> int | None:
    """The number in ``ISS-42``, ``iss 42``, ``#42`` or ``42``; None when the text names no issue."""
    found = _ISSUE_NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def read_issue_number(text: str) -> tuple[int | None, str]:
    """The issue a text begins with, and what follows its name: ``ISS-42 P1`` is 42 and ``P1``."""
    found = _ISSUE_FIRST.match(text.strip())
    return (int(found[1]), found[2].strip()) if found else (None, text.strip())
