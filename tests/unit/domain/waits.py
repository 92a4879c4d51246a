"""An issue that Ana has for Rita, and that she lets wait."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import waiting
from bot.domain.issue import Change, Issue
from bot.domain.span import span
from tests.builders import ANA, QUARTER, acknowledged, actor, issue, level, path, promised, rules, target
from tests.unit.domain.reading import RITA

HOUR = timedelta(hours=1)


def way(most: str | None = "3h", calendar: str = "always") -> Issue:
    """Ana has it for Rita, solved within four hours; it waits so long at most."""
    chosen = promised(
        [level()], target=target("1h", "4h", calendar=calendar), rules=rules(wait_reasons=("A part",))
    )
    lasts = path(levels=[level()], wait_at_most=span(most) if most else None)
    return acknowledged(issue(route=replace(chosen, path=lasts), requester=RITA))


TAKEN = way()


def waits(
    before: Issue = TAKEN, reason: str = "requester", now: datetime = QUARTER, note: str = "Which?"
) -> Change:
    """Ana lets it wait."""
    return waiting.wait(before, actor(ANA), reason, note, now)


WAITS = waits().issue
