"""Why somebody is asked before others, as they read it."""

import pytest

from bot.adapters.slack.blocks.ping import STRAIGHT
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.drawing import Drawing
from bot.domain import bypassing
from bot.domain.notification import NoticeKind
from bot.domain.permissions import Actor
from bot.domain.words import Person, say
from tests import builders as make
from tests.unit.slack.blocks import examples
from tests.unit.slack.blocks.test_hostile import HOSTILE
from tests.unit.slack.second_opinion import objections


def gone_straight(why: str, who: str = make.ANA, **changes: object) -> Drawing:
    """The director's ping, after somebody went straight to them."""
    issue = examples.raised().issue.bump(**changes)
    jumped = bypassing.bypass(issue, Actor(who, manager=True), 3, why, (1, 0), examples.NOW)
    asked = examples.ask(jumped, examples.NOW)
    return draw(examples.letter(examples.ping(asked.issue, make.DIRECTOR, 3), asked))


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_was_typed_is_a_quote(text: str) -> None:
    assert objections(gone_straight(f"- {text}")) == []


def test_a_long_reason_is_shortened() -> None:
    drawn = gone_straight("word " * 1000)
    assert STRAIGHT in drawn.text
    assert str(drawn.blocks).count("word") < 100


def test_a_mention_names_whom_it_asks_whatever_they_raised_without_their_name() -> None:
    """It was made without the names that are kept back: "somebody" in place of this one would tell who it is."""
    asked = say("{who}: please answer ISS-42.", who=Person(make.RAVI))
    for kind in (NoticeKind.MENTION, NoticeKind.LOG):
        letter = examples.letter(examples.notice(kind, asked), examples.raised(make.facts(nameless=True)))
        assert draw(letter).text == "<@U_RAVI>: please answer ISS-42."


def test_who_went_straight_to_them_without_their_name_is_not_named() -> None:
    nameless = gone_straight("I cannot wait.", make.RAVI, facts=make.facts(nameless=True))
    assert "I cannot wait." in nameless.text
    assert make.RAVI not in f"{nameless.text} {nameless.blocks}"
