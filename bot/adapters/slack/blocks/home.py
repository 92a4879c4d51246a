"""The Home tab: what this is, what waits for its reader, what is theirs, and what their role oversees."""

from collections.abc import Iterator, Mapping

from bot.adapters.slack.blocks.buttons import raise_button
from bot.adapters.slack.blocks.elements import Block, actions, context, divider, header, section
from bot.adapters.slack.blocks.home_parts import (
    LOOKS,
    admin_blocks,
    admin_lines,
    part_blocks,
    part_lines,
    priority_blocks,
    priority_lines,
)
from bot.adapters.slack.blocks.oncall import duty_blocks, duty_lines
from bot.adapters.slack.blocks.subject import command_of
from bot.adapters.slack.blocks.text import fallback, inline
from bot.adapters.slack.blocks.views import home_tab, metadata
from bot.adapters.slack.drawing import Drawing
from bot.usecases.home import Home, Part, write_pages
from bot.usecases.rows import Letter
from bot.usecases.viewers import Onlooker

MOST_DUTIES = 6
"""With them, all lists of a manager stay below the hundred blocks of a view."""
FIRST = ("waiting", "owned")
"""Of their own lists, what needs the reader stands above what they oversee; the others below."""

_WELCOME = (
    "Something needs an answer and you are not getting one? Raise an issue. Rung asks the person who is there for it, "
    "asks the next one when nobody answers in time, and tells you about every step."
)
_OTHER_WAYS = "You can also type {command}, or open the menu of a message. {command} help shows everything."
_NOTHING_YET = (
    "*Nothing here is yours yet.* What you raise, what is raised for you and what waits for your answer will stand "
    "here, with who has it and until when."
)
_NOT_KNOWN = (
    "Slack could not say who you are just now, so only what you take part in is shown. Open this tab again."
)
_ALL_WELL = "You oversee these too; they are empty now: {names}."
_ON_CALL = "{command} shows every schedule, {command} mine your shifts."


def draw_home(letter: Letter) -> Drawing:
    """The whole tab of one person. `letter.extra` holds ``home``, ``reduced`` and how commands are called."""
    known = letter.extra or {}
    given = known.get("home")
    home = given if isinstance(given, Home) else Home(Onlooker(letter.row.notice.text("user")), ())
    blocks = list(_blocks(home, letter))
    pages = write_pages({part.name: part.start for part in (*home.own, *home.overseen)})
    view = home_tab([*blocks, *_reduced(known)], metadata("home", pages=pages))
    return Drawing(fallback(_lines(home, letter)), [], live=True, view=view)


def _blocks(home: Home, letter: Letter) -> Iterator[Block]:
    command, now = command_of(letter), letter.now
    busy = any(part.total for part in (*home.own, *home.overseen))
    yield from _top(command, busy)
    if not home.who.known:
        yield context(_NOT_KNOWN)
    yield divider()
    if not any(part.total for part in home.own):
        yield section(_NOTHING_YET)
    else:
        yield from _parts([one for one in home.own if one.name in FIRST], letter)
    yield from _overseen(home, letter)
    if any(part.total for part in home.own):
        yield from _parts([one for one in home.own if one.name not in FIRST], letter)
    yield from _on_call(home, letter)
    yield from priority_blocks(home)
    yield from admin_blocks(home, command, now)
    if busy:
        yield context(_OTHER_WAYS.format(command=inline(command)))


def _top(command: str, busy: bool) -> Iterator[Block]:
    """What this is, until there is something to do: then that comes first."""
    if not busy:
        yield header("Rung: no issue goes unanswered")
        yield section(_WELCOME)
    yield from actions([raise_button()])
    if not busy:
        yield context(_OTHER_WAYS.format(command=inline(command)))


def _parts(parts: list[Part], letter: Letter) -> Iterator[Block]:
    for part in parts:
        yield from part_blocks(part, letter.now)


def _overseen(home: Home, letter: Letter) -> Iterator[Block]:
    yield from _parts([part for part in home.overseen if part.total], letter)
    if empty := _empty(home):
        yield context(empty)


def _empty(home: Home) -> str:
    """The lists of a manager in which there is nothing, in one line."""
    names = [LOOKS[part.name].title.lower() for part in home.overseen if not part.total]
    return _ALL_WELL.format(names="; ".join(names)) if names else ""


def _on_call(home: Home, letter: Letter) -> Iterator[Block]:
    if home.duties:
        yield from duty_blocks(home.duties[:MOST_DUTIES], letter.now)
        called = str((letter.extra or {}).get("oncall") or "/oncall")
        yield context(_ON_CALL.format(command=inline(called)))


def _lines(home: Home, letter: Letter) -> Iterator[str]:
    yield _WELCOME
    for part in (*home.own, *home.overseen):
        if part.total:
            yield from part_lines(part, letter.now)
    yield _empty(home)
    for duty in home.duties[:MOST_DUTIES]:
        yield from duty_lines(duty, letter.now)
    yield from priority_lines(home)
    yield from admin_lines(home, command_of(letter), letter.now)


def _reduced(known: Mapping[str, object]) -> list[Block]:
    """What this workspace does not allow Rung to do, so that nobody waits for it."""
    named = known.get("reduced")
    missing = [inline(str(one)) for one in named] if isinstance(named, list | tuple) else []
    return [divider(), context("Not available here: " + "; ".join(missing))] if missing else []
