"""What `rung matrix` does, beside a Rung that may be running: each command is a function that gives a report."""

from collections.abc import Awaitable, Mapping, Sequence
from pathlib import Path

from bot.adapters.charts.ladder import Form, ladder_picture
from bot.adapters.matrix_file import examine, read_matrix_file
from bot.adapters.matrix_file.source import read_bytes
from bot.adapters.system import SystemClock
from bot.desk import Desk, SlackAccess
from bot.domain.dry_run import Ladder
from bot.domain.errors import NotFound, RungError
from bot.domain.matrix.diff import diff
from bot.domain.matrix.doubts import doubts
from bot.domain.matrix.flaw import Flaw
from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.domain.when import parse_instant
from bot.matrix_report import (
    check_report,
    differences_report,
    ladder_report,
    nothing_report,
    open_issues_report,
    plan_report,
    published_report,
    versions_report,
)
from bot.report import Report
from bot.usecases import publish_matrix
from bot.usecases.apply_to_open import apply_to_open, list_changes
from bot.usecases.check_matrix import changes_ahead, flaws_by_date, flaws_in_slack
from bot.usecases.dry_run import Question, on_paper, try_document
from bot.usecases.publish_matrix import BY_COMMAND, NothingToPublish, Plan, unknown_version

FORMS: dict[str, Form] = {".png": "png", ".svg": "svg"}
KIND = ("type", "impact", "urgency", "service", "client", "channel")


async def check(file: Path, strict: bool, slack: SlackAccess | None = None) -> Report:
    """What is wrong with a file, what looks like a slip, and what schedules, calendars and dates say about it.

    With `slack` also whom it does not find there. Raises MatrixFileError when it cannot be read, RungError.
    """
    document = examine(read_bytes(file), str(file))
    flaws = await _flaws(document.matrix, slack, None) if document.matrix is not None else ()
    return check_report(file, document.matrix, document.findings(flaws), strict)


async def plan(desk: Desk, file: Path, slack: SlackAccess | None = None) -> tuple[Plan, Report]:
    """What publishing this file would change, and what `check` says. Raises MatrixFileError, RungError."""
    document = examine(read_bytes(file), str(file))
    matrix = document.sound()
    made = await publish_matrix.plan(desk.transactions, desk.workspace, matrix, document.source)
    return made, plan_report(made, file, document.findings(await _flaws(matrix, slack, desk)))


async def apply(desk: Desk, file: Path, base: int, note: str) -> Report:
    """Publish this file on version `base`. Raises MatrixFileError, Overtaken."""
    matrix, source = read_matrix_file(file)
    return await _publish(
        publish_matrix.apply(
            desk, desk.workspace, matrix, source, base_version=base, author=BY_COMMAND, note=note
        )
    )


async def roll_back(desk: Desk, version: int, note: str) -> Report:
    """Publish an old version as a new one. Raises NotFound, Overtaken."""
    latest = await _latest(desk)
    return await _publish(
        publish_matrix.roll_back(
            desk, desk.workspace, version, base_version=latest.version, author=BY_COMMAND, note=note
        )
    )


async def export(desk: Desk, version: int | None) -> bytes:
    """A version's document as it was written. Raises NotFound."""
    found = await _version(desk, version) if version is not None else await _latest(desk)
    return found.source.encode()


async def versions(desk: Desk, limit: int) -> Report:
    """What was published when and by whom, newest first."""
    return versions_report(
        await desk.transactions.read(lambda store: store.matrices.history(desk.workspace, limit))
    )


async def differences(desk: Desk | None, before: str | None, after: str | None) -> Report:
    """From one matrix to another; each is a version's number or a file, None = the version in force.

    `desk` may be None when both are files. Raises MatrixFileError, NotFound.
    """
    return differences_report(diff(await _matrix(desk, before), await _matrix(desk, after)))


async def open_issues(desk: Desk, numbers: Sequence[int]) -> Report:
    """What the version in force changes for issues in work; all of them, or those named."""
    listed = await list_changes(desk, desk.workspace)
    return open_issues_report([one for one in listed if not numbers or one.number in numbers], done=False)


