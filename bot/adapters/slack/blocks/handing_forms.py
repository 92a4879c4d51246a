"""Giving back, handing over and snoozing: their forms, and the buttons that name who follows on call."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, button, plain_section
from bot.adapters.slack.blocks.fields import Field, person_select, text_input
from bot.adapters.slack.blocks.views import carrying, modal
from bot.adapters.slack.hand_to import HandTo
from bot.domain.ids import issue_name
from bot.domain.issue import Issue
from bot.domain.notification import Notice

REASON_LENGTH = 500
NAME_LENGTH = 100
UNTIL_LENGTH = 60


def give_back_form(carried: ids.Carried, metadata: str) -> Block:
    """Takes a ``reason``, which may be left out."""
    reason = Field(
        ids.FIELD_REASON,
        "Why can't you go on?",
        "Whoever is asked next reads this, and whoever can see the issue. The requester is not told.",
        optional=True,
    )
    blocks = [
        plain_section(
            "Somebody else of your level is asked at once, and you are not asked again for this one. "
            "The time to solve it runs on."
        ),
        text_input(reason, longest=REASON_LENGTH, lines=True),
    ]
    return modal(
        ids.FORM_GIVE_BACK,
        f"Give back {issue_name(carried.number)}",
        blocks,
        submit="Give back",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )


def assign_form(carried: ids.Carried, metadata: str, verb: str = "Reassign") -> Block:
    """Asks for one person in ``who``, or for others in ``to``, and for a ``reason``; `verb` begins the title."""
    to = Field(
        ids.FIELD_TO,
        "Or a team",
        "As the matrix writes it: group:ops-managers, oncall:care-leads or #ops-desk. Leave the person empty then.",
        optional=True,
    )
    reason = Field(
        ids.FIELD_REASON,
        "Why?",
        "Whoever you name reads this, and everybody who sees the card. The requester is not told.",
        optional=True,
    )
    blocks = [
        plain_section("They are asked to take it. Whoever has it keeps it until one of them does."),
        person_select(Field(ids.FIELD_WHO, "Who is asked?", optional=True)),
        text_input(to, longest=NAME_LENGTH, example="oncall:care-leads"),
        text_input(reason, longest=REASON_LENGTH, lines=True),
    ]
    return modal(
        ids.FORM_ASSIGN,
        f"{verb} {issue_name(carried.number)}",
        blocks,
        submit="Ask them",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )


def snooze_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks until when, in words, in ``at``."""
    until = Field(
        ids.FIELD_AT,
        "Until when?",
        "For example 2h, until 15:00, until tomorrow 9:00 or until fri.",
    )
    blocks = [
        plain_section(
            "You get no reminders until then. Promised times and updates to the requester go on. The snooze ends "
            "sooner when something happens, and before 80 % of the time to solve it is used."
        ),
        text_input(until, longest=UNTIL_LENGTH, example="2h"),
    ]
    return modal(
        ids.FORM_SNOOZE,
        f"Snooze {issue_name(carried.number)}",
        blocks,
        submit="Snooze",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )


def hand_button(action: str, issue: Issue, notice: Notice) -> Block:
    """Hand over: to anybody (opens the form), or to who follows on call in one press."""
    follows, called = notice.text("follows"), notice.text("called")
    value = HandTo(ids.carried(issue), follows).dump()
    number = issue_name(issue.number)
    if action == ids.HAND_TO:
        who = called or "who follows"
        return button(
            f"Hand over to {who}", action, value, primary=True, spoken=f"Hand over {number} to {who}"
        )
    label = "Hand over to somebody else" if follows else "Hand over"
    return button(label, action, value, spoken=f"Hand over {number}: choose to whom")
