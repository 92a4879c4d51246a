"""The dry run in Slack: what to suppose, and the ladder that would follow."""

import json
from collections.abc import Mapping, Sequence

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.clean import first_upper
from bot.adapters.slack.blocks.elements import Block, actions, button, context, header, section
from bot.adapters.slack.blocks.fields import Choice, Field, select, text_input
from bot.adapters.slack.blocks.matrix_plan import bullets
from bot.adapters.slack.blocks.text import render
from bot.adapters.slack.blocks.views import modal
from bot.domain.dry_run import Ladder
from bot.domain.matrix.model import Matrix
from bot.domain.wording import ladder as wording

NOW = "now"
MOST_LINES = 200
LONGEST_LINE = 900
"""A level that waits names four instants, and each is long before Slack shows it."""
"""A long ladder that repeats has a line for every level and round; this many fit into a view."""


ASKED = (
    ids.FIELD_TYPE,
    ids.FIELD_IMPACT,
    ids.FIELD_URGENCY,
    ids.FIELD_SERVICE,
    ids.FIELD_CLIENT,
    ids.FIELD_AT,
)
"""What the form asks for: keys of the matrix, and when, as typed (read in the workspace's time zone)."""


def question_of(typed: Mapping[str, str]) -> dict[str, str]:
    """From the fields of the form; what was left out is not there."""
    return {name: typed[name].strip() for name in ASKED if typed.get(name)}


def load_question(value: str) -> dict[str, str] | None:
    """Read the value of the button for a picture; None when it is not one of ours."""
    try:
        read = json.loads(value)
    except ValueError:
        return None
    return (
        question_of({str(name): str(text) for name, text in read.items()}) if isinstance(read, dict) else None
    )


def who_form(matrix: Matrix, at: str, metadata: str) -> Block:
    """Asks what to suppose. `at` is what stands in the field "when" already."""
    blocks = [
        section(
            "See who would be asked, and when, if nobody answered. Nothing is raised and nobody is told."
        ),
        _choice(ids.FIELD_TYPE, "Type", [Choice(one.key, one.title) for one in matrix.types]),
        _choice(ids.FIELD_IMPACT, "Impact", _named(matrix.impacts)),
        _choice(ids.FIELD_URGENCY, "Urgency", _named(matrix.urgencies)),
    ]
    for name, label, some in (
        (ids.FIELD_SERVICE, "Service", matrix.services),
        (ids.FIELD_CLIENT, "Client", matrix.clients),
    ):
        if some:
            blocks.append(
                select(Field(name, label, optional=True), [Choice(one.key, one.title) for one in some])
            )
    hint = f"For example: now, sunday 03:00, tomorrow 9am. {matrix.workspace.timezone} time."
    blocks.append(text_input(Field(ids.FIELD_AT, "When", hint), longest=60, value=at or NOW))
    return modal(
        ids.FORM_MATRIX_WHO,
        "Who would be asked?",
        blocks,
        submit="Show",
        close="Close",
        metadata=metadata,
    )


def who_view(ladder: Ladder, question: Mapping[str, str]) -> Block:
    """The ladder that would follow, level by level, with a button for its picture."""
    lines: Sequence[str] = [render(line, ladder.at, LONGEST_LINE) for line in wording.lines(ladder)]
    blocks: list[Block] = [header(wording.title(ladder)), *bullets(lines[:MOST_LINES], LONGEST_LINE)]
    if len(lines) > MOST_LINES:
        blocks.append(context(f"And {len(lines) - MOST_LINES} more lines: rung matrix who shows all."))
    blocks.append(context("Times are shown in your own time zone."))
    picture = button("Send me a picture", ids.MATRIX_PICTURE, json.dumps(question, ensure_ascii=False))
    return modal(ids.VIEW_MATRIX, "Who would be asked?", [*blocks, *actions([picture])])


def _choice(name: str, label: str, choices: Sequence[Choice]) -> Block:
    return select(Field(name, label), choices, choices[0].value)


def _named(names: Sequence[str]) -> list[Choice]:
    return [Choice(name, first_upper(name)) for name in names]
