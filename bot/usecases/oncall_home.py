"""Who is on call, for the Home tab: looked up right before it is drawn, and left out when that takes too long."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.notification import NoticeKind
from bot.usecases.oncall_views import duties
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import Letter
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(seconds=2)


async def with_duties(services: Services, letter: Letter) -> Letter:
    """The letter of a Home tab with `extra["duties"]`, those of its reader first; any other letter as it is."""
    notice = letter.row.notice
    if notice.kind is not NoticeKind.HOME:
        return letter
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            found = await duties(services, letter.row.workspace, notice.text("user"))
    except (DirectoryDown, TimeoutError):
        return letter
    return replace(letter, extra={**(letter.extra or {}), "duties": found}) if found else letter
