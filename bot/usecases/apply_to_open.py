"""Applying the matrix in force to issues raised under an older version: first listed, then done on request."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import FieldErrors, Refused
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import IN_WORK
from bot.domain.matrix.diff_paths import same_paths
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.rerouting import reroute
from bot.domain.sight import masked
from bot.domain.words import Sentence, load_sentence, say
from bot.usecases.ports import Store
from bot.usecases.record import record
from bot.usecases.rows import IssueFilter
from bot.usecases.services import Storing

WHY = "matrix"
"""The word in the timeline for this reason."""
PAGE = 100


@dataclass(frozen=True, slots=True)
class OpenChange:
    """What the matrix in force changes for one issue; when it is not `possible`, why the issue stays as it is."""

    number: int
    title: str
    sentence: Sentence
    possible: bool = True


async def list_changes(office: Storing, workspace: WorkspaceId) -> list[OpenChange]:
    """Every issue in work for which the matrix in force says something else than its own version, oldest first."""
    now = office.clock.now()

    def unit(store: Store) -> list[OpenChange]:
        versions = _Versions(store, workspace)
        looked = (_look(versions, issue, now, None) for issue in _in_work(store, workspace))
        return sorted((found for found, _ in looked if found is not None), key=lambda one: one.number)

    return await office.transactions.read(unit)


async def apply_to_open(
    office: Storing, workspace: WorkspaceId, *, by: str | None, numbers: Collection[int] | None = None
) -> list[OpenChange]:
    """Do it: for those issues, or for all that are listed; each by itself, as it stands at that moment.

    `by` is who asked for it (a user id, None = the command line). Doing it again does nothing.
    """
    listed = await list_changes(office, workspace)
    wanted = [one for one in listed if numbers is None or one.number in numbers]
    done: list[OpenChange] = []
    for one in wanted:
        made = await _apply(office, IssueRef(workspace, one.number), by)
        done.extend([made] if made is not None else [])
    office.bell.ring()
    return done


async def _apply(office: Storing, ref: IssueRef, by: str | None) -> OpenChange | None:
    now = office.clock.now()

    def unit(store: Store) -> OpenChange | None:
        issue = store.issues.get(ref, lock=True)
        if issue is None:
            return None
        found, change = _look(_Versions(store, ref.workspace), issue, now, by)
        if change is not None:
            record(store, issue, change, now)
        return found

    return await office.transactions.run(unit)


class _Versions:
    """The versions of one unit, each read once."""

    def __init__(self, store: Store, workspace: WorkspaceId) -> None:
        self._store = store
        self._workspace = workspace
        self._known: dict[int, PublishedMatrix | None] = {}
        self.latest = store.matrices.latest(workspace)

    def get(self, version: int) -> PublishedMatrix | None:
        """One of them."""
        if version not in self._known:
            self._known[version] = self._store.matrices.get(self._workspace, version)
        return self._known[version]


def _in_work(store: Store, workspace: WorkspaceId) -> Iterator[Issue]:
    offset = 0
    while page := store.issues.find(workspace, IssueFilter(states=IN_WORK, limit=PAGE, offset=offset)):
        yield from page
        offset += len(page)


def _look(
    versions: _Versions, issue: Issue, now: datetime, by: str | None
) -> tuple[OpenChange | None, Change | None]:
    """What would be different, and the change that does it; nothing when nothing is."""
    latest, own = versions.latest, versions.get(issue.route.version)
    if latest is None or own is None or own.version == latest.version:
        return None, None
    try:
        change = _change(issue, own, latest, now, by)
    except FieldErrors as unknown:
        return _stays(issue, say("{why}", why=" ".join(unknown.fields.values()))), None
    except Refused as refused:
        return _stays(issue, refused.sentence), None
    if not change.events:
        return None, None
    said = load_sentence(change.events[0].text("said"))
    return OpenChange(issue.number, _title(issue), said), change


def _change(
    issue: Issue, own: PublishedMatrix, latest: PublishedMatrix, now: datetime, by: str | None
) -> Change:
    """Raises FieldErrors or Refused when the new version has no answer for the facts of this issue."""
    by_rule = own.matrix.priority_matrix.get((issue.facts.impact, issue.facts.urgency))
    chosen = issue.route.priority.key
    priority = "" if chosen == by_rule else chosen  # somebody set it by hand, so it stays
    old, new = (route_for(version, issue.facts, now, priority) for version in (own, latest))
    if replace(new, version=old.version) == old:
        return Change(issue, ())
    if issue.route.path.name != old.path.name:
        raise Refused("Somebody chose its path by hand, so it is left alone.")
    same = same_paths(own.matrix, latest.matrix).get(old.path.name) == new.path.name
    return reroute(issue, new, now, by=by, why=WHY, same_path=same)


def _stays(issue: Issue, why: Sentence) -> OpenChange:
    sentence = say("It stays on version {n}. {why}", n=issue.route.version, why=why)
    return OpenChange(issue.number, _title(issue), sentence, possible=False)


def _title(issue: Issue) -> str:
    """Whoever moves issues to another version need not be among those who may see a private one."""
    return masked(issue).facts.title if issue.private else issue.facts.title
