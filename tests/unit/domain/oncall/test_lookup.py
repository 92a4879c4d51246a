"""On call now, next, and whose turns come: whole shifts, wherever one looks from."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from bot.domain.contacts import Contact, ContactKind
from bot.domain.oncall.lookup import LOOK_AROUND, next_on_duty, next_shifts, on_call, with_ids
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule, Shift
from bot.domain.span import span

MAYA = Contact(ContactKind.EMAIL, "maya@example.com")
OMAR = Contact(ContactKind.HANDLE, "omar")
U_MAYA, U_OMAR = Contact(ContactKind.USER, "U1"), Contact(ContactKind.USER, "U2")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEKLY = Schedule("care", "UTC", (Layer((MAYA, OMAR), date(2026, 1, 5), time(9), span("1w")),))
FOREVER = Schedule("care", "UTC", (Layer((MAYA,), date(2020, 1, 1)),))
LATER = Schedule("care", "UTC", (Layer((MAYA,), date(2026, 3, 1)),))


def _turn(number: int, who: Contact) -> Shift:
    return Shift(MONDAY + number * WEEK, MONDAY + (number + 1) * WEEK, who, 0)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (MONDAY, _turn(0, MAYA)),
        (MONDAY + WEEK - timedelta(microseconds=1), _turn(0, MAYA)),
        (MONDAY + WEEK, _turn(1, OMAR)),
        (MONDAY + 52 * WEEK, _turn(52, MAYA)),
        (MONDAY - timedelta(microseconds=1), None),
    ],
    ids=["when it begins", "a moment before it ends", "when it has ended", "a year later", "before all"],
)
def test_on_call_is_a_whole_shift(at: datetime, found: Shift | None) -> None:
    assert on_call(WEEKLY, (), at) == found


def test_a_shift_of_six_weeks_is_found_whole() -> None:
    long = Schedule("care", "UTC", (Layer((MAYA, OMAR), date(2026, 1, 5), time(9), span("6w")),))
    assert on_call(long, (), MONDAY + 3 * WEEK) == Shift(MONDAY, MONDAY + 6 * WEEK, MAYA, 0)


def test_a_shift_without_end_is_cut_two_months_away() -> None:
    assert on_call(FOREVER, (), MONDAY) == Shift(MONDAY - LOOK_AROUND, MONDAY + LOOK_AROUND, MAYA, 0)


def test_next_on_duty_is_the_one_under_way() -> None:
    assert next_on_duty(WEEKLY, (), MONDAY + DAY) == _turn(0, MAYA)


def test_next_on_duty_comes_after_a_gap() -> None:
    assert next_on_duty(WEEKLY, (), MONDAY - 30 * DAY) == _turn(0, MAYA)


def test_nobody_is_on_duty_within_the_horizon() -> None:
    assert next_on_duty(LATER, (), MONDAY, horizon=30 * DAY) is None
    assert next_on_duty(LATER, (), MONDAY, horizon=2 * DAY) is None
    found = next_on_duty(LATER, (), MONDAY, horizon=60 * DAY)
    assert found and found.start == datetime(2026, 3, 1, tzinfo=UTC)


def test_next_shifts_of_one_person_begin_with_the_one_under_way() -> None:
    assert next_shifts(WEEKLY, (), MAYA, MONDAY + DAY, limit=2) == (_turn(0, MAYA), _turn(2, MAYA))
    assert next_shifts(WEEKLY, (), OMAR, MONDAY + DAY, limit=2) == (_turn(1, OMAR), _turn(3, OMAR))


def test_the_last_of_the_next_shifts_is_whole() -> None:
    assert next_shifts(WEEKLY, (), MAYA, MONDAY, horizon=15 * DAY) == (_turn(0, MAYA), _turn(2, MAYA))


@pytest.mark.parametrize("limit", [0, -1])
def test_no_shifts_asked_for(limit: int) -> None:
    assert next_shifts(WEEKLY, (), MAYA, MONDAY, limit=limit) == ()


def test_changes_meet_people_once_they_are_known_by_id() -> None:
    away = OnCallChange(1, ChangeKind.AWAY, "U1", MONDAY, MONDAY + DAY)
    known = with_ids(WEEKLY, {MAYA: "U1", OMAR: "U2"})
    assert on_call(WEEKLY, [away], MONDAY) == _turn(0, MAYA)
    assert on_call(known, [away], MONDAY) == Shift(MONDAY, MONDAY + DAY, U_OMAR, 0, 1)
    assert on_call(known, [away], MONDAY + DAY) == Shift(MONDAY + DAY, MONDAY + WEEK, U_MAYA, 0)


def test_who_has_no_id_stays_as_written() -> None:
    (layer,) = with_ids(WEEKLY, {OMAR: "U2"}).layers
    assert layer.people == (MAYA, U_OMAR)


def test_any_time_zone_may_be_asked_in() -> None:
    found = on_call(WEEKLY, (), MONDAY.astimezone(timezone(timedelta(hours=9))))
    assert found == _turn(0, MAYA)
    assert found.start.tzinfo is UTC
