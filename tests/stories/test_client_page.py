"""A client reads a page of their path and agrees to it; who keeps the path gives it, hears of it and withdraws it."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from functools import partial

import aiohttp
import pytest

from bot.adapters.http.api import build_api
from bot.adapters.http.client_page import ClientPages
from bot.adapters.http.health import Health
from bot.adapters.http.server import HttpServer
from bot.adapters.slack import ids
from bot.usecases.client_yes import read_page, say_yes
from tests.stories.test_agreement import publishes
from tests.story import MATRIX, Story, story

PUBLIC = "https://rung.example.com"
OF_CLIENTS = MATRIX.replace(
    "types:\n",
    'clients: {acme: {title: Acme Ltd, scope: "Contract 4: refunds."}, bolt: {title: Bolt & Sons}}\n'
    "promises: [{match: {client: acme}, answer: 4h, calendar: always}]\n"
    "types:\n",
    1,
)
SLOWER = OF_CLIENTS.replace("acknowledge_within: 15m", "acknowledge_within: 45m")


class Browser:
    """Somebody of the client, with the address and nothing else."""

    def __init__(self, origin: str, session: aiohttp.ClientSession) -> None:
        self._origin, self._session = origin, session

    async def reads(self, address: str) -> tuple[int, str]:
        """Status and page."""
        async with self._session.get(address.replace(PUBLIC, self._origin)) as answer:
            return answer.status, await answer.text()

    async def agrees(self, address: str, name: str) -> tuple[int, str]:
        """Read it, write a name, press the button."""
        _, page = await self.reads(address)
        found = re.search(r'name="terms" value="([0-9a-f]+)"', page)
        return await self.sends(address, {"terms": found[1] if found else "", "name": name})

    async def sends(self, address: str, form: Mapping[str, str]) -> tuple[int, str]:
        """Status and page, redirects followed as browsers do."""
        async with self._session.post(address.replace(PUBLIC, self._origin), data=form) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Dina keeps Customer care; Rung can be reached from outside."""
    async with story(database_url, OF_CLIENTS, public_url=PUBLIC) as telling:
        yield telling


@pytest.fixture
async def browser(tale: Story) -> AsyncIterator[Browser]:
    """In front of the same pages as the program serves."""

    async def look() -> Health:
        return Health("1", "connected")

    known = tale.core.services, tale.workspace
    pages = ClientPages(partial(read_page, *known), partial(say_yes, *known))
    async with AsyncExitStack() as stack:
        server = HttpServer(build_api(look, "1", None, pages), "127.0.0.1", 0)
        await server.start()
        stack.push_async_callback(server.stop)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        yield Browser(server.address, session)


async def is_given(tale: Story, client: str = "acme", who: str = "dina") -> str:
    """The address of a page of Customer care."""
    await tale.types(who, "matrix page customer")
    await tale.submits(who, {"client": client})
    (address,) = re.findall(rf"{PUBLIC}/client/[\w-]+", tale.notice(who))
    await tale.sandbox.close_modal(who, everything=True)
    return str(address)


async def listed(tale: Story, words: str = "customer", who: str = "dina") -> str:
    """What the list of pages says."""
    await tale.types(who, f"matrix page {words}")
    return tale.notice(who)


async def test_a_client_reads_their_path_agrees_and_the_owner_hears_of_it(
    tale: Story, browser: Browser
) -> None:
    await tale.types("dina", "matrix customer")
    await tale.sandbox.click("dina", tale.sandbox.ephemerals("dina")[-1], ids.CLIENT_PAGES)
    assert "No page has been given yet" in tale.notice("dina")
    await tale.submits("dina", {"client": "acme"})
    (address,) = re.findall(rf"{PUBLIC}/client/[\w-]+", tale.notice("dina"))

    status, page = await browser.reads(address)
    assert status == 200
    for words in (
        "Acme Ltd",
        "Team lead",
        "Owns the first answer",
        "15 min to answer",
        "Answered within 4 h",
        "refunds",
    ):
        assert words in page
    for nobody in ("maya", "omar", "dina", "ops-managers", "ops-desk", "@"):
        assert nobody not in page.split("</style>")[1].casefold()

    status, page = await browser.agrees(address, "Zoë <Berg>")
    assert status == 200
    assert "Thank you" in page
    await tale.settle()
    (told,) = tale.dm("dina")
    assert "Zoë &lt;Berg&gt; agreed for Acme Ltd to the path Customer care as version 1" in told
    assert "Agreed: Zoë &lt;Berg&gt;" in await listed(tale)


