"""Schedules and paths that are called like the words of a command: each can be typed."""

from collections.abc import AsyncIterator

import pytest

from tests.stories.duty import ROTA, Duty
from tests.story import Story, story

ODD = (
    ROTA.replace("  care:\n", "  mine:\n    title: Take over team\n")
    .replace("oncall:care", "oncall:mine")
    .replace(
        "  - name: Customer care\n",
        "  - {name: Who is ill, match: {priority: P3}, levels: "
        "[{name: Desk, contacts: ['@dina'], acknowledge_within: 1h}]}\n"
        "  - {name: Versions, match: {priority: P2}, levels: "
        "[{name: Release, contacts: ['@dina'], acknowledge_within: 1h}]}\n"
        "  - name: Customer care\n",
    )
)


@pytest.fixture
async def duty(database_url: str) -> AsyncIterator[Duty]:
    """The schedule `mine` is called Take over team; paths are called Who is ill and Versions."""
    async with story(database_url, ODD) as tale:
        yield Duty(tale)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("take over team", "On call: Take over team"),
        ("Take  Over Team", "On call: Take over team"),
        ('"mine"', "On call: Take over team"),
        ("“Mine”", "On call: Take over team"),
        ("mine", "Your shifts"),
        ("take 2h", "You are on call for Take over team"),
        ('take 2h "mine"', "You are on call for Take over team"),
        ("take 2h take over team", "You are on call for Take over team"),
        ("take over tomorrow", "I do not know when"),
        ("help", 'write "NAME" where the name is a word of this table'),
    ],
)
async def test_names_of_schedules(duty: Duty, typed: str, shown: str) -> None:
    assert shown in (await duty.types("omar", typed)).text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("who is ill", "1. Desk"),
        ("who is", "See who would be asked"),
        ('"versions"', "1. Release"),
        ("versions", "Version 1"),
        ('"customer care"', "1. On call"),
    ],
)
async def test_names_of_paths(duty: Duty, typed: str, shown: str) -> None:
    answer = await duty.types("omar", f"matrix {typed}", command="/issue")
    tale: Story = duty.tale
    modal = tale.sandbox.modal("omar")
    assert shown in (modal.plain if modal else answer.text)
