"""The form that raises an issue."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.clean import first_upper, one_line
from bot.adapters.slack.blocks.elements import Block, actions, button, context, divider, section
from bot.adapters.slack.blocks.fields import (
    Choice,
    Field,
    asking_at_once,
    channel_select,
    fit,
    moment_input,
    person_select,
    select,
    text_input,
    tick_box,
)
from bot.adapters.slack.blocks.text import bold, inline, render, units
from bot.adapters.slack.blocks.views import modal
from bot.domain.findings import told_about
from bot.domain.intake import YES
from bot.domain.matrix.model import IssueType, Matrix
from bot.domain.promised import EPOCH_DIGITS
from bot.domain.wording.findings import Told
from bot.domain.words import Sentence

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
_PROMISED = "By when the customer was promised an answer, in your time zone."


def raise_form(
    matrix: Matrix, prefill: Mapping[str, str], metadata: str, offer: Sentence | None = None
) -> Block:
    """The modal. `prefill` maps field names to what stands there already; `metadata` is a text of `views.metadata`;
    `offer` says that there is a draft to go on with.

    A prefilled title that is too long goes whole into "What happened", so that nothing typed is lost."""
    blocks = [*(draft_offer(offer) if offer else ()), *form_blocks(matrix, prefill)]
    return modal(ids.FORM_RAISE, "Raise an issue", blocks, submit="Raise", close="Cancel", metadata=metadata)


def form_blocks(matrix: Matrix, prefill: Mapping[str, str], *, told: bool = True) -> list[Block]:
    """Every field, and with `told` what the matrix says about what is chosen already."""
    known = _room_for_title(prefill)
    required = _required(matrix, known)
    return [
        *_what(known),
        _kind(matrix, known),
        *(_told(matrix, known) if told else ()),
        *_how_bad(matrix, known),
        divider(),
        section(f"*More facts*\n{_why_more(matrix, known)}"),
        *_whom_it_is_about(matrix, known, required),
        *(_more(fact, known, required) for fact in _MORE_FACTS),
        _promised_by(known, required),
        *_who_reads(known),
        *_who_sees(known),
        *_by_hand(matrix, known),
    ]


def told_mark(matrix: Matrix, fields: Mapping[str, str]) -> str:
    """What the form told, to be compared with what it told about what is sent; empty for nothing."""
    texts = _texts(matrix, fields)
    mark = "\n".join(f"{one.label}: {one.text}" for one in texts)
    return hashlib.sha256(mark.encode()).hexdigest()[:16] if texts else ""


def draft_offer(offer: Sentence) -> list[Block]:
    """What was not raised yet, and the way to go on with it."""
    buttons = [
        button("Go on with your draft", ids.DRAFT_GO_ON, primary=True),
        button("Forget it", ids.DRAFT_FORGET, spoken="Forget your draft"),
    ]
    return [section(render(offer)), *actions(buttons), divider()]


def _what(known: Mapping[str, str]) -> Iterator[Block]:
    yield text_input(
        Field(ids.FIELD_TITLE, "Title", "One line that whoever is asked understands on a phone."),
        longest=TITLE_LENGTH,
        value=known.get(ids.FIELD_TITLE, ""),
        example="Checkout fails for all customers of Acme",
    )
    yield text_input(
        Field(
            ids.FIELD_HAPPENED,
            "What happened",
            "What you saw, and what you expected instead. Everybody who sees the card reads this.",
        ),
        longest=HAPPENED_LENGTH,
        value=known.get(ids.FIELD_HAPPENED, ""),
        lines=True,
    )


def _kind(matrix: Matrix, known: Mapping[str, str]) -> Block:
    kind = select(
        Field(ids.FIELD_TYPE, "Type", "What is wrong decides who is asked."),
        [Choice(one.key, one.title, _heading(one)) for one in matrix.types],
        known.get(ids.FIELD_TYPE, ""),
    )
    says_more = any(one.requires or told_about(matrix, one.key, "", "") for one in matrix.types)
    return asking_at_once(kind) if says_more else kind


def _how_bad(matrix: Matrix, known: Mapping[str, str]) -> Iterator[Block]:
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


def _told(matrix: Matrix, known: Mapping[str, str]) -> Iterator[Block]:
    for one in _texts(matrix, known):
        yield context(f"{bold(inline(one.label))}: {inline(one.text)}")


def _texts(matrix: Matrix, known: Mapping[str, str]) -> Sequence[Told]:
    chosen = (known.get(name, "") for name in (ids.FIELD_TYPE, ids.FIELD_SERVICE, ids.FIELD_CLIENT))
    return told_about(matrix, *chosen)


def _why_more(matrix: Matrix, known: Mapping[str, str]) -> str:
    kind = matrix.type(known.get(ids.FIELD_TYPE, ""))
    if kind is None or not kind.requires:
        return "They spare whoever answers a question. Some types need some of them."
    return f"{inline(kind.title)} needs those that are not marked as optional."


def _whom_it_is_about(matrix: Matrix, known: Mapping[str, str], required: Sequence[str]) -> Iterator[Block]:
    """Asked only where the matrix knows services or clients."""
    lists = (
        (ids.FIELD_SERVICE, "Service", "Which of our services it is about.", matrix.services),
        (ids.FIELD_CLIENT, "Client", "Whose work it is about.", matrix.clients),
    )
    for name, label, hint, some in lists:
        if some:
            field = Field(name, label, hint, name not in required)
            made = select(field, [Choice(one.key, one.title) for one in some], known.get(name, ""))
            yield asking_at_once(made) if any(one.scope for one in some) else made


def _more(fact: _Fact, known: Mapping[str, str], required: Sequence[str]) -> Block:
    field = Field(fact.name, fact.label, fact.hint, optional=fact.name not in required)
    return text_input(field, longest=fact.longest, value=known.get(fact.name, ""), lines=fact.lines)


def _promised_by(known: Mapping[str, str], required: Sequence[str]) -> Block:
    name = ids.FIELD_PROMISED_BY
    return moment_input(
        Field(name, "Promised by", _PROMISED, name not in required), _moment(known.get(name, ""))
    )


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
    yield text_input(
        Field(
            ids.FIELD_REQUESTER_NAME,
            "Requester's name, if they are not in Slack",
            "You get what they should know, and tell them.",
            True,
        ),
        longest=150,
        value=known.get(ids.FIELD_REQUESTER_NAME, ""),
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


def _who_sees(known: Mapping[str, str]) -> Iterator[Block]:
    yield tick_box(
        Field(
            ids.FIELD_PRIVATE,
            "Private",
            "No card in a channel, and updates go to the requester in a direct message.",
            True,
        ),
        "Only for those who are asked, the requester and you",
        known.get(ids.FIELD_PRIVATE) == YES,
    )
    yield tick_box(
        Field(ids.FIELD_NAMELESS, "Your name", "The escalation manager and the audit still see it.", True),
        "Without my name on the card",
        known.get(ids.FIELD_NAMELESS) == YES,
    )


def _by_hand(matrix: Matrix, known: Mapping[str, str]) -> Iterator[Block]:
    yield select(
        Field(
            ids.FIELD_PRIORITY,
            "Another priority",
            "Instead of the one that impact and urgency give. It is shown that it was set by hand.",
            True,
        ),
        [Choice(one.key, one.title) for one in matrix.priorities],
        known.get(ids.FIELD_PRIORITY, ""),
    )
    yield text_input(
        Field(ids.FIELD_PRIORITY_REASON, "Why another priority", "Needed with another priority.", True),
        longest=500,
        value=known.get(ids.FIELD_PRIORITY_REASON, ""),
    )


def _required(matrix: Matrix, known: Mapping[str, str]) -> Sequence[str]:
    kind = matrix.type(known.get(ids.FIELD_TYPE, ""))
    return kind.requires if kind else ()


def _moment(text: str) -> datetime | None:
    """From what Slack's own field sends; anything else is left out."""
    fits = text.isascii() and text.isdecimal() and len(text) == EPOCH_DIGITS
    return datetime.fromtimestamp(int(text), UTC) if fits else None


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
