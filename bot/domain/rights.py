"""Who may do what to an issue: one table, used by the verbs, the docs and the tests."""

from collections.abc import Mapping
from enum import StrEnum
from functools import reduce

from bot.domain.errors import Refused
from bot.domain.words import Sentence, listed, say


class Role(StrEnum):
    """What somebody is to one issue. The values are how refusals name them."""

    CONTACT = "somebody who was asked"
    PATH = "somebody of its path"
    OWNER = "the owner"
    MANAGER = "the escalation manager"
    PATH_OWNER = "the owner of the path"
    RAISER = "who raised it"
    REQUESTER = "the requester"
    LEVEL = "somebody of the level that is asked"
    FURTHER = "somebody it is also for"
    WATCHER = "somebody who follows it"
    ADMIN = "a workspace admin"
    MEMBER = "members of this workspace"


class Action(StrEnum):
    """What needs a right. The values complete "... may ..."."""

    SEE = "see it"
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


_WORKERS = frozenset({Role.OWNER, Role.CONTACT, Role.PATH, Role.MANAGER})
_OWN = frozenset({Role.RAISER, Role.REQUESTER, Role.FURTHER})
_IN_TURN = frozenset({Role.MANAGER, Role.PATH_OWNER, Role.ADMIN})
"""Each only where those before may not or cannot."""

RIGHTS: dict[Action, frozenset[Role]] = {
    # members see it while it is not private
    Action.SEE: _WORKERS | _OWN | {Role.PATH_OWNER, Role.WATCHER, Role.MEMBER},
    Action.ACKNOWLEDGE: frozenset({Role.CONTACT}),  # others are asked whether they mean it
    Action.DECLINE: frozenset({Role.CONTACT}),
    Action.ESCALATE: _WORKERS | {Role.RAISER, Role.REQUESTER},
    Action.UPDATE: _WORKERS,
    Action.CHANGE: _WORKERS,
    Action.PRIORITIZE: _WORKERS | {Role.RAISER},
    Action.WAIT: _WORKERS,
    Action.ANSWER: frozenset({Role.REQUESTER, Role.FURTHER}),
    Action.RESOLVE: _WORKERS,
    Action.CONFIRM: frozenset({Role.REQUESTER}),
    Action.DISPUTE: _OWN | {Role.OWNER, Role.MANAGER},
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
    Action.SEND_BACK: frozenset({Role.LEVEL, Role.OWNER, Role.MANAGER}),
    Action.APPEAL: frozenset({Role.RAISER, Role.REQUESTER}),
    Action.JUDGE: _IN_TURN,
    Action.WITHDRAW: frozenset({Role.RAISER, Role.REQUESTER}),
    Action.BYPASS: _WORKERS | {Role.RAISER, Role.REQUESTER},
    Action.APPROVE: _IN_TURN,
    Action.TELL: frozenset({Role.RAISER}),
    Action.RATE: frozenset({Role.REQUESTER, Role.FURTHER}),
    Action.COMMENT: frozenset({Role.RAISER, Role.OWNER, Role.REQUESTER, Role.FURTHER}),
    Action.FOLLOW_UP: frozenset({Role.REQUESTER, Role.FURTHER, Role.RAISER}),
    Action.THANK: frozenset({Role.MEMBER}),
}

NOT_ABOUT_ONES_OWN_ACT = frozenset({Action.JUDGE, Action.APPROVE})
"""Who did what is judged, or wishes for it, is never the one who answers. The escalation manager does; where they may
not or cannot, the owner of the path; where neither may or can, a workspace admin: see `bot.domain.deciding`."""
UNTIL_TAKEN: Mapping[Action, Role] = {Action.PRIORITIZE: Role.RAISER}
"""Rights that one role has only until somebody has the issue."""
BY_CHANNEL = frozenset({Action.ACKNOWLEDGE})
"""What every member of a channel that was asked may do to a private issue: then it is theirs, and they see it."""
GUESTS = _OWN | {Role.CONTACT, Role.LEVEL, Role.OWNER, Role.WATCHER}
"""What a guest can be: it is theirs, or the matrix or a colleague names them. Never because they sit in a channel."""
OUTSIDERS_MAY = frozenset(
    {Action.SEE, Action.ANSWER, Action.CONFIRM, Action.DISPUTE, Action.RATE, Action.FOLLOW_UP}
)
"""What somebody of another organisation may do, where nothing else is set: speak for their own request."""


def actions_named(words: str) -> frozenset[Action]:
    """The actions of these words, in any case, with commas between. Raises Refused when one of them is none."""
    wanted = [one.strip().upper() for one in words.split(",") if one.strip()]
    unknown = [one.lower() for one in wanted if one not in Action.__members__]
    if unknown:
        known = ", ".join(sorted(one.lower() for one in Action.__members__))
        raise Refused(f"RUNG_OUTSIDERS_MAY knows no {', '.join(unknown)}. Words are: {known}.")
    return frozenset(Action[one] for one in wanted)


def who_may(action: Action) -> Sentence:
    """``somebody who was asked, somebody of its path, the owner or the escalation manager``; where one may only in the
    place of another, ``the escalation manager, else the owner of the path, else a workspace admin``."""
    names = [say(role.value) for role in Role if role in RIGHTS[action]]
    if action not in NOT_ABOUT_ONES_OWN_ACT:
        return listed(names, last="or")
    return reduce(lambda first, other: say("{first}, else {other}", first=first, other=other), names)
