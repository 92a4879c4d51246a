"""Messages go out: claimed, looked at again, sent once, and the outcome recorded under the claim's number."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.delivery import (
    CONTENT_ATTEMPTS,
    LEASE,
    Outcome,
    Reason,
    Rejected,
    RetryLater,
    RowState,
    Unknown,
)
from bot.domain.issue import Target
from bot.domain.notification import Op
from bot.usecases.addresses import Unreachable, addresses
from bot.usecases.bundles import NOT_NEEDED, gather
from bot.usecases.home import with_home
from bot.usecases.letters import read_letter
from bot.usecases.names_to_copy import with_names
from bot.usecases.outcomes import give_back, settle
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Store
from bot.usecases.rows import Letter, OutboxRow
from bot.usecases.services import Services

AT_ONCE = 32
"""Messages under way at one time in one process: slow ones never hold up the others."""

_log = logging.getLogger(__name__)


class Delivery:
    """Sends what is due, up to AT_ONCE messages at a time."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._under_way: set[asyncio.Task[None]] = set()

    async def start_due(self) -> int:
        """Claim as many due messages as there is room for and begin to send them. Returns how many.

        When one ends, the bell rings: there is room again, and the next of its lane may go.
        """
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return 0
        claimed, rows = await _claim(self._services, room)
        letters = await _look(self._services, rows)
        for row in rows:
            task = asyncio.create_task(_deliver(self._services, row, letters), name=f"message {row.id}")
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return claimed

    async def finish(self, patience: float | None = None) -> None:
        """Wait for what is under way, at most `patience` seconds. What is not done by then is found by its lease."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=patience)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("%s was not recorded; its lease will show it", task.get_name(), exc_info=error)
        self._services.bell.ring()


async def deliver_due(services: Services, batch: int) -> int:
    """Send up to `batch` due messages and wait for all of them. Returns how many were claimed."""
    claimed, rows = await _claim(services, batch)
    letters = await _look(services, rows)
    async with asyncio.TaskGroup() as group:
        for row in rows:
            group.create_task(_deliver(services, row, letters))
    return claimed


async def _claim(services: Services, room: int) -> tuple[int, list[OutboxRow]]:
    """How many were claimed, and those of them to send now. Others went into bundles, which are due at once."""
    now = services.clock.now()

    def unit(store: Store) -> tuple[int, list[OutboxRow]]:
        claimed = store.outbox.claim(now, now + LEASE, room)
        return len(claimed), gather(store, claimed, now)

    claimed, rows = await services.transactions.run(unit)
    if len(rows) < claimed:
        services.bell.ring()
    return claimed, rows


async def rescue(services: Services) -> int:
    """Claims whose worker is gone become "unknown": somebody looks whether the message went out, then sends it."""
    now = services.clock.now()
    return await services.transactions.run(lambda store: store.outbox.release_expired(now))


async def take_over(services: Services) -> int:
    """The same for every claim, at the start of a process that is alone on the database: no lease is waited for."""
    now = services.clock.now()
    return await services.transactions.run(lambda store: store.outbox.release_all(now))


Looks = Mapping[int, Letter | None]
"""By the row: what the last look before sending found."""


async def _look(services: Services, rows: Sequence[OutboxRow]) -> Looks:
    """All of them in one unit: most are about the same few issues. Nothing when one of them cannot be read."""
    now = services.clock.now()
    if not rows:
        return {}
    try:
        return await services.transactions.read(
            lambda store: {row.id: read_letter(store, row, now) for row in rows}
        )
    except Exception:  # then each looks alone, and the one that cannot be read says so
        return {}


async def _deliver(services: Services, row: OutboxRow, looks: Looks) -> None:
    now = services.clock.now()
    if row.id in looks:
        letter = looks[row.id]
    else:
        letter = await services.transactions.read(lambda store: read_letter(store, row, now))
    if letter is None:
        await give_back(services, row, RowState.CANCELLED, NOT_NEEDED)
        return
    wait = services.pace.wait_for(row.notice.to.id, now) if row.notice.op is Op.POST else None
    if wait:
        again = services.pace.put_off(row.notice.to.id, row.notice.rank, now + wait)
        await give_back(services, row, RowState.PENDING, row.last_error, due_at=again)
        return
    letter = await with_names(services, await with_home(services, letter))
    outcome, sent = await _send_somewhere(services, letter)
    await settle(services, sent, outcome)


async def _send_somewhere(services: Services, letter: Letter) -> tuple[Outcome, Letter]:
    """Send to the first address that takes it: the place that was meant, then its stand-ins."""
    first: Rejected | None = None
    try:
        async for place in addresses(services, letter):
            tried = _to(letter, place) if first is None else _rerouted(_to(letter, place), letter, first)
            outcome = await _send(services, tried)
            if not (isinstance(outcome, Rejected) and outcome.reason is Reason.ROUTE):
                return outcome, tried
            first = first or outcome
    except DirectoryDown as error:
        return RetryLater(f"looking up the address: {error}", counts=False), letter
    except Unreachable as error:
        return Rejected(Reason.ROUTE, str(error)), letter
    return first or Rejected(Reason.ROUTE, "there is no address"), letter


async def _send(services: Services, letter: Letter) -> Outcome:
    try:
        if letter.row.looked_up and letter.row.notice.op is Op.POST:
            found = await services.channel.find(letter)
            if found is not None:
                return found
        outcome = await services.channel.send(letter)
    except Exception as error:  # a picture that cannot be drawn must not stop its neighbours
        _log.exception("message %d failed", letter.row.id, extra={"action": "deliver"})
        why = f"{type(error).__name__} while it was made; the log says more"  # its text may be what somebody wrote
        if letter.row.attempts >= CONTENT_ATTEMPTS:
            return Rejected(Reason.CONTENT, why)
        return Unknown(why)
    return outcome


def _to(letter: Letter, place: Target) -> Letter:
    return replace(letter, row=replace(letter.row, notice=replace(letter.row.notice, to=place)))


def _rerouted(letter: Letter, meant: Letter, why: Rejected) -> Letter:
    return replace(letter, extra={"rerouted": why.why, "meant_for": meant.row.notice.to})
