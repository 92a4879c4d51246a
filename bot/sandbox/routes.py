"""The addresses a sandbox answers: the Web API, sockets, response_urls, uploads and the page."""

from __future__ import annotations

import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.sandbox.host import Host
from bot.sandbox.people_files import as_response
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.web_api.dispatch import Wire, answer, bearer, may_read_files
from bot.sandbox.world import World

SIGN_IN = (
    "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to your workspace</body></html>"
)


def slack_routes(
    world: World, sockets: SocketMode | None, hooks: ResponseUrls, wire: Wire
) -> list[BaseRoute]:
    """What the app under test talks to."""

    async def web_api(request: Request) -> Response:
        return await answer(world, request, wire)

    async def response_url(request: Request) -> Response:
        try:
            body = json.loads(await request.body())
        except ValueError:
            return PlainTextResponse("invalid_payload", 400)
        status, text = hooks.respond(str(request.path_params["token"]), body)
        return PlainTextResponse(text, status)

    async def upload(request: Request) -> Response:
        file = world.uploads.get(str(request.path_params["file_id"]))
        if file is None or file.content is not None:
            return PlainTextResponse("File not found", 404)
        content = await request.body()
        if len(content) != file.length:
            return PlainTextResponse("The length is not the announced one", 400)
        file.content = content
        return PlainTextResponse(f"OK - {len(content)}")

    async def download(request: Request) -> Response:
        """For whoever shows the token. All others are asked to sign in, with a 200 as if that were the file."""
        if not may_read_files(world, bearer(request)):
            return HTMLResponse(SIGN_IN)
        return as_response(world, str(request.path_params["file_id"]))

    routes: list[BaseRoute] = [
        Route("/api/{method}", web_api, methods=["GET", "POST"]),
        Route("/actions/{team}/{token}", response_url, methods=["POST"]),
        Route("/upload/v1/{file_id}", upload, methods=["POST"]),
        Route("/files/{file_id}/{name}", download, methods=["GET"]),
    ]
    if sockets is not None:
        routes.append(WebSocketRoute("/link/", sockets.serve))
    return routes


def application(routes: list[BaseRoute]) -> Starlette:
    return Starlette(routes=routes)


def wire_of(host: Host) -> Wire:
    return Wire(host.hang, host.drop)
