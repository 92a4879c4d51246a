"""Missing methods are noticed, said once and worked around."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.adapters.slack.capabilities import METADATA, Capabilities
from bot.adapters.slack.errors import SlackFailed
from bot.domain.delivery import Reason
from tests.fakes.clock import FakeClock
from tests.unit.slack.fake_slack import busy, down, missing, refused


@pytest.fixture
def capabilities(clock: FakeClock) -> Capabilities:
    return Capabilities(clock, patience=timedelta(milliseconds=20))


class Method:
    """Counts its calls and ends them all the same way."""

    def __init__(self, end: str | SlackFailed) -> None:
        self.calls = 0
        self._end = end

    async def __call__(self) -> str:
        self.calls += 1
        if isinstance(self._end, SlackFailed):
            raise self._end
        return self._end


async def test_what_works_is_used(capabilities: Capabilities) -> None:
    assert await capabilities.optional("dnd.info", Method("awake"), "nobody knows") == "awake"
    assert capabilities.reduced() == []


@pytest.mark.parametrize(
    "why",
    [missing("dnd.info"), SlackFailed("dnd.info", refused("x", Reason.KIND).outcome, "missing_scope")],
    ids=["method", "scope"],
)
async def test_what_is_missing_is_asked_once_and_said_once(
    capabilities: Capabilities, why: SlackFailed, caplog: pytest.LogCaptureFixture
) -> None:
    dnd = Method(why)

    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert await capabilities.optional("dnd.info", dnd, "nobody knows") == "nobody knows"

    assert dnd.calls == 1
    assert len(caplog.records) == 1
    assert capabilities.reduced() == ["Who has notifications paused is not known."]


async def test_a_missing_method_is_tried_again_after_an_hour(
    capabilities: Capabilities, clock: FakeClock
) -> None:
    await capabilities.optional("dnd.info", Method(missing("dnd.info")), "")
    clock.advance(minutes=61)

    assert capabilities.reduced() == []
    assert await capabilities.optional("dnd.info", Method("awake"), "") == "awake"
    assert not capabilities.missing("dnd.info")


@pytest.mark.parametrize("trouble", [down(), busy(5)], ids=["down", "busy"])
async def test_trouble_degrades_this_call_only(capabilities: Capabilities, trouble: SlackFailed) -> None:
    assert await capabilities.optional("conversations.open", Method(trouble), "") == ""
    assert not capabilities.missing("conversations.open")


async def test_a_slow_method_degrades_this_call_only(capabilities: Capabilities) -> None:
    async def hang() -> str:
        await asyncio.Event().wait()
        return "never"

    assert await capabilities.optional("conversations.open", hang, "") == ""
    assert not capabilities.missing("conversations.open")


async def test_a_refusal_about_the_arguments_is_not_swallowed(capabilities: Capabilities) -> None:
    with pytest.raises(SlackFailed) as failed:
        await capabilities.optional("conversations.open", Method(refused("user_disabled")), "")

    assert failed.value.code == "user_disabled"


def test_everything_that_is_reduced_is_listed_without_repeats(capabilities: Capabilities) -> None:
    capabilities.lack("usergroups.list", "no such method")
    capabilities.lack("usergroups.users.list", "no such method")
    capabilities.lack("conversations.history D", "scope im:history")
    capabilities.lack(METADATA, "refused")
    capabilities.lack("pins.add", "no such method")

    assert capabilities.reduced() == [
        "A message whose delivery was unclear cannot be looked for, so it may arrive twice.",
        "pins.add is left out.",
        "User groups cannot be looked up: a group: contact reaches nobody.",
    ]
