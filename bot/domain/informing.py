"""Telling those whom the matrix names under `inform`: they are not asked, and nobody is told twice."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.contacts import Contact, ContactKind
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Informing, Issue, Owed, Target, TargetKind
from bot.domain.looked import Looked
from bot.domain.veil import hidden


def inform(issue: Issue, found: Mapping[Contact, Looked], now: datetime) -> Change:
    """Tell everybody who is still to be told. `found` has every contact owed.

    Left out: who raised it, who it is for, who has it, who is asked in this opening, and the channel of the card. A
    contact nobody stands behind is written down, unless it is a schedule nobody is on just now.
    """
    told = list(issue.informing.told)
    events: list[Event] = []
    for owed in issue.informing.owed:
        looked = found[owed.contact]
        if not looked.targets and owed.contact.kind is not ContactKind.ONCALL:
            events.append(_nobody(owed, looked, now))
        for target in looked.targets:
            if target.id in told or _knows(issue, target) or owed.contact == issue.route.card_channel:
                continue
            if issue.private and target.kind is TargetKind.CHANNEL:
                continue  # it is told to people, never to everybody who reads a channel
            told.append(target.id)
            events.append(_informed(owed, target, now))
        told.append(str(owed.contact))
    informing = Informing((), tuple(dict.fromkeys(told)))
    return Change(issue.bump(informing=informing), tuple(events))


def _knows(issue: Issue, target: Target) -> bool:
    concerned = {issue.raiser, issue.requester, issue.owner} - hidden(issue)  # being left out would name them
    return target.id in concerned or any(ask.target == target for ask in issue.asks)


def _informed(owed: Owed, target: Target, now: datetime) -> Event:
    data: dict[str, str | int] = {"target": target.id, "kind": target.kind, "contact": str(owed.contact)}
    return Event(EventKind.INFORMED, now, None, {**data, "level": owed.level})


def _nobody(owed: Owed, looked: Looked, now: datetime) -> Event:
    data: dict[str, str | int] = {"contact": str(owed.contact), "why": looked.why, "level": owed.level}
    return Event(EventKind.UNREACHABLE, now, None, data)
