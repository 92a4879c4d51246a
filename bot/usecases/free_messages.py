"""Messages about no issue that stay true: asked once by key, and edited under the same key when things have changed.

Put `asked(...)` into the outbox with issue None, in the transaction that stores what it is about. When that changes,
put `retold(...)` with the same key: the message that is there is drawn anew from the new arguments, wherever it is, and
an edit never goes out before its message. Kinds that are kept are in `bot.domain.prompting.FREE_KEPT`. All that the
picture shows is in `args`.
"""

from collections.abc import Mapping

from bot.domain.issue import Target, TargetKind
from bot.domain.notification import Notice, NoticeKind, Op, Rank


def asked(kind: NoticeKind, key: str, user: str, args: Mapping[str, str | int]) -> Notice:
    """A direct message to one person. The same key is never sent twice."""
    return Notice(kind, key, Target(TargetKind.USER, user), key, Rank.REQUESTER, args=args)


def retold(kind: NoticeKind, key: str, user: str, args: Mapping[str, str | int]) -> Notice:
    """The same message, which shows these arguments from now on."""
    return Notice(kind, key, Target(TargetKind.USER, user), key, Rank.EDIT, Op.EDIT, args)
