"""The pictures of escalating by hand, of sending back, and of ending an issue oneself."""

from collections.abc import Callable
from typing import Any

from bot.adapters.slack.blocks import send_back_forms, work_forms
from bot.adapters.slack.blocks.escalate_forms import bypass_form, escalate_form
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.ids import Carried
from bot.domain import bypassing, sending_back, withdrawing
from bot.domain.destinations import Destination, Destinations, destinations
from bot.domain.issue import Change, Issue
from bot.domain.matrix.model import IssueType
from bot.domain.notification import Notice, NoticeKind
from bot.domain.permissions import Actor
from bot.domain.routing import route
from tests import builders as make
from tests.unit.slack.blocks import examples

CARRIED = Carried(42, opening=1, level=1, round=0)
REMEMBERED = metadata("n-1")
ABOUT = IssueType("payments", "Payments", "customer", first_try="Restart the terminal first: hold both keys.")
WHY = "The shift lead does not answer today."
MANAGER = Actor(make.MANAGER, manager=True)


def wished() -> Change:
    """Ravi would like to go straight to the director."""
    issue = examples.raised().issue
    return bypassing.bypass(issue, Actor(make.RAVI), 3, WHY, (1, 0), examples.NOW)


def sent_back() -> Change:
    """Ana sends it back."""
    issue = examples.raised().issue
    note = "It worked in the other shop this morning."
    return sending_back.send_back(issue, Actor(make.ANA), "first_try", note, examples.NOW, ABOUT)


def appealed() -> Change:
    """Lena appeals."""
    why = "All shops have it, not one terminal."
    return sending_back.appeal(sent_back().issue, Actor(examples.LENA), why, examples.NOW)


def judged() -> Change:
    """The manager leaves it sent back."""
    return sending_back.judge(appealed().issue, MANAGER, False, "The restart helps.", examples.NOW)


def withdrawn() -> Change:
    """Ravi withdraws it."""
    return withdrawing.withdraw(examples.taken().issue, Actor(make.RAVI), "It came by itself.", examples.NOW)


def message(before: Issue, change: Change, who: str, shown: Change | None = None) -> Drawing:
    """What this person reads because of it, as the issue stands then."""
    told = [one for one in route(before, change) if one.to.id == who and one.text("sentence")]
    some: Notice = told[0]
    return draw(examples.letter(some, shown or change))


def _card(about: Change) -> Drawing:
    return draw(examples.letter(examples.notice(NoticeKind.CARD), about))


def _escalate_form() -> dict[str, Any]:
    issue = examples.raised().issue
    bare = destinations(issue, None)
    teams = (Destination("Acquiring team", team="Acquiring team"), Destination("Shops", "Shops", back=True))
    known = Destinations(bare.following, bare.levels, teams)
    return escalate_form(CARRIED, issue, known, REMEMBERED, now=examples.NOW)


def _allowed() -> Change:
    return bypassing.answer(wished().issue, MANAGER, True, examples.NOW)


def _gone_straight() -> Change:
    return examples.ask(_allowed(), examples.NOW)


BY_HAND: dict[str, Callable[[], Drawing | dict[str, Any]]] = {
    "form_escalate": lambda: escalate_form(CARRIED, None, None, REMEMBERED),
    "form_escalate_choices": _escalate_form,
    "form_bypass": lambda: bypass_form(
        CARRIED, examples.raised().issue, 3, WHY, REMEMBERED, now=examples.NOW
    ),
    "manager_may_they_pass": lambda: message(examples.raised().issue, wished(), make.MANAGER),
    "manager_may_they_pass_settled": lambda: message(
        examples.raised().issue, wished(), make.MANAGER, _allowed()
    ),
    "ping_went_straight": lambda: draw(
        examples.letter(examples.ping(_gone_straight().issue, make.DIRECTOR, 3), _gone_straight())
    ),
    "asker_may_pass": lambda: message(wished().issue, _allowed(), make.RAVI),
    "requester_sent_back": lambda: message(examples.raised().issue, sent_back(), examples.LENA),
    "requester_sent_back_appealed": lambda: message(
        examples.raised().issue, sent_back(), examples.LENA, appealed()
    ),
    "manager_asked_to_judge": lambda: message(sent_back().issue, appealed(), make.MANAGER),
    "manager_asked_to_judge_settled": lambda: message(sent_back().issue, appealed(), make.MANAGER, judged()),
    "requester_stays_sent_back": lambda: message(appealed().issue, judged(), examples.LENA),
    "card_sent_back": lambda: _card(sent_back()),
    "ping_settled_sent_back": lambda: draw(examples.letter(examples.ping(sent_back().issue), sent_back())),
    "requester_withdrawn": lambda: message(examples.taken().issue, withdrawn(), examples.LENA),
    "owner_withdrawn": lambda: message(examples.taken().issue, withdrawn(), make.ANA),
    "card_withdrawn": lambda: _card(withdrawn()),
    "form_send_back": lambda: send_back_forms.send_back_form(CARRIED, REMEMBERED),
    "form_appeal": lambda: send_back_forms.appeal_form(CARRIED, REMEMBERED),
    "form_stays": lambda: send_back_forms.stays_form(CARRIED, REMEMBERED),
    "form_withdraw": lambda: send_back_forms.withdraw_form(CARRIED, REMEMBERED),
    "form_raise_linked": lambda: send_back_forms.raise_linked_form(CARRIED, "It is back.", REMEMBERED),
    "form_open_again": lambda: work_forms.open_again_form(CARRIED, REMEMBERED),
}
