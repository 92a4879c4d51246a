"""What the commands share that look at the database: their options, and how they answer."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:  # the work and its libraries are loaded by the command that needs them
    from bot.desk import Desk
    from bot.report import Report

T = TypeVar("T")
NO, BAD_INPUT = 1, 2

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Sentences, or JSON for programs.",
)
WORKSPACE = click.option("--workspace", default="", help="Its id (T...), where the database has several.")


def at_desk(work: Callable[["Desk"], Awaitable[T]], workspace: str) -> T:
    """Do it with the database of the settings."""
    from bot.config import load_without_slack
    from bot.desk import open_desk

    async def whole() -> T:
        async with open_desk(load_without_slack().database_url, workspace) as desk:
            return await work(desk)

    return guarded(lambda: asyncio.run(whole()))


def guarded(work: Callable[[], T]) -> T:
    """What goes wrong is told in a sentence: 1 when somebody else was faster, 2 when the input is wrong."""
    from bot.config import ConfigError
    from bot.domain.errors import RungError
    from bot.usecases.ports import NotSaved
    from bot.usecases.publish_matrix import Overtaken

    try:
        return work()
    except (Overtaken, NotSaved) as error:
        fail(str(error), NO)
    except (RungError, ConfigError) as error:
        fail(str(error), BAD_INPUT)


def end(report: "Report", form: str) -> NoReturn:
    """Answer, with its exit code."""
    show(report, form)
    sys.exit(report.code)


def show(report: "Report", form: str, *, to_people: bool = False) -> None:
    """`to_people` = past the program that reads the answer."""
    text: Any = (
        json.dumps(report.data, indent=2, ensure_ascii=False) if form == "json" else "\n".join(report.lines)
    )
    click.echo(text, err=to_people)


def fail(why: str, code: int) -> NoReturn:
    """Say why not, past the program that reads the answer."""
    click.echo(why, err=True)
    sys.exit(code)
