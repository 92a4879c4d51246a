"""Storing a matrix: what a new version would change, and the version itself, whole or not at all."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import NotFound, Refused
from bot.domain.ids import WorkspaceId
from bot.domain.lifecycle import IN_WORK
from bot.domain.matrix.diff import Difference, diff
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.domain.matrix_news import news
from bot.domain.words import NOTHING, At, Person, Sentence, listed, say
from bot.usecases.outside import Clock
from bot.usecases.ports import Store, Transactions
from bot.usecases.rows import IssueFilter, VersionInfo
from bot.usecases.services import Storing

BY_FILE = "file"
"""The author of what was published from RUNG_MATRIX at start."""
BY_COMMAND = ""
"""The author of what was published from the command line."""
MOST_NAMED = 3
_EVERY_VERSION = 10**6

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing a document would do. `base` is the version in force (0 = none): give it to `apply`.

    `new_text` = the document is written differently, whatever it means. `warnings` are about the change; what looks
    like a slip in the document itself is told by reading it.
    """

    base: int
    differences: tuple[Difference, ...]
    warnings: tuple[Sentence, ...]
    new_text: bool

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to publish."""
        return not self.differences and not self.new_text


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document on its way to be a version."""

    matrix: Matrix
    source: str
    author: str
    note: str

    def is_in(self, version: PublishedMatrix) -> bool:
        """Whether this version is the very same document, and reads the same."""
        return (version.source, version.matrix) == (self.source, self.matrix)


class Overtaken(Refused):
    """Somebody published since. Nothing is lost: make the same change on `latest`, then publish that."""

    def __init__(self, base: int, latest: PublishedMatrix, since: Sequence[VersionInfo]) -> None:
        self.base = base
        self.latest = latest
        self.since = tuple(since)
        """What was published after `base`, newest first."""
        super().__init__(_overtaken(base, latest, self.since))


