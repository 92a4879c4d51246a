"""What a look-up found."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.contacts import Contact
from bot.domain.issue import Target


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look-up of one contact found: targets, or why there are none.

    `until` is when these people's shift ends, `again_at` when somebody will be on duty where nobody is (UTC).
    `away_since` is when the leave began of somebody who was named by their id and is on leave.
    """

    contact: Contact
    targets: tuple[Target, ...]
    why: str = ""
    until: datetime | None = None
    again_at: datetime | None = None
    away_since: datetime | None = None
