"""What people do: commands, clicks and shortcuts become payloads, and the acknowledgements are judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.acks import illegality
from bot.sandbox.answer import Answer, answered
from bot.sandbox.delivery import COMMANDS, INTERACTIVE, Ack, Transport
from bot.sandbox.elements import FIELD, STATELESS, filled
from bot.sandbox.entities import encoded
from bot.sandbox.errors import NotPossible
from bot.sandbox.model import Channel, Json, Message, User, View
from bot.sandbox.readable import interactive
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.view_state import with_value
from bot.sandbox.workspace import SLACKBOT
from bot.sandbox.world import World

FAILURES = {"no_connection": "dispatch_failed", "connection_failed": "dispatch_failed"}
QUOTED_OF_BUTTON = ("text", "value", "style", "url", "confirm")
QUOTED_OF_INPUT = ("placeholder", "confirm")
"""The parts of an element that its action repeats."""


class Interactions:
    """The interactive side of Slack's client and servers. Every payload sent is kept in `sent` by user."""

    def __init__(self, world: World, transport: Transport, hooks: ResponseUrls) -> None:
        self.world = world
        self.hooks = hooks
        self._transport = transport
        self.sent: dict[str, list[Json]] = {}

    def actor(self, who: str) -> User:
        """The person, if they can act at all."""
        user = self.world.workspace.user(who)
        if user.deleted:
            raise NotPossible(f"{user.handle} is deactivated and cannot sign in.")
        return user

    def _insider(self, who: str) -> User:
        """Commands and shortcuts are for the team that installed the app; buttons for everyone who sees them."""
        user = self.actor(who)
        if user.stranger:
            raise NotPossible(f"{user.handle} is of another organisation, where this app is not installed.")
        return user

    def place(self, user: User, where: str) -> Channel:
        """The conversation, if the person is in it."""
        channel = self.world.workspace.channel(where)
        if user.id not in channel.members:
            raise NotPossible(f"{user.handle} is not in {where}.")
        return channel

    async def send(self, payload: Json) -> tuple[Ack, str | None]:
        """Delivers a payload; the error is what Slack makes of a missing or illegal acknowledgement."""
        self.sent.setdefault(_sender(payload), []).append(payload)
        command = "command" in payload
        ack = await self._transport.deliver(COMMANDS if command else INTERACTIVE, payload)
        if not ack.acked:
            return ack, FAILURES.get(ack.error or "", "operation_timeout")
        if ack.status != 200:
            return ack, f"http_error: the app answered {ack.status}"
        wrong = illegality("command" if command else str(payload["type"]), ack.body)
        return ack, f"illegal_ack: {wrong}" if wrong else None

    async def slash(self, who: str, where: str, name: str, text: str) -> Answer:
        """Types a command. Its answer, or Slack's own words about a failure, appears in the channel."""
        user = self._insider(who)
        channel = self.place(user, where)
        if channel.archived:
            raise NotPossible(f"{where} is archived: nothing can be typed there.")
        entry = self.world.manifest.commands.get(name)
        if entry is None or "commands" not in self.world.manifest.scopes:
            raise NotPossible(f"{name} is not a valid command. In Slack, only the manifest's commands are.")
        if entry.get("should_escape"):
            text = encoded(self.world.workspace, text, labels=True)
        trigger = self.world.triggers.give(user.id)
        url = self.hooks.give(user.id, channel.id)
        payload = payloads.command(self.world, user, channel, name, text.strip(), trigger, url)
        ack, error = await self.send(payload)
        answer = answered(ack, error)
        if error is not None:
            self._slackbot(user, channel, f'{name} failed with the error "{error}"')
        elif answer.body:
            self.hooks.place(user.id, channel.id, None, answer.body)
        return answer

    def _slackbot(self, user: User, channel: Channel, text: str) -> None:
        workspace = self.world.workspace
        workspace.whisper(Message(channel.id, workspace.next_ts(), SLACKBOT, text, ephemeral_to=user.id))

    async def click(self, who: str, where: Message | View, action_id: str, value: Any = None) -> Answer:
        """Uses the element `action_id`: presses a button, or chooses `value` in a menu."""
        user = self.actor(who)
        block_id, element = _element(where.blocks, action_id, value)
        chosen: Json = {}
        if element["type"] in FIELD:
            chosen = filled(element, value, _finder(self, element["type"]), action_id)
        return await self.act(user, where, block_id, element, chosen)

    async def act(
        self, user: User, where: Message | View, block_id: str, element: Json, chosen: Json
    ) -> Answer:
        """Sends block_actions for an element; `chosen` is its value in state form."""
        if not self.world.manifest.interactive:
            raise NotPossible("The manifest has interactivity switched off.")
        action = self._action(block_id, element, chosen)
        if isinstance(where, View):
            return await self._click_in_view(user, where, action)
        return await self._click_in_message(user, where, action)

    def _action(self, block_id: str, element: Json, chosen: Json) -> Json:
        kind = element["type"]
        action: Json = {"type": kind, "action_id": element["action_id"], "block_id": block_id}
        if kind in FIELD:
            action[FIELD[kind]] = chosen.get(FIELD[kind])
        quoted = QUOTED_OF_INPUT if kind in FIELD else QUOTED_OF_BUTTON
        action |= {name: element[name] for name in quoted if name in element}
        return {**action, "action_ts": self.world.workspace.next_ts()}

    async def _click_in_message(self, user: User, message: Message, action: Json) -> Answer:
        channel = self.world.workspace.channels[message.channel]
        if message.ephemeral_to not in (None, user.id) or user.id not in channel.members:
            raise NotPossible(f"{user.handle} does not see that message.")
        current = self.world.workspace.messages[channel.id].get(message.ts, message)
        if current.deleted:
            raise NotPossible("That message was deleted.")
        trigger = self.world.triggers.give(user.id)
        url = self.hooks.give(user.id, channel.id, message.thread_ts, current)
        return await self._judged(payloads.message_action(self.world, user, current, action, trigger, url))

    async def _click_in_view(self, user: User, view: View, action: Json) -> Answer:
        current = self.world.workspace.view(view.id)
        if current is None or current.user != user.id:
            raise NotPossible(f"{user.handle} does not have that view open.")
        if action["type"] in FIELD and action["type"] not in STATELESS:
            held = {"type": action["type"], FIELD[action["type"]]: action[FIELD[action["type"]]]}
            state = with_value(current.state, action["block_id"], action["action_id"], held)
            current = self.world.workspace.put_view(replace(current, state=state))
        trigger = self.world.triggers.give(user.id, current.id if current.kind == "modal" else None)
        return await self._judged(payloads.view_action(self.world, user, current, action, trigger))

    async def _judged(self, payload: Json) -> Answer:
        ack, error = await self.send(payload)
        return answered(ack, error)

    async def shortcut(self, who: str, callback_id: str) -> Answer:
        """Chooses a global shortcut."""
        user = self._insider(who)
        self._known_shortcut(callback_id, "global")
        trigger = self.world.triggers.give(user.id)
        return await self._judged(payloads.shortcut(self.world, user, callback_id, trigger))

    async def message_shortcut(self, who: str, where: str, ts: str, callback_id: str) -> Answer:
        """Chooses a shortcut from the menu of a message."""
        user = self._insider(who)
        channel = self.place(user, where)
        self._known_shortcut(callback_id, "message")
        message = self.world.workspace.message(channel.id, ts)
        if message is None:
            raise NotPossible("That message is not there.")
        trigger = self.world.triggers.give(user.id)
        url = self.hooks.give(user.id, channel.id, message.thread_ts)
        return await self._judged(
            payloads.message_shortcut(self.world, user, message, callback_id, trigger, url)
        )

    def _known_shortcut(self, callback_id: str, kind: str) -> None:
        entry = self.world.manifest.shortcuts.get(callback_id)
        if entry is None or entry.get("type") != kind:
            raise NotPossible(f"The manifest has no {kind} shortcut {callback_id!r}.")

    async def suggestions(self, who: str, view: View, action_id: str, typed: str) -> Answer:
        """Types into a select that asks the app for its options."""
        user = self.actor(who)
        block_id, element = _element(view.blocks, action_id, None)
        if not element["type"].endswith("external_select"):
            raise NotPossible(f"{action_id} does not ask the app for options.")
        return await self._judged(
            payloads.block_suggestion(self.world, user, view, block_id, action_id, typed)
        )

    async def raw(self, payload: Json) -> Answer:
        """Delivers any payload as it is: an old one again, or a hostile one."""
        return await self._judged(payload)


def _sender(payload: Json) -> str:
    return str(payload.get("user_id") or payload.get("user", {}).get("id", ""))


def _element(blocks: Any, action_id: str, value: Any) -> tuple[str, Json]:
    """The element with this action_id; of several, the button with this value."""
    found = [
        (block_id, element) for block_id, element in interactive(blocks) if element["action_id"] == action_id
    ]
    if not found:
        raise NotPossible(
            f"There is no {action_id!r} here, only {[e['action_id'] for _, e in interactive(blocks)]}."
        )
    if value is not None and found[0][1]["type"] == "button":
        found = [(b, e) for b, e in found if e.get("value") == value]
        if not found:
            raise NotPossible(f"No {action_id!r} here has the value {value!r}.")
    return found[0]


def _finder(interactions: Interactions, kind: str) -> Any:
    workspace = interactions.world.workspace
    return (
        (lambda who: workspace.user(who).id)
        if "users" in kind
        else (lambda where: workspace.channel(where).id)
    )
