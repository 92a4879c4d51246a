"""`rung matrix`: words for people, exit codes for programs, no logic. 0 = fine, 1 = differences, 2 = input."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.desk_cli import BAD_INPUT, FORMAT, NO, WORKSPACE, at_desk, end, fail, guarded, show

if TYPE_CHECKING:  # the work and its libraries are loaded by the command that needs them
    from bot.desk import SlackAccess

FILE = click.argument("file", type=click.Path(path_type=Path))
NOTE = click.option("--note", default="", help="Why; kept with the version.")
SLACK = click.option(
    "--slack", is_flag=True, help="Look everybody up in Slack, too, with SLACK_BOT_TOKEN of the settings."
)
YES = click.option("--yes", is_flag=True, help="Do not ask before publishing.")


FACTS = ("type", "impact", "urgency", "service", "client", "channel", "priority")


def _facts(command: Callable[..., None]) -> Callable[..., None]:
    """One option for each fact of an issue that the matrix decides by."""
    for fact in reversed(FACTS):
        command = click.option(f"--{fact}", default="", help=f"Its {fact}, by its key in the matrix.")(
            command
        )
    return command


@click.group()
def matrix() -> None:
    """The escalation matrix: check, plan and publish it, and look at its versions.

    Versions are in the database of DATABASE_URL; Rung may be running on it. Slack is asked only with --slack.
    """


@matrix.command()
@FILE
@FORMAT
@click.option("--strict", is_flag=True, help="What looks like a slip is wrong, too.")
@SLACK
def check(file: Path, form: str, strict: bool, slack: bool) -> None:
    """Read a matrix file and say what is wrong with it, by line.

    Also when nobody is on call in the next 30 days, and which dates have passed; with --slack also who has left, which
    groups are empty, and where Rung is not a member. No database is needed.
    """
    from bot import matrix_desk

    end(guarded(lambda: asyncio.run(matrix_desk.check(file, strict, _access(slack)))), form)


@matrix.command()
@FILE
@FORMAT
@WORKSPACE
@SLACK
def plan(file: Path, form: str, workspace: str, slack: bool) -> None:
    """Say what publishing this file would change, and for whom; and what `check` says about it."""
    from bot import matrix_desk

    _, report = at_desk(lambda desk: matrix_desk.plan(desk, file, _access(slack)), workspace)
    end(report, form)


@matrix.command()
@FILE
@NOTE
@YES
@click.option(
    "--base", type=int, help="The version that you planned on; refused when it is in force no more."
)
@FORMAT
@WORKSPACE
@SLACK
def apply(file: Path, note: str, yes: bool, base: int | None, form: str, workspace: str, slack: bool) -> None:
    """Publish this file as the next version."""
    from bot import matrix_desk

    planned, report = at_desk(lambda desk: matrix_desk.plan(desk, file, _access(slack)), workspace)
    if yes:
        click.echo("".join(f"{one}\n" for one in report.notes), err=True, nl=False)
    elif not planned.nothing:
        show(report, "text", to_people=form == "json")
        _confirm("Publish it?")
    on = planned.base if base is None else base
    end(at_desk(lambda desk: matrix_desk.apply(desk, file, on, note), workspace), form)


@matrix.command()
@click.argument("version", type=int)
@NOTE
@YES
@FORMAT
@WORKSPACE
def rollback(version: int, note: str, yes: bool, form: str, workspace: str) -> None:
    """Publish an old version again, as a new one."""
    from bot import matrix_desk

    report = at_desk(lambda desk: matrix_desk.differences(desk, None, str(version)), workspace)
    if not yes:
        show(report, "text", to_people=form == "json")
        _confirm(f"Go back to version {version}?")
    end(at_desk(lambda desk: matrix_desk.roll_back(desk, version, note), workspace), form)


@matrix.command()
@click.option("--version", type=int, help="Its number; the one in force if left out.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; standard output if left out.")
@WORKSPACE
def export(version: int | None, output: Path | None, workspace: str) -> None:
    """Write a version as it was written, sign by sign."""
    from bot import matrix_desk

    document = at_desk(lambda desk: matrix_desk.export(desk, version), workspace)
    if output is None:
        sys.stdout.buffer.write(document)
        return
    try:
        output.write_bytes(document)
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror}.", BAD_INPUT)


@matrix.command()
@click.option("--limit", type=int, default=50, show_default=True, help="How many, newest first.")
@FORMAT
@WORKSPACE
def versions(limit: int, form: str, workspace: str) -> None:
    """List what was published when, by whom and why."""
    from bot import matrix_desk

    end(at_desk(lambda desk: matrix_desk.versions(desk, limit), workspace), form)


@matrix.command()
@click.argument("before")
@click.argument("after", required=False)
@FORMAT
@WORKSPACE
def diff(before: str, after: str | None, form: str, workspace: str) -> None:
    """Say what changes from BEFORE to AFTER: numbers of versions, or files. Without AFTER: the version in force."""
    from bot import matrix_desk

    if matrix_desk.is_number(before) or matrix_desk.is_number(after):
        end(at_desk(lambda desk: matrix_desk.differences(desk, before, after), workspace), form)
    end(guarded(lambda: asyncio.run(matrix_desk.differences(None, before, after))), form)


@matrix.command()
def schema() -> None:
    """Print the JSON Schema of a matrix file, for editors that complete and check while one types."""
    from bot.adapters.matrix_file.json_schema import document_schema

    click.echo(json.dumps(document_schema(), indent=2, ensure_ascii=False))


@matrix.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--at", default="now", show_default=True, help="When it comes, for example: sunday 03:00")
@_facts
@click.option(
    "--picture", type=click.Path(path_type=Path), help="Draw it, too: a file that ends in .png or .svg."
)
@FORMAT
@WORKSPACE
def who(file: Path | None, picture: Path | None, form: str, workspace: str, **typed: str) -> None:
    """Say who would be asked, and when, if such an issue came: by FILE, or by the version in force.

    By a FILE, schedules count as they are written; by the version in force, with what people changed about them.
    """
    from bot import matrix_desk

    if file is not None:
        end(guarded(lambda: matrix_desk.who_by_file(file, typed, picture)), form)
    end(at_desk(lambda desk: matrix_desk.who(desk, typed, picture), workspace), form)


@matrix.command("open-issues")
@click.argument("issues", nargs=-1)
@click.option("--apply", "do", is_flag=True, help="Do it.")
@FORMAT
@WORKSPACE
def open_issues(issues: tuple[str, ...], do: bool, form: str, workspace: str) -> None:
    """List what the version in force changes for open issues, which keep the version they were raised under.

    Name ISSUES (ISS-4 ISS-7) to see, or with --apply change, only those.
    """
    from bot import matrix_desk

    numbers = [_number(one) for one in issues]
    work = matrix_desk.apply_to_open_issues if do else matrix_desk.open_issues
    end(at_desk(lambda desk: work(desk, numbers), workspace), form)


def _access(wanted: bool) -> "SlackAccess | None":
    """How to ask Slack, where it is wanted. Raises ConfigError."""
    if not wanted:
        return None
    from bot.config import bot_token, load_without_slack
    from bot.desk import SlackAccess

    settings = load_without_slack()
    return SlackAccess(settings.slack_api_url, bot_token(settings))


def _number(issue: str) -> int:
    from bot.domain.ids import parse_issue_number

    number = parse_issue_number(issue)
    if number is None:
        fail(f"{issue} is not an issue. Write for example ISS-4.", BAD_INPUT)
    return number


def _confirm(question: str) -> None:
    if not click.confirm(question, err=True):
        fail("Nothing was published.", NO)
