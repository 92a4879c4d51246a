"""The store of one unit of work: one repository per aggregate over the same transaction."""

from typing import cast

from bot.adapters.db.agreements import SqlAgreements
from bot.adapters.db.client_pages import SqlClientPages
from bot.adapters.db.drafts import SqlDrafts
from bot.adapters.db.facade import Tx
from bot.adapters.db.feeds import SqlFeeds
from bot.adapters.db.free_messages import SqlFreeMessages
from bot.adapters.db.inbound import SqlInbound
from bot.adapters.db.intake import SqlIntake
from bot.adapters.db.issues import SqlIssues
from bot.adapters.db.matrices import SqlMatrices
from bot.adapters.db.messages import SqlMessages
from bot.adapters.db.oncall import SqlOnCallChanges
from bot.adapters.db.outbox import SqlOutbox
from bot.adapters.db.pulse import SqlPulse
from bot.adapters.db.search import SqlSearch
from bot.adapters.db.swaps import SqlSwaps
from bot.adapters.db.timeline import SqlTimeline
from bot.adapters.db.timers import SqlTimers
from bot.adapters.db.workspaces import SqlWorkspaces
from bot.usecases.ports import Store


class SqlStore:
    """Port Store."""

    __slots__ = (
        "agreements",
        "client_pages",
        "drafts",
        "feeds",
        "free_messages",
        "inbound",
        "intake",
        "issues",
        "matrices",
        "messages",
        "oncall",
        "outbox",
        "pulse",
        "search",
        "swaps",
        "timeline",
        "timers",
        "workspaces",
    )

    def __init__(self, tx: Tx) -> None:
        self.issues = SqlIssues(tx)
        self.timeline = SqlTimeline(tx)
        self.timers = SqlTimers(tx)
        self.outbox = SqlOutbox(tx)
        self.messages = SqlMessages(tx)
        self.inbound = SqlInbound(tx)
        self.matrices = SqlMatrices(tx)
        self.workspaces = SqlWorkspaces(tx)
        self.oncall = SqlOnCallChanges(tx)
        self.swaps = SqlSwaps(tx)
        self.feeds = SqlFeeds(tx)
        self.agreements = SqlAgreements(tx)
        self.free_messages = SqlFreeMessages(tx)
        self.client_pages = SqlClientPages(tx)
        self.search = SqlSearch(tx)
        self.intake = SqlIntake(tx)
        self.drafts = SqlDrafts(tx)
        self.pulse = SqlPulse(tx)


def beat(store: Store) -> None:
    """A unit that writes and means nothing."""
    cast(SqlStore, store).pulse.beat()
