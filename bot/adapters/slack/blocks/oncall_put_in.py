"""Putting somebody in for a time: the changes that stand, the form, what it would mean, and what was done."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.adapters.slack import ids, values
from bot.adapters.slack.blocks.clean import first_upper
from bot.adapters.slack.blocks.elements import Block, actions, button, context, divider, section
from bot.adapters.slack.blocks.fields import Field, person_select, text_input
from bot.adapters.slack.blocks.text import bold, inline, render
from bot.adapters.slack.blocks.views import modal
from bot.domain.errors import Refused
from bot.domain.oncall.model import OnCallChange
from bot.domain.oncall.pieces import Piece, title_of
from bot.domain.wording import oncall as wording
from bot.domain.wording import putting_in
from bot.domain.words import NOTHING, Person, Sentence, say, sentences
from bot.usecases.oncall_overrides import Overrides
from bot.usecases.oncall_put_in import BEGINS, NOTE_LIMIT, UNTIL, WHO, Opened, PutInPlan, Wanted

TITLE = "Put somebody in"
PUT_IN = "Put somebody in for a time"
MOST = 10
MOST_PIECES = 12
OLD = "This form is from an older version. Please open it again."

_WHO = Field(WHO, "Who is to be on call")
_BEGINS = Field(
    BEGINS, "From", "now, tomorrow 09:00, fri 17:00 or 2027-01-31 08:00. A day alone begins at midnight."
)
_UNTIL = Field(UNTIL, "Until", "8h, 17:00, mon 09:00 or 2027-01-31 08:00. A day alone belongs to it.")
_NOTE = Field(ids.FIELD_NOTE, "Why, or what to know", "Those concerned read it.", optional=True)


def put_in_button(schedule: str) -> Block:
    """Opens the form for a schedule."""
    return button(PUT_IN, ids.ONCALL_PUT_IN, schedule)


def override_blocks(found: Overrides, now: datetime) -> list[Block]:
    """What differs from the plan now and later, each with a button for who may take it back."""
    if not found.all:
        return [context("Nobody is put in or away: the turns are as planned.")]
    rows = [
        section(
            first_upper(render(override_said(one.change), now)),
            _take_back_button(one.change.id) if one.may_undo else None,
        )
        for one in found.all[:MOST]
    ]
    more = len(found.all) - MOST
    return [
        context("What differs from the plan:"),
        *rows,
        *([context(f"{more} more later.")] if more > 0 else []),
    ]


def override_said(change: OnCallChange) -> Sentence:
    """One change in words, with who made it and why."""
    by = (
        say("By {who}.", who=Person(change.made_by)) if change.made_by not in ("", change.person) else NOTHING
    )
    note = say("“{note}”", note=change.note) if change.note else NOTHING
    return sentences(putting_in.overlap(change), by, note)


def put_in_form(
    opened: Opened, metadata: str, typed: Mapping[str, str] | None = None, first: Sentence = NOTHING
) -> Block:
    """Asks for the person, from when until when, and a note. `typed` stands there already."""
    stands = typed or {BEGINS: "now"}
    how = (
        "You put yourself in at once. A colleague is asked first, and nothing changes until they accept."
        if opened.asks
        else "It counts at once. Whoever is put in and everybody whose time changes are told."
    )
    blocks = [
        *([section(render(first))] if first else []),
        section(f"{bold('On call: ' + inline(title_of(opened.schedule)))}\n{how}"),
        person_select(_WHO, stands.get(WHO, "")),
        text_input(_BEGINS, value=stands.get(BEGINS, ""), longest=100),
        text_input(_UNTIL, value=stands.get(UNTIL, ""), longest=100),
        text_input(_NOTE, value=stands.get(ids.FIELD_NOTE, ""), longest=NOTE_LIMIT),
        context(
            f"Times are those of {inline(opened.zone)}. Nothing is changed yet: next you see what it means."
        ),
    ]
    return modal(ids.FORM_PUT_IN, TITLE, blocks, submit="Next", close="Cancel", metadata=metadata)


def put_in_plan_view(plan: PutInPlan, metadata: str, now: datetime, first: Sentence = NOTHING) -> Block:
    """Who is on call in that time as it stands, who would be, and what else touches it."""
    wanted = plan.wanted
    what = say(
        "{who} is to be on call for {title} {span}.",
        who=Person(wanted.person),
        title=plan.title,
        span=wording.span(wanted.start, wanted.end),
    )
    blocks = [
        *([section(render(first, now))] if first else []),
        section(render(sentences(what, putting_in.noted(wanted.note)), now)),
        section(f"*As it is*\n{_pieces(plan.before, now)}"),
        section(f"*As it would be*\n{_pieces(plan.after, now)}"),
        *_besides(plan, now),
        divider(),
        context(render(_next(plan), now)),
        *actions([button("Change something", ids.ONCALL_PUT_IN_AGAIN)]),
    ]
    return modal(
        ids.FORM_PUT_IN_DO,
        TITLE,
        blocks,
        submit="Ask them" if plan.asks else "Put in",
        close="Cancel",
        metadata=metadata,
    )


def put_in_done_view(said: Sentence, change: int, now: datetime) -> Block:
    """What was done, with a button to take it back where something was changed."""
    buttons = actions([_take_back_button(change)]) if change else []
    return modal(ids.VIEW_NOTICE, TITLE, [section(render(said, now)), *buttons])


def dump_wanted(wanted: Wanted) -> str:
    """What a plan was drawn for, as text."""
    return json.dumps(
        [wanted.schedule, wanted.person, wanted.start.isoformat(), wanted.end.isoformat(), wanted.note],
        ensure_ascii=False,
    )


def load_wanted(text: str) -> Wanted:
    """The inverse. Raises Refused for anything else."""
    try:
        schedule, person, start, end, note = (str(one) for one in json.loads(text))
        begins, ends = datetime.fromisoformat(start), datetime.fromisoformat(end)
    except (ValueError, TypeError):
        raise Refused(OLD) from None
    if begins.utcoffset() is None or ends.utcoffset() is None:
        raise Refused(OLD)
    return Wanted(schedule, person, begins, ends, note)


def _take_back_button(change: int) -> Block:
    return button("Take back", ids.ONCALL_TAKE_BACK, values.one(change), spoken="Take this change back")


def _pieces(some: Sequence[Piece], now: datetime) -> str:
    lines = [first_upper(render(putting_in.line(one), now)) for one in some[:MOST_PIECES]]
    more = len(some) - MOST_PIECES
    return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])


def _besides(plan: PutInPlan, now: datetime) -> list[Block]:
    """What else touches the same time."""
    said = []
    if plan.overlaps:
        said.append(
            say(
                "Somebody changed this time before; where both touch, this one counts: {what}",
                what=putting_in.at_most([override_said(one) for one in plan.overlaps]),
            )
        )
    if plan.elsewhere:
        said.append(putting_in.elsewhere(plan.wanted.person, plan.elsewhere))
    return [section(f":warning: {render(one, now)}") for one in said]


def _next(plan: PutInPlan) -> Sentence:
    if plan.asks:
        return say(
            "{who} is asked and may decline. Nothing changes until they accept.",
            who=Person(plan.wanted.person),
        )
    return say("Everybody whose time changes is told, and may take it back.")
