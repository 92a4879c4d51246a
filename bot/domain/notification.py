"""What is said to whom: messages as values, before any of them is drawn or sent.

A message has a key that never changes (`ping:1:2:0:user:U7` is the ping of opening 1, level 2, round 0 to U7). Posting
it, editing it later and finding it again after a crash all go by that key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from bot.domain.issue import Target


class NoticeKind(StrEnum):
    """Every picture Rung draws and sends by itself."""

    CARD = "card"
    LOG = "log"  # a line in the card's thread
    MENTION = "mention"  # names those who are asked, in the thread
    PING = "ping"
    REMINDER = "reminder"
    NAG = "nag"
    REQUESTER = "requester"  # an update the requester reads
    OWNER = "owner"  # something the owner must know
    MANAGER = "manager"  # something the escalation manager must know
    PATH_OWNER = "path_owner"
    WHISPER = "whisper"  # an answer to a click, seen by one person
    DETAILS = "details"  # fills an opened view
    HOME = "home"
    INFORM = "inform"  # tells somebody who is not asked
    SHIFT = "shift"  # a shift begins or ends
    SWAP = "swap"  # asks somebody to take a shift, and says what became of it
    AGREEMENT = "agreement"  # asks a contact to agree to their place on a path
    PICTURE = "picture"  # a picture somebody asked for
    NEWS = "news"  # what a new version of the matrix changes
    RAISER = "raiser"  # something who raised it must know or do
    WATCHER = "watcher"  # tells somebody who follows it
    COPY = "copy"  # the card of a private issue, for one person
    BUNDLE = "bundle"  # many pings in one message
    DIGEST = "digest"  # what is open and late


class Op(StrEnum):
    """What to do with the message of that key."""

    POST = "post"
    EDIT = "edit"


class Rank(IntEnum):
    """Which message goes first when many are due; lower is sooner."""

    ANSWER = 0
    PING = 1
    REQUESTER = 2
    CARD = 3
    LOG = 4
    EDIT = 5


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to be sent. Messages of the same lane go out one after another, in order."""

    kind: NoticeKind
    key: str
    to: Target
    lane: str
    rank: Rank
    op: Op = Op.POST
    args: Mapping[str, str | int] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """An argument as text; empty when it is not there."""
        return str(self.args.get(name, ""))
