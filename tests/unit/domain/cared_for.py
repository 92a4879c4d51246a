"""An issue that Ana has for Rita, who is promised news every hour."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.issue import Issue
from bot.domain.span import span
from tests.builders import P1, acknowledged, issue, level, path, promised, target
from tests.unit.domain.reading import RITA

HOUR = timedelta(hours=1)


def cared(
    every: str | None = "1h", calendar: str = "always", after: str | None = None, **changes: Any
) -> Issue:
    """Open; `every` is how often Rita is told something new, `after` when she is asked whether it lasted."""
    priority = replace(P1, update_every=span(every) if every else None)
    way = promised([level()], target=target("1h", "4h", calendar=calendar), priority=priority)
    lasts = path(levels=[level()], follow_up_after=span(after) if after else None)
    return issue(**{"route": replace(way, path=lasts), "requester": RITA, **changes})


TAKEN = acknowledged(cared())
"""Taken at a quarter past twelve."""
