"""The core of the program, made from its parts: everything between the edges, with nothing running yet.

app.py runs it against the real world; the stories of the tests run the same core with a clock that they push.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.adapters.charts.ladder import ladder_picture
from bot.adapters.db.database import Database
from bot.adapters.matrix_file.documents import YamlDocuments
from bot.adapters.slack.app import DrainableApp, build_bolt
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.channel import SlackChannel
from bot.adapters.slack.client import SlackClient
from bot.adapters.slack.directory import SlackDirectory
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.uploads import SharedFile
from bot.domain.rights import OUTSIDERS_MAY, Action
from bot.domain.wording import ladder as wording
from bot.usecases.ladder_picture import picture_of
from bot.usecases.outside import Bell, Chance, Clock
from bot.usecases.pace import Pace
from bot.usecases.ports import Store
from bot.usecases.publish_matrix import PublishedMatrices
from bot.usecases.rows import Letter, WorkspaceRow
from bot.usecases.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What differs between a program, a demo and a test."""

    clock: Clock
    chance: Chance
    database: Database
    slack: SlackClient
    workspace: WorkspaceRow
    bell: Bell
    nonce: Callable[[], str]
    pace: Pace
    command: str = "/issue"
    aliases: Mapping[str, str] = field(default_factory=dict)
    public_url: str = ""
    signing_secret: str = ""
    outsiders_may: frozenset[Action] = OUTSIDERS_MAY


@dataclass(frozen=True, slots=True)
class Core:
    """What was made: the services for use cases, and Bolt with all listeners."""

    services: Services
    bolt: DrainableApp
    matrices: PublishedMatrices
    capabilities: Capabilities
    directory: SlackDirectory


def build_core(parts: Parts) -> Core:
    """Put the parts together."""
    capabilities = Capabilities(parts.clock)

    def picture(letter: Letter) -> Drawing:
        known = {"command": parts.command, "oncall": here.called("oncall"), "reduced": capabilities.reduced()}
        return draw(replace(letter, extra={**(letter.extra or {}), **known}))

    async def file(letter: Letter) -> SharedFile:
        tried = await picture_of(services, letter)
        content = await asyncio.to_thread(ladder_picture, tried.ladder, tried.names)
        title = wording.title(tried.ladder)
        return SharedFile("ladder.png", title, wording.alt_text(tried.ladder), content)

    directory = SlackDirectory(parts.workspace, parts.slack, capabilities, parts.clock)
    matrices = PublishedMatrices()
    services = Services(
        clock=parts.clock,
        chance=parts.chance,
        transactions=parts.database.transactions,
        directory=directory,
        channel=SlackChannel(parts.workspace, parts.slack, capabilities, directory, picture, file),
        matrix=matrices,
        documents=YamlDocuments(),
        bell=parts.bell,
        pace=parts.pace,
        outsiders_may=parts.outsiders_may,
    )
    here = Here(services, parts.workspace.id, parts.command, parts.nonce, parts.aliases, parts.public_url)
    bolt = build_bolt(
        here=here,
        workspace=parts.workspace,
        client=parts.slack.web,
        directory=directory,
        signing_secret=parts.signing_secret,
    )
    return Core(services, bolt, matrices, capabilities, directory)


def earliest_due(store: Store) -> datetime | None:
    """When the next timer or message comes due."""
    known = [due for due in (store.timers.next_due(), store.outbox.next_due()) if due is not None]
    return min(known, default=None)
