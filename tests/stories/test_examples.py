"""The examples, played by people made up from their matrices: everybody is there, and an issue climbs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.adapters.matrix_file import Severity, read_matrix_file
from bot.adapters.slack import ids
from bot.demo import staged
from bot.usecases.check_matrix import flaws_now
from tests.story import FORM, Story, story

# name: where and what Ann raises, who is asked then, and who half a minute later
PLAYED = {
    "contact-centre": (
        "#issues",
        {"type": "response-time", "impact": "many customers", "urgency": "now"},
        "aisha.khan",
        "dina.costa",
    ),
    "it-service-desk": (
        "#it-issues",
        {"type": "outage", "impact": "one team", "urgency": "stopped", "service": "scada"},
        "mehmet.kaya",
        "sofia.lange",
    ),
    "hospital-ward": (
        "#ward-issues",
        {"type": "staffing", "impact": "several patients", "urgency": "now"},
        "chloe.martin",
        "hannah.moss",
    ),
}


@asynccontextmanager
async def playing(name: str, database_url: str, folder: Path) -> AsyncIterator[Story]:
    """The organisation of an example, with its time running fast."""
    config, matrix = staged(name, 0, folder)
    cast = {"people": config.people, "channels": config.channels, "groups": config.groups}
    async with story(database_url, matrix.read_text(encoding="utf-8"), **cast) as telling:
        yield telling


@pytest.mark.parametrize("name", PLAYED)
async def test_an_issue_climbs_while_one_watches(name: str, database_url: str, tmp_path: Path) -> None:
    where, answers, first, second = PLAYED[name]
    async with playing(name, database_url, tmp_path) as play:
        await play.sandbox.slash("ann", where, "/issue", "raise")
        await play.sandbox.submit("ann", {**FORM, **answers})
        assert play.sandbox.modal("ann") is None, play.errors("ann")
        await play.settle()
        assert any("needs your answer" in text for text in play.dm(first))
        assert not any("needs your answer" in text for text in play.dm(second))
        await play.advance(seconds=31)
        assert any("needs your answer" in text for text in play.dm(second))
        await play.clicks(second, ids.ACK)
        assert (await play.issue()).owner == play.id(second)


@pytest.mark.parametrize("name", PLAYED)
async def test_everybody_and_every_place_is_there(name: str, database_url: str, tmp_path: Path) -> None:
    matrix, _ = read_matrix_file(staged(name, 0, tmp_path)[1])
    async with playing(name, database_url, tmp_path) as play:
        flaws = await flaws_now(play.core.services, play.workspace, matrix)
    assert [one for one in flaws if one.severity is not Severity.NOTE] == []
