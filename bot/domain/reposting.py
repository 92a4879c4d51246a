"""A card that somebody deleted is posted anew, once: who deletes it a second time means it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import ENDED


def repost(issue: Issue, now: datetime) -> Change:
    """The card is gone. Does nothing when it was posted anew before, or when the issue is over or private."""
    if issue.care.reposted or issue.private or issue.state in ENDED:
        return Change(issue, ())
    after = issue.bump(care=replace(issue.care, reposted=True))
    return Change(after, (Event(EventKind.REPOSTED, now),))
