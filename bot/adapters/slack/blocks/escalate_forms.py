"""The forms of escalating by hand: who is asked, and going past the next level after one has read who that is."""

from datetime import datetime
from hashlib import sha256

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.clean import first_upper
from bot.adapters.slack.blocks.elements import Block, actions, button, plain_section, section
from bot.adapters.slack.blocks.fields import Choice, Field, select, text_input
from bot.adapters.slack.blocks.text import render
from bot.adapters.slack.blocks.views import carrying, modal
from bot.domain.destinations import Destination, Destinations
from bot.domain.ids import issue_name
from bot.domain.issue import Issue
from bot.domain.wording import names
from bot.domain.words import NOTHING, say, sentences

REASON_LENGTH = 500
NEXT = "next"


def value(one: Destination) -> str:
    """What a choice sends back. A team goes by a hash of its name, which may be longer than a value."""
    if one.team:
        return f"team:{sha256(one.team.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return f"level:{one.level}" if one.level else NEXT


def chosen(known: Destinations, sent: str) -> Destination | None:
    """The destination whose choice was sent; None when it cannot be chosen any more."""
    return next((one for one in known.all if value(one) == sent), None)


def escalate_form(
    carried: ids.Carried,
    issue: Issue | None,
    known: Destinations | None,
    metadata: str,
    *,
    now: datetime | None = None,
    team: str = "",
) -> Block:
    """Says who is asked until when, and offers who may be asked now: field ``to``. Without the issue it is the next
    level. Takes a ``reason``, which those who are asked read."""
    reason = Field(
        ids.FIELD_REASON,
        "Why now?",
        "Whoever is asked next reads this, and whoever can see the issue. Needed for a team, and from the raiser.",
        optional=True,
    )
    blocks = [*_standing(issue, known, now), text_input(reason, longest=REASON_LENGTH, lines=True)]
    if known is not None and len(known.all) > 1:
        choices = [Choice(value(one), _label(one), _group(one)) for one in known.all]
        start = next((value(one) for one in known.all if team and one.team == team), choices[0].value)
        blocks.insert(-1, select(Field(ids.FIELD_TO, "Who is to be asked?"), choices, start))
    return modal(
        ids.FORM_ESCALATE,
        f"Escalate {issue_name(carried.number)}",
        blocks,
        submit="Escalate",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )


def bypass_form(
    carried: ids.Carried, issue: Issue, level: int, reason: str, metadata: str, now: datetime | None = None
) -> Block:
    """First who is asked next and until when, with a button that asks them; going past them needs a ``reason``."""
    upcoming = names.next_step_name(issue) or names.CATCH_ALL_NAME
    name = issue.route.levels[level - 1].name
    said = sentences(names.now_with(issue), say("{upcoming} is asked next.", upcoming=first_upper(upcoming)))
    ask_them = button(
        "Ask them now",
        ids.ASK_NEXT,
        carried.dump(),
        primary=True,
        spoken=f"Ask {upcoming} about {issue_name(carried.number)} now",
    )
    why = Field(
        ids.FIELD_REASON,
        f"Why straight to {name}?",
        f"{name} and the escalation manager read this, and everybody who can see the issue. If you are not on the "
        "path, the manager decides first; meanwhile the ladder goes on.",
    )
    return modal(
        ids.FORM_BYPASS,
        f"{issue_name(carried.number)}: skip a level?",
        [
            section(render(said, now)),
            *actions([ask_them]),
            text_input(why, longest=REASON_LENGTH, lines=True, value=reason),
        ],
        submit="Skip them",
        close="Cancel",
        metadata=carrying(carried, metadata),
    )


def _standing(issue: Issue | None, known: Destinations | None, now: datetime | None) -> list[Block]:
    following = known.following.name if known is not None and known.following else "the next level"
    choice = "next, unless you choose somebody else" if known is not None and len(known.all) > 1 else "now"
    plan = f"{first_upper(following)} is asked {choice}."
    if known is not None and known.following is None:
        plan = "There is no level above."
    plan += " Whoever has it keeps it, and whoever was asked may still take it."
    standing = names.now_with(issue) if issue is not None else NOTHING
    shown = [section(render(standing, now))] if standing else []
    return [*shown, plain_section(plan)]


def _label(one: Destination) -> str:
    if one.team:
        return f"Back to {one.name}" if one.back else one.name
    return f"Jump to level: {one.name}" if one.level else first_upper(one.name)


def _group(one: Destination) -> str:
    if one.team:
        return "To a specialist team"
    return "Past the next level" if one.level else "The next level"
