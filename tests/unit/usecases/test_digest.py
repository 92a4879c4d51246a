"""The digest: each morning once, to whoever manages escalations, of what they may see."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.slack.blocks.digest import draw_digest
from bot.domain.bypassing import bypass
from bot.domain.clocks import Clocks, Marks
from bot.domain.errors import NotAllowed
from bot.domain.issue import Issue
from bot.domain.notification import NoticeKind
from bot.domain.sending_back import appeal, send_back
from bot.domain.wording import digest as wording
from bot.usecases.digest import SHOWN, digest_now, due_day, read_digest, tell_digest
from bot.usecases.letters import read_letter
from bot.usecases.rows import OutboxRow, Viewer
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    P2,
    QUARTER,
    RAVI,
    T1,
    actor,
    at_level_two,
    channel,
    closed,
    issue,
    route,
    unanswered,
    user,
)
from tests.builders import acknowledged as taken
from tests.unit.usecases.desk import Desk

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = datetime(2026, 3, 3, 7, 30, tzinfo=UTC)
"""Half past eight in Berlin."""


def late(one: Issue) -> Issue:
    """Its answer did not come in time."""
    return replace(one, clocks=Clocks(respond=Marks(breached_at=QUARTER)))


def told(desk: Desk) -> list[str]:
    """Who was told, in order."""
    return [row.notice.to.id for row in desk.rows(NoticeKind.DIGEST)]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (MORNING - timedelta(microseconds=1), None),
        (MORNING, "2026-03-03"),
        (MORNING + timedelta(hours=4, microseconds=-1), "2026-03-03"),
        (MORNING + timedelta(hours=4), None),
        (MORNING + timedelta(days=4), "2026-03-07"),
        (datetime(2026, 3, 29, 6, 29, tzinfo=UTC), None),
        (datetime(2026, 3, 29, 6, 30, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 10, 25, 7, 30, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 10, 25, 7, 29, tzinfo=UTC), None),
    ],
    ids=str,
)
def test_it_is_due_at_half_past_eight_of_the_workspace_all_days_alike(now: datetime, day: str | None) -> None:
    assert due_day(now, BERLIN) == day


async def test_it_is_told_once_a_day_whoever_looks_and_whoever_manages_by_then(desk: Desk) -> None:
    desk.clock.set(MORNING)
    assert await tell_digest(desk.services, T1)
    assert not await tell_digest(desk.services, T1)
    desk.directory.knows(MANAGER, user(OMAR))
    desk.clock.advance(minutes=60)
    assert not await tell_digest(desk.services, T1)
    assert told(desk) == [MANAGER]
    desk.clock.advance(minutes=23 * 60)
    assert await tell_digest(desk.services, T1)
    assert told(desk) == [MANAGER, OMAR]


async def test_it_waits_while_the_manager_cannot_be_looked_up(desk: Desk) -> None:
    desk.clock.set(MORNING)
    desk.directory.goes_down()
    assert not await tell_digest(desk.services, T1)
    desk.directory.comes_back()
    desk.clock.advance(minutes=30)
    assert await tell_digest(desk.services, T1)


async def test_each_of_several_managers_reads_it_and_without_any_the_catch_all(desk: Desk) -> None:
    desk.clock.set(MORNING)
    desk.directory.knows(MANAGER, user(MANAGER), user(OMAR))
    await tell_digest(desk.services, T1)
    desk.directory.knows(MANAGER, why="nobody")
    desk.clock.advance(minutes=24 * 60)
    await tell_digest(desk.services, T1)
    assert told(desk) == [MANAGER, OMAR, "#all-hands"]


def some(desk: Desk) -> None:
    """Open, climbed, unanswered and late, taken and late, private, over."""
    desk.has(
        issue(1),
        at_level_two(issue(2)),
        late(unanswered(issue(3))),
        late(taken(issue(4))),
        replace(late(issue(5)), private=True),
        closed(issue(6)),
    )


async def test_numbers_and_lists_each_issue_once(desk: Desk) -> None:
    some(desk)
    digest = read_digest(desk.store, T1, Viewer(MANAGER, sees_all=True))
    listed = {"unanswered": 1, "late": 3, "ownerless": 1, "waiting": 0}
    assert digest.counts == {"open": 4, "work": 1, **listed, "bypass": 0, "appeal": 0}
    shown = {name: [one.number for one in issues] for name, issues in digest.lists.items()}
    assert shown == {"unanswered": [3], "late": [4, 5], "ownerless": [2], "waiting": []}


def appealed(one: Issue) -> Issue:
    """Sent back, and Ravi does not agree."""
    sent = send_back(one, actor(ANA), "first_try", "", NOON).issue
    return appeal(sent, actor(RAVI), "All shops have it.", NOON).issue


async def test_what_waits_for_the_managers_word_is_a_line_each_when_there_is_any(desk: Desk) -> None:
    wished = bypass(issue(route=route(priority=P2)), actor(RAVI), 3, "Nobody answers.", (1, 0), NOON).issue
    desk.has(wished, appealed(issue(2)), appealed(issue(3)))
    digest = read_digest(desk.store, T1, Viewer(MANAGER, sees_all=True))
    assert (digest.counts["bypass"], digest.counts["appeal"]) == (1, 2)
    assert [one.plain() for one in wording.decisions(digest.counts)] == [
        "A wish to skip a level waits for a decision of the escalation manager, in the Home tab of Rung.",
        "2 appeals wait for a decision of the escalation manager, in the Home tab of Rung.",
    ]


def test_it_does_not_say_that_nobody_waits_while_an_appeal_does() -> None:
    counts = {"open": 0, "work": 0, "appeal": 1}
    assert wording.numbers(counts).plain() == "Nothing is open or in work."
    assert wording.numbers({**counts, "appeal": 0}).plain() == wording.NOTHING
    assert [*wording.decisions({**counts, "appeal": 0})] == []


async def test_a_channel_is_not_told_of_private_issues(desk: Desk) -> None:
    some(desk)
    desk.clock.set(MORNING)
    desk.directory.knows(MANAGER, user(MANAGER), channel("C_BOSSES"))
    await tell_digest(desk.services, T1)
    listed = {row.notice.to.id: row.notice.text("list_late") for row in desk.rows(NoticeKind.DIGEST)}
    assert listed == {MANAGER: "4,5", "C_BOSSES": "4"}
    before = desk.issue(4)
    desk.store.issues.save(before, before.bump(private=True))
    read = {row.notice.to.id: _drawn(desk, row) for row in desk.rows(NoticeKind.DIGEST)}
    name = f"ISS-4 · {before.facts.title}"
    assert name in read[MANAGER]
    assert name not in read["C_BOSSES"], "made private while it waited to be sent"
    assert "ISS-4 · a private issue" in read["C_BOSSES"]


def _drawn(desk: Desk, row: OutboxRow) -> str:
    letter = read_letter(desk.store, row, MORNING)
    assert letter is not None
    return draw_digest(letter).text


async def test_a_long_list_is_cut_and_counted(desk: Desk) -> None:
    desk.has(*(late(issue(number)) for number in range(1, SHOWN + 4)))
    digest = read_digest(desk.store, T1, Viewer(MANAGER, sees_all=True))
    assert (len(digest.lists["late"]), digest.counts["late"]) == (SHOWN, SHOWN + 3)


async def test_others_do_not_read_it(desk: Desk) -> None:
    some(desk)
    assert (await digest_now(desk.services, T1, MANAGER)).counts["late"] == 3
    with pytest.raises(NotAllowed, match="Only the escalation manager"):
        await digest_now(desk.services, T1, OMAR)
