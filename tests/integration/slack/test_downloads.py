"""Fetching a chosen file: where the token goes, how much is read, and what people are told when it does not come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from yarl import URL

from bot.adapters.slack.client import web_client
from bot.adapters.slack.downloads import ELSEWHERE, MOST_BYTES, NO_FILES, download, is_slack
from bot.adapters.slack.payloads import SentFile
from bot.domain.errors import Refused
from bot.sandbox.faults import Fault
from bot.sandbox.host import Host
from bot.sandbox.web_api.files import file_json
from bot.sandbox.world import Upload
from tests.integration.slack.conftest import Start
from tests.integration.slack.rig import Rig, config

MANY = 2000
TEXT = "rung: 1\n"
LATER = "Slack did not hand over matrix.yaml."
GONE = "matrix.yaml is not in Slack any more."
TOO_LARGE = "matrix.yaml is too large"


def sent(rig: Rig, file: Upload) -> SentFile:
    """The file as the form names it, without its size."""
    return SentFile(file.id, "matrix.yaml", 0, file_json(rig.sandbox.world, file)["url_private_download"])


async def told(client: AsyncWebClient, file: SentFile) -> str:
    """The sentence when it does not come."""
    with pytest.raises(Refused) as refused:
        await download(client, file)
    return refused.value.sentence.plain()


@pytest.mark.parametrize("address", ["in the form", "asked of Slack"])
async def test_a_chosen_file_is_fetched_with_the_token(rig: Rig, address: str) -> None:
    file = sent(rig, rig.sandbox.upload("maya", "matrix.yaml", TEXT))
    if address == "asked of Slack":
        file = SentFile(file.id, file.name)

    assert await download(rig.slack.web, file) == TEXT.encode()
    assert len(rig.calls("files.info")) == (address == "asked of Slack")


async def test_just_a_megabyte_fits(rig: Rig) -> None:
    file = rig.sandbox.upload("maya", "matrix.yaml", b"x" * MOST_BYTES)

    assert len(await download(rig.slack.web, sent(rig, file))) == MOST_BYTES


async def test_one_byte_more_does_not_whatever_the_form_says_of_its_size(rig: Rig) -> None:
    file = rig.sandbox.upload("maya", "matrix.yaml", b"x" * (MOST_BYTES + 1))

    assert (await told(rig.slack.web, sent(rig, file))).startswith(TOO_LARGE)


async def test_what_says_that_it_is_too_large_is_not_fetched_at_all(rig: Rig) -> None:
    nowhere = SentFile("F1", "matrix.yaml", MOST_BYTES + 1, "http://127.0.0.1:1/nowhere")

    assert (await told(rig.slack.web, nowhere)).startswith(TOO_LARGE)


async def test_the_page_where_people_sign_in_is_no_matrix(start: Start) -> None:
    rig = await start(config(without="files:read"))
    file = rig.sandbox.upload("maya", "matrix.yaml", TEXT)

    assert await told(rig.slack.web, sent(rig, file)) == NO_FILES


async def test_a_file_that_was_deleted_is_to_be_chosen_again(rig: Rig) -> None:
    file = rig.sandbox.upload("maya", "matrix.yaml", TEXT)
    del rig.sandbox.world.uploads[file.id]

    assert (await told(rig.slack.web, sent(rig, file))).startswith(GONE)
    assert (await told(rig.slack.web, SentFile(file.id, "matrix.yaml"))).startswith(GONE)


REFUSED = {
    "missing_scope": NO_FILES,
    "unknown_method": NO_FILES,
    "file_deleted": GONE,
    "not_visible": GONE,
    "internal_error": LATER,
    "ratelimited": LATER,
}


@pytest.mark.parametrize("code", REFUSED)
async def test_a_slack_that_does_not_say_where_a_file_is(rig: Rig, code: str) -> None:
    file = rig.sandbox.upload("maya", "matrix.yaml", TEXT)
    rig.sandbox.faults.add("files.info", Fault.error(code))

    assert (await told(rig.slack.web, SentFile(file.id, "matrix.yaml"))).startswith(REFUSED[code])


class Elsewhere:
    """A server of somebody's, which remembers the tokens that it was shown, and answers as the path says."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.pieces = 0
        self.address = ""

    async def answer(self, request: Request) -> Response:
        """See the class."""
        self.shown.append(request.headers.get("authorization", ""))
        what, _, value = request.path_params["what"].partition("/")
        if what == "status":
            return Response(TEXT, int(value))
        if what == "to":
            return RedirectResponse(request.query_params.get("url", "/to"))
        if what == "endless":
            return StreamingResponse(self._endless(), media_type="application/x-yaml")
        return Response(TEXT, media_type=request.query_params.get("type", "application/x-yaml"))

    async def _endless(self) -> AsyncIterator[bytes]:
        for self.pieces in range(1, MANY + 1):
            yield b"x" * 65536
            await asyncio.sleep(0)


