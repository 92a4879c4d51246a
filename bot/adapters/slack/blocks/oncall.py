"""On call in Slack: who has it now and next, a schedule's coming handovers, and what is mine with its buttons."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.adapters.slack import ids, values
from bot.adapters.slack.blocks.elements import (
    MESSAGE_BLOCKS,
    Block,
    actions,
    button,
    context,
    header,
    section,
)
from bot.adapters.slack.blocks.oncall_put_in import MOST, override_blocks, override_said, put_in_button
from bot.adapters.slack.blocks.text import bold, escape, fallback, inline, instant, octets, person, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.oncall.lookup import LOOK_AROUND
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.domain.oncall.pieces import Piece
from bot.domain.wording import oncall as wording
from bot.domain.words import Person, Sentence, say
from bot.usecases.oncall_overrides import Overrides
from bot.usecases.oncall_views import Coming, Duty, Mine
from bot.usecases.people_ports import Swap
from bot.usecases.rows import Answer

MOST_LINES = 60
"""Handovers of two weeks; a schedule that changes hands more often is cut."""
LINES_PER_SECTION = 15
_IN_SIGHT = LOOK_AROUND - timedelta(days=1)
"""A shift that ends later was cut where looking ahead ends."""
NO_SCHEDULES = "There is no on-call schedule yet. An admin adds schedules to the matrix."


def duties_answer(duties: Sequence[Duty], called: str, now: datetime) -> Drawing:
    """Every schedule, for one person's eyes."""
    hint = f"{inline(called)} mine shows your shifts, {inline(called)} SCHEDULE the next two weeks."
    shown = duties[: MESSAGE_BLOCKS - 2]
    more = len(duties) - len(shown)
    small = context(f"{more} more are not shown. {hint}" if more else hint)
    lines = [line for one in shown for line in duty_lines(one, now)] or [NO_SCHEDULES]
    return _drawing(["On call", *lines, hint], [*duty_blocks(shown, now), small])


def duty_blocks(duties: Sequence[Duty], now: datetime) -> list[Block]:
    """The heading and a block for each schedule."""
    sections = [section("\n".join(duty_lines(one, now))) for one in duties]
    return [header("On call"), *(sections or [section(NO_SCHEDULES)])]


def duty_lines(duty: Duty, now: datetime) -> list[str]:
    """One schedule in at most three lines of mrkdwn: its name, now, next."""
    return [bold(inline(duty.title)), _now_line(duty, now), *_next_line(duty, now)]


def coming_answer(coming: Coming, called: str, found: Overrides | None = None) -> Drawing:
    """The next two weeks of a schedule, one line for each handover; below it what differs from the plan, and how
    somebody is put in, for who may."""
    now = coming.at
    lines = [_handover(one, now) for one in sorted((*coming.shifts, *coming.gaps), key=lambda one: one.start)]
    more = max(0, len(lines) - MOST_LINES)
    shown = lines[:MOST_LINES]
    blocks: list[Block] = [header(f"On call: {coming.title}")]
    for start in range(0, len(shown), LINES_PER_SECTION):
        blocks.append(section("\n".join(shown[start : start + LINES_PER_SECTION])))
    notes = [*(inline(why) for why in coming.gone), f"{more} more are not shown." if more else ""]
    notes.append(
        f"The next two weeks. {inline(called)} feed {escape(coming.schedule)} has them in your calendar."
    )
    blocks.append(context(" ".join(note for note in notes if note)))
    if found and (found.all or found.may_put_in):
        blocks += override_blocks(found, now)
        notes += [render(override_said(one.change), now) for one in found.all[:MOST]]
    if found and found.may_put_in:
        blocks += actions([put_in_button(found.schedule)])
    return _drawing([f"On call: {inline(coming.title)}", *shown, *notes], blocks)


def mine_answer(mine: Mine, called: str, now: datetime) -> Drawing:
    """My next shifts, my changes and requests, with the buttons that take them back or answer them."""
    shifts = [_my_shift(one, now) for one in mine.shifts]
    nothing = f"You have no shift in the next three months. {inline(called)} shows who is on call."
    blocks: list[Block] = [header("Your shifts"), section("\n".join(shifts) or nothing)]
    text = ["Your shifts", *(shifts or [nothing])]
    for said, buttons in (*_swap_rows(mine, now), *_change_rows(mine, now)):
        if len(blocks) + 2 > MESSAGE_BLOCKS:
            break
        blocks += [section(said), *actions(buttons)]
        text.append(said)
    return _drawing(text, blocks)


