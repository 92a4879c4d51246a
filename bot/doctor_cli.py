"""`rung doctor`: words for people, exit codes for programs, no logic."""

import asyncio

import click

from bot import log
from bot.desk_cli import end


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor(as_json: bool) -> None:
    """Look at everything, change nothing: one line per check with what to do next.

    ok, attention, broken, or not checked because something else has to work first. Exit code 0: all is well; 1:
    something needs attention or could not be checked; 2: something is broken.
    """
    from bot.config import ConfigError, load_without_slack
    from bot.doctor import examine, unreadable

    log.set_up("ERROR", "text")
    try:
        report = asyncio.run(examine(load_without_slack()))
    except ConfigError as error:
        report = unreadable(error)
    end(report, "json" if as_json else "text")
