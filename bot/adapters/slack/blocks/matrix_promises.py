"""What the matrix promises: when to raise what, what is covered, and how fast it is answered and solved."""

from collections.abc import Iterator

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import VIEW_BLOCKS, Block, context, header
from bot.adapters.slack.blocks.matrix_plan import bullets
from bot.adapters.slack.blocks.matrix_words import takes
from bot.adapters.slack.blocks.text import bold, inline
from bot.adapters.slack.blocks.views import modal
from bot.domain.matrix.model import IssueType, Matrix, Named, Promise, TargetRule
from bot.domain.span import Span
from bot.domain.wording.lengths import length


def promises_view(matrix: Matrix) -> Block:
    """Types, services, clients, promises and targets, as far as the matrix has them."""
    blocks: list[Block] = []
    for title, lines in _parts(matrix):
        if lines:
            blocks += [header(title), *bullets(lines)]
    if len(blocks) > VIEW_BLOCKS:
        blocks = [*blocks[: VIEW_BLOCKS - 1], context("There is more: rung matrix export shows all.")]
    return modal(ids.VIEW_MATRIX, "What is promised", blocks)


def _parts(matrix: Matrix) -> Iterator[tuple[str, list[str]]]:
    yield "When to raise what", [line for one in matrix.types for line in _type(one)]
    yield "Services", [_named(one) for one in matrix.services]
    yield "Clients", [_named(one) for one in matrix.clients]
    yield "Promised to customers", [_promise(one, matrix) for one in matrix.promises]
    yield "How fast an issue is answered and solved", [_target(one, matrix) for one in matrix.targets]


def _type(one: IssueType) -> Iterator[str]:
    yield bold(inline(one.title)) + (f" · {inline(one.category)}" if one.category else "")
    texts = (
        ("Raise it when", one.raise_when),
        ("Not for", one.not_for),
        ("Try first", one.first_try),
        ("Covered", one.scope),
    )
    for label, text in texts:
        if text:
            yield f"{label}: {inline(text)}"


def _named(one: Named) -> str:
    return bold(inline(one.title)) + (f": {inline(one.scope)}" if one.scope else "")


def _promise(one: Promise, matrix: Matrix) -> str:
    times = _times(("an answer within", one.answer), ("solved within", one.solve), calendar=one.calendar)
    return f"{bold(takes(one.match, matrix, 'everything'))}: {times}"


def _target(one: TargetRule, matrix: Matrix) -> str:
    times = _times(("answered within", one.respond), ("solved within", one.resolve), calendar=one.calendar)
    again = inline(length(one.breach_every, one.calendar)) if one.breach_every else ""
    late = f"; what is later climbs again every {again}" if again else ""
    return f"{bold(takes(one.match, matrix, 'everything else'))}: {times}{late}"


def _times(*some: tuple[str, Span | None], calendar: str) -> str:
    return ", ".join(f"{label} {inline(length(span, calendar))}" for label, span in some if span is not None)
