"""What people read before an issue is stored, when there is something to say."""

from dataclasses import dataclass

from bot.domain.dry_run import Ladder
from bot.domain.issue import Issue
from bot.domain.matrix.model import IssueType, Matrix
from bot.domain.promised import Inside
from bot.domain.wording import names
from bot.domain.wording.ladder import rung
from bot.domain.wording.lengths import length
from bot.domain.words import NOTHING, At, Sentence, say, sentences

LEVELS_SHOWN = 2
"""Who is asked, and who then; the rest of the ladder is in the matrix."""

_ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_FIRST_ORDINAL = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A text of the matrix under its label."""

    label: str
    text: str


def of_type(kind: IssueType) -> list[Told]:
    """What the matrix says about this type."""
    texts = (
        Told("Raise it when", kind.raise_when),
        Told("Not for", kind.not_for),
        Told("Try first", kind.first_try),
        Told(kind.title, kind.scope),
    )
    return [one for one in texts if one.text]


def told_line(one: Told) -> Sentence:
    """As one line."""
    return say("{label}: {text}", label=one.label, text=one.text)


def still_promised(matrix: Matrix, client: str, holds: Inside) -> Sentence:
    """``An answer is due 16:40, 2 h 10 min left. Raise anyway?``, and what was promised."""
    where = "" if holds.calendar.always else f" of {holds.calendar.key} time"
    due = say(
        "{what} is due {due}, {left}{where} left.",
        what=f"{'An' if holds.what == 'answer' else 'A'} {holds.what}",
        due=At(holds.due, "day"),
        left=holds.left,
        where=where,
    )
    return sentences(
        due, _what_was_promised(matrix, client, holds), say("Raise anyway? Then please say why.")
    )


def seen(issue: Issue) -> Sentence:
    """An open issue that looks the same, and how it stands."""
    return say(
        "ISS-{number} · {title}: {state}. {now}",
        number=issue.number,
        title=issue.facts.title,
        state=names.state_words(issue),
        now=names.now_with(issue),
    )


def often(kind: str, about: str, number: int) -> Sentence:
    """``This is the third "Slow response" this week for Billing.``"""
    place = number - _FIRST_ORDINAL
    which = _ORDINALS[place] if place < len(_ORDINALS) else f"number {number}"
    template = 'This is the {which} "{kind}" within a week{about}.'
    if place >= len(_ORDINALS):
        template = 'This is {which} of "{kind}" within a week{about}.'
    return say(template, which=which, kind=kind, about=f" for {about}" if about else "")


def who_is_asked(ladder: Ladder) -> tuple[Sentence, ...]:
    """Who will be asked, by when, then who."""
    first = [one for one in ladder.rungs if not one.round]
    shown = tuple(rung(one, ladder.zone) for one in first[:LEVELS_SHOWN])
    left = len(first) - len(shown)
    more = say("Then {left} more, until somebody takes it.", left=_levels(left)) if left > 0 else NOTHING
    return (*shown, more) if more else shown


def _what_was_promised(matrix: Matrix, client: str, holds: Inside) -> Sentence:
    promise = holds.promise
    span = (promise.answer or promise.solve) if promise else None
    if promise is None or span is None:
        return NOTHING
    title = next((one.title for one in matrix.clients if one.key == client), "Customers")
    has = "were" if title == "Customers" else "was"
    return say(
        "{title} {has} promised one within {span}.",
        title=title,
        has=has,
        span=length(span, promise.calendar),
    )


def _levels(count: int) -> str:
    return "one level" if count == 1 else f"{count} levels"
