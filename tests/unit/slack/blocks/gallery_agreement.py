"""The pictures of agreements: asked, half answered, reminded, answered, over."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks.agreement import cannot_agree_form
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.values import Asked
from bot.domain.matrix.terms import mark
from bot.usecases.agreement_notices import corrections, message_key, questions, reminder
from bot.usecases.people_ports import Agreement, Consent
from tests import builders as make
from tests.unit.slack.blocks import examples

FIRST = Agreement(
    "Payments", 2, make.OMAR, "You are level 2 for Payments: 30 min to answer, in office hours.", 3, make.NOON
)
SECOND = replace(
    FIRST,
    path="Hardware & <repairs>",
    level=1,
    terms="You are level 1 for Hardware & <repairs> while you are on call for the bench: 1 h to answer.",
)


def agreed(one: Agreement) -> Agreement:
    """They can."""
    return replace(one, consent=Consent.AGREED, answered_at=examples.NOW)


def cannot(one: Agreement, reason: str = "I moved to *sales* & <billing>.") -> Agreement:
    """They can't."""
    return replace(one, consent=Consent.CANNOT, answered_at=examples.NOW, reason=reason)


def question(*rows: Agreement) -> Drawing:
    """The message that asks."""
    (notice,) = questions(rows)
    return draw(examples.letter(notice, None))


def truth(*rows: Agreement, asked: Agreement = FIRST) -> Drawing:
    """The same message, drawn anew from what is left."""
    notice, *_ = corrections([asked], rows)
    return draw(examples.letter(notice, None))


def reminded(*rows: Agreement) -> Drawing:
    """A copy of it, two days later."""
    return draw(examples.letter(reminder(message_key(rows[0]), rows, 1), None))


def form() -> dict[str, Any]:
    """What "I can't agree" opens."""
    return cannot_agree_form(Asked(make.OMAR, 2, mark(FIRST.terms), "Payments"), metadata("n-1"))


AGREEMENTS: dict[str, Callable[[], Drawing | dict[str, Any]]] = {
    "agreement_asked": lambda: question(FIRST, SECOND),
    "agreement_half_answered": lambda: truth(FIRST, agreed(SECOND)),
    "agreement_reminder": lambda: reminded(FIRST),
    "agreement_answered": lambda: truth(agreed(FIRST), cannot(SECOND)),
    "agreement_over": lambda: truth(),
    "form_cannot_agree": form,
}
