"""Listeners are found by kind and name, get what they ask for, and never share a name; the rest is left to Bolt."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.listeners.doors import ACTION, EVENT, VIEW, Doors

Json = dict[str, Any]


def pressed(action_id: str) -> Json:
    """Buttons are pressed one at a time."""
    return {"type": "block_actions", "actions": [{"action_id": action_id}]}


def sent(callback_id: str) -> Json:
    """A form is sent."""
    return {"type": "view_submission", "view": {"type": "modal", "callback_id": callback_id}}


def closed(callback_id: str) -> Json:
    """A form is closed."""
    return sent(callback_id) | {"type": "view_closed"}


def chosen(callback_id: str) -> Json:
    """A global shortcut."""
    return {"type": "shortcut", "callback_id": callback_id}


def chosen_at_message(callback_id: str) -> Json:
    """A shortcut of a message."""
    return {"type": "message_action", "callback_id": callback_id}


def happened(kind: str) -> Json:
    """An event."""
    return {"type": "event_callback", "event": {"type": kind}}


def typed(command: str) -> Json:
    """A slash command."""
    return {"command": command}


class House:
    """Doors and what came through them: `heard` names the listeners, `unheard` counts what none wanted."""

    def __init__(self) -> None:
        self.doors = Doors()
        self.heard: list[str] = []
        self.unheard = 0

    def listener(self, name: str) -> Callable[[AsyncAck], Any]:
        """One that notes its name."""

        async def listen(ack: AsyncAck) -> None:
            self.heard.append(name)
            await ack()

        return listen

    async def meets(self, *bodies: Json) -> list[BoltResponse]:
        """These requests come in, one after another."""
        bolt = AsyncApp(
            authorize=_authorize, process_before_response=True, raise_error_for_unhandled_request=True
        )
        bolt.error(self._on_error)
        self.doors.bind(bolt)
        requests = [AsyncBoltRequest(body=body, mode="socket_mode") for body in bodies]
        return [await bolt.async_dispatch(request) for request in requests]

    async def _on_error(self, error: Exception) -> BoltResponse:
        assert isinstance(error, BoltUnhandledRequestError), error
        self.unheard += 1
        return BoltResponse(status=200)


async def _authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")


@pytest.fixture
def house() -> House:
    """An empty one."""
    return House()


@pytest.fixture
def full(house: House) -> House:
    """A listener of every kind, some of the same name."""
    doors = house.doors
    doors.action("go")(house.listener("action go"))
    doors.action("list", several=True)(house.listener("action list"))
    doors.view("go")(house.listener("view go"))
    doors.shortcut("go")(house.listener("shortcut go"))
    doors.event("message", "app_mention")(house.listener("event"))
    doors.command("/go")(house.listener("command"))
    return house


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        (pressed("go"), "action go"),
        (pressed("list"), "action list"),
        (pressed("list:12"), "action list"),
        (pressed("list:a:\n:b"), "action list"),
        (sent("go"), "view go"),
        (chosen("go"), "shortcut go"),
        (chosen_at_message("go"), "shortcut go"),
        (happened("message"), "event"),
        (happened("app_mention"), "event"),
        (typed("/go"), "command"),
    ],
    ids=str,
)
async def test_a_request_meets_the_listener_of_its_kind_and_name(full: House, body: Json, heard: str) -> None:
    assert [response.status for response in await full.meets(body)] == [200]
    assert (full.heard, full.unheard) == ([heard], 0)


@pytest.mark.parametrize(
    "body",
    [
        pressed("gone"),
        pressed("ago"),
        pressed("go:1"),
        pressed("go\n"),
        pressed(""),
        pressed("lists"),
        pressed("GO"),
        sent("list"),
        closed("go"),
        chosen("gone"),
        happened("go"),
        happened("app_home_opened"),
        typed("/gone"),
        typed("go"),
        {"type": "interactive_message", "callback_id": "go", "actions": [{}]},
        {"type": "block_suggestion", "action_id": "go"},
    ],
    ids=str,
)
async def test_what_nobody_listens_to_is_left_to_bolt(full: House, body: Json) -> None:
    await full.meets(body)
    assert (full.heard, full.unheard) == ([], 1)


async def test_without_any_door_everything_is_left_to_bolt(house: House) -> None:
    await house.meets(pressed(""), sent("go"), chosen("go"), happened("message"), typed("/go"))
    assert house.unheard == 5


async def test_a_listener_gets_what_its_arguments_ask_for(house: House) -> None:
    seen: list[Any] = []

    @house.doors.event("message")
    async def on_message(event: Json, context: AsyncBoltContext, ack: AsyncAck) -> None:
        seen.extend([event, context.bot_token])
        await ack("from the event")

    @house.doors.action("go")
    async def on_action(client: AsyncWebClient, body: Json, ack: AsyncAck) -> None:
        counted = len(body["actions"])  # what it names itself is not asked for
        seen.extend([client.token, counted])
        await ack("from the action")

    answers = await house.meets(happened("message"), pressed("go"))
    assert seen == [{"type": "message"}, "xoxb-1", "xoxb-1", 1]
    assert [answer.body for answer in answers] == ["from the event", "from the action"]


async def test_what_a_listener_raises_goes_to_bolts_error_handler(house: House) -> None:
    @house.doors.view("go")
    async def on_view() -> None:
        raise LookupError("no such thing")

    with pytest.raises(AssertionError, match="no such thing"):
        await house.meets(sent("go"))


WAYS: dict[str, Callable[[Doors], Callable[[Any], Any]]] = {
    "action": lambda doors: doors.action("go"),
    "view": lambda doors: doors.view("go"),
    "shortcut": lambda doors: doors.shortcut("go"),
    "event": lambda doors: doors.event("go"),
    "command": lambda doors: doors.command("go"),
}


@pytest.mark.parametrize("kind", WAYS)
def test_a_name_is_taken_once(house: House, kind: str) -> None:
    WAYS[kind](house.doors)(house.listener("first"))
    with pytest.raises(ValueError, match=f"two listeners for the {kind} go"):
        WAYS[kind](house.doors)(house.listener("second"))


def test_what_is_not_offered_is_refused_at_the_start(house: House) -> None:
    async def wants_too_much(ack: AsyncAck, event: Json, respond: Any) -> None: ...

    with pytest.raises(ValueError, match="a listener to the action asks for event, respond"):
        house.doors.action("go")(wants_too_much)
    with pytest.raises(ValueError, match="a listener to the event asks for respond"):
        house.doors.event("message")(wants_too_much)


def test_a_decorated_listener_stays_what_it_was(house: House) -> None:
    listener = house.listener("one")
    assert house.doors.action("a")(listener) is house.doors.event("b", "c")(listener) is listener
    assert [house.doors.names(kind) for kind in (ACTION, EVENT, VIEW)] == [{"a"}, {"b", "c"}, set()]
