"""Reading: one issue, lists, and what waits on me."""

from dataclasses import dataclass

from bot.domain.events import Event, EventKind
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.permissions import Actor, reads_notes
from bot.domain.veil import veiled, veiled_timeline
from bot.usecases.actors import plain, who_sees
from bot.usecases.commands import IssueCommand
from bot.usecases.ports import Store
from bot.usecases.record import unknown_issue
from bot.usecases.rows import IssueFilter, Order
from bot.usecases.services import Services

PAGE = 15


@dataclass(frozen=True, slots=True)
class Shown:
    """One issue with its timeline, oldest first."""

    issue: Issue
    timeline: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """What waits on one person, what they have, and what they raised that is not over."""

    waiting: tuple[Issue, ...]
    owned: tuple[Issue, ...]
    raised: tuple[Issue, ...]


async def show(services: Services, ref: IssueRef, viewer: Actor) -> Shown:
    """As this person may read it. Raises NotFound and NotAllowed, each with a sentence that tells nothing else."""

    def unit(store: Store) -> Shown:
        issue = store.issues.get(ref)
        if issue is None:
            raise unknown_issue(ref.number)
        return Shown(issue, tuple(store.timeline.of(ref)))

    found = await services.transactions.read(unit)
    return as_read_by(found, await who_sees(services, found.issue, viewer))


def as_read_by(found: Shown, reader: Actor) -> Shown:
    """Without the names of those who wished so, and without notes for whom notes are not."""
    issue, timeline = found.issue, found.timeline
    if not reads_notes(issue, reader):
        timeline = tuple(event for event in timeline if event.kind is not EventKind.NOTED)
    if reader.manager:
        return Shown(issue, timeline)
    return Shown(veiled(issue, reader.user), veiled_timeline(issue, timeline, reader.user))


async def issue_now(services: Services, command: IssueCommand) -> Issue:
    """The issue this command is about, as it is. Raises NotFound and NotAllowed with a sentence."""
    ref = IssueRef(command.workspace, command.number)
    issue = await services.transactions.read(lambda store: store.issues.get(ref))
    if issue is None:
        raise unknown_issue(ref.number)
    await who_sees(services, issue, plain(services, command))
    return issue


async def number_at(services: Services, workspace: WorkspaceId, place: str, stamp: str) -> int | None:
    """The issue that a message of ours is about: its card, a ping, an update. None for any other message, and for a
    bundle, which is about many."""
    found = await services.transactions.read(lambda store: store.messages.together(workspace, place, stamp))
    numbers = {message.issue for message in found}
    return numbers.pop() if len(numbers) == 1 else None


async def mine(services: Services, workspace: WorkspaceId, user: str) -> Mine:
    """Everything that concerns this person now, the most urgent first."""
    unfinished = *IN_WORK, State.RESOLVED
    wanted = (
        IssueFilter(states=IN_WORK, asked=user, order=Order.URGENT, limit=PAGE),
        IssueFilter(states=IN_WORK, owner=user, order=Order.URGENT, limit=PAGE),
        IssueFilter(states=unfinished, raiser=user, order=Order.URGENT, limit=PAGE),
    )

    def unit(store: Store) -> Mine:
        return Mine(*(tuple(store.issues.find(workspace, which)) for which in wanted))

    return await services.transactions.read(unit)
