"""Healing: a message that offered something that no longer fits is drawn anew."""

from dataclasses import replace

from bot.domain.ids import WorkspaceId
from bot.domain.notices import edited
from bot.usecases.ports import Store
from bot.usecases.services import Services

NEVER_DRAWN = 0
"""A version before any other: the message is drawn whatever it shows."""


async def heal(services: Services, workspace: WorkspaceId, place: str, stamp: str) -> None:
    """Draw the message at this place anew. Messages that are not ours are left alone."""
    now = services.clock.now()

    def unit(store: Store) -> None:
        message = store.messages.at(workspace, place, stamp)
        if message is not None:
            store.messages.put(replace(message, version=NEVER_DRAWN))
            store.outbox.put(workspace, message.issue, [edited(message.notice)], now)

    await services.transactions.run(unit)
    services.bell.ring()
