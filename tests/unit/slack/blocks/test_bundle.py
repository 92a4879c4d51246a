"""A bundle names every issue, whole, whatever people typed; each keeps buttons that carry its own number."""

from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.adapters.slack.drawing import Drawing
from bot.domain.bundling import MOST
from tests import builders as make
from tests.unit.slack.blocks import examples
from tests.unit.slack.blocks.gallery_bundle import DESK, asked, news, pings, taken
from tests.unit.slack.blocks.test_hostile import HOSTILE
from tests.unit.slack.second_opinion import objections


def buttons(drawing: Drawing, action: str) -> list[int]:
    """The issues this button is there for, in order."""
    elements: list[dict[str, Any]] = [
        one for block in drawing.blocks if block["type"] == "actions" for one in block["elements"]
    ]
    carried = [ids.load_carried(one["value"]) for one in elements if one["action_id"] == action]
    return [one.number for one in carried if one is not None]


def test_the_most_urgent_is_first_and_each_has_its_own_buttons() -> None:
    drawing = pings([one.issue for one in asked(4)])
    for action in (ids.ACK, ids.DECLINE, ids.DETAILS):
        assert buttons(drawing, action) == [42, 44, 41, 43]
    assert drawing.live


def test_a_channel_cannot_decline() -> None:
    drawing = pings([one.issue for one in asked(4)], DESK)
    assert buttons(drawing, ids.DECLINE) == []
    assert len(buttons(drawing, ids.ACK)) == 4


def test_what_somebody_has_offers_nothing_any_more() -> None:
    one, two, three, four = asked(4)
    mine, other = taken(one, make.ANA).issue, taken(two, make.OMAR).issue
    drawing = pings([mine, other, three.issue, four.issue])
    assert buttons(drawing, ids.ACK) == [44, 43]
    assert buttons(drawing, ids.RESOLVE) == [41], "who took it works from here"
    assert "2 of these 4 issues still need an answer." in drawing.text
    assert drawing.live


def test_when_all_are_taken_nothing_can_be_pressed() -> None:
    drawing = pings([taken(one, make.OMAR).issue for one in asked(4)])
    assert not drawing.live
    assert all(block["type"] != "actions" for block in drawing.blocks)


def test_an_issue_that_was_asked_about_twice_stands_there_once() -> None:
    issue = asked(1)[0].issue
    assert buttons(pings([issue, issue, asked(2)[1].issue]), ids.ACK) == [42, 41]


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_slack_takes_it_and_the_text_names_every_issue(title: str) -> None:
    facts = replace(examples.FULL, title=title, happened=title)
    issues = [one.issue for one in asked(MOST, facts)]
    issues = [replace(one, ref=make.ref(one.number + 123_000)) for one in issues]
    ways = replace(issues[0].route, type_title=title, priority=replace(make.P1, title=title))
    issues = [replace(one, route=ways) for one in issues]
    for drawing in (pings(issues), pings(issues, DESK), news(issues)):
        assert objections(drawing) == []
        assert all(f"ISS-{one.number}" in drawing.text for one in issues)


def test_a_private_issue_keeps_its_title_from_a_channel() -> None:
    issues = [replace(one.issue, private=True) for one in asked(4)]
    secret = issues[0].facts.title
    for drawing in (pings(issues, DESK), news(issues, DESK)):
        assert secret not in drawing.text + str(drawing.blocks)
    assert secret in pings(issues).text, "who is asked reads it"


def test_who_wished_to_stay_unnamed_is_not_named() -> None:
    hidden = [replace(one.issue, facts=replace(one.issue.facts, nameless=True)) for one in asked(4)]
    drawing = pings(hidden)
    assert make.RAVI not in drawing.text + str(drawing.blocks)
