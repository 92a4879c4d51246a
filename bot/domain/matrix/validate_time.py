"""Whether calendars have hours and schedules have people who can take turns."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.calendar import ALWAYS
from bot.domain.contacts import PEOPLE, ContactKind, parse_contact
from bot.domain.matrix.flaw import LONGEST, Flaw, Rule, Where, must_differ
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.parts import layers_at
from bot.domain.matrix.phrases import did_you_mean, quoted
from bot.domain.oncall.model import Layer, Schedule

_WEEK = timedelta(weeks=1)
_SHORTEST_TURN = timedelta(hours=1)


def must_be_zone(name: str, where: Where) -> Iterator[Flaw]:
    """The machine knows a time zone of that name."""
    if not _is_zone(name):
        hint = did_you_mean(name, sorted(available_timezones())) or "Use a name such as Europe/London."
        yield Flaw(Rule.TIMEZONE, where, f"There is no time zone {quoted(name)}. {hint}")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):  # a path, an unknown name, a folder of names
        return False
    return True


def calendars(matrix: Matrix) -> Iterator[Flaw]:
    """Each has hours, and ``always`` is what its name says."""
    for one in matrix.calendars:
        where: Where = ("calendars", one.key)
        yield from _zone_of_its_own(one.timezone, matrix, where)
        if not any(one.week):
            sentence = 'This calendar has no hours. Write some, for example hours: {mon-fri: "09:00-17:00"}.'
            yield Flaw(Rule.NO_HOURS, (*where, "hours"), sentence)
        elif one.key == ALWAYS.key and not one.always:
            sentence = (
                '"always" is around the clock, every day. Give a calendar with other hours another name.'
            )
            yield Flaw(Rule.RESERVED, where, sentence)


def _zone_of_its_own(name: str, matrix: Matrix, where: Where) -> Iterator[Flaw]:
    if name != matrix.workspace.timezone:  # that one is looked at by itself
        yield from must_be_zone(name, (*where, "timezone"))


def schedules(matrix: Matrix) -> Iterator[Flaw]:
    """Each can be named in a contact, and each layer has people, turns and times that make sense."""
    for one in matrix.schedules:
        where: Where = ("schedules", one.key)
        yield from _nameable(one, where)
        yield from _zone_of_its_own(one.timezone, matrix, where)
        layers = list(layers_at(one))
        yield from must_differ("layer", [((*at, "name"), layer.name) for at, layer in layers])
        for at, layer in layers:
            yield from _people(layer, at)
            yield from _turns(layer, at)
            yield from _times(layer, at)


def _nameable(schedule: Schedule, where: Where) -> Iterator[Flaw]:
    contact = parse_contact(f"{ContactKind.ONCALL}:{schedule.key}")
    if schedule.key and (contact is None or contact.kind is not ContactKind.ONCALL):
        sentence = (
            f"{quoted(schedule.key)} cannot be named in a contact. "
            "Use one word of letters, digits and hyphens, for example care-leads."
        )
        yield Flaw(Rule.NAME, where, sentence)


def _people(layer: Layer, where: Where) -> Iterator[Flaw]:
    for number, who in enumerate(layer.people):
        if who.kind not in PEOPLE:
            sentence = (
                f"{quoted(str(who))} cannot be on call: one person answers at a time. "
                'Name people by e-mail, Slack user id or "@handle".'
            )
            yield Flaw(Rule.CONTACT_KIND, (*where, "people", number), sentence)


def _turns(layer: Layer, where: Where) -> Iterator[Flaw]:
    at = (*where, "rotate")
    if layer.rotate is not None and not _SHORTEST_TURN <= layer.rotate.clock <= LONGEST:
        sentence = (
            f"Turns of {layer.rotate} cannot be worked. Use one hour to 365 days, for example weekly or 12h."
        )
        yield Flaw(Rule.TURNS, at, sentence)
    elif layer.weekday is not None and (layer.rotate is None or layer.rotate.clock % _WEEK):
        why = f"turns of {layer.rotate} end on other days too" if layer.rotate else "nobody takes turns here"
        sentence = f'"handoff" names a day of the week, but {why}. Write the time alone, for example "09:00".'
        yield Flaw(Rule.TURNS, (*where, "handoff"), sentence)


def _times(layer: Layer, where: Where) -> Iterator[Flaw]:
    if layer.until is not None and layer.until <= layer.start:
        sentence = f'"until" is not after "from" ({layer.start}). The layer ends on that day at its handoff.'
        yield Flaw(Rule.ORDER, (*where, "until"), sentence)
    if layer.hours is not None and not any(layer.hours):
        sentence = 'This layer has no hours. Write some in "restrict", or remove it to cover all the time.'
        yield Flaw(Rule.NO_HOURS, (*where, "restrict"), sentence)
