"""A message for whom an issue is for, that neither they nor anybody in their place can get: the row ends, and the issue
says so once. What somebody was to bring to a requester without Slack goes to whoever has the issue."""

from datetime import datetime

from bot.domain.delivery import RowState
from bot.domain.ids import IssueRef
from bot.domain.out_of_reach import handed_on, meant_for, nobody_reads
from bot.usecases.ports import Store
from bot.usecases.record import record
from bot.usecases.rows import OutboxRow


def out_of_reach(store: Store, row: OutboxRow, why: str, now: datetime) -> bool:
    """Under the issue's lock. False, and nothing done, when the message is for somebody else."""
    issue = store.issues.get(IssueRef(row.workspace, row.issue), lock=True) if row.issue is not None else None
    user = meant_for(issue, row.notice) if issue is not None else ""
    if issue is None or not user:
        return False
    if not store.outbox.settle(row, RowState.CANCELLED, now=now, error=why):
        return True
    known = user in issue.care.lost
    after = record(store, issue, nobody_reads(issue, user, why, now), now)
    before = [] if known else [one.notice for one in store.messages.of(issue.ref)]
    store.outbox.put(row.workspace, issue.number, list(handed_on(after, (*before, row.notice), user)), now)
    return True
