"""The first call: whose workspace it is, or a sentence that says what to do."""

import logging
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_base_client import AsyncBaseClient

from bot.adapters.slack.client import BadToken, SlackUnreachable, connect, http_session, web_client
from bot.adapters.slack.socket import prove_app_token
from bot.sandbox.config import default_manifest
from bot.sandbox.faults import Fault
from tests.integration.slack.rig import Rig


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with http_session() as opened:
        yield opened


async def test_a_good_token_tells_the_workspace_and_the_scopes(
    rig: Rig, session: aiohttp.ClientSession
) -> None:
    connection = await connect(base_url=rig.sandbox.api_url, token="xoxb-sandbox", session=session)

    assert (connection.workspace.id, connection.workspace.name) == ("T0SANDBOX", "Northwind")
    assert connection.workspace.bot_user == rig.sandbox.bot_user_id
    assert connection.scopes == set(default_manifest()["oauth_config"]["scopes"]["bot"])


@pytest.mark.parametrize("token", ["", "xoxb-wrong"])
async def test_a_bad_token_is_said_so(rig: Rig, session: aiohttp.ClientSession, token: str) -> None:
    with pytest.raises(BadToken, match="Install the app again and give Rung the new token"):
        await connect(base_url=rig.sandbox.api_url, token=token, session=session)


async def test_a_revoked_token_is_said_so(rig: Rig, session: aiohttp.ClientSession) -> None:
    rig.sandbox.revoke_token()

    with pytest.raises(BadToken, match="token_revoked"):
        await connect(base_url=rig.sandbox.api_url, token="xoxb-sandbox", session=session)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.status(503), "HTTP 503"),
        (Fault.status(429, retry_after=5), "pause"),
        (Fault.html(), "could not be read"),
        (Fault.html(404), "There is no Slack API at"),
        (Fault.drop_before(), "connection to Slack broke"),
        (Fault.unknown_method(), "There is no Slack API at"),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
async def test_slack_in_trouble_is_not_a_bad_token(
    rig: Rig, session: aiohttp.ClientSession, fault: Fault, words: str
) -> None:
    rig.sandbox.faults.add("auth.test", fault)

    with pytest.raises(SlackUnreachable, match=words):
        await connect(base_url=rig.sandbox.api_url, token="xoxb-sandbox", session=session)


OPENING = {
    "accepted": (None, ""),
    "a cut connection": (Fault.drop_before(), "The connection to Slack broke."),
    "a page of a proxy": (Fault.html(404), "This Slack does not know this kind of call."),
    "another look-alike": (Fault.unknown_method(), "This Slack does not know this kind of call."),
    "a pause": (Fault.status(429, retry_after=5), "Slack asks for a pause"),
}


@pytest.mark.parametrize(("fault", "trouble"), OPENING.values(), ids=OPENING)
async def test_trouble_with_socket_mode_is_said_and_may_mend_itself(
    rig: Rig, fault: Fault | None, trouble: str
) -> None:
    if fault is not None:
        rig.sandbox.faults.add("apps.connections.open", fault)

    told = await prove_app_token(rig.slack.web, "xapp-sandbox")

    assert trouble in told and bool(trouble) == bool(told)


async def test_an_app_token_that_may_not_open_sockets_is_a_wrong_one(rig: Rig) -> None:
    rig.sandbox.faults.add("apps.connections.open", Fault.error("missing_scope"))
    for token in ("xapp-sandbox", "xoxb-sandbox"):
        with pytest.raises(BadToken, match="with the scope connections:write"):
            await prove_app_token(rig.slack.web, token)


async def test_nobody_at_the_address(session: aiohttp.ClientSession) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(SlackUnreachable, match="Slack cannot be reached"):
        await connect(base_url=f"http://127.0.0.1:{port}/api/", token="xoxb-sandbox", session=session)


async def test_calls_are_not_written_out_for_debugging(session: aiohttp.ClientSession) -> None:
    """A logger of the SDK without a level of its own makes it do so for nobody, in a tenth of the time of a call."""
    logger = logging.getLogger(AsyncBaseClient.__module__)
    logger.setLevel(logging.NOTSET)
    web_client(base_url="http://127.0.0.1/api/", token="xoxb-sandbox", session=session)
    assert logger.level > logging.DEBUG
