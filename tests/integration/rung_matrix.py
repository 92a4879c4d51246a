"""`rung matrix` typed in a thread, beside a Rung that is running on the same database."""

import asyncio
import json
from typing import Any

from click.testing import CliRunner, Result

from bot.adapters.db.database import Database
from bot.cli import main

DEMO = b"""\
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#escalations"
  escalation_manager: "@dina"
  nag_every: 40s
types:
  quality: {title: The work is not good enough, category: customer}
  deliverable: {title: The final result is not what was agreed, category: operational}
priorities:
  P1: {title: Critical}
  P2: {title: High}
  P3: {title: Normal}
priority_matrix:
  high: {high: P1, low: P3}
  low: {high: P2, low: P3}
paths:
  - name: Customer care
    match: {category: customer}
    levels:
      - {name: Team lead, contacts: ["@maya"], acknowledge_within: 30s, remind_every: 15s}
      - {name: Operations, contacts: ["group:ops-managers", "#ops-desk"], acknowledge_within: 30s}
  - name: Everything else
    levels:
      - {name: Duty manager, contacts: ["@omar"], acknowledge_within: 40s}
"""
FASTER = DEMO.replace(b"nag_every: 40s", b"nag_every: 2m", 1)
"""A matrix, and the same with one timer changed."""
SOONER = DEMO.replace(b"acknowledge_within: 30s", b"acknowledge_within: 20s", 1)
"""The same with less time on the first level of the first path."""


class RungMatrix:
    """Types `rung matrix ...`; `running` is what the other Rung has open."""

    def __init__(self, url: str, running: Database) -> None:
        self.url = url
        self.running = running

    async def __call__(self, *words: str, typed: str = "", **settings: str) -> Result:
        """With these settings beside the database."""
        return await there(*words, typed=typed, DATABASE_URL=self.url, **settings)

    async def data(self, *words: str) -> Any:
        """What a program reads."""
        answer = await self(*words, "--format", "json")
        return json.loads(answer.stdout)


async def there(*words: str, typed: str = "", **settings: str) -> Result:
    """Typed in a thread, because the command has an event loop of its own."""
    return await asyncio.to_thread(typed_here, *words, typed=typed, **settings)


def typed_here(*words: str, typed: str = "", **settings: str) -> Result:
    """The command with these settings."""
    return CliRunner().invoke(main, ["matrix", *words], input=typed, env=settings, catch_exceptions=False)
