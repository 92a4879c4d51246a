"""Who is on leave: `/oncall away` for every schedule."""

from datetime import datetime, timedelta

from bot.domain.ids import WorkspaceId
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.usecases.ports import Store

_MOMENT = timedelta(seconds=1)


def on_leave(store: Store, workspace: WorkspaceId, now: datetime) -> tuple[OnCallChange, ...]:
    """The leave that lasts at this instant (UTC), of everybody. Being away from one schedule is not leave."""
    changes = store.oncall.between(workspace, now, now + _MOMENT)
    away = (one for one in changes if one.kind is ChangeKind.AWAY and one.schedule is None)
    return tuple(one for one in away if one.start <= now < one.end)
