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


IN_WORK = (State.OPEN, State.ACKNOWLEDGED)
"""Somebody is to answer it, or has it."""


STATE_WORDS = {
    State.OPEN: "open",
    State.ACKNOWLEDGED: "in work",
    State.RESOLVED: "resolved",
    State.CLOSED: "closed",
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


TRANSITIONS: dict[tuple[State, Verb], State] = {
    (State.OPEN, Verb.ACKNOWLEDGE): State.ACKNOWLEDGED,
    (State.OPEN, Verb.DECLINE): State.OPEN,
    (State.OPEN, Verb.ESCALATE): State.OPEN,
    (State.OPEN, Verb.UPDATE): State.OPEN,
    (State.OPEN, Verb.CHANGE): State.OPEN,
    (State.OPEN, Verb.RESOLVE): State.RESOLVED,
    (State.ACKNOWLEDGED, Verb.ACKNOWLEDGE): State.ACKNOWLEDGED,  # only while a further level is being asked
    (State.ACKNOWLEDGED, Verb.DECLINE): State.ACKNOWLEDGED,  # likewise
    (State.ACKNOWLEDGED, Verb.ESCALATE): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Verb.UPDATE): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Verb.CHANGE): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Verb.WAIT): State.ACKNOWLEDGED,  # waiting is a pause of the clocks, not a state
    (State.ACKNOWLEDGED, Verb.GO_ON): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Verb.ANSWER): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Verb.RESOLVE): State.RESOLVED,
    (State.RESOLVED, Verb.CONFIRM): State.CLOSED,
    (State.RESOLVED, Verb.DISPUTE): State.OPEN,
    (State.RESOLVED, Verb.CLOSE): State.CLOSED,
    (State.CLOSED, Verb.DISPUTE): State.OPEN,
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
