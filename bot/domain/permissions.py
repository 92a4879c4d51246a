"""Who may do what: one table, used by the verbs, the docs and the tests."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import NotAllowed
from bot.domain.issue import Issue
from bot.domain.words import Sentence, listed, say


class Role(StrEnum):
    """What somebody is to one issue. The values are how refusals name them."""

    CONTACT = "somebody who was asked"
    OWNER = "the owner"
    MANAGER = "the escalation manager"
    PATH_OWNER = "the owner of the path"
    RAISER = "who raised it"
    REQUESTER = "the requester"


class Action(StrEnum):
    """What needs a right. The values complete "... may ..."."""

    ACKNOWLEDGE = "acknowledge it"
    DECLINE = "decline"
    ESCALATE = "escalate it"
    UPDATE = "update the requester"
    CHANGE = "change its type, service or client"
    PRIORITIZE = "change its priority"
    WAIT = "let it wait or go on"
    ANSWER = "answer this"
    RESOLVE = "resolve it"
    CONFIRM = "confirm that it is solved"
    DISPUTE = "say that it is not solved"


_WORKERS = frozenset({Role.OWNER, Role.CONTACT, Role.MANAGER, Role.PATH_OWNER})

RIGHTS: dict[Action, frozenset[Role]] = {
    Action.ACKNOWLEDGE: frozenset({Role.CONTACT, Role.MANAGER, Role.PATH_OWNER}),
    Action.DECLINE: frozenset({Role.CONTACT}),
    Action.ESCALATE: _WORKERS | {Role.RAISER, Role.REQUESTER},
    Action.UPDATE: _WORKERS,
    Action.CHANGE: _WORKERS,
    Action.PRIORITIZE: _WORKERS | {Role.RAISER},  # who raised it: until somebody has it
    Action.WAIT: _WORKERS,
    Action.ANSWER: frozenset({Role.REQUESTER}),
    Action.RESOLVE: _WORKERS,
    Action.CONFIRM: frozenset({Role.REQUESTER}),
    Action.DISPUTE: frozenset({Role.REQUESTER, Role.RAISER, Role.OWNER, Role.MANAGER}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with what only a look-up can tell. `via` is the channel whose message carried the button."""

    user: str
    manager: bool = False
    path_owner: bool = False
    guest: bool = False
    outsider: bool = False
    via: str = ""


def roles(issue: Issue, actor: Actor) -> frozenset[Role]:
    """Everything this person is to the issue. Members of a channel that was asked are contacts, outsiders are not."""
    names = (actor.user,) if actor.outsider else (actor.user, actor.via)
    facts = {
        Role.CONTACT: any(ask.target.id in names for ask in issue.asks),
        Role.OWNER: actor.user in (issue.owner, issue.last_owner),
        Role.MANAGER: actor.manager,
        Role.PATH_OWNER: actor.path_owner,
        Role.RAISER: actor.user == issue.raiser,
        Role.REQUESTER: actor.user == issue.requester,
    }
    return frozenset(role for role, true in facts.items() if true)


def require(action: Action, issue: Issue, actor: Actor) -> frozenset[Role]:
    """The roles that give the right. Raises NotAllowed with a sentence that says who may."""
    allowed = RIGHTS[action] & roles(issue, actor)
    outside = actor.outsider and not {Role.REQUESTER, Role.RAISER} & allowed
    if not allowed or outside:
        raise NotAllowed(say("Only {who} may {action}.", who=who_may(action), action=action.value))
    return allowed


def who_may(action: Action) -> Sentence:
    """``the owner, somebody who was asked or the escalation manager``."""
    return listed([say(role.value) for role in Role if role in RIGHTS[action]], last="or")
