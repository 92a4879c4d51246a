"""The question whether somebody agrees to their places on the matrix, and what they said."""

from collections.abc import Iterator, Sequence

from bot.adapters.slack import ids, values
from bot.adapters.slack.blocks.elements import (
    MESSAGE_BLOCKS,
    Block,
    actions,
    button,
    context,
    plain_context,
    plain_section,
    section,
)
from bot.adapters.slack.blocks.fields import Field, text_input
from bot.adapters.slack.blocks.subject import command_of
from bot.adapters.slack.blocks.text import bold, fallback, inline, instant
from bot.adapters.slack.blocks.views import metadata, modal, read_metadata
from bot.adapters.slack.drawing import Drawing
from bot.domain.matrix.terms import mark
from bot.usecases.agree_matrix import REASON_LENGTH
from bot.usecases.agreement_notices import Place, places
from bot.usecases.people_ports import Consent
from bot.usecases.rows import Letter

MOST_PLACES = 20
"""So many fit into one message with their buttons; the next ones follow when these are answered."""
_OVER = (
    "Your places in the escalation matrix have changed since this was asked. There is nothing to answer here."
)


def draw_agreement(letter: Letter) -> Drawing:
    """Every place with its two buttons, or with what was said. Open questions stand first; below several, one button
    for all of them that are shown."""
    notice = letter.row.notice
    asked = notice.to.id
    known = sorted(places(notice), key=lambda one: one.consent is not Consent.ASKED)
    if not known:
        return Drawing(fallback([_OVER]), [section(_OVER)], live=False)
    waiting = [one for one in known if one.consent is Consent.ASKED]
    title = _title(len(waiting), reminder=bool(notice.args.get("reminder")))
    parts = list(_fitting(known, asked))
    small = _small(command_of(letter), known[len(parts) :])
    all_ = _for_all([one for one in known[: len(parts)] if one in waiting], len(waiting), asked)
    blocks = [section(bold(title)), *(block for part in parts for block in part), *all_, context(small)]
    text = [title, *(_line(one) for one in known), small]
    return Drawing(fallback(text), blocks, live=bool(waiting))


def cannot_agree_form(asked: values.Asked, remembered: str) -> Block:
    """Asks why in the field ``reason``."""
    why = Field(
        ids.FIELD_REASON,
        "What stands in the way?",
        "Who keeps the path reads this, and finds somebody else or other terms.",
    )
    blocks = [
        plain_section(f"Level {asked.level} of {asked.path}"),
        text_input(why, longest=REASON_LENGTH, lines=True),
    ]
    known = dict(read_metadata(remembered))
    kept = metadata(known.pop("nonce", ""), **{**known, "asked": asked.dump()})
    return modal(ids.FORM_CANNOT_AGREE, "I can't agree", blocks, submit="Send", close="Cancel", metadata=kept)


def _title(waiting: int, *, reminder: bool) -> str:
    if not waiting:
        return "Thank you. You have answered."
    places_ = "this place" if waiting == 1 else f"these {waiting} places"
    start = "You have not answered yet: do" if reminder else "Do"
    return f"{start} you agree to {places_} in the escalation matrix?"


def _fitting(known: Sequence[Place], asked: str) -> Iterator[list[Block]]:
    """The blocks of each place, as many places as the message has room for."""
    several = sum(one.consent is Consent.ASKED for one in known) > 1
    room = MESSAGE_BLOCKS - (3 if several else 2)
    for one in known[:MOST_PLACES]:
        part = list(_place(one, asked))
        room -= len(part)
        if room < 0:
            return
        yield part


def _place(one: Place, asked: str) -> Iterator[Block]:
    yield plain_section(one.terms)
    match one.consent:
        case Consent.ASKED:
            yield from actions(_buttons(one, asked))
        case Consent.AGREED:
            yield context(_said(one))
        case Consent.CANNOT:
            yield context(_said(one))
            if one.reason:
                yield plain_context(one.reason)


def _buttons(one: Place, asked: str) -> Sequence[Block]:
    value = values.Asked(asked, one.level, mark(one.terms), one.path).dump()
    where = f"level {one.level} of {one.path}"
    return (
        button("Agree", ids.AGREE, value, primary=True, spoken=f"Agree to {where}"),
        button("I can't agree", ids.CANNOT_AGREE, value, spoken=f"I can't agree to {where}"),
    )


def _for_all(shown: Sequence[Place], waiting: int, asked: str) -> list[Block]:
    if len(shown) < 2:
        return []
    which = "all" if len(shown) == waiting else "these"
    value = values.AskedAll(asked, tuple(mark(one.terms) for one in shown)).dump()
    return actions([button(f"Agree to {which} {len(shown)}", ids.AGREE_ALL, value)])


def _said(one: Place) -> str:
    at = f" {instant(one.at, style='day')}" if one.at else ""
    if one.consent is Consent.AGREED:
        return f"You agreed{at}."
    return f"You said{at} that you can't agree. Who keeps the path has been told."


def _line(one: Place) -> str:
    said = "" if one.consent is Consent.ASKED else f" {_said(one)}"
    return inline(one.terms) + said


def _small(command: str, left: Sequence[Place]) -> str:
    waiting = sum(one.consent is Consent.ASKED for one in left)
    more = f"{len(left)} more, which you have answered, are not shown. " if left else ""
    if waiting:
        more = f"{waiting} more follow when you have answered these. "
    return f"{more}{inline(command)} matrix shows every path, and who else is on it."
