"""What becomes of a message: each outcome for each kind."""

from datetime import timedelta

import pytest

from bot.domain.delivery import Outcome, Reason, Rejected, RetryLater, RowState, Sent, Unknown
from bot.domain.issue import Issue
from bot.domain.notices import card_notice, edited
from bot.domain.notices import ping as ping_for
from bot.domain.notification import Notice, NoticeKind
from bot.domain.words import say
from bot.usecases.deliver import deliver_due
from bot.usecases.tell import whispered
from tests.builders import (
    ANA,
    OMAR,
    RAVI,
    ask,
    issue,
    message,
    notice,
    user,
)
from tests.unit.usecases.desk import Desk

PING = ping_for(issue(), ask(ANA), NoticeKind.PING, "ping")
CARD = card_notice(issue())
NEWS = notice(NoticeKind.REQUESTER, "req:1", to=user(RAVI), lane="req:1", args={"opening": 1})
HOME = notice(NoticeKind.HOME, "home:1", to=user(ANA), lane="home", args={"user": ANA})
WHISPER = whispered(ANA, "C_OPS", "k", say("Done."))
TWO = issue(asks=(ask(ANA), ask(OMAR)))


async def goes(desk: Desk, one: Notice, outcome: Outcome | Exception, about: Issue = TWO) -> RowState:
    """One message gets one answer: where its row is then."""
    if not desk.transactions.tables.issues:
        desk.has(about)
    desk.due(one, number=None if one in (HOME, WHISPER) else 1)
    desk.channel.answers(outcome)
    await deliver_due(desk.services, 10)
    return desk.row(one.key).state


NO_ROUTE = Rejected(Reason.ROUTE, "channel_not_found")
BAD = Rejected(Reason.CONTENT, "invalid_blocks")
TOKEN = Rejected(Reason.TEAM, "token_revoked")
SCOPE = Rejected(Reason.KIND, "missing_scope")
LATER = RetryLater("ratelimited", timedelta(seconds=30), counts=False)
PERHAPS = Unknown("timeout")
OUTCOMES: list[tuple[str, Notice, Outcome, RowState, float, int]] = [
    # what, message, outcome -> state, due in seconds, attempts
    ("sent", PING, Sent("D1", "1.1"), RowState.SENT, 0, 1),
    ("slow down", PING, LATER, RowState.PENDING, 30, 0),
    ("try later", PING, RetryLater("internal_error"), RowState.PENDING, 2, 1),
    ("perhaps", PING, PERHAPS, RowState.UNKNOWN, 2, 1),
    ("perhaps, an edit", edited(CARD), PERHAPS, RowState.PENDING, 2, 1),
    ("no route, a ping", PING, NO_ROUTE, RowState.CANCELLED, 0, 1),
    ("no route, a home", HOME, NO_ROUTE, RowState.CANCELLED, 0, 1),
    ("no route, an edit", edited(CARD), NO_ROUTE, RowState.CANCELLED, 0, 1),
    ("no route, news", NEWS, NO_ROUTE, RowState.CANCELLED, 0, 1),
    ("bad content", PING, BAD, RowState.DEAD, 0, 1),
    ("token", PING, TOKEN, RowState.PENDING, 60, 0),
    ("token, a whisper", WHISPER, TOKEN, RowState.PENDING, 60, 0),
    ("scope", PING, SCOPE, RowState.PENDING, 900, 0),
    ("scope, a whisper", WHISPER, SCOPE, RowState.CANCELLED, 0, 1),
    ("gone, an edit", edited(PING), Rejected(Reason.GONE, "message_not_found"), RowState.CANCELLED, 0, 1),
]


@pytest.mark.parametrize(("what", "one", "outcome", "state", "wait", "attempts"), OUTCOMES)
async def test_each_outcome(
    desk: Desk, what: str, one: Notice, outcome: Outcome, state: RowState, wait: float, attempts: int
) -> None:
    desk.has(TWO)
    desk.sent(message(version=0), message(PING.key, notice=PING, version=0, place="D1", stamp="1.1"))
    assert await goes(desk, one, outcome) is state, what
    row = desk.row(one.key)
    assert row.due_at == desk.clock.now() + timedelta(seconds=wait)
    assert row.attempts == attempts
    assert row.claim == 1


async def test_the_wait_grows_with_the_attempts(desk: Desk) -> None:
    waits: list[float] = []
    desk.has(TWO)
    desk.due(PING)
    for _ in range(4):
        desk.channel.answers(RetryLater("internal_error"))
        await deliver_due(desk.services, 10)
        due = desk.row(PING.key).due_at
        waits.append((due - desk.clock.now()).total_seconds())
        desk.clock.set(due)
    assert waits == [2, 4, 8, 16]
