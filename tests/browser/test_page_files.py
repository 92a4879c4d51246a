"""A field for files: chosen, named, taken back, chosen again and sent, by mouse and by keyboard."""

from __future__ import annotations

from typing import Any

from playwright.async_api import FilePayload, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser.page_app import plain
from tests.browser.windows import Picture, Visit

MATRIX: FilePayload = {"name": "matrix.yaml", "mimeType": "application/yaml", "buffer": b"rung: 1\n"}
TABLE: FilePayload = {"name": "table.csv", "mimeType": "text/csv", "buffer": b"a,b\n"}


def form(most: int = 1) -> dict[str, Any]:
    element = {"type": "file_input", "action_id": "file", "filetypes": ["yaml", "yml"], "max_files": most}
    label = {"label": plain("Matrix file"), "hint": plain("A .yaml or .yml file")}
    return {
        "type": "modal",
        "callback_id": "facts",
        "title": plain("Publish a file"),
        "submit": plain("Check it"),
        "blocks": [{"type": "input", "block_id": "file", **label, "element": element}],
    }


async def opens(visit: Visit, sandbox: Sandbox, bot: AsyncWebClient, **limits: Any) -> Page:
    page = await visit()
    trigger = sandbox.world.triggers.give(sandbox.workspace.user("ann").id)
    await bot.views_open(trigger_id=trigger, view=form(**limits))
    await page.get_by_test_id("modal").wait_for()
    return page


async def test_a_file_is_chosen_taken_back_and_sent(
    visit: Visit, sandbox: Sandbox, bot: AsyncWebClient, picture: Picture
) -> None:
    page = await opens(visit, sandbox, bot)
    field, chosen = page.get_by_label("Matrix file"), page.get_by_test_id("chosen-file")
    await expect(field).to_be_focused()
    await expect(field).to_have_attribute("accept", ".yaml,.yml")

    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("field-error-file")).to_have_text("Please fill in this field.")
    await field.set_input_files(TABLE)
    await expect(chosen).to_contain_text("table.csv")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("field-error-file")).to_contain_text("none of: yaml, yml")
    remove = page.get_by_role("button", name="Remove table.csv")
    await expect(remove).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chosen).to_be_hidden()
    await expect(field).to_be_focused()

    await field.set_input_files(MATRIX)
    await expect(chosen).to_contain_text("8 bytes")
    await expect(field).to_be_hidden()
    await picture(page, "modal-file")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()
    (sent,) = sandbox.last_payload("ann")["view"]["state"]["values"]["file"]["file"]["files"]
    assert (sent["name"], sandbox.world.uploads[sent["id"]].content) == ("matrix.yaml", b"rung: 1\n")


async def test_several_files_up_to_the_most(visit: Visit, sandbox: Sandbox, bot: AsyncWebClient) -> None:
    page = await opens(visit, sandbox, bot, most=2)
    field, chosen = page.get_by_label("Matrix file"), page.get_by_test_id("chosen-file")
    await field.set_input_files([MATRIX])
    await expect(chosen).to_have_count(1)
    more: list[FilePayload] = [{**MATRIX, "name": "b.yml"}, {**MATRIX, "name": "c.yml"}]
    await field.set_input_files(more)
    await expect(chosen).to_have_count(2)
    await expect(chosen.last).to_contain_text("b.yml")
    await expect(field).to_be_hidden()


async def test_a_file_that_is_not_taken_is_said(visit: Visit, sandbox: Sandbox, bot: AsyncWebClient) -> None:
    page = await opens(visit, sandbox, bot)
    await page.get_by_label("Matrix file").set_input_files({**MATRIX, "buffer": b""})
    await expect(page.get_by_test_id("toast")).to_contain_text("This file is empty.")
    await expect(page.get_by_test_id("chosen-file")).to_be_hidden()
