"""Issues that nobody can be told about: manager, path owner, admins and catch-all channel all fail. Read from rows, so
that every replica says the same, and it ends by itself when a message arrives or somebody takes the issue."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import last_resort
from bot.domain.ids import WorkspaceId, issue_name
from bot.domain.issue import Change, Issue
from bot.domain.notification import Notice
from bot.domain.out_of_reach import is_back, meant_for
from bot.domain.prompting import PINGS
from bot.usecases.ports import Store, Transactions
from bot.usecases.record import record
from bot.usecases.rows import IssueFilter, Order

LOOKED_AT = 100
"""More than so many at once are not told apart."""
NAMED = 10

_UNTOLD = IssueFilter(unanswered=True, untold=True, order=Order.URGENT, limit=LOOKED_AT)


async def stranded(transactions: Transactions, workspace: WorkspaceId, now: datetime) -> list[int]:
    """Numbers of open issues for which nobody is left who could be told, the most urgent first."""
    found = await transactions.read(lambda store: store.issues.find(workspace, _UNTOLD))
    return [one.number for one in found if last_resort.stranded(one, now)]


def arrived(store: Store, issue: Issue, posted: Notice, now: datetime) -> Issue:
    """A message went out; that an earlier one did not reach whom it asks, or whom it is for, is so no longer."""
    if posted.kind not in PINGS:
        return record(store, issue, Change(is_back(issue, meant_for(issue, posted)), ()), now)
    return record(store, issue, Change(last_resort.reached(issue, posted.to), ()), now)


def said(numbers: Sequence[int]) -> list[str]:
    """A sentence about each, and one about the rest; nothing of what they say."""
    told = [
        f"{issue_name(number)} is unanswered and nobody can be told: not the escalation manager, the path's owner, an "
        "admin or the catch-all channel. Let somebody take it, and run rung doctor to see what to mend."
        for number in numbers[:NAMED]
    ]
    more = len(numbers) - len(told)
    return [*told, f"It is the same with {more} more."] if more else told
