"""The pictures of taking part: every form, and a card that goes on as another one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks import together_forms
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.ids import Carried
from bot.domain.ids import UserId
from bot.domain.issue import Change
from bot.domain.merging import merge
from bot.domain.notification import NoticeKind
from tests import builders as make
from tests.unit.slack.blocks import examples

CARRIED, REMEMBERED = Carried(42), metadata("n-1")


def _merged() -> tuple[Change, Change]:
    """ISS-42, and the one it goes on as."""
    source = examples.raised().issue
    target = make.issue(7, requester=UserId("U_RITA"))
    return merge(source, target, make.actor(make.ANA), make.QUARTER)


def _card(about: Change) -> Drawing:
    return draw(examples.letter(examples.notice(NoticeKind.CARD), replace(about)))


TOGETHER: dict[str, Callable[[], Drawing | dict[str, Any]]] = {
    "card_merged": lambda: _card(_merged()[0]),
    "card_with_another_one": lambda: _card(_merged()[1]),
    "form_note": lambda: together_forms.note_form(CARRIED, REMEMBERED),
    "form_edit": lambda: together_forms.edit_form(CARRIED, examples.FULL, REMEMBERED),
    "form_thank": lambda: together_forms.thank_form(CARRIED, make.ANA, REMEMBERED),
    "form_watch": lambda: together_forms.watch_form(CARRIED, REMEMBERED),
    "form_together": lambda: together_forms.together_form(CARRIED, "merge", "ISS-7", REMEMBERED),
}
