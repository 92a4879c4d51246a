"""The dry run: who would be asked when, told as small ladders."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.dry_run import Fate, Ladder
from bot.domain.errors import FieldErrors
from bot.domain.issue import Target, TargetKind
from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import IfNobody, Level, Path
from bot.domain.oncall.model import ChangeKind, OnCallChange, Schedule
from bot.domain.span import span
from bot.usecases.rows import Resolved
from tests.unit.domain.dry_runs import (
    CARE,
    LEADS,
    REST,
    RULES,
    SUNDAY_3,
    document,
    level,
    try_it,
    turns,
    who,
)

LOW = Kind("tools", "low", "now")
TOP = Kind("tools", "high", "now")


def rungs(ladder: Ladder) -> list[str]:
    """``1.0 Sun 03:00-03:15 omar@example.com``: level, round, from, until, who (later ones with their time)."""
    return [
        f"{one.number}.{one.round} {_local(one.start)}-{_local(one.end)[4:]} "
        + ", ".join(
            str(asked.person or asked.contact)
            + (f" {_local(asked.start)[4:]}" if asked.start > one.start else "")
            for asked in one.asked
        )
        for one in ladder.rungs
    ]


def _local(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo('Europe/London')):%a %H:%M}"


def only(*levels: Level, **changes: Any) -> Path:
    """The one path of a matrix."""
    return Path("Only", levels, **changes)


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    """In March 2026: the first is a Sunday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_the_ladder_of_a_sunday_night() -> None:
    ladder = try_it()
    assert rungs(ladder) == [
        "1.0 Sun 03:00-03:15 omar@example.com",
        "2.0 Sun 03:15-03:45 group:ops, #ops-desk",
        "1.1 Sun 03:45-04:00 omar@example.com",
        "2.1 Sun 04:00-04:30 group:ops, #ops-desk",
    ]
    assert ladder.catch_all.start == SUNDAY_3 + timedelta(minutes=90)
    assert (ladder.chosen.priority.key, ladder.route.path.name, ladder.of) == ("P1", "Customer care", 2)
    assert ladder.rungs[0].asked[0].end == utc(2, 9), "when Omar's week ends"


def test_nobody_is_told_twice() -> None:
    ladder = try_it()
    assert [str(one) for one in ladder.told] == ["#leadership", "#care"]
    assert [[str(told) for told in one.told] for one in ladder.rungs] == [[], ["lee@example.com"], [], []]
    again = try_it(document(only(level("One", "@a", inform="#leadership"))))
    assert again.rungs[0].told == ()


def test_in_the_evening_the_targets_of_the_office_are_due_in_office_hours() -> None:
    respond, resolve = try_it(kind=LOW, at=utc(6, 16)).dues
    assert (respond.name, respond.due, respond.warn) == ("respond", utc(9, 12), utc(9, 11, 12))
    assert (resolve.name, resolve.due, resolve.calendar) == ("resolve", utc(11, 16), "office")
    assert resolve.warn == utc(11, 11, 12), "24 hours of the office, of which 4 h 48 min are left"


def test_the_most_urgent_priority_counts_around_the_clock() -> None:
    assert [(one.due, one.warn) for one in try_it().dues] == [
        (utc(1, 3, 15), utc(1, 3, 12)),
        (utc(1, 7), utc(1, 6, 12)),
    ]


def test_without_targets_nothing_is_due() -> None:
    assert try_it(document(targets=())).dues == ()


def test_a_level_that_holds_waits_for_the_next_shift_and_then_has_its_whole_time() -> None:
    ladder = try_it(kind=LOW)
    assert rungs(ladder) == ["1.0 Mon 09:00-09:30 dina@example.com"]
    held = ladder.rungs[0]
    assert (held.fate, held.reached) == (Fate.HELD, SUNDAY_3)
    assert [one.again for one in held.absent] == [utc(2, 9)]


def test_the_most_urgent_priority_is_never_held() -> None:
    ladder = try_it(kind=TOP)
    assert [(one.fate, one.end) for one in ladder.rungs] == [(Fate.SKIPPED, SUNDAY_3)]
    assert ladder.catch_all.start == SUNDAY_3


