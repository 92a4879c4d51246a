"""The composition root: settings become a running program, started and stopped in order."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from functools import partial

from starlette.types import ASGIApp

from bot import __version__
from bot.adapters.db.database import Database, open_database
from bot.adapters.db.errors import DatabaseError
from bot.adapters.http.health import Health
from bot.adapters.http.port import PortTaken
from bot.adapters.matrix_file import read_matrix_file
from bot.adapters.slack.app import slack_handler
from bot.adapters.slack.client import (
    Connection,
    SlackClient,
    SlackUnreachable,
    connect,
    http_session,
    web_client,
)
from bot.adapters.slack.socket import SocketConnection
from bot.adapters.system import SteadyClock, SystemChance, SystemClock, keep_for_good, monotonic, nonce
from bot.background import Background
from bot.config import Settings
from bot.core import Core, Parts, build_core
from bot.domain.errors import Refused
from bot.domain.matrix.model import Matrix
from bot.domain.rights import actions_named
from bot.usecases import publish_matrix
from bot.usecases.client_yes import read_page, say_yes
from bot.usecases.oncall_feed import read_feed
from bot.usecases.pace import Pace
from bot.usecases.ports import NotSaved
from bot.usecases.rows import WorkspaceRow
from bot.usecases.stranded import said, stranded

CONNECT_RETRY_SECONDS = 5.0
INBOUND_SECONDS = 3.0

_log = logging.getLogger(__name__)


class Stopped(Exception):
    """Told to stop before it was up."""


class Broken(Exception):
    """Something failed that only a new start can mend."""


class LateBell:
    """Rings the loops once they exist."""

    def __init__(self) -> None:
        self.background: Background | None = None

    def ring(self) -> None:
        """See the port Bell."""
        if self.background is not None:
            self.background.ring()


class Program:
    """A running Rung. `async with Program(settings):`, or `run` until a signal."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.draining = False
        self.socket: SocketConnection | None = None
        self._broken = False
        self._exit = AsyncExitStack()
        self._stop = asyncio.Event()
        self._bell = LateBell()

    async def __aenter__(self) -> "Program":
        try:
            await self._start()
        except (
            BaseException
        ):  # also when cancelled half-way: what was started is stopped, and the reason goes on
            await self._exit.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self.draining = True
        await self._exit.aclose()

    async def run(self) -> None:
        """Until SIGTERM or SIGINT."""
        loop = asyncio.get_running_loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, self._stop.set)
        try:
            async with self:
                keep_for_good()
                if self.database.caution:
                    _log.warning(self.database.caution, extra={"action": "start"})
                await self._stop.wait()
                _log.info("stopping: finishing what is under way", extra={"action": "stop"})
        except Stopped:
            _log.info("stopped before it was up", extra={"action": "stop"})
        if self._broken:
            raise Broken(
                "The database can no longer be written. Look at the log above, then start Rung again."
            )

    async def _start(self) -> None:
        """In this order; what was started is stopped in the opposite order, whatever fails."""
        document = read_matrix_file(self.settings.rung_matrix) if self.settings.rung_matrix else None
        self.database = await self._open_database()
        self.connection = await self._connect()
        self.core = self._build()
        self.background = Background(self.core, self.database, self.steady, self.connection.workspace.id)
        await self._publish(document)
        self._bell.background = self.background
        self._exit.push_async_callback(self.background.stop)
        await self.background.start()
        await self._start_http()
        await self._start_socket()
        self._exit.push_async_callback(self._drain)
        _log.info(
            "Rung %s is up in %s", __version__, self.connection.workspace.name, extra={"action": "start"}
        )

    async def _open_database(self) -> Database:
        database = open_database(
            self.settings.database_url,
            chance=SystemChance(),
            name=f"rung-{nonce()}",
            on_death=self._end_from_thread(asyncio.get_running_loop()),
        )
        self._exit.push_async_callback(database.close)
        backup = await database.migrate()
        if backup is not None:
            _log.info("the database was brought up to date; a copy from before is %s", backup.name)
        return database

    def _end_from_thread(self, loop: asyncio.AbstractEventLoop) -> Callable[[], None]:
        """Nothing can be stored any more: end, so that whoever runs us starts us again."""

        def end() -> None:
            self._broken = True
            loop.call_soon_threadsafe(self._stop.set)

        return end

    async def _connect(self) -> Connection:
        """Prove the bot token. While Slack is down a known workspace goes on; an unknown one is waited for."""
        session = http_session()
        self._exit.push_async_callback(session.close)
        token, url = self.settings.slack_bot_token.get_secret_value(), self.settings.slack_api_url
        known = await self.database.transactions.read(lambda store: store.workspaces.only())
        while not self._stop.is_set():
            try:
                connection = await connect(base_url=url, token=token, session=session)
            except SlackUnreachable as error:
                _log.warning("%s Trying again.", error, extra={"action": "connect"})
                if known is not None:
                    return Connection(
                        SlackClient(web_client(base_url=url, token=token, session=session)), known
                    )
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), CONNECT_RETRY_SECONDS)
                continue
            await self._remember(known, connection.workspace)
            return connection
        raise Stopped

    async def _remember(self, known: WorkspaceRow | None, workspace: WorkspaceRow) -> None:
        """One database serves one workspace: another one's issues must not get mixed in."""
        if known is not None and known.id != workspace.id:
            raise Refused(
                f"This database belongs to the workspace {known.name} ({known.id}), but the token is of "
                f"{workspace.name} ({workspace.id}). Set DATABASE_URL to another database."
            )
        now = SystemClock().now()
        await self.database.transactions.run(lambda store: store.workspaces.put(workspace, now))

    def _build(self) -> Core:
        self.steady = SteadyClock()
        return build_core(
            Parts(
                clock=self.steady if self.database.shared else SystemClock(),
                chance=SystemChance(),
                database=self.database,
                slack=self.connection.slack,
                workspace=self.connection.workspace,
                bell=self._bell,
                nonce=nonce,
                pace=Pace(),
                command=self.settings.rung_command,
                aliases=self.settings.aliases,
                public_url=self.settings.rung_public_url if self.settings.http_port else "",
                signing_secret=self.settings.slack_signing_secret.get_secret_value(),
                outsiders_may=actions_named(self.settings.rung_outsiders_may),
            )
        )

    async def _publish(self, document: tuple[Matrix, str] | None) -> None:
        services, workspace = self.core.services, self.connection.workspace.id
        await self.background.sync_clock()
        if document is not None:
            matrix, source = document
            published = await publish_matrix.publish_at_start(
                services.transactions, services.clock, workspace, matrix, source
            )
            self.core.matrices.hold(workspace, published)
        await publish_matrix.refresh(services.transactions, self.core.matrices, workspace)
        if self.core.matrices.current(workspace) is None:
            raise Refused(
                "There is no escalation matrix yet. Set RUNG_MATRIX to a YAML file; docs/matrix.md shows one."
            )

    async def _start_http(self) -> None:
        if not self.settings.http_port:
            return
        from bot.adapters.http.api import build_api  # FastAPI and uvicorn take memory: only where they serve
        from bot.adapters.http.client_page import ClientPages
        from bot.adapters.http.server import Edge, HttpServer

        reached = bool(self.settings.rung_public_url)
        calendar = self._calendar if reached else None
        known = self.core.services, self.connection.workspace.id
        pages = ClientPages(partial(read_page, *known), partial(say_yes, *known)) if reached else None
        app = Edge(build_api(self.health, __version__, calendar, pages), self._slack_endpoint())
        self.http = HttpServer(app, self.settings.http_host, self.settings.http_port)
        try:
            await self.http.start()
        except PortTaken as error:
            if not self.settings.socket_mode:
                raise
            _log.warning("Health is not served: %s", error, extra={"action": "start"})
            return
        self._exit.push_async_callback(self.http.stop)

    def _slack_endpoint(self) -> dict[str, ASGIApp]:
        if self.settings.socket_mode:
            return {}
        from bot.adapters.http.slack_endpoint import PATH, SlackEndpoint

        secret = self.settings.slack_signing_secret.get_secret_value()
        return {PATH: SlackEndpoint(slack_handler(self.core.bolt, PATH), secret)}

    async def _calendar(self, secret: str) -> bytes | None:
        from bot.adapters.ics.feed import shift_feed  # takes memory: only where somebody subscribed

        shown = await read_feed(self.core.services, self.connection.workspace.id, secret)
        if shown is None:
            return None
        return shift_feed(shown.title, shown.shifts, shown.names, shown.changed_at)

    async def _start_socket(self) -> None:
        if not self.settings.socket_mode:
            return
        token = self.settings.slack_app_token.get_secret_value()
        self.socket = SocketConnection(self.core.bolt, self.connection.slack.web, token, monotonic)
        await self.socket.check_token()
        await self.socket.start()
        self._exit.push_async_callback(self.socket.stop)

    async def _drain(self) -> None:
        """First of all when stopping: no new claims, then the answers under way, while the socket is still open."""
        await self.background.stop()
        await self.core.bolt.idle(INBOUND_SECONDS)

    async def health(self) -> Health:
        """What operators see at /readyz."""
        problems = ["It is stopping."] if self.draining else []
        waiting = 0
        services, workspace = self.core.services, self.connection.workspace.id
        try:
            await self.database.check_writable()
            problems += said(await stranded(services.transactions, workspace, services.clock.now()))
            waiting = await services.transactions.read(lambda store: store.outbox.pending_count(workspace))
        except (NotSaved, DatabaseError) as error:
            problems.append(f"The database cannot be written: {error}")
        return Health(
            version=__version__,
            slack=await self._slack_state(),
            outbox_waiting=waiting,
            loops={name: round(seconds, 1) for name, seconds in self.background.passes().items()},
            problems=problems,
            reduced=self.core.capabilities.reduced(),
        )

    async def _slack_state(self) -> str:
        if self.socket is None:
            return "listening for HTTP requests"
        return "connected" if await self.socket.connected() else "not connected; trying again"
