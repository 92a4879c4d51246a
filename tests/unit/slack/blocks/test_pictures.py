"""What each picture promises its reader: who must act, what can be pressed, what is left out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.lists import Listed, list_answer, lists_answer
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.show import show_answer
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Change
from bot.domain.notification import NoticeKind
from bot.domain.words import say
from bot.usecases.home import OVERSEEN, Health, Home, Part
from bot.usecases.viewers import Onlooker
from tests import builders as make
from tests.unit.slack.blocks import examples, gallery, gallery_home, gallery_oncall


def pressed(drawing: Drawing) -> list[str]:
    """The action ids of a row of buttons, in order."""
    rows = [block["elements"] for block in drawing.blocks if block["type"] == "actions"]
    return [one["action_id"] for row in rows for one in row]


@pytest.mark.parametrize(
    ("moment", "buttons"),
    [
        (examples.raised, [ids.ACK, ids.UPDATE, ids.ESCALATE, ids.RESOLVE, ids.MORE]),
        (examples.unanswered, [ids.ACK, ids.UPDATE, ids.RESOLVE, ids.MORE]),
        (examples.taken, [ids.UPDATE, ids.ESCALATE, ids.RESOLVE, ids.MORE]),
        (examples.solved, []),
        (examples.closed, []),
        (examples.disputed, [ids.ACK, ids.UPDATE, ids.ESCALATE, ids.RESOLVE, ids.MORE]),
    ],
)
def test_the_card_offers_what_makes_sense(moment: Callable[[], Change], buttons: list[str]) -> None:
    drawn = gallery.card(moment())
    assert pressed(drawn) == buttons
    assert drawn.live == bool(buttons)


def test_the_card_says_first_who_must_act_until_when() -> None:
    first = gallery.card(examples.raised()).blocks[0]["text"]["text"]
    assert first.startswith("*<#C_OPS_DESK> or <@U_ANA>: please answer by <!date^")


def test_the_card_says_where_the_rest_is_when_it_cuts() -> None:
    long = examples.raised(replace(examples.FULL, happened="The same again. " * 100))
    quoted = next(block for block in gallery.card(long).blocks if block["type"] == "rich_text")
    assert quoted["elements"][-1]["elements"][0]["text"] == "Cut here. /issue ISS-42 shows more."


def test_a_reopened_card_does_not_call_the_old_solution_done() -> None:
    assert "What was done before it was opened again" in gallery.card(examples.disputed()).text


def test_a_ping_offers_its_four_buttons_in_order() -> None:
    assert pressed(gallery.ping(examples.raised())) == [ids.ACK, ids.DECLINE, ids.ESCALATE, ids.DETAILS]


def test_a_nag_offers_no_step_above_the_last() -> None:
    drawn = gallery.ping(examples.unanswered(), make.MANAGER, 0, NoticeKind.NAG)
    assert pressed(drawn) == [ids.ACK, ids.DECLINE, ids.DETAILS]


@pytest.mark.parametrize("moment", [examples.taken, examples.solved, examples.closed])
def test_a_settled_ping_tells_the_truth_and_only_explains(moment: Callable[[], Change]) -> None:
    drawn = gallery.ping(moment(), make.OMAR, 2)
    assert not drawn.live
    assert pressed(drawn) == [ids.DETAILS]


def test_buttons_carry_what_their_reader_saw() -> None:
    second = examples.timed_out(examples.raised(), make.QUARTER)
    button = gallery.ping(second, make.OMAR, 2).blocks[-1]["elements"][0]
    assert ids.load_carried(button["value"]) == ids.Carried(42, opening=1, level=2, round=0)


def test_the_requester_is_asked_once_it_is_solved() -> None:
    drawn = gallery.update(examples.solved(), buttons="confirm", opening=1)
    assert pressed(drawn) == [ids.CONFIRM, ids.DISPUTE]
    assert drawn.live


@pytest.mark.parametrize("moment", [examples.closed, examples.disputed])
def test_a_settled_question_has_no_buttons(moment: Callable[[], Change]) -> None:
    drawn = gallery.update(moment(), buttons="confirm", opening=1)
    assert (pressed(drawn), drawn.live) == ([], False)


def test_news_are_never_a_question() -> None:
    assert not gallery.update(examples.updated(), quote="Nearly there.").live


@pytest.mark.parametrize("kind", [NoticeKind.CARD, NoticeKind.PING, NoticeKind.REQUESTER, NoticeKind.COPY])
def test_a_picture_of_an_issue_needs_one(kind: NoticeKind) -> None:
    with pytest.raises(ValueError, match="needs its issue"):
        draw(examples.letter(examples.notice(kind, say("Hello.")), None))


def test_a_long_list_says_how_many_are_left() -> None:
    many = examples.numbered(examples.raised().issue, range(1, 31))
    drawn = list_answer(many, "Open issues", "Nothing is open.", 5)
    assert drawn.blocks[-1]["elements"][0]["text"].startswith("15 more not shown")


def test_several_lists_share_the_room_of_one_message() -> None:
    many = examples.numbered(examples.raised().issue, range(1, 31))
    drawn = lists_answer([Listed(title, many, "Nothing.") for title in ("Waiting", "You have", "Raised")])
    titles = [block["text"]["text"] for block in drawn.blocks if block["type"] == "header"]
    assert titles == ["Waiting", "You have", "Raised"]
    assert len(drawn.blocks) == 48


def test_the_command_is_named_as_it_is_called_here() -> None:
    nobody = Home(Onlooker(make.ANA, member=True), ())
    view = gallery_home.home(nobody, command="/rung").view
    assert view is not None
    assert "type /rung," in view["blocks"][3]["elements"][0]["text"]


def test_all_lists_of_a_manager_who_is_an_admin_fit_into_the_tab() -> None:
    who = Onlooker(make.ANA, manager=True, admin=True, member=True)
    some = [examples.raised().issue] * 4
    own = tuple(Part(name, tuple(some), 99, 4) for name in gallery_home.OWN)
    overseen = tuple(Part(name, tuple(some[:3]), 99, 3, 3) for name in OVERSEEN)
    duties = tuple(gallery_oncall.duties()) * 9
    lost = (make.outbox_row(),) * 5
    drawn = gallery_home.home(
        Home(who, own, overseen, ((make.P1, 3),) * 9, duties, Health(3, 2), lost), reduced=["x"]
    )
    assert drawn.view is not None
    assert 90 < len(drawn.view["blocks"]) < 100
    assert "Not available here" in str(drawn.view["blocks"][-1])


def test_a_long_history_keeps_the_newest() -> None:
    change = examples.raised()
    drawn = show_answer(change.issue, change.events * 20, examples.NOW)
    told = [block["text"]["text"] for block in drawn.blocks if block["type"] == "section" and "text" in block]
    assert any(text.startswith("60 earlier not shown.") for text in told)


def test_only_a_whole_web_address_becomes_a_link() -> None:
    def links(evidence: str) -> list[Any]:
        drawn = gallery.card(examples.raised(make.facts(evidence=evidence)))
        leaves = [
            leaf for block in drawn.blocks for part in block.get("elements", []) for leaf in _leaves(part)
        ]
        return [leaf["url"] for leaf in leaves if leaf["type"] == "link"]

    assert links("https://example.com/a?b=1") == ["https://example.com/a?b=1"]
    for not_one in (
        "javascript:alert(1)",
        "see https://example.com",
        "https://a|b",
        "https://bank@evil.example",
    ):
        assert links(not_one) == []


def _leaves(part: dict[str, Any]) -> list[dict[str, Any]]:
    held = part.get("elements", [])
    return list(held) if isinstance(held, list) else []
