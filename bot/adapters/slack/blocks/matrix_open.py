"""Open issues of older versions: what the matrix in force would change for them."""

from collections.abc import Iterator, Sequence

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, context, section
from bot.adapters.slack.blocks.matrix_plan import LINE_LIMIT, bullets
from bot.adapters.slack.blocks.text import bold, inline, render
from bot.adapters.slack.blocks.views import modal
from bot.domain.ids import issue_name
from bot.usecases.apply_to_open import OpenChange
from bot.usecases.matrix_to_open import AT_ONCE

_TITLE = "Open issues"


def open_issues_view(changes: Sequence[OpenChange], metadata: str) -> Block:
    """The first thirty, oldest first; the form applies the matrix to those for which that is possible."""
    shown = changes[:AT_ONCE]
    if not shown:
        return modal(ids.VIEW_MATRIX, _TITLE, [section("Every open issue follows the matrix in force.")])
    blocks = [
        section(
            "These were raised under an older version and keep its path and times. This is what the matrix in force "
            "would change for them. Their deadlines are never extended."
        ),
        *bullets(_lines(shown)),
    ]
    if len(changes) > len(shown):
        blocks.append(context(f"And {len(changes) - len(shown)} more: press Apply, then look again."))
    possible = any(one.possible for one in shown)
    return modal(
        ids.FORM_MATRIX_OPEN,
        _TITLE,
        blocks,
        submit="Apply" if possible else "",
        close="Leave them",
        metadata=metadata,
    )


def moved_view(done: Sequence[OpenChange]) -> Block:
    """What was done."""
    if not done:
        return modal(ids.VIEW_MATRIX, _TITLE, [section("Nothing was left to do.")])
    return modal(ids.VIEW_MATRIX, _TITLE, [section("Done:"), *bullets(_lines(done))])


def _lines(changes: Sequence[OpenChange]) -> Iterator[str]:
    for one in changes:
        stays = "" if one.possible else "stays as it is: "
        title = inline(f"{issue_name(one.number)} {one.title}")
        yield f"{bold(title)}: {stays}{render(one.sentence, limit=LINE_LIMIT)}"
