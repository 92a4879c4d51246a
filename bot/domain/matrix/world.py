"""What only the directory, the schedules and today's date can tell about a matrix.

Pure: whoever asks looks people up first. A contact that is not in `World.found` could not be looked up; nothing is said
against it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import chain, islice
from operator import or_
from zoneinfo import ZoneInfo

from bot.domain.calendar import DAY_MINUTES
from bot.domain.contacts import PEOPLE, Contact, ContactKind
from bot.domain.matrix.flaw import Flaw, Rule, Where, note, warning
from bot.domain.matrix.model import IfNobody, Level, Matrix, Path
from bot.domain.matrix.parts import (
    contacts_at,
    layers_at,
    levels_at,
    paths_at,
    people_at,
    schedules_named,
)
from bot.domain.matrix.phrases import quoted
from bot.domain.matrix.validate import MOST_FLAWS
from bot.domain.matrix.week import FULL, MINUTES, bits_of
from bot.domain.oncall.model import Gap, Schedule
from bot.domain.working_time import next_opening

AHEAD = timedelta(days=30)
"""How far schedules and calendars are looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a contact stands for: user ids, or the id of a channel. With neither, `why` says why, a whole sentence.

    `outside`: a channel that Rung is not a member of.
    """

    people: frozenset[str] = frozenset()
    channel: str = ""
    why: str = ""
    outside: bool = False

    @property
    def somebody(self) -> bool:
        """Whether anybody can be asked through it."""
        return bool(self.people or self.channel)


@dataclass(frozen=True, slots=True)
class World:
    """The present (UTC), whom contacts stand for, and when nobody is on call in the next days, by schedule."""

    now: datetime
    found: Mapping[Contact, Found] = field(default_factory=dict)
    gaps: Mapping[str, Sequence[Gap]] = field(default_factory=dict)

    def today(self, zone: str) -> date:
        """The date there."""
        return self.now.astimezone(ZoneInfo(zone)).date()


def world_flaws(matrix: Matrix, world: World) -> tuple[Flaw, ...]:
    """Everything worth mending, at most `MOST_FLAWS`, in no particular order."""
    return _flaws(matrix, world, (*_DIRECTORY_CHECKS, *_DATE_CHECKS))


def dated_flaws(matrix: Matrix, world: World) -> tuple[Flaw, ...]:
    """Those that need no directory: gaps, calendars without hours, dates that have passed."""
    return _flaws(matrix, world, _DATE_CHECKS)


def contacts_to_find(matrix: Matrix) -> list[Contact]:
    """Everybody and every place to be looked up, each once; schedules are not, their people are."""
    named = (one for _, one in chain(contacts_at(matrix), people_at(matrix)))
    return list(dict.fromkeys(one for one in named if one.kind is not ContactKind.ONCALL))


def _nobody(matrix: Matrix, world: World) -> Iterator[Flaw]:
    for where, contact in chain(contacts_at(matrix), people_at(matrix)):
        found = world.found.get(contact)
        if found is not None and not found.somebody:
            yield warning(Rule.NOBODY, where, f"{found.why} {_instead(contact, where)}")


def _instead(contact: Contact, where: Where) -> str:
    if where[0] == "schedules":
        return "Take them off this layer."
    what = {ContactKind.GROUP: "another group", ContactKind.CHANNEL: "another channel"}
    return f"Name {what.get(contact.kind, 'somebody else')} here, or mend that in Slack."


def _unlooked(matrix: Matrix, world: World) -> Iterator[Flaw]:
    missing = [one for one in contacts_to_find(matrix) if one not in world.found]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        sentence = f"Slack could not be asked about {quoted(str(missing[0]))}{more} now. Check again in a few minutes."
        yield note(Rule.UNKNOWN_NOW, (), sentence)


def _answerless(matrix: Matrix, world: World) -> Iterator[Flaw]:
    for where, _, level in levels_at(matrix):
        if level.contacts and not any(_may_answer(one, matrix, world) for one in level.contacts):
            sentence = "Nobody can answer this level: it is skipped at once. Name somebody who is there."
            yield Flaw(Rule.ANSWERLESS, where, sentence)
    rules = matrix.workspace
    if not any(_may_answer(one, matrix, world) for one in (rules.escalation_manager, rules.catch_all)):
        sentence = (
            "Nobody is there when every level stayed silent. Mend the escalation manager or the catch-all."
        )
        yield Flaw(Rule.ANSWERLESS, ("workspace",), sentence)


def _may_answer(contact: Contact, matrix: Matrix, world: World) -> bool:
    if contact.kind is ContactKind.ONCALL:
        schedule = matrix.schedule(contact.value)
        return schedule is not None and any(
            _is_there(one, world) for layer in schedule.layers for one in layer.people
        )
    return _is_there(contact, world)


def _is_there(contact: Contact, world: World) -> bool:
    found = world.found.get(contact)
    return found is None or found.somebody


def _not_member(matrix: Matrix, world: World) -> Iterator[Flaw]:
    for where, contact in contacts_at(matrix):
        found = world.found.get(contact)
        if found is not None and found.outside:
            sentence = (
                f"Rung is not in the channel {contact}. It can post there, but hears nothing that is said. "
                "Invite it with /invite."
            )
            yield note(Rule.NOT_MEMBER, where, sentence)


def _same_people(matrix: Matrix, world: World) -> Iterator[Flaw]:
    for where, path in paths_at(matrix):
        seen: dict[str, str] = {}
        named: set[Contact] = set()
        for number, level in enumerate(path.levels):
            fresh = _people((one for one in level.contacts if one not in named), matrix, world)
            again = [one for one in fresh if one in seen]
            everybody = _people(level.contacts, matrix, world)
            if again:
                above = sorted({seen[one] for one in again})
                at = (*where, "levels", number, "contacts")
                only = everybody <= seen.keys() and _all_known(level, matrix, world)
                yield _again(at, above, len(again), only)
            seen |= {one: level.name for one in everybody if one not in seen}
            named.update(level.contacts)


def _again(at: Where, above: Sequence[str], count: int, only: bool) -> Flaw:
    """Somebody is on earlier levels too, under another name."""
    levels = " and ".join(quoted(one) for one in above)
    if only:
        sentence = (
            f"Everybody on this level is on {levels} already, under another name. "
            "Somebody who was silent there is only asked again; name somebody else if you can."
        )
        return warning(Rule.SAME_PERSON, at, sentence)
    some = "One person" if count == 1 else f"{count} people"
    return note(Rule.SAME_PERSON, at, f"{some} here can be asked on {levels} already, under another name.")


def _all_known(level: Level, matrix: Matrix, world: World) -> bool:
    """Whether nobody else can answer: no member of a channel, nobody who could not be looked up."""
    everybody = [one for contact in level.contacts for one in _behind(contact, matrix)]
    return all(one in world.found and not world.found[one].channel for one in everybody)


def _people(contacts: Iterable[Contact], matrix: Matrix, world: World) -> frozenset[str]:
    """User ids of everybody who can be asked through these contacts."""
    return frozenset(one for contact in contacts for one in _ids(contact, matrix, world))


def _ids(contact: Contact, matrix: Matrix, world: World) -> set[str]:
    return {id_ for one in _behind(contact, matrix) if one in world.found for id_ in world.found[one].people}


def _behind(contact: Contact, matrix: Matrix) -> tuple[Contact, ...]:
    """The contact itself, or the people of its schedule."""
    if contact.kind is not ContactKind.ONCALL:
        return (contact,)
    schedule = matrix.schedule(contact.value)
    layers = schedule.layers if schedule is not None else ()
    return tuple(one for layer in layers for one in layer.people if one.kind in PEOPLE)


def _gaps(matrix: Matrix, world: World) -> Iterator[Flaw]:
    for schedule in matrix.schedules:
        gaps = world.gaps.get(schedule.key, ())
        if gaps and schedule.key in schedules_named(matrix):
            odd = [gap for gap in gaps if not _is_meant(schedule, gap)]
            yield _gap(schedule, odd or gaps, meant=not odd and not _is_the_end(schedule, matrix))


def _is_meant(schedule: Schedule, gap: Gap) -> bool:
    """Whether it lies outside of the hours to which all layers of that day, of which some are left, are restricted."""
    zone = ZoneInfo(schedule.timezone)
    start, end = (at.astimezone(zone).replace(tzinfo=None) for at in (gap.start, gap.end))
    there = [one for one in schedule.layers if one.until is None or one.until > start.date()]
    if not there:
        return False
    hours = reduce(or_, (FULL if one.hours is None else bits_of(one.hours) for one in there), 0)
    length = min((end - start) // timedelta(minutes=1), MINUTES)
    wanted = ((1 << length) - 1) << (start.weekday() * DAY_MINUTES + start.hour * 60 + start.minute)
    return not (wanted | wanted >> MINUTES) & hours


def _is_the_end(schedule: Schedule, matrix: Matrix) -> bool:
    """Whether nobody is asked after whoever is on call by it, and nothing waits for them."""
    them = Contact(ContactKind.ONCALL, schedule.key)
    ends = (path.levels[-1] for path in matrix.paths)
    alone = any(one.contacts == (them,) and one.if_nobody is not IfNobody.HOLD for one in ends)
    return alone or matrix.workspace.escalation_manager == them


def _gap(schedule: Schedule, gaps: Sequence[Gap], meant: bool) -> Flaw:
    zone = ZoneInfo(schedule.timezone)
    first, last = (at.astimezone(zone).strftime("%a %d %b %H:%M") for at in (gaps[0].start, gaps[0].end))
    times = len(gaps) - 1
    more = "" if not times else " and once more" if times == 1 else f" and {times} more times"
    said = f"Nobody is on call from {first} to {last}{more} in the next {AHEAD.days} days"
    if meant:
        return note(Rule.GAP, ("schedules", schedule.key), f"{said}, as its hours say.")
    then = "Add somebody, or another layer below."
    return warning(Rule.GAP, ("schedules", schedule.key), f"{said}. {then}")


def _dates(matrix: Matrix, world: World) -> Iterator[Flaw]:
    today = world.today(matrix.workspace.timezone)
    for where, path in paths_at(matrix):
        yield from _review(path, where, today)
    for schedule in matrix.schedules:
        for where, layer in layers_at(schedule):
            if layer.until is not None and layer.until < world.today(schedule.timezone):
                sentence = f"This layer ended on {layer.until}. Remove it, or give it a later end."
                yield note(Rule.OVER, (*where, "until"), sentence)


def _review(path: Path, where: Where, today: date) -> Iterator[Flaw]:
    if path.review_by is not None and path.review_by < today:
        sentence = f"The review of this path was due on {path.review_by}. Look at it, then set a new date."
        yield warning(Rule.REVIEW, (*where, "review_by"), sentence)


def _calendars(matrix: Matrix, world: World) -> Iterator[Flaw]:
    for calendar in matrix.calendars:
        opening = next_opening(calendar, world.now)
        if opening is None or opening > world.now + AHEAD:
            sentence = (
                f"Calendar {quoted(calendar.key)} has no hours in the next {AHEAD.days} days, so nothing counted in it "
                "comes due. Check its days off."
            )
            yield warning(Rule.CLOSED, ("calendars", calendar.key), sentence)


_Check = Callable[[Matrix, World], Iterator[Flaw]]
_DIRECTORY_CHECKS: tuple[_Check, ...] = (_answerless, _nobody, _same_people, _not_member, _unlooked)
_DATE_CHECKS: tuple[_Check, ...] = (_gaps, _dates, _calendars)


def _flaws(matrix: Matrix, world: World, checks: Sequence[_Check]) -> tuple[Flaw, ...]:
    return tuple(islice(chain.from_iterable(check(matrix, world) for check in checks), MOST_FLAWS))
