"""Without my name on the card: what others read names somebody; the timeline that is stored, and managers, know who."""

import re
from dataclasses import replace

from bot.domain.events import Event
from bot.domain.ids import UserId
from bot.domain.issue import Issue

SOMEBODY = UserId("Somebody")
"""Stands where the name would; renderers show what is no user id as it is."""


def hidden(issue: Issue, reader: str = "") -> frozenset[UserId]:
    """Whose names this reader does not read: who raised it, or what was merged into it, without their name."""
    raiser = {issue.raiser} if issue.facts.nameless else set[UserId]()
    return frozenset({*issue.company.unnamed, *raiser} - {reader})


def veiled(issue: Issue, reader: str = "") -> Issue:
    """The issue as everybody reads it; whose name it keeps back reads their own."""
    names = hidden(issue, reader)
    if not names:
        return issue
    raiser, requester = (SOMEBODY if one in names else one for one in (issue.raiser, issue.requester))
    care = replace(issue.care, lost=tuple(SOMEBODY if one in names else one for one in issue.care.lost))
    return replace(issue, raiser=raiser, requester=requester, care=care)


def veiled_event(issue: Issue, event: Event, reader: str = "") -> Event:
    """A row of the timeline as everybody reads it. `issue` is the one that still has the names."""
    data = {
        key: veiled_text(issue, value, reader) if isinstance(value, str) else value
        for key, value in event.data.items()
    }
    return replace(event, actor=SOMEBODY if event.actor in hidden(issue, reader) else event.actor, data=data)


def veiled_text(issue: Issue, text: str, reader: str = "") -> str:
    """A text, or a stored sentence, without the ids of those whose names are kept back."""
    names = hidden(issue, reader)
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, names))})\b", SOMEBODY, text) if names else text
