"""The nightly check: who keeps a path current hears what is wrong with it, once a week and when it changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.calendar import Hours
from bot.domain.contacts import Contact, ContactKind
from bot.domain.notification import NoticeKind
from bot.domain.oncall.model import Layer, Schedule
from bot.usecases.tell_findings import tell_findings
from tests.builders import T1, contact, level, matrix, minutes, path, published, user
from tests.unit.usecases.desk import Desk


def told(desk: Desk) -> list[tuple[str, str]]:
    """Who is told what, in order."""
    return [(row.notice.to.id, row.notice.text("quote")) for row in desk.rows(NoticeKind.PATH_OWNER)]


@pytest.fixture
def desk() -> Desk:
    """Ana's path asks somebody who left; it is noon, so work has begun."""
    desk = Desk()
    desk.publish(
        path(
            "Billing",
            [level("Desk", "gone@example.com")],
            owner=contact("ana@example.com"),
            match={"type": ("payments",)},
        ),
        path(
            "Everything else",
            [level("Desk", "U_OMAR", within=minutes(30))],
            owner=contact("omar@example.com"),
        ),
    )
    desk.directory.knows("gone@example.com", why="gone@example.com has left Slack.")
    for owner in ("ana@example.com", "omar@example.com"):
        desk.directory.knows(owner, user(owner))
    return desk


async def test_the_owner_hears_what_is_wrong_with_their_path(desk: Desk) -> None:
    await tell_findings(desk.services, T1)

    ((who, said),) = told(desk)
    assert who == "ana@example.com"
    assert "Billing" in said
    assert "Name somebody else here" in said


async def test_a_gap_that_comes_every_night_is_told_once_a_week(desk: Desk) -> None:
    """Which night is next is another one each day, and how long this one still is, each hour."""
    day = (Hours(9 * 60, 17 * 60),)
    by_day = (day, day, day, day, day, (), ())
    layer = Layer((contact("U_ANA"),), date(2026, 1, 5), time(9), hours=by_day)
    asks = replace(level("Care"), contacts=(Contact(ContactKind.ONCALL, "care"),))
    desk.matrices.hold(
        T1,
        published(
            document=matrix(
                path("Care", [asks], owner=contact("U_MIA")),
                schedules=(Schedule("care", "Europe/London", (layer,)),),
            )
        ),
    )
    desk.clock.set(datetime(2026, 3, 2, 10, tzinfo=UTC))
    for _ in range(6 * 24):
        await tell_findings(desk.services, T1)
        desk.clock.advance(timedelta(hours=1))

    ((_, said),) = told(desk)
    assert "Nobody is on call from Mon 02 Mar 17:00" in said


async def test_the_same_findings_are_told_once_a_week(desk: Desk) -> None:
    for _ in range(4):
        await tell_findings(desk.services, T1)
        desk.clock.advance(timedelta(hours=1))
    assert len(told(desk)) == 1

    desk.clock.advance(timedelta(days=7))
    await tell_findings(desk.services, T1)

    assert len(told(desk)) == 2


async def test_nobody_is_told_before_work_begins(desk: Desk) -> None:
    desk.clock.advance(timedelta(hours=13))

    assert await tell_findings(desk.services, T1) == 0
    assert told(desk) == []
