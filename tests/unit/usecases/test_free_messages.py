"""Messages about no issue stay true: the edit finds the message, and never comes before it."""

from bot.domain.delivery import Reason, Rejected, RowState
from bot.domain.notification import NoticeKind, Op
from bot.usecases.free_messages import asked, retold
from tests.builders import ANA, T1
from tests.unit.usecases.desk import Desk

QUESTION = asked(NoticeKind.SWAP, "swap:1", ANA, {"state": "asked"})
ANSWERED = retold(NoticeKind.SWAP, "swap:1", ANA, {"state": "accepted"})


async def test_the_edit_goes_where_the_message_is(desk: Desk) -> None:
    desk.due(QUESTION, number=None)
    await desk.deliver()
    desk.due(ANSWERED, number=None)
    await desk.deliver()
    first, second = desk.channel.letters
    kept = desk.store.free_messages.get(T1, "swap:1")
    assert first.message is None
    assert second.message == kept
    assert kept is not None
    assert second.row.notice.op is Op.EDIT
    assert second.row.notice.args == {"state": "accepted"}


async def test_an_edit_that_is_made_at_once_waits_for_its_message(desk: Desk) -> None:
    desk.due(QUESTION, ANSWERED, number=None)
    await desk.deliver()
    assert [one.row.notice.op for one in desk.channel.letters] == [Op.POST, Op.EDIT]


async def test_the_same_question_is_asked_once(desk: Desk) -> None:
    desk.due(QUESTION, number=None)
    desk.due(QUESTION, number=None)
    await desk.deliver()
    assert len(desk.channel.letters) == 1


async def test_of_two_edits_on_their_way_the_newer_is_sent(desk: Desk) -> None:
    desk.due(QUESTION, number=None)
    await desk.deliver()
    desk.due(ANSWERED, number=None)
    desk.due(retold(NoticeKind.SWAP, "swap:1", ANA, {"state": "withdrawn"}), number=None)
    await desk.deliver()
    assert [one.row.notice.args["state"] for one in desk.channel.letters] == ["asked", "withdrawn"]


async def test_a_message_that_never_arrived_is_not_edited(desk: Desk) -> None:
    desk.channel.answers(Rejected(Reason.ROUTE, "no such person"))
    desk.due(QUESTION, ANSWERED, number=None)
    await desk.deliver()
    assert desk.states(NoticeKind.SWAP) == [RowState.DEAD, RowState.CANCELLED]


async def test_a_message_that_was_deleted_is_left_alone(desk: Desk) -> None:
    desk.due(QUESTION, number=None)
    await desk.deliver()
    desk.channel.answers(Rejected(Reason.GONE, "message_not_found"))
    desk.due(ANSWERED, number=None)
    await desk.deliver()
    assert desk.states(NoticeKind.SWAP) == [RowState.SENT, RowState.CANCELLED]


async def test_kinds_that_nobody_edits_are_not_kept(desk: Desk) -> None:
    desk.due(asked(NoticeKind.SHIFT, "shift:1", ANA, {}), number=None)
    await desk.deliver()
    assert desk.store.free_messages.get(T1, "shift:1") is None
