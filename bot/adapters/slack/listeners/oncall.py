"""On call: who is, and the words and buttons that change it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import ids, payloads, values
from bot.adapters.slack.blocks import oncall as blocks
from bot.adapters.slack.blocks.help import HelpGroup, help_answer
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.incoming_text import readable
from bot.adapters.slack.listeners.command import Asked, SubCommand, by_word
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.domain.contacts import Contact, ContactKind, parse_contact
from bot.domain.errors import NotFound, Refused
from bot.usecases import manage_oncall, oncall_feed, oncall_swaps, oncall_views
from bot.usecases.commands import Command
from bot.usecases.members import require_look
from bot.usecases.oncall_commands import FeedCommand, OnCallCommand, SwapCommand, Undo
from bot.usecases.oncall_overrides import overrides
from bot.usecases.rows import Answer
from bot.usecases.services import Services
from bot.usecases.tell import whisper

Body = Mapping[str, Any]
WORD = "oncall"

_WEEKS = 'its next two weeks; write "NAME" where the name is a word of this table'
_MENTION = re.compile(r"<@([UW][A-Z0-9_]+)(?:\|[^<>]*)?>")
_MAIL = re.compile(r"<mailto:([^|<>]+)(?:\|[^<>]*)?>|(?<!\S)([^\s@<>]+@[^\s@<>]+\.[^\s@<>]+)")
_HANDLE = re.compile(r"(?<!\S)@([^\s@<>,:]+)")


async def _oncall(here: Here, asked: Asked) -> Drawing | None:
    """Who is on call; a schedule by name; or one of the parts below.

    The whole name of a schedule is that schedule, though it begins like a part (``Take over``); a name that is a part's
    word stands in quotes.
    """
    word, after = asked.after_word()
    part = _BY_WORD.get(word)
    named = " " in asked.rest and oncall_views.is_schedule(here.services, here.workspace, asked.rest)
    if part is not None and not named:
        return await part.handler(here, after)
    await require_look(here.services, here.workspace, asked.slash.who.user)
    called = here.called(WORD)
    if not asked.rest:
        duties = await oncall_views.duties(here.services, here.workspace, asked.slash.who.user)
        return blocks.duties_answer(duties, called, here.services.clock.now())
    try:
        coming = await oncall_views.coming(here.services, here.workspace, asked.rest)
    except NotFound as unknown:
        return help_answer(_help_groups(called), unknown.sentence.plain())
    reader = Command(workspace=here.workspace, user=asked.slash.who.user, key=asked.slash.key)
    found = await overrides(here.services, reader, coming.schedule)
    return blocks.coming_answer(coming, called, found)


async def _mine(here: Here, asked: Asked) -> Drawing:
    found = await oncall_views.mine(here.services, here.workspace, asked.slash.who.user)
    return blocks.mine_answer(found, here.called(WORD), here.services.clock.now())


Verb = Callable[[Services, OnCallCommand], Awaitable[Answer]]


async def _change(here: Here, asked: Asked, verb: Verb) -> Drawing:
    colleague, words = colleague_in(asked.raw)
    command = OnCallCommand(
        workspace=here.workspace,
        user=asked.slash.who.user,
        key=asked.slash.key,
        words=words,
        colleague=colleague,
        called=here.called(WORD),
    )
    return blocks.said_answer(await verb(here.services, command), here.services.clock.now())


async def _take(here: Here, asked: Asked) -> Drawing:
    return await _change(here, asked, manage_oncall.take)


async def _cover(here: Here, asked: Asked) -> Drawing:
    return await _change(here, asked, manage_oncall.cover)


async def _ask(here: Here, asked: Asked) -> Drawing:
    return await _change(here, asked, oncall_swaps.ask)


async def _away(here: Here, asked: Asked) -> Drawing:
    return await _change(here, asked, manage_oncall.away)


async def _undo(here: Here, asked: Asked) -> Drawing:
    command = Undo(
        workspace=here.workspace,
        user=asked.slash.who.user,
        key=asked.slash.key,
        called=here.called(WORD),
    )
    answer = await manage_oncall.undo(here.services, command)
    return blocks.said_answer(answer, here.services.clock.now())


async def _feed(here: Here, asked: Asked) -> Drawing:
    """The address is for this person's eyes: a command's answer is seen by nobody else."""
    words = [word for word in asked.rest.split() if word.lower() != "new"]
    command = FeedCommand(
        workspace=here.workspace,
        user=asked.slash.who.user,
        key=asked.slash.key,
        schedule=" ".join(words),
        anew=len(words) < len(asked.rest.split()),
        secret=here.nonce() + here.nonce(),
        called=here.called(WORD),
    )
    if not here.public_url:
        return blocks.feed_answer(oncall_feed.NO_ADDRESS, "")
    given = await oncall_feed.give(here.services, command)
    return blocks.feed_answer(given.sentence, f"{here.public_url}/oncall/{given.secret}.ics")


async def _help(here: Here, _asked: Asked) -> Drawing:
    return help_answer(_help_groups(here.called(WORD)), "")


PARTS = (
    SubCommand(("mine", "my"), "mine", "your next shifts, your changes, and who waits for an answer", _mine),
    SubCommand(("take",), "take 2h [SCHEDULE]", "you are on call from now on, for so long", _take),
    SubCommand(
        ("cover",), "cover @colleague WHEN", "you take a colleague's time: tomorrow 9-17, fri", _cover
    ),
    SubCommand(
        ("ask",), "ask @colleague WHEN", "ask a colleague to take yours; they accept or decline", _ask
    ),
    SubCommand(("away",), "away WHEN", "you are away, and the next one of each schedule stands in", _away),
    SubCommand(("undo",), "undo", "take back what changed last for you, or your last question", _undo),
    SubCommand(
        ("feed", "calendar"),
        "feed [SCHEDULE]",
        "the address of a calendar; feed new makes another one",
        _feed,
    ),
    SubCommand(("help", "?"), "help", "this part of the table", _help),
)
_BY_WORD = by_word(PARTS)
ONCALL = SubCommand(
    (WORD, "on-call"),
    "oncall [SCHEDULE]",
    "who is on call now and next, or the next two weeks",
    _oncall,
    PARTS,
)


def colleague_in(raw: str) -> tuple[Contact | None, str]:
    """Whom a text names, as Slack sent it (`<@U1|ann>`) or as it was typed (`@ann`), and the other words."""
    for pattern, kind in (
        (_MENTION, ContactKind.USER),
        (_MAIL, ContactKind.EMAIL),
        (_HANDLE, ContactKind.HANDLE),
    ):
        found = pattern.search(raw)
        if found:
            named = next(group for group in found.groups() if group)
            rest = f"{raw[: found.start()]} {raw[found.end() :]}"
            return _contact(kind, named), " ".join(readable(rest).split())
    return None, " ".join(readable(raw).split())


def _contact(kind: ContactKind, named: str) -> Contact:
    """A handle that is written like an id or an address is one."""
    return (
        Contact(kind, named)
        if kind is not ContactKind.HANDLE
        else parse_contact(named) or Contact(kind, named)
    )


def _help_groups(called: str) -> list[HelpGroup]:
    first = [(called, "who is on call now and next"), (f"{called} SCHEDULE", _WEEKS)]
    return [HelpGroup("", [*first, *((f"{called} {part.usage}", part.does) for part in PARTS)])]


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons."""

    async def tell(body: Body, answer: Answer) -> None:
        click = payloads.click(body)
        await whisper(
            here.services,
            here.workspace,
            user=click.who.user,
            channel=click.channel,
            key=click.key,
            sentence=answer.sentence,
        )

    async def on_swap(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        command = SwapCommand(
            workspace=here.workspace,
            user=click.who.user,
            key=click.key,
            swap=_number(click),
            called=here.called(WORD),
        )
        answer = await _SWAPS[body["actions"][0]["action_id"]](here.services, command)
        if (body.get("container") or {}).get("is_ephemeral") or not click.stamp:
            await tell(body, answer)
        await ack()

    for action in _SWAPS:
        doors.action(action)(on_swap)

    @doors.action(ids.ONCALL_UNDO)
    async def on_undo(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        command = Undo(
            workspace=here.workspace,
            user=click.who.user,
            key=click.key,
            change=_number(click),
            called=here.called(WORD),
        )
        await tell(body, await manage_oncall.undo(here.services, command))
        await ack()


_SWAPS: dict[str, Callable[[Services, SwapCommand], Awaitable[Answer]]] = {
    ids.SWAP_ACCEPT: oncall_swaps.accept,
    ids.SWAP_DECLINE: oncall_swaps.decline,
    ids.SWAP_WITHDRAW: oncall_swaps.withdraw,
}


def _number(click: payloads.Click) -> int:
    found = values.load_one(click.value)
    if found is None:
        raise Refused("This button is from an older version. Please use the command again.")
    return found
