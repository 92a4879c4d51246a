"""Who is on call, told as stories: what the schedule says, what people changed, and what everybody reads."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import Hours
from bot.domain.contacts import Contact, ContactKind
from bot.domain.oncall.lookup import gaps, shifts
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule
from bot.domain.span import span

LONDON = "Europe/London"
MAYA, OMAR, LEE = (Contact(ContactKind.USER, name) for name in ("MAYA", "OMAR", "LEE"))
DAILY, WEEKLY = span("1d"), span("1w")
NIGHT = (Hours(0, 8 * 60), Hours(20 * 60, 24 * 60))
OFFICE = (Hours(9 * 60, 17 * 60),)
ALWAYS_LEE = Layer((LEE,), date(2026, 1, 1))


def _on(*layers: Layer, zone: str = LONDON) -> Schedule:
    return Schedule("care", zone, layers)


def _weekly(*people: Contact, start: date = date(2026, 3, 16)) -> Layer:
    return Layer(people, start, time(9), WEEKLY, weekday=0)


def _at(text: str, zone: str = LONDON) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _cover(number: int, who: Contact, start: str, end: str, of: Contact | None = None) -> OnCallChange:
    theirs = of.value if of else None
    return OnCallChange(
        number, ChangeKind.COVER, who.value, _at(start), _at(end), schedule="care", instead_of=theirs
    )


def _away(number: int, who: Contact, start: str, end: str) -> OnCallChange:
    return OnCallChange(number, ChangeKind.AWAY, who.value, _at(start), _at(end))


def _read(schedule: Schedule, start: str, end: str, *changes: OnCallChange) -> list[str]:
    """Shifts and gaps as people there read them, with the length in hours."""
    zone = ZoneInfo(schedule.timezone)
    span_ = _at(start, schedule.timezone), _at(end, schedule.timezone)
    lines = [(one.start, one.end, one.who.value.title()) for one in shifts(schedule, changes, *span_)]
    lines += [(one.start, one.end, "nobody") for one in gaps(schedule, changes, *span_)]
    return [
        f"{begin.astimezone(zone):%a %d %b %H:%M} - {stop.astimezone(zone):%a %d %b %H:%M}"
        f" {(stop - begin).total_seconds() / 3600:g} h {who}"
        for begin, stop, who in sorted(lines)
    ]


TURNS = {
    "the weekly handover keeps its wall-clock time over the spring change": (
        _on(_weekly(MAYA, OMAR)), "03-20 12:00", "04-06 12:00",
        ["Fri 20 Mar 12:00 - Mon 23 Mar 09:00 69 h Maya",
         "Mon 23 Mar 09:00 - Mon 30 Mar 09:00 167 h Omar",
         "Mon 30 Mar 09:00 - Mon 06 Apr 09:00 168 h Maya",
         "Mon 06 Apr 09:00 - Mon 06 Apr 12:00 3 h Omar"]),
    "and over the autumn change": (
        _on(_weekly(MAYA, OMAR)), "10-19 09:00", "11-02 09:00",
        ["Mon 19 Oct 09:00 - Mon 26 Oct 09:00 169 h Omar",
         "Mon 26 Oct 09:00 - Mon 02 Nov 09:00 168 h Maya"]),
    "a handoff that the clock jumps over happens at the jump": (
        _on(Layer((MAYA, OMAR), date(2026, 3, 28), time(1, 30), DAILY)), "03-28 01:30", "03-30 01:30",
        ["Sat 28 Mar 01:30 - Sun 29 Mar 02:00 23.5 h Maya",
         "Sun 29 Mar 02:00 - Mon 30 Mar 01:30 23.5 h Omar"]),
    "a handoff that happens twice happens the first time": (
        _on(Layer((MAYA, OMAR), date(2026, 10, 24), time(1, 30), DAILY)), "10-24 01:30", "10-26 01:30",
        ["Sat 24 Oct 01:30 - Sun 25 Oct 01:30 24 h Maya",
         "Sun 25 Oct 01:30 - Mon 26 Oct 01:30 25 h Omar"]),
    "half an hour less on Lord Howe": (
        _on(Layer((MAYA, OMAR), date(2026, 10, 3), time(9), DAILY), zone="Australia/Lord_Howe"),
        "10-03 09:00", "10-05 09:00",
        ["Sat 03 Oct 09:00 - Sun 04 Oct 09:00 23.5 h Maya",
         "Sun 04 Oct 09:00 - Mon 05 Oct 09:00 24 h Omar"]),
    "two turns a day are counted on the wall clock": (
        _on(Layer((MAYA, OMAR), date(2026, 3, 28), time(20), span("12h"))), "03-28 20:00", "03-29 20:00",
        ["Sat 28 Mar 20:00 - Sun 29 Mar 08:00 11 h Maya",
         "Sun 29 Mar 08:00 - Sun 29 Mar 20:00 12 h Omar"]),
    "nights only: Sunday's is an hour shorter": (
        _on(Layer((MAYA, OMAR), date(2026, 3, 23), time(8), WEEKLY, hours=(NIGHT,) * 7)), "03-28 12:00", "03-30 22:00",
        ["Sat 28 Mar 12:00 - Sat 28 Mar 20:00 8 h nobody",
         "Sat 28 Mar 20:00 - Sun 29 Mar 08:00 11 h Maya",
         "Sun 29 Mar 08:00 - Sun 29 Mar 20:00 12 h nobody",
         "Sun 29 Mar 20:00 - Mon 30 Mar 08:00 12 h Maya",
         "Mon 30 Mar 08:00 - Mon 30 Mar 20:00 12 h nobody",
         "Mon 30 Mar 20:00 - Mon 30 Mar 22:00 2 h Omar"]),
    "the first week is a part of one when the handoff is on another day": (
        _on(_weekly(MAYA, OMAR, start=date(2026, 1, 8))), "01-07 00:00", "01-20 00:00",
        ["Wed 07 Jan 00:00 - Thu 08 Jan 09:00 33 h nobody",
         "Thu 08 Jan 09:00 - Mon 12 Jan 09:00 96 h Maya",
         "Mon 12 Jan 09:00 - Mon 19 Jan 09:00 168 h Omar",
         "Mon 19 Jan 09:00 - Tue 20 Jan 00:00 15 h Maya"]),
    "a fortnight that starts on its day is a whole one": (
        _on(Layer((MAYA, OMAR), date(2026, 1, 5), time(9), span("2w"), weekday=0)), "01-05 09:00", "01-20 00:00",
        ["Mon 05 Jan 09:00 - Mon 19 Jan 09:00 336 h Maya",
         "Mon 19 Jan 09:00 - Tue 20 Jan 00:00 15 h Omar"]),
    "a layer ends on its last day at the handoff, and the next takes over": (
        _on(Layer((MAYA,), date(2026, 1, 1), time(9), until=date(2026, 1, 5)), ALWAYS_LEE),
        "01-04 00:00", "01-06 00:00",
        ["Sun 04 Jan 00:00 - Mon 05 Jan 09:00 33 h Maya",
         "Mon 05 Jan 09:00 - Tue 06 Jan 00:00 15 h Lee"]),
    "later layers fill what is left": (
        _on(Layer((MAYA,), date(2026, 1, 1), hours=(OFFICE,) * 5 + ((),) * 2), ALWAYS_LEE),
        "01-09 00:00", "01-12 12:00",
        ["Fri 09 Jan 00:00 - Fri 09 Jan 09:00 9 h Lee",
         "Fri 09 Jan 09:00 - Fri 09 Jan 17:00 8 h Maya",
         "Fri 09 Jan 17:00 - Mon 12 Jan 09:00 64 h Lee",
         "Mon 12 Jan 09:00 - Mon 12 Jan 12:00 3 h Maya"]),
    "a turn longer than there are years": (
        _on(Layer((MAYA, OMAR), date(2026, 1, 1), rotate=span("99999999w"))), "01-01 00:00", "01-02 00:00",
        ["Thu 01 Jan 00:00 - Fri 02 Jan 00:00 24 h Maya"]),
    "turns of no length are no turns": (
        _on(Layer((MAYA, OMAR), date(2026, 1, 1), rotate=span("0d"))), "01-01 00:00", "01-02 00:00",
        ["Thu 01 Jan 00:00 - Fri 02 Jan 00:00 24 h Maya"]),
    "a layer without people": (
        _on(Layer((), date(2026, 1, 1), rotate=DAILY)), "01-01 00:00", "01-02 00:00",
        ["Thu 01 Jan 00:00 - Fri 02 Jan 00:00 24 h nobody"]),
    "no layer at all": (_on(), "01-01 00:00", "01-02 00:00", ["Thu 01 Jan 00:00 - Fri 02 Jan 00:00 24 h nobody"]),
    "no time at all": (_on(ALWAYS_LEE), "01-02 00:00", "01-02 00:00", []),
    "an end before the start": (_on(ALWAYS_LEE), "01-02 00:00", "01-01 00:00", []),
}  # fmt: skip


@pytest.mark.parametrize(("schedule", "start", "end", "lines"), TURNS.values(), ids=TURNS)
def test_turns(schedule: Schedule, start: str, end: str, lines: list[str]) -> None:
    assert _read(schedule, start, end) == lines


TEAM = _on(Layer((MAYA, OMAR, LEE), date(2026, 1, 5), time(9), WEEKLY, weekday=0))
"""Maya has the week of 5 January, Omar the next, then Lee."""
OPEN = _on(Layer((MAYA, OMAR), date(2026, 1, 5), hours=(OFFICE,) * 7))
"""Maya, and if she is away Omar, from nine to five."""
PAIR = _on(Layer((MAYA,), date(2026, 1, 5)), ALWAYS_LEE)
MON, TUE = "01-06 00:00", "01-07 00:00"
NINE, NOON, FIVE, SIX = "01-06 09:00", "01-06 12:00", "01-06 17:00", "01-06 18:00"

CHANGES = {
    "Omar takes one afternoon of Maya's": (
        TEAM, [_cover(1, OMAR, NOON, FIVE, MAYA)],
        "00:00 Maya | 12:00 Omar | 17:00 Maya"),
    "nothing is taken from somebody who is not on call": (
        TEAM, [_cover(1, LEE, NOON, FIVE, OMAR)],
        "00:00 Maya"),
    "a cover ends where the shift does": (
        OPEN, [_cover(1, LEE, NOON, TUE, MAYA)],
        "00:00 nobody | 09:00 Maya | 12:00 Lee | 17:00 nobody"),
    "taking a time takes gaps too": (
        OPEN, [_cover(1, LEE, NOON, SIX)],
        "00:00 nobody | 09:00 Maya | 12:00 Lee | 18:00 nobody"),
    "the later of two covers wins": (
        TEAM, [_cover(2, LEE, NOON, FIVE), _cover(1, OMAR, NINE, SIX)],
        "00:00 Maya | 09:00 Omar | 12:00 Lee | 17:00 Omar | 18:00 Maya"),
    "a covered time is passed on": (
        TEAM, [_cover(1, OMAR, NINE, FIVE, MAYA), _cover(2, LEE, NOON, SIX, OMAR)],
        "00:00 Maya | 09:00 Omar | 12:00 Lee | 17:00 Maya"),
    "what was taken from Maya cannot be taken from her again": (
        TEAM, [_cover(1, OMAR, NINE, FIVE, MAYA), _cover(2, LEE, NOON, SIX, MAYA)],
        "00:00 Maya | 09:00 Omar | 17:00 Lee | 18:00 Maya"),
    "Maya is away: the next of the layer stands in": (
        TEAM, [_away(1, MAYA, NOON, FIVE)],
        "00:00 Maya | 12:00 Omar | 17:00 Maya"),
    "who is away does not stand in": (
        TEAM, [_away(1, OMAR, NINE, SIX), _away(2, MAYA, NOON, FIVE)],
        "00:00 Maya | 12:00 Lee | 17:00 Maya"),
    "all of the layer are away: the next layer": (
        PAIR, [_away(1, MAYA, NOON, FIVE)],
        "00:00 Maya | 12:00 Lee | 17:00 Maya"),
    "everybody is away": (
        PAIR, [_away(1, MAYA, NINE, FIVE), _away(2, LEE, NOON, SIX)],
        "00:00 Maya | 09:00 Lee | 12:00 nobody | 17:00 Maya"),
    "away, and taken later all the same": (
        TEAM, [_away(1, MAYA, NINE, SIX), _cover(2, MAYA, NOON, FIVE)],
        "00:00 Maya | 09:00 Omar | 12:00 Maya | 17:00 Omar | 18:00 Maya"),
    "taken, and away later after all: it goes back to Maya": (
        TEAM, [_cover(1, OMAR, NINE, SIX, MAYA), _away(2, OMAR, NOON, FIVE)],
        "00:00 Maya | 09:00 Omar | 12:00 Maya | 17:00 Omar | 18:00 Maya"),
    "and when Maya is away too, to who stands in": (
        TEAM, [_away(1, MAYA, NINE, SIX), _cover(2, LEE, NINE, SIX, OMAR), _away(3, LEE, NOON, FIVE)],
        "00:00 Maya | 09:00 Lee | 12:00 Omar | 17:00 Lee | 18:00 Maya"),
    "a covered person may go away": (
        TEAM, [_cover(1, LEE, NINE, SIX, MAYA), _away(2, MAYA, NOON, FIVE)],
        "00:00 Maya | 09:00 Lee | 18:00 Maya"),
    "who took it from somebody who took it keeps it when that one goes away": (
        TEAM, [_cover(1, OMAR, NINE, FIVE, MAYA), _cover(2, LEE, NOON, SIX, OMAR), _away(3, OMAR, NINE, SIX)],
        "00:00 Maya | 12:00 Lee | 17:00 Maya"),
    "changes of another schedule are not ours": (
        TEAM, [OnCallChange(1, ChangeKind.COVER, "LEE", _at(NOON), _at(FIVE), schedule="other")],
        "00:00 Maya"),
    "a change that ends before it starts changes nothing": (
        TEAM, [_cover(1, OMAR, FIVE, NOON)],
        "00:00 Maya"),
}  # fmt: skip


@pytest.mark.parametrize(("schedule", "changes", "day"), CHANGES.values(), ids=CHANGES)
def test_changes_on_a_tuesday(schedule: Schedule, changes: list[OnCallChange], day: str) -> None:
    lines = _read(schedule, MON, TUE, *changes)
    assert " | ".join(f"{line.split()[3]} {line.split()[-1]}" for line in lines) == day


def test_a_shift_says_why() -> None:
    changes = [_cover(7, LEE, NINE, NOON), _away(8, MAYA, FIVE, TUE)]
    found = shifts(TEAM, changes, _at(MON), _at(TUE))
    assert [(one.who, one.layer, one.change) for one in found] == [
        (MAYA, 0, None),
        (LEE, None, 7),
        (MAYA, 0, None),
        (OMAR, 0, 8),
    ]


def test_of_two_reasons_the_one_counts_that_made_the_difference() -> None:
    twice = [_away(1, MAYA, MON, FIVE), _away(2, MAYA, NOON, TUE)]
    assert [one.change for one in shifts(TEAM, twice, _at(MON), _at(FIVE))] == [1]
    both = [_away(1, OMAR, MON, TUE), _away(2, MAYA, MON, TUE)]
    assert [(one.who, one.change) for one in shifts(TEAM, both, _at(MON), _at(TUE))] == [(LEE, 2)]


def test_a_change_means_ids_and_never_handles() -> None:
    handle = _on(Layer((MAYA, Contact(ContactKind.HANDLE, "LEE")), date(2026, 1, 5)))
    changes = [_away(1, LEE, MON, TUE), _away(2, MAYA, MON, TUE), _cover(3, OMAR, MON, TUE, LEE)]
    assert [str(one.who) for one in shifts(handle, changes, _at(MON), _at(TUE))] == ["@LEE"]


def test_a_look_that_ends_in_the_hour_shown_twice() -> None:
    """At 01:15 for the second time the handoff of 01:30 has happened."""
    nightly = _on(Layer((MAYA, OMAR), date(2026, 10, 24), time(1, 30), DAILY))
    start, end = datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert [one.who for one in shifts(nightly, (), start, end)] == [MAYA, OMAR]


def test_one_cover_is_one_shift_over_layers_and_gaps() -> None:
    layered = _on(
        Layer((MAYA,), date(2026, 1, 5), hours=(OFFICE,) * 7), Layer((LEE,), date(2026, 1, 5), time(14))
    )
    changes = [_cover(1, OMAR, MON, SIX)]
    assert [one.who for one in shifts(layered, changes, _at(MON), _at(SIX))] == [OMAR]
