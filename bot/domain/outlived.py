"""How long rows about messages are kept after a message went out, or was not needed any more.

What a message was and where it is, is kept with its issue for ever: healing and editing go by that. These are only the
rows by which it was sent. A posted one also keeps the same message from being posted twice, so it stays while somebody
might ask for that message again. Rows that failed stay until an operator tries them again or gives them up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.notification import NoticeKind

ROWS_KEPT = timedelta(days=30)
"""Edits, and posts whose key is never used again."""
POSTS_KEPT = timedelta(days=180)
"""Posts of an issue, once it has been over for so long; news of shifts; questions to take a shift that is over."""
INBOUND_KEPT = timedelta(days=7)
"""Keys of what Slack sent: it repeats for minutes."""

ONCE = frozenset(
    {
        NoticeKind.WHISPER,
        NoticeKind.DETAILS,
        NoticeKind.HOME,
        NoticeKind.PICTURE,
        NoticeKind.BUNDLE,
        NoticeKind.DIGEST,
    }
)
"""Each post of these has a key of its own."""
CARDS = frozenset({NoticeKind.CARD, NoticeKind.COPY})
"""An issue that is made public or reopened asks for its card again, however late."""


@dataclass(frozen=True, slots=True)
class Old:
    """Rows that ended before these instants (UTC) have outlived their use."""

    rows: datetime
    posts: datetime


def old_at(now: datetime) -> Old:
    """What is old now."""
    return Old(now - ROWS_KEPT, now - POSTS_KEPT)
