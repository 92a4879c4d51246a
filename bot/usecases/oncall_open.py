"""What is open for a schedule or a person: said when a shift begins and ends."""

from bot.domain.contacts import Contact, ContactKind
from bot.domain.escalation import waiting_for
from bot.domain.ids import WorkspaceId, issue_name
from bot.domain.issue import Issue, Target, TargetKind
from bot.domain.lifecycle import IN_WORK
from bot.domain.words import NOTHING, Sentence, listed, say
from bot.usecases.ports import Store
from bot.usecases.rows import IssueFilter

LOOKED_AT = 500
"""So many of the newest open issues."""
NAMED = 5


def concerning(store: Store, workspace: WorkspaceId, key: str, user: str = "") -> list[Issue]:
    """Open issues that this schedule was or is asked about, or that this person has; newest first."""
    contact = str(Contact(ContactKind.ONCALL, key))
    found = store.issues.find(workspace, IssueFilter(states=IN_WORK, limit=LOOKED_AT))
    return [one for one in found if _asks(one, contact) or (user and one.owner == user)]


def still_with(store: Store, workspace: WorkspaceId, user: str) -> list[Issue]:
    """Open issues that this person has, or is waited for; newest first."""
    target = Target(TargetKind.USER, user)
    found = store.issues.find(workspace, IssueFilter(states=IN_WORK, limit=LOOKED_AT))
    return [
        one for one in found if one.owner == user or any(ask.target == target for ask in waiting_for(one))
    ]


def open_there(store: Store, workspace: WorkspaceId, key: str) -> Sentence:
    """``Open there: ISS-3 and ISS-7.``"""
    found = concerning(store, workspace, key)
    if not found:
        return NOTHING
    names = [say(issue_name(one.number)) for one in found[:NAMED]]
    more = len(found) - len(names)
    shown = listed([*names, say("{n} more", n=more)] if more else names)
    return say("Open there: {issues}.", issues=shown)


def _asks(issue: Issue, contact: str) -> bool:
    return contact in (*map(str, issue.level.contacts), *(ask.contact for ask in issue.asks))
