"""Reading times as people write them, without asking yet what day it is."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

DAY_MINUTES = 24 * 60
_LONGEST = 80  # whatever means a time is shorter

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST_NAME = 3
_LEAP_YEAR = 2024  # has every day there is
_MINUTES = {"m": 1, "h": 60}
_DAYS_OF = {"d": 1, "w": 7}

_CLOCK = r"(?:[0-9]{1,2}:[0-9]{2}(?: ?[ap]m)?|[0-9]{1,2} ?[ap]m|noon)"
_DAY = r"(?:20[0-9]{2}/[0-9]{1,2}/[0-9]{1,2}|[0-9]{1,2} [a-z]{3,9}(?: 20[0-9]{2})?|(?!noon)[a-z]{3,9})"
_UNIT = r"w|weeks?|d|days?|h|hrs?|hours?|m|mins?|minutes?"
_POINT = re.compile(rf"(?:on )?(?P<day>{_DAY})?(?: at)? ?(?P<clock>{_CLOCK})?")
_CLOCK_FIRST = re.compile(rf"(?P<clock>{_CLOCK}) (?:on )?(?P<day>{_DAY})")
_CLOCK_PARTS = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))? ?([ap]m)?")
_PIECE = re.compile(rf"([0-9]{{1,4}}) ?({_UNIT})")
_LENGTH = re.compile(rf"(?:{_PIECE.pattern} ?)+")
_LENGTH_FROM = re.compile(r"(?:for )?(?P<length>.+?)(?: (?:from|starting) (?P<start>.+))?")
_FROM_FOR = re.compile(r"(?:from )?(?P<start>.+) for (?P<length>.+)")
_UNTIL = re.compile(r"(?:until|till|(?:from )?now-)(.+)")

_SPELLINGS = (
    (re.compile(r"[‐‑‒–—―−]"), "-"),
    (re.compile(r"\b([ap])\.m\b\.?"), r"\1m"),
    (re.compile(r"[.,](?=\s|$)"), " "),
    (re.compile(r"\b(20[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?:t(?=[0-9]))?"), r" \1/\2/\3 "),
    (re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b"), r"\1"),
    (re.compile(r"(?<!\S)([0-9]{1,2})\s*-\s*([0-9]{1,2}) ([a-z]{3,9})\b"), r"\1 \3 - \2 \3"),
    (re.compile(r"(?<![0-9:/.-])([0-9]{1,2})\s*-\s*([0-9]{1,2})$"), r"\1:00-\2:00"),
    (re.compile(r"\s+(?:until|till|to)\s+"), "-"),
    (re.compile(r"\s*-\s*"), "-"),
    (re.compile(r"\s+"), " "),
)
"""What has several spellings, in one. Dates lose their dashes, so that the dash that is left means until."""


class MeansNothing(ValueError):
    """No time is written like this."""


class NoEnd(MeansNothing):
    """A time of day alone, where a length of time is wanted."""


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """``today``, ``tomorrow``."""

    count: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """``fri``; 0 = Monday."""

    number: int


@dataclass(frozen=True, slots=True)
class MonthDay:
    """``24 dec``, in one year or in any."""

    month: int
    day: int
    year: int | None = None


Day = DaysAhead | Weekday | MonthDay


@dataclass(frozen=True, slots=True)
class Point:
    """A day, a time of day in minutes after midnight (0 to 1440), or both; what is None was not said."""

    day: Day | None = None
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """``90m``, ``2d``: so many days on the calendar, then so many minutes."""

    days: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Range:
    """From `start` (None: now) to `end`; an end of which nothing was said is that of the day of the start."""

    start: Point | None
    end: Point | Length


def read_range(text: str) -> Range:
    """``fri``, ``24 dec - 2 jan``, ``until 17:00``, ``2h from 14:00``. Raises MeansNothing, NoEnd."""
    text = _one_spelling(text)
    if found := _UNTIL.fullmatch(text):
        return Range(None, _point(found[1].strip()))
    if found := _FROM_FOR.fullmatch(text):
        return Range(_point(found["start"]), _length(found["length"]))
    if (found := _LENGTH_FROM.fullmatch(text)) and _LENGTH.fullmatch(found["length"]):
        start = None if found["start"] in (None, "now") else _point(found["start"])
        return Range(start, _length(found["length"]))
    return _from_to(text.removeprefix("from "))


def read_point(text: str) -> Point | Length:
    """``sunday 03:00``, ``tomorrow``, ``in 2h``, ``now``. Raises MeansNothing."""
    text = _one_spelling(text)
    if text == "now":
        return Length()
    lasts = text.removeprefix("in ")
    return _length(lasts) if _LENGTH.fullmatch(lasts) else _point(text)


def _one_spelling(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        raise MeansNothing
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    for spelled, instead in _SPELLINGS:
        text = spelled.sub(instead, text.strip())
    return text


def _from_to(text: str) -> Range:
    first, dash, second = text.partition("-")
    start = _point(first)
    if not dash:
        if start.minute is not None:
            raise NoEnd
        return Range(start, Point())
    end = _point(second)
    if start.day is None and _CLOCK_FIRST.fullmatch(second) and (start.minute or 0) < (end.minute or 0):
        return Range(Point(end.day, start.minute), Point(None, end.minute))  # "9am-5pm tomorrow"
    return Range(start, end)


def _length(text: str) -> Length:
    if not _LENGTH.fullmatch(text):
        raise MeansNothing
    pieces = [(int(count), unit[0]) for count, unit in _PIECE.findall(text)]
    days = sum(count * _DAYS_OF.get(unit, 0) for count, unit in pieces)
    return Length(days, sum(count * _MINUTES.get(unit, 0) for count, unit in pieces))


def _point(text: str) -> Point:
    found = _CLOCK_FIRST.fullmatch(text) or _POINT.fullmatch(text)
    if not found or not (found["day"] or found["clock"]):
        raise MeansNothing
    return Point(
        _day(found["day"]) if found["day"] else None, _minute(found["clock"]) if found["clock"] else None
    )


def _minute(text: str) -> int:
    """Minutes after midnight; ``24:00`` is the end of the day."""
    if text == "noon":
        return DAY_MINUTES // 2
    found = _CLOCK_PARTS.fullmatch(text)
    if not found:
        raise MeansNothing
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise MeansNothing
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    if minute > 59 or hour * 60 + minute > DAY_MINUTES:
        raise MeansNothing
    return hour * 60 + minute


def _day(text: str) -> Day:
    if text in ("today", "tomorrow"):
        return DaysAhead(int(text == "tomorrow"))
    if "/" in text:
        year, month, day = map(int, text.split("/"))
        return _in_calendar(MonthDay(month, day, year))
    if not text[0].isdigit():
        return Weekday(_place(text, _DAYS))
    number, name, *years = text.split()
    return _in_calendar(MonthDay(_place(name, _MONTHS) + 1, int(number), int(years[0]) if years else None))


def _in_calendar(day: MonthDay) -> MonthDay:
    try:
        date(day.year or _LEAP_YEAR, day.month, day.day)
    except ValueError:
        raise MeansNothing from None
    return day


def _place(word: str, names: tuple[str, ...]) -> int:
    """Which of the names this is, whole or short: ``thurs``, ``thu``."""
    short = word.removesuffix("s")
    for number, name in enumerate(names):
        if name.startswith(short) and len(short) >= _SHORTEST_NAME:
            return number
    raise MeansNothing
