"""Names for a text that leaves Slack: looked up right before it is drawn, and left out when that takes too long."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.wording.copyable import people_in
from bot.domain.words import load_sentence
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import Letter
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(seconds=2)


async def with_names(services: Services, letter: Letter) -> Letter:
    """A text to bring with `extra["names"]`, user id -> name; any other letter as it is."""
    notice = letter.row.notice
    if not notice.args.get("copy"):
        return letter
    people = people_in(load_sentence(notice.text("sentence")))
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            found = [await services.directory.person(letter.row.workspace, one) for one in people]
    except (DirectoryDown, TimeoutError):
        return letter
    names = {one.id: one.name for one in found if one is not None}
    return replace(letter, extra={**(letter.extra or {}), "names": names})
