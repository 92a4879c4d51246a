"""The door of the Web API: wire forms, faults, tokens, scopes, limits, required arguments, then the method."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.faults import Fault
from bot.sandbox.journal import ApiCall
from bot.sandbox.model import Json
from bot.sandbox.scopes import APP_SCOPES, METHODS
from bot.sandbox.web_api.call import Call
from bot.sandbox.web_api.registry import HANDLERS
from bot.sandbox.world import World

BEFORE = frozenset({"status", "error", "html", "timeout", "drop_before", "slow"})
AFTER = frozenset({"timeout_after_store", "drop_after_store"})
ERROR_PAGE = "<html><head><title>Slack</title></head><body>Server Error</body></html>"


@dataclass(frozen=True, slots=True)
class Wire:
    """What a fault may do to the connection: `hang` until the caller gives up, `drop` it."""

    hang: Callable[[Request], Awaitable[None]]
    drop: Callable[[Request], Awaitable[None]]


async def answer(world: World, request: Request, wire: Wire) -> Response:
    """Answers one HTTP request to /api/{method}."""
    method = str(request.path_params["method"])
    try:
        token, args = await read_arguments(request)
    except SlackError as refused:
        _note(world, _Asked(method, "", {}), refused.body, 200, stored=False)
        return JSONResponse(refused.body)
    fault = world.faults.take(method, args)
    if fault is not None and fault.kind in BEFORE:
        early = await _befall(world, fault, _Asked(method, token, args), request, wire)
        if early is not None:
            return early
    body, status, headers = _outcome(world, method, token, args)
    _note(world, _Asked(method, token, args), body, status, stored=bool(body["ok"]))
    if fault is not None and fault.kind in AFTER:
        await (wire.drop if fault.kind == "drop_after_store" else wire.hang)(request)
    return JSONResponse(body, status, headers)


@dataclass(frozen=True, slots=True)
class _Asked:
    method: str
    token: str
    args: Mapping[str, Any]


async def read_arguments(request: Request) -> tuple[str, Json]:
    """The token ("" if none) and the arguments: of the query, then the form or JSON body.

    Raises SlackError for a body that is not what it says it is.
    """
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        args |= _json_object(await request.body())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form() as form:
            args |= {name: value for name, value in form.items() if isinstance(value, str)}
    in_form = str(args.pop("token", ""))
    return bearer(request) or in_form, args


def bearer(request: Request) -> str:
    """The token in the Authorization header, "" if there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _json_object(raw: bytes) -> Json:
    try:
        parsed = json.loads(raw or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(parsed, dict):
        raise SlackError("json_not_object")
    return parsed


async def _befall(world: World, fault: Fault, asked: _Asked, request: Request, wire: Wire) -> Response | None:
    """What a fault before the call does; None lets the call go on."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    body = {"ok": False, "error": fault.code or ("ratelimited" if fault.http_status == 429 else fault.kind)}
    status = 200 if fault.kind == "error" else fault.http_status
    _note(world, asked, body, status, stored=False)
    if fault.kind in ("timeout", "drop_before"):
        await (wire.hang if fault.kind == "timeout" else wire.drop)(request)
    if fault.kind == "html" or status >= 500:
        return HTMLResponse(ERROR_PAGE, status)
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return JSONResponse(body, status, headers)


def _outcome(world: World, method: str, token: str, args: Json) -> tuple[Json, int, dict[str, str]]:
    try:
        granted = _admit(world, method, token)
        wait = world.rates.refusal(method, _conversation(world, args.get("channel")))
        if wait is not None:
            return {"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)}
        _require_arguments(method, args)
        return HANDLERS[method](Call(method, args, world)), 200, {"X-OAuth-Scopes": ",".join(granted)}
    except SlackError as refused:
        return refused.body, 200, {}


def _conversation(world: World, channel: Any) -> str | None:
    """Where a message would arrive: one addressed to a person arrives in the conversation with them."""
    if not isinstance(channel, str):
        return None
    return world.workspace.dm_id(channel) if channel in world.workspace.users else channel


def _admit(world: World, method: str, token: str) -> tuple[str, ...]:
    """The scopes the token grants. Refuses unknown methods, bad tokens, wrong kinds and missing scopes."""
    if method not in HANDLERS:
        raise SlackError("unknown_method", req_method=method)
    row = METHODS[method]
    if not token:
        raise SlackError("not_authed")
    if token not in (world.config.bot_token, world.config.app_token):
        raise SlackError("invalid_auth")
    if token in world.revoked:
        raise SlackError("token_revoked")
    if world.account_inactive:
        raise SlackError("account_inactive")
    if method != "auth.test" and token_kind(world, token) != row.token:
        raise SlackError("not_allowed_token_type")
    granted = APP_SCOPES if row.token == "app" else world.manifest.scopes  # noqa: S105 - a kind
    if row.scopes and not any(scope in granted for scope in row.scopes):
        raise SlackError("missing_scope", needed=",".join(row.scopes), provided=",".join(granted))
    return granted


def may_read_files(world: World, token: str) -> bool:
    """Whether this token may fetch what is in a file."""
    alive = token not in world.revoked and not world.account_inactive
    return alive and token_kind(world, token) == "bot" and "files:read" in world.manifest.scopes


def token_kind(world: World, token: str) -> str:
    """bot, app, none or unknown."""
    kinds = {world.config.bot_token: "bot", world.config.app_token: "app", "": "none"}
    return kinds.get(token, "unknown")


def _require_arguments(method: str, args: Json) -> None:
    missing = [name for name in METHODS[method].required if args.get(name) is None]
    if missing:
        raise invalid_arguments(*(f"missing required field: {name}" for name in missing))


def _note(world: World, asked: _Asked, body: Json, status: int, stored: bool) -> None:
    kind = token_kind(world, asked.token)
    error = body.get("error")
    args = dict(asked.args)
    world.journal.append(ApiCall(world.clock(), asked.method, kind, args, body["ok"], error, status, stored))
