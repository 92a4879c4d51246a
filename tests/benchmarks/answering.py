"""Answering Slack: signed requests through Rung's app, against a bare Bolt app whose listener only acks."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.db.database import Database
from bot.adapters.slack import ids
from bot.adapters.slack.client import SlackClient
from bot.adapters.system import SystemClock
from bot.core import Parts, build_core
from bot.usecases.pace import Pace
from tests import builders
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import KINDS, SQLITE
from tests.benchmarks.measure import Medians, Round, Sample, at_once, in_turns
from tests.benchmarks.storing import FIELDS
from tests.benchmarks.table import Goal, Row, at_least, at_most
from tests.benchmarks.world import TickingClock, stored
from tests.fakes.bell import FakeBell
from tests.fakes.chance import FakeChance

SECRET = "a secret of this benchmark"
CALLS = 150
Payload = Callable[[int], str]


async def answering(bench: Bench) -> list[Row]:
    """What stores nothing, then what stores: taking an issue and raising one, on both databases."""
    rows = []
    for kind in KINDS:
        backlog = stored([builders.issue(number) for number in range(1, bench.rounds * CALLS + 1)])
        async with bench.databases.open(kind, "asked", backlog) as database:
            names = ("nothing", "help", "take", "raise") if kind == SQLITE else ("take", "raise")
            found = await _compare(bench.rounds, _rungs_app(database), names)
        if kind == SQLITE:
            event = "answer an event that asks for nothing"
            rows.append(_row(found, f"{event}: rate", "nothing", "per second", "/s", at_least(0.8)))
            rows.append(_row(found, f"{event}: CPU", "nothing", "cpu", "ms", at_most(1.25)))
            rows.append(_row(found, "answer /issue help: p50", "help", "p50", "ms", at_most(1.5, "ms")))
        rows.append(_row(found, f"answer Acknowledge, {kind}: p50", "take", "p50", "ms", at_most(5, "ms")))
        rows.append(
            _row(found, f"answer the raise form, {kind}: p50", "raise", "p50", "ms", at_most(5, "ms"))
        )
    return rows


def _row(found: Medians, what: str, name: str, figure: str, unit: str, goal: Goal) -> Row:
    return Row(what, found.of(f"bare {name}", figure), found.of(name, figure), unit, goal)


async def _compare(rounds: int, rung: AsyncApp, names: Sequence[str]) -> Medians:
    bare = _bare_app()
    variants: dict[str, Round] = {}
    for name in names:
        variants[f"bare {name}"] = _round(bare, PAYLOADS[name], count(1))
        variants[name] = _round(rung, PAYLOADS[name], count(1))
    return await in_turns(rounds, variants)


def _round(app: AsyncApp, payload: Payload, numbers: "count[int]") -> Round:
    async def run() -> Sample:
        requests = [_signed(payload(next(numbers))) for _ in range(CALLS)]

        async def call(number: int) -> None:
            response = await app.async_dispatch(requests[number])
            assert response.status == 200 and "errors" not in response.body, response.body

        return await at_once(1, CALLS, call)

    return run


def _signed(body: str) -> AsyncBoltRequest:
    stamp = str(int(SystemClock().now().timestamp()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    headers: dict[str, str | Sequence[str]] = {
        "content-type": [kind],
        "x-slack-request-timestamp": [stamp],
        "x-slack-signature": [signature or ""],
    }
    return AsyncBoltRequest(body=body, headers=headers)


def _rungs_app(database: Database) -> AsyncApp:
    core = build_core(
        Parts(
            clock=TickingClock(),
            chance=FakeChance(),
            database=database,
            slack=SlackClient(AsyncWebClient(token="xoxb-bench")),
            workspace=builders.workspace(),
            bell=FakeBell(),
            nonce=lambda: "nonce",
            pace=Pace(),
            signing_secret=SECRET,
        )
    )
    core.matrices.hold(builders.T1, builders.published())
    return core.bolt


def _bare_app() -> AsyncApp:
    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=builders.T1, bot_token="xoxb-bench")

    async def listener(ack: AsyncAck) -> None:
        await ack()

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)
    app.event("app_home_opened")(listener)
    app.command("/issue")(listener)
    app.action(ids.ACK)(listener)
    app.view(ids.FORM_RAISE)(listener)
    return app


def _nothing(number: int) -> str:
    """Ana looks at her messages with Rung."""
    event = {"type": "app_home_opened", "user": builders.ANA, "channel": "D_ANA", "tab": "messages"}
    return json.dumps(
        {"type": "event_callback", "team_id": builders.T1, "event_id": f"Ev{number}", "event": event}
    )


def _help(number: int) -> str:
    """A slash command."""
    who = {"user_id": builders.ANA, "user_name": "ana", "team_id": builders.T1, "channel_id": "C_ISSUES"}
    return urlencode(
        {
            "command": "/issue",
            "text": "help",
            "trigger_id": f"1.{number}",
            "response_url": "https://slack.example/r",
        }
        | who
    )


def _take(number: int) -> str:
    """Ana presses Acknowledge on the ping of one issue."""
    action = {
        "type": "button",
        "action_id": ids.ACK,
        "block_id": "answers",
        "value": ids.Carried(number, 1, 1, 0).dump(),
        "action_ts": f"{number}.1",
    }
    container = {"type": "message", "channel_id": "D_ANA", "message_ts": f"1772452800.{number:06d}"}
    return _payload(
        "block_actions",
        builders.ANA,
        container=container,
        channel={"id": "D_ANA"},
        actions=[action],
        response_url="https://slack.example/r",
    )


def _raise(number: int) -> str:
    """Somebody submits the form, about something that nobody has raised yet."""
    chosen = {
        name: {"type": "static_select", "selected_option": {"value": FIELDS[name]}}
        for name in ("type", "impact", "urgency")
    }
    texts = {"title": f"Case{number}", "happened": FIELDS["happened"]}
    typed = {name: {"type": "plain_text_input", "value": text} for name, text in texts.items()}
    values = {name: {name: element} for name, element in (typed | chosen).items()}
    view = {
        "id": f"V{number}",
        "type": "modal",
        "callback_id": ids.FORM_RAISE,
        "private_metadata": json.dumps({"nonce": f"nonce {number}"}),
        "state": {"values": values},
        "blocks": [],
    }
    return _payload("view_submission", f"U_{number}", view=view)


def _payload(kind: str, user: str, **rest: Any) -> str:
    envelope: Mapping[str, Any] = {
        "type": kind,
        "team": {"id": builders.T1, "domain": "acme"},
        "user": {"id": user, "team_id": builders.T1},
        "api_app_id": "A_RUNG",
        "trigger_id": "1.1",
        **rest,
    }
    return urlencode({"payload": json.dumps(envelope)})


PAYLOADS: Mapping[str, Payload] = {"nothing": _nothing, "help": _help, "take": _take, "raise": _raise}
