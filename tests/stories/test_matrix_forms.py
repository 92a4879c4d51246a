"""Forms that change the matrix, when what stands in them is odd, long, or no longer what is in force."""

from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack import ids
from tests.stories.test_matrix import LEVEL_ONE, OWNED, opens_level, source
from tests.story import Story, story

OMARS = {"contacts": "@omar", "acknowledge_within": "25m", "remind_every": "", "role": "", "inform": ""}
MANY = [f"somebody.with.a.long.name.{number:03}@example.com" for number in range(90)]


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Dina owns Customer care, Omar owns Everything else."""
    async with story(database_url, OWNED) as telling:
        yield telling


async def test_a_form_that_was_open_while_somebody_published_goes_on_from_there(tale: Story) -> None:
    await opens_level(tale, "dina", "customer", 1)
    await opens_level(tale, "omar", "everything", 1)
    await tale.submits("omar", OMARS)
    await tale.submits("omar", {})

    await tale.submits("dina", {**LEVEL_ONE, "acknowledge_within": "10m"})
    assert tale.errors("dina") == {}
    assert "by now version 2 is in force" in tale.notice("dina")
    await tale.submits("dina", {ids.FIELD_NOTE: "Faster"})

    text = await source(tale)
    assert "acknowledge_within: 10m" in text
    assert "acknowledge_within: 25m" in text


async def test_a_change_that_somebody_else_just_made_is_none(tale: Story) -> None:
    await opens_level(tale, "dina", "customer", 1)
    await tale.submits("dina", {**LEVEL_ONE, "acknowledge_within": "10m"})
    plan = tale.sandbox.last_payload("dina")
    await tale.submits("dina", {})

    answer = await tale.sandbox.raw_action({**plan, "view": {**plan["view"], "id": "V-OTHER"}})

    assert answer.acked
    assert "Nothing is different" in str(answer)


@pytest.mark.parametrize("role", ["🔥" * 290, "ш" * 299], ids=["emoji", "not Latin"])
async def test_a_role_of_any_letters_is_published(tale: Story, role: str) -> None:
    await opens_level(tale, "dina", "customer", 1)
    await tale.submits("dina", {**LEVEL_ONE, "role": role})
    await tale.submits("dina", {})

    assert "is in force" in tale.notice("dina")
    assert role in await source(tale)


async def test_a_list_that_is_too_long_for_a_field_is_not_asked_for_and_not_lost(database_url: str) -> None:
    """Cut to what a field takes, it would come back short."""
    named = ", ".join(f'"{one}"' for one in MANY)
    long = OWNED.replace('contacts: ["@maya"]', f'contacts: ["@maya", {named}]')
    async with story(database_url, long) as tale:
        await opens_level(tale, "dina", "customer", 1)
        assert "too long for a form" in tale.notice("dina")
        await tale.submits("dina", {"acknowledge_within": "10m"})
        await tale.submits("dina", {})

        text = await source(tale)
        assert "acknowledge_within: 10m" in text
        assert all(one in text for one in MANY)


async def test_a_change_that_a_form_cannot_carry_is_told_at_its_field(tale: Story) -> None:
    await opens_level(tale, "dina", "customer", 1)

    await tale.submits(
        "dina", {**LEVEL_ONE, "contacts": "\n".join(MANY[:60]), "inform": "\n".join(MANY[30:])}
    )

    assert "too much for one step" in " ".join(tale.errors("dina").values())
