"""Matrices of every kind from a number, and each of them with one thing changed."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, time, timedelta
from enum import Enum
from random import Random
from typing import Any

from bot.domain.calendar import Calendar, Day, Hours
from bot.domain.contacts import Contact, ContactKind
from bot.domain.matrix.model import (
    IfNobody,
    IssueType,
    Level,
    Matrix,
    Named,
    Path,
    Priority,
    Promise,
    TargetRule,
    WorkspaceRules,
)
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import Span, Unit

DAY_ONE = date(2026, 1, 5)
ORDER_IS_NOTHING = {"contacts", "inform", "match", "calendars", "schedules"}
"""Fields whose values may stand in any order."""
DERIVED = {"rank"}
"""Fields that follow from the order of the document."""
DAYS = 7
"""A tuple of so many entries is a week, which has no day more or less."""

Mutation = tuple[str, Any]
"""Where (for the message of a failed test), and the value with one thing changed."""


def any_matrix(seed: int) -> Matrix:
    """The matrix of this number: every part there can be, filled or empty."""
    return _Dice(seed).matrix()


class _Dice:
    """Makes the parts. Keys and names are unique where a checked matrix has them unique."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)

    def matrix(self) -> Matrix:
        impacts, urgencies = self.words("impact", 1, 3), self.words("urgency", 1, 3)
        priorities = tuple(
            Priority(key, f"Title {rank}", rank, self.maybe(self.span()), self.contacts(0))
            for rank, key in enumerate(self.words("P", 1, 4))
        )
        return Matrix(
            workspace=self.workspace(),
            types=tuple(self.type(key) for key in self.words("type", 1, 3)),
            priorities=priorities,
            priority_matrix={
                (one, other): self.dice.choice(priorities).key for one in impacts for other in urgencies
            },
            paths=tuple(self.path(name) for name in self.words("Path", 1, 4)),
            calendars=tuple(self.calendar(key) for key in self.words("calendar", 0, 2)),
            services=tuple(Named(key, f"Title of {key}", self.text()) for key in self.words("service", 0, 3)),
            clients=tuple(Named(key, f"Title of {key}", self.text()) for key in self.words("client", 0, 3)),
            promises=tuple(
                Promise({"client": (key,)}, self.maybe(self.span()), self.maybe(self.span()), "office")
                for key in self.words("client", 0, 3)
            ),
            targets=tuple(
                TargetRule({"priority": (key,)}, self.maybe(self.span()), self.span(), "office", self.span())
                for key in self.words("P", 0, 3)
            ),
            schedules=tuple(self.schedule(key) for key in self.words("schedule", 0, 2)),
        )

    def workspace(self) -> WorkspaceRules:
        issues, catch_all = (Contact(ContactKind.CHANNEL, f"c{n}") for n in (1, 2))
        return WorkspaceRules(
            "UTC", issues, catch_all, self.contact(), self.span(), self.words("reason", 0, 2)
        )

    def type(self, key: str) -> IssueType:
        return IssueType(
            key,
            f"Title of {key}",
            self.text(),
            self.text(),
            self.text(),
            self.text(),
            self.text(),
            ("since",),
        )

    def path(self, name: str) -> Path:
        return Path(
            name=name,
            levels=tuple(self.level(one) for one in self.words("Level", 1, 3)),
            match={fact: self.words(fact, 1, 2) for fact in self.words("fact", 0, 2)},
            owner=self.maybe(self.contact()),
            channel=self.maybe(Contact(ContactKind.CHANNEL, "c3")),
            repeat=self.dice.randrange(3),
            close_after=self.span(),
            review_by=self.maybe(DAY_ONE),
            still_on_it_after=self.maybe(self.span()),
            follow_up_after=self.maybe(self.span()),
            wait_at_most=self.maybe(self.span()),
            inform=self.contacts(0),
            functional=self.dice.random() < 0.5,
        )

    def level(self, name: str) -> Level:
        return Level(
            name=name,
            contacts=self.contacts(1),
            acknowledge_within=self.span(),
            role=self.text(),
            remind_every=self.maybe(self.span()),
            calendar=self.maybe("office"),
            if_nobody=self.dice.choice(list(IfNobody)),
            inform=self.contacts(0),
        )

    def calendar(self, key: str) -> Calendar:
        off = frozenset(DAY_ONE + timedelta(days=n) for n in range(self.dice.randrange(6)))
        special = {DAY_ONE + timedelta(days=60): self.day()} if self.dice.random() < 0.5 else {}
        return Calendar(key, "UTC", self.week(), self.words("land", 0, 2), off, special)

    def week(self) -> tuple[Day, Day, Day, Day, Day, Day, Day]:
        one, two, three, four, five, six, seven = (self.day() for _ in range(7))
        return one, two, three, four, five, six, seven

    def day(self) -> Day:
        return self.dice.choice([(), (Hours(540, 1020),), (Hours(480, 720), Hours(780, 1020))])

    def schedule(self, key: str) -> Schedule:
        layers = tuple(self.layer(number) for number in range(self.dice.randint(1, 2)))
        return Schedule(key, "UTC", layers, self.text())

    def layer(self, number: int) -> Layer:
        people = tuple(
            Contact(ContactKind.EMAIL, f"p{number}{n}@example.com") for n in range(self.dice.randint(1, 3))
        )
        return Layer(
            people=people,
            start=DAY_ONE,
            handoff=time(9),
            rotate=self.maybe(self.span()),
            weekday=self.maybe(self.dice.randrange(7)),
            until=self.maybe(date(2027, 1, 1)),
            hours=self.maybe(self.week()),
            name=self.text(),
        )

    def words(self, stem: str, least: int, most: int) -> tuple[str, ...]:
        return tuple(f"{stem} {n}" for n in range(self.dice.randint(least, most)))

    def text(self) -> str:
        return self.dice.choice(["", "A text.", "Another text, with a comma."])

    def span(self) -> Span:
        return Span(self.dice.randint(1, 60), self.dice.choice(list(Unit)))

    def contact(self) -> Contact:
        return Contact(self.dice.choice(list(ContactKind)), f"who{self.dice.randrange(9)}")

    def contacts(self, least: int) -> tuple[Contact, ...]:
        return tuple(dict.fromkeys(self.contact() for _ in range(self.dice.randint(least, 3))))

    def maybe(self, value: Any) -> Any:
        return value if self.dice.random() < 0.5 else None


