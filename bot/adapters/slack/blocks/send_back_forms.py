"""The forms of sending back, of the appeal, and of ending an issue oneself. Each says who reads what is typed there."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, plain_section
from bot.adapters.slack.blocks.fields import Choice, Field, select, text_input
from bot.adapters.slack.blocks.views import issue_form
from bot.domain.ids import issue_name
from bot.domain.sending_back import CODES

NOTE_LENGTH = 1000
SOLVED, WITHDRAWN = "solved", "withdrawn"


def send_back_form(carried: ids.Carried, metadata: str, code: str = "") -> Block:
    """Asks why in ``reason`` (a code of `CODES`) and takes a ``note``."""
    choices = [Choice(key, one.label) for key, one in CODES.items()]
    note = Field(
        ids.FIELD_NOTE,
        "What should they know?",
        "The requester, who raised it and everybody who sees the card read this, so write it kindly: which way is "
        "right, or what is missing.",
        optional=True,
    )
    blocks = [
        plain_section(
            "Nobody is asked any more, and its time stands still. Who asked reads what to do instead, and may appeal."
        ),
        select(
            Field(ids.FIELD_REASON, "Why is another way right?", "They read it in friendly words."),
            choices,
            code,
        ),
        text_input(note, longest=NOTE_LENGTH, lines=True),
    ]
    return issue_form(ids.FORM_SEND_BACK, "Send {issue} back", "Send back", blocks, carried, metadata)


def appeal_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks in ``why`` why it is one all the same."""
    why = Field(
        ids.FIELD_WHY,
        "Why should it be looked at again?",
        "The escalation manager reads this, or somebody else who did not send it back, and decides. "
        "Everybody who sees the card reads it too.",
    )
    return issue_form(
        ids.FORM_APPEAL, "Appeal: {issue}", "Appeal", [text_input(why, lines=True)], carried, metadata
    )


def stays_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks in ``why`` why it stays sent back."""
    why = Field(
        ids.FIELD_WHY,
        "Why does it stay sent back?",
        "The requester, who raised it and everybody who sees the card read this. Say what helps them instead.",
    )
    return issue_form(
        ids.FORM_STAYS, "{issue} stays", "Decide", [text_input(why, lines=True)], carried, metadata
    )


def withdraw_form(carried: ids.Carried, metadata: str, how: str = SOLVED) -> Block:
    """Asks in ``how`` whether it is solved or not needed; a ``note`` may say what helped, or why."""
    choices = [Choice(SOLVED, "It is solved"), Choice(WITHDRAWN, "It is not needed any more: withdraw it")]
    note = Field(
        ids.FIELD_NOTE,
        "What helped? Or why is it not needed?",
        "Whoever has it, and everybody who sees the card, reads this.",
        optional=True,
    )
    blocks = [
        plain_section(
            "It ends at once, and everybody who was asked is told. You can open it again for 14 days."
        ),
        select(Field(ids.FIELD_HOW, "How does it end?"), choices, how),
        text_input(note, longest=NOTE_LENGTH, lines=True),
    ]
    return issue_form(ids.FORM_WITHDRAW, "End {issue}", "End it", blocks, carried, metadata)


def raise_linked_form(carried: ids.Carried, why: str, metadata: str) -> Block:
    """In place of opening it again after so long: a new issue with the same facts, linked to it, and ``why``."""
    issue = issue_name(carried.number)
    field = Field(
        ids.FIELD_WHY,
        "What is wrong now?",
        "Whoever is asked reads this in the new issue, and everybody who sees its card.",
    )
    blocks = [
        plain_section(
            f"{issue} ended more than 14 days ago, so it is not opened again. A new issue about the same, linked to "
            "it, can be raised instead."
        ),
        text_input(field, lines=True, value=why),
    ]
    return issue_form(ids.FORM_RAISE_LINKED, "After {issue}", "Raise a new one", blocks, carried, metadata)
