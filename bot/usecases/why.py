"""Why an issue stands where it stands: the issue, and the timers that are set for it."""

from dataclasses import dataclass

from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.timers import Timer
from bot.usecases.ports import Store
from bot.usecases.record import unknown_issue
from bot.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Explained:
    """One issue, and its timers as they are stored: what was put off says when it comes back."""

    issue: Issue
    timers: tuple[Timer, ...]


async def why(services: Services, ref: IssueRef) -> Explained:
    """Raises NotFound with a sentence."""

    def unit(store: Store) -> Explained:
        issue = store.issues.get(ref)
        if issue is None:
            raise unknown_issue(ref.number)
        return Explained(issue, tuple(store.timers.of(ref)))

    return await services.transactions.read(unit)