def mutations(value: Any, where: str = "") -> Iterator[Mutation]:
    """The value with one thing changed, in every way in which a document of the same shape can differ."""
    match value:
        case _ if is_dataclass(value) and not isinstance(value, Contact | Span | Hours):
            yield from _of_fields(value, where)
        case tuple():
            yield from _of_entries(value, where)
        case Mapping():
            yield from _of_mapping(value, where)
        case frozenset():
            yield f"{where} one more", value | {date(2030, 1, 1)}
            yield from ((f"{where} without {one}", value - {one}) for one in value)
        case None:
            return
        case _:
            yield where, _other(value)


def _of_fields(value: Any, where: str) -> Iterator[Mutation]:
    for one in fields(value):
        if one.name in DERIVED:
            continue
        for place, other in mutations(getattr(value, one.name), f"{where}.{one.name}"):
            if one.name in ORDER_IS_NOTHING and place.endswith("swapped"):
                continue
            yield place, replace(value, **{one.name: other})
        if getattr(value, one.name) is not None and one.default is None:
            yield f"{where}.{one.name} gone", replace(value, **{one.name: None})


def _of_entries(value: tuple[Any, ...], where: str) -> Iterator[Mutation]:
    for index, one in enumerate(value):
        if len(value) != DAYS:
            yield f"{where}[{index}] gone", (*value[:index], *value[index + 1 :])
        for place, other in mutations(one, f"{where}[{index}]"):
            yield place, (*value[:index], other, *value[index + 1 :])
    if len(value) > 1 and value[0] != value[1]:
        yield f"{where} swapped", (value[1], value[0], *value[2:])


def _of_mapping(value: Mapping[Any, Any], where: str) -> Iterator[Mutation]:
    for key, one in value.items():
        yield f"{where}[{key}] gone", {name: other for name, other in value.items() if name != key}
        for place, other in mutations(one, f"{where}[{key}]"):
            yield place, {**value, key: other}


def _other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case Enum():
            return next(one for one in type(value) if one is not value)
        case str():
            return value + " too"
        case date():
            return value + timedelta(days=1)
        case time():
            return time(value.hour + 1)
        case Span():
            return Span(value.count + 1, value.unit)
        case Contact():
            return Contact(value.kind, value.value + "x")
        case Hours():
            return Hours(value.start, value.end + 1)
    raise TypeError(f"nothing else is known to put in place of {value!r}")
