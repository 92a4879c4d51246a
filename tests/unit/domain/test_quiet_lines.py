"""What only the timeline says: reminders, and what people think of how it went, are not called out in the thread."""

import pytest

from bot.domain.events import Event, EventKind
from bot.domain.issue import Change
from bot.domain.notification import NoticeKind
from bot.domain.routing import route
from bot.domain.wording import log
from tests.builders import NOON, event, issue
from tests.unit.domain.reading import RITA, told


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (event(EventKind.UPDATE_DUE, by=NOON.isoformat()), "News for the requester are due by 12:00 UTC."),
        (
            event(EventKind.OWED, name="Mrs Lee"),
            "Mrs Lee has no Slack: who raised it was asked to tell them.",
        ),
        (
            event(EventKind.OWED, name="Mrs Lee", again=1),
            "Mrs Lee has no Slack: who raised it was reminded to tell them.",
        ),
        (event(EventKind.RATED, actor=RITA, stars=2), "@U_RITA said how it went."),
        (event(EventKind.COMMENTED, actor=RITA, text="Secret."), "@U_RITA said what would have helped."),
    ],
)
def test_what_only_the_timeline_says(one: Event, line: str) -> None:
    said = log.line(issue(), one)
    assert said is not None
    assert said.plain() == line
    before = issue(requester=RITA)
    assert told(route(before, Change(before.bump(), (one,))), NoticeKind.LOG) == []
