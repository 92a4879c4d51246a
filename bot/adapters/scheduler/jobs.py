"""The table of periodic work. APScheduler rings for each; the chores loop does what is due even when nobody rings."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again: at least `every` apart, in seconds of the monotonic clock."""

    name: str
    every: timedelta
    work: Work


class Chores:
    """Does the jobs whose time has come, one pass at a time."""

    def __init__(self, jobs: Sequence[Job], monotonic: Callable[[], float]) -> None:
        self.jobs = tuple(jobs)
        self._monotonic = monotonic
        self._done = {job.name: monotonic() for job in self.jobs}

    async def one_pass(self) -> bool:
        """Do every job that is due. A job that fails is due again after its own time, and the loop logs it."""
        for job in self.jobs:
            now = self._monotonic()
            if now - self._done[job.name] >= job.every.total_seconds():
                self._done[job.name] = now
                await job.work()
        return False
