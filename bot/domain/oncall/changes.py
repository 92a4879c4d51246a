"""Who is on call at one instant: whose turn it is, and what people changed about it."""

from collections.abc import Sequence, Set
from typing import NamedTuple

from bot.domain.contacts import Contact, ContactKind
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.domain.oncall.turns import Turn


class Duty(NamedTuple):
    """Somebody is on call, and why: by their turn in a layer, or by a change, or both where somebody stands in."""

    who: Contact
    layer: int | None
    change: int | None


def on_duty(turns: Sequence[Turn], changes: Sequence[OnCallChange]) -> Duty | None:
    """Who is on call while all of these are true: at most one turn of each layer, by layer; changes by id.

    Changes take effect one after another. Who takes a time has it until somebody takes it from them; when they are
    away after all, it goes back to whom they took it from.
    """
    gone: set[str] = set()
    by_turn = _by_turn(turns, gone, None)
    taken: list[Duty] = []
    for change in changes:
        if change.kind is ChangeKind.AWAY:
            gone.add(change.person)
            taken = [duty for duty in taken if not _has(duty, change.person)]
            if _has(by_turn, change.person):
                by_turn = _by_turn(turns, gone, change.id)
        elif change.instead_of is None or _has(taken[-1] if taken else by_turn, change.instead_of):
            taken.append(Duty(Contact(ContactKind.USER, change.person), None, change.id))
    return taken[-1] if taken else by_turn


def _has(duty: Duty | None, user: str) -> bool:
    """Whether it is this person's."""
    return duty is not None and duty.who.value == user and duty.who.kind is ContactKind.USER


def _by_turn(turns: Sequence[Turn], gone: Set[str], change: int | None) -> Duty | None:
    """The first of the first layer that has somebody who is there. `gone`: user ids."""
    for turn in turns:
        for who in turn.order:
            if who.kind is not ContactKind.USER or who.value not in gone:
                return Duty(who, turn.layer, change)
    return None
