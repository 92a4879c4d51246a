"""What runs by itself: the loops, the doorbell that wakes them on time, periodic work, and who watches them."""

from contextlib import AsyncExitStack
from datetime import timedelta

from bot.adapters.db.database import Database
from bot.adapters.scheduler.doorbell import Doorbell
from bot.adapters.scheduler.jobs import Chores, Job
from bot.adapters.scheduler.loops import Loop, Loops
from bot.adapters.scheduler.watchdog import Watchdog
from bot.adapters.system import SteadyClock, monotonic
from bot.core import Core, earliest_due
from bot.domain.ids import WorkspaceId
from bot.usecases import housekeeping, publish_matrix
from bot.usecases.agree_matrix import Agreeing
from bot.usecases.deliver import Delivery, rescue, take_over
from bot.usecases.digest import tell_digest
from bot.usecases.fire_timers import fire_due
from bot.usecases.oncall_shifts import ShiftNews
from bot.usecases.oncall_unanswered import tell_unanswered
from bot.usecases.remind_agreements import remind_agreements, review_reminders
from bot.usecases.tell_findings import tell_findings
from bot.usecases.watch_owners import watch_owners

TIMERS_AT_ONCE = {True: 100, False: 25}
"""Timers in one unit, by whether the database is shared: on SQLite few, so that its only writer stays free."""
DRAIN_SECONDS = 12.0


class Background:
    """Started last but the edges, stopped first."""

    def __init__(self, core: Core, database: Database, steady: SteadyClock, workspace: WorkspaceId) -> None:
        self._core = core
        self._delivery = Delivery(core.services)
        self._database = database
        self._steady = steady
        self._workspace = workspace
        self._agreeing = Agreeing(core.services, workspace)
        self._shifts = ShiftNews(core.services, workspace)
        jobs = self._jobs()
        self._loops = Loops(
            (
                Loop("timers", self._timers_pass, monotonic),
                Loop("delivery", self._delivery_pass, monotonic),
                Loop("chores", Chores(jobs, monotonic).one_pass, monotonic),
            )
        )
        self._doorbell = Doorbell(self._loops.ring, jobs)
        self._exit = AsyncExitStack()

    def ring(self) -> None:
        """There may be something due."""
        self._loops.ring()

    async def start(self) -> None:
        """Inside the running loop."""
        services = self._core.services
        await (rescue(services) if self._database.shared else take_over(services))
        self._doorbell.start()
        self._exit.callback(self._doorbell.stop)
        self._loops.start()
        self._exit.push_async_callback(self._delivery.finish, DRAIN_SECONDS)
        self._exit.push_async_callback(self._loops.stop, DRAIN_SECONDS)
        watchdog = Watchdog(lambda: self._loops.oldest_pass(monotonic()))
        watchdog.start()
        self._exit.callback(watchdog.stop)
        await self._database.on_commit_elsewhere(self._loops.ring)

    async def stop(self) -> None:
        """No new claims; what is under way ends, or is given back by its lease. May be called twice."""
        await self._exit.aclose()

    def passes(self) -> dict[str, float]:
        """Seconds since each loop ended a pass well, by its name."""
        return self._loops.passes(monotonic())

    async def sync_clock(self) -> None:
        """Replicas go by the database's clock."""
        now = await self._database.database_time()
        if now is not None:
            self._steady.set(now)

    def _jobs(self) -> tuple[Job, ...]:
        services = self._core.services
        return (
            Job("rescue", timedelta(seconds=15), lambda: rescue(services)),
            Job("audit", timedelta(minutes=1), lambda: housekeeping.audit(services, self._workspace)),
            Job("forget", timedelta(hours=1), lambda: housekeeping.forget_old(services)),
            Job("messages", timedelta(hours=1), lambda: housekeeping.forget_messages(services)),
            Job("matrix", timedelta(seconds=2), self._refresh_matrix),
            Job("agreement", timedelta(minutes=1), self._agreeing.look),
            Job("owners", timedelta(minutes=2), lambda: watch_owners(services, self._workspace)),
            Job("shifts", timedelta(minutes=1), self._tell_shifts),
            Job("reminders", timedelta(hours=1), self._remind_of_matrix),
            Job("digest", timedelta(minutes=1), lambda: tell_digest(services, self._workspace)),
            Job("check", timedelta(hours=1), lambda: tell_findings(services, self._workspace)),
        )

    async def _timers_pass(self) -> bool:
        await self.sync_clock()
        services, batch = self._core.services, TIMERS_AT_ONCE[self._database.shared]
        fired = await fire_due(services, batch)
        self._doorbell.set(await services.transactions.read(earliest_due), services.clock.now())
        return fired >= batch

    async def _delivery_pass(self) -> bool:
        await self._delivery.start_due()
        return False

    async def _tell_shifts(self) -> None:
        await tell_unanswered(self._core.services, self._workspace)
        await self._shifts.tell()

    async def _remind_of_matrix(self) -> None:
        await remind_agreements(self._core.services, self._workspace)
        await review_reminders(self._core.services, self._workspace)

    async def _refresh_matrix(self) -> None:
        await publish_matrix.refresh(self._core.services.transactions, self._core.matrices, self._workspace)
