"""What keeps calendars and schedules from being used, one flaw at a time."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.domain.calendar import Calendar, Day, Hours
from bot.domain.matrix.flaw import Rule, Where
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.validate import flaws
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from tests.builders import contact, matrix, path, rules

CLOSED: tuple[Day, Day, Day, Day, Day, Day, Day] = ((), (), (), (), (), (), ())
MONDAYS = replace(Calendar("office", "Europe/Berlin"), week=((Hours(540, 600),), *CLOSED[1:]))
ROTA = Layer((contact("@ann"), contact("@bo")), date(2026, 1, 5), time(9), span("1w"), weekday=0)


def calendar(**changes: Any) -> Matrix:
    """A matrix with this calendar."""
    return matrix(calendars=(replace(MONDAYS, **changes),))


def layer(**changes: Any) -> Matrix:
    """A matrix with a schedule of this one layer."""
    return schedule(replace(ROTA, **changes))


def schedule(
    *layers: Layer, key: str = "care-leads", timezone: str = "Europe/Berlin", title: str = ""
) -> Matrix:
    """A matrix with this schedule."""
    return matrix(schedules=(Schedule(key, timezone, layers or (ROTA,), title),))


LAYER = ("schedules", "care-leads", "layers", 0)
CASES: dict[str, tuple[Matrix, Rule, Where, str]] = {
    "a calendar of an unknown zone": (
        calendar(timezone="Europe/Berln"),
        Rule.TIMEZONE,
        ("calendars", "office", "timezone"),
        'There is no time zone "Europe/Berln". Did you mean "Europe/Berlin"?',
    ),
    "a calendar without hours": (
        calendar(week=CLOSED, special={date(2026, 5, 1): (Hours(0, 60),)}),
        Rule.NO_HOURS,
        ("calendars", "office", "hours"),
        'This calendar has no hours. Write some, for example hours: {mon-fri: "09:00-17:00"}.',
    ),
    "always, but not quite": (
        calendar(key="always"),
        Rule.RESERVED,
        ("calendars", "always"),
        '"always" is around the clock, every day. Give a calendar with other hours another name.',
    ),
    "always, but not at Christmas": (
        matrix(calendars=(Calendar("always", "Europe/Berlin", off=frozenset({date(2026, 12, 25)})),)),
        Rule.RESERVED,
        ("calendars", "always"),
        '"always" is around the clock, every day. Give a calendar with other hours another name.',
    ),
    "a schedule of an unknown zone": (
        schedule(timezone="Mars"),
        Rule.TIMEZONE,
        ("schedules", "care-leads", "timezone"),
        'There is no time zone "Mars". Use a name such as Europe/London.',
    ),
    "a schedule no contact can name": (
        schedule(key="care leads"),
        Rule.NAME,
        ("schedules", "care leads"),
        '"care leads" cannot be named in a contact. '
        "Use one word of letters, digits and hyphens, for example care-leads.",
    ),
    "a title of two lines": (
        schedule(title="a\nb"),
        Rule.NAME,
        ("schedules", "care-leads", "title"),
        '"title" must be one line of plain text.',
    ),
    "two schedules in two spellings": (
        matrix(schedules=(Schedule("duty", "UTC", (ROTA,)), Schedule("Duty", "UTC", (ROTA,)))),
        Rule.DUPLICATE,
        ("schedules", "Duty"),
        'There is another schedule "Duty" above. Give each its own name.',
    ),
    "a schedule without layers": (
        matrix(schedules=(Schedule("care-leads", "Europe/Berlin", ()),)),
        Rule.COUNT,
        ("schedules", "care-leads", "layers"),
        '"layers" is empty. Add at least one.',
    ),
    "a layer without people": (
        layer(people=()),
        Rule.COUNT,
        (*LAYER, "people"),
        '"people" is empty. Add at least one.',
    ),
    "a schedule on a schedule": (
        layer(people=(contact("@ann"), contact("oncall:care-leads"))),
        Rule.CONTACT_KIND,
        (*LAYER, "people", 1),
        '"oncall:care-leads" cannot be on call: one person answers at a time. '
        'Name people by e-mail, Slack user id or "@handle".',
    ),
    "a group on call": (
        layer(people=(contact("group:ops"),)),
        Rule.CONTACT_KIND,
        (*LAYER, "people", 0),
        '"group:ops" cannot be on call: one person answers at a time. '
        'Name people by e-mail, Slack user id or "@handle".',
    ),
    "turns of nothing": (
        layer(rotate=span("0d")),
        Rule.TURNS,
        (*LAYER, "rotate"),
        "Turns of 0d cannot be worked. Use one hour to 365 days, for example weekly or 12h.",
    ),
    "turns of minutes": (
        layer(rotate=span("59m")),
        Rule.TURNS,
        (*LAYER, "rotate"),
        "Turns of 59m cannot be worked. Use one hour to 365 days, for example weekly or 12h.",
    ),
    "turns of years": (
        layer(rotate=span("53w")),
        Rule.TURNS,
        (*LAYER, "rotate"),
        "Turns of 53w cannot be worked. Use one hour to 365 days, for example weekly or 12h.",
    ),
    "a weekday with daily turns": (
        layer(rotate=span("1d")),
        Rule.TURNS,
        (*LAYER, "handoff"),
        '"handoff" names a day of the week, but turns of 1d end on other days too. '
        'Write the time alone, for example "09:00".',
    ),
    "a weekday without turns": (
        layer(rotate=None, people=(contact("@ann"),)),
        Rule.TURNS,
        (*LAYER, "handoff"),
        '"handoff" names a day of the week, but nobody takes turns here. '
        'Write the time alone, for example "09:00".',
    ),
    "over before it began": (
        layer(until=date(2026, 1, 5)),
        Rule.ORDER,
        (*LAYER, "until"),
        '"until" is not after "from" (2026-01-05). The layer ends on that day at its handoff.',
    ),
    "restricted to nothing": (
        layer(hours=CLOSED),
        Rule.NO_HOURS,
        (*LAYER, "restrict"),
        'This layer has no hours. Write some in "restrict", or remove it to cover all the time.',
    ),
    "two layers of one name": (
        schedule(replace(ROTA, name="Day"), replace(ROTA, name="day")),
        Rule.DUPLICATE,
        (*LAYER[:-1], 1, "name"),
        'There is another layer "day" above. Give each its own name.',
    ),
    "too many layers": (
        schedule(*[ROTA] * 51),
        Rule.COUNT,
        ("schedules", "care-leads", "layers"),
        '"layers" has 51 entries. The most is 50.',
    ),
}


@pytest.mark.parametrize(("document", "rule", "where", "sentence"), CASES.values(), ids=CASES)
def test_flaw(document: Matrix, rule: Rule, where: Where, sentence: str) -> None:
    assert [(flaw.rule, flaw.where, flaw.sentence) for flaw in flaws(document)] == [(rule, where, sentence)]


@pytest.mark.parametrize(
    "document",
    [
        calendar(),
        matrix(calendars=(Calendar("always", "Europe/Berlin"),)),
        layer(rotate=span("12h"), weekday=None),
        layer(rotate=span("7h"), weekday=None),
        layer(rotate=span("14d")),
        layer(rotate=span("365d"), weekday=None),
        layer(until=date(2026, 1, 6)),
        layer(people=(contact("@ann"), contact("@bo"), contact("@ann"))),
        schedule(key="nachtdienst-süd"),
    ],
)
def test_these_are_fine(document: Matrix) -> None:
    assert flaws(document) == ()


def test_a_zone_taken_from_the_workspace_is_blamed_once() -> None:
    document = matrix(
        path(),
        workspace=rules(timezone="Mars"),
        calendars=(replace(MONDAYS, timezone="Mars"),),
        schedules=(Schedule("duty", "Mars", (ROTA,)),),
    )
    assert [flaw.where for flaw in flaws(document)] == [("workspace", "timezone")]
