"""The `rung` command: words for people, exit codes for programs, no logic. 0 = fine, 1 = no, 2 = settings or input."""

import asyncio
import sys
import urllib.error
import urllib.request
from typing import Any, NoReturn

import click
import uvloop

from bot import __version__, log
from bot.config import ConfigError, load, own_address
from bot.doctor_cli import doctor
from bot.matrix_cli import matrix
from bot.outbox_cli import outbox

BAD_SETTINGS = 2
BROKEN = 70
"""Whoever runs us starts us again (sysexits.h: EX_SOFTWARE)."""


@click.group()
@click.version_option(__version__, prog_name="rung")
def main() -> None:
    """Rung: issue and escalation management in Slack."""


@main.command()
def run() -> None:
    """Run the bot with the settings of the environment (or .env)."""
    try:
        settings = load()
    except ConfigError as error:
        _fail(str(error))
    log.set_up(settings.log_level, settings.log_format)

    from bot.adapters.http.port import PortTaken
    from bot.adapters.slack.client import BadToken
    from bot.app import Broken, Program
    from bot.domain.errors import RungError

    try:
        _run(Program(settings).run())
    except (BadToken, PortTaken, RungError) as error:
        _fail(str(error))
    except Broken as error:
        _fail(str(error), BROKEN)


@main.command()
@click.option(
    "--port", default=8010, show_default=True, help="Where the page is served; 0 takes a free port."
)
@click.option(
    "--example",
    default="demo",
    show_default=True,
    help="The matrix to play: demo, contact-centre, it-service-desk or hospital-ward.",
)
@click.option(
    "--speed",
    default=0,
    show_default="so that the first levels last seconds",
    type=click.IntRange(min=0),
    help="How many times as fast the timers run.",
)
def demo(port: int, example: str, speed: int) -> None:
    """Play with Rung in a browser; no Slack needed, nothing is kept."""
    from bot.demo import examples, play

    if example not in examples():
        _fail(f"There is no example {example}. Use one of: {', '.join(examples())}.")
    log.set_up("WARNING", "text")
    click.echo("Starting a small Slack of our own, and Rung in it ...")
    try:
        _run(play(port, click.echo, example, speed))
    except OSError as error:
        _fail(f"The page cannot be served at port {port}: {error.strerror or error}. Try: rung demo --port 0")


@main.command()
@click.option("--url", default="", help="Another address than the one of the settings.")
def health(url: str) -> None:
    """Ask a running bot whether it is ready; exit code 0 or 1."""
    try:
        address = url or own_address(load())
        with urllib.request.urlopen(f"{address}/readyz", timeout=3) as answer:  # noqa: S310 - our own address
            click.echo(answer.read().decode())
    except ConfigError as error:
        _fail(str(error))
    except urllib.error.HTTPError as error:
        click.echo(error.read().decode())
        sys.exit(1)
    except (OSError, ValueError) as error:
        click.echo(f"No answer from {address}: {error}", err=True)
        sys.exit(1)


@main.command()
@click.option(
    "--http-url", default="", help="https://HOST/slack/events for HTTP mode; without it: Socket Mode."
)
@click.option("--command", default="/issue", show_default=True, help="The slash command.")
@click.option("--oncall-command", default="/oncall", show_default=True, help="Short for COMMAND oncall.")
@click.option("--matrix-command", default="/matrix", show_default=True, help="Short for COMMAND matrix.")
def manifest(http_url: str, command: str, oncall_command: str, matrix_command: str) -> None:
    """Print the Slack app manifest."""
    from bot.adapters.slack.manifest import manifest as make
    from bot.manifest_file import as_yaml

    named = {oncall_command: "oncall", matrix_command: "matrix"}
    aliases = {name: word for name, word in named.items() if name}
    click.echo(as_yaml(make(command, http_url, aliases)), nl=False)


main.add_command(doctor)
main.add_command(matrix)
main.add_command(outbox)


def _run(work: Any) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def _fail(why: str, code: int = BAD_SETTINGS) -> NoReturn:
    click.echo(why, err=True)
    sys.exit(code)
