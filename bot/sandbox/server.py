"""`Sandbox`: starts the local Slack, and is the hands of the people in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox.answer import Answer
from bot.sandbox.clock import Clock, machine_clock
from bot.sandbox.config import SandboxConfig
from bot.sandbox.delivery import Transport
from bot.sandbox.entities import encoded
from bot.sandbox.errors import NotPossible
from bot.sandbox.event_shapes import mention_event, message_event
from bot.sandbox.events import SignedHttp
from bot.sandbox.faults import Faults
from bot.sandbox.feed import EventFeed
from bot.sandbox.host import Host
from bot.sandbox.interactions import Interactions
from bot.sandbox.journal import ApiCall
from bot.sandbox.live import Live
from bot.sandbox.modals import Modals
from bot.sandbox.model import Channel, Json, Message, View
from bot.sandbox.page_api import PageApi
from bot.sandbox.people_files import take
from bot.sandbox.rates import RateLimits
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.routes import application, slack_routes, wire_of
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.web_api.shapes import user_json
from bot.sandbox.world import Upload, World


class Sandbox:
    """A Slack workspace with one app in it. People are named by handle or id, channels by `#name`, name, id or
    `dm:handle`. What a person cannot do in Slack's client raises NotPossible."""

    def __init__(self, config: SandboxConfig, clock: Clock | None = None) -> None:
        self.world = World.build(config, clock or machine_clock)
        self.workspace = self.world.workspace
        self.sockets = SocketMode(self.world)
        self.http: SignedHttp | None = None
        transport: Transport = self.sockets
        if config.request_url is not None:
            transport = self.http = SignedHttp(self.world, config.request_url, machine_clock)
        self._transport = transport
        self.feed = EventFeed(self.world, transport)
        self.hooks = ResponseUrls(self.world)
        self.interactions = Interactions(self.world, transport, self.hooks)
        self.modals = Modals(self.interactions)
        self.live = Live(self.workspace)
        self.workspace.on_event = self.feed.publish
        self.workspace.on_change = self.live.tell
        self._host: Host | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; port 0 takes a free one."""
        self._host = Host()
        sockets = self.sockets if self.http is None else None
        routes = slack_routes(self.world, sockets, self.hooks, wire_of(self._host))
        app = application([*routes, *PageApi(self, self.live).routes()])
        name, number = await self._host.start(app, host, port)
        self.world.base_url = f"http://{name}:{number}/"
        self.feed.listening = True

    async def stop(self) -> None:
        """Closes sockets and connections and ends every task it started."""
        await self.feed.stop()
        self.live.stop()
        await self._transport.stop()
        if self._host is not None:
            await self._host.stop()
            self._host = None

    async def __aenter__(self) -> Sandbox:
        await self.start()
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.stop()

    @property
    def api_url(self) -> str:
        """What the app uses in place of https://slack.com/api/."""
        return f"{self.world.base_url}api/"

    @property
    def page_url(self) -> str:
        return self.world.base_url

    @property
    def bot_user_id(self) -> str:
        return self.workspace.bot_user_id

    @property
    def journal(self) -> list[ApiCall]:
        return self.world.journal

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def rates(self) -> RateLimits:
        return self.world.rates

    async def connected(self) -> None:
        """Waits until a Socket Mode client is connected."""
        await self._transport.connected()

    async def settled(self) -> None:
        """Waits until every event was delivered or refused once."""
        await self.feed.settled()

    async def finished(self) -> None:
        """Waits until every event was taken, or given up after its last retry."""
        await self.feed.finished()

    # What people do

    async def slash(self, who: str, where: str, command: str, text: str = "") -> Answer:
        return await self._done(await self.interactions.slash(who, where, command, text))

    async def click(self, who: str, where: Message | View, action_id: str, value: Any = None) -> Answer:
        return await self._done(await self.interactions.click(who, where, action_id, value))

    async def shortcut(self, who: str, callback_id: str) -> Answer:
        return await self._done(await self.interactions.shortcut(who, callback_id))

    async def message_shortcut(self, who: str, where: str, ts: str, callback_id: str) -> Answer:
        return await self._done(await self.interactions.message_shortcut(who, where, ts, callback_id))

    async def submit(self, who: str, values: Mapping[str, Any] | None = None) -> Answer:
        """Fills in the top modal (keys are action_ids or block_ids) and submits it. Raises ModalRefused."""
        return await self._done(await self.modals.submit(who, values or {}))

    def upload(self, who: str, name: str, content: bytes | str) -> Upload:
        """A file that this person chose on their computer, to be put into a field: ``submit(who, {"file": it})``."""
        return take(self.world, self.interactions.actor(who).id, name, content)

    async def close_modal(self, who: str, everything: bool = False) -> None:
        await self.modals.close(who, everything=everything)

    async def raw_action(self, payload: Json) -> Answer:
        """Delivers a payload nobody's client would send."""
        return await self._done(await self.interactions.raw(payload))

    async def replay(self, payload: Json) -> Answer:
        """Delivers an earlier payload once more."""
        return await self.raw_action(payload)

    async def replay_event(self, payload: Json) -> None:
        """Delivers an earlier event (of `feed.sent`) once more, with the same event_id."""
        self.feed.redeliver(payload)
        await self.feed.settled()

    def last_payload(self, who: str) -> Json:
        """The latest interaction payload this person caused."""
        return self.interactions.sent[self.workspace.user(who).id][-1]

    async def _done(self, answer: Answer) -> Answer:
        await self.feed.settled()
        return answer

    async def say(self, who: str, where: str, text: str, thread_ts: str | None = None) -> Message:
        """Posts as a person. `@handle` becomes a mention; the app hears of it if it is subscribed."""
        user = self.interactions.actor(who)
        channel = self._sayable(user.id, where)
        wire = encoded(self.workspace, text, labels=False)
        message = Message(channel.id, self.workspace.next_ts(), user.id, wire, thread_ts=thread_ts)
        self.workspace.put(message)
        self.feed.publish(message_event(self.world, message))
        mentioned = f"<@{self.bot_user_id}" in wire
        if mentioned and channel.kind != "dm" and self.workspace.bot_in(channel):
            self.feed.publish(mention_event(self.world, message))
        await self.feed.settled()
        return message

    def _sayable(self, user_id: str, where: str) -> Channel:
        channel = self.interactions.place(self.workspace.user(user_id), where)
        if channel.archived:
            raise NotPossible(f"{where} is archived.")
        manifest = self.world.manifest
        if channel.kind == "dm" and (not manifest.messages_tab or manifest.messages_read_only):
            raise NotPossible("Sending messages to this app has been turned off.")
        return channel

    async def open_home(self, who: str, tab: str = "home") -> None:
        """Opens the app: its Home tab, or with tab="messages" the conversation."""
        user = self.interactions.actor(who)
        dm = self.workspace.dm_with(user.id)
        event: Json = {"type": "app_home_opened", "user": user.id, "channel": dm.id, "tab": tab}
        current = self.workspace.homes.get(user.id)
        if tab == "home" and current is not None:
            event["view"] = self.world.view_json(current)
        self.emit(event)
        await self.feed.settled()

    # What people see

    def modal(self, who: str) -> View | None:
        """The modal on top, or None."""
        return self.modals.top(who)

    def home(self, who: str) -> View | None:
        return self.workspace.homes.get(self.workspace.user(who).id)

    def messages(self, where: str) -> list[Message]:
        """The messages of a channel without thread replies, oldest first."""
        return self.workspace.roots(self.workspace.channel(where).id)

    def thread(self, where: str, ts: str) -> list[Message]:
        """A parent and its replies, oldest first."""
        return self.workspace.thread(self.workspace.channel(where).id, ts)

    def dm(self, who: str) -> list[Message]:
        """Everything said between the bot and this person."""
        channel = self.workspace.find_dm(self.workspace.user(who).id)
        held = self.workspace.messages[channel.id].values() if channel else ()
        return [message for message in held if not message.deleted]

    def ephemerals(self, who: str) -> list[Message]:
        """What only this person sees, oldest first, in all conversations."""
        return list(self.workspace.ephemerals.get(self.workspace.user(who).id, ()))

    # What happens to the workspace

    def deactivate(self, who: str) -> None:
        """The person leaves the company."""
        user = replace(self.workspace.user(who), deleted=True)
        self.workspace.users[user.id] = user
        self.workspace.changed("conversations")
        self.emit({"type": "user_change", "user": user_json(self.world, user)})

    def archive(self, where: str) -> None:
        channel = self.workspace.put_channel(replace(self.workspace.channel(where), archived=True))
        self.emit({"type": "channel_archive", "channel": channel.id, "user": channel.creator})

    def kick_bot(self, where: str) -> None:
        self.workspace.leave(self.workspace.channel(where), self.bot_user_id)

    def add(self, who: str, where: str, inviter: str | None = None) -> None:
        """Brings a person, or the bot by its handle, into a channel."""
        by = self.workspace.user(inviter).id if inviter else None
        self.workspace.join(self.workspace.channel(where), self.workspace.user(who).id, by)

    def delete_message(self, where: str, ts: str) -> None:
        """Somebody with the right to do so deletes a message."""
        message = self.workspace.messages[self.workspace.channel(where).id][ts]
        self.workspace.remove(message)
        self.feed.publish(message_event(self.world, replace(message, deleted=True), previous=message))

    def emit(self, event: Json) -> None:
        """Any other event of the workspace, if the app is subscribed to it."""
        self.feed.publish({**event, "event_ts": self.workspace.next_ts()})

    def uninstall(self, tokens_first: bool = False) -> None:
        """The app is removed. Slack tells it twice, in either order, and its tokens are dead."""
        tokens = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot_user_id]}}
        told: list[Json] = [{"type": "app_uninstalled"}, tokens]
        self.world.account_inactive = True
        for event in reversed(told) if tokens_first else told:
            self.emit(event)

    def revoke_token(self) -> None:
        """An admin revokes the bot token; the app is told and every call fails from now on."""
        self.world.revoked.add(self.world.config.bot_token)
        tokens = {"oauth": [], "bot": [self.bot_user_id]}
        self.emit({"type": "tokens_revoked", "tokens": tokens})