async def apply_to_open_issues(desk: Desk, numbers: Sequence[int]) -> Report:
    """Do that. What cannot be done is a finding."""
    done = await apply_to_open(desk, desk.workspace, by=None, numbers=numbers or None)
    return open_issues_report(done, done=True)


async def who(desk: Desk, typed: Mapping[str, str], picture: Path | None = None) -> Report:
    """Who would be asked, and when, by the version in force; `typed` is what the options say. Raises RungError.

    It is drawn into the file `picture`, by its suffix.
    """
    published = await _latest(desk)
    question = _question(published, typed)
    return _drawn(await try_document(desk.transactions, desk.workspace, published, question), picture)


def who_by_file(file: Path, typed: Mapping[str, str], picture: Path | None = None) -> Report:
    """The same by a file that nobody has published."""
    published = PublishedMatrix(0, read_matrix_file(file)[0], "")
    return _drawn(on_paper(published, _question(published, typed)), picture)


def is_number(which: str | None) -> bool:
    """Whether this names a version, not a file."""
    return which is None or which.isdecimal()


def _question(published: PublishedMatrix, typed: Mapping[str, str]) -> Question:
    zone, now = published.matrix.workspace.timezone, SystemClock().now()
    kind = Kind(**{name: typed.get(name, "") for name in KIND})
    return Question(kind, parse_instant(typed.get("at") or "now", now, zone), typed.get("priority", ""))


def _drawn(ladder: Ladder, picture: Path | None) -> Report:
    if picture is None:
        return ladder_report(ladder)
    form = FORMS.get(picture.suffix.lower())
    if form is None:
        raise RungError(f"{picture} is no picture. End its name in {' or '.join(FORMS)}.")
    try:
        picture.write_bytes(ladder_picture(ladder, form=form))
    except OSError as error:
        raise RungError(f"{picture} cannot be written: {error.strerror}.") from error
    return ladder_report(ladder, picture)


async def _flaws(matrix: Matrix, slack: SlackAccess | None, desk: Desk | None) -> tuple[Flaw, ...]:
    """Of the matrix itself and of the world around it, with the changes of on-call that `desk` knows."""
    clock = SystemClock()
    now = clock.now()
    changes = await changes_ahead(desk.transactions, desk.workspace, now) if desk is not None else ()
    if slack is None:
        return (*doubts(matrix), *flaws_by_date(matrix, now, changes))
    from bot.adapters.slack.beside import visit  # takes time and memory: only where Slack is asked

    async with visit(slack.token, base_url=slack.url, clock=clock) as there:
        directory, workspace = there.directory, there.workspace
        if desk is not None and workspace.id != desk.workspace:
            raise RungError(
                f"The token is of {workspace.name} ({workspace.id}), but the matrix is that of {desk.workspace}. Set "
                "SLACK_BOT_TOKEN to the other one, or leave --slack out."
            )
        return (*doubts(matrix), *await flaws_in_slack(directory, workspace.id, matrix, now, changes))


async def _latest(desk: Desk) -> PublishedMatrix:
    found = await desk.transactions.read(lambda store: store.matrices.latest(desk.workspace))
    if found is None:
        raise NotFound("No matrix is published yet. To publish one: rung matrix apply FILE")
    return found


async def _version(desk: Desk, version: int) -> PublishedMatrix:
    found = await desk.transactions.read(lambda store: store.matrices.get(desk.workspace, version))
    if found is None:
        raise unknown_version(version)
    return found


async def _matrix(desk: Desk | None, which: str | None) -> Matrix:
    if which is not None and not is_number(which):
        return read_matrix_file(which)[0]
    if desk is None:
        raise NotFound("A version is in the database; only files can be compared without it.")
    found = await _latest(desk) if which is None else await _version(desk, int(which))
    return found.matrix


async def _publish(work: Awaitable[PublishedMatrix]) -> Report:
    try:
        return published_report(await work)
    except NothingToPublish as nothing:
        return nothing_report(nothing.version)