@asynccontextmanager
async def listening() -> AsyncIterator[Elsewhere]:
    """Two of them are two hosts."""
    server, host = Elsewhere(), Host()
    name, port = await host.start(Starlette(routes=[Route("/{what:path}", server.answer)]), "127.0.0.1", 0)
    server.address = f"http://{name}:{port}/"
    try:
        yield server
    finally:
        await host.stop()


@pytest.fixture
async def other() -> AsyncIterator[Elsewhere]:
    """A host that is not Slack's."""
    async with listening() as server:
        yield server


@pytest.fixture
async def own() -> AsyncIterator[Elsewhere]:
    """The host of the API, which is trusted."""
    async with listening() as server:
        yield server


@pytest.fixture
async def client(own: Elsewhere) -> AsyncIterator[AsyncWebClient]:
    """A client whose API is at `own`."""
    async with aiohttp.ClientSession() as session:
        yield web_client(base_url=f"{own.address}api/", token="xoxb-secret", session=session)


def at(url: str) -> SentFile:
    return SentFile("F1", "matrix.yaml", 0, url)


async def test_another_host_is_not_even_asked(client: AsyncWebClient, other: Elsewhere) -> None:
    assert await told(client, at(f"{other.address}matrix.yaml")) == ELSEWHERE
    assert other.shown == []


async def test_a_redirect_away_from_slack_is_not_followed(
    client: AsyncWebClient, own: Elsewhere, other: Elsewhere
) -> None:
    assert await told(client, at(f"{own.address}to?url={other.address}")) == ELSEWHERE
    assert (own.shown, other.shown) == (["Bearer xoxb-secret"], [])


async def test_a_redirect_within_slack_is_followed(client: AsyncWebClient, own: Elsewhere) -> None:
    assert await download(client, at(f"{own.address}to?url=/matrix.yaml")) == TEXT.encode()
    assert own.shown == ["Bearer xoxb-secret"] * 2


async def test_a_redirect_without_end_is_not_followed_for_ever(
    client: AsyncWebClient, own: Elsewhere
) -> None:
    assert await told(client, at(f"{own.address}to")) == NO_FILES
    assert len(own.shown) == 3


async def test_a_file_without_end_is_not_read_for_ever(client: AsyncWebClient, own: Elsewhere) -> None:
    assert (await told(client, at(f"{own.address}endless"))).startswith(TOO_LARGE)
    assert own.pieces < MANY


ANSWERS = {401: NO_FILES, 403: NO_FILES, 404: GONE, 410: GONE, 429: LATER, 500: LATER, 503: LATER, 206: LATER}


@pytest.mark.parametrize("status", ANSWERS)
async def test_every_answer_that_is_no_file_has_its_sentence(
    client: AsyncWebClient, own: Elsewhere, status: int
) -> None:
    assert (await told(client, at(f"{own.address}status/{status}"))).startswith(ANSWERS[status])


async def test_nobody_there_is_a_matter_of_trying_again(client: AsyncWebClient, own: Elsewhere) -> None:
    assert client.session is not None
    far = web_client(base_url="http://127.0.0.1:1/api/", token="xoxb-secret", session=client.session)

    assert (await told(far, at("http://127.0.0.1:1/matrix.yaml"))).startswith(LATER)


@pytest.mark.parametrize(
    "url", ["matrix.yaml", "//files.slack.com/x", "https:///x", "http://[", "file:///etc/passwd"]
)
async def test_what_is_no_address_is_not_fetched(client: AsyncWebClient, url: str) -> None:
    assert await told(client, at(url)) == ELSEWHERE


SLACK = "https://slack.com/api/"
ADDRESSES = [
    ("https://files.slack.com/files-pri/T1-F1/download/matrix.yaml", SLACK, True),
    ("https://slack.com/x", SLACK, True),
    ("https://acme.enterprise.slack.com/x", SLACK, True),
    ("https://slack-files.com/x", SLACK, True),
    ("https://a.slack-edge.com/x", SLACK, True),
    ("https://files.slack-gov.com/x", "https://slack-gov.com/api/", True),
    ("http://files.slack.com/x", SLACK, False),
    ("https://files.slack.com.evil.example/x", SLACK, False),
    ("https://evilslack.com/x", SLACK, False),
    ("https://files.slack.com@evil.example/x", SLACK, False),
    ("https://evil.example/files.slack.com", SLACK, False),
    ("ftp://files.slack.com/x", SLACK, False),
    ("http://127.0.0.1:8010/files/F1/x", "http://127.0.0.1:8010/api/", True),
    ("http://127.0.0.1:8011/files/F1/x", "http://127.0.0.1:8010/api/", False),
    ("https://chat.example.com/x", "https://chat.example.com/api/", True),
    ("http://chat.example.com/x", "https://chat.example.com/api/", False),
    ("https://files.chat.example.com/x", "https://chat.example.com/api/", False),
]


@pytest.mark.parametrize(("url", "api", "trusted"), ADDRESSES, ids=[one[0] for one in ADDRESSES])
def test_where_the_token_may_go(url: str, api: str, trusted: bool) -> None:
    assert is_slack(URL(url), URL(api)) == trusted
