"""What publishing would change, before anybody publishes: differences in words, what gets worse, warnings."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, context, section
from bot.adapters.slack.blocks.fields import Field, text_input
from bot.adapters.slack.blocks.text import SECTION_LIMIT, bold, cut, inline, render, units
from bot.adapters.slack.blocks.views import modal
from bot.domain.matrix.diff_parts import Difference
from bot.domain.words import NOTHING, Sentence
from bot.usecases.edit_matrix import Proposal
from bot.usecases.publish_matrix import Plan

MOST_TOLD = 60
MOST_DOUBTS = 12
LINE_LIMIT = 400
NOTE_LENGTH = 200

_GROUPS = {
    "paths": "Paths",
    "schedules": "On call and working hours",
    "calendars": "On call and working hours",
    "workspace": "Rules for every issue",
    "priorities": "Priorities and promises",
    "priority_matrix": "Priorities and promises",
    "promises": "Priorities and promises",
}
_OTHERS = "What people choose from"
"""Types, services, clients and targets."""


def plan_view(
    proposal: Proposal,
    metadata: str,
    now: datetime,
    callback: str = ids.FORM_MATRIX_PUBLISH,
    *,
    first: Sentence = NOTHING,
    note: str = "",
) -> Block:
    """The form that publishes: what changes, and a field ``note``. `metadata` says what is to be published.

    `first` is what the reader must know before, for example that somebody else published meanwhile."""
    blocks = [section(render(first, now))] if first else []
    blocks += [section(_intro(proposal.plan)), *_changes(proposal.plan, now), *_doubts(proposal, now)]
    blocks += [note_field(note), context(_afterwards(proposal.plan))]
    return modal(
        callback, "Publish this change?", blocks, submit="Publish", close="Cancel", metadata=metadata
    )


def note_field(value: str = "") -> Block:
    """Takes why, in one line."""
    note = Field(
        ids.FIELD_NOTE, "Why?", "Whoever looks at the versions of the matrix reads this.", optional=True
    )
    return text_input(note, longest=NOTE_LENGTH, value=value)


def bullets(lines: Iterable[str], longest: int = LINE_LIMIT) -> Iterator[Block]:
    """Lines of mrkdwn, one below the other, in as many sections as they need; a line is cut where it is longer."""
    held: list[str] = []
    room = SECTION_LIMIT
    for line in lines:
        shown = cut(line, longest)
        if units(shown) + 1 > room:
            yield section("\n".join(held))
            held, room = [], SECTION_LIMIT
        held.append(shown)
        room -= units(shown) + 1
    if held:
        yield section("\n".join(held))


def _intro(plan: Plan) -> str:
    if not plan.differences:
        return (
            "Rung does nothing differently with this: only how the document is written changes. "
            f"It becomes version {plan.base + 1}."
        )
    return (
        f"This is what changes from version {plan.base}, which is in force. "
        "Nothing happens until you press Publish."
    )


def _changes(plan: Plan, now: datetime) -> Iterator[Block]:
    """The weightiest, each below the heading of its part."""
    told = plan.differences[:MOST_TOLD]
    groups: dict[str, list[Difference]] = {}
    for one in told:
        groups.setdefault(_group(one), []).append(one)
    for heading, some in groups.items():
        yield from bullets([bold(heading), *(f"• {render(one.sentence, now)}" for one in some)])
    if left := len(plan.differences) - len(told):
        yield context(f"and {left} more")


def _group(one: Difference) -> str:
    part = one.where[0] if one.where else ""
    return _GROUPS.get(str(part), _OTHERS)


def _doubts(proposal: Proposal, now: datetime) -> Iterator[Block]:
    if proposal.doubts:
        yield from bullets([bold("Is this meant so?"), *_some(proposal.doubts)])
    if proposal.plan.warnings:
        told = [f"• {render(one, now)}" for one in proposal.plan.warnings]
        yield from bullets([bold("Good to know"), *told])


def _some(doubts: Sequence[str]) -> Iterator[str]:
    for one in doubts[:MOST_DOUBTS]:
        yield f"• {inline(one)}"
    if len(doubts) > MOST_DOUBTS:
        yield f"and {len(doubts) - MOST_DOUBTS} more"


def _afterwards(plan: Plan) -> str:
    if not plan.differences:
        return "Nobody is asked or told anything about this version."
    return "The issue channel is told what changed, and whoever has new terms is asked whether they agree."
