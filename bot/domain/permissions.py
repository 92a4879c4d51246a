"""Whether somebody may do something to an issue: the table of rights, asked."""

from bot.domain.errors import NotAllowed
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.rights import RIGHTS, UNTIL_TAKEN, Action, Role, who_may
from bot.domain.sight import is_private, may_touch
from bot.domain.standing import Actor, roles
from bot.domain.words import Person, Sentence, listed, say

__all__ = ["RIGHTS", "Action", "Actor", "Role", "may", "reads_notes", "require", "roles", "who_may"]


def may(action: Action, issue: Issue, actor: Actor) -> frozenset[Role]:
    """The roles that give the right now; empty without it."""
    if not may_touch(issue, actor, action) or (actor.outsider and action not in actor.outsiders_may):
        return frozenset()
    given = RIGHTS[action] & roles(issue, actor)
    return given - {UNTIL_TAKEN[action]} if action in UNTIL_TAKEN and issue.state is not State.OPEN else given


def require(action: Action, issue: Issue, actor: Actor) -> frozenset[Role]:
    """The same. Raises NotAllowed with a sentence that says who may."""
    if not may_touch(issue, actor, action):
        raise NotAllowed(is_private(issue))
    allowed = may(action, issue, actor)
    if not allowed:
        raise NotAllowed(_too_late(action, issue, actor) or _only(who_may(action), action))
    return allowed


def reads_notes(issue: Issue, actor: Actor) -> bool:
    """Notes are for those who work on it, and never reach whom it is for; other members read them of a public issue."""
    if may(Action.UPDATE, issue, actor):
        return True
    if actor.guest or actor.outsider or roles(issue, actor) & {Role.REQUESTER, Role.FURTHER}:
        return False
    return not issue.private or actor.user == issue.raiser


def _too_late(action: Action, issue: Issue, actor: Actor) -> Sentence | None:
    """For somebody who had the right until somebody else took the issue."""
    until_taken = UNTIL_TAKEN.get(action)
    if issue.owner is None or until_taken not in roles(issue, actor):
        return None
    others = listed([say(role.value) for role in Role if role in RIGHTS[action] - {until_taken}], last="or")
    said = "{who} took ISS-{number}, so " if issue.gone else "{who} has ISS-{number} by now, so "
    has_it = say(said, who=Person(issue.owner), number=issue.number)
    return has_it + say("only {who} may {action}.", who=others, action=action.value)


def _only(who: Sentence, action: Action) -> Sentence:
    return say("Only {who} may {action}.", who=who, action=action.value)
