"""The whole program: a page for a client is made in Slack, read and agreed to over HTTP, and its owner hears of it."""

import re
from pathlib import Path

import aiohttp
import pytest

from bot.app import Program
from bot.demo import sandbox_config
from bot.sandbox.server import Sandbox
from tests.integration.test_calendar_program import served


async def test_a_page_is_made_read_and_agreed_to(tmp_path: Path) -> None:
    async with Sandbox(sandbox_config()) as sandbox, Program(served(sandbox, tmp_path)) as program:
        await sandbox.connected()
        await sandbox.slash("dina", "#issues", "/matrix", "page customer")
        await sandbox.submit("dina", {"client": "Acme Ltd"})
        view = sandbox.modal("dina")
        assert view is not None
        (address,) = re.findall(r"http://\S+/client/[0-9a-f]{32}", view.plain)
        async with aiohttp.ClientSession() as session:
            async with session.get(address) as read:
                page = await read.text()
                assert (read.status, read.content_type) == (200, "text/html")
            (terms,) = re.findall(r'name="terms" value="([0-9a-f]+)"', page)
            async with session.post(address, data={"terms": terms, "name": "Zoë"}) as agreed:
                assert (agreed.status, str(agreed.url)) == (200, address)
                assert "Thank you" in await agreed.text()
        services = program.core.services
        said = await services.transactions.read(
            lambda store: store.client_pages.yeses(program.connection.workspace.id, [1])
        )
        assert [one.name for one in said] == ["Zoë"]


@pytest.mark.parametrize("lacking", [{"http_port": 0}, {"rung_public_url": ""}], ids=["port", "address"])
async def test_where_nothing_can_be_served_a_sentence_says_what_to_set(
    tmp_path: Path, lacking: dict[str, object]
) -> None:
    async with Sandbox(sandbox_config()) as sandbox:
        settings = served(sandbox, tmp_path).model_copy(update=lacking)
        async with Program(settings):
            await sandbox.connected()
            await sandbox.slash("dina", "#issues", "/matrix", "page customer")
            view = sandbox.modal("dina")
            assert view is not None
            assert "RUNG_PUBLIC_URL" in view.plain
            assert "HTTP_PORT" in view.plain
