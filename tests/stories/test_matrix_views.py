"""Modals of the matrix where Slack shows no more of them: each way goes on, or ends in a sentence."""

from dataclasses import replace

import pytest

from bot.adapters.slack import ids
from bot.demo import sandbox_config
from bot.sandbox.faults import Fault
from tests.stories.test_matrix import LEVEL_ONE, OWNED, source, whisper
from tests.story import Story, story

PILED = 20
"""Paths enough for a second page, so that a modal is open before anything is shown in one."""


def many_paths() -> str:
    """The matrix with these before the others."""
    more = "".join(
        f"  - name: Path {number}\n    match: {{category: customer, type: response-time, service: s{number}}}\n"
        '    levels: [{name: Desk, contacts: ["@omar"], acknowledge_within: 15m}]\n'
        for number in range(PILED)
    )
    services = ", ".join(f"s{number}: {{title: Service {number}}}" for number in range(PILED))
    return OWNED.replace("paths:\n", f"services: {{{services}}}\npaths:\n{more}")


async def presses(tale: Story, who: str, action: str) -> None:
    """Press a button of the modal on top."""
    view = tale.sandbox.modal(who)
    assert view is not None
    answer = await tale.sandbox.click(who, view, action)
    assert answer.acked, answer.error
    assert answer.error is None
    await tale.settle()


async def test_the_fourth_modal_takes_the_place_of_the_third(database_url: str) -> None:
    async with story(database_url, many_paths()) as tale:
        await tale.types("ann", "matrix")
        await tale.sandbox.click("ann", tale.sandbox.ephemerals("ann")[-1], ids.MATRIX_PAGE_NEXT)
        await presses(tale, "ann", ids.MATRIX_PATH)
        await presses(tale, "ann", ids.MATRIX_WHO)
        await tale.submits("ann", {"type": "response-time", "impact": "high", "urgency": "high"})

        await presses(tale, "ann", ids.MATRIX_PICTURE)

        assert "comes as a direct message" in tale.notice("ann")
        assert len(tale.dm("ann")) == 1


async def test_without_modals_on_top_of_others_a_level_is_changed_in_one(database_url: str) -> None:
    async with story(database_url, OWNED) as tale:
        tale.sandbox.faults.add("views.push", Fault.unknown_method(), times=None)
        await tale.types("dina", "matrix")
        await tale.sandbox.click("dina", tale.sandbox.ephemerals("dina")[-1], ids.MATRIX_PATH)
        await presses(tale, "dina", ids.MATRIX_EDIT_LEVEL)
        await tale.submits("dina", {**LEVEL_ONE, "acknowledge_within": "10m"})
        await tale.submits("dina", {})

        assert "acknowledge_within: 10m" in await source(tale)


NO_MODAL_ON_TOP = {
    ids.MATRIX_EDIT_LEVEL: (Fault.unknown_method(), "This Slack shows no form"),
    ids.MATRIX_EDIT_PATH: (Fault.unknown_method(), "This Slack shows no form"),
    ids.MATRIX_WHO: (Fault.error("not_found"), "The window was closed meanwhile."),
}


@pytest.mark.parametrize("action", NO_MODAL_ON_TOP)
async def test_without_any_modal_on_top_a_sentence_says_so(database_url: str, action: str) -> None:
    fault, sentence = NO_MODAL_ON_TOP[action]
    async with story(database_url, OWNED) as tale:
        await tale.types("dina", "matrix")
        await tale.sandbox.click("dina", tale.sandbox.ephemerals("dina")[-1], ids.MATRIX_PATH)
        for method in ("views.push", "views.update"):
            tale.sandbox.faults.add(method, fault, times=None)

        await presses(tale, "dina", action)

        said = [*tale.dm("dina"), *(one.plain for one in tale.sandbox.ephemerals("dina"))]
        assert any(sentence in one for one in said), said


async def test_who_goes_back_reads_that_it_is_published_even_without_a_modal(database_url: str) -> None:
    people = [replace(one, is_admin=one.handle == "dina") for one in sandbox_config().people]
    async with story(database_url, OWNED, people=people) as tale:
        await tale.types("dina", "matrix customer")
        await tale.sandbox.click("dina", tale.sandbox.ephemerals("dina")[-1], ids.MATRIX_EDIT_LEVEL)
        await tale.submits("dina", {**LEVEL_ONE, "acknowledge_within": "10m"})
        await tale.submits("dina", {})
        await tale.sandbox.close_modal("dina", everything=True)
        await tale.types("dina", "matrix versions")
        for method in ("views.push", "views.update"):
            tale.sandbox.faults.add(method, Fault.drop_before(), times=None)

        await presses(tale, "dina", ids.MATRIX_BACK)

        assert await source(tale) == OWNED
        said = [*tale.dm("dina"), whisper(tale, "dina")]
        assert any("Version 3 of the matrix is in force" in one for one in said), said


async def test_a_ladder_too_long_for_a_message_says_so_and_keeps_its_buttons(database_url: str) -> None:
    level = '{name: "Step %d", contacts: ["@maya"], acknowledge_within: 15m}'
    steps = "".join(f"      - {level % number}\n" for number in range(60))
    first, rest = OWNED.split("    levels:\n", 1)
    async with story(database_url, f"{first}    levels:\n{steps}{rest}") as tale:
        await tale.types("dina", "matrix customer")

        message = tale.sandbox.ephemerals("dina")[-1]
        assert "There is more" in message.plain
        assert ids.MATRIX_EDIT_PATH in message.actions


async def test_every_schedule_of_a_path_has_a_button(database_url: str) -> None:
    """More than fit into one row, and of keys that no name in a program would have."""
    keys = [f"day|night/{number}" for number in range(40)]
    rota = '  "%s": {timezone: UTC, layers: [{people: ["@maya"], from: 2026-01-05}]}\n'
    asked = ", ".join(f'"oncall:{key}"' for key in keys)
    matrix = OWNED.replace("paths:\n", "schedules:\n" + "".join(rota % key for key in keys) + "paths:\n")
    async with story(database_url, matrix.replace('["@maya"], ack', f"[{asked}], ack")) as tale:
        await tale.types("dina", "matrix customer")
        message = tale.sandbox.ephemerals("dina")[-1]
        actions = [one for one in message.actions if one.startswith(ids.MATRIX_EDIT_SCHEDULE)]
        assert len(set(actions)) == 40

        await tale.sandbox.click("dina", message, actions[-1])
        await tale.submits("dina", {"people": "@omar"})
        await tale.submits("dina", {})

        assert (await source(tale)).count('people: ["@omar"]') == 1
