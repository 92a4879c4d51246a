"""A folder with settings that work, and the `rung` command in it: as a process of its own, or inside this one."""

import asyncio
import os
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from bot.config import Settings
from bot.demo import APP_TOKEN, BOT_TOKEN, example_matrix
from bot.sandbox.server import Sandbox

PATIENCE = 30.0


@dataclass(frozen=True)
class Ended:
    """How the command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Machine:
    """A folder, and the settings of a Rung that would work in it."""

    folder: Path
    settings: dict[str, str]

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "rung.db"

    async def start(self, *words: str, **settings: str) -> asyncio.subprocess.Process:
        """`rung WORDS` as a process, with some settings changed."""
        bare = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error::ResourceWarning"}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=self.folder,
            env={**bare, **self.settings, **settings},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def rung(self, *words: str, **settings: str) -> Ended:
        """The same, to its end."""
        return await ended(await self.start(*words, **settings))

    def here(self, *words: str, **settings: str) -> Ended:
        """`rung WORDS` inside this process, on an event loop of its own. Errors it does not catch come out."""
        bare = dict.fromkeys(name.upper() for name in Settings.model_fields)
        env = {**bare, **self.settings, **settings}
        with chdir(self.folder):
            answer = CliRunner().invoke(main, words, env=env, catch_exceptions=False)
        return Ended(answer.exit_code, answer.stdout, answer.stderr)


def working(slack: Sandbox, folder: Path) -> Machine:
    """Everything is right with it."""
    settings = {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "DATABASE_URL": f"sqlite:///{folder / 'rung.db'}",
        "RUNG_MATRIX": str(example_matrix()),
        "HTTP_PORT": "0",
    }
    return Machine(folder, settings)


async def ended(process: asyncio.subprocess.Process) -> Ended:
    """Wait for a process."""
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())
