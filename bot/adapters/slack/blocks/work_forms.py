"""The small forms behind the buttons. Each says who reads what is typed there."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, plain_section
from bot.adapters.slack.blocks.fields import Field, text_input
from bot.adapters.slack.blocks.views import issue_form
from bot.domain.ids import issue_name

REASON_LENGTH = 500


def update_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks for the news in the field ``text``."""
    news = Field(
        ids.FIELD_TEXT,
        "How does it stand?",
        "The requester reads this, and everybody who sees the card. Plain words, and what comes next.",
    )
    return issue_form(
        ids.FORM_UPDATE, "Update {issue}", "Send", [text_input(news, lines=True)], carried, metadata
    )


def resolve_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks what was done in the field ``done``."""
    done = Field(
        ids.FIELD_DONE,
        "What was done?",
        "The requester reads this and confirms that it is solved. Everybody who sees the card reads it too.",
    )
    return issue_form(
        ids.FORM_RESOLVE, "Resolve {issue}", "Resolve", [text_input(done, lines=True)], carried, metadata
    )


def dispute_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks what is still wrong in the field ``why``."""
    why = Field(
        ids.FIELD_WHY,
        "What is still wrong?",
        "Whoever had it and whoever is asked next read this, and everybody who sees the card. "
        "It is opened again at once.",
    )
    return issue_form(
        ids.FORM_DISPUTE,
        "{issue}: not solved",
        "Open again",
        [text_input(why, lines=True)],
        carried,
        metadata,
    )


def open_again_form(carried: ids.Carried, metadata: str) -> Block:
    """The same for what was never said to be solved."""
    why = Field(
        ids.FIELD_WHY,
        "Why does it go on?",
        "Whoever had it and whoever is asked next read this, and everybody who sees the card. "
        "It is opened again at once.",
    )
    return issue_form(
        ids.FORM_DISPUTE,
        "Open {issue} again",
        "Open again",
        [text_input(why, lines=True)],
        carried,
        metadata,
    )


def decline_form(carried: ids.Carried, metadata: str) -> Block:
    """Takes a ``reason`` for not taking it."""
    reason = Field(
        ids.FIELD_REASON,
        "Why not?",
        "Whoever is asked next reads this, and whoever can see the issue.",
        optional=True,
    )
    blocks = [
        plain_section(
            "You are not asked again for this one. When everybody asked has declined, the next level is asked."
        ),
        text_input(reason, longest=REASON_LENGTH, lines=True),
    ]
    return issue_form(ids.FORM_DECLINE, "Can't take {issue}", "Can't take it", blocks, carried, metadata)


def take_anyway_form(carried: ids.Carried, metadata: str, question: str = "") -> Block:
    """Asks somebody who was not asked whether they mean it, with the question put to them."""
    asks = question or f"You have not been asked about {issue_name(carried.number)}. Take it anyway?"
    blocks = [plain_section(f"{asks} You become its owner, and those who were asked are told.")]
    return issue_form(ids.FORM_TAKE_ANYWAY, "Take {issue}?", "Take it", blocks, carried, metadata)
