"""Before a change of the matrix is published, its plan says whom it asks in vain: by form and by file."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.adapters.slack import ids
from bot.demo import PEOPLE
from bot.sandbox.config import Person
from bot.sandbox.faults import Fault
from tests.stories.files import chooses, shown, versions
from tests.story import MATRIX, Story, story

LEFT = "Zoe (@zoe) has left Slack. Name somebody else here, or mend that in Slack."
ALONE = "Nobody can answer this level: it is skipped at once. Name somebody who is there."
TO_ZOE = MATRIX.replace('contacts: ["@omar"]', 'contacts: ["@zoe"]')
LINE = 1 + TO_ZOE[: TO_ZOE.index("@zoe")].count("\n")
FORM = {"contacts": "@maya", "acknowledge_within": "15m", "remind_every": "5m", "role": "Lead", "inform": ""}
EVERYBODY = [
    *(replace(one, is_admin=one.handle == "dina") for one in PEOPLE),
    Person("zoe", "Zoe", deleted=True),
]


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Zoe has left; Dina is an admin and owns Customer care."""
    async with story(database_url, people=EVERYBODY) as telling:
        yield telling


async def fills_in(tale: Story, contacts: str) -> str:
    """Dina changes who is asked at the first level of Customer care; what the plan says."""
    await tale.types("dina", "matrix customer")
    await tale.sandbox.click("dina", tale.sandbox.ephemerals("dina")[-1], ids.MATRIX_EDIT_LEVEL)
    await tale.submits("dina", {**FORM, "contacts": contacts})
    return shown(tale, "dina")


async def test_a_form_that_asks_somebody_who_left(tale: Story) -> None:
    said = await fills_in(tale, "@zoe")

    level = 'path "Customer care", level "Team lead"'
    assert f"{level}: {ALONE}" in said
    assert said.index(ALONE) < said.index(LEFT), "an error comes before a warning"
    await tale.submits("dina")
    assert len(await versions(tale)) == 2, "it is a warning: whoever means it publishes it"


async def test_a_form_that_asks_whoever_is_there(tale: Story) -> None:
    said = await fills_in(tale, "@maya, @omar")

    assert "Is this meant so?" not in said
    assert "looked up" not in said


async def test_what_is_wrong_already_is_not_told_again(database_url: str) -> None:
    async with story(database_url, TO_ZOE, people=EVERYBODY) as tale:
        said = await fills_in(tale, "@omar")

        assert "zoe" not in said


async def test_a_file_is_told_by_its_own_name_and_lines(tale: Story) -> None:
    await chooses(tale, "dina", TO_ZOE, name="my-matrix.yaml")

    said = shown(tale, "dina")
    assert f"my-matrix.yaml:{LINE}: {ALONE}" in said
    assert f"my-matrix.yaml:{LINE}: {LEFT}" in said


async def test_so_are_mistakes(tale: Story) -> None:
    await chooses(tale, "dina", TO_ZOE.replace("@zoe", "zoe"), name="my-matrix.yaml")

    assert f"my-matrix.yaml:{LINE}: " in shown(tale, "dina")


async def test_a_slack_that_is_too_slow_holds_nobody_up(tale: Story) -> None:
    await tale.types("dina", "matrix customer")
    await tale.sandbox.click("dina", tale.sandbox.ephemerals("dina")[-1], ids.MATRIX_EDIT_LEVEL)
    tale.sandbox.faults.add("users.lookupByEmail", Fault.timeout())

    answer = await tale.submits("dina", {**FORM, "contacts": "@maya, nova@example.com"})

    assert answer.seconds < 3
    assert "Who is there could not be looked up in time." in shown(tale, "dina")
    await tale.submits("dina")
    assert len(await versions(tale)) == 2
