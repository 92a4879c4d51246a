"""`rung demo`: the same program against a local Slack, with a small organisation to play with.

Its own matrix has levels of seconds. Another example is played by people made up from its matrix, in faster time.
"""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from bot.adapters.matrix_file import read_matrix_file
from bot.adapters.matrix_file.cast import Member, cast_of
from bot.adapters.matrix_file.pace import faster
from bot.adapters.slack.manifest import manifest
from bot.app import Program
from bot.config import Settings
from bot.domain.contacts import Contact
from bot.domain.matrix.model import Matrix
from bot.sandbox.config import ChannelSpec, GroupSpec, Person, SandboxConfig
from bot.sandbox.server import Sandbox

BOT_TOKEN, APP_TOKEN = "xoxb-sandbox", "xapp-sandbox"

PEOPLE = (
    Person("ann", "Ann Berg", title="Agent, contact centre", email="ann@example.com"),
    Person("maya", "Maya Lind", title="Team lead", email="maya@example.com"),
    Person("lena", "Lena Vogt", title="Team lead", email="lena@example.com"),
    Person("paul", "Paul Reed", title="Payments engineer", email="paul@example.com"),
    Person("omar", "Omar Haddad", title="Operations manager", email="omar@example.com"),
    Person("dina", "Dina Costa", title="Director", email="dina@example.com", is_admin=True),
    Person("rita", "Rita Sand", title="Customer success (requester)", email="rita@example.com"),
)
EVERYBODY = tuple(person.handle for person in PEOPLE)
RAISERS = (
    Person("ann", "Ann Berg", title="Raises issues", email="ann@example.com"),
    Person("rita", "Rita Sand", title="Whom issues are about", email="rita@example.com"),
)
"""Who raises issues in every example, and whom they are about."""
DEMO = "demo"
WELCOME = {
    "title": "Watch an issue climb the ladder",
    "steps": [
        "You are Ann, an agent. Type /issue Checkout is down in #issues, fill in the form and raise it.",
        "Switch to Maya, the team lead: she was asked by direct message and has 30 seconds.",
        "Take it, decline it, or do nothing and watch Omar and then Dina being asked.",
        "Whoever takes it updates Rita and resolves it; Rita confirms, or says that it is not solved.",
    ],
}


def sandbox_config(request_url: str | None = None) -> SandboxConfig:
    """Northwind, a small contact centre; Rung is in its channels."""
    return SandboxConfig(
        people=list(PEOPLE),
        channels=[
            ChannelSpec("issues", members=EVERYBODY),
            ChannelSpec("care", members=EVERYBODY),
            ChannelSpec("ops-desk", members=("omar", "dina")),
            ChannelSpec("escalations", members=("omar", "dina", "maya")),
        ],
        groups=[GroupSpec("ops-managers", members=("omar",))],
        personas=list(EVERYBODY),
        manifest=_manifest(request_url),
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        request_url=request_url,
        welcome=WELCOME,
    )


def settings_for(sandbox: Sandbox, database: Path, matrix: Path, http_port: int = 0) -> Settings:
    """The bot's settings against this sandbox; nothing is taken from the environment.

    With an `http_port`, calendars and pages for clients are served there, for this machine only."""
    return Settings.model_construct(
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_app_token=SecretStr(APP_TOKEN),
        slack_signing_secret=SecretStr(""),
        slack_api_url=sandbox.api_url,
        database_url=f"sqlite:///{database}",
        rung_matrix=matrix,
        rung_command="/issue",
        http_host="127.0.0.1",
        http_port=http_port,
        rung_public_url=f"http://127.0.0.1:{http_port}" if http_port else "",
        log_level="WARNING",
        log_format="text",
    )


def free_port() -> int:
    """One that nobody on this machine listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def example_matrix(name: str = DEMO) -> Path:
    """The file of an example matrix that ships with Rung."""
    return Path(str(files("bot") / "examples" / f"{name}.yaml"))


def examples() -> list[str]:
    """Their names, the demo's own first."""
    names = (one.name.removesuffix(".yaml") for one in (files("bot") / "examples").iterdir())
    return sorted(names, key=lambda name: (name != DEMO, name))


def staged(name: str, speed: int, folder: Path) -> tuple[SandboxConfig, Path]:
    """The organisation of an example, and its matrix as a file of `folder`; `speed` 0 = so that one can watch it."""
    matrix, source = read_matrix_file(example_matrix(name))
    played = folder / f"{name}.yaml"
    played.write_text(faster(source, matrix, speed), encoding="utf-8")
    return sandbox_config() if name == DEMO else organisation_of(matrix), played


def organisation_of(matrix: Matrix) -> SandboxConfig:
    """Everybody and every place the matrix names, and two who raise issues. Who owns the last path is an admin."""
    cast = cast_of(matrix)
    owner = matrix.paths[-1].owner
    taken = {person.handle for person in RAISERS}
    people = [*RAISERS, *(_person(one, owner) for one in cast.members if one.handle not in taken)]
    everybody = tuple(person.handle for person in people)
    channel = matrix.workspace.issue_channel
    return replace(
        sandbox_config(),
        people=people,
        channels=[ChannelSpec(name, members=members or everybody) for name, members in cast.channels.items()],
        groups=[GroupSpec(name, members=members) for name, members in cast.groups.items()],
        personas=list(everybody),
        welcome={
            "title": "Play a whole matrix",
            "steps": [
                f"You are Ann. Type /issue and what is wrong in {channel}, fill in the form and raise it.",
                "The card says who is asked and until when; the first level of each path has half a minute or so.",
                "Switch to them and take it, decline it, or watch the next level being asked.",
                "Type /matrix to see the ladders and /oncall to see who is on call now.",
            ],
        },
    )


def _person(one: Member, admin: Contact | None) -> Person:
    is_admin = admin is not None and admin.value in (one.email, one.handle, one.id)
    return Person(one.handle, one.name, title=one.title, email=one.email, is_admin=is_admin, id=one.id)


async def play(port: int, say: Callable[[str], None], example: str = DEMO, speed: int = 0) -> None:
    """Run the demo until a signal. `say` prints for people."""
    stop = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="rung-demo-")))
        config, matrix = staged(example, speed, folder)
        sandbox = Sandbox(config)
        await sandbox.start(port=port)
        stack.push_async_callback(sandbox.stop)
        settings = settings_for(sandbox, folder / "demo.db", matrix, free_port())
        await stack.enter_async_context(Program(settings))
        await sandbox.connected()
        logging.getLogger(__name__).debug("demo is up")
        say(
            f"Rung is ready to play with: {sandbox.page_url}\nPress Ctrl+C to end it; the demo keeps nothing."
        )
        await stop.wait()


def _manifest(request_url: str | None) -> dict[str, Any]:
    return manifest(http_url=request_url or "")
