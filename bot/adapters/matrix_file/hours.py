"""Hours of a week as people write them: ``24x7``, or days with one range or several.

``{mon-thu: "09:00-17:30", fri: ["09:00-12:00", "13:00-16:00"], "sat,sun": "22:00-06:00"}``: what lies between ranges is
a break, a range that ends before it starts goes on after midnight, a day that is left out is closed.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.adapters.matrix_file.values import day, kind_of, minute_of_day
from bot.domain.calendar import DAY_MINUTES, ROUND_THE_CLOCK, Day, Hours
from bot.domain.matrix.phrases import quoted
from bot.domain.matrix.week import DAYS

Week = tuple[Day, Day, Day, Day, Day, Day, Day]
ROUND = "24x7"

_RANGE = re.compile(r"\s*([0-9]{1,2}:[0-9]{2})\s*-\s*([0-9]{1,2}:[0-9]{2})\s*")
_MIDNIGHT = "24:00"

_Place = tuple[str | int, ...]
_Range = tuple[int, int]
"""Minutes after midnight; the end is more than a day where it is on the next one."""


class Problems(ValueError):
    """Several things are wrong inside of one value; each with its place in it and a sentence."""

    def __init__(self, entries: Iterable[tuple[_Place, str]]) -> None:
        self.entries = tuple(entries)
        super().__init__("; ".join(sentence for _, sentence in self.entries))


def week(value: object) -> Week:
    """The hours of each day, Monday first. Raises Problems."""
    if value == ROUND:
        return (ROUND_THE_CLOCK,) * 7
    reader = _Reader()
    parts: list[list[Hours]] = [[] for _ in DAYS]
    for number, start, end in reader.week(value):
        parts[number].append(Hours(start, min(end, DAY_MINUTES)))
        if end > DAY_MINUTES:
            parts[(number + 1) % 7].append(Hours(0, end - DAY_MINUTES))
    reader.finish()
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (_joined(one) for one in parts)
    return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


def special(value: object) -> dict[date, Day]:
    """Dates with hours of their own. Raises Problems."""
    reader = _Reader()
    found = reader.dates(value)
    reader.finish()
    return {on: _joined([Hours(*one) for one in ranges]) for on, ranges in found.items()}


class _Reader:
    """Reads hours and gathers what is wrong with them."""

    def __init__(self) -> None:
        self._problems: list[tuple[_Place, str]] = []

    def finish(self) -> None:
        """Raises Problems when there were any."""
        if self._problems:
            raise Problems(self._problems)

    def week(self, value: object) -> list[tuple[int, int, int]]:
        """(day, start, end) of each range."""
        placed: list[tuple[int, int, int]] = []
        first: dict[int, str] = {}
        wanted = f'{ROUND}, or days such as {{mon-fri: "09:00-17:00"}}'
        for key, given in self._section(value, wanted).items():
            ranges = self._ranges(given, (key,))
            for number in self._days(key):
                if number in first:
                    sentence = f"{quoted(DAYS[number])} has hours in {quoted(first[number])} already. Write them once."
                    self._wrong((key,), sentence)
                first.setdefault(number, key)
                placed += [(number, start, end) for start, end in ranges]
        return placed

    def dates(self, value: object) -> dict[date, list[_Range]]:
        """The ranges of each date."""
        found: dict[date, list[_Range]] = {}
        for key, given in self._section(
            value, 'dates with hours, such as {2026-12-24: "09:00-12:00"}'
        ).items():
            ranges = self._ranges(given, (key,))
            if any(end > DAY_MINUTES for _, end in ranges):
                self._wrong(
                    (key,), "Hours of a date end at midnight. Write what comes after it at the next date."
                )
            try:
                found[day(key)] = ranges
            except ValueError as error:
                self._wrong((key,), str(error))
        return found

    def _wrong(self, place: _Place, sentence: str) -> None:
        self._problems.append((place, sentence))

    def _section(self, value: object, wanted: str) -> Mapping[str, object]:
        if isinstance(value, dict):
            return value
        shown = quoted(value) if isinstance(value, str) else kind_of(value)
        raise Problems([((), f"Here must be {wanted}, not {shown}.")])

    def _days(self, text: str) -> list[int]:
        """``mon``, ``mon-thu``, ``sat,sun``; a range may go over the weekend."""
        numbers: list[int] = []
        for part in text.lower().split(","):
            first, dash, last = (end.strip() for end in part.partition("-"))
            if first not in DAYS or (dash and last not in DAYS):
                sentence = (
                    f"{quoted(text)} is not a day of the week. Write {', '.join(DAYS)}, "
                    'a range such as mon-fri, or several such as "sat,sun".'
                )
                self._wrong((text,), sentence)
                return []
            start = DAYS.index(first)
            length = (DAYS.index(last) - start) % 7 if dash else 0
            numbers += [(start + number) % 7 for number in range(length + 1)]
        return numbers

    def _ranges(self, value: object, place: _Place) -> list[_Range]:
        if isinstance(value, str):
            return [one for one in [self._range(value, place)] if one is not None]
        if not isinstance(value, list) or not value:
            found = "an empty list" if isinstance(value, list) else kind_of(value)
            sentence = (
                f'Write hours such as "09:00-17:30" or a list of them, not {found}. A day left out is closed.'
            )
            self._wrong(place, sentence)
            return []
        ranges: list[_Range] = []
        for number, given in enumerate(value):
            one = self._range(given, (*place, number))
            if one is not None and any(one[0] < end and start < one[1] for start, end in ranges):
                sentence = f"{quoted(given)} overlaps with other hours of this day. Make one range of them."
                self._wrong((*place, number), sentence)
            elif one is not None:
                ranges.append(one)
        return ranges

    def _range(self, value: object, place: _Place) -> _Range | None:
        found = _RANGE.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            shown = f"{quoted(value)} is" if isinstance(value, str) else f"{kind_of(value).capitalize()} is"
            self._wrong(place, f'{shown} not a part of a day. Write hours such as "09:00-17:30".')
            return None
        start, end = (
            minute_of_day(found[1]),
            DAY_MINUTES if found[2] == _MIDNIGHT else minute_of_day(found[2]),
        )
        if start is None or end is None:
            wrong = found[1] if start is None else found[2]
            self._wrong(place, f"There is no time {quoted(wrong)}. A day goes from 00:00 to 24:00.")
            return None
        if start == end:
            self._wrong(place, f'{quoted(found[0])} has no length. The whole day is "00:00-24:00".')
            return None
        return start, end if end > start else end + DAY_MINUTES


def _joined(parts: list[Hours]) -> Day:
    """In order and apart from each other: those that touch become one."""
    joined: list[Hours] = []
    for one in sorted(one for one in parts if one.start < one.end):
        if joined and one.start <= joined[-1].end:
            joined[-1] = Hours(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return tuple(joined)
