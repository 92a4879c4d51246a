"""Telling one person something that changes no issue: an answer to a click, a filled view, their Home."""

from bot.domain.ids import WorkspaceId
from bot.domain.issue import Target, TargetKind
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.words import Sentence
from bot.usecases.ports import Store
from bot.usecases.services import ANSWER_BUDGET, Services


async def whisper(
    services: Services,
    workspace: WorkspaceId,
    *,
    user: str,
    channel: str,
    key: str,
    sentence: Sentence,
    thread: str = "",
) -> None:
    """Answer a click or words: only this person sees it, in the channel where they clicked, in that thread of it.

    Without a channel it is a direct message, and `thread` one of that conversation."""
    await _put(services, workspace, None, whispered(user, channel, key, sentence, thread))


async def first_time(services: Services, workspace: WorkspaceId, key: str) -> bool:
    """Whether this has not been answered before; asked again, it has. For answers that nothing else remembers."""
    now = services.clock.now()

    def unit(store: Store) -> bool:
        if store.inbound.answer(workspace, key) is not None:
            return False
        store.inbound.remember(workspace, key, "shown", now)
        return True

    return await services.transactions.run(unit, budget=ANSWER_BUDGET)


def whispered(user: str, channel: str, key: str, sentence: Sentence, thread: str = "") -> Notice:
    """The same as a notice, for a unit that stores something else too."""
    args = {"sentence": sentence.dump(), "channel": channel, "user": user, "thread": thread}
    to = Target(TargetKind.USER, user)
    return Notice(NoticeKind.WHISPER, f"whisper:{key}", to, f"whisper:{key}", Rank.ANSWER, args=args)


async def fill_details(
    services: Services, workspace: WorkspaceId, number: int, *, user: str, view_id: str
) -> None:
    """Fill a view that was opened empty with everything about one issue."""
    to = Target(TargetKind.USER, user)
    key = f"details:{view_id}"
    notice = Notice(NoticeKind.DETAILS, key, to, key, Rank.ANSWER, args={"view_id": view_id})
    await _put(services, workspace, number, notice)


async def show_home(services: Services, workspace: WorkspaceId, *, user: str, key: str) -> None:
    """Draw this person's Home anew."""
    to = Target(TargetKind.USER, user)
    notice = Notice(NoticeKind.HOME, f"home:{user}:{key}", to, f"home:{user}", Rank.EDIT, args={"user": user})
    await _put(services, workspace, None, notice)


async def _put(services: Services, workspace: WorkspaceId, number: int | None, notice: Notice) -> None:
    now = services.clock.now()
    await services.transactions.run(
        lambda store: store.outbox.put(workspace, number, [notice], now), budget=ANSWER_BUDGET
    )
    services.bell.ring()
