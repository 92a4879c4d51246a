"""Reading what would be sent, and the issue most readers read about."""

from bot.domain.ids import UserId
from bot.domain.notification import Notice, NoticeKind
from bot.domain.raising import raise_issue
from bot.domain.words import load_sentence
from tests.builders import (
    NOON,
    RAVI,
    contact,
    facts,
    issue,
    path,
    ref,
)
from tests.builders import route as way

RITA = UserId("U_RITA")
OWNED = way(path=path(owner=contact("U_PAT")))
FOR_RITA = issue(requester=RITA, route=OWNED)
"""Ravi raised it for Rita; Pat owns the path."""
RAISED = raise_issue(ref(), facts(), OWNED, raiser=RAVI, requester=RITA, updates_channel=None, now=NOON)
"""The moment it is raised."""


def told(notices: tuple[Notice, ...], kind: NoticeKind) -> list[str]:
    """``who: sentence`` of every message of one kind."""
    return [
        f"{one.to.id}: {load_sentence(one.text('sentence')).plain() if one.args.get('sentence') else ''}"
        for one in notices
        if one.kind is kind
    ]
