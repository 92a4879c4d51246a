"""A page for a client over real HTTP: what the desk behind it was asked, and what a browser makes of the answer."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.adapters.http.api import build_api
from bot.adapters.http.client_page import FORM, ClientPages
from bot.adapters.http.health import Health
from bot.adapters.http.server import HttpServer
from bot.domain.wording.client_terms import ClientTerms, Step, Titled
from bot.usecases.client_ports import ClientYes
from bot.usecases.client_yes import PageShown, SaidYes
from tests.builders import NOON

SECRET = "0123456789abcdef"
TERMS = ClientTerms(
    "Customer care",
    "Category: customer",
    (
        Step(1, "Team lead", "Owns the first answer", "15 min to answer", ("a team",)),
        Step(2, "Boss", "", "1 h"),
    ),
    ("a colleague",),
    ("It ends well.",),
    (Titled("Everything", "Answered within 4 h"),),
    (Titled("Acme Ltd", "Contract 4."),),
    (Titled("office", "Mon-Fri 09:00-17:00"),),
)
PAGE = PageShown("Northwind", "Acme Ltd", TERMS, 3, "Europe/London")
YES = ClientYes(1, "Zoë", 3, TERMS.mark, NOON)


class Desk:
    """One page; what was asked for and what was said."""

    def __init__(self) -> None:
        self.shown: PageShown | None = PAGE
        self.asked: list[str] = []
        self.said: list[SaidYes] = []
        self.trouble: Exception | None = None

    async def read(self, secret: str) -> PageShown | None:
        self.asked.append(secret)
        return self.shown if secret == SECRET else None

    async def agree(self, secret: str, said: SaidYes) -> PageShown | None:
        self.asked.append(secret)
        if secret != SECRET:
            return None
        self.said.append(said)
        if self.trouble:
            raise self.trouble
        return self.shown


async def healthy() -> Health:
    """Nothing to complain about."""
    return Health("1", "connected")


@asynccontextmanager
async def served(desk: Desk) -> AsyncIterator[str]:
    """The address of its page."""
    pages = ClientPages(desk.read, desk.agree)
    server = HttpServer(build_api(healthy, "1", None, pages), "127.0.0.1", 0)
    await server.start()
    try:
        yield f"{server.address}/client/{SECRET}"
    finally:
        await server.stop()


async def get(url: str | URL) -> tuple[int, Mapping[str, str], str]:
    """Status, headers and body."""
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, answer.headers, await answer.text()


async def post(url: str, body: bytes, kind: str = FORM) -> tuple[int, Mapping[str, str], str]:
    """The same, redirects not followed."""
    headers = {"Content-Type": kind}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
    ):
        return answer.status, answer.headers, await answer.text()


def form(name: str, terms: str = TERMS.mark) -> bytes:
    """What a browser sends."""
    return f"terms={quote(terms)}&name={quote(name)}".encode()


class Outline(HTMLParser):
    """What a browser makes of a page: its tags with their attributes, and its text but for the style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.words += data

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        """Of every element of this kind."""
        return [attrs for name, attrs in self.tags if name == tag]
