"""The forms that change a part of the matrix: a level, a path, the people of a schedule."""

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.clean import clean
from bot.adapters.slack.blocks.elements import Block, actions, context, divider, section
from bot.adapters.slack.blocks.fields import INPUT_LIMIT, Field, text_input
from bot.adapters.slack.blocks.oncall_put_in import override_blocks, put_in_button
from bot.adapters.slack.blocks.text import inline, render, units
from bot.adapters.slack.blocks.views import modal
from bot.domain.errors import Refused
from bot.domain.matrix.edits import layer_texts, level_texts, path_texts
from bot.domain.matrix.model import Level, Path
from bot.domain.oncall.model import Schedule
from bot.domain.words import NOTHING, Sentence
from bot.usecases.edit_matrix import Place
from bot.usecases.edits_as_text import known_number
from bot.usecases.oncall_overrides import Overrides

_CONTACTS = "One a line: an e-mail, @handle, group:HANDLE, oncall:SCHEDULE or #channel."
_LENGTHS = "For example 30s, 15m, 4h, 3d."

_LEVEL = (
    Field("contacts", "Who is asked", _CONTACTS),
    Field("acknowledge_within", "Time to answer", _LENGTHS),
    Field("remind_every", "Reminder every", f"{_LENGTHS} Empty: no reminders.", optional=True),
    Field("role", "What this level is there for", "Everybody reads this.", optional=True),
    Field("inform", "Who is told, not asked", _CONTACTS, optional=True),
)
_PATH = (
    Field(
        "owner", "Who keeps this path current", "An e-mail, @handle, group:HANDLE or oncall:SCHEDULE.", True
    ),
    Field("close_after", "A solved issue closes after", _LENGTHS),
    Field("inform", "Who is told at the start", _CONTACTS, optional=True),
    Field("review_by", "Review by", "For example 2027-03-31. The owner is reminded.", optional=True),
)
_LAYER = (Field("people", "Who takes turns", "One a line, in the order of their turns."),)
_LONG = frozenset({"contacts", "inform", "people"})


def level_form(path: Path, number: int, level: Level, metadata: str) -> Block:
    """Contacts, times and texts of one level."""
    intro = section(f"*{inline(path.name)}*, level {number}: {inline(level.name)}")
    return _form("Edit a level", intro, _LEVEL, level_texts(level), metadata)


def path_form(path: Path, metadata: str) -> Block:
    """Owner, closing, who is told, and the next review of one path."""
    return _form("Edit a path", section(f"*{inline(path.name)}*"), _PATH, path_texts(path), metadata)


def layer_form(
    schedule: Schedule,
    number: int,
    metadata: str,
    found: Overrides | None,
    now: datetime,
    first: Sentence = NOTHING,
) -> Block:
    """The people of one layer of a schedule; below them what differs from the plan for a time.

    `found` None = that is not known now. `first` is what was done just before.
    """
    layer = schedule.layers[number - 1]
    which = (
        f", {inline(layer.name)}" if layer.name else f", layer {number}" if len(schedule.layers) > 1 else ""
    )
    intro = section(f"*On call: {inline(schedule.title or schedule.key)}*{which}")
    said = [section(render(first, now))] if first else []
    for_a_time = [
        section("*Only for some time?* The turns stay as they are, and somebody stands in."),
        *actions([put_in_button(schedule.key)]),
    ]
    below = [divider(), *said, *for_a_time, *(override_blocks(found, now) if found else [])]
    return _form("Edit a schedule", intro, _LAYER, layer_texts(layer), metadata, below)


def dump_place(place: Place) -> str:
    """What a form was opened for, as text."""
    return json.dumps(astuple(place))


def load_place(text: str) -> Place:
    """The inverse. Raises Refused for anything else."""
    try:
        version, path, level, schedule = json.loads(text)
        return Place(known_number(version), known_number(path), known_number(level), str(schedule))
    except (ValueError, TypeError):
        raise Refused("This form is from an older version. Please open it again.") from None


def _asked(field: Field, stands: str) -> Block:
    """A field; what is too long for one is not asked for, so that nothing of it is lost."""
    if units(clean(stands)) > INPUT_LIMIT:
        return context(f"*{field.label}*: this list is too long for a form. Please change it in the file.")
    return text_input(field, value=stands, lines=field.name in _LONG)


def _form(
    title: str,
    intro: Block,
    some: Sequence[Field],
    stands: dict[str, str],
    metadata: str,
    below: Sequence[Block] = (),
) -> Block:
    inputs = [_asked(field, stands[field.name]) for field in some]
    note = context("Nothing is changed yet: next you see what it means, and then you may publish it.")
    blocks = [intro, *inputs, note, *below]
    return modal(ids.FORM_MATRIX_EDIT, title, blocks, submit="Next", close="Cancel", metadata=metadata)
