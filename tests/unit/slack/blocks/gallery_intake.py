"""The pictures of raising with something to say: what a type needs, the page before, drafts, and search."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks.intake_page import intake_page
from bot.adapters.slack.blocks.raise_form import raise_form
from bot.adapters.slack.blocks.search import search_answer, search_view
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.raise_issue import offer_of
from bot.domain.findings import Finding, Found, look
from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import IssueType, Named, Promise
from bot.domain.span import Span, Unit
from bot.usecases.dry_run import Question, on_paper
from bot.usecases.finding_ports import Draft
from bot.usecases.search import Hit, Hits
from tests import builders as make
from tests.unit.slack.blocks import examples

Picture = Drawing | dict[str, Any]

REMEMBERED = metadata("n-1")
MATRIX = make.matrix(
    types=(
        IssueType(
            "payments",
            "Payments",
            raise_when="The promised time has passed, or will pass before anyone can answer.",
            not_for="New requests.",
            first_try="Check the queue first. You may credit up to 50 GBP yourself.",
            requires=("reference", "promised_by"),
        ),
    ),
    services=(Named("shop", "Web shop", "Covered: invoices, refunds. Not covered: tax advice."),),
    clients=(Named("acme", "Acme Ltd"),),
    promises=(Promise({"client": ("acme",)}, Span(4, Unit.HOUR), None, "always"),),
)
TYPED = {
    "title": "Checkout is down",
    "happened": "Every card payment is refused.",
    "type": "payments",
    "impact": "everyone",
    "urgency": "now",
    "service": "shop",
    "client": "acme",
    "reference": "ORD-2026-1138",
    "promised_by": "1772461200",
}
DRAFT = Draft(make.RAVI, "f-1", {"title": "Checkout is down", "tried": "Everything"}, {}, examples.NOW)


def findings() -> tuple[Finding, ...]:
    """Everything there can be to say."""
    due = make.NOON + make.minutes(130)
    chosen = {"service": "shop", "client": "acme"}
    facts = replace(make.facts(**chosen), promised_by=due)
    kind = Kind("payments", "everyone", "now", **chosen)
    ladder = on_paper(make.published(document=MATRIX), Question(kind, make.NOON))
    like = (examples.late().issue, examples.taken().issue)
    return look(Found(MATRIX, facts, make.NOON, alike=like, count=2, ladder=ladder))


def hits(offset: int = 0, *, more: bool = False) -> Hits:
    """One with its card, one without."""
    card = make.message(place="C_ISSUES", stamp="1772452800.000100")
    some = (Hit(examples.late().issue, card), Hit(examples.solved().issue, None))
    return Hits("checkout acme", offset, some, more)


def page(found: Hits) -> dict[str, Any]:
    return search_view(found, "acme", "/issue", examples.NOW, REMEMBERED)


INTAKE: dict[str, Callable[[], Picture]] = {
    "form_raise_strict": lambda: raise_form(MATRIX, TYPED, REMEMBERED),
    "form_raise_with_draft": lambda: raise_form(MATRIX, {}, REMEMBERED, offer_of(DRAFT)),
    "form_raise_findings": lambda: intake_page(MATRIX, TYPED, findings(), REMEMBERED),
    "search": lambda: search_answer(hits(), "acme", "/issue", examples.NOW),
    "search_first_page": lambda: search_answer(hits(more=True), "", "/issue", examples.NOW),
    "search_next_page": lambda: page(hits(10)),
    "search_nothing": lambda: search_answer(Hits("zebra", 0, (), False), "acme", "/issue", examples.NOW),
    "search_no_words": lambda: search_answer(Hits("***", 0, (), False), "acme", "/issue", examples.NOW),
}
