"""A careful reader of a timeline: from what happened alone to where the issue must be now."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.events import Event, EventKind
from bot.domain.issue import TargetKind
from bot.domain.lifecycle import TRANSITIONS, State, Verb

VERBS = {
    EventKind.ACKNOWLEDGED: Verb.ACKNOWLEDGE,
    EventKind.DECLINED: Verb.DECLINE,
    EventKind.ESCALATED: Verb.ESCALATE,
    EventKind.BYPASSED: Verb.BYPASS,
    EventKind.BYPASS_ASKED: Verb.BYPASS,
    EventKind.BYPASS_REFUSED: Verb.APPROVE,
    EventKind.UPDATED: Verb.UPDATE,
    EventKind.CHANGED: Verb.CHANGE,
    EventKind.WAITING: Verb.WAIT,
    EventKind.ANSWERED: Verb.ANSWER,
    EventKind.RESOLVED: Verb.RESOLVE,
    EventKind.CONFIRMED: Verb.CONFIRM,
    EventKind.DISPUTED: Verb.DISPUTE,
    EventKind.GAVE_BACK: Verb.GIVE_BACK,
    EventKind.ASSIGNED: Verb.ASSIGN,
    EventKind.KEPT: Verb.KEEP,
    EventKind.SNOOZED: Verb.SNOOZE,
    EventKind.NOTED: Verb.NOTE,
    EventKind.EDITED: Verb.EDIT,
    EventKind.WATCHED: Verb.WATCH,
    EventKind.JOINED: Verb.JOIN,
    EventKind.HIDDEN: Verb.HIDE,
    EventKind.SHOWN: Verb.HIDE,
    EventKind.MERGED: Verb.MERGE,
    EventKind.SENT_BACK: Verb.SEND_BACK,
    EventKind.APPEALED: Verb.APPEAL,
    EventKind.WITHDRAWN: Verb.WITHDRAW,
    EventKind.RATED: Verb.RATE,
    EventKind.COMMENTED: Verb.COMMENT,
}
"""Which verb an event comes from. CLOSED, JUDGED, and what opens it without a person, need a closer look."""
STARTS = (EventKind.LEVEL_STARTED, EventKind.REPEATED, EventKind.CATCH_ALL)
STOPS = (EventKind.NOT_TAKEN, EventKind.ACKNOWLEDGED)


@dataclass
class Replayed:
    """What the events so far say. `complaints` are things that can never happen."""

    raiser: str
    state: State = State.OPEN
    owner: str | None = None
    opening: int = 1
    asking: bool = False
    declined: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    read: int = 0
    """How many events were read."""

    def reads(self, events: Sequence[Event]) -> None:
        """Go on with these."""
        for event in events:
            self._moves(event)
            self._people(event)
        self.read += len(events)

    def _moves(self, event: Event) -> None:
        verb = self._verb(event)
        if verb is None:
            return
        after = TRANSITIONS.get((self.state, verb))
        if after is None:
            self.complaints.append(f"{event.kind} while {self.state}")
            return
        if after is State.OPEN and verb in (Verb.DISPUTE, Verb.JUDGE):
            self.opening += 1
            self.owner = None
            self.declined.clear()
        self.state = after

    def _verb(self, event: Event) -> Verb | None:
        if event.kind is EventKind.CLOSED:
            if event.text("why") == "own":
                return Verb.CONFIRM
            return Verb.SOLVE if event.actor else Verb.CLOSE
        if event.kind is EventKind.JUDGED:
            return Verb.JUDGE if event.data["upheld"] else None
        return Verb.GIVE_BACK if _opens(event) else VERBS.get(event.kind)

    def _people(self, event: Event) -> None:
        kind, actor = event.kind, event.actor
        if kind is EventKind.ACKNOWLEDGED:
            if self.owner and not self.asking:
                self.complaints.append(f"{actor} took it from {self.owner}, and nobody was asked")
            if self.owner and event.text("previous") != self.owner:
                self.complaints.append(f"{actor} took it from {event.text('previous')}, not {self.owner}")
            self.owner = actor
        elif kind is EventKind.RESOLVED:
            self.owner = self.owner or actor
        elif kind is EventKind.GAVE_BACK:
            self.declined.add(str(actor))
            self.owner = None
        elif _opens(event):
            self.owner = None
        elif kind is EventKind.DECLINED:
            self.declined.add(str(actor))
        elif kind is EventKind.ASKED and event.text("kind") == TargetKind.USER:
            self._asked(event.text("target"))
        if kind in STARTS:
            self.asking = True
        elif kind in STOPS or (kind is EventKind.KEPT and event.data.get("stopped")):
            self.asking = False

    def _asked(self, who: str) -> None:
        if who in self.declined:
            self.complaints.append(f"{who} said no and is asked again")
        if who == self.raiser:
            self.complaints.append(f"{who} raised it and is asked")
        if self.state not in (State.OPEN, State.ACKNOWLEDGED):
            self.complaints.append(f"{who} is asked while it is {self.state}")


def _opens(event: Event) -> bool:
    """Whether nobody has it any more by this: its owner is gone, and nobody is asked to follow, or nobody did."""
    nobody = event.kind is EventKind.OWNER_GONE and event.data.get("opened")
    return bool(nobody) or (event.kind is EventKind.NOT_TAKEN and bool(event.text("gone")))
