"""Bad weather: what the real client sees, and what took effect in spite of it."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.sandbox.calls import ANN, ISSUES, refused

POST = "chat.postMessage"


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_statuses(sandbox: Sandbox, client: AsyncWebClient, status: int) -> None:
    sandbox.faults.add(POST, Fault.status(status, retry_after=2))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=ISSUES, text="x")
    assert caught.value.response.status_code == status
    if status == 429:
        assert caught.value.response.headers["Retry-After"] == "2"
        assert caught.value.response["error"] == "ratelimited"
    assert sandbox.messages("#issues") == []
    assert (await client.chat_postMessage(channel=ISSUES, text="x"))["ok"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [(Fault.error("fatal_error"), "fatal_error"), (Fault.unknown_method(), "unknown_method")],
)
async def test_errors(sandbox: Sandbox, client: AsyncWebClient, fault: Fault, error: str) -> None:
    sandbox.faults.add("*", fault)
    with pytest.raises(SlackApiError) as caught:
        await client.users_info(user="U0ANN0000")
    assert caught.value.response["error"] == error
    assert (sandbox.journal[-1].error, sandbox.journal[-1].stored) == (error, False)


async def test_a_proxy_s_page(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add(POST, Fault.html())
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=ISSUES, text="x")
    assert sandbox.messages("#issues") == []


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        (Fault.drop_before(), 0),
        (Fault.drop_after_store(), 1),
    ],
)
async def test_broken_connections(
    sandbox: Sandbox, client: AsyncWebClient, fault: Fault, stored: int
) -> None:
    sandbox.faults.add(POST, fault)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=ISSUES, text="x")
    assert len(sandbox.messages("#issues")) == stored
    assert sandbox.journal[-1].stored is bool(stored)


@pytest.mark.parametrize(("fault", "stored"), [(Fault.timeout(), 0), (Fault.timeout_after_store(), 1)])
async def test_silence(sandbox: Sandbox, session: aiohttp.ClientSession, fault: Fault, stored: int) -> None:
    sandbox.faults.add(POST, fault)
    hasty = aiohttp.ClientTimeout(total=0.05)
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    with pytest.raises(TimeoutError):
        await session.post(
            f"{sandbox.api_url}{POST}", json={"channel": ISSUES, "text": "x"}, headers=headers, timeout=hasty
        )
    assert len(sandbox.messages("#issues")) == stored


async def test_a_slow_answer_is_still_the_right_one(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add(POST, Fault.slow(0.01))
    assert (await client.chat_postMessage(channel=ISSUES, text="x"))["ok"]


async def test_a_fault_strikes_only_where_and_as_often_as_it_should(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    sandbox.faults.add(POST, Fault.error("fatal_error"), times=2, when=lambda args: args["text"] == "bad")
    await client.chat_postMessage(channel=ISSUES, text="good")
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel=ISSUES, text="bad")
    await client.chat_postMessage(channel=ISSUES, text="bad")
    assert [m.text for m in sandbox.messages("#issues")] == ["good", "bad"]


async def test_rate_limits_by_method(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.rates.limit("users.info", per_minute=2)
    for _ in range(2):
        await client.users_info(user="U0ANN0000")
    with pytest.raises(SlackApiError) as caught:
        await client.users_info(user="U0ANN0000")
    assert caught.value.response.status_code == 429
    assert 1 <= int(caught.value.response.headers["Retry-After"]) <= 60
    assert caught.value.response["error"] == "ratelimited"


async def test_one_message_a_second_and_channel(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.rates.on = True
    await client.chat_postMessage(channel=ISSUES, text="x")
    await client.chat_postMessage(channel="C0WARROOM", text="x")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=ISSUES, text="x")
    assert caught.value.response.headers["Retry-After"] == "1"
    opened = await client.chat_postMessage(channel=ANN, text="x")
    for same_place in (ANN, opened["channel"]):
        assert (await refused(client, POST, {"channel": same_place, "text": "x"}))["error"] == "ratelimited"
    assert (await refused(client, POST, {"channel": [ISSUES], "text": "x"}))["error"] == "invalid_arguments"
