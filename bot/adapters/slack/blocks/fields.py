"""Inputs of forms. The block_id and the action_id of an input are both the field's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.adapters.slack.blocks.clean import clean, one_line
from bot.adapters.slack.blocks.elements import OPTION_LIMIT, Block
from bot.adapters.slack.blocks.text import ELLIPSIS, plain, units

LABEL_LIMIT = 2000
PLACEHOLDER_LIMIT = 150
OPTIONS_PER_LIST = 100
INPUT_LIMIT = 3000


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list: what is sent back (75 characters at most), what is shown, and under which heading."""

    value: str
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """What every input has. `hint` stands below it."""

    name: str
    label: str
    hint: str = ""
    optional: bool = False


def text_input(
    field: Field, *, longest: int = INPUT_LIMIT, value: str = "", lines: bool = False, example: str = ""
) -> Block:
    """A text field; `lines` makes it tall. `value` is what stands there already."""
    element: Block = {"type": "plain_text_input", "multiline": lines, "max_length": longest}
    standing = fit(clean(value) if lines else one_line(value), longest)
    if standing.strip():
        element["initial_value"] = standing
    if example:
        element["placeholder"] = plain(example, PLACEHOLDER_LIMIT)
    return _input(field, element)


def select(field: Field, choices: Sequence[Choice], chosen: str = "") -> Block:
    """A list to choose one from, in groups when the choices name more than one. An unknown `chosen` is left out."""
    options = {choice.value: _option(choice) for choice in choices[:OPTIONS_PER_LIST]}
    groups = list(dict.fromkeys(choice.group for choice in choices[:OPTIONS_PER_LIST]))
    element: Block = {"type": "static_select", "placeholder": plain("Choose", PLACEHOLDER_LIMIT)}
    if len(groups) > 1:
        element["option_groups"] = [
            {
                "label": plain(group, OPTION_LIMIT, "Other"),
                "options": [
                    options[choice.value] for choice in choices[:OPTIONS_PER_LIST] if choice.group == group
                ],
            }
            for group in groups
        ]
    else:
        element["options"] = list(options.values())
    if chosen in options:
        element["initial_option"] = options[chosen]
    return _input(field, element)


def person_select(field: Field, user: str = "") -> Block:
    """Somebody of the workspace."""
    element: Block = {"type": "users_select", "placeholder": plain("Choose a person", PLACEHOLDER_LIMIT)}
    if user.startswith(("U", "W")):
        element["initial_user"] = user
    return _input(field, element)


def channel_select(field: Field, channel: str = "") -> Block:
    """A public or private channel; the id of a direct message is not offered and left out."""
    element: Block = {
        "type": "conversations_select",
        "placeholder": plain("Choose a channel", PLACEHOLDER_LIMIT),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if channel.startswith(("C", "G")):
        element["initial_conversation"] = channel
    return _input(field, element)


def moment_input(field: Field, at: datetime | None = None) -> Block:
    """A date and a time of day, in the time zone of who chooses them; sent back in seconds since 1970."""
    element: Block = {"type": "datetimepicker"}
    if at is not None:
        element["initial_date_time"] = int(at.timestamp())
    return _input(field, element)


def tick_box(field: Field, text: str, ticked: bool = False) -> Block:
    """One box; sends back ``yes`` when it is ticked."""
    option = _option(Choice("yes", text))
    element: Block = {"type": "checkboxes", "options": [option]}
    if ticked:
        element["initial_options"] = [option]
    return _input(field, element)


def asking_at_once(block: Block) -> Block:
    """The same input; what is chosen in it is sent at once, while the form stays open."""
    return {**block, "dispatch_action": True}


def file_input(field: Field, types: Sequence[str], attempt: str = "") -> Block:
    """Takes one file of these types (endings without dot). A view that is updated keeps what its fields hold, by
    block_id: with another `attempt` the field is a new one and empty."""
    made = _input(field, {"type": "file_input", "filetypes": list(types), "max_files": 1})
    return {**made, "block_id": f"{field.name}-{attempt}"} if attempt else made


def fit(text: str, longest: int) -> str:
    """What an input with this max_length takes; an ellipsis at the end when that is not all."""
    if units(text) <= longest:
        return text
    text = text[: longest - 1]
    while units(text) >= longest:
        text = text[:-1]
    return text + ELLIPSIS


def _option(choice: Choice) -> dict[str, Any]:
    return {"text": plain(choice.text, OPTION_LIMIT, choice.value), "value": choice.value}


def _input(field: Field, element: Block) -> Block:
    made: Block = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label, LABEL_LIMIT),
        "element": {**element, "action_id": field.name},
        "optional": field.optional,
    }
    if field.hint:
        made["hint"] = plain(field.hint, LABEL_LIMIT)
    return made
