"""Files in forms: chosen, checked as Slack's client does, shown to the app, handed out to whoever shows the token."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.config import SandboxConfig
from bot.sandbox.errors import ModalRefused, NotPossible
from bot.sandbox.limits.surfaces import check_message, check_view
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Upload
from tests.sandbox.app import modal as raise_form
from tests.sandbox.app import plain
from tests.sandbox.blocks import field, modal, section
from tests.sandbox.calls import ANN, form_of, refused
from tests.sandbox.conftest import small_config
from tests.sandbox.test_installation import without_scope

TEXT = b"rung: 1\n"
Starts = Callable[..., Awaitable[tuple[Sandbox, AsyncWebClient]]]


def form(**limits: Any) -> dict[str, Any]:
    element = {"type": "file_input", "action_id": "file", **limits}
    return {
        "type": "modal",
        "title": plain("Files"),
        "submit": plain("Send"),
        "blocks": [{"type": "input", "block_id": "file_block", "label": plain("File"), "element": element}],
    }


async def opened(sandbox: Sandbox, client: AsyncWebClient, **limits: Any) -> None:
    trigger = sandbox.world.triggers.give(ANN)
    await client.views_open(trigger_id=trigger, view=form(**limits))


async def sent(sandbox: Sandbox, files: Upload | list[Upload]) -> dict[str, Any]:
    """What the app is told when Ann submits these; nobody listens, so the form stays."""
    await sandbox.submit("ann", {"file": files})
    held: dict[str, Any] = sandbox.last_payload("ann")["view"]["state"]["values"]["file_block"]["file"]
    return held


@pytest.fixture
def config() -> SandboxConfig:
    return small_config(ack_seconds=0.02)


async def test_a_chosen_file_stands_in_the_state_as_slack_shows_it(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    await opened(sandbox, client)
    file = sandbox.upload("ann", "matrix.yaml", TEXT)
    held = await sent(sandbox, file)
    (shown,) = held["files"]
    assert held["type"] == "file_input"
    assert {
        "id": file.id,
        "name": "matrix.yaml",
        "title": "matrix.yaml",
        "mimetype": "application/x-yaml",
        "filetype": "yaml",
        "size": len(TEXT),
        "user": ANN,
        "mode": "hosted",
    }.items() <= shown.items()
    assert shown["url_private_download"].startswith(shown["url_private"])
    assert (await client.files_info(file=file.id))["file"] == shown


async def test_several_files_stay_in_the_order_they_were_chosen_in(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    await opened(sandbox, client)
    files = [sandbox.upload("ann", f"{name}.txt", name) for name in "cab"]
    assert [one["name"] for one in (await sent(sandbox, files))["files"]] == ["c.txt", "a.txt", "b.txt"]


WRONG = [
    ({"max_files": 1}, ["a.yaml", "b.yaml"], "Choose 1 at most"),
    ({}, [f"{n}.yaml" for n in range(11)], "Choose 10 at most"),
    ({"filetypes": ["yaml", "yml"]}, ["a.csv"], "none of: yaml, yml"),
    ({"filetypes": ["yaml", "yml"]}, ["yaml"], "none of: yaml, yml"),
    ({}, [], "Please complete"),
]


@pytest.mark.parametrize(("limits", "names", "why"), WRONG)
async def test_what_slacks_client_does_not_send(
    sandbox: Sandbox, client: AsyncWebClient, limits: dict[str, Any], names: list[str], why: str
) -> None:
    await opened(sandbox, client, **limits)
    with pytest.raises(ModalRefused, match=why):
        await sandbox.submit("ann", {"file": [sandbox.upload("ann", name, TEXT) for name in names]})


async def test_endings_are_the_same_in_capitals(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await opened(sandbox, client, filetypes=["yaml"])
    assert await sent(sandbox, sandbox.upload("ann", "MATRIX.YAML", TEXT))


async def test_files_are_those_of_the_person_at_the_form(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await opened(sandbox, client)
    with pytest.raises(NotPossible, match="not there"):
        await sandbox.submit("ann", {"file": sandbox.upload("maya", "hers.yaml", TEXT)})


@pytest.mark.parametrize(
    ("name", "content"), [("empty.yaml", b""), (" ", TEXT), ("a.yaml", b"x" * 20_000_001)]
)
async def test_files_that_nobody_can_choose(sandbox: Sandbox, name: str, content: bytes) -> None:
    with pytest.raises(NotPossible):
        sandbox.upload("ann", name, content)


async def test_a_field_for_files_needs_the_scope(client_of: Starts) -> None:
    sandbox, client = await client_of(manifest=without_scope("files:read"))
    trigger = sandbox.world.triggers.give(ANN)
    args = {"trigger_id": trigger, "view": form()}
    answer = await refused(client, "views.open", args)
    assert answer["error"] == "invalid_arguments"
    assert "files:read" in answer["response_metadata"]["messages"][0]
    assert (await client.views_open(trigger_id=trigger, view=raise_form()))["ok"]


def test_it_stands_in_modals_and_there_in_an_input_only() -> None:
    element = {"type": "file_input", "action_id": "a"}
    assert check_view(modal(field(element)), "modal") == []
    assert check_view(modal(section(accessory=element)), "modal")
    assert check_view(modal({"type": "actions", "elements": [element]}), "modal")
    assert check_message([field(element)])


TOKENS = {
    "no token": ({}, False),
    "the bot's": ({"Authorization": "Bearer xoxb-sandbox"}, True),
    "the app's": ({"Authorization": "Bearer xapp-sandbox"}, False),
    "somebody's": ({"Authorization": "Bearer xoxb-other"}, False),
    "no bearer": ({"Authorization": "Basic xoxb-sandbox"}, False),
}


@pytest.mark.parametrize("name", TOKENS)
async def test_files_are_handed_to_the_token_and_all_others_are_asked_to_sign_in(
    sandbox: Sandbox, name: str
) -> None:
    headers, welcome = TOKENS[name]
    status, kind, content = await fetched(sandbox, sandbox.upload("ann", "a.yaml", TEXT), headers)
    assert (status, kind) == (200, "application/octet-stream" if welcome else "text/html")
    assert (content == TEXT) == welcome


async def test_a_token_without_the_scope_or_that_is_dead_opens_nothing(client_of: Starts) -> None:
    sandbox, _ = await client_of(manifest=without_scope("files:read"))
    assert (await fetched(sandbox, sandbox.upload("ann", "a.yaml", TEXT)))[1] == "text/html"
    sandbox, _ = await client_of()
    sandbox.revoke_token()
    assert (await fetched(sandbox, sandbox.upload("ann", "a.yaml", TEXT)))[1] == "text/html"


async def test_a_file_that_is_not_there(sandbox: Sandbox) -> None:
    assert (await fetched(sandbox, Upload("F0", "a.yaml", 1)))[0] == 404


async def fetched(
    sandbox: Sandbox, file: Upload, headers: dict[str, str] | None = None
) -> tuple[int, str, bytes]:
    token = {"Authorization": "Bearer xoxb-sandbox"}
    url = f"{sandbox.page_url}files/{file.id}/{file.name}"
    shown = token if headers is None else headers
    async with aiohttp.ClientSession() as session, session.get(url, headers=shown) as answer:
        return answer.status, answer.content_type, await answer.read()


@pytest.fixture
async def client_of() -> AsyncIterator[Starts]:
    """Starts a sandbox with these changes; and its app's client."""
    async with AsyncExitStack() as stack:

        async def start(**changes: Any) -> tuple[Sandbox, AsyncWebClient]:
            sandbox = await stack.enter_async_context(Sandbox(small_config(**changes)))
            return sandbox, AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)

        yield start


