"""A story: people in a small Slack, the real bot behind it, and a clock that only the story pushes.

Slack is `bot/sandbox`, spoken to over real HTTP and a real WebSocket; the database is a real one. Only the clock is not
real, and the loops' passes are run by the story instead of in the background, so that nothing ever has to wait.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.db.database import Database
from bot.adapters.slack import ids
from bot.adapters.slack.client import TIMEOUT
from bot.adapters.slack.socket import SocketConnection
from bot.core import Core, earliest_due
from bot.demo import sandbox_config
from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.sandbox.answer import Answer
from bot.sandbox.model import Message
from bot.sandbox.server import Sandbox
from bot.usecases.deliver import deliver_due, rescue
from bot.usecases.fire_timers import fire_due
from bot.usecases.rows import IssueFilter
from tests.fakes.clock import FakeClock
from tests.stories.stage import core_on, open_on, socket_on, until

MATRIX = """
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#escalations"
  escalation_manager: "@dina"
  nag_every: 10m
types:
  response-time: {title: Slow answer, category: customer}
  outage: {title: Something is down, category: operational}
priorities:
  P1: {title: Critical}
  P2: {title: High}
  P3: {title: Normal}
priority_matrix:
  high: {high: P1, low: P2}
  low: {high: P2, low: P3}
paths:
  - name: Customer care
    match: {category: customer}
    owner: dina@example.com
    levels:
      - {name: Team lead, role: Owns the first answer, contacts: ["@maya"], acknowledge_within: 15m, remind_every: 5m}
      - {name: Operations, contacts: ["group:ops-managers", "#ops-desk"], acknowledge_within: 30m}
    repeat: 1
    close_after: 3d
  - name: Everything else
    levels:
      - {name: Duty manager, contacts: ["@omar"], acknowledge_within: 20m}