def said_answer(answer: Answer, now: datetime) -> Drawing:
    """What became of a command, with a button to take it back."""
    said = render(answer.sentence, now)
    what, _, number = answer.code.partition(":")
    buttons = [_BUTTONS[what](int(number))] if what in _BUTTONS and number.isdecimal() else []
    return Drawing(fallback([said], weigh=octets), [section(said), *actions(buttons)], live=False)


def feed_answer(said: Sentence, address: str) -> Drawing:
    """The secret address of a calendar, to be copied. Without `address`: only what is said."""
    spoken = render(said)
    blocks = [section(spoken), *([section(f"`{escape(address)}`")] if address else [])]
    return _drawing([spoken, escape(address)], blocks)


def undo_button(change: int) -> Block:
    """Takes a change back."""
    return button("Undo", ids.ONCALL_UNDO, values.one(change), spoken="Take this change back")


def withdraw_button(swap: int) -> Block:
    """Takes a question back."""
    return button("Withdraw", ids.SWAP_WITHDRAW, values.one(swap), spoken="Take this question back")


def swap_buttons(swap: int) -> list[Block]:
    """Answer a question."""
    return [
        button("Accept", ids.SWAP_ACCEPT, values.one(swap), primary=True, spoken="Accept to be on call then"),
        button("Decline", ids.SWAP_DECLINE, values.one(swap), spoken="Say that you can't"),
    ]


_BUTTONS = {"undo": undo_button, "withdraw": withdraw_button}


def _now_line(duty: Duty, now: datetime) -> str:
    if duty.now is None:
        return "Nobody is on call now"
    who = person(duty.now.who)
    return f"Now: {who}" if duty.always else f"Now: {who} until {instant(duty.now.end, now)}"


def _next_line(duty: Duty, now: datetime) -> list[str]:
    if duty.next is not None:
        return [f"Next: {person(duty.next.who)} from {instant(duty.next.start, now)}"]
    return [] if duty.always else ["Next: nobody in the next three months"]


def _handover(piece: Piece, now: datetime) -> str:
    since = "Now" if piece.start <= now else instant(piece.start, now)
    if piece.who:
        return f"{since}: {person(piece.who)}"
    return f"{since}: *nobody* until {instant(piece.end, now)}"


def _my_shift(piece: Piece, now: datetime) -> str:
    since = "now" if piece.start <= now else f"from {instant(piece.start, now)}"
    until = f" until {instant(piece.end, now)}" if piece.end < now + _IN_SIGHT else ", with no end in sight"
    return f"{inline(piece.title)}: {since}{until}"


def _swap_rows(mine: Mine, now: datetime) -> Iterator[tuple[str, list[Block]]]:
    for swap in mine.swaps:
        asked = swap.colleague == mine.user
        buttons = swap_buttons(swap.id) if asked else [withdraw_button(swap.id)]
        yield render(_swap_said(swap, asked), now), buttons


def _swap_said(swap: Swap, asked: bool) -> Sentence:
    span = wording.span(swap.start, swap.end)
    if asked:
        return say("{who} asks you to take over {span}.", who=Person(swap.asker), span=span)
    return say("You asked {who} to take over {span}. No answer yet.", who=Person(swap.colleague), span=span)


def _change_rows(mine: Mine, now: datetime) -> Iterator[tuple[str, list[Block]]]:
    for change in mine.changes:
        yield render(_change_said(change, mine.user), now), [undo_button(change.id)]


def _change_said(change: OnCallChange, user: str) -> Sentence:
    who = say("You") if change.person == user else say("{who}", who=Person(change.person))
    verb = "are" if change.person == user else "is"
    span = wording.span(change.start, change.end)
    if change.kind is ChangeKind.AWAY:
        return say("{who} {verb} away {span}.", who=who, verb=verb, span=span)
    instead = say(" instead of {who}", who=_name(change.instead_of, user)) if change.instead_of else say("")
    on = f" for {change.schedule}" if change.schedule else ""
    return say(
        "{who} {verb} on call{on}{instead} {span}.", who=who, verb=verb, on=on, instead=instead, span=span
    )


def _name(who: str, user: str) -> Sentence:
    return say("you") if who == user else say("{who}", who=Person(who))


def _drawing(text: Sequence[str], blocks: list[Block]) -> Drawing:
    return Drawing(fallback(text, weigh=octets), blocks, live=False)