class Page:
    """What the browser does with files."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self.session, self.sandbox = session, sandbox

    async def file(self, who: str, name: str, content: bytes) -> Any:
        url = f"{self.sandbox.page_url}sandbox/file"
        async with self.session.post(url, params={"as": who, "name": name}, data=content) as answer:
            return await answer.json()

    async def submit(self, who: str, files: list[dict[str, Any]]) -> Any:
        view = form_of(self.sandbox, who)
        values = {"file_block": {"file": {"type": "file_input", "files": files}}}
        args = {"as": who, "view_id": view.id, "values": values}
        async with self.session.post(f"{self.sandbox.page_url}sandbox/submit", json=args) as answer:
            return await answer.json()


@pytest.fixture
async def page(sandbox: Sandbox, client: AsyncWebClient) -> AsyncIterator[Page]:
    await opened(sandbox, client, filetypes=["yaml"])
    async with aiohttp.ClientSession() as session:
        yield Page(session, sandbox)


async def test_the_page_hands_a_file_over_and_names_it_in_the_form(page: Page) -> None:
    taken = (await page.file(ANN, "matrix.yaml", TEXT))["file"]
    assert page.sandbox.world.uploads[taken["id"]].content == TEXT
    await page.submit(
        ANN, [{"id": taken["id"], "name": "something else", "url_private": "http://evil.example"}]
    )
    state = page.sandbox.last_payload("ann")["view"]["state"]["values"]
    assert state["file_block"]["file"]["files"] == [taken], "what the app is told is not the page's to say"


async def test_the_page_is_told_what_is_wrong(page: Page) -> None:
    assert (await page.file(ANN, "empty.yaml", b""))["error"] == "This file is empty."
    wrong = (await page.file(ANN, "a.csv", TEXT))["file"]
    assert list((await page.submit(ANN, [wrong]))["errors"]) == ["file_block"]
    hers = (await page.file("maya", "a.yaml", TEXT))["file"]
    assert "not there" in (await page.submit(ANN, [hers]))["error"]


async def test_people_look_at_files_without_a_token(page: Page) -> None:
    taken = (await page.file(ANN, "notes.txt", b"hello"))["file"]
    url = f"{page.sandbox.page_url}sandbox/files/{taken['id']}/notes.txt"
    async with page.session.get(url) as answer:
        assert (answer.content_type, await answer.read()) == ("text/plain", b"hello")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
