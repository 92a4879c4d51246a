"""The pictures of a change: its form, whole and for the priority alone, and what a priority by hand looks like."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks.change_form import change_form, drawn
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.domain.changing import CHANGEABLE, URGENCY
from bot.domain.issue import Issue
from bot.domain.matrix.model import Named
from bot.domain.notification import NoticeKind
from bot.usecases.rows import Letter
from tests import builders as make
from tests.unit.slack.blocks import examples

MATRIX = make.matrix(
    services=(Named("shop", "Web shop"), Named("billing", "Billing")), clients=(Named("acme", "Acme Ltd"),)
)


def by_hand() -> Issue:
    """Most urgent, because somebody said so."""
    facts = replace(
        examples.FULL, service="shop", client="acme", priority="p1", priority_reason="Nobody at Acme can pay"
    )
    route = make.route(service_title="Web shop", client_title="Acme Ltd")
    return examples.raised(facts, route).issue


def form(about: Issue, *facts: str, priority: str = "") -> dict[str, Any]:
    """The form, remembering what it shows."""
    return change_form(about, MATRIX, facts or CHANGEABLE, metadata("n-1", **drawn(about)), priority=priority)


def taken_in_time() -> Letter:
    """The ping of who took it, with a solution due."""
    issue = make.acknowledged(examples.promised().issue)
    return examples.letter(examples.ping(issue), issue)


CHANGING: dict[str, Callable[[], Drawing | dict[str, Any]]] = {
    "form_change": lambda: form(by_hand()),
    "form_change_priority": lambda: form(examples.raised().issue, *URGENCY, priority="p2"),
    "card_priority_by_hand": lambda: draw(examples.letter(examples.notice(NoticeKind.CARD), by_hand())),
    "ping_settled_owner": lambda: draw(
        examples.letter(examples.ping(examples.taken().issue), examples.taken().issue)
    ),
    "ping_settled_owner_promised": lambda: draw(taken_in_time()),
}
