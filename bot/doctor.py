"""`rung doctor`: everything an operator wants to know when something is wrong, or before going live.

Each part is looked at as far as the parts below it work; what could not be looked at is said.
"""

import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from bot.adapters.matrix_file import read_matrix_file
from bot.adapters.slack.beside import Visit, visit
from bot.adapters.slack.check_app import look_at_scopes, look_at_secret, look_at_socket
from bot.adapters.system import SystemClock
from bot.config import ConfigError, Settings, own_address, problems
from bot.desk import Desk, open_desk
from bot.domain.checks import Check, attention, broken, exit_code, ok, summary, unchecked
from bot.domain.errors import RungError
from bot.domain.matrix.model import PublishedMatrix
from bot.report import Report
from bot.usecases.checkup import look_at_rows
from bot.usecases.checkup_matrix import look_at_matrix
from bot.usecases.outside import Clock, Directory
from bot.usecases.ports import NotSaved, Transactions
from bot.usecases.publish_matrix import PublishedMatrices

LATE = 30.0
"""Seconds after which a loop should have ended a pass."""
PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Practice:
    """What looking people up needs."""

    directory: Directory
    transactions: Transactions
    clock: Clock
    matrix: PublishedMatrices


async def examine(settings: Settings) -> Report:
    """All checks, one line each. Never fails, never changes anything, and no line has a secret in it."""
    return _report([one async for one in _checks(settings)])


def unreadable(error: ConfigError) -> Report:
    """When there are no settings to look at anything with."""
    return _report([broken("settings", line) for line in str(error).splitlines()])


def _report(checks: Sequence[Check]) -> Report:
    lines = [*(one.line for one in checks), summary(checks) + "."]
    data = [
        {"check": one.name, "verdict": str(one.verdict), "said": one.said, "to_do": one.to_do}
        for one in checks
    ]
    return Report(tuple(lines), data, exit_code(checks))


async def _checks(settings: Settings) -> AsyncIterator[Check]:
    missing = problems(settings)
    for one in missing:
        yield broken("settings", one)
    if not missing:
        mode = "Socket Mode" if settings.socket_mode else "HTTP mode"
        yield ok("settings", f"they can be read; {mode}.")
    yield look_at_running(settings)
    async with AsyncExitStack() as stack:
        desk, database = await _database(stack, settings)
        yield database
        slack, there = await _slack(stack, settings)
        yield there
        if desk is not None and slack is not None and desk.workspace != slack.workspace.id:
            told = f"The database is that of {desk.workspace}."
            yield broken("Slack", told, "Set DATABASE_URL or SLACK_BOT_TOKEN.")
            slack = None
        for part in (_app(settings, slack), _rows(desk), _matrix(settings, desk, slack)):
            async for check in part:
                yield check


async def _database(stack: AsyncExitStack, settings: Settings) -> tuple[Desk | None, Check]:
    try:
        desk = await stack.enter_async_context(open_desk(settings.database_url))
    except RungError as error:
        return None, broken("database", str(error))
    return desk, ok("database", "it can be read, and its tables are those of this version.")


async def _slack(stack: AsyncExitStack, settings: Settings) -> tuple[Visit | None, Check]:
    if not settings.slack_bot_token.get_secret_value():
        return None, unchecked("Slack", "SLACK_BOT_TOKEN is not set.")
    try:
        slack = await stack.enter_async_context(_visit(settings))
    except RungError as error:
        return None, broken("Slack", str(error))
    whose = f"{slack.workspace.name} ({slack.workspace.id})"
    return slack, ok("Slack", f"it accepts the bot token, of {whose}.")


def _visit(settings: Settings) -> AbstractAsyncContextManager[Visit]:
    token = settings.slack_bot_token.get_secret_value()
    return visit(token, base_url=settings.slack_api_url, clock=SystemClock())


