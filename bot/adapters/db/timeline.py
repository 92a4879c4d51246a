"""The timeline: rows are added at the end under the issue's lock, and never changed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.adapters.db.facade import Tx
from bot.adapters.db.tables import timeline
from bot.domain.events import Event, EventKind
from bot.domain.ids import IssueRef

INSERT = sa.insert(timeline)
LAST = (
    sa.select(timeline)
    .where(
        timeline.c.workspace == sa.bindparam("of_workspace"),
        timeline.c.issue == sa.bindparam("of_issue"),
    )
    .order_by(timeline.c.id.desc())
    .limit(sa.bindparam("limit_to"))
)


class SqlTimeline:
    """Port Timeline."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def append(self, ref: IssueRef, events: Sequence[Event]) -> None:
        """At the end, in order."""
        self._tx.write_many(INSERT, [_row(ref, event) for event in events])

    def of(self, ref: IssueRef, limit: int = 100) -> list[Event]:
        """The last ones, oldest first."""
        which = {"of_workspace": ref.workspace, "of_issue": ref.number, "limit_to": limit}
        return [_event(row) for row in reversed(self._tx.rows(LAST, which))]


def _row(ref: IssueRef, event: Event) -> dict[str, Any]:
    return {
        "workspace": ref.workspace,
        "issue": ref.number,
        "kind": event.kind.value,
        "at": event.at,
        "actor": event.actor,
        "data": dict(event.data),
    }


def _event(row: Any) -> Event:
    return Event(EventKind(row.kind), row.at, row.actor, row.data)
