"""Why an issue stands where it stands: the issue, and the timers that are set for it."""

from dataclasses import dataclass, replace

from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.permissions import Actor
from bot.domain.timers import Timer
from bot.domain.veil import veiled
from bot.usecases.actors import who_sees
from bot.usecases.ports import Store
from bot.usecases.record import unknown_issue
from bot.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Explained:
    """One issue, and its timers as they are stored: what was put off says when it comes back."""

    issue: Issue
    timers: tuple[Timer, ...]


async def why(services: Services, ref: IssueRef, viewer: Actor) -> Explained:
    """As this person may read it. Raises NotFound and NotAllowed with a sentence."""

    def unit(store: Store) -> Explained:
        issue = store.issues.get(ref)
        if issue is None:
            raise unknown_issue(ref.number)
        return Explained(issue, tuple(store.timers.of(ref)))

    found = await services.transactions.read(unit)
    reader = await who_sees(services, found.issue, viewer)
    return replace(found, issue=found.issue if reader.manager else veiled(found.issue, reader.user))
