"""What changes about when: working hours, days off, and who is on call in which turns."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.domain.calendar import Calendar, Day
from bot.domain.contacts import Contact
from bot.domain.matrix.diff_parts import Difference, Kind, Trait, by_key, gone_and_new, paired, traits
from bot.domain.matrix.diff_words import WEEKDAYS, day, hours, shortlist, shown, who_first, whom
from bot.domain.matrix.flaw import Where
from bot.domain.matrix.model import Matrix
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.words import Sentence, listed, say

CALENDAR_TRAITS = (
    Trait("timezone", Kind.CALENDAR, "time zone {old} -> {new}"),
    Trait("holidays", Kind.CALENDAR, "holidays {old} -> {new}"),
)
SCHEDULE_TRAITS = (
    Trait("timezone", Kind.SCHEDULE, "time zone {old} -> {new}"),
    Trait("title", Kind.TEXT, "now called {new}", "(no title)"),
)
LAYER_TRAITS = (
    Trait("rotate", Kind.SCHEDULE, "turns of {old} -> {new}", "(no turns)"),
    Trait("handoff", Kind.SCHEDULE, "handoff at {old} -> {new}"),
    Trait("start", Kind.SCHEDULE, "begins on {old} -> {new}", key="from"),
    Trait("until", Kind.SCHEDULE, "ends on {old} -> {new}", "(no end)"),
    Trait("name", Kind.TEXT, "now called {new}", "(no name)"),
)

Week = tuple[Day, ...]
MOST_DATES = 20
"""Where the names of holidays change and so many days with them, the names say it."""


def compare_calendars(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """Working time. Those on levels that count in it are concerned."""
    pairing = paired(before.calendars, after.calendars, by_key)
    for index in pairing.added:
        one = after.calendars[index]
        sentence = say("New calendar {key}: {week}.", key=one.key, week=_week(one.week))
        yield Difference(Kind.CALENDAR, ("calendars", one.key), sentence)
    for index in pairing.removed:
        key = before.calendars[index].key
        yield Difference(Kind.CALENDAR, ("calendars", key), say("Calendar {key} is gone.", key=key))
    for was, now in pairing.both:
        yield from _calendar(
            before.calendars[was], after.calendars[now], _counted_in(after, after.calendars[now].key)
        )


def compare_schedules(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """Who is on call when."""
    pairing = paired(before.schedules, after.schedules, by_key)
    for index in pairing.added:
        one = after.schedules[index]
        people = _people(one)
        sentence = say("New schedule {key}: {people}.", key=one.key, people=whom(people))
        yield Difference(Kind.SCHEDULE, ("schedules", one.key), sentence, frozenset(people))
    for index in pairing.removed:
        one = before.schedules[index]
        sentence = say("Schedule {key} is gone.", key=one.key)
        yield Difference(Kind.SCHEDULE, ("schedules", one.key), sentence, frozenset(_people(one)))
    for was, now in pairing.both:
        yield from _schedule(before.schedules[was], after.schedules[now])


def _counted_in(matrix: Matrix, key: str) -> frozenset[Contact]:
    levels = (level for path in matrix.paths for level in path.levels if level.calendar == key)
    return frozenset(contact for level in levels for contact in level.contacts)


def _calendar(old: Calendar, new: Calendar, concerns: frozenset[Contact]) -> Iterator[Difference]:
    subject, where = say("Calendar {key}", key=new.key), ("calendars", new.key)
    yield from traits(subject, (old, new), where, CALENDAR_TRAITS, concerns)
    for sentence in _days(old.week, new.week):
        what = say("{subject}: {what}.", subject=subject, what=sentence)
        yield Difference(Kind.CALENDAR, (*where, "hours"), what, concerns)
    explained = old.holidays != new.holidays and len(old.off ^ new.off) > MOST_DATES
    dates = () if explained else _dates_off(old.off, new.off)
    days = [("off", one) for one in dates] + [("special", one) for one in _special_days(old, new)]
    for key, sentence in days:
        what = say("{subject} {what}.", subject=subject, what=sentence)
        yield Difference(Kind.CALENDAR, (*where, key), what, concerns)


def _days(old: Sequence[Day], new: Sequence[Day]) -> Iterator[Sentence]:
    """Days that change in the same way are told together."""
    alike: dict[tuple[Day, Day], list[str]] = {}
    for name, was, now in zip(WEEKDAYS, old, new, strict=True):
        if was != now:
            alike.setdefault((was, now), []).append(name)
    for (was, now), names in alike.items():
        yield say("{days} {old} -> {new}", days=", ".join(names), old=hours(was), new=hours(now))


def _dates_off(old: frozenset[date], new: frozenset[date]) -> Iterator[Sentence]:
    for template, dates in (("is closed on {days}", new - old), ("is open again on {days}", old - new)):
        if dates:
            yield say(template, days=_dates(dates))


def _special_days(old: Calendar, new: Calendar) -> Iterator[Sentence]:
    for one in sorted({*old.special, *new.special}):
        was, now = old.special.get(one), new.special.get(one)
        if was != now:
            usual = "the usual hours"
            yield say(
                "has other hours on {day}: {old} -> {new}",
                day=day(one),
                old=usual if was is None else hours(was),
                new=usual if now is None else hours(now),
            )


def _dates(dates: Iterable[date]) -> Sentence:
    return shortlist([say(day(one)) for one in sorted(dates)])


def _people(schedule: Schedule) -> list[Contact]:
    return list(dict.fromkeys(one for layer in schedule.layers for one in layer.people))


def _schedule(old: Schedule, new: Schedule) -> Iterator[Difference]:
    where: Where = ("schedules", new.key)
    everybody = _people(new)
    yield from traits(say("Schedule {key}", key=new.key), (old, new), where, SCHEDULE_TRAITS, everybody)
    pairing = paired(old.layers, new.layers, _same_turns, _same_people)
    for index in pairing.added:
        layer = new.layers[index]
        sentence = say("{subject} is new: {people}.", subject=_layer(new, index), people=whom(layer.people))
        yield Difference(Kind.SCHEDULE, (*where, "layers", index), sentence, frozenset(layer.people))
    for index in pairing.removed:
        sentence = say("{subject} is gone.", subject=_layer(old, index))
        yield Difference(
            Kind.SCHEDULE, (*where, "layers", index), sentence, frozenset(old.layers[index].people)
        )
    for index in pairing.moved():
        layer = new.layers[index]
        sentence = say(
            "Schedule {key}: the layer of {people} is now number {n}.",
            key=new.key,
            people=whom(layer.people),
            n=index + 1,
        )
        yield Difference(Kind.SCHEDULE, (*where, "layers", index), sentence, frozenset(everybody))
    for was, now in pairing.both:
        at = (*where, "layers", now)
        yield from _turns(old.layers[was], new.layers[now], _layer(new, now), at)


def _same_turns(layer: Layer) -> tuple[str, tuple[Contact, ...]]:
    return layer.name, layer.people


def _same_people(old: Layer, new: Layer) -> bool:
    return bool(old.name and old.name == new.name) or not set(old.people).isdisjoint(new.people)


def _layer(schedule: Schedule, index: int) -> Sentence:
    if len(schedule.layers) == 1:
        return say("Schedule {key}", key=schedule.key)
    return say("Schedule {key}, layer {n}", key=schedule.key, n=index + 1)


def _turns(old: Layer, new: Layer, subject: Sentence, where: Where) -> Iterator[Difference]:
    both = frozenset((*old.people, *new.people))
    gone, fresh = gone_and_new(old.people, new.people)
    at = (*where, "people")
    for people, template in ((fresh, "{who} joins {subject}."), (gone, "{who} leaves {subject}.")):
        for one in people:
            named = say("the {subject}", subject=_lower(subject))
            yield Difference(
                Kind.SCHEDULE, at, say(template, who=who_first(one), subject=named), frozenset({one})
            )
    if not gone and not fresh and old.people != new.people:
        order = listed([shown(one) for one in new.people])
        sentence = say("{subject}: the turns are now {order}.", subject=subject, order=order)
        yield Difference(Kind.SCHEDULE, at, sentence, both)
    yield from traits(subject, (old, new), where, LAYER_TRAITS, both)
    if old.weekday != new.weekday:
        sentence = say(
            "{subject}: handoff on {old} -> {new}.",
            subject=subject,
            old=_weekday(old.weekday),
            new=_weekday(new.weekday),
        )
        yield Difference(Kind.SCHEDULE, (*where, "handoff"), sentence, both)
    if old.hours != new.hours:
        sentence = say(
            "{subject}: on call {new} (before: {old}).",
            subject=subject,
            old=_week(old.hours),
            new=_week(new.hours),
        )
        yield Difference(Kind.SCHEDULE, (*where, "restrict"), sentence, both)


def _weekday(number: int | None) -> str:
    return "any day" if number is None else WEEKDAYS[number % 7]


def _week(week: Week | None) -> Sentence:
    """``Mon, Tue 09:00-17:00; Wed closed``: days of the same hours together."""
    if week is None:
        return say("all the time")
    alike: dict[Day, list[str]] = {}
    for name, one in zip(WEEKDAYS, week, strict=True):
        alike.setdefault(one, []).append(name)
    return say("{text}", text="; ".join(f"{', '.join(names)} {hours(one)}" for one, names in alike.items()))


def _lower(subject: Sentence) -> Sentence:
    first, *rest = subject.parts
    return Sentence((first[:1].lower() + first[1:] if isinstance(first, str) else first, *rest))
