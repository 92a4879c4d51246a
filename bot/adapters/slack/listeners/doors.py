"""Which listener answers which request: one table by kind and name, and one door of Bolt for each kind.

Bolt asks its listeners one after another, with every argument it knows, until one wants the request. Here a request
meets five at most, and its listener is looked up. A name without a listener is left to Bolt: nobody wants it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

Body = Mapping[str, Any]
Listener = Callable[..., Awaitable[None]]
AnyListener = TypeVar("AnyListener", bound=Listener)

OFFERED = frozenset({"ack", "body", "client", "context"})
"""What every listener may ask for, by the names of its arguments."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of request: what people call it, where its name stands, and what it offers besides `OFFERED`."""

    called: str
    name_of: Callable[[Body], Any]
    offers: Mapping[str, Callable[[Body], Any]] = field(default_factory=dict)


ACTION = Kind("action", lambda body: body["actions"][0]["action_id"])
VIEW = Kind("view", lambda body: body["view"]["callback_id"])
SHORTCUT = Kind("shortcut", lambda body: body["callback_id"])
EVENT = Kind("event", lambda body: body["event"]["type"], {"event": lambda body: body["event"]})
COMMAND = Kind("command", lambda body: body["command"])
KINDS = (EVENT, ACTION, VIEW, COMMAND, SHORTCUT)
"""In the order in which Bolt asks for them: the most frequent first."""


@dataclass(frozen=True, slots=True)
class _Door:
    listener: Listener
    wants: tuple[str, ...]
    several: bool


class Doors:
    """The listeners of every feature, filled once at the start.

    Each method is a decorator. It raises ValueError for a name that is taken, and for a listener that asks for what
    this kind of request does not offer."""

    def __init__(self) -> None:
        self._doors: dict[Kind, dict[str, _Door]] = {kind: {} for kind in KINDS}

    def action(self, action_id: str, *, several: bool = False) -> Callable[[AnyListener], AnyListener]:
        """Something is pressed or chosen. `several` = a colon and anything may follow, to tell equal buttons apart."""
        return self._opens(ACTION, action_id, several)

    def view(self, callback_id: str) -> Callable[[AnyListener], AnyListener]:
        """A form is sent."""
        return self._opens(VIEW, callback_id)

    def shortcut(self, callback_id: str) -> Callable[[AnyListener], AnyListener]:
        """A shortcut is chosen, global or of a message."""
        return self._opens(SHORTCUT, callback_id)

    def event(self, *types: str) -> Callable[[AnyListener], AnyListener]:
        """One of these happens in the workspace."""

        def keep(listener: AnyListener) -> AnyListener:
            for name in types:
                self._opens(EVENT, name)(listener)
            return listener

        return keep

    def command(self, name: str) -> Callable[[AnyListener], AnyListener]:
        """A slash command is typed, with its slash."""
        return self._opens(COMMAND, name)

    def names(self, kind: Kind) -> frozenset[str]:
        """What is listened to."""
        return frozenset(self._doors[kind])

    def bind(self, bolt: AsyncApp) -> None:
        """Give Bolt one listener for each kind that has any; nothing added afterwards is heard."""
        ways: Mapping[Kind, Callable[[re.Pattern[str]], Any]] = {
            EVENT: bolt.event,
            ACTION: lambda pattern: bolt.block_action({"action_id": pattern}),
            VIEW: bolt.view_submission,
            COMMAND: bolt.command,
            SHORTCUT: bolt.shortcut,
        }
        for kind, doors in self._doors.items():
            if doors:
                ways[kind](_any_of(doors))(_opener(kind, doors))

    def _opens(self, kind: Kind, name: str, several: bool = False) -> Callable[[AnyListener], AnyListener]:
        def keep(listener: AnyListener) -> AnyListener:
            if name in self._doors[kind]:
                raise ValueError(f"two listeners for the {kind.called} {name}")
            self._doors[kind][name] = _Door(listener, _wanted(listener, kind), several)
            return listener

        return keep


def _wanted(listener: Any, kind: Kind) -> tuple[str, ...]:
    code = listener.__code__
    wants: tuple[str, ...] = code.co_varnames[: code.co_argcount]
    unknown = set(wants) - OFFERED - set(kind.offers)
    if unknown:
        raise ValueError(f"a listener to the {kind.called} asks for {', '.join(sorted(unknown))}")
    return wants


def _any_of(doors: Mapping[str, _Door]) -> re.Pattern[str]:
    """Exactly these names. Python keeps what it compiled, so the next app of this process gets it for nothing."""
    names = (re.escape(name) + (r"(?s::.*)?" if door.several else "") for name, door in doors.items())
    return re.compile(rf"\A(?:{'|'.join(names)})\Z")


def _opener(kind: Kind, doors: Mapping[str, _Door]) -> Listener:
    async def open_door(ack: AsyncAck, body: Body, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        name = kind.name_of(body)
        door = doors.get(name) or doors[name.partition(":")[0]]
        given = {"ack": ack, "body": body, "client": client, "context": context}
        given |= {offer: read(body) for offer, read in kind.offers.items()}
        await door.listener(**{wanted: given[wanted] for wanted in door.wants})

    return open_door