class NothingToPublish(Refused):
    """The document in force is this very one."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(
            say("There is nothing to publish: version {n}, which is in force, says the same.", n=version)
        )


class PublishedMatrices:
    """The port MatrixHolder: what is in force, per workspace, so that forms need no database."""

    def __init__(self) -> None:
        self._current: dict[WorkspaceId, PublishedMatrix] = {}

    def current(self, workspace: WorkspaceId) -> PublishedMatrix | None:
        """The one in force as far as known."""
        return self._current.get(workspace)

    def hold(self, workspace: WorkspaceId, published: PublishedMatrix) -> None:
        """Take a version into memory."""
        self._current[workspace] = published


async def plan(transactions: Transactions, workspace: WorkspaceId, matrix: Matrix, source: str) -> Plan:
    """What publishing this document would change now, in words. Nothing is stored."""

    def unit(store: Store) -> Plan:
        latest = store.matrices.latest(workspace)
        if latest is None:
            return Plan(0, diff(None, matrix), (), True)
        differences = diff(latest.matrix, matrix)
        warnings = _warnings(store, workspace) if differences else ()
        return Plan(latest.version, differences, warnings, source != latest.source)

    return await transactions.read(unit)


async def apply(
    office: Storing,
    workspace: WorkspaceId,
    matrix: Matrix,
    source: str,
    *,
    base_version: int,
    author: str,
    note: str = "",
    budget: timedelta | None = None,
) -> PublishedMatrix:
    """Publish the document as the version after `base_version`; the news for the issue channel goes with it.

    `source` is the document as it was written, `author` a user id. Storing the same document again is the same
    publication. Raises Overtaken, NothingToPublish; with `budget` also NotSaved and OutcomeUnknown.
    """
    now = office.clock.now()
    draft = _Draft(matrix, source, author, note)

    def unit(store: Store) -> PublishedMatrix:
        latest = store.matrices.latest(workspace)
        if latest is None:
            return _publish(store, workspace, None, draft, now)
        if latest.version != base_version and not draft.is_in(latest):
            raise Overtaken(base_version, latest, _since(store, workspace, base_version))
        if latest.version != base_version:
            return latest
        if draft.is_in(latest):
            raise NothingToPublish(latest.version)
        return _publish(store, workspace, latest, draft, now)

    published = await office.transactions.run(unit, budget=budget)
    office.bell.ring()
    return published


async def roll_back(
    office: Storing,
    workspace: WorkspaceId,
    version: int,
    *,
    base_version: int,
    author: str,
    note: str = "",
    budget: timedelta | None = None,
) -> PublishedMatrix:
    """Publish an old version once more, as a new one: history is never rewritten. Raises NotFound, and as `apply`."""
    old = await office.transactions.read(lambda store: store.matrices.get(workspace, version))
    if old is None:
        raise unknown_version(version)
    return await apply(
        office,
        workspace,
        old.matrix,
        old.source,
        base_version=base_version,
        author=author,
        note=note or f"back to version {version}",
        budget=budget,
    )


async def publish_at_start(
    transactions: Transactions, clock: Clock, workspace: WorkspaceId, matrix: Matrix, source: str
) -> PublishedMatrix:
    """The version in force after looking at the file: published when the file changed since it was published last.

    A file that did not change never takes back what was published later, in Slack or by command.
    """
    now = clock.now()

    def unit(store: Store) -> PublishedMatrix:
        latest = store.matrices.latest(workspace)
        if latest is not None and latest.source == source:
            if latest.matrix == matrix:
                return latest
            note = "the same file, read anew"
        elif latest is not None and _known_file(store, workspace, source):
            return latest
        else:
            note = "published at start"
        return _publish(store, workspace, latest, _Draft(matrix, source, BY_FILE, note), now)

    published = await transactions.run(unit)
    if published.source != source:
        _log.info(
            "The matrix file has not changed since it was in force; version %d is newer and stays. To use the file: "
            "rung matrix apply FILE",
            published.version,
            extra={"action": "matrix"},
        )
    return published


async def refresh(transactions: Transactions, held: PublishedMatrices, workspace: WorkspaceId) -> None:
    """Look whether a newer version was published elsewhere: by another replica, or from the command line."""
    latest = await transactions.read(lambda store: store.matrices.latest(workspace))
    if latest is not None:
        held.hold(workspace, latest)


def author_name(author: str) -> Sentence:
    """Who published a version."""
    if author == BY_FILE:
        return say("the matrix file")
    return say("the command line") if author == BY_COMMAND else say("{who}", who=Person(author))


def unknown_version(version: int) -> NotFound:
    """There is no such version here."""
    return NotFound(
        say("There is no version {n} of the matrix. The list of versions shows those there are.", n=version)
    )


def _publish(
    store: Store, workspace: WorkspaceId, latest: PublishedMatrix | None, draft: _Draft, now: datetime
) -> PublishedMatrix:
    """The version and its news, in the caller's transaction. The first version is no news to anybody."""
    version = latest.version + 1 if latest is not None else 1
    published = PublishedMatrix(version, draft.matrix, draft.source)
    store.matrices.publish(workspace, published, draft.author, draft.note, now)
    differences = diff(latest.matrix, draft.matrix) if latest is not None else ()
    if differences:
        person = draft.author not in (BY_FILE, BY_COMMAND)
        who = author_name(draft.author) if person else NOTHING
        store.outbox.put(workspace, None, [news(published, differences, who)], now)
    return published


def _known_file(store: Store, workspace: WorkspaceId, source: str) -> bool:
    """Whether this text was in force at or after the last time that the file was published."""
    for info in store.matrices.history(workspace, _EVERY_VERSION):
        version = store.matrices.get(workspace, info.version)
        if version is not None and version.source == source:
            return True
        if info.author == BY_FILE:
            return False
    return False


def _since(store: Store, workspace: WorkspaceId, base: int) -> list[VersionInfo]:
    return [one for one in store.matrices.history(workspace) if one.version > base]


def _warnings(store: Store, workspace: WorkspaceId) -> tuple[Sentence, ...]:
    open_now = store.issues.count(workspace, IssueFilter(states=IN_WORK))
    if not open_now:
        return ()
    many = "1 open issue keeps its" if open_now == 1 else f"{open_now} open issues keep their"
    return (say("{many} present path and times until the new version is applied to open issues.", many=many),)


def _overtaken(base: int, latest: PublishedMatrix, since: Sequence[VersionInfo]) -> Sentence:
    named = [
        say(
            "{who} (version {n}, {when})",
            who=author_name(one.author),
            n=one.version,
            when=At(one.published_at, "day"),
        )
        for one in since[:MOST_NAMED]
    ]
    if len(since) > MOST_NAMED:
        named.append(say("{n} more", n=len(since) - MOST_NAMED))
    by = say(", by {who}", who=listed(named)) if named else NOTHING
    return say(
        "You began with version {base}, and by now version {n} is in force{by}. Nothing of yours is lost: look at what "
        "changed since, then publish again.",
        base=base,
        n=latest.version,
        by=by,
    )