async def test_sent_again_a_yes_counts_once(tale: Story, browser: Browser) -> None:
    address = await is_given(tale)
    for _ in range(3):
        status, page = await browser.agrees(address, "Zoë")
    await tale.settle()
    assert (status, page.count("<bdi>Zoë</bdi>, ")) == (200, 1)
    assert len(tale.dm("dina")) == 1


async def test_when_the_path_changes_the_page_says_so_and_takes_a_new_yes(
    tale: Story, browser: Browser
) -> None:
    address = await is_given(tale)
    await browser.agrees(address, "Zoë")
    _, seen = await browser.reads(address)
    await publishes(tale, SLOWER)
    _, page = await browser.reads(address)
    assert "This has changed since you agreed on" in page
    assert "45 min to answer" in page
    assert "Changed since they agreed: Zoë" in await listed(tale)

    mark = re.search(r'name="terms" value="([0-9a-f]+)"', seen)
    assert mark is not None
    status, page = await browser.sends(address, {"terms": mark[1], "name": "Zoë"})
    assert (status, "so nothing was recorded" in page) == (409, True)
    status, page = await browser.agrees(address, "Zoë")
    assert (status, "This has changed" in page) == (200, False)
    await tale.settle()
    assert ["as version 2" in one for one in tale.dm("dina") if "agreed for" in one] == [False, True]
    await tale.restart()
    assert "Agreed: Zoë" in await listed(tale)


async def test_a_withdrawn_page_is_gone_and_another_one_has_another_address(
    tale: Story, browser: Browser
) -> None:
    address = await is_given(tale)
    assert await is_given(tale) == address
    assert address in await listed(tale)
    view = tale.sandbox.modal("dina")
    assert view is not None
    await tale.sandbox.click("dina", view, ids.CLIENT_PAGE_WITHDRAW)
    await tale.settle()
    assert "No page has been given yet" in tale.notice("dina")
    for status, page in (await browser.reads(address), await browser.agrees(address, "Zoë")):
        assert status == 404
        assert "Please ask whoever gave it to you for a new one" in page
    await tale.sandbox.close_modal("dina", everything=True)
    assert await is_given(tale) != address


async def test_pages_are_the_business_of_who_keeps_the_path(tale: Story, browser: Browser) -> None:
    address = await is_given(tale)
    await tale.types("ann", "matrix customer")
    assert ids.CLIENT_PAGES not in tale.sandbox.ephemerals("ann")[-1].actions
    refused = await tale.types("ann", "matrix page customer")
    assert "may change the path Customer care" in refused.text
    assert tale.sandbox.modal("ann") is None
    assert address not in await listed(tale, "", "ann")

    await listed(tale)
    view = tale.sandbox.modal("dina")
    assert view is not None
    await tale.sandbox.click("dina", view, ids.CLIENT_PAGE_WITHDRAW)
    payload = tale.sandbox.last_payload("dina")
    again = await is_given(tale)
    payload["user"]["id"] = tale.id("ann")
    for value in ("v1|2|Customer care", "v1|2|", "v1||", "v9|2|x", "2", ""):
        payload["actions"][0]["value"] = value
        payload["actions"][0]["action_ts"] = f"{len(value)}.{value}"
        await tale.sandbox.raw_action(payload)
    await tale.settle()
    assert (await browser.reads(again))[0] == 200


async def test_a_client_that_left_the_matrix_meanwhile_is_told_at_its_field(tale: Story) -> None:
    await tale.types("dina", "matrix page customer")
    await publishes(tale, OF_CLIENTS.replace("acme", "other").replace("Acme Ltd", "Other"))
    await tale.submits("dina", {"client": "acme"})
    assert "Which client of the matrix? Use one of: Other, Bolt & Sons." in tale.errors("dina")["client"]


async def test_without_clients_in_the_matrix_any_name_will_do(database_url: str) -> None:
    async with story(database_url, public_url=PUBLIC) as tale:
        address = await is_given(tale, "Acme <Inc> & Sons")
        assert address.startswith(f"{PUBLIC}/client/")
        assert "*Acme &lt;Inc&gt; &amp; Sons*" in await listed(tale)


async def test_without_an_address_from_outside_a_sentence_says_what_to_set(database_url: str) -> None:
    async with story(database_url) as tale:
        said = await listed(tale)
        assert "RUNG_PUBLIC_URL" in said
        assert "HTTP_PORT" in said
        view = tale.sandbox.modal("dina")
        assert view is not None
        assert "client" not in view.values()


async def test_all_pages_at_once_name_their_paths(tale: Story) -> None:
    await is_given(tale)
    said = await listed(tale, "")
    assert "*Acme Ltd* · Customer care" in said
    assert "matrix page PATH" in said
