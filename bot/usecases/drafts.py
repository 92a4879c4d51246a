"""Drafts: whatever was submitted and is no issue yet is kept for its writer, and offered when they raise again."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.ids import WorkspaceId
from bot.usecases.commands import RaiseIssue
from bot.usecases.finding_ports import Draft
from bot.usecases.ports import NotSaved, OutcomeUnknown
from bot.usecases.services import ANSWER_BUDGET, Services

KEPT = timedelta(days=7)
"""After a week nobody goes on with it."""
SAVE_TIME = timedelta(milliseconds=300)
LOOK_TIME = timedelta(milliseconds=300)
"""A form opens without the offer rather than too late."""

_log = logging.getLogger(__name__)


async def keep(services: Services, command: RaiseIssue) -> None:
    """Keep what was submitted, if the store can; the form it came from still holds it otherwise."""
    now = services.clock.now()
    fields = {name: text for name, text in command.fields.items() if text}
    known = {name: text for name, text in command.known.items() if text}
    draft = Draft(command.user, command.draft or command.key, fields, known, now)
    try:
        await services.transactions.run(
            lambda store: store.drafts.put(command.workspace, draft), budget=SAVE_TIME
        )
    except (NotSaved, OutcomeUnknown) as error:
        _log.warning("a draft was not kept: %s", error, extra={"action": "draft"})


async def of(services: Services, workspace: WorkspaceId, user: str) -> Draft | None:
    """What this person may go on with; None when there is nothing, or when the store is slow."""
    try:
        async with asyncio.timeout(LOOK_TIME.total_seconds()):
            found = await services.transactions.read(lambda store: store.drafts.get(workspace, user))
    except TimeoutError:
        return None
    return found if found is not None and services.clock.now() - found.saved_at < KEPT else None


async def forget(services: Services, workspace: WorkspaceId, user: str, keys: Sequence[str] = ()) -> None:
    """Somebody does not want it any more; with `keys`, only that of one of these forms. Raises NotSaved and
    OutcomeUnknown."""
    await services.transactions.run(
        lambda store: store.drafts.drop(workspace, user, keys), budget=ANSWER_BUDGET
    )
