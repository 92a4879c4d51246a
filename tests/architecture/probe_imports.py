"""Run in a fresh process: imports every module of Rung and prints what happened beside that, one thing a line."""

import asyncio
import importlib
import os
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

import bot

PROGRAMS = {"bot.__main__", "bot.adapters.db.migrations.env"}
"""Run, never imported: the command itself, and Alembic's script."""
LOUD = {
    "socket.__new__",
    "socket.bind",
    "socket.connect",
    "sqlite3.connect",
    "subprocess.Popen",
    "os.fork",
    "os.mkdir",
    "os.putenv",
    "os.remove",
    "os.rename",
    "signal.signal",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

happened: list[str] = []
importing = ""


def listen(event: str, args: tuple[Any, ...]) -> None:
    """The interpreter's audit hook."""
    if importing and (event in LOUD or (event == "open" and isinstance(args[2], int) and args[2] & WRITING)):
        happened.append(f"{importing}: {event} {args!r}")


def no_loop(*_: object) -> NoReturn:
    """In place of everything that makes an event loop."""
    raise AssertionError("an event loop was made")


def no_thread(*_: object) -> NoReturn:
    """In place of starting a thread, which not every interpreter reports."""
    raise AssertionError("a thread was started")


def modules() -> list[str]:
    """The names of all modules under bot/."""
    home = Path(bot.__file__).parent
    paths = [path.relative_to(home.parent).with_suffix("") for path in home.rglob("*.py")]
    names = {".".join(path.parts).removesuffix(".__init__") for path in paths}
    return sorted(names - PROGRAMS)


def main() -> None:
    """Import, and tell."""
    global importing
    sys.addaudithook(listen)
    asyncio.new_event_loop = asyncio.events.new_event_loop = no_loop
    setattr(threading.Thread, "start", no_thread)  # noqa: B010 - a method is put aside on purpose
    for importing in modules():
        try:
            importlib.import_module(importing)
        except AssertionError as error:
            happened.append(f"{importing}: {error}")
    importing = ""
    happened.extend(f"a thread is left: {thread.name}" for thread in threading.enumerate()[1:])
    happened.extend(f"a file is left: {path}" for path in Path.cwd().iterdir())
    for line in happened:
        print(line)
    print(f"{len(modules())} modules")


main()
