"""Turns of phrase for sentences about a matrix."""

from collections.abc import Sequence
from difflib import get_close_matches

_LONGEST_QUOTE = 60
_MOST_CHOICES_SHOWN = 12
_MOST_COMPARED = 1000


def quoted(text: str | int) -> str:
    """The text in quotes, on one line and short enough to read, whatever it holds."""
    shown = str(text)
    shown = shown if len(shown) <= _LONGEST_QUOTE else shown[: _LONGEST_QUOTE - 3] + "..."
    return '"' + "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in shown) + '"'


def nearest(word: str, known: Sequence[str]) -> str | None:
    """What is known and written almost like this, if anything is."""
    by_lower = {one[:_LONGEST_QUOTE].lower(): one for one in reversed(known[:_MOST_COMPARED])}
    near = get_close_matches(word[:_LONGEST_QUOTE].lower(), by_lower, n=1, cutoff=0.7)
    return by_lower[near[0]] if near else None


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """``Did you mean "x"?`` when something known is near, else an empty text."""
    near = nearest(word, known)
    return f"Did you mean {quoted(near)}?" if near is not None else ""


def suggest(word: str, known: Sequence[str]) -> str:
    """`did_you_mean`, else what there is to choose from."""
    if not known:
        return "None is defined yet."
    more = " ..." if len(known) > _MOST_CHOICES_SHOWN else ""
    shown = ", ".join(quoted(one)[1:-1] for one in known[:_MOST_CHOICES_SHOWN])
    return did_you_mean(word, known) or f"Use one of: {shown}{more}."
