"""A little bolt app with one of everything the sandbox must carry."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.context.say.async_say import AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.config import DEFAULT_SCOPES

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Rung"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "rung"},
        "slash_commands": [
            {"command": "/issue", "description": "Issues", "usage_hint": "help", "should_escape": True}
        ],
        "shortcuts": [
            {"name": "Raise", "type": "global", "callback_id": "raise_issue", "description": "Raise"},
            {
                "name": "From message",
                "type": "message",
                "callback_id": "from_message",
                "description": "Raise",
            },
        ],
    },
    "oauth_config": {"scopes": {"bot": list(DEFAULT_SCOPES)}},
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "member_joined_channel",
                "message.im",
                "tokens_revoked",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}

METADATA = {"event_type": "x", "event_payload": {"n": 1}}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.upper()), "value": value}


def modal(title: str = "Raise an issue") -> dict[str, Any]:
    title_input = {"type": "plain_text_input", "action_id": "title", "max_length": 120}
    priority = {"type": "static_select", "action_id": "priority", "options": [option("p1"), option("p2")]}
    owner = {"type": "users_select", "action_id": "owner"}
    return {
        "type": "modal",
        "callback_id": "raise",
        "title": plain(title),
        "submit": plain("Raise"),
        "blocks": [
            {"type": "input", "block_id": "title_block", "label": plain("Title"), "element": title_input},
            {"type": "input", "block_id": "priority_block", "label": plain("Priority"), "element": priority},
            {
                "type": "input",
                "block_id": "owner_block",
                "label": plain("Owner"),
                "element": owner,
                "optional": True,
            },
        ],
    }


def card(text: str, action: str = "ack") -> list[dict[str, Any]]:
    button = {"type": "button", "action_id": action, "value": "1", "text": plain("Acknowledge")}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "elements": [button]},
    ]


def build_app(api_url: str) -> AsyncApp:
    client = AsyncWebClient(token="xoxb-sandbox", base_url=api_url)
    app = AsyncApp(
        client=client,
        token="xoxb-sandbox",
        signing_secret="sandbox-signing-secret",
        process_before_response=True,
    )

    @app.command("/issue")
    async def issue(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        words = body["text"].split(" ", 1)
        if words[0] == "help":
            await ack("Try /issue raise")
        elif words[0] == "later":
            await ack()
            await respond("Later.")
        elif words[0] == "fail":
            raise RuntimeError("the test asked for it")
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=modal())
            await ack()

    @app.view("raise")
    async def raised(
        ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient
    ) -> None:
        values = view["state"]["values"]
        title = values["title_block"]["title"]["value"]
        if title == "taken":
            await ack(response_action="errors", errors={"title_block": "That title is taken."})
            return
        await client.chat_postMessage(channel="C0ISSUES0", text=title, blocks=card(title))
        await ack()

    @app.action("ack")
    async def acknowledged(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**place, text="Acknowledged", blocks=card("Acknowledged", "resolve"))
        await ack()

    @app.shortcut("raise_issue")
    async def shortcut(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    @app.shortcut("from_message")
    async def from_message(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(body["message"]["text"][:24]))
        await ack()

    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], say: AsyncSay) -> None:
        await say(text="You called?", thread_ts=event["ts"])

    @app.event("message")
    async def told(event: dict[str, Any], say: AsyncSay) -> None:
        await say(text=f"You said {event['text']}")

    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            await client.views_publish(
                user_id=event["user"], view={"type": "home", "blocks": card("Welcome")}
            )

    return app
