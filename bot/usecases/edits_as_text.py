"""Edits of the matrix as the text that a form carries from the plan to publishing; whatever comes back is read anew."""

import json
from collections.abc import Sequence

from bot.domain.errors import Refused
from bot.domain.matrix.edits import Edit


def dump_edits(base: int, edits: Sequence[Edit]) -> str:
    """Edits as text, with the version they were made on."""
    return json.dumps([base, [[one.where, one.value] for one in edits]], ensure_ascii=False)


def load_edits(text: str) -> tuple[int, tuple[Edit, ...]]:
    """The inverse. Raises Refused for anything else."""
    try:
        base, raw = json.loads(text)
        return known_number(base), tuple(_load_edit(where, value) for where, value in raw)
    except (ValueError, TypeError):
        raise Refused("This form is from an older version. Please open it again.") from None


def known_number(read: object) -> int:
    """A number that a form of ours may carry. Raises ValueError for anything else."""
    if isinstance(read, int) and abs(read) < 10**9:
        return read
    raise ValueError("not a number of ours")


def _load_edit(where: Sequence[object], value: object) -> Edit:
    """Raises ValueError."""
    texts = tuple(value) if isinstance(value, list) else value
    some = texts if isinstance(texts, tuple) else () if texts is None else (texts,)
    if not all(isinstance(one, str | int) for one in where) or not all(isinstance(one, str) for one in some):
        raise ValueError("not an edit of ours")
    return Edit(tuple(where), texts)  # type: ignore[arg-type]
