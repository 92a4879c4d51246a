"""Many issues and a message about each, all due at once, and ways to look at what goes out."""

from collections.abc import Callable

from bot.domain.delivery import RowState
from bot.domain.issue import Issue
from bot.domain.notices import edited
from bot.domain.notices import ping as ping_for
from bot.domain.notification import Notice, NoticeKind, Op
from tests.builders import ANA, OMAR, RAVI, T1, acknowledged, ask, issue, notice, ref, user
from tests.unit.usecases.desk import Desk

FIVE = range(1, 6)


def two_asked(number: int) -> Issue:
    """Ana and Omar are asked."""
    return issue(number, asks=(ask(ANA), ask(OMAR)))


def ping(number: int) -> Notice:
    """Ana's."""
    return ping_for(two_asked(number), ask(ANA), NoticeKind.PING, "ping")


def news(number: int) -> Notice:
    """What Ravi, who asked, is told."""
    lane = f"req:{number}"
    return notice(NoticeKind.REQUESTER, f"req:{number}", to=user(RAVI), lane=lane, args={"opening": 1})


def storm(desk: Desk, numbers: range = FIVE, said: Callable[[int], Notice] = ping) -> None:
    """So many issues, and a message about each is due."""
    desk.has(*(two_asked(number) for number in numbers))
    for number in numbers:
        desk.due(said(number), number=number)


def takes(desk: Desk, number: int, who: str = OMAR) -> None:
    """Somebody takes it."""
    before = desk.issue(number)
    desk.store.issues.save(before, acknowledged(before, who, desk.clock.now()))


def heals(desk: Desk, number: int) -> None:
    """What the write path does with messages whose buttons are live."""
    for one in desk.store.messages.live(ref(number)):
        desk.store.outbox.put(T1, number, [edited(one.notice)], desk.clock.now())


def bundles(desk: Desk, op: Op = Op.POST) -> list[list[int]]:
    """The issues of every bundle that was sent or edited."""
    letters = [one for one in desk.channel.letters if one.parts and one.row.notice.op is op]
    return [[part.issue.number for part in one.parts] for one in letters]


def states(desk: Desk, kind: NoticeKind = NoticeKind.PING) -> set[RowState]:
    """Where the posts of this kind are."""
    return {row.state for row in desk.rows(kind) if row.notice.op is Op.POST}
