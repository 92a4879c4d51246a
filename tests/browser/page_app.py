"""A little app with something of everything the page must show, and the workspace it lives in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import machine_clock
from bot.sandbox.config import DEFAULT_SCOPES, ChannelSpec, Person, SandboxConfig
from bot.sandbox.server import Sandbox

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> <javascript:alert(1)|click me>"

ISSUES = "C0ISSUES"

Living = tuple[Sandbox, AsyncWebClient]
"""A workspace and the client of the app in it."""

PEOPLE = [
    Person("ann", "Ann Reyes", title="Contact centre agent"),
    Person("maya", "Maya Lind", title="Team lead"),
    Person("omar", "Omar Haddad", title="Operations manager"),
]

CHANNELS = [
    ChannelSpec("issues", id=ISSUES, members=["ann", "maya"]),
    ChannelSpec("general", members=["ann", "omar"]),
]

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Helper"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "helper"},
        "slash_commands": [
            {"command": "/raise", "description": "Raise an issue", "usage_hint": "[title]"},
            {"command": "/silent", "description": "Never answers"},
        ],
        "shortcuts": [
            {"name": "Raise an issue", "type": "global", "callback_id": "raise", "description": "Raise"},
            {
                "name": "Raise from this",
                "type": "message",
                "callback_id": "raise_from",
                "description": "Raise",
            },
        ],
    },
    "oauth_config": {"scopes": {"bot": list(DEFAULT_SCOPES)}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "app_mention", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> dict[str, Any]:
    return {"text": plain(text), "value": text.lower()}


def field(name: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    shown = {**element, "action_id": name}
    return {"type": "input", "block_id": name, "label": plain(label), "element": shown, **more}


def form(title: str = "") -> dict[str, Any]:
    levels = [option("High"), option("Medium"), option("Low")]
    return {
        "type": "modal",
        "callback_id": "raise",
        "title": plain("Raise an issue"),
        "submit": plain("Raise"),
        "blocks": [
            field("title", "What is it?", {"type": "plain_text_input", "max_length": 30, "initial_value": title},
                  hint=plain("People read this first.")),
            field("story", "What happened?", {"type": "plain_text_input", "multiline": True}),
            field("impact", "Impact", {"type": "static_select", "options": levels}),
            field("urgency", "Urgency", {"type": "radio_buttons", "options": levels}),
            field("owner", "Owner", {"type": "users_select"}, optional=True),
            field("watchers", "Watchers", {"type": "multi_users_select"}, optional=True),
            field("place", "Updates go to", {"type": "conversations_select"}, optional=True),
            field("day", "Since", {"type": "datepicker"}, optional=True),
            field("extras", "Extras", {"type": "checkboxes", "options": [option("Private")]}, optional=True),
            {"type": "actions", "block_id": "more", "elements": [
                {"type": "button", "action_id": "details", "text": plain("More facts")},
            ]},
        ],
    }  # fmt: skip


def card(title: str, seconds: int) -> list[dict[str, Any]]:
    """A message with buttons whose deadline lies `seconds` ahead."""
    due = int(machine_clock()) + seconds
    confirm = {
        "title": plain("Escalate now?"),
        "text": mrkdwn("*Omar* is asked next."),
        "confirm": plain("Ask Omar"),
        "deny": plain("Not yet"),
    }
    return [
        {"type": "section", "text": mrkdwn(f"*Maya is asked* until <!date^{due}^{{time}}|soon>")},
        {"type": "section", "text": plain(title)},
        {"type": "actions", "block_id": "do", "elements": [
            {"type": "button", "action_id": "ack", "style": "primary", "text": plain("Acknowledge"), "value": "1"},
            {"type": "button", "action_id": "escalate", "style": "danger", "text": plain("Escalate"),
             "confirm": confirm},
            {"type": "button", "action_id": "silent", "text": plain("Silent")},
            {"type": "overflow", "action_id": "more", "options": [option("Waiting"), option("Reassign")]},
        ]},
    ]  # fmt: skip


def build_app(api_url: str) -> AsyncApp:
    client = AsyncWebClient(token="xoxb-sandbox", base_url=api_url)
    app = AsyncApp(
        client=client, signing_secret="sandbox-signing-secret", raise_error_for_unhandled_request=False
    )

    async def open_form(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(body.get("text", "")))

    app.command("/raise")(open_form)
    app.shortcut("raise")(open_form)
    app.shortcut("raise_from")(open_form)

    @app.command("/silent")
    async def never_answers() -> None:
        pass

    @app.action("details")
    async def push_details(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        details = field("reference", "Reference", {"type": "plain_text_input"})
        view = {**form(), "title": plain("More facts"), "callback_id": "facts", "blocks": [details]}
        await client.views_push(trigger_id=body["trigger_id"], view=view)

    @app.view("facts")
    async def take_details(ack: AsyncAck) -> None:
        await ack()

    @app.view("raise")
    async def take_form(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, view: dict[str, Any]
    ) -> None:
        values = view["state"]["values"]
        if len(values["story"]["story"]["value"]) < 5:
            await ack(response_action="errors", errors={"story": "Please say a little more."})
            return
        await ack()
        title = values["title"]["title"]["value"]
        await client.chat_postMessage(channel=ISSUES, text=title, blocks=card(title, 90))

    @app.action("ack")
    async def acknowledge(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        text = f"<@{body['user']['id']}> has it"
        await client.chat_update(**place, text=text, blocks=[{"type": "section", "text": mrkdwn(text)}])

    @app.action("escalate")
    async def escalate(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="Omar is being asked.", replace_original=False, response_type="ephemeral")

    @app.action("more")
    async def choose(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        chosen = body["actions"][0]["selected_option"]["value"]
        await respond(text=f"You chose {chosen}.", replace_original=False, response_type="ephemeral")

    @app.action("silent")
    async def silent() -> None:
        pass

    @app.event("app_home_opened")
    async def show_home(client: AsyncWebClient, event: dict[str, Any]) -> None:
        blocks = [
            {"type": "header", "text": plain("Waiting on me")},
            *card("Nothing yet", 600),
        ]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    return app


@asynccontextmanager
async def living_workspace(port: int = 0) -> AsyncIterator[Living]:
    """A sandbox with the app connected, and the app's client. Port 0 takes a free one."""
    config = SandboxConfig(
        people=PEOPLE,
        channels=CHANNELS,
        personas=["ann", "maya", "omar"],
        manifest=MANIFEST,
        ack_seconds=2.5,
    )
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(config)
        await sandbox.start(port=port)
        stack.push_async_callback(sandbox.stop)
        app = build_app(sandbox.api_url)
        handler = AsyncSocketModeHandler(app, "xapp-sandbox")
        await handler.connect_async()
        stack.push_async_callback(handler.close_async)
        await sandbox.connected()
        yield sandbox, app.client
