"""Who may do what: one table, used by the verbs, the docs and the tests."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import NotAllowed
from bot.domain.issue import Issue, Stage
from bot.domain.words import Sentence, listed, say


class Role(StrEnum):
    """What somebody is to one issue. The values are how refusals name them."""

    CONTACT = "somebody who was asked"
    OWNER = "the owner"
    MANAGER = "the escalation manager"
    PATH_OWNER = "the owner of the path"
    RAISER = "who raised it"
    REQUESTER = "the requester"
    LEVEL = "somebody of the level that is asked"
    FURTHER = "somebody it is also for"
    WATCHER = "a watcher"
    ADMIN = "a workspace admin"
    MEMBER = "any member of this workspace"


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
    JOIN = "join it"
    WATCH = "watch it"
    GIVE_BACK = "give it back"
    ASSIGN = "assign it"
    KEEP = "keep it"
    SNOOZE = "snooze it"
    NOTE = "write notes"
    EDIT = "edit it"
    LINK = "link it"
    MERGE = "merge it"
    HIDE = "make it private or public"
    SEND_BACK = "send it back"
    APPEAL = "appeal"
    JUDGE = "judge an appeal"
    WITHDRAW = "withdraw it"
    BYPASS = "jump over a level"
    APPROVE = "allow a bypass"
    TELL = "say that the requester was told"
    RATE = "rate it"
    COMMENT = "say what would have helped"
    FOLLOW_UP = "say whether it lasted"
    THANK = "say thank you"


_WORKERS = frozenset({Role.OWNER, Role.CONTACT, Role.MANAGER, Role.PATH_OWNER})

RIGHTS: dict[Action, frozenset[Role]] = {
    Action.ACKNOWLEDGE: frozenset({Role.CONTACT, Role.MANAGER, Role.PATH_OWNER}),
    Action.DECLINE: frozenset({Role.CONTACT}),
    Action.ESCALATE: _WORKERS | {Role.RAISER, Role.REQUESTER},
    Action.UPDATE: _WORKERS,
    Action.CHANGE: _WORKERS,
    Action.PRIORITIZE: _WORKERS | {Role.RAISER},  # who raised it: until somebody has it
    Action.WAIT: _WORKERS,
    Action.ANSWER: frozenset({Role.REQUESTER, Role.FURTHER}),
    Action.RESOLVE: _WORKERS,
    Action.CONFIRM: frozenset({Role.REQUESTER}),
    Action.DISPUTE: frozenset({Role.REQUESTER, Role.FURTHER, Role.RAISER, Role.OWNER, Role.MANAGER}),
    Action.JOIN: frozenset({Role.MEMBER}),
    Action.WATCH: frozenset({Role.MEMBER}),
    Action.GIVE_BACK: frozenset({Role.OWNER}),
    Action.ASSIGN: _WORKERS,
    Action.KEEP: frozenset({Role.OWNER}),
    Action.SNOOZE: frozenset({Role.OWNER}),
    Action.NOTE: _WORKERS | {Role.RAISER},
    Action.EDIT: _WORKERS | {Role.RAISER},
    Action.LINK: _WORKERS,
    Action.MERGE: _WORKERS,
    Action.HIDE: _WORKERS,
    Action.SEND_BACK: frozenset({Role.LEVEL, Role.OWNER, Role.MANAGER, Role.PATH_OWNER}),
    Action.APPEAL: frozenset({Role.RAISER, Role.REQUESTER}),
    Action.JUDGE: frozenset({Role.MANAGER, Role.PATH_OWNER}),  # never about one's own act
    Action.WITHDRAW: frozenset({Role.RAISER, Role.REQUESTER}),
    Action.BYPASS: _WORKERS | {Role.RAISER, Role.REQUESTER},
    Action.APPROVE: frozenset({Role.MANAGER, Role.PATH_OWNER}),  # likewise
    Action.TELL: frozenset({Role.RAISER}),
    Action.RATE: frozenset({Role.REQUESTER, Role.FURTHER}),
    Action.COMMENT: frozenset({Role.RAISER, Role.OWNER}),
    Action.FOLLOW_UP: frozenset({Role.REQUESTER, Role.FURTHER, Role.RAISER}),
    Action.THANK: frozenset({Role.MEMBER}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with what only a look-up can tell. `via` is the channel whose message carried the button.

    `member` = known to belong to this workspace as a full member: neither guest, outsider nor bot.
    """

    user: str
    manager: bool = False
    path_owner: bool = False
    guest: bool = False
    outsider: bool = False
    via: str = ""
    admin: bool = False
    member: bool = False


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
        Role.LEVEL: any(ask.target.id in names and ask.level == _level_of(issue) for ask in issue.asks),
        Role.FURTHER: actor.user in issue.company.further,
        Role.WATCHER: actor.user in issue.company.watchers,
        Role.ADMIN: actor.admin,
        Role.MEMBER: actor.member,
    }
    return frozenset(role for role, true in facts.items() if true)


def _level_of(issue: Issue) -> int:
    """The level whose people may speak for it: 0 at the catch-all."""
    return 0 if issue.position.stage is Stage.CATCH_ALL else issue.position.level


def require(action: Action, issue: Issue, actor: Actor) -> frozenset[Role]:
    """The roles that give the right. Raises NotAllowed with a sentence that says who may."""
    allowed = RIGHTS[action] & roles(issue, actor)
    outside = actor.outsider and not {Role.REQUESTER, Role.FURTHER, Role.RAISER} & allowed
    if not allowed or outside:
        raise NotAllowed(say("Only {who} may {action}.", who=who_may(action), action=action.value))
    return allowed


def who_may(action: Action) -> Sentence:
    """``the owner, somebody who was asked or the escalation manager``."""
    return listed([say(role.value) for role in Role if role in RIGHTS[action]], last="or")