"""

FORM = {
    "title": "Answers are late",
    "happened": "Three customers wait since the morning.",
    "type": "response-time",
    "impact": "high",
    "urgency": "low",
}

SETTLED_AFTER = 200
"""So many passes without coming to rest is a loop."""


@dataclass
class Story:
    """One telling. People are named by their handle: ann, maya, omar, dina, rita."""

    clock: FakeClock
    sandbox: Sandbox
    database: Database
    core: Core
    socket: SocketConnection | None
    stack: AsyncExitStack = field(repr=False)

    async def settle(self) -> None:
        """Run the loops' passes until nothing is due any more."""
        for _ in range(SETTLED_AFTER):
            fired = await fire_due(self.core.services, 25)
            if not fired and not await deliver_due(self.core.services, 100):
                return
        raise AssertionError("the story does not come to rest: something is always due")

    async def advance(
        self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0
    ) -> None:
        """Push the clock, stopping at every instant at which something is due."""
        end = self.clock.now() + timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)
        await self.settle()
        for _ in range(10_000):
            due = await self.core.services.transactions.read(earliest_due)
            if due is None or due > end:
                break
            self.clock.set(max(due, self.clock.now()))
            await rescue(self.core.services)
            await self.settle()
        self.clock.set(end)
        await rescue(self.core.services)
        await self.settle()

    async def raises(self, who: str = "ann", **answers: Any) -> Issue:
        """Somebody fills in the form and submits it."""
        command = await self.sandbox.slash(who, "#issues", "/issue", "raise")
        assert command.acked, command.error
        answer = await self.sandbox.submit(who, {**FORM, **answers})
        modal = self.sandbox.modal(who)
        if modal is not None and "Raise anyway" in modal.plain and not modal.errors:
            answer = await self.sandbox.submit(who, {})
        assert self.sandbox.modal(who) is None, self.errors(who)
        assert answer.acked, answer.error
        await self.settle()
        return await self.issue(await self.newest())

    async def newest(self) -> int:
        """The number of the newest issue."""
        issues = await self.core.services.transactions.read(
            lambda store: store.issues.find(self.workspace, _EVERY)
        )
        return issues[0].number

    async def clicks(self, who: str, action: str, where: Message | None = None) -> Answer:
        """Press a button on somebody's newest ping, or on the given message."""
        message = where or self.newest_with(who, action)
        answer = await self.sandbox.click(who, message, action)
        await self.settle()
        return answer

    async def submits(self, who: str, values: Mapping[str, Any] | None = None) -> Answer:
        """Submit the form that is open."""
        answer = await self.sandbox.submit(who, dict(values or {}))
        await self.settle()
        return answer

    async def types(self, who: str, text: str, where: str = "#issues") -> Answer:
        """Use the command."""
        answer = await self.sandbox.slash(who, where, "/issue", text)
        await self.settle()
        return answer

    def newest_with(self, who: str, action: str) -> Message:
        """The newest direct message to somebody that has this button."""
        found = [message for message in self.sandbox.dm(who) if action in message.actions]
        assert found, f"{who} has no message with {action}: {self.dm(who)}"
        return found[-1]

    def card(self, channel: str = "#issues", number: int | None = None) -> Message:
        """The newest card (or that of one issue)."""
        name = f"ISS-{number} " if number else "ISS-"
        found = [
            message
            for message in self.sandbox.messages(channel)
            if any(heading.startswith(name) for heading in headings(message))
        ]
        assert found, f"no card in {channel}: {[one.plain for one in self.sandbox.messages(channel)]}"
        return found[-1]

    def log(self, channel: str = "#issues") -> list[str]:
        """The lines in the newest card's thread."""
        card = self.card(channel)
        return [message.plain for message in self.sandbox.thread(channel, card.ts)[1:]]

    def dm(self, who: str) -> list[str]:
        """Everything Rung said to somebody, as text."""
        return [message.plain for message in self.sandbox.dm(who)]

    def errors(self, who: str) -> Mapping[str, str]:
        """Field errors of the form that is open."""
        modal = self.sandbox.modal(who)
        return modal.errors if modal else {}

    def notice(self, who: str) -> str:
        """What the open modal says."""
        modal = self.sandbox.modal(who)
        assert modal is not None, f"{who} has no modal open"
        return modal.plain

    async def issue(self, number: int = 1) -> Issue:
        """The issue as it is stored."""
        ref = IssueRef(self.workspace, number)
        found = await self.core.services.transactions.read(lambda store: store.issues.get(ref))
        assert found is not None
        return found

    @property
    def workspace(self) -> Any:
        """The workspace's id."""
        return self.sandbox.world.config.team_id

    def id(self, who: str) -> str:
        """Somebody's user id."""
        return self.sandbox.workspace.user(who).id

    def now(self) -> datetime:
        """The story's present."""
        return self.clock.now()

    async def restart(self) -> None:
        """The process ends and another one starts on the same database."""
        assert self.socket is not None, "restarts are told over Socket Mode"
        await self.socket.stop()
        await until(lambda: not self.sandbox.sockets.connections)
        await self.database.close()
        self.database = await open_on(self.stack, self._url)
        self.core = await self.replica(self.database)
        self.socket = await socket_on(self.stack, self.sandbox, self.core)

    async def replica(self, database: Database) -> Core:
        """Another core in the same Slack, on this connection to the database."""
        return await core_on(
            self.stack,
            self.sandbox,
            database,
            self.clock,
            self._matrix,
            self._patience,
            self._public_url,
            self._pace,
        )

    _url: str = ""
    _matrix: str = MATRIX
    _patience: timedelta = TIMEOUT
    _public_url: str = ""
    _pace: timedelta = timedelta(0)


def headings(message: Message) -> list[str]:
    """What a message is about: a card has the name of its issue as a heading, or says that it is private."""
    if message.plain.partition("\n")[0].endswith(": this issue is private now."):
        return [message.plain.replace(":", " ", 1)]
    return [block["text"]["text"] for block in message.blocks if block["type"] == "header"]


_EVERY = IssueFilter(limit=1)


@asynccontextmanager
async def story(
    database_url: str,
    matrix: str = MATRIX,
    *,
    patience: timedelta = TIMEOUT,
    public_url: str = "",
    pace: timedelta = timedelta(0),
    **changes: Any,
) -> AsyncIterator[Story]:
    """Open a story on a fresh database. `changes` are fields of the sandbox's config, `patience` is how long Rung
    waits (in real time) for one answer of Slack, `public_url` where people reach it over HTTP, `pace` the time it takes
    per message to one place (none unless a story is about that)."""
    clock = FakeClock()
    async with AsyncExitStack() as stack:
        config = replace(sandbox_config(), **changes)
        sandbox = Sandbox(config, clock=lambda: clock.now().timestamp())
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        database = await open_on(stack, database_url)
        core = await core_on(stack, sandbox, database, clock, matrix, patience, public_url, pace)
        socket = await socket_on(stack, sandbox, core)
        telling = Story(clock, sandbox, database, core, socket, stack)
        telling._url, telling._matrix, telling._patience = database_url, matrix, patience
        telling._public_url, telling._pace = public_url, pace
        yield telling


__all__ = ["FORM", "MATRIX", "Story", "ids", "story"]
