"""Pages for clients over real HTTP: for who knows the address, once for each yes, and never in a log."""

import logging
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import StringIO

import aiohttp
import pytest
from yarl import URL

from bot.adapters.http.api import build_api
from bot.adapters.http.server import HttpServer
from bot.domain.errors import FieldErrors, Refused
from bot.usecases.client_yes import CHANGED, SaidYes, TooFast
from bot.usecases.ports import NotSaved, OutcomeUnknown
from tests.builders import NOON, minutes
from tests.integration.client_desk import (
    PAGE,
    SECRET,
    TERMS,
    YES,
    Desk,
    Outline,
    form,
    get,
    healthy,
    post,
    served,
)


@pytest.fixture
def desk() -> Desk:
    """A page that nobody has agreed to."""
    return Desk()


@pytest.fixture
async def address(desk: Desk) -> AsyncIterator[str]:
    """Where it is served."""
    async with served(desk) as url:
        yield url


async def test_the_page_shows_the_path_and_asks_for_a_yes(address: str) -> None:
    status, headers, body = await get(address)
    read = Outline(body)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    for words in (
        "Northwind",
        "Customer care",
        "How issues of Acme Ltd are answered, as it is in force now (version 3).",
        "For: Category: customer",
        "Told at the start: a colleague.",
        "Team leadOwns the first answer15 min to answerTold, not asked: a team",
        "EverythingAnswered within 4 h",
        "Acme LtdContract 4.",
        "officeMon-Fri 09:00-17:00",
        "It ends well.",
        "Do you agree?",
        "We agree to this",
    ):
        assert words in read.words
    assert "Who agreed" not in read.words
    hidden, name = read.attributes("input")
    assert (hidden["name"], hidden["value"]) == ("terms", TERMS.mark)
    assert (name["id"], name["maxlength"], name["value"]) == ("name", "100", "")
    assert read.attributes("label") == [{"for": "name"}]
    assert read.attributes("form") == [{"method": "post"}]


async def test_what_is_empty_is_left_out(address: str, desk: Desk) -> None:
    bare = replace(TERMS, steps=TERMS.steps[1:], told=(), promises=(), covered=(), hours=())
    desk.shown = replace(PAGE, terms=bare)
    words = Outline((await get(address))[2]).words
    for heading in (
        "What was promised",
        "What is covered",
        "When time counts",
        "Told",
        "the next one is asked",
    ):
        assert heading not in words


@pytest.mark.parametrize("path", ["", "/wrong"])
async def test_nothing_else_may_run_load_frame_keep_or_find_it(address: str, path: str) -> None:
    _, headers, body = await get(address + path if not path else address[: -len(SECRET)] + "wrong")
    style = re.search(r"<style>(.*?)</style>", body, re.DOTALL)
    assert style is not None
    fingerprint = b64encode(sha256(style[1].encode()).digest()).decode()
    assert headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'sha256-{fingerprint}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers
    read = Outline(body)
    assert {tag for tag, _ in read.tags}.isdisjoint({"script", "img", "link", "iframe", "a", "base"})
    assert not any(name.startswith("on") or name == "style" for _, attrs in read.tags for name in attrs)


async def test_a_yes_is_taken_and_the_page_comes_again(address: str, desk: Desk) -> None:
    status, headers, _ = await post(address, form("Zoë <Berg> & Co + 1"))
    assert status == 303
    assert URL(address).join(URL(headers["location"])) == URL(address)
    assert desk.said == [SaidYes("Zoë <Berg> & Co + 1", TERMS.mark)]
    assert headers["cache-control"] == "no-store"


async def test_who_agreed_is_shown(address: str, desk: Desk) -> None:
    old = replace(YES, name="Ann", version=1, terms="other", said_at=NOON - timedelta(days=200))
    desk.shown = replace(PAGE, yeses=(old, YES))
    words = Outline((await get(address))[2]).words
    assert "Agreed on 2 March 2026, 12:00, Europe/London time (Zoë). Thank you." in words
    assert "Agree as somebody else" in words
    assert "Zoë, 2 March 2026, 12:00, Europe/London time, version 3Ann" in words
    assert "Ann, 14 August 2025, 13:00, Europe/London time, version 1, to an earlier text" in words
    assert "This has changed" not in words


async def test_a_change_since_is_said(address: str, desk: Desk) -> None:
    early = replace(YES, terms="other")
    desk.shown = replace(PAGE, yeses=(early, replace(early, name="Bo", said_at=NOON + minutes(5))))
    read = Outline((await get(address))[2])
    assert "This has changed since you agreed on 2 March 2026, 12:05, Europe/London time (Bo)." in read.words
    assert "Do you agree?" in read.words
    assert "Thank you" not in read.words
    assert {"datetime": "2026-03-02T12:05:00+00:00"} in read.attributes("time")


@pytest.mark.parametrize(
    ("trouble", "status", "says", "headers"),
    [
        pytest.param(
            FieldErrors({"name": "Please write your name."}), 422, "write your name", {}, id="no name"
        ),
        pytest.param(Refused(CHANGED), 409, "has changed since you opened it", {}, id="changed"),
        pytest.param(TooFast(minutes(2)), 429, "try again in 2 min", {"retry-after": "120"}, id="too fast"),
        pytest.param(NotSaved(), 503, "could not be saved", {"retry-after": "60"}, id="not saved"),
        pytest.param(OutcomeUnknown(), 503, "nothing is recorded twice", {"retry-after": "60"}, id="unknown"),
    ],
)
async def test_what_was_not_recorded_is_said_and_what_was_typed_stays(
    address: str, desk: Desk, trouble: Exception, status: int, says: str, headers: dict[str, str]
) -> None:
    desk.trouble = trouble
    seen, sent, body = await post(address, form('"Zoë"><b>'))
    read = Outline(body)
    assert seen == status
    assert says in read.words
    assert {name: sent[name] for name in headers} == headers
    _, name = read.attributes("input")
    assert name["value"] == '"Zoë"><b>'
    assert ("aria-invalid" in name) is (status == 422)
    assert "alert" in [attrs.get("role") for attrs in read.attributes("p")]


async def test_only_reading_and_agreeing(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        for method in ("PUT", "DELETE", "PATCH"):
            async with session.request(method, address) as answer:
                assert answer.status == 405


async def test_without_a_public_address_there_are_no_pages() -> None:
    server = HttpServer(build_api(healthy, "1"), "127.0.0.1", 0)
    await server.start()
    assert (await get(f"{server.address}/client/{SECRET}"))[0] == 404
    await server.stop()


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


async def test_no_log_has_the_secret(address: str, desk: Desk, log: StringIO) -> None:
    await get(address)
    await post(address, form("Zoë"))
    desk.trouble = RuntimeError("the database is gone")
    assert (await post(address, form("Zoë")))[0] == 500
    assert "the database is gone" in log.getvalue()
    assert SECRET not in log.getvalue()