def test_a_level_where_nobody_is_on_call_is_skipped() -> None:
    ladder = try_it(document(only(level("Night", "oncall:duty"), level("Lead", "@lee"))))
    assert [one.fate for one in ladder.rungs] == [Fate.SKIPPED, Fate.ASKED]
    assert rungs(ladder)[1] == "2.0 Sun 03:00-03:15 @lee"


def test_nobody_is_waited_for_who_is_on_no_schedule() -> None:
    gone = {who("@lee"): Resolved(who("@lee"), (), "Lee has left.")}
    ladder = try_it(document(only(level("Lead", "@lee", if_nobody=IfNobody.HOLD))), LOW, looked=gone)
    assert ladder.rungs[0].fate is Fate.SKIPPED
    assert ladder.rungs[0].absent[0].why == "Lee has left."


def test_when_no_shift_is_in_sight_a_held_level_only_keeps_its_time() -> None:
    over = Schedule("duty", "Europe/London", (turns("dina@example.com", until=LEADS.layers[0].start),))
    held = try_it(document(schedules=(LEADS, over)), LOW).rungs[0]
    assert (held.fate, held.asked) == (Fate.HELD, ())
    assert (held.start, held.end) == (SUNDAY_3, utc(2, 9, 30)), "half an hour of the office"


def test_one_person_of_the_level_is_enough_not_to_wait() -> None:
    mixed = level("Both", "oncall:duty", "@lee", if_nobody=IfNobody.HOLD)
    ladder = try_it(document(only(mixed)), LOW)
    assert rungs(ladder) == ["1.0 Sun 03:00-03:15 @lee"]
    assert [str(one.contact) for one in ladder.rungs[0].absent] == ["oncall:duty"]


def test_the_time_of_a_level_counts_in_its_calendar() -> None:
    ladder = try_it(document(only(level("Office", "@lee", within="2h", calendar="office"))), at=utc(6, 16))
    assert rungs(ladder) == ["1.0 Fri 16:00-10:00 @lee"]
    assert ladder.catch_all.start == utc(9, 10)


def test_who_comes_on_duty_within_the_level_is_asked_too_and_has_half_its_time() -> None:
    assert (
        rungs(try_it(at=utc(2, 8, 50)))[0] == "1.0 Mon 08:50-09:07 omar@example.com, maya@example.com 09:00"
    )
    assert (
        rungs(try_it(at=utc(2, 8, 55)))[0] == "1.0 Mon 08:55-09:10 omar@example.com, maya@example.com 09:00"
    )
    assert rungs(try_it(at=utc(2, 8, 45)))[0] == "1.0 Mon 08:45-09:00 omar@example.com"


def test_short_shifts_move_the_end_once_for_each_person() -> None:
    six = ("@ann", "@bob", "@cas", "@dan", "@eva", "@fay")
    hourly = Schedule("hourly", "UTC", (turns(*six, rotate=span("1h"), at=time(0)),))
    night = document(only(level("All", "oncall:hourly", within="4h")), schedules=(hourly,))
    first = try_it(night, at=utc(1, 0, 30)).rungs[0]
    asked = [(str(one.person), one.start.hour) for one in first.asked]
    assert asked == list(zip(six, range(6), strict=True)), "Fay comes after the four hours of Ann are over"
    assert first.end == utc(1, 7), "Fay has two hours; then it is Ann again, who was asked"


def test_a_person_is_asked_once_in_a_level() -> None:
    same = only(level("All", "oncall:care-leads", "omar@example.com", "@lee", "@lee"))
    assert rungs(try_it(document(same))) == ["1.0 Sun 03:00-03:15 omar@example.com, @lee"]


def test_a_person_is_asked_once_whatever_the_matrix_calls_them() -> None:
    omar = (Target(TargetKind.USER, "UOMAR"),)
    names = ("omar@example.com", "@omar", "group:leads", "UOMAR")
    both = (*omar, Target(TargetKind.USER, "ULEE"))
    looked = {who(name): Resolved(who(name), both if name == "group:leads" else omar) for name in names[:3]}
    ladder = try_it(document(only(level("All", *names))), looked=looked)
    assert rungs(ladder) == ["1.0 Sun 03:00-03:15 UOMAR, group:leads"]


