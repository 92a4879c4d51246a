"""The dry run against the real ladder: the same people at the same instants, whatever the path looks like."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking import LOOK_AGAIN, ask_people, contacts_to_ask, look_again
from bot.domain.contacts import Contact, ContactKind
from bot.domain.dry_run import Ladder
from bot.domain.escalation import end_level
from bot.domain.events import Cause
from bot.domain.ids import IssueRef, UserId, WorkspaceId
from bot.domain.issue import Facts, Issue, Stage, Target, TargetKind
from bot.domain.looked import Looked
from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import IfNobody, Level, Path
from bot.domain.oncall.model import Schedule
from bot.domain.raising import raise_issue
from bot.domain.span import span
from bot.usecases.find_people import on_duty
from bot.usecases.oncall_rosters import Roster
from tests.tries import tries
from tests.unit.domain.dry_runs import LEADS, NIGHTS, SUNDAY_3, document, try_it, turns, who

THIRDS = Schedule("thirds", "UTC", (turns("@ann", "@bob", "@cas", rotate=span("8h")),))
OVER = Schedule("over", "UTC", (turns("@ann", until=LEADS.layers[0].start),))
SCHEDULES = {one.key: one for one in (LEADS, NIGHTS, THIRDS, OVER)}
GONE = who("@gone")
CONTACTS = [*(who(f"oncall:{key}") for key in SCHEDULES), *map(who, ("@ann", "@lee", "#desk")), GONE]

LEVELS = st.builds(
    Level,
    st.just("Level"),
    st.lists(st.sampled_from(CONTACTS), min_size=1, max_size=3).map(tuple),
    st.sampled_from([span(one) for one in ("15m", "3h", "20h", "2d")]),
    calendar=st.sampled_from((None, "office")),
    if_nobody=st.sampled_from(IfNobody),
)
PATHS = st.builds(
    Path,
    st.just("Path"),
    st.lists(LEVELS, min_size=1, max_size=3).map(tuple),
    owner=st.sampled_from((None, who("@lee"))),
    repeat=st.integers(0, 2),
)
INSTANTS = st.integers(0, 4 * 7 * 24 * 4).map(lambda n: SUNDAY_3 + n * timedelta(minutes=15))

Row = tuple[int, int, str, datetime]
"""Level (0 = the catch-all), round there, who, when."""


@tries(20)
@given(PATHS, INSTANTS, st.sampled_from(("now", "later")))
def test_the_dry_run_asks_whom_the_real_ladder_asks(path: Path, at: datetime, urgency: str) -> None:
    ladder = try_it(
        document(path, schedules=tuple(SCHEDULES.values())),
        Kind("tools", "high", urgency),
        at,
        looked={GONE: Looked(GONE, (), "gone")},
    )
    assert told(ladder) == climbed(ladder, at)


def told(ladder: Ladder) -> list[Row]:
    """What the dry run says."""
    rows = [
        (one.number, one.round, (asked.person or asked.contact).value, asked.start)
        for one in ladder.rungs
        for asked in one.asked
    ]
    end = ladder.catch_all
    return [*rows, *((0, 0, (one.person or one.contact).value, end.start) for one in end.asked)]


def climbed(ladder: Ladder, at: datetime) -> list[Row]:
    """What becomes of an issue that nobody answers."""
    issue, now = settled(raised(ladder, at), at), at
    while issue.position.stage is not Stage.CATCH_ALL:
        place = issue.position
        looks = (place.look_at, now + LOOK_AGAIN if place.held else None, place.ends_at)
        now = min(one for one in looks if one is not None and one > now)
        if now == place.ends_at:
            issue = end_level(issue, now, Cause.TIMER).issue
        elif place.asked:
            issue = look_again(issue, look_up(contacts_to_ask(issue), now), now).issue
        issue = settled(issue, now)
    return [(one.level, one.round if one.level else 0, one.target.id, one.at) for one in issue.asks]


def settled(issue: Issue, now: datetime) -> Issue:
    """Everybody of this instant is asked: where nobody is, the next place comes at once, unless the level waits."""
    while not issue.position.asked:
        issue = ask_people(issue, look_up(contacts_to_ask(issue), now), now).issue
        if issue.position.held:
            break
    return issue


def raised(ladder: Ladder, at: datetime) -> Issue:
    """An issue on the same route."""
    facts = Facts("Down", "It is down.", ladder.kind.type, ladder.kind.impact, ladder.kind.urgency)
    ravi = UserId("ravi")
    ref = IssueRef(WorkspaceId("T1"), 1)
    change = raise_issue(ref, facts, ladder.route, raiser=ravi, requester=ravi, updates_channel=None, now=at)
    return change.issue


def look_up(contacts: Sequence[Contact], now: datetime) -> list[Looked]:
    """Schedules by who is on call, everybody else by name."""
    return [_looked(one, now) for one in contacts]


@cache
def _looked(one: Contact, now: datetime) -> Looked:
    if one.kind is ContactKind.ONCALL:
        found = on_duty(one, Roster(SCHEDULES[one.value], ()), now)
        return Looked(one, found.targets, found.why, found.until, found.again_at)
    kind = TargetKind.CHANNEL if one.kind is ContactKind.CHANNEL else TargetKind.USER
    return Looked(one, () if one == GONE else (Target(kind, one.value),))
