"""Questions about on-call that nobody answers: who asked hears so when the time begins, and when it is over.

Looked at every minute. Until the time is over the colleague may still accept what is left of it.
"""

from datetime import datetime

from bot.domain.ids import WorkspaceId
from bot.domain.notification import Notice
from bot.domain.wording import oncall as wording
from bot.usecases.oncall_frame import note
from bot.usecases.oncall_swaps import answer_key, settled
from bot.usecases.people_ports import Swap, SwapState
from bot.usecases.ports import Store
from bot.usecases.services import Services


async def tell_unanswered(services: Services, workspace: WorkspaceId) -> int:
    """Tell who asked, and end what is over. Returns how many questions ended."""
    now = services.clock.now()
    waiting = await services.transactions.read(lambda store: store.swaps.unanswered(workspace, now))
    if not any(_news_of(one, now) for one in waiting):
        return 0

    def unit(store: Store) -> int:
        store.oncall.lock(workspace)
        found = store.swaps.unanswered(workspace, now)
        over = [one for one in found if one.end <= now]
        news = [notice for one in found if one.end > now and _news_of(one, now) for notice in _begun(one)]
        news += [notice for one in over for notice in _ended(store, workspace, one, now)]
        store.outbox.put(workspace, None, news, now)
        return len(over)

    ended = await services.transactions.run(unit)
    services.bell.ring()
    return ended


def _news_of(swap: Swap, now: datetime) -> bool:
    """Whoever asks about a time that is under way knows that it has begun."""
    return swap.end <= now or swap.asked_at < swap.start


def _begun(swap: Swap) -> tuple[Notice, ...]:
    """The key makes it go out once, however often somebody looks."""
    said = wording.begins_unanswered(swap.colleague, swap.start, swap.end, whoever=swap.whoever)
    return (note(swap.asker, f"swap:{swap.id}:begun", said),)


def _ended(store: Store, workspace: WorkspaceId, swap: Swap, now: datetime) -> tuple[Notice, ...]:
    said = wording.over(swap.asker)
    to_asker = wording.never_answered(swap.colleague, swap.start, swap.end, whoever=swap.whoever)
    return (
        *settled(store, workspace, swap, SwapState.EXPIRED, said, now),
        note(swap.asker, answer_key(swap), to_asker),
    )
