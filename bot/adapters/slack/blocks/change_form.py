"""The form that changes what an issue is about: what stands there now, and who reads what."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.clean import first_upper
from bot.adapters.slack.blocks.elements import Block, plain_context, plain_section
from bot.adapters.slack.blocks.facts import heading, priority_title
from bot.adapters.slack.blocks.fields import OPTIONS_PER_LIST, Choice, Field, select, text_input
from bot.adapters.slack.blocks.views import carrying, modal
from bot.domain.ids import issue_name
from bot.domain.issue import Issue
from bot.domain.matrix.model import Matrix, Named

REASON_LENGTH = 500
NONE = "rung:none"
"""What is sent back for an entry that stands for no key of the matrix; Slack sends no empty value."""
FIELDS = (
    ids.FIELD_TYPE,
    ids.FIELD_SERVICE,
    ids.FIELD_CLIENT,
    ids.FIELD_IMPACT,
    ids.FIELD_URGENCY,
    ids.FIELD_PRIORITY,
)


def change_form(
    issue: Issue,
    matrix: Matrix,
    facts: Collection[str],
    remembered: str,
    *,
    priority: str = "",
) -> Block:
    """Asks for these facts, with the present ones chosen, or `priority` in place of the present one.

    `matrix` is the version of the issue; `remembered` holds what `drawn` says, so that only what is different counts.
    """
    note = (
        f"The requester is told what is different, not why. {issue_name(issue.number)} goes by version "
        f"{issue.route.version} of the matrix, and no deadline gets later."
    )
    questions = _questions(issue, matrix, facts, priority)
    blocks = [plain_section(heading(issue)), *questions, _why(), plain_context(note)]
    return modal(
        ids.FORM_CHANGE,
        f"Change {issue_name(issue.number)}",
        blocks,
        submit="Change",
        close="Cancel",
        metadata=carrying(ids.carried(issue), remembered),
    )


def drawn(issue: Issue) -> dict[str, str]:
    """What the form shows as present, for its memory."""
    return {f"was_{name}": getattr(issue.facts, name) for name in FIELDS}


def wanted(typed: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """What was changed in the form: somebody else's change of another field meanwhile is not taken back."""
    keys = {name: "" if typed[name] == NONE else typed[name] for name in FIELDS if name in typed}
    return {name: key for name, key in keys.items() if key != known.get(f"was_{name}", "")}


def _questions(issue: Issue, matrix: Matrix, facts: Collection[str], priority: str) -> Iterator[Block]:
    lists: Mapping[str, Sequence[Choice]] = {
        ids.FIELD_TYPE: [Choice(one.key, one.title, first_upper(one.category)) for one in matrix.types],
        ids.FIELD_SERVICE: _or_none(matrix.services),
        ids.FIELD_CLIENT: _or_none(matrix.clients),
        ids.FIELD_IMPACT: [Choice(name, first_upper(name)) for name in matrix.impacts],
        ids.FIELD_URGENCY: [Choice(name, first_upper(name)) for name in matrix.urgencies],
        ids.FIELD_PRIORITY: _priorities(matrix),
    }
    for field in _asked(issue):
        if field.name in facts and lists[field.name]:
            present = priority if field.name == ids.FIELD_PRIORITY and priority else None
            yield select(field, lists[field.name], present or getattr(issue.facts, field.name) or NONE)


def _asked(issue: Issue) -> tuple[Field, ...]:
    now = priority_title(issue.route.priority)
    return (
        Field(ids.FIELD_TYPE, "Type", "What is wrong decides who is asked."),
        Field(ids.FIELD_SERVICE, "Service", "Which of our services it is about.", True),
        Field(ids.FIELD_CLIENT, "Client", "Whose work it is about.", True),
        Field(ids.FIELD_IMPACT, "Impact", "How much is affected."),
        Field(ids.FIELD_URGENCY, "Urgency", "How soon it must be solved."),
        Field(ids.FIELD_PRIORITY, "Priority", f"Now: {now}. Set by hand, it needs a reason."),
    )


def _priorities(matrix: Matrix) -> list[Choice]:
    by_hand = [Choice(one.key, priority_title(one)) for one in matrix.priorities]
    return [Choice(NONE, "As impact and urgency say"), *by_hand]


def _or_none(some: Sequence[Named]) -> list[Choice]:
    """Nothing where the matrix has none; without "None" where a list is full."""
    known = [Choice(one.key, one.title) for one in some]
    return [Choice(NONE, "None"), *known] if 0 < len(known) < OPTIONS_PER_LIST else known


def _why() -> Block:
    why = Field(
        ids.FIELD_REASON,
        "Why?",
        "Everybody who can see the issue reads this.",
        optional=True,
    )
    return text_input(why, longest=REASON_LENGTH, lines=True)
