"""Without my name on the card: what others read names somebody; the timeline that is stored, and managers, know who."""

import re
from dataclasses import replace

from bot.domain.events import Event
from bot.domain.ids import UserId
from bot.domain.issue import Issue

SOMEBODY = UserId("Somebody")
"""Stands where the name would; renderers show what is no user id as it is."""


def veiled(issue: Issue, reader: str = "") -> Issue:
    """The issue as everybody reads it; who raised it reads it as it is."""
    if not issue.facts.nameless or reader == issue.raiser:
        return issue
    requester = SOMEBODY if issue.requester == issue.raiser else issue.requester
    return replace(issue, raiser=SOMEBODY, requester=requester)


def veiled_event(issue: Issue, event: Event) -> Event:
    """A row of the timeline as everybody reads it. `issue` is the one that still has the name."""
    data = {
        key: veiled_text(issue, value) if isinstance(value, str) else value
        for key, value in event.data.items()
    }
    return replace(event, actor=SOMEBODY if event.actor == issue.raiser else event.actor, data=data)


def veiled_text(issue: Issue, text: str) -> str:
    """A text, or a stored sentence, without the id of who raised it."""
    return re.sub(rf"\b{re.escape(issue.raiser)}\b", SOMEBODY, text)
