"""The examples, played by people made up from their matrices: everybody is there, and an issue climbs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bot.adapters.matrix_file import Severity, load_matrix
from bot.adapters.slack import ids
from bot.demo import staged
from bot.sandbox.config import SandboxConfig
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


NEEDED = {"reference": "T-77", "affected": "Everybody on this floor", "tried": "Asked the next desk"}
"""What these types do not go without."""


@asynccontextmanager
async def playing(name: str, database_url: str) -> AsyncIterator[Story]:
    """The organisation of an example, with its time running fast."""
    config, matrix = organisation(name)
    cast: dict[str, Any] = {
        "people": config.people,
        "channels": config.channels,
        "groups": config.groups,
    }
    async with story(database_url, matrix, **cast) as telling:
        yield telling


@cache
def organisation(name: str) -> tuple[SandboxConfig, str]:
    """Its people and places, and its matrix: made once for both tests."""
    with TemporaryDirectory() as folder:
        config, matrix = staged(name, 0, Path(folder))
        return config, matrix.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PLAYED)
async def test_an_issue_climbs_while_one_watches(name: str, database_url: str) -> None:
    where, answers, first, second = PLAYED[name]
    async with playing(name, database_url) as play:
        await play.sandbox.slash("ann", where, "/issue", "raise")
        asked = {**NEEDED, "promised_by": int(play.now().timestamp()) - 60}
        await play.sandbox.submit("ann", {**FORM, **asked, **answers})
        assert "Raise anyway" in play.notice("ann"), "what the matrix says is said once"
        await play.sandbox.submit("ann", {})
        assert play.sandbox.modal("ann") is None, play.errors("ann")
        await play.settle()
        assert any("needs your answer" in text for text in play.dm(first))
        assert not any("needs your answer" in text for text in play.dm(second))
        await play.advance(seconds=31)
        assert any("needs your answer" in text for text in play.dm(second))
        await play.clicks(second, ids.ACK)
        assert (await play.issue()).owner == play.id(second)


@pytest.mark.parametrize("name", PLAYED)
async def test_everybody_and_every_place_is_there(name: str, database_url: str) -> None:
    matrix = load_matrix(organisation(name)[1], name)
    async with playing(name, database_url) as play:
        flaws = await flaws_now(play.core.services, play.workspace, matrix)
    assert [one for one in flaws if one.severity is not Severity.NOTE] == []
