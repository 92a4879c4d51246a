"""Whether a matrix can be used: every flaw, with the part it is about and a sentence that says what to do.

Pure: reads the matrix and the machine's list of time zones, nothing else.
"""

from collections.abc import Callable, Iterator
from itertools import chain, islice, product

from bot.domain.contacts import ContactKind
from bot.domain.matrix.flaw import (
    MOST_CHOICES,
    Flaw,
    Rule,
    Where,
    must_be_channel,
    must_be_known,
    must_be_somebody,
    must_be_timer,
    must_differ,
)
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.parts import contacts_at
from bot.domain.matrix.phrases import quoted, suggest
from bot.domain.matrix.validate_names import counts, names
from bot.domain.matrix.validate_paths import path_details, path_order
from bot.domain.matrix.validate_rules import matches, promises, targets, types
from bot.domain.matrix.validate_time import calendars, must_be_zone, schedules

MOST_FLAWS = 200
"""Nobody reads more at once."""
REQUESTER = "requester"
"""The reason for waiting that every matrix has."""


def flaws(matrix: Matrix) -> tuple[Flaw, ...]:
    """What keeps this matrix from being used, at most `MOST_FLAWS`, in no particular order. Empty = it is sound."""
    return tuple(islice(chain.from_iterable(check(matrix) for check in _CHECKS), MOST_FLAWS))


def _workspace(matrix: Matrix) -> Iterator[Flaw]:
    rules = matrix.workspace
    at: Where = ("workspace",)
    yield from must_be_zone(rules.timezone, (*at, "timezone"))
    yield from must_be_channel(rules.issue_channel, (*at, "issue_channel"))
    yield from must_be_channel(rules.catch_all, (*at, "catch_all"))
    yield from must_be_somebody(rules.escalation_manager, (*at, "escalation_manager"))
    yield from must_be_timer(rules.nag_every, (*at, "nag_every"))
    reasons = [((*at, "wait_reasons", number), one) for number, one in enumerate(rules.wait_reasons)]
    yield from must_differ("reason", reasons)
    for where, reason in reasons:
        if reason.casefold() == REQUESTER:
            sentence = f"{quoted(reason)} is always a reason for waiting. Remove it here."
            yield Flaw(Rule.RESERVED, where, sentence)


def _priorities(matrix: Matrix) -> Iterator[Flaw]:
    for priority in matrix.priorities:
        if priority.update_every is not None:
            yield from must_be_timer(priority.update_every, ("priorities", priority.key, "update_every"))


def _priority_matrix(matrix: Matrix) -> Iterator[Flaw]:
    known = tuple(one.key for one in matrix.priorities)
    for (impact, urgency), key in matrix.priority_matrix.items():
        yield from must_be_known(
            Rule.UNKNOWN_PRIORITY, "priority", key, known, ("priority_matrix", impact, urgency)
        )
    impacts, urgencies = matrix.impacts, matrix.urgencies
    if max(len(impacts), len(urgencies)) > MOST_CHOICES:
        return  # said by the check of sizes; the holes of such a table are nothing to list
    for impact, urgency in product(impacts, urgencies):
        if (impact, urgency) not in matrix.priority_matrix:
            sentence = (
                f"Impact {quoted(impact)} has no priority for urgency {quoted(urgency)}. Add it to this row."
            )
            yield Flaw(Rule.HOLE, ("priority_matrix", impact), sentence)


def _on_call(matrix: Matrix) -> Iterator[Flaw]:
    """Whoever is asked through a schedule is asked through one that is there."""
    known = {one.key: None for one in matrix.schedules}
    for where, contact in contacts_at(matrix):
        if contact.kind is ContactKind.ONCALL and contact.value not in known:
            hint = suggest(contact.value, tuple(known)) if known else 'Add it under "schedules".'
            yield Flaw(Rule.UNKNOWN_SCHEDULE, where, f"There is no schedule {quoted(contact.value)}. {hint}")


_CHECKS: tuple[Callable[[Matrix], Iterator[Flaw]], ...] = (
    _workspace,
    names,
    counts,
    _priorities,
    _priority_matrix,
    types,
    calendars,
    schedules,
    _on_call,
    matches,
    promises,
    targets,
    path_order,
    path_details,
)
