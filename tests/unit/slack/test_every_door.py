"""Whatever can be pressed, chosen or sent in what Rung draws has a listener; no listener waits for what has no name."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.adapters.slack.app import doors_of
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.doors import ACTION, EVENT, SHORTCUT, VIEW, Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.manifest import EVENTS
from tests import builders
from tests.unit.slack import desk as directory_desk
from tests.unit.slack.blocks.gallery import GALLERY
from tests.unit.usecases.desk import Desk

ONLY_LOOKED_AT = {name for key, name in vars(ids).items() if key.startswith("VIEW_")}


@pytest.fixture(scope="module")
def doors() -> Doors:
    """Those of the whole bot."""
    desk = Desk()
    here = Here(desk.services, builders.T1, "/issue", lambda: "nonce")
    return doors_of(here, directory_desk.Desk(directory_desk.slack(), desk.clock).directory)


def named(*prefixes: str) -> set[str]:
    """The names of `ids` whose constants begin like this."""
    found: set[str] = set()
    for key, name in vars(ids).items():
        if key.startswith(prefixes) and isinstance(name, str | tuple):
            found |= {name} if isinstance(name, str) else set(name)
    return found


def sends(node: Any) -> Iterator[tuple[str, str]]:
    """Kind and name of each request that a picture can cause; an input is silent unless it says otherwise."""
    if isinstance(node, dict):
        if node.get("type") == "input" and not node.get("dispatch_action"):
            return
        if "action_id" in node:
            yield "action", node["action_id"].partition(":")[0]
        if "callback_id" in node and ("submit" in node or node["callback_id"] not in ONLY_LOOKED_AT):
            yield "view", node["callback_id"]
        node = list(node.values())
    if isinstance(node, list | tuple):
        for part in node:
            yield from sends(part)


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_everything_in_a_picture_is_listened_to(doors: Doors, name: str) -> None:
    picture = GALLERY[name]()
    drawn = [picture.blocks, picture.view] if isinstance(picture, Drawing) else picture
    heard = {("action", name) for name in doors.names(ACTION)} | {
        ("view", name) for name in doors.names(VIEW)
    }
    assert set(sends(drawn)) - heard == set()


def test_every_name_of_a_form_has_a_listener_and_the_other_way_round(doors: Doors) -> None:
    assert doors.names(VIEW) == named("FORM_")


def test_every_name_of_a_shortcut_has_a_listener_and_the_other_way_round(doors: Doors) -> None:
    assert doors.names(SHORTCUT) == named("SHORTCUT_")


def test_every_name_of_a_button_has_a_listener_and_the_other_way_round(doors: Doors) -> None:
    everything = {name for name in named("") if name.startswith("rung_")}
    choices = {ids.FIELD_TYPE, ids.FIELD_SERVICE, ids.FIELD_CLIENT}
    assert doors.names(ACTION) == everything - named("FORM_", "SHORTCUT_", "VIEW_") | choices


def test_every_event_of_the_manifest_has_a_listener_and_the_other_way_round(doors: Doors) -> None:
    assert doors.names(EVENT) == {event.partition(".")[0] for event in EVENTS}
