"""The forms of waiting: for whom or what it waits, and what the requester answers."""

from collections.abc import Sequence

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.clean import first_upper
from bot.adapters.slack.blocks.elements import Block, plain_section
from bot.adapters.slack.blocks.fields import Choice, Field, select, text_input
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.views import carrying, modal
from bot.domain.ids import issue_name
from bot.domain.wording.waiting import called

QUESTION_LENGTH = 1000


def wait_form(
    carried: ids.Carried, reasons: Sequence[str], metadata: str, *, reason: str = "", note: str = ""
) -> Block:
    """Asks for the ``reason``, one of these, and a ``note`` for the requester, where these stand already."""
    choices = [Choice(one, first_upper(called(one))) for one in reasons]
    needed = Field(
        ids.FIELD_NOTE,
        "What is needed?",
        "The requester reads this, and everybody who sees the card. Needed when you wait for the requester.",
        optional=True,
    )
    blocks = [
        plain_section("Its time stands still until it goes on. You press Go on, or the requester answers."),
        select(Field(ids.FIELD_REASON, "What does it wait for?"), choices, reason or choices[0].value),
        text_input(needed, lines=True, value=note),
    ]
    return modal(
        ids.FORM_WAIT,
        f"{issue_name(carried.number)} waits",
        blocks,
        submit="Wait",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )


def answer_form(carried: ids.Carried, metadata: str, question: str = "") -> Block:
    """Asks the requester for the answer in the field ``text``; `question` is what they were asked, quoted above it."""
    text = Field(
        ids.FIELD_TEXT,
        "Your answer",
        "Whoever has it reads this at once, and everybody who sees the card.",
    )
    return modal(
        ids.FORM_ANSWER,
        f"Answer {issue_name(carried.number)}",
        [*quote("You were asked", question, QUESTION_LENGTH), text_input(text, lines=True)],
        submit="Send",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )
