"""The life of an issue: its states, and the only table of legal moves."""

from enum import StrEnum

from bot.domain.errors import Refused
from bot.domain.words import say


class State(StrEnum):
    """Where an issue is in its life."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    CLOSED = "closed"
    SENT_BACK = "sent_back"  # not an escalation: another way is the right one
    WITHDRAWN = "withdrawn"
    MERGED = "merged"  # another issue carries it on


IN_WORK = (State.OPEN, State.ACKNOWLEDGED)
"""Somebody is to answer it, or has it."""
ENDED = (State.CLOSED, State.SENT_BACK, State.WITHDRAWN, State.MERGED)
"""Nobody is asked any more, and nothing is left to confirm."""
ALL = tuple(State)


STATE_WORDS = {
    State.OPEN: "open",
    State.ACKNOWLEDGED: "in work",
    State.RESOLVED: "resolved",
    State.CLOSED: "closed",
    State.SENT_BACK: "sent back",
    State.WITHDRAWN: "withdrawn",
    State.MERGED: "merged into another one",
}
"""What people read."""


class Verb(StrEnum):
    """What can be done to an issue that moves it."""

    ACKNOWLEDGE = "acknowledge"
    DECLINE = "decline"
    ESCALATE = "escalate"
    UPDATE = "update"
    CHANGE = "change"
    WAIT = "wait for"
    GO_ON = "go on with"
    ANSWER = "answer"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    CLOSE = "close"
    GIVE_BACK = "give back"
    ASSIGN = "assign"
    KEEP = "keep"
    SNOOZE = "snooze"
    NOTE = "note"
    EDIT = "edit"
    WATCH = "watch"
    LINK = "link"
    MERGE = "merge"
    JOIN = "join"
    HIDE = "make private"
    SEND_BACK = "send back"
    APPEAL = "appeal"
    JUDGE = "judge"
    WITHDRAW = "withdraw"
    SOLVE = "solve"
    BYPASS = "bypass"
    APPROVE = "approve"
    TELL = "tell"
    RATE = "rate"
    COMMENT = "comment on"
    FOLLOW_UP = "follow up"
    THANK = "thank for"


_MOVES: dict[tuple[State, Verb], State] = {
    (State.OPEN, Verb.ACKNOWLEDGE): State.ACKNOWLEDGED,
    (State.OPEN, Verb.DECLINE): State.OPEN,
    (State.OPEN, Verb.RESOLVE): State.RESOLVED,
    (State.ACKNOWLEDGED, Verb.ACKNOWLEDGE): State.ACKNOWLEDGED,  # only while a further level is being asked
    (State.ACKNOWLEDGED, Verb.DECLINE): State.ACKNOWLEDGED,  # likewise
    (State.ACKNOWLEDGED, Verb.WAIT): State.ACKNOWLEDGED,  # waiting is a pause of the clocks, not a state
    (State.ACKNOWLEDGED, Verb.GO_ON): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Verb.RESOLVE): State.RESOLVED,
    (State.ACKNOWLEDGED, Verb.GIVE_BACK): State.OPEN,
    (State.ACKNOWLEDGED, Verb.KEEP): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Verb.SNOOZE): State.ACKNOWLEDGED,
    (State.RESOLVED, Verb.CONFIRM): State.CLOSED,
    (State.RESOLVED, Verb.DISPUTE): State.OPEN,
    (State.RESOLVED, Verb.CLOSE): State.CLOSED,
    (State.CLOSED, Verb.DISPUTE): State.OPEN,
    (State.WITHDRAWN, Verb.DISPUTE): State.OPEN,
    (State.MERGED, Verb.DISPUTE): State.OPEN,
    (State.SENT_BACK, Verb.APPEAL): State.SENT_BACK,  # it waits for a judgement
    (State.SENT_BACK, Verb.JUDGE): State.OPEN,  # when the appeal is upheld; else it stays as it is
    (State.CLOSED, Verb.RATE): State.CLOSED,
    (State.CLOSED, Verb.COMMENT): State.CLOSED,
    (State.CLOSED, Verb.FOLLOW_UP): State.CLOSED,
}
_STAYS: dict[Verb, tuple[State, ...]] = {
    Verb.ESCALATE: IN_WORK,
    Verb.BYPASS: IN_WORK,
    Verb.APPROVE: IN_WORK,
    Verb.UPDATE: IN_WORK,
    Verb.CHANGE: IN_WORK,
    Verb.ASSIGN: IN_WORK,
    Verb.ANSWER: (*IN_WORK, State.RESOLVED),
    Verb.JOIN: (*IN_WORK, State.RESOLVED),
    Verb.EDIT: (*IN_WORK, State.RESOLVED),
    Verb.HIDE: (*IN_WORK, State.RESOLVED),
    Verb.THANK: (State.ACKNOWLEDGED, State.RESOLVED, State.CLOSED),
    Verb.NOTE: ALL,
    Verb.WATCH: ALL,
    Verb.LINK: ALL,
    Verb.TELL: ALL,
}
"""What may be done in these states and leaves the state as it is."""
_ENDS: dict[Verb, tuple[tuple[State, ...], State]] = {
    Verb.SEND_BACK: (IN_WORK, State.SENT_BACK),
    Verb.WITHDRAW: ((*IN_WORK, State.RESOLVED), State.WITHDRAWN),
    Verb.SOLVE: ((*IN_WORK, State.RESOLVED), State.CLOSED),  # raiser or requester says that it is solved
    Verb.MERGE: ((*IN_WORK, State.RESOLVED), State.MERGED),
}
"""What ends it, from where."""

TRANSITIONS: dict[tuple[State, Verb], State] = {
    **_MOVES,
    **{(state, verb): state for verb, states in _STAYS.items() for state in states},
    **{(state, verb): after for verb, (states, after) in _ENDS.items() for state in states},
}


def move(state: State, verb: Verb, number: int) -> State:
    """The state after the verb. Raises Refused with a sentence when the table has no such move."""
    after = TRANSITIONS.get((state, verb))
    if after is None:
        raise Refused(
            say(
                "ISS-{number} is {state}, so there is nothing to {verb}.",
                number=number,
                state=STATE_WORDS[state],
                verb=verb,
            )
        )
    return after
