"""What the browser page asks for and does. Refusals come as `{ok: false, error: sentence}` with HTTP 200."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.sandbox import page_shapes as shapes
from bot.sandbox.answer import Answer
from bot.sandbox.elements import FIELD
from bot.sandbox.errors import ModalRefused, NotPossible
from bot.sandbox.live import Live
from bot.sandbox.model import Channel, Json, Message, User, View
from bot.sandbox.people_files import MOST_BYTES, as_response, known, take
from bot.sandbox.readable import interactive
from bot.sandbox.web_api.files import file_json

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

PAGE = Path(__file__).parent / "page"
SENTENCES = {
    "operation_timeout": "The app did not answer in time. Try again in a moment.",
    "dispatch_failed": "The app is not connected. Start it and try again.",
}
Args = Mapping[str, Any]


class PageApi:
    """The page's side of a sandbox: every method takes the arguments of a request and answers JSON."""

    def __init__(self, sandbox: Sandbox, live: Live) -> None:
        self._sandbox = sandbox
        self._world = sandbox.world
        self._live = live

    def routes(self) -> list[BaseRoute]:
        reads: Mapping[str, Callable[[Args], Any]] = {
            "workspace": lambda args: shapes.workspace(self._world),
            "conversations": self.conversations,
            "messages": lambda args: shapes.messages(self._world, *self._at(args)),
            "thread": lambda args: shapes.thread(self._world, *self._at(args), args["ts"]),
            "modal": self.modal,
            "home": self.home,
        }
        acts: Mapping[str, Callable[[Args], Awaitable[Json]]] = {
            "read": self.read,
            "message": self.message,
            "command": self.command,
            "shortcut": self.shortcut,
            "action": self.action,
            "submit": self.submit,
            "close": self.close,
            "home": self.open_home,
        }
        return [
            Route("/", _index, methods=["GET"]),
            *(Route(f"/sandbox/{name}", _reading(read), methods=["GET"]) for name, read in reads.items()),
            *(Route(f"/sandbox/{name}", _acting(act), methods=["POST"]) for name, act in acts.items()),
            Route("/sandbox/file", self.file, methods=["POST"]),
            Route("/sandbox/files/{file_id}/{name}", self.show_file, methods=["GET"]),
            WebSocketRoute("/sandbox/live", self._live.serve),
            Mount("/static", StaticFiles(directory=PAGE, check_dir=False)),
        ]

    def _user(self, args: Args) -> User:
        return self._world.workspace.user(str(args["as"]))

    def _at(self, args: Args) -> tuple[User, Channel]:
        user = self._user(args)
        return user, self._sandbox.interactions.place(user, str(args["channel"]))

    def conversations(self, args: Args) -> list[Json]:
        user = self._user(args)
        self._world.workspace.dm_with(user.id)
        held = self._world.workspace.conversations_of(user.id)
        return [shapes.conversation(self._world, user, channel) for channel in held]

    def modal(self, args: Args) -> Json:
        user = self._user(args)
        depth = len(self._world.workspace.modals.get(user.id, ()))
        return shapes.view(self._world, self._sandbox.modal(user.id), depth)

    async def file(self, request: Request) -> Response:
        """Somebody chose a file: its bytes are the body, its name and whose it is stand in the query."""
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > MOST_BYTES:
                break

        async def taken() -> Json:
            user, args = self._user(request.query_params), request.query_params
            return {
                "ok": True,
                "file": file_json(self._world, take(self._world, user.id, args["name"], content)),
            }

        return await _answered(taken)

    async def show_file(self, request: Request) -> Response:
        """What was shared or chosen, for people's eyes; apps fetch it with their token."""
        return as_response(self._world, str(request.path_params["file_id"]))

    def home(self, args: Args) -> Json:
        return shapes.view(self._world, self._sandbox.home(self._user(args).id), 1)

    async def read(self, args: Args) -> Json:
        user, channel = self._at(args)
        latest = self._world.workspace.roots(channel.id)
        self._world.workspace.last_read[user.id, channel.id] = latest[-1].ts if latest else ""
        self._world.workspace.changed("conversations", user=user.id)
        return {"ok": True}

    async def message(self, args: Args) -> Json:
        """A text that begins with a command of the app is that command."""
        name, _, rest = str(args["text"]).strip().partition(" ")
        if name in self._world.manifest.commands and not args.get("thread_ts"):
            return await self.command({**args, "command": name, "text": rest})
        if not str(args["text"]).strip():
            raise NotPossible("There is nothing to send.")
        thread_ts = args.get("thread_ts")
        said = await self._sandbox.say(args["as"], args["channel"], str(args["text"]), thread_ts)
        return {"ok": True, "ts": said.ts}

    async def command(self, args: Args) -> Json:
        text = str(args.get("text", ""))
        answer = await self._sandbox.slash(args["as"], args["channel"], str(args["command"]), text)
        return _told(answer)

    async def shortcut(self, args: Args) -> Json:
        who, callback_id = str(args["as"]), str(args["callback_id"])
        if args.get("ts"):
            return _told(await self._sandbox.message_shortcut(who, args["channel"], args["ts"], callback_id))
        return _told(await self._sandbox.shortcut(who, callback_id))

    async def action(self, args: Args) -> Json:
        user = self._user(args)
        where = self._container(user, args["container"])
        if isinstance(where, View) and args.get("state"):
            state = known(self._world, user.id, args["state"])
            where = self._world.workspace.put_view(replace(where, state=state))
        found = [(b, e) for b, e in interactive(where.blocks) if e["action_id"] == args["action_id"]]
        exact = [(b, e) for b, e in found if b == args.get("block_id", b)]
        # A message that was edited a moment ago has other block ids: its only button of that name is still meant.
        found = exact or (found if len(found) == 1 else [])
        if not found:
            raise NotPossible("That button is no longer there.")
        chosen = {key: args[key] for key in {*FIELD.values(), "value"} if key in args}
        return _told(await self._sandbox.interactions.act(user, where, *found[0], chosen))

    def _container(self, user: User, container: Args) -> Message | View:
        workspace = self._world.workspace
        if container["type"] == "view":
            found: Message | View | None = workspace.view(str(container["view_id"]))
        elif container.get("ephemeral"):
            found = workspace.ephemeral(user.id, str(container["ts"]))
        else:
            found = workspace.message(str(container["channel"]), str(container["ts"]))
        if found is None:
            raise NotPossible("That is no longer there.")
        return found

    async def submit(self, args: Args) -> Json:
        view = self._sandbox.modal(str(args["as"]))
        if view is None or view.id != args["view_id"]:
            raise NotPossible("That form is no longer open.")
        given = known(self._world, view.user, args["values"])
        state = {block: {**view.state.get(block, {}), **held} for block, held in given.items()}
        filled = replace(view, state={**view.state, **state}, errors={})
        answer = await self._sandbox.modals.submit_view(str(args["as"]), filled)
        await self._sandbox.settled()
        current = self._world.workspace.view(view.id)
        errors = dict(current.errors) if current else {}
        return {**_told(answer), **({"ok": False, "errors": errors} if errors else {})}

    async def close(self, args: Args) -> Json:
        await self._sandbox.modals.close(str(args["as"]), args.get("view_id"))
        return {"ok": True}

    async def open_home(self, args: Args) -> Json:
        await self._sandbox.open_home(str(args["as"]))
        return {"ok": True}


def _told(answer: Answer) -> Json:
    if answer.error is None:
        return {"ok": True}
    return {
        "ok": False,
        "error": SENTENCES.get(answer.error, f"The app's answer was refused: {answer.error}"),
    }


def _reading(read: Callable[[Args], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await _answered(lambda: _now(read, request.query_params))

    return endpoint


async def _now(read: Callable[[Args], Any], args: Args) -> Any:
    return read(args)


def _acting(act: Callable[[Args], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await request.json()
        return await _answered(lambda: act(body))

    return endpoint


async def _answered(work: Callable[[], Awaitable[Any]]) -> Response:
    try:
        return JSONResponse(await work())
    except ModalRefused as refused:
        return JSONResponse({"ok": False, "errors": {refused.block_id: refused.reason}})
    except NotPossible as refused:
        return JSONResponse({"ok": False, "error": str(refused)})
    except KeyError as missing:
        return JSONResponse({"ok": False, "error": f"The page did not say {missing.args[0]!r}."})


async def _index(request: Request) -> Response:
    return FileResponse(PAGE / "index.html")
