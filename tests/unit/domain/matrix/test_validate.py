"""What makes a matrix unusable, one flaw at a time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.calendar import Calendar, Hours
from bot.domain.matrix.flaw import MOST_CHOICES, MOST_LEVELS, MOST_PATHS, Rule, Where
from bot.domain.matrix.model import IssueType, Level, Matrix, Path, Priority
from bot.domain.matrix.validate import MOST_FLAWS, flaws
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from tests.builders import P1, P2, P3, contact, level, matrix, minutes, path, rules, spans

OFFICE = Calendar("office", "Europe/Berlin", (*((Hours(540, 1020),),) * 5, (), ()))
HOUR = Calendar("hour", "Europe/Berlin", ((Hours(600, 660),), *((),) * 6))
"""Open from ten to eleven on Mondays."""


def only_level(**changes: Any) -> Matrix:
    levels = (replace(level(), **spans(changes)),)
    return matrix(path(levels=levels), calendars=(OFFICE, HOUR))


def test_the_default_matrix_of_the_tests_is_sound() -> None:
    assert flaws(matrix()) == ()


WORKSPACE: dict[str, tuple[Mapping[str, Any], Rule, Where, str]] = {
    "time zone": (
        {"timezone": "Europe/Lodnon"},
        Rule.TIMEZONE,
        ("timezone",),
        'There is no time zone "Europe/Lodnon". Did you mean "Europe/London"?',
    ),
    "folder of time zones": (
        {"timezone": "Etc"},
        Rule.TIMEZONE,
        ("timezone",),
        'There is no time zone "Etc". Use a name such as Europe/London.',
    ),
    "path as time zone": (
        {"timezone": "../../etc/passwd"},
        Rule.TIMEZONE,
        ("timezone",),
        'There is no time zone "../../etc/passwd". Use a name such as Europe/London.',
    ),
    "issue channel is a person": (
        {"issue_channel": contact("@ann")},
        Rule.CONTACT_KIND,
        ("issue_channel",),
        '"issue_channel" must be a channel such as "#issues", not "@ann".',
    ),
    "catch-all is a group": (
        {"catch_all": contact("group:ops")},
        Rule.CONTACT_KIND,
        ("catch_all",),
        '"catch_all" must be a channel such as "#issues", not "group:ops".',
    ),
    "manager is a channel": (
        {"escalation_manager": contact("#bosses")},
        Rule.CONTACT_KIND,
        ("escalation_manager",),
        '"escalation_manager" must be a person or a group, not the channel "#bosses".',
    ),
    "a reason that is there anyway": (
        {"wait_reasons": ("supplier", "Requester")},
        Rule.RESERVED,
        ("wait_reasons", 1),
        '"Requester" is always a reason for waiting. Remove it here.',
    ),
    "a reason twice": (
        {"wait_reasons": ("supplier", "Supplier")},
        Rule.DUPLICATE,
        ("wait_reasons", 1),
        'There is another reason "Supplier" above. Give each its own name.',
    ),
    "a reason without words": (
        {"wait_reasons": (" ",)},
        Rule.NAME,
        ("wait_reasons", 0),
        'An entry of "wait_reasons" is empty. Write a few plain words.',
    ),
    "manager on a schedule that is not there": (
        {"escalation_manager": contact("oncall:duty")},
        Rule.UNKNOWN_SCHEDULE,
        ("escalation_manager",),
        'There is no schedule "duty". Add it under "schedules".',
    ),
    "no nagging": (
        {"nag_every": timedelta(0)},
        Rule.DURATION,
        ("nag_every",),
        '"nag_every" must be longer than zero, for example 15m.',
    ),
}


@pytest.mark.parametrize(("changes", "rule", "key", "sentence"), WORKSPACE.values(), ids=WORKSPACE)
def test_workspace(changes: Mapping[str, Any], rule: Rule, key: Where, sentence: str) -> None:
    (flaw,) = flaws(matrix(workspace=rules(**changes)))
    assert (flaw.rule, flaw.where, flaw.sentence) == (rule, ("workspace", *key), sentence)


LEVEL: dict[str, tuple[Mapping[str, Any], Rule, str, str]] = {
    "no contacts": ({"contacts": ()}, Rule.COUNT, "contacts", '"contacts" is empty. Add at least one.'),
    "no name": ({"name": " "}, Rule.NAME, "name", '"name" is empty. Write a few plain words.'),
    "two lines": ({"name": "a\nb"}, Rule.NAME, "name", '"name" must be one line of plain text.'),
    "long name": (
        {"name": "x" * 76},
        Rule.NAME,
        "name",
        '"name" is 76 characters long. Use at most 75, so that forms can show it.',
    ),
    "long role": ({"role": "x" * 301}, Rule.NAME, "role", '"role" is 301 characters long. Use at most 300.'),
    "no time": (
        {"acknowledge_within": timedelta(0)},
        Rule.DURATION,
        "acknowledge_within",
        '"acknowledge_within" must be longer than zero, for example 15m.',
    ),
    "more than a year": (
        {"acknowledge_within": timedelta(days=365, seconds=1)},
        Rule.DURATION,
        "acknowledge_within",
        '"acknowledge_within" is longer than a year. Use at most 365d.',
    ),
    "reminder at the end": (
        {"remind_every": minutes(15)},
        Rule.REMIND,
        "remind_every",
        '"remind_every" must be shorter than "acknowledge_within", else no reminder is ever sent.',
    ),
    "a calendar nobody knows": (
        {"calendar": "ofice"},
        Rule.UNKNOWN_CALENDAR,
        "calendar",
        'There is no calendar "ofice". Did you mean "office"?',
    ),
    "more than a year of a small calendar": (
        {"acknowledge_within": span("60h"), "calendar": "hour"},
        Rule.TOO_SLOW,
        "acknowledge_within",
        '"acknowledge_within" takes longer than a year in the hours of calendar "hour". '
        "Use a shorter time or a calendar with more hours.",
    ),
    "a reminder of a working day": (
        {"acknowledge_within": span("10h"), "remind_every": span("2d"), "calendar": "office"},
        Rule.REMIND,
        "remind_every",
        '"remind_every" must be shorter than "acknowledge_within", else no reminder is ever sent.',
    ),
    "reminders without pause": (
        {"remind_every": timedelta(0)},
        Rule.DURATION,
        "remind_every",
        '"remind_every" must be longer than zero, for example 15m.',
    ),
}


@pytest.mark.parametrize(("changes", "rule", "key", "sentence"), LEVEL.values(), ids=LEVEL)
def test_level(changes: Mapping[str, Any], rule: Rule, key: str, sentence: str) -> None:
    (flaw,) = flaws(only_level(**changes))
    assert (flaw.rule, flaw.where, flaw.sentence) == (rule, ("paths", 0, "levels", 0, key), sentence)


@pytest.mark.parametrize(
    "changes",
    [
        {"acknowledge_within": timedelta(days=365)},
        {"acknowledge_within": timedelta(seconds=1)},
        {"remind_every": minutes(15) - timedelta(seconds=1)},
        {"name": "x" * 75},
        {"acknowledge_within": span("52h"), "calendar": "hour"},
        {"acknowledge_within": span("3h"), "calendar": "always"},
        {"acknowledge_within": span("2d"), "remind_every": span("10h"), "calendar": "office"},
    ],
)
def test_at_the_edge_is_still_fine(changes: Mapping[str, Any]) -> None:
    assert flaws(only_level(**changes)) == ()


def paths(*some: Path, **changes: Any) -> Matrix:
    return matrix(*some, **changes)


DUTY = Schedule("duty", "Europe/Berlin", (Layer((contact("@ann"),), date(2026, 1, 5)),))
CUSTOMERS = {"category": ("customer",)}
DOCUMENT: dict[str, tuple[Matrix, Rule, Where, str]] = {
    "no default": (
        paths(path("Customers", match=CUSTOMERS)),
        Rule.NO_DEFAULT,
        ("paths",),
        "There is no default path. Add a last path without match, so that every issue has somebody to ask.",
    ),
    "after the default": (
        paths(path("All"), path("Customers", match=CUSTOMERS)),
        Rule.AFTER_DEFAULT,
        ("paths", 1),
        'Path "Customers" is never reached: "All" above it has no match and takes every issue. '
        "Move that one to the end.",
    ),
    "same path twice": (
        paths(path("Care", match=CUSTOMERS), path("care")),
        Rule.DUPLICATE,
        ("paths", 1, "name"),
        'There is another path "care" above. Give each its own name.',
    ),
    "same level twice": (
        paths(path(levels=(level("One"), level("Two"), level("ONE")))),
        Rule.DUPLICATE,
        ("paths", 0, "levels", 2, "name"),
        'There is another level "ONE" above. Give each its own name.',
    ),
    "no levels": (
        paths(path(levels=())),
        Rule.COUNT,
        ("paths", 0, "levels"),
        '"levels" is empty. Add at least one.',
    ),
    "no paths": (matrix(paths=()), Rule.COUNT, ("paths",), '"paths" is empty. Add at least one.'),
    "unknown type": (
        paths(path("A", match={"type": ("paymnts",)}), path()),
        Rule.UNKNOWN_TYPE,
        ("paths", 0, "match", "type"),
        'There is no type "paymnts". Did you mean "payments"?',
    ),
    "unknown category": (
        paths(path("A", match={"category": ("strategic",)}), path()),
        Rule.UNKNOWN_CATEGORY,
        ("paths", 0, "match", "category"),
        'There is no category "strategic". Use one of: customer, operational.',
    ),
    "unknown priority": (
        paths(path("A", match={"priority": ("P1",)}), path()),
        Rule.UNKNOWN_PRIORITY,
        ("paths", 0, "match", "priority"),
        'There is no priority "P1". Did you mean "p1"?',
    ),
    "unknown impact": (
        paths(path("A", match={"impact": ("nobody",)}), path()),
        Rule.UNKNOWN_IMPACT,
        ("paths", 0, "match", "impact"),
        'There is no impact "nobody". Use one of: everyone, some.',
    ),
    "unknown urgency": (
        paths(path("A", match={"urgency": ("soon", "later")}), path()),
        Rule.UNKNOWN_URGENCY,
        ("paths", 0, "match", "urgency"),
        'There is no urgency "later". Use one of: now, soon.',
    ),
    "unknown fact": (
        paths(path("A", match={"typ": ("payments",)}), path()),
        Rule.UNKNOWN_FACT,
        ("paths", 0, "match", "typ"),
        'Nothing can be matched on "typ". Did you mean "type"?',
    ),
    "accepts nothing": (
        paths(path("A", match={"type": ()}), path()),
        Rule.COUNT,
        ("paths", 0, "match", "type"),
        '"type" is empty, so nothing would match. Add a value or remove it.',
    ),
    "owner is a channel": (
        paths(path(owner=contact("#care"))),
        Rule.CONTACT_KIND,
        ("paths", 0, "owner"),
        '"owner" must be a person or a group, not the channel "#care".',
    ),
    "channel is a person": (
        paths(path(channel=contact("@ann"))),
        Rule.CONTACT_KIND,
        ("paths", 0, "channel"),
        '"channel" must be a channel such as "#issues", not "@ann".',
    ),
    "repeat below zero": (
        paths(path(repeat=-1)),
        Rule.REPEAT,
        ("paths", 0, "repeat"),
        '"repeat" is -1. Use 0 to 99; 0 means the ladder runs once.',
    ),
    "repeat without end": (
        paths(path(repeat=100)),
        Rule.REPEAT,
        ("paths", 0, "repeat"),
        '"repeat" is 100. Use 0 to 99; 0 means the ladder runs once.',
    ),
    "told through a schedule that is not there": (
        paths(path(inform=(contact("oncall:duti"),)), schedules=(DUTY,)),
        Rule.UNKNOWN_SCHEDULE,
        ("paths", 0, "inform", 0),
        'There is no schedule "duti". Did you mean "duty"?',
    ),
    "asked after no time": (
        paths(path(still_on_it_after=timedelta(0))),
        Rule.DURATION,
        ("paths", 0, "still_on_it_after"),
        '"still_on_it_after" must be longer than zero, for example 15m.',
    ),
    "updates without pause": (
        matrix(priorities=(replace(P1, update_every=span("0m")), P2, P3)),
        Rule.DURATION,
        ("priorities", "p1", "update_every"),
        '"update_every" must be longer than zero, for example 15m.',
    ),
    "a crowd to tell": (
        paths(path(inform=tuple(contact(f"@p{n}") for n in range(101)))),
        Rule.COUNT,
        ("paths", 0, "inform"),
        '"inform" has 101 entries. The most is 100.',
    ),
    "closes at once": (
        paths(path(close_after=timedelta(0))),
        Rule.DURATION,
        ("paths", 0, "close_after"),
        '"close_after" must be longer than zero, for example 15m.',
    ),
    "hole": (
        matrix(priority_matrix={("a", "x"): "p1", ("a", "y"): "p1", ("b", "x"): "p2"}),
        Rule.HOLE,
        ("priority_matrix", "b"),
        'Impact "b" has no priority for urgency "y". Add it to this row.',
    ),
    "unknown priority in the table": (
        matrix(priority_matrix={("a", "x"): "p9"}),
        Rule.UNKNOWN_PRIORITY,
        ("priority_matrix", "a", "x"),
        'There is no priority "p9". Use one of: p1, p2, p3.',
    ),
    "no priority matrix": (
        matrix(priority_matrix={}),
        Rule.COUNT,
        ("priority_matrix",),
        '"priority_matrix" is empty. Add at least one.',
    ),
    "no types": (matrix(types=()), Rule.COUNT, ("types",), '"types" is empty. Add at least one.'),
    "no priorities": (
        matrix(priorities=(), priority_matrix={("a", "x"): "p1"}),
        Rule.COUNT,
        ("priorities",),
        '"priorities" is empty. Add at least one.',
    ),
    "type without title": (
        matrix(types=(IssueType("odd", ""),)),
        Rule.NAME,
        ("types", "odd", "title"),
        '"title" is empty. Write a few plain words.',
    ),
    "priority with a long key": (
        matrix(
            priorities=(Priority("p1", "One", 0), Priority("p" * 80, "Two", 1)),
            priority_matrix={("a", "b"): "p1"},
        ),
        Rule.NAME,
        ("priorities", "p" * 80),
        f'"{"p" * 57}..." is 80 characters long. Use at most 75, so that forms can show it.',
    ),
    "too many types": (
        matrix(types=tuple(IssueType(f"t{n}", "T") for n in range(MOST_CHOICES + 1))),
        Rule.COUNT,
        ("types",),
        '"types" has 101 entries. The most is 100.',
    ),
    "too many levels": (
        paths(path(levels=[level(f"L{n}") for n in range(MOST_LEVELS + 1)])),
        Rule.COUNT,
        ("paths", 0, "levels"),
        '"levels" has 1,001 entries. The most is 1,000.',
    ),
    "too many paths": (
        paths(*(path(f"P{n}", levels=[level()], match=CUSTOMERS) for n in range(MOST_PATHS)), path("Rest")),
        Rule.COUNT,
        ("paths",),
        '"paths" has 1,001 entries. The most is 1,000.',
    ),
}


@pytest.mark.parametrize(("document", "rule", "where", "sentence"), DOCUMENT.values(), ids=DOCUMENT)
def test_document(document: Matrix, rule: Rule, where: Where, sentence: str) -> None:
    assert (rule, where, sentence) in {(flaw.rule, flaw.where, flaw.sentence) for flaw in flaws(document)}


def test_as_many_levels_and_paths_as_allowed_are_fine() -> None:
    many = [path(f"P{n}", levels=[level()], match=CUSTOMERS) for n in range(MOST_PATHS - 1)]
    deep: list[Level] = [level(f"L{n}") for n in range(MOST_LEVELS)]
    assert flaws(matrix(*many, path("Rest", levels=deep))) == ()


def test_nobody_is_told_more_flaws_than_can_be_read() -> None:
    many = [path("Same", levels=()) for _ in range(500)]
    assert len(flaws(matrix(*many))) == MOST_FLAWS


def test_a_huge_table_is_refused_by_its_size_without_listing_its_holes() -> None:
    table = {(f"i{n}", f"u{n}"): "p1" for n in range(5000)}
    (flaw,) = flaws(matrix(priority_matrix=table))
    assert flaw.sentence == '"priority_matrix" has 5,000 entries. The most is 100.'
