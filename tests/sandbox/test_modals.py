"""Triggers, the stack of modals, and what a submission may be answered with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.app import card, modal
from tests.sandbox.calls import form_of
from tests.sandbox.conftest import small_config
from tests.sandbox.test_delivery import answering, listening

FILLED = {"title": "x", "priority": "p1"}


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


Timed = tuple[Hands, Sandbox, AsyncWebClient]


@pytest.fixture
async def timed() -> AsyncIterator[Timed]:
    hands = Hands()
    async with Sandbox(small_config(), hands) as sandbox:
        yield hands, sandbox, AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


def trigger(sandbox: Sandbox, view_id: str | None = None) -> str:
    return sandbox.world.triggers.give(sandbox.workspace.user("ann").id, view_id)


async def test_a_trigger_works_once(timed: Timed) -> None:
    _, sandbox, client = timed
    trigger_id = trigger(sandbox)
    await client.views_open(trigger_id=trigger_id, view=modal())
    assert await error_of(client.views_open(trigger_id=trigger_id, view=modal())) == "exchanged_trigger_id"


async def test_a_trigger_lives_three_seconds(timed: Timed) -> None:
    hands, sandbox, client = timed
    trigger_id = trigger(sandbox)
    hands.now += 3.001
    assert await error_of(client.views_open(trigger_id=trigger_id, view=modal())) == "expired_trigger_id"


async def test_a_refused_view_does_not_spend_the_trigger(timed: Timed) -> None:
    _, sandbox, client = timed
    trigger_id = trigger(sandbox)
    assert (
        await error_of(client.views_open(trigger_id=trigger_id, view={"type": "modal"}))
        == "invalid_arguments"
    )
    assert (await client.views_open(trigger_id=trigger_id, view=modal()))["ok"]


async def test_three_modals_and_no_more(timed: Timed) -> None:
    _, sandbox, client = timed
    view = (await client.views_open(trigger_id=trigger(sandbox), view=modal()))["view"]
    for _ in range(2):
        view = (await client.views_push(trigger_id=trigger(sandbox, view["id"]), view=modal()))["view"]
    pushed = client.views_push(trigger_id=trigger(sandbox, view["id"]), view=modal())
    assert await error_of(pushed) == "push_limit_reached"


async def test_a_push_needs_a_modal_below(timed: Timed) -> None:
    _, sandbox, client = timed
    assert await error_of(client.views_push(trigger_id=trigger(sandbox), view=modal())) == "not_found"


async def test_an_update_of_an_older_version_conflicts(timed: Timed) -> None:
    _, sandbox, client = timed
    view = (await client.views_open(trigger_id=trigger(sandbox), view=modal()))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=modal("Second"))
    late = client.views_update(view_id=view["id"], hash=view["hash"], view=modal("Third"))
    assert await error_of(late) == "hash_conflict"


async def test_external_ids_are_unique(timed: Timed) -> None:
    _, sandbox, client = timed
    named = {**modal(), "external_id": "one"}
    first = (await client.views_open(trigger_id=trigger(sandbox), view=named))["view"]
    maya = sandbox.world.triggers.give(sandbox.workspace.user("maya").id)
    assert await error_of(client.views_open(trigger_id=maya, view=named)) == "duplicate_external_id"
    assert (await client.views_update(external_id="one", view=named))["view"]["id"] == first["id"]


async def test_what_was_entered_survives_an_update(timed: Timed) -> None:
    _, sandbox, client = timed
    opened = (await client.views_open(trigger_id=trigger(sandbox), view=modal()))["view"]
    await sandbox.modals.submit("ann", FILLED)
    await client.views_update(view_id=opened["id"], view=modal("Again"))
    assert form_of(sandbox, "ann").values() == {**FILLED, "owner": None}


async def submitted(body: Any, view: dict[str, Any] | None = None) -> tuple[Any, Sandbox]:
    """The answer to a submission that the app acknowledged with `body`, and the sandbox after it."""
    async with listening() as (sandbox, listener):
        web = AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        await web.views_open(trigger_id=trigger(sandbox), view=view or modal())
        return await answering(listener, sandbox.submit("ann", FILLED), body), sandbox


ILLEGAL: list[tuple[Any, str]] = [
    ({"text": "hi"}, "needs a response_action"),
    ({"response_action": "explode"}, "needs a response_action"),
    ({"response_action": "errors"}, "errors goes with"),
    ({"response_action": "clear", "view": {}}, "clear goes with"),
    ({"response_action": "errors", "errors": {}}, "at least one"),
    ({"response_action": "errors", "errors": {"nowhere": "x"}}, "no input block"),
    ({"response_action": "errors", "errors": {"title_block": ""}}, "not a text"),
    ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
]


@pytest.mark.parametrize(("body", "reason"), ILLEGAL)
async def test_illegal_answers_to_submissions_leave_the_modal_open(body: Any, reason: str) -> None:
    answer, sandbox = await submitted(body)
    assert reason in answer.error
    assert sandbox.modal("ann") is not None


async def test_legal_answers_to_submissions() -> None:
    _, sandbox = await submitted(None)
    assert sandbox.modal("ann") is None
    _, sandbox = await submitted({"response_action": "clear"})
    assert sandbox.modal("ann") is None
    _, sandbox = await submitted({"response_action": "update", "view": modal("Next")})
    assert form_of(sandbox, "ann").title_text == "Next"
    _, sandbox = await submitted({"response_action": "push", "view": modal("On top")})
    assert len(sandbox.workspace.modals[form_of(sandbox, "ann").user]) == 2


async def test_closing_is_told_to_those_who_asked() -> None:
    async with listening() as (sandbox, listener):
        web = AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        await web.views_open(trigger_id=trigger(sandbox), view={**modal(), "notify_on_close": True})
        closing = asyncio.create_task(sandbox.close_modal("ann"))
        envelope = await listener.next()
        await listener.ack(envelope)
        await closing
        assert (envelope["payload"]["type"], envelope["payload"]["is_cleared"]) == ("view_closed", False)


async def test_a_response_url_is_good_for_five_answers_in_half_an_hour(timed: Timed) -> None:
    hands, sandbox, _ = timed
    ann = sandbox.workspace.user("ann").id
    token = sandbox.hooks.give(ann, "C0ISSUES0").rsplit("/", 1)[1]
    answers = [sandbox.hooks.respond(token, {"text": "x"}) for _ in range(6)]
    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
    token = sandbox.hooks.give(ann, "C0ISSUES0").rsplit("/", 1)[1]
    hands.now += 1800.1
    assert sandbox.hooks.respond(token, {"text": "x"}) == (404, "expired_url")


REFUSED_HOOKS = [
    ({"replace_original": True, "text": "x"}, "invalid_payload"),
    ({"colour": "red", "text": "x"}, "invalid_payload"),
    ({"response_type": "loud", "text": "x"}, "invalid_payload"),
    ({}, "no_text"),
]


@pytest.mark.parametrize(("body", "error"), REFUSED_HOOKS)
async def test_what_a_response_url_of_a_command_refuses(timed: Timed, body: Any, error: str) -> None:
    _, sandbox, _ = timed
    token = sandbox.hooks.give(sandbox.workspace.user("ann").id, "C0ISSUES0").rsplit("/", 1)[1]
    assert sandbox.hooks.respond(token, body) == (400, error)


async def test_an_original_is_replaced_and_removed(timed: Timed) -> None:
    _, sandbox, client = timed
    posted = await client.chat_postMessage(channel="C0ISSUES0", text="old", blocks=card("old"))
    message = sandbox.workspace.message("C0ISSUES0", posted["ts"])
    token = sandbox.hooks.give("U0ANN0000", "C0ISSUES0", None, message).rsplit("/", 1)[1]
    sandbox.hooks.respond(token, {"replace_original": True, "text": "new"})
    assert [m.plain for m in sandbox.messages("#issues")] == ["new"]
    sandbox.hooks.respond(token, {"delete_original": True})
    assert sandbox.messages("#issues") == []
