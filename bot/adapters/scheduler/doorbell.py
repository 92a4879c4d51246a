"""APScheduler as a doorbell: one date job at the next due instant, one interval job per chore. It holds no state.

Why so little: its job store is not transactional with the issue, and two replicas cannot share it.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.adapters.scheduler.jobs import Job

_NEXT = "next-due"


class Doorbell:
    """Rings at the next due instant, and for every periodic job."""

    def __init__(self, ring: Callable[[], None], jobs: Sequence[Job]) -> None:
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._ring = ring
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for job in jobs:
            seconds = job.every.total_seconds()
            self._scheduler.add_job(self._on_due, "interval", seconds=seconds, id=job.name)
        self._next: datetime | None = None

    def start(self) -> None:
        """Inside the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """At once; nothing that matters runs inside a job."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def set(self, due: datetime | None, now: datetime) -> None:
        """Ring at `due` (UTC). Only an earlier instant than the present one changes anything."""
        if due is None or (self._next is not None and now < self._next <= due):
            return
        self._next = due
        self._scheduler.add_job(
            self._on_due,
            "date",
            run_date=max(due, now + timedelta(milliseconds=1)),
            id=_NEXT,
            replace_existing=True,
        )

    async def _on_due(self) -> None:
        """A coroutine, so that it runs in the event loop: a plain function would run in a thread."""
        self._ring()
