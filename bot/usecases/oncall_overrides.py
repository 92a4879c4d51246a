"""What was changed about a schedule and is not over yet, for those who look after it."""

from dataclasses import dataclass

from bot.domain.errors import NotAllowed
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.domain.oncall.pieces import title_of
from bot.usecases.commands import Command
from bot.usecases.manage_oncall import FOREVER
from bot.usecases.oncall_known import Known, get_to_know
from bot.usecases.oncall_rosters import find_schedule
from bot.usecases.outside import DirectoryDown
from bot.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Override:
    """One change, and whether the reader may take it back."""

    change: OnCallChange
    may_undo: bool = False


@dataclass(frozen=True, slots=True)
class Overrides:
    """The present and coming ones of a schedule (its key), by start; `may_put_in` is about the reader."""

    schedule: str
    title: str
    all: tuple[Override, ...] = ()
    may_put_in: bool = False


async def overrides(services: Services, command: Command, key: str) -> Overrides | None:
    """None when that cannot be said now, or not to this reader. Raises NotFound, Refused."""
    try:
        known = await get_to_know(services, command)
    except (DirectoryDown, NotAllowed):
        return None
    schedule, now = find_schedule(known.matrix, key), services.clock.now()
    found = await services.transactions.read(
        lambda store: store.oncall.between(command.workspace, now, now + FOREVER)
    )
    here = sorted((one for one in found if _is_of(one, known, schedule.key)), key=lambda one: one.start)
    some = tuple(Override(one, known.may_undo(one)) for one in here)
    return Overrides(schedule.key, title_of(schedule), some, known.may_serve(schedule.key))


def _is_of(change: OnCallChange, known: Known, key: str) -> bool:
    """Leave and cover on every schedule concern those on which their people are."""
    schedule = known.matrix.schedule(key)
    if change.schedule is not None or schedule is None:
        return change.schedule == key
    whose = change.person if change.kind is ChangeKind.AWAY else change.instead_of or change.person
    return known.is_on(whose, schedule)
