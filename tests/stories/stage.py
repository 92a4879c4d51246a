"""What a story is played on: a database, a core in the sandbox, and the socket between them."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path

from bot.adapters.db.database import Database, open_database
from bot.adapters.matrix_file import load_matrix
from bot.adapters.slack.client import connect, http_session
from bot.adapters.slack.manifest import ALIASES
from bot.adapters.slack.socket import SocketConnection
from bot.adapters.system import monotonic
from bot.core import Core, Parts, build_core
from bot.demo import APP_TOKEN, BOT_TOKEN
from bot.domain.matrix.model import Matrix
from bot.sandbox.server import Sandbox
from bot.usecases.pace import Pace
from bot.usecases.publish_matrix import publish_at_start
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.sqlite import open_in_turn

HANDSHAKE = 5.0
_NAMES = count(1)


@cache
def _read(matrix: str) -> Matrix:
    return load_matrix(matrix, "story.yaml")


class Bell:
    """Nobody has to be woken: the story runs the passes."""

    def ring(self) -> None:
        """See the port."""


async def open_on(stack: AsyncExitStack, url: str) -> Database:
    """A connection to the database, with all tables in it."""
    kind, _, file = url.partition(":///")
    if kind == "sqlite":
        database: Database = open_in_turn(Path(file))
    else:
        database = open_database(url, chance=FakeChance(), name=f"story-{next(_NAMES)}")
    stack.push_async_callback(database.close)
    await database.migrate()
    return database


async def core_on(
    stack: AsyncExitStack,
    sandbox: Sandbox,
    database: Database,
    clock: FakeClock,
    matrix: str,
    patience: timedelta,
    public_url: str = "",
    pace: timedelta = timedelta(0),
) -> Core:
    """The bot without its edges, with this matrix in force. `pace` is the time per message to one place."""
    session = http_session(patience)
    stack.push_async_callback(session.close)
    connection = await connect(base_url=sandbox.api_url, token=BOT_TOKEN, session=session)
    workspace = connection.workspace
    await database.transactions.run(lambda store: store.workspaces.put(workspace, clock.now()))
    nonces = count(1)
    core = build_core(
        Parts(
            clock=clock,
            chance=FakeChance(),
            database=database,
            slack=connection.slack,
            workspace=workspace,
            bell=Bell(),
            nonce=lambda: f"nonce{next(nonces)}-{id(session)}",
            pace=Pace(every=pace),
            aliases=ALIASES,
            public_url=public_url,
            signing_secret=sandbox.world.config.signing_secret if sandbox.http else "",
        )
    )
    document = _read(matrix)
    published = await publish_at_start(database.transactions, clock, workspace.id, document, matrix)
    core.matrices.hold(workspace.id, published)
    return core


async def socket_on(stack: AsyncExitStack, sandbox: Sandbox, core: Core) -> SocketConnection:
    """Connect the core to the sandbox by Socket Mode."""
    others = sandbox.sockets.connections
    socket = SocketConnection(core.bolt, core.bolt.client, APP_TOKEN, monotonic)
    await socket.start()
    stack.push_async_callback(socket.stop)
    await sandbox.connected()
    await until(lambda: sandbox.sockets.connections > others)
    return socket


async def until(true: Callable[[], bool]) -> None:
    """Let the event loop read its sockets until this is so."""
    async with asyncio.timeout(HANDSHAKE):
        while not true():
            await _one_turn()


async def _one_turn() -> None:
    await asyncio.sleep(0)
