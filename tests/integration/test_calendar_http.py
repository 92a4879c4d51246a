"""Calendars over real HTTP: for who knows the address, cheap to look at again, and never in a log."""

import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from io import StringIO

import aiohttp
import pytest
from yarl import URL

from bot.adapters.http.api import build_api
from bot.adapters.http.health import Health
from bot.adapters.http.server import HttpServer
from bot.usecases.outside import DirectoryDown

SECRET = "0123456789abcdef"
TEXT = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:On call: Zoë\r\nEND:VCALENDAR\r\n"


class Shelf:
    """Calendars by secret; every secret that was asked for."""

    def __init__(self) -> None:
        self.texts = {SECRET: TEXT.encode()}
        self.asked: list[str] = []
        self.trouble: Exception | None = None

    async def __call__(self, secret: str) -> bytes | None:
        self.asked.append(secret)
        if self.trouble:
            raise self.trouble
        return self.texts.get(secret)


@pytest.fixture
def shelf() -> Shelf:
    """One calendar."""
    return Shelf()


@pytest.fixture
async def address(shelf: Shelf) -> AsyncIterator[str]:
    """Where it is served."""

    async def look() -> Health:
        return Health("1", "connected")

    server = HttpServer(build_api(look, "1", shelf), "127.0.0.1", 0)
    await server.start()
    yield server.address
    await server.stop()


async def get(url: str | URL, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], str]:
    """Status, headers and body."""
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, answer.headers, await answer.text()


async def test_who_knows_the_address_reads_it(address: str) -> None:
    status, headers, text = await get(f"{address}/oncall/{SECRET}.ics")
    assert (status, text) == (200, TEXT)
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["cache-control"] == "private, max-age=300"


async def test_what_did_not_change_is_not_sent_again(address: str, shelf: Shelf) -> None:
    url = f"{address}/oncall/{SECRET}.ics"
    mark = (await get(url))[1]["etag"]
    for named in (mark, f'"other", W/{mark}'):
        status, headers, text = await get(url, {"If-None-Match": named})
        assert (status, headers["etag"], text) == (304, mark, "")
    assert (await get(url, {"If-None-Match": '"other"'}))[0] == 200
    shelf.texts[SECRET] = TEXT.replace("Zoë", "Ann").encode()
    status, headers, _ = await get(url, {"If-None-Match": mark})
    assert status == 200
    assert headers["etag"] != mark


@pytest.mark.parametrize(
    "path",
    ["/oncall/wrong.ics", f"/oncall/{SECRET}", f"/oncall/{SECRET}.ics/more", "/oncall/.ics", "/oncall"],
)
async def test_other_addresses_are_nothing(address: str, path: str) -> None:
    status, _, text = await get(address + path)
    assert status == 404
    assert "BEGIN" not in text


@pytest.mark.parametrize(
    "secret",
    ["x" * 1000, "a%00b", "%F0%9F%94%A5", "%ED%A0%80", "a%0D%0Ab"],
    ids=["long", "null", "emoji", "half", "line"],
)
async def test_what_no_secret_looks_like_is_not_even_looked_for(
    address: str, shelf: Shelf, secret: str
) -> None:
    assert (await get(URL(f"{address}/oncall/{secret}.ics", encoded=True)))[0] == 404
    assert shelf.asked == []


async def test_while_people_cannot_be_looked_up_it_asks_for_patience(address: str, shelf: Shelf) -> None:
    shelf.trouble = DirectoryDown("Slack is down")
    status, headers, _ = await get(f"{address}/oncall/{SECRET}.ics")
    assert (status, headers["retry-after"]) == (503, "60")


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Everything that reaches the root logger, as it does in the program."""
    text, root = StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(text), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(level)


async def test_no_log_has_the_secret(address: str, shelf: Shelf, log: StringIO) -> None:
    await get(f"{address}/oncall/{SECRET}.ics")
    shelf.trouble = RuntimeError("the database is gone")
    assert (await get(f"{address}/oncall/{SECRET}.ics"))[0] == 500
    assert "the database is gone" in log.getvalue()
    assert SECRET not in log.getvalue()
