"""What a change gives to whom and takes from whom, held against asking for every hour."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Hours
from bot.domain.contacts import Contact, ContactKind
from bot.domain.oncall.lookup import on_call
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule
from bot.domain.oncall.pieces import Effect, Piece, effect, empty, pieces
from bot.domain.span import span
from tests.tries import tries

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SPAN = 60
PEOPLE = ("U_ANA", "U_OMAR", "U_LEE")


def schedule(key: str, *people: str, shut_at_night: bool = False) -> Schedule:
    """Twelve hours each from Monday midnight."""
    who = tuple(Contact(ContactKind.USER, one) for one in people)
    week = ((Hours(6 * 60, 22 * 60),),) * 7 if shut_at_night else None
    return Schedule(key, "UTC", (Layer(who, date(2026, 3, 2), time(0), span("12h"), hours=week),))


BOTH = (schedule("day", "U_ANA", "U_OMAR", shut_at_night=True), schedule("all", "U_OMAR", "U_ANA"))
hours = st.integers(0, SPAN)


@st.composite
def changes(draw: st.DrawFn) -> list[OnCallChange]:
    """Up to five, whole hours, on one schedule or on both."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        first = draw(st.integers(0, SPAN - 1))
        last = draw(st.integers(first + 1, SPAN))
        kind = draw(st.sampled_from(ChangeKind))
        instead = draw(st.sampled_from((None, *PEOPLE))) if kind is ChangeKind.COVER else None
        key = draw(st.sampled_from((None, "day", "all")))
        who = draw(st.sampled_from(PEOPLE))
        start, end = MONDAY + first * HOUR, MONDAY + last * HOUR
        made.append(OnCallChange(number, kind, who, start, end, key, instead))
    return made


def hour_by_hour(changes: Sequence[OnCallChange], start: int, end: int) -> set[tuple[str, str, int]]:
    """(schedule, who, hour); nobody is the empty name."""
    found = set()
    for one in BOTH:
        for hour in range(start, end):
            shift = on_call(one, changes, MONDAY + hour * HOUR)
            found.add((one.key, shift.who.value if shift else "", hour))
    return found


def in_hours(some: Sequence[Piece]) -> list[tuple[str, str, int]]:
    """The same of pieces, repeats and all."""
    return [
        (one.schedule, one.who, hour)
        for one in some
        for hour in range((one.start - MONDAY) // HOUR, (one.end - MONDAY) // HOUR)
    ]


@tries(12)
@given(changes(), hours, hours)
def test_the_difference_is_that_of_every_hour(made: list[OnCallChange], one: int, other: int) -> None:
    start, end = sorted((one, other))
    before, after = ([(each, some) for each in BOTH] for some in (made[:-1], made))
    did = effect(before, after, MONDAY + start * HOUR, MONDAY + end * HOUR)
    old, new = hour_by_hour(made[:-1], start, end), hour_by_hour(made, start, end)
    assert sorted(in_hours(did.gained)) == sorted(new - old)
    assert sorted(in_hours(did.lost)) == sorted(old - new)
    assert all(piece.start < piece.end for piece in (*did.gained, *did.lost))


def test_the_same_person_twice_in_a_row_is_one_piece_but_not_over_a_gap() -> None:
    alone = (schedule("day", "U_ANA", shut_at_night=True), ())
    found = pieces(alone, MONDAY, MONDAY + 48 * HOUR)
    assert [(one.start - MONDAY) // HOUR for one in found] == [6, 30]
    assert [(one.end - MONDAY) // HOUR for one in found] == [22, 46]
    assert [(one.start - MONDAY) // HOUR for one in empty(alone, MONDAY, MONDAY + 48 * HOUR)] == [0, 22, 46]
    (whole,) = pieces((schedule("all", "U_ANA"), ()), MONDAY, MONDAY + 48 * HOUR)
    assert (whole.start, whole.end, whole.title) == (MONDAY, MONDAY + 48 * HOUR, "all")


def test_a_turn_and_a_cover_after_it_are_one_piece() -> None:
    cover = OnCallChange(1, ChangeKind.COVER, "U_OMAR", MONDAY + 12 * HOUR, MONDAY + 20 * HOUR)
    first, *_ = pieces((BOTH[1], (cover,)), MONDAY, MONDAY + 24 * HOUR)
    assert (first.who, first.start, first.end) == ("U_OMAR", MONDAY, MONDAY + 20 * HOUR)


def test_a_cover_in_the_middle_of_a_shift_does_not_join_what_is_around_it() -> None:
    cover = OnCallChange(1, ChangeKind.COVER, "U_LEE", MONDAY + HOUR, MONDAY + 2 * HOUR)
    found = pieces((BOTH[1], (cover,)), MONDAY, MONDAY + 12 * HOUR)
    assert [one.who for one in found] == ["U_OMAR", "U_LEE", "U_OMAR"]


def test_who_is_concerned() -> None:
    mine, theirs, nobody = (Piece("all", "all", who, MONDAY, MONDAY + HOUR) for who in ("U_ANA", "U_LEE", ""))
    did = Effect((mine, nobody), (theirs,))
    assert (did.people, did.gaps) == (("U_ANA", "U_LEE"), (nobody,))
    assert (did.gained_by("U_ANA"), did.lost_by("U_ANA"), did.lost_by("U_LEE")) == ((mine,), (), (theirs,))


def test_a_year_of_leave_on_many_schedules_is_quickly_told() -> None:
    """Handed over twice a day: the work grows with the time, not with its square."""
    people = ("U_ANA", "U_OMAR", "U_LEE")
    many = [schedule(f"s{number}", *people) for number in range(20)]
    end = MONDAY + timedelta(days=366)
    leave = [OnCallChange(1, ChangeKind.AWAY, "U_ANA", MONDAY, end)]
    before = process_time()
    did = effect([(one, ()) for one in many], [(one, leave) for one in many], MONDAY, end)
    assert len(did.gained_by("U_OMAR")) == len(did.lost_by("U_ANA")) == 20 * 244
    assert process_time() - before < 6
