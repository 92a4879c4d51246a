"""Socket Mode: tickets, connections, envelopes and acknowledgements."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.sandbox.clock import stopwatch
from bot.sandbox.delivery import EVENTS, Ack, Retry
from bot.sandbox.faults import SOCKET
from bot.sandbox.model import Json
from bot.sandbox.world import APP_ID, World

MOST_CONNECTIONS = 10
CONNECTION_TIME = 3600
DELIVERY_FAULTS = frozenset({"duplicate_envelope", "refresh", "deaf"})
GONE = (WebSocketDisconnect, RuntimeError)
"""What a socket raises once either side has left; Starlette and uvicorn have no narrower word for half of it."""


@dataclass(eq=False, slots=True)
class Connection:
    """One open socket of the app."""

    id: str
    socket: WebSocket
    closing: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def usable(self) -> bool:
        return not self.closing and self.socket.application_state is WebSocketState.CONNECTED


class SocketMode:
    """Hands each payload to one of the open connections and waits for its acknowledgement."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._connections: list[Connection] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._someone = asyncio.Event()
        self.late_acks: list[str] = []

    @property
    def connections(self) -> int:
        return sum(connection.usable for connection in self._connections)

    async def connected(self) -> None:
        """Waits until a client is connected."""
        await self._someone.wait()

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from its ticket to its end. A ticket opens one socket, ever."""
        refusal = self._refusal(socket.query_params.get("ticket", ""))
        if refusal is not None:
            await socket.close(code=1008, reason=refusal)
            return
        await socket.accept()
        connection = Connection(f"conn-{self._world.workspace.serial()}", socket)
        self._connections.append(connection)
        try:
            await socket.send_json(self._hello())
            self._someone.set()
            await self._listen(connection)
        except GONE:
            pass  # the client left, or was sent away; that is how every connection ends
        finally:
            self._connections.remove(connection)
            connection.over.set()
            if not self._connections:
                self._someone.clear()

    def _refusal(self, ticket: str) -> str | None:
        if ticket not in self._world.tickets:
            return "ticket_spent_or_unknown"
        self._world.tickets.discard(ticket)
        if self._world.faults.take(SOCKET, {}, frozenset({"dead_ticket"})) is not None:
            return "dead_ticket"
        return "too_many_websockets" if len(self._connections) >= MOST_CONNECTIONS else None

    def _hello(self) -> Json:
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": CONNECTION_TIME}
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": debug,
            "connection_info": {"app_id": APP_ID},
        }

    async def _listen(self, connection: Connection) -> None:
        while True:
            message = json.loads(await connection.socket.receive_text())
            waiting = self._waiting.get(str(message.get("envelope_id")))
            if waiting is None or waiting.done():
                self.late_acks.append(str(message.get("envelope_id")))
            else:
                waiting.set_result(message)

    async def deliver(self, kind: str, payload: Json, retry: Retry | None = None) -> Ack:
        """Sends the payload in an envelope to one connection; acked only if the answer comes in time."""
        began = stopwatch()
        connection = self._next_connection()
        if connection is None:
            return Ack(False, 0, None, 0.0, "no_connection")
        fault = self._world.faults.take(SOCKET, payload, DELIVERY_FAULTS)
        envelope = self._envelope(kind, payload, retry)
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        try:
            await self._send(connection, envelope, fault.kind if fault else "")
            message = await asyncio.wait_for(waiting, self._world.config.ack_seconds)
        except TimeoutError:
            return Ack(False, 0, None, stopwatch() - began, "http_timeout")
        except GONE:
            return Ack(False, 0, None, stopwatch() - began, "connection_failed")
        finally:
            del self._waiting[envelope["envelope_id"]]
        return Ack(True, 200, message.get("payload"), stopwatch() - began)

    def _next_connection(self) -> Connection | None:
        """Any one of them; each in turn, so that replicas share the work."""
        for connection in list(self._connections):
            if connection.usable:
                self._connections.remove(connection)
                self._connections.append(connection)
                return connection
        return None

    def _envelope(self, kind: str, payload: Json, retry: Retry | None) -> Json:
        envelope: Json = {
            "envelope_id": f"{self._world.workspace.serial():08x}-5a0d-4b0c-8000-000000000000",
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != EVENTS,
        }
        if kind == EVENTS:
            envelope |= {
                "retry_attempt": retry.number if retry else 0,
                "retry_reason": retry.reason if retry else "",
            }
        return envelope

    async def _send(self, connection: Connection, envelope: Json, fault: str) -> None:
        if fault == "deaf":
            return
        text = json.dumps(envelope)
        for _ in range(2 if fault == "duplicate_envelope" else 1):
            await connection.socket.send_text(text)
        if fault == "refresh":
            await self._disconnect(connection, "refresh_requested")

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to go away: warning, refresh_requested or link_disabled. Unless it was only a
        warning, nothing is delivered on it any more."""
        for connection in list(self._connections):
            await self._disconnect(connection, reason)

    async def _disconnect(self, connection: Connection, reason: str) -> None:
        word = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        with suppress(*GONE):
            await connection.socket.send_json(word)
        connection.closing = reason != "warning"
        if not [c for c in self._connections if c.usable]:
            self._someone.clear()

    async def drop(self) -> None:
        """Closes every connection without a word."""
        for connection in list(self._connections):
            connection.closing = True
            await _close(connection.socket, 1011)
        self._someone.clear()

    async def stop(self) -> None:
        for connection in list(self._connections):
            connection.closing = True
            if connection.socket.application_state is WebSocketState.CONNECTED:
                await _close(connection.socket, 1001)
            await connection.over.wait()


async def _close(socket: WebSocket, code: int) -> None:
    """Whoever left a moment ago is gone already."""
    with suppress(*GONE):
        await socket.close(code=code)
