"""The More form: what somebody is offered to do with an issue, by the words of the commands.

What fits is known from the issue alone; what its reader may do needs to know who they are. Each verb looks at both
again when it is tried.
"""

from collections.abc import Mapping

from bot.domain.issue import Issue
from bot.domain.lifecycle import TRANSITIONS, Verb
from bot.domain.permissions import Action, Actor, may, roles
from bot.domain.sight import may_see

_MOVES: Mapping[str, Verb] = {
    "giveback": Verb.GIVE_BACK,
    "snooze": Verb.SNOOZE,
    "change": Verb.CHANGE,
    "bypass": Verb.BYPASS,
    "sendback": Verb.SEND_BACK,
    "withdraw": Verb.WITHDRAW,
    "edit": Verb.EDIT,
    "join": Verb.JOIN,
    "kudos": Verb.THANK,
    "private": Verb.HIDE,
    "public": Verb.HIDE,
}
"""What each of these does to an issue; the others can be done at any time."""
_NEEDS: Mapping[str, Action] = {
    "giveback": Action.GIVE_BACK,
    "snooze": Action.SNOOZE,
    "change": Action.PRIORITIZE,  # whoever may set the priority has something to change there
    "bypass": Action.BYPASS,
    "sendback": Action.SEND_BACK,
    "withdraw": Action.WITHDRAW,
    "edit": Action.EDIT,
    "join": Action.JOIN,
    "watch": Action.WATCH,
    "link": Action.LINK,
    "kudos": Action.THANK,
    "private": Action.HIDE,
    "public": Action.HIDE,
}
"""The right that each needs."""
_OWN = ("giveback", "snooze")
"""Only its owner is offered these."""
_FOR_ALL_INVOLVED = ("watch", "kudos")
"""What everybody may who is anything to the issue."""


def fits(word: str, issue: Issue, user: str) -> bool:
    """Whether this can be done to the issue as it stands now."""
    if word in _MOVES and (issue.state, _MOVES[word]) not in TRANSITIONS:
        return False
    if word in _OWN:
        return issue.owner == user
    follows = user in issue.company.watchers
    told = user == issue.requester or user in issue.company.further
    there = {"public": issue.private, "private": not issue.private, "unwatch": follows, "watch": not follows}
    return there.get(word, True) and not (word == "join" and told)


def allowed(word: str, issue: Issue, actor: Actor) -> bool:
    """Whether the right that it needs is theirs; what needs none is everybody's."""
    if word not in _NEEDS or may(_NEEDS[word], issue, actor):
        return True
    return word in _FOR_ALL_INVOLVED and may_see(issue, actor) and bool(roles(issue, actor))
