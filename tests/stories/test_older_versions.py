"""Buttons, forms and shortcuts that this version does not know: people read what to do; events are let go quietly."""

import copy

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.sandbox.model import Json
from tests.story import FORM, Story, ids

SAID = "This comes from an older version of Rung. Please use /issue help to see what there is now."


async def clicked(tale: Story) -> Json:
    """A button is pressed."""
    await tale.raises("ann")
    await tale.clicks("maya", ids.DETAILS)
    return tale.sandbox.last_payload("maya")


def of_another_name(payload: Json, name: str) -> Json:
    """The same request, as another version would have named it."""
    other = copy.deepcopy(payload)
    if "actions" in other:
        other["actions"][0] |= {"action_id": name, "action_ts": "1999999999.000001"}
    elif "view" in other:
        other["view"] |= {"callback_id": name, "id": "V_OLD"}
    else:
        other["command" if "command" in other else "callback_id"] = name
    return other


@pytest.mark.parametrize("name", ["rung_of_old", f"{ids.DETAILS}_2", f"{ids.DETAILS}:1", f"{ids.DETAILS}\n"])
async def test_an_unknown_button_is_answered_to_who_pressed_it(tale: Story, name: str) -> None:
    answer = await tale.sandbox.raw_action(of_another_name(await clicked(tale), name))
    await tale.settle()
    assert answer.ok
    assert [message.text for message in tale.sandbox.ephemerals("maya")] == [SAID]


async def test_an_unknown_form_stays_open_and_says_so_at_its_first_field(tale: Story) -> None:
    await tale.types("ann", "")
    await tale.submits("ann", FORM)
    answer = await tale.sandbox.raw_action(
        of_another_name(tale.sandbox.last_payload("ann"), "rung_form_of_old")
    )
    assert answer.acked
    assert list((answer.body or {})["errors"].values()) == [SAID]


async def test_an_unknown_shortcut_is_answered_to_who_chose_it(tale: Story) -> None:
    await tale.sandbox.shortcut("ann", ids.SHORTCUT_RAISE)
    answer = await tale.sandbox.raw_action(
        of_another_name(tale.sandbox.last_payload("ann"), "rung_shortcut_of_old")
    )
    await tale.settle()
    assert answer.ok
    assert tale.sandbox.dm("ann")[-1].text == SAID


async def test_an_unknown_command_is_answered_with_what_was_typed(tale: Story) -> None:
    await tale.types("ann", "help")
    payload = of_another_name(tale.sandbox.last_payload("ann"), "/rung-of-old")
    answer = await tale.sandbox.raw_action(payload)
    assert SAID in answer.text
    assert "You typed: help" in answer.text


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback", "event": {"type": "reaction_added", "user": "U1"}},
        {"type": "view_closed", "view": {"callback_id": ids.FORM_RAISE}},
        {"type": "something_new"},
    ],
    ids=["event", "closed form", "new kind"],
)
async def test_what_nobody_asked_for_is_let_go_quietly(tale: Story, body: Json) -> None:
    said = len(tale.sandbox.journal)
    response = await tale.core.bolt.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
    await tale.settle()
    assert (response.status, response.body) == (200, "")
    assert len(tale.sandbox.journal) == said
