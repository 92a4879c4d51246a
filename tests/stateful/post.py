"""The post: a channel that loses, delays and refuses messages as it is told, and knows what really arrived."""

from collections import deque
from collections.abc import Iterator
from enum import StrEnum

from bot.domain.delivery import Outcome, Reason, Rejected, RetryLater, Sent, Unknown
from bot.domain.notification import Notice, Op
from bot.usecases.rows import Letter


class Fault(StrEnum):
    """What happens to one message."""

    LATER = "later"  # certainly not accepted
    LOST = "lost"  # nobody knows; it is not there
    LANDED = "landed"  # nobody knows; it is there
    REFUSED = "refused"  # the place cannot be reached


class Post:
    """Port Channel. Accepts everything unless told otherwise."""

    def __init__(self) -> None:
        self.faults: deque[Fault] = deque()
        """What happens to the next messages, in order."""
        self.closed: set[str] = set()
        """People and places that refuse every message."""
        self.arrived: list[tuple[int | None, Notice]] = []
        """Every message that was posted and is there, with its issue: those of a bundle one by one."""
        self.refused: set[int] = set()
        """The rows that were refused for good."""
        self.unread: set[tuple[int | None, str, str]] = set()
        """(issue, reader, words) of the same, one by one."""
        self.unedited: set[tuple[int | None, str]] = set()
        """Messages, by issue and key, that could not be edited some time: they show what was."""
        self._there: dict[int, Sent] = {}
        self.twice: list[str] = []
        """Messages that were accepted although they were there already."""

    async def send(self, letter: Letter) -> Outcome:
        """Once; never raises."""
        fault = self.faults.popleft() if self.faults else None
        row = letter.row
        if row.notice.to.id in self.closed or fault is Fault.REFUSED:
            self.unedited |= {(row.issue, row.notice.key)} if row.notice.op is Op.EDIT else set()
            self.refused |= {row.id, *(one.row.id for one in letter.parts if one.row)}
            self.unread.add((row.issue, row.notice.text("reader"), row.notice.text("quote")))
            return Rejected(Reason.ROUTE, "cannot be reached")
        if fault is Fault.LATER:
            return RetryLater("busy")
        if fault is Fault.LOST:
            return Unknown("no answer")
        sent = self._accept(letter)
        return Unknown("no answer") if fault is Fault.LANDED else sent

    async def find(self, letter: Letter) -> Outcome | None:
        """What really arrived."""
        return self._there.get(letter.row.id)

    def _accept(self, letter: Letter) -> Sent:
        row = letter.row
        if row.notice.op is Op.EDIT and letter.message is not None:
            return Sent(letter.message.place, letter.message.stamp)
        if row.id in self._there:
            self.twice.append(row.notice.key)
        self._there[row.id] = Sent(row.notice.to.id, f"{row.id:09}.000100")
        self.arrived.extend(_posted(letter))
        return self._there[row.id]


def _posted(letter: Letter) -> Iterator[tuple[int | None, Notice]]:
    if not letter.parts:
        yield letter.row.issue, letter.row.notice
    for part in letter.parts:
        yield part.issue.number, part.notice