def test_who_covers_a_shift_is_asked() -> None:
    cover = OnCallChange(7, ChangeKind.COVER, "ULEE", utc(1, 0), utc(1, 3, 10), "care-leads")
    assert rungs(try_it(changes=(cover,)))[0] == "1.0 Sun 03:00-03:17 ULEE, omar@example.com 03:10"


def test_an_unknown_schedule_asks_nobody() -> None:
    ladder = try_it(document(only(level("Gone", "oncall:nights"))))
    assert ladder.rungs[0].fate is Fate.SKIPPED


@pytest.mark.parametrize(
    ("path", "at", "asked"),
    [
        pytest.param(CARE, utc(2, 9), ["dina@example.com", "#escalations"], id="the manager"),
        pytest.param(CARE, SUNDAY_3, ["dina@example.com", "#escalations"], id="the path's owner instead"),
        pytest.param(REST, SUNDAY_3, ["#escalations"], id="nobody but the channel"),
    ],
)
def test_the_catch_all_asks_the_manager_else_the_owner_and_the_channel(
    path: Path, at: datetime, asked: list[str]
) -> None:
    plain = Path(path.name, (level("One", "@lee"),), owner=path.owner)
    end = try_it(document(plain), at=at).catch_all
    assert [str(one.person or one.contact) for one in end.asked] == asked
    assert end.nag_every == RULES.nag_every
    assert bool(end.absent) == (at == SUNDAY_3)


@pytest.mark.parametrize(
    ("kind", "priority", "impact", "urgency", "became"),
    [
        pytest.param(Kind("tools", "", ""), "P2", "high", "later", "P2", id="the first pair that makes it"),
        pytest.param(Kind("tools", "low", ""), "P2", "low", "now", "P2", id="with the impact given"),
        pytest.param(Kind("tools", "", "now"), "P2", "low", "now", "P2", id="with the urgency given"),
        pytest.param(Kind("tools", "low", ""), "P1", "low", "now", "P1", id="no pair makes it"),
        pytest.param(Kind("tools", "low", "later"), "P1", "low", "later", "P1", id="all given"),
        pytest.param(Kind("tools", "high", "now"), "", "high", "now", "P1", id="no priority given"),
    ],
)
def test_impact_and_urgency_may_be_left_out_when_the_priority_is_given(
    kind: Kind, priority: str, impact: str, urgency: str, became: str
) -> None:
    ladder = try_it(kind=kind, priority=priority)
    assert (ladder.kind.impact, ladder.kind.urgency) == (impact, urgency)
    assert (ladder.chosen.priority.key, ladder.route.priority.key) == (became, became)
    assert ladder.supposed == (ladder.kind != kind)


@pytest.mark.parametrize(
    ("kind", "priority", "fields"),
    [
        pytest.param(Kind("", "high", "now"), "", {"type"}, id="no type"),
        pytest.param(Kind("tools", "", ""), "", {"impact", "urgency"}, id="neither"),
        pytest.param(Kind("tools", "high", ""), "", {"urgency"}, id="no urgency"),
        pytest.param(Kind("cars", "high", "now"), "", {"type"}, id="unknown type"),
        pytest.param(Kind("tools", "", ""), "P9", {"priority"}, id="unknown priority"),
        pytest.param(Kind("tools", "huge", ""), "P2", {"impact", "urgency"}, id="unknown impact"),
        pytest.param(Kind("tools", "high", "now", "cars"), "", {"service"}, id="unknown service"),
    ],
)
def test_answers_the_matrix_does_not_know_are_told_with_what_there_is(
    kind: Kind, priority: str, fields: set[str]
) -> None:
    with pytest.raises(FieldErrors) as refused:
        try_it(kind=kind, priority=priority)
    assert set(refused.value.fields) == fields
    assert all("Choose one of" in sentence for sentence in refused.value.fields.values())
