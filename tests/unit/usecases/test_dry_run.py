"""Trying the matrix out: in Slack with the people Slack knows, elsewhere with the names of the document."""

from datetime import date, timedelta

import pytest

from bot.domain.dry_run import Ladder
from bot.domain.errors import FieldErrors, Refused
from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule
from bot.usecases.dry_run import Question, on_paper, try_document, try_out
from bot.usecases.rows import PersonInfo
from tests.builders import T1, T2, contact, user
from tests.unit.domain.dry_runs import OFFICE_WEEK, SUNDAY_3, document
from tests.unit.usecases.desk import Desk

BILLING = Question(Kind("quality", "high", "now", "billing"), SUNDAY_3)
MATRIX = PublishedMatrix(7, document(), "")


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A desk whose Slack knows everybody of the matrix."""
    for name in ("maya", "omar", "dina", "lee"):
        desk.directory.knows(f"{name}@example.com", user(f"U_{name.upper()}"))
        desk.directory.knows_person(PersonInfo(f"U_{name.upper()}", name.title()))
    desk.directory.knows("group:ops", user("U_LEE"), user("U_DINA"))
    desk.matrices.hold(T1, MATRIX)
    return desk


def first_asked(ladder: Ladder) -> list[str]:
    """Who is asked at the first level."""
    return [str(one.person or one.contact) for one in ladder.rungs[0].asked]


def lee_covers(hours: float = 1) -> OnCallChange:
    """For Omar, from the instant on that is asked about."""
    end = SUNDAY_3 + timedelta(hours=hours)
    return OnCallChange(0, ChangeKind.COVER, "U_LEE", SUNDAY_3, end, instead_of="U_OMAR")


async def test_in_slack_people_have_their_ids_and_names(staffed: Desk) -> None:
    tried = await try_out(staffed.services, T1, BILLING)
    assert tried.looked_up
    assert first_asked(tried.ladder) == ["U_OMAR"]
    assert tried.names == {"U_OMAR": "Omar", "U_DINA": "Dina"}
    assert tried.ladder.route.version == 7


async def test_covers_count(staffed: Desk) -> None:
    staffed.store.oncall.add(T1, lee_covers())
    tried = await try_out(staffed.services, T1, BILLING)
    assert first_asked(tried.ladder) == ["U_LEE"]


async def test_who_has_left_is_stood_in_for(staffed: Desk) -> None:
    staffed.directory.knows("omar@example.com", why="Omar has left.")
    tried = await try_out(staffed.services, T1, BILLING)
    assert first_asked(tried.ladder) == ["U_MAYA"]


async def test_a_contact_nobody_is_behind_is_not_there(staffed: Desk) -> None:
    staffed.directory.knows("group:ops", why="The group is empty.")
    tried = await try_out(staffed.services, T1, BILLING)
    second = tried.ladder.rungs[1]
    assert [str(one.contact) for one in second.asked] == ["#ops-desk"]
    assert [one.why for one in second.absent] == ["The group is empty."]


async def test_only_those_are_looked_up_whom_the_path_names(staffed: Desk) -> None:
    await try_out(staffed.services, T1, Question(Kind("tools", "low", "now"), SUNDAY_3))
    assert {str(one) for one in staffed.directory.asked} == {"dina@example.com", "#escalations"}


async def test_without_slack_people_are_as_the_matrix_has_them(staffed: Desk) -> None:
    staffed.directory.goes_down()
    staffed.store.oncall.add(T1, lee_covers())
    tried = await try_out(staffed.services, T1, BILLING)
    assert (tried.looked_up, tried.names) == (False, {})
    assert first_asked(tried.ladder) == ["omar@example.com"]


async def test_a_document_is_tried_with_the_changes_of_its_workspace(desk: Desk) -> None:
    anybody = OnCallChange(0, ChangeKind.COVER, "U_LEE", SUNDAY_3, SUNDAY_3 + timedelta(hours=1))
    desk.store.oncall.add(T1, anybody)
    covered = await try_document(desk.services.transactions, T1, MATRIX, BILLING)
    assert first_asked(covered) == ["U_LEE"]
    elsewhere = await try_document(desk.services.transactions, T2, MATRIX, BILLING)
    assert first_asked(elsewhere) == ["omar@example.com"]
    assert on_paper(MATRIX, BILLING) == elsewhere
    assert not desk.directory.asked


async def test_changes_weeks_ahead_count_where_somebody_is_waited_for(desk: Desk) -> None:
    six_weeks = timedelta(weeks=6)
    away = OnCallChange(0, ChangeKind.AWAY, "U_DINA", SUNDAY_3, SUNDAY_3 + six_weeks)
    cover = OnCallChange(0, ChangeKind.COVER, "U_LEE", away.end - timedelta(days=5), away.end, "duty")
    for change in (away, cover):
        desk.store.oncall.add(T1, change)
    dina = Layer((contact("U_DINA"),), date(2026, 1, 5), hours=OFFICE_WEEK)
    duty = PublishedMatrix(1, document(schedules=(Schedule("duty", "Europe/London", (dina,)),)), "")
    asked = Question(Kind("tools", "low", "now"), SUNDAY_3)
    (held,) = (await try_document(desk.services.transactions, T1, duty, asked)).rungs
    assert [str(one.person) for one in held.asked] == ["U_LEE"]
    assert held.start == cover.start


async def test_what_cannot_be_answered_is_said(desk: Desk, staffed: Desk) -> None:
    with pytest.raises(Refused, match="no escalation matrix yet"):
        await try_out(staffed.services, T2, BILLING)
    with pytest.raises(FieldErrors):
        await try_out(staffed.services, T1, Question(Kind("cars", "high", "now"), SUNDAY_3))
