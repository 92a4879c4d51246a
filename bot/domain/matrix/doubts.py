"""What is allowed in a matrix and yet looks like a slip, or does what somebody might not expect.

Pure; for a matrix that has no flaws.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from bot.domain.calendar import ALWAYS
from bot.domain.contacts import Contact
from bot.domain.matrix.doubts_oncall import layers
from bot.domain.matrix.doubts_times import times
from bot.domain.matrix.flaw import Flaw, Rule, Where, note, warning
from bot.domain.matrix.kinds import Kinds, kinds_of
from bot.domain.matrix.model import Match, Matrix
from bot.domain.matrix.parts import levels_at, paths_at, schedules_named
from bot.domain.matrix.phrases import quoted
from bot.domain.matrix.validate import MOST_FLAWS


def doubts(matrix: Matrix) -> tuple[Flaw, ...]:
    """What is worth a second look, at most `MOST_FLAWS`, in no particular order."""
    return tuple(islice(chain.from_iterable(check(matrix) for check in _CHECKS), MOST_FLAWS))


def _unused_priorities(matrix: Matrix) -> Iterator[Flaw]:
    used = set(matrix.priority_matrix.values())
    for priority in matrix.priorities:
        if priority.key not in used:
            sentence = (
                f"No impact and urgency give priority {quoted(priority.key)}. Add it to priority_matrix."
            )
            yield warning(Rule.UNUSED_PRIORITY, ("priorities", priority.key), sentence)


def _unused_rules(matrix: Matrix) -> Iterator[Flaw]:
    kinds = kinds_of(matrix)
    if kinds is None:
        return
    paths: list[tuple[Where, str, Match]] = [
        (where, f"Path {quoted(path.name)}", path.match) for where, path in paths_at(matrix)
    ]
    yield from _unused(kinds, paths)
    for section in ("targets", "promises"):
        rules = getattr(matrix, section)
        named = [((section, number), f"This {section[:-1]}", one.match) for number, one in enumerate(rules)]
        yield from _unused(kinds, named)


def _unused(kinds: Kinds, rules: Sequence[tuple[Where, str, Match]]) -> Iterator[Flaw]:
    own = kinds.own(match for _, _, match in rules)
    for (where, name, match), share in zip(rules, own, strict=True):
        if not share:
            taken = (
                "those above it take all of its issues"
                if kinds.fit(match)
                else "no issue fits all of its match"
            )
            sentence = f"{name} is never used: {taken}. Move it up, or change its match."
            yield warning(Rule.NEVER_USED, where, sentence)


def _unused_times(matrix: Matrix) -> Iterator[Flaw]:
    """Calendars and schedules that nothing names."""
    calendars = {ALWAYS.key, *(level.calendar for _, _, level in levels_at(matrix))}
    calendars |= {one.calendar for one in matrix.targets} | {one.calendar for one in matrix.promises}
    for calendar in matrix.calendars:
        if calendar.key not in calendars:
            sentence = (
                f"Nothing is counted in calendar {quoted(calendar.key)}. Name it in a target or a level."
            )
            yield note(Rule.UNUSED, ("calendars", calendar.key), sentence)
    asked = schedules_named(matrix)
    for schedule in matrix.schedules:
        if schedule.key not in asked:
            sentence = f'Nobody is asked through schedule {quoted(schedule.key)}. Name it as "oncall:{schedule.key}".'
            yield note(Rule.UNUSED, ("schedules", schedule.key), sentence)


def _same_contacts(matrix: Matrix) -> Iterator[Flaw]:
    for where, path in paths_at(matrix):
        first: dict[Contact, str] = {}
        for number, level in enumerate(path.levels):
            for contact in dict.fromkeys(level.contacts):
                if contact in first:
                    sentence = (
                        f"{quoted(str(contact))} is on level {quoted(first[contact])} already. Somebody who was silent "
                        "there is only asked again; name somebody else if you can."
                    )
                    yield warning(Rule.SAME_CONTACT, (*where, "levels", number, "contacts"), sentence)
                first.setdefault(contact, level.name)


_CHECKS: tuple[Callable[[Matrix], Iterator[Flaw]], ...] = (
    _unused_priorities,
    _unused_rules,
    _unused_times,
    _same_contacts,
    layers,
    times,
)
