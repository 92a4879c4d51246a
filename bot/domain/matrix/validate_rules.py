"""Whether what chooses among issues can: matches, targets, promises, and what a type requires."""

from collections.abc import Iterator

from bot.domain.calendar import ALWAYS
from bot.domain.contacts import ContactKind, parse_contact
from bot.domain.matrix.flaw import (
    LONGEST,
    Flaw,
    Rule,
    Where,
    label,
    must_be_known,
    must_be_timer,
    must_differ,
)
from bot.domain.matrix.measure import Measure
from bot.domain.matrix.model import FORM_FACTS, Match, Matrix
from bot.domain.matrix.parts import matches_at
from bot.domain.matrix.phrases import quoted, suggest
from bot.domain.span import Span

_Known = dict[str, tuple[Rule, dict[str, None]]]


def types(matrix: Matrix) -> Iterator[Flaw]:
    """A type requires facts that the form has, each once."""
    for kind in matrix.types:
        required = [
            (("types", kind.key, "requires", number), one) for number, one in enumerate(kind.requires)
        ]
        yield from must_differ("fact", list(required))
        for where, fact in required:
            if fact not in FORM_FACTS:
                sentence = f"The form has no fact {quoted(fact)}. {suggest(fact, FORM_FACTS)}"
                yield Flaw(Rule.UNKNOWN_FACT, where, sentence)


def matches(matrix: Matrix) -> Iterator[Flaw]:
    """Paths, targets and promises match on facts and values that are there."""
    known = _known_values(matrix)
    for where, match in matches_at(matrix):
        yield from _match(match, (*where, "match"), known)


def _known_values(matrix: Matrix) -> _Known:
    return {
        "type": (Rule.UNKNOWN_TYPE, {one.key: None for one in matrix.types}),
        "category": (Rule.UNKNOWN_CATEGORY, {one.category: None for one in matrix.types if one.category}),
        "service": (Rule.UNKNOWN_SERVICE, {one.key: None for one in matrix.services}),
        "client": (Rule.UNKNOWN_CLIENT, {one.key: None for one in matrix.clients}),
        "priority": (Rule.UNKNOWN_PRIORITY, {one.key: None for one in matrix.priorities}),
        "impact": (Rule.UNKNOWN_IMPACT, dict.fromkeys(matrix.impacts)),
        "urgency": (Rule.UNKNOWN_URGENCY, dict.fromkeys(matrix.urgencies)),
    }


def _match(match: Match, where: Where, known: _Known) -> Iterator[Flaw]:
    for fact, accepted in match.items():
        at = (*where, fact)
        if not accepted:
            yield Flaw(
                Rule.COUNT, at, f"{quoted(fact)} is empty, so nothing would match. Add a value or remove it."
            )
        if fact == "channel":
            yield from _channels(accepted, at)
        elif fact not in known:
            sentence = f"Nothing can be matched on {quoted(fact)}. {suggest(fact, (*known, 'channel'))}"
            yield Flaw(Rule.UNKNOWN_FACT, at, sentence)
        else:
            rule, values = known[fact]
            for value in accepted:
                yield from must_be_known(rule, fact, value, values, at)


def _channels(accepted: tuple[str, ...], where: Where) -> Iterator[Flaw]:
    for value in accepted:
        contact = parse_contact(value)
        if contact is None or contact.kind is not ContactKind.CHANNEL:
            sentence = f'"channel" must be a channel such as "#shop-floor", not {quoted(value)}.'
            yield Flaw(Rule.CONTACT_KIND, where, sentence)


def targets(matrix: Matrix) -> Iterator[Flaw]:
    """A target says how fast, in hours that get there, and wants the answer not after the solution."""
    measure = Measure(matrix)
    for index, one in enumerate(matrix.targets):
        where: Where = ("targets", index)
        times = {"respond": one.respond, "resolve": one.resolve}
        yield from _times(measure, times, one.calendar, where)
        if one.breach_every is not None:
            at = (*where, "breach_every")
            yield from must_be_timer(one.breach_every, at)
            yield from must_be_reached(measure, one.breach_every, one.calendar, at)


def promises(matrix: Matrix) -> Iterator[Flaw]:
    """A promise says how fast, in hours that get there, and the answer comes not after the solution."""
    measure = Measure(matrix)
    for index, one in enumerate(matrix.promises):
        times = {"answer": one.answer, "solve": one.solve}
        yield from _times(measure, times, one.calendar, ("promises", index))


def _times(measure: Measure, times: dict[str, Span | None], calendar: str, where: Where) -> Iterator[Flaw]:
    first, last = times
    yield from must_be_calendar(measure.matrix, calendar, (*where, "calendar"))
    given = {key: one for key, one in times.items() if one is not None}
    if not given:
        sentence = f'This has no time. Add "{first}", "{last}" or both, for example {first}: 4h.'
        yield Flaw(Rule.NO_TIMES, where, sentence)
    for key, one in given.items():
        yield from must_be_timer(one, (*where, key))
        yield from must_be_reached(measure, one, calendar, (*where, key))
    taken = [measure.takes(one, calendar) for one in given.values()]
    if len(taken) == 2 and taken[0] is not None and taken[1] is not None and taken[0] > taken[1]:
        sentence = f'"{first}" takes longer than "{last}". Give the first the shorter time.'
        yield Flaw(Rule.ORDER, (*where, first), sentence)


def must_be_calendar(matrix: Matrix, key: str, where: Where) -> Iterator[Flaw]:
    """A calendar of that name is in the matrix; ``always`` is in every one."""
    known = dict.fromkeys((*(one.key for one in matrix.calendars), ALWAYS.key))
    yield from must_be_known(Rule.UNKNOWN_CALENDAR, "calendar", key, known, where)


def must_be_reached(measure: Measure, length: Span, calendar: str, where: Where) -> Iterator[Flaw]:
    """The hours of the calendar get there within a year."""
    taken = measure.takes(length, calendar)
    if taken is not None and length.clock <= LONGEST < taken and calendar != ALWAYS.key:
        sentence = (
            f"{label(where)} takes longer than a year in the hours of calendar {quoted(calendar)}. "
            "Use a shorter time or a calendar with more hours."
        )
        yield Flaw(Rule.TOO_SLOW, where, sentence)