async def _app(settings: Settings, slack: Visit | None) -> AsyncIterator[Check]:
    secret = settings.slack_signing_secret.get_secret_value()
    if not settings.socket_mode and secret:
        yield look_at_secret(secret)
    if slack is None:
        for name in ("scopes", *(["Socket Mode"] if settings.socket_mode else [])):
            yield unchecked(name, "Slack could not be asked.")
        return
    for check in look_at_scopes(slack.connection.scopes):
        yield check
    if settings.socket_mode:
        yield await look_at_socket(slack.connection, settings.slack_app_token.get_secret_value())


async def _rows(desk: Desk | None) -> AsyncIterator[Check]:
    if desk is None:
        yield unchecked("issues, messages and timers", "The database could not be read.")
        return
    try:
        for check in await look_at_rows(desk.transactions, desk.workspace, desk.clock.now()):
            yield check
    except (RungError, NotSaved) as error:
        yield broken("issues, messages and timers", str(error))


async def _matrix(settings: Settings, desk: Desk | None, slack: Visit | None) -> AsyncIterator[Check]:
    try:
        published = await _in_force(desk) or _on_file(settings)
        if published is None:
            yield broken(
                "matrix", "None is published.", "Set RUNG_MATRIX, or publish one: rung matrix apply FILE."
            )
        elif desk is None or slack is None:
            missing = "the database" if desk is None else "Slack"
            yield unchecked(
                "matrix, channels and last resort",
                f"They need {missing}. A file alone: rung matrix check FILE.",
            )
        else:
            for check in await _with_slack(desk, slack, published):
                yield check
    except (RungError, NotSaved) as error:
        yield broken("matrix", str(error))


async def _with_slack(desk: Desk, slack: Visit, published: PublishedMatrix) -> list[Check]:
    held = PublishedMatrices()
    held.hold(desk.workspace, published)
    practice = Practice(slack.directory, desk.transactions, desk.clock, held)
    return await look_at_matrix(practice, desk.workspace, published)


async def _in_force(desk: Desk | None) -> PublishedMatrix | None:
    if desk is None:
        return None
    return await desk.transactions.read(lambda store: store.matrices.latest(desk.workspace))


def _on_file(settings: Settings) -> PublishedMatrix | None:
    """What a first start would publish."""
    if settings.rung_matrix is None:
        return None
    return PublishedMatrix(0, *read_matrix_file(settings.rung_matrix))


def look_at_running(settings: Settings) -> Check:
    """What the Rung of these settings says of itself, where it serves health."""
    name = "running Rung"
    if not settings.http_port:
        return unchecked(name, "HTTP_PORT is 0, so it cannot be asked how its loops are.")
    address = own_address(settings)
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE) as answer:  # noqa: S310 - our own address
            return _loops(name, json.load(answer))
    except urllib.error.HTTPError as error:
        return broken(name, _not_ready(error))
    except (ValueError, HTTPException):
        return _stranger(name)
    except OSError:
        return attention(
            name,
            f"nothing answers at {address} on this machine.",
            "Start it, or look at it with rung health --url.",
        )


def _not_ready(error: urllib.error.HTTPError) -> str:
    try:
        return f"it is not ready. {' '.join(json.load(error)['problems'])}"
    except (ValueError, LookupError, TypeError):
        return f"it answers {error.code} at /readyz, as no Rung does. Is HTTP_PORT used by something else?"


def _stranger(name: str) -> Check:
    return attention(
        name, "something answers at its port that is no Rung of this version.", "Look at HTTP_PORT."
    )


def _loops(name: str, health: Any) -> Check:
    loops = health.get("loops") if isinstance(health, dict) else None
    if not isinstance(loops, dict) or not loops:
        return _stranger(name)
    told = f"Slack is {health.get('slack')}; " + ", ".join(
        f"{loop} passed {seconds} s ago" for loop, seconds in loops.items()
    )
    late = [loop for loop, seconds in loops.items() if seconds > LATE]
    if late:
        return broken(
            name, f"{told}.", f"{' and '.join(late)} stands still: look at the log, and start it again."
        )
    reduced = health.get("reduced") or []
    return attention(name, f"{told}. {' '.join(reduced)}") if reduced else ok(name, f"{told}.")
