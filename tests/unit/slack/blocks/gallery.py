"""Every picture Rung draws, by name: the golden tests and the limit checks both walk through it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks.help import HelpGroup, help_answer
from bot.adapters.slack.blocks.lists import list_answer
from bot.adapters.slack.blocks.more_form import MoreRow, more_form
from bot.adapters.slack.blocks.open_typed import open_typed_answer
from bot.adapters.slack.blocks.raise_form import raise_form
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.show import show_answer
from bot.adapters.slack.blocks.views import loading_view, metadata, notice_view
from bot.adapters.slack.blocks.why import why_answer
from bot.adapters.slack.blocks.work_forms import (
    decline_form,
    dispute_form,
    resolve_form,
    take_anyway_form,
    update_form,
)
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.ids import Carried
from bot.domain.events import EventKind
from bot.domain.issue import Change
from bot.domain.notification import NoticeKind
from bot.domain.timers import plan
from bot.domain.wording import lateness, log, requester
from bot.domain.words import At, Person, say
from tests import builders as make
from tests.unit.slack.blocks import examples
from tests.unit.slack.blocks.gallery_agreement import AGREEMENTS
from tests.unit.slack.blocks.gallery_bundle import BUNDLES
from tests.unit.slack.blocks.gallery_by_hand import BY_HAND
from tests.unit.slack.blocks.gallery_caring import CARING
from tests.unit.slack.blocks.gallery_changing import CHANGING
from tests.unit.slack.blocks.gallery_client_pages import CLIENT_PAGES
from tests.unit.slack.blocks.gallery_handing import HANDING
from tests.unit.slack.blocks.gallery_home import HOME
from tests.unit.slack.blocks.gallery_intake import INTAKE
from tests.unit.slack.blocks.gallery_news import NEWS
from tests.unit.slack.blocks.gallery_oncall import ONCALL
from tests.unit.slack.blocks.gallery_private import PRIVATE
from tests.unit.slack.blocks.gallery_together import TOGETHER
from tests.unit.slack.blocks.gallery_waiting import WAITING

Picture = Drawing | dict[str, Any]

CARRIED = Carried(42, opening=1, level=1, round=0)
REMEMBERED = metadata("n-1")
HELP = [
    HelpGroup(
        "Raise and look",
        [
            ("/issue [TITLE]", "opens the form"),
            ("/issue ISS-42", "shows an issue"),
            ("/issue help", "this table"),
        ],
    ),
    HelpGroup("Answer and work", [("/issue ack ISS-42", "takes an issue")]),
    HelpGroup("On call", [("/issue oncall", "who is on call"), ("/issue oncall take 2h", "you are on call")]),
]


def card(about: Change) -> Drawing:
    """The card."""
    return draw(examples.letter(examples.notice(NoticeKind.CARD), about))


def ping(about: Change, who: str = make.ANA, level: int = 1, kind: NoticeKind = NoticeKind.PING) -> Drawing:
    """A message that asks somebody."""
    return draw(examples.letter(examples.ping(about.issue, who, level, kind), about))


def _ping_with(about: Change, **args: int) -> Drawing:
    some = examples.ping(about.issue)
    return draw(examples.letter(replace(some, args={**some.args, **args}), about))


def update(about: Change, **args: str | int) -> Drawing:
    """What the requester reads about the last thing that happened."""
    tell = requester.resolved if "buttons" in args else requester.updated
    said = tell(about.issue, about.events[-1])
    return draw(examples.letter(examples.notice(NoticeKind.REQUESTER, said, **args), about))


def logged(about: Change, kind: NoticeKind = NoticeKind.LOG) -> Drawing:
    """The last line of the log."""
    said = log.line(about.issue, about.events[-1])
    return draw(examples.letter(examples.notice(kind, said), about))


def details(about: Change) -> Drawing:
    """What stands behind a Details button."""
    return draw(examples.letter(examples.notice(NoticeKind.DETAILS, view_id="V1"), about))


def _solved_update(about: Change) -> Drawing:
    return update(about, buttons="confirm", opening=1, quote="Switched to the second acquirer.")


def _owner_note() -> Drawing:
    said = say("{who} says ISS-42 is not solved:", who=Person(examples.LENA))
    some = examples.notice(NoticeKind.OWNER, said, quote="Refunds still fail.")
    return draw(examples.letter(some, examples.disputed()))


def _whisper() -> Drawing:
    said = say("{who} took ISS-42 at {when}.", who=Person(make.ANA), when=At(make.NOON))
    some = examples.notice(NoticeKind.WHISPER, said, channel="C_ISSUES", user=make.OMAR)
    return draw(examples.letter(some, None))


def _path_owner_note() -> Drawing:
    said = say("{contact} of Payments could not be reached: the group is empty.", contact="group:sre")
    return draw(examples.letter(examples.notice(NoticeKind.PATH_OWNER, said), examples.raised()))


def _manager_note() -> Drawing:
    about = examples.late()
    (late,) = [one for one in about.events if one.kind is EventKind.BREACHED]
    said = lateness.breached(about.issue, late)
    return draw(examples.letter(examples.notice(NoticeKind.MANAGER, said), about))


def _inform_note() -> Drawing:
    about = examples.informed()
    said = lateness.informed(about.issue, about.events[-1])
    return draw(examples.letter(examples.notice(NoticeKind.INFORM, said), about))


def _why(about: Change) -> Drawing:
    return why_answer(about.issue, plan(about.issue), examples.NOW)


def _list() -> Drawing:
    issues = [
        *examples.numbered(examples.raised().issue, [44, 43]),
        examples.taken().issue,
        *examples.numbered(examples.late().issue, [41]),
    ]
    return list_answer(issues, "Open issues", "Nothing is open. /issue raises one.", 7, examples.NOW)


def _prefilled_form() -> dict[str, Any]:
    prefill = {
        "title": "Checkout is down",
        "happened": "Every card payment is refused.",
        "type": "payments",
        "impact": "everyone",
        "urgency": "now",
        "requester": examples.LENA,
        "updates_channel": "C_CARE",
    }
    return raise_form(make.matrix(), prefill, metadata("n-1", source_link="https://acme.slack.com/p1"))


GALLERY: dict[str, Callable[[], Picture]] = {
    "card_open": lambda: card(examples.raised()),
    "card_declined": lambda: card(examples.declined()),
    "card_late": lambda: card(examples.late()),
    "card_waiting_for_a_shift": lambda: card(examples.waiting_for_a_shift()),
    "card_unanswered": lambda: card(examples.unanswered()),
    "card_taken": lambda: card(examples.updated()),
    "card_resolved": lambda: card(examples.solved()),
    "card_reopened": lambda: card(examples.disputed()),
    "card_closed": lambda: card(examples.closed()),
    "ping": lambda: ping(examples.raised()),
    "ping_with_promises": lambda: ping(examples.promised()),
    "ping_reminder": lambda: ping(examples.raised(), kind=NoticeKind.REMINDER),
    "ping_of_an_earlier_level": lambda: ping(examples.timed_out(examples.raised(), make.QUARTER), make.ANA),
    "ping_reopened": lambda: ping(examples.disputed()),
    "ping_of_an_earlier_opening": lambda: _ping_with(examples.disputed(), opening=1),
    "ping_settled_overtaken": lambda: _ping_with(examples.taken(), overtaken=1),
    "ping_nag": lambda: ping(examples.unanswered(), make.MANAGER, 0, NoticeKind.NAG),
    "ping_settled_taken": lambda: ping(examples.taken(), make.OMAR, 2),
    "ping_settled_declined": lambda: ping(examples.declined()),
    "requester_news": lambda: update(examples.updated(), quote=examples.updated().issue.last_update),
    "requester_is_it_solved": lambda: _solved_update(examples.solved()),
    "requester_settled": lambda: _solved_update(examples.closed()),
    "log_line": lambda: logged(examples.declined()),
    "mention": lambda: logged(examples.raised(), NoticeKind.MENTION),
    "owner_note": _owner_note,
    "path_owner_note": _path_owner_note,
    "manager_note": _manager_note,
    "inform_note": _inform_note,
    "whisper": _whisper,
    "details": lambda: details(examples.disputed()),
    "show": lambda: show_answer(examples.taken().issue, examples.taken().events, examples.NOW),
    "why": lambda: _why(examples.late()),
    "why_without_promises": lambda: _why(examples.raised()),
    "list": _list,
    "list_empty": lambda: list_answer([], "Waiting for you", "Nothing waits for you.", 0),
    "more": lambda: more_form(
        CARRIED,
        [MoreRow("merge", "Link or merge", "Join it with another one."), MoreRow("edit", "Edit", "")],
        REMEMBERED,
    ),
    "open_typed": lambda: open_typed_answer(
        say("One more step: please open the form."), "wait ISS-42 <@U1|ann>"
    ),
    "help": lambda: help_answer(
        HELP, 'I don\'t know "frobnicate". This is what I can do.', "In threads: @Rung show ISS-1"
    ),
    "form_raise": lambda: raise_form(make.matrix(), {}, REMEMBERED),
    "form_raise_prefilled": _prefilled_form,
    "form_update": lambda: update_form(CARRIED, REMEMBERED),
    "form_resolve": lambda: resolve_form(CARRIED, REMEMBERED),
    "form_dispute": lambda: dispute_form(CARRIED, REMEMBERED),
    "form_decline": lambda: decline_form(CARRIED, REMEMBERED),
    "form_take_anyway": lambda: take_anyway_form(CARRIED, REMEMBERED),
    "view_notice": lambda: notice_view("Not saved", say("Please try again: the database did not answer.")),
    "view_loading": lambda: loading_view("ISS-42"),
    **AGREEMENTS,
    **BY_HAND,
    **CLIENT_PAGES,
    **BUNDLES,
    **CHANGING,
    **HOME,
    **HANDING,
    **INTAKE,
    **NEWS,
    **ONCALL,
    **PRIVATE,
    **TOGETHER,
    **WAITING,
    **CARING,
}
