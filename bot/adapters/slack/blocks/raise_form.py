"""The form that raises an issue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.clean import first_upper, one_line
from bot.adapters.slack.blocks.elements import Block, divider, section
from bot.adapters.slack.blocks.fields import (
    Choice,
    Field,
    channel_select,
    fit,
    person_select,
    select,
    text_input,
)
from bot.adapters.slack.blocks.text import units
from bot.adapters.slack.blocks.views import modal
from bot.domain.matrix.model import IssueType, Matrix

TITLE_LENGTH = 150
HAPPENED_LENGTH = 3000


@dataclass(frozen=True, slots=True)
class _Fact:
    """One optional text of the form."""

    name: str
    label: str
    hint: str
    longest: int = 500
    lines: bool = False


_MORE_FACTS = (
    _Fact(ids.FIELD_SINCE, "Since when", "For example: since 9:30 this morning."),
    _Fact(
        ids.FIELD_AFFECTED, "Who and what is affected", "Service, client, how many people.", 1000, lines=True
    ),
    _Fact(ids.FIELD_EVIDENCE, "Evidence", "A link to a screenshot, a log or the conversation."),
    _Fact(ids.FIELD_REFERENCE, "Reference", "A ticket, order or contract number."),
    _Fact(ids.FIELD_TRIED, "What was tried", "So that nobody tries it twice.", 1000, lines=True),
    _Fact(ids.FIELD_NEEDED, "Decision or help needed", "What would solve it, if you know.", 1000, lines=True),
)


def raise_form(matrix: Matrix, prefill: Mapping[str, str], metadata: str) -> Block:
    """The modal. `prefill` maps field names to what stands there already; `metadata` is a text of `views.metadata`.

    A prefilled title that is too long goes whole into "What happened", so that nothing typed is lost."""
    known = _room_for_title(prefill)
    blocks = [
        *_what(known),
        *_how_bad(matrix, known),
        divider(),
        section("*More facts*\nAll optional. They spare whoever answers a question."),
        *_whom_it_is_about(matrix, known),
        *(_more(fact, known) for fact in _MORE_FACTS),
        *_who_reads(known),
    ]
    return modal(ids.FORM_RAISE, "Raise an issue", blocks, submit="Raise", close="Cancel", metadata=metadata)


def _what(known: Mapping[str, str]) -> Iterator[Block]:
    yield text_input(
        Field(ids.FIELD_TITLE, "Title", "One line that whoever is asked understands on a phone."),
        longest=TITLE_LENGTH,
        value=known.get(ids.FIELD_TITLE, ""),
        example="Checkout fails for all customers of Acme",
    )
    yield text_input(
        Field(ids.FIELD_HAPPENED, "What happened", "What you saw, and what you expected instead."),
        longest=HAPPENED_LENGTH,
        value=known.get(ids.FIELD_HAPPENED, ""),
        lines=True,
    )


def _how_bad(matrix: Matrix, known: Mapping[str, str]) -> Iterator[Block]:
    yield select(
        Field(ids.FIELD_TYPE, "Type", "What is wrong decides who is asked."),
        [Choice(one.key, one.title, _heading(one)) for one in matrix.types],
        known.get(ids.FIELD_TYPE, ""),
    )
    yield select(
        Field(ids.FIELD_IMPACT, "Impact", "How much is affected."),
        _capitalised(matrix.impacts),
        known.get(ids.FIELD_IMPACT, ""),
    )
    yield select(
        Field(ids.FIELD_URGENCY, "Urgency", "How soon it must be solved. Both together make the priority."),
        _capitalised(matrix.urgencies),
        known.get(ids.FIELD_URGENCY, ""),
    )


def _whom_it_is_about(matrix: Matrix, known: Mapping[str, str]) -> Iterator[Block]:
    """Asked only where the matrix knows services or clients."""
    lists = (
        (Field(ids.FIELD_SERVICE, "Service", "Which of our services it is about.", True), matrix.services),
        (Field(ids.FIELD_CLIENT, "Client", "Whose work it is about.", True), matrix.clients),
    )
    for field, some in lists:
        if some:
            yield select(field, [Choice(one.key, one.title) for one in some], known.get(field.name, ""))


def _more(fact: _Fact, known: Mapping[str, str]) -> Block:
    field = Field(fact.name, fact.label, fact.hint, optional=True)
    return text_input(field, longest=fact.longest, value=known.get(fact.name, ""), lines=fact.lines)


def _who_reads(known: Mapping[str, str]) -> Iterator[Block]:
    yield person_select(
        Field(
            ids.FIELD_REQUESTER,
            "Requester",
            "Who is told about every step. You, unless you choose somebody.",
            True,
        ),
        known.get(ids.FIELD_REQUESTER, ""),
    )
    yield channel_select(
        Field(
            ids.FIELD_UPDATES_CHANNEL,
            "Where updates go",
            "Everybody there reads them; into a private channel, invite Rung first. Empty: a direct message.",
            True,
        ),
        known.get(ids.FIELD_UPDATES_CHANNEL, ""),
    )


def _heading(one: IssueType) -> str:
    return first_upper(one.category)


def _capitalised(names: tuple[str, ...]) -> list[Choice]:
    return [Choice(name, first_upper(name)) for name in names]


def _room_for_title(prefill: Mapping[str, str]) -> dict[str, str]:
    known = dict(prefill)
    title = one_line(known.get(ids.FIELD_TITLE, "")).strip()
    if units(title) <= TITLE_LENGTH:
        return known
    story = known.get(ids.FIELD_HAPPENED, "")
    known[ids.FIELD_HAPPENED] = f"{title}\n\n{story}".strip()
    known[ids.FIELD_TITLE] = fit(title, TITLE_LENGTH)
    return known
