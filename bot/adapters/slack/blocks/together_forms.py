"""The forms of taking part: notes, corrections, thanks, watchers, and issues that belong together."""

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, plain_section
from bot.adapters.slack.blocks.fields import Choice, Field, person_select, select, text_input
from bot.adapters.slack.blocks.views import issue_form
from bot.domain.ids import issue_name
from bot.domain.issue import Facts

LINK, MERGE = "link", "merge"


def note_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks for the note in the field ``text``."""
    text = Field(
        ids.FIELD_TEXT,
        "Internal note",
        "Whoever works on it reads this; unless it is private, all members can. The requester is not told.",
    )
    return issue_form(
        ids.FORM_NOTE, "Note on {issue}", "Save", [text_input(text, lines=True)], carried, metadata
    )


def edit_form(carried: ids.Carried, facts: Facts, metadata: str) -> Block:
    """Every fact that may be corrected, as it stands now."""

    def line(name: str, label: str, length: int, *, lines: bool = False, optional: bool = True) -> Block:
        field = Field(name, label, optional=optional)
        return text_input(field, longest=length, value=getattr(facts, name), lines=lines)

    blocks = [
        plain_section(
            "Everybody who sees the card reads this. "
            "Each correction stands in the timeline. Nobody is asked anew for it."
        ),
        line(ids.FIELD_TITLE, "Title", 150, optional=False),
        line(ids.FIELD_HAPPENED, "What happened", 3000, lines=True, optional=False),
        line(ids.FIELD_SINCE, "Since when", 200),
        line(ids.FIELD_AFFECTED, "Who and what is affected", 1000, lines=True),
        line(ids.FIELD_EVIDENCE, "Evidence", 200),
        line(ids.FIELD_REFERENCE, "Reference", 200),
        line(ids.FIELD_TRIED, "What was tried", 1000, lines=True),
        line(ids.FIELD_NEEDED, "Decision or help needed", 1000, lines=True),
    ]
    return issue_form(ids.FORM_EDIT, "Edit {issue}", "Save", blocks, carried, metadata)


def thank_form(carried: ids.Carried, person: str, metadata: str, typed: str = "") -> Block:
    """Asks whom to thank (``person``) and what for (``text``), where `typed` stands already."""
    who = Field(ids.FIELD_PERSON, "Whom do you want to thank?", "They read it in a direct message.")
    text = Field(ids.FIELD_TEXT, "What for?", "They read this, and everybody who can see the issue.", True)
    blocks = [person_select(who, person), text_input(text, longest=1000, lines=True, value=typed)]
    return issue_form(ids.FORM_THANK, "Thanks for {issue}", "Send", blocks, carried, metadata)


def watch_form(carried: ids.Carried, metadata: str) -> Block:
    """Asks who is to watch it, in the field ``person``; empty = the reader."""
    who = Field(
        ids.FIELD_PERSON,
        "Who should watch it?",
        "They are told how it goes, and nobody asks them anything. Empty: you.",
        True,
    )
    return issue_form(ids.FORM_WATCH, "Watch {issue}", "Watch", [person_select(who)], carried, metadata)


def together_form(carried: ids.Carried, chosen: str, other: str, metadata: str) -> Block:
    """Asks for the ``other`` issue, and whether to link or to merge (``how``)."""
    issue = issue_name(carried.number)
    how = Field(ids.FIELD_HOW, "How do they belong together?")
    choices = [
        Choice(LINK, "Link: each names the other"),
        Choice(MERGE, f"Merge: {issue} ends and goes on as the other one"),
    ]
    number = Field(
        ids.FIELD_OTHER,
        "The other issue",
        "Its number, for example ISS-7. A merge takes the higher priority, the earlier raise and all requesters along.",
    )
    blocks = [
        select(how, choices, chosen),
        text_input(number, longest=40, value=other, example="ISS-7"),
    ]
    return issue_form(ids.FORM_TOGETHER, "Link or merge {issue}", "Link or merge", blocks, carried, metadata)
