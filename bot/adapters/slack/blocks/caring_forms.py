"""The forms of who it is for: writing back, and what would have helped. Each says who reads what is typed there."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block
from bot.adapters.slack.blocks.fields import Field, text_input
from bot.adapters.slack.blocks.views import carrying, modal
from bot.domain.ids import issue_name

COMMENT_LENGTH = 1000


def reply_form(carried: ids.Carried, metadata: str, typed: str = "") -> Block:
    """Asks for the field ``text``, in which `typed` stands already."""
    text = Field(
        ids.FIELD_TEXT,
        "What do you want to say?",
        "Whoever has it reads this at once, or those who are asked while nobody has it. "
        "Everybody who sees the card reads it too.",
    )
    return modal(
        ids.FORM_ANSWER,
        f"Reply about {issue_name(carried.number)}",
        [text_input(text, lines=True, value=typed)],
        submit="Send",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )


def comment_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks for the field ``text``."""
    text = Field(
        ids.FIELD_TEXT,
        "What would have helped?",
        "Also what went well. Whoever had it and the escalation manager read this, and nobody else.",
    )
    return modal(
        ids.FORM_COMMENT,
        f"Comment on {issue_name(carried.number)}",
        [text_input(text, longest=COMMENT_LENGTH, lines=True)],
        submit="Send",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )
