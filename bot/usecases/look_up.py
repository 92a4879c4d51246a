"""Reading: one issue, lists, and what waits on me."""

from dataclasses import dataclass

from bot.domain.events import Event
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK, State
from bot.usecases.commands import IssueCommand
from bot.usecases.ports import Store
from bot.usecases.record import unknown_issue
from bot.usecases.rows import IssueFilter
from bot.usecases.services import Services

PAGE = 15


@dataclass(frozen=True, slots=True)
class Shown:
    """One issue with its timeline, oldest first."""

    issue: Issue
    timeline: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of issues and how many more there are."""

    issues: tuple[Issue, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Mine:
    """What waits on one person, what they have, and what they raised that is not over."""

    waiting: tuple[Issue, ...]
    owned: tuple[Issue, ...]
    raised: tuple[Issue, ...]


async def show(services: Services, ref: IssueRef) -> Shown:
    """Raises NotFound with a sentence."""

    def unit(store: Store) -> Shown:
        issue = store.issues.get(ref)
        if issue is None:
            raise unknown_issue(ref.number)
        return Shown(issue, tuple(store.timeline.of(ref)))

    return await services.transactions.read(unit)


async def issue_now(services: Services, command: IssueCommand) -> Issue:
    """The issue this command is about, as it is. Raises NotFound with a sentence."""
    ref = IssueRef(command.workspace, command.number)
    issue = await services.transactions.read(lambda store: store.issues.get(ref))
    if issue is None:
        raise unknown_issue(ref.number)
    return issue


async def number_at(services: Services, workspace: WorkspaceId, place: str, stamp: str) -> int | None:
    """The issue that a message of ours is about: its card, a ping, an update. None for any other message, and for a
    bundle, which is about many."""
    found = await services.transactions.read(lambda store: store.messages.together(workspace, place, stamp))
    numbers = {message.issue for message in found}
    return numbers.pop() if len(numbers) == 1 else None


async def list_open(services: Services, workspace: WorkspaceId) -> Listed:
    """Open issues and those in work, newest first."""
    which = IssueFilter(states=IN_WORK, limit=PAGE)

    def unit(store: Store) -> Listed:
        found = store.issues.find(workspace, which)
        return Listed(tuple(found), store.issues.count(workspace, which) - len(found))

    return await services.transactions.read(unit)


async def mine(services: Services, workspace: WorkspaceId, user: str) -> Mine:
    """Everything that concerns this person now."""

    def unit(store: Store) -> Mine:
        return Mine(
            tuple(store.issues.find(workspace, IssueFilter(states=IN_WORK, asked=user, limit=PAGE))),
            tuple(store.issues.find(workspace, IssueFilter(states=IN_WORK, owner=user, limit=PAGE))),
            tuple(
                store.issues.find(
                    workspace, IssueFilter(states=(*IN_WORK, State.RESOLVED), raiser=user, limit=PAGE)
                )
            ),
        )

    return await services.transactions.read(unit)
