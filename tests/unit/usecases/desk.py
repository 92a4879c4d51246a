"""The use cases on a desk: every port a fake, the store in memory, and short ways to look at it."""

from bot.adapters.matrix_file.documents import YamlDocuments
from bot.domain.delivery import RowState
from bot.domain.events import EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Issue
from bot.domain.matrix.model import Path
from bot.domain.notification import Notice, NoticeKind
from bot.domain.timers import plan
from bot.domain.words import load_sentence
from bot.usecases.deliver import deliver_due
from bot.usecases.fire_timers import fire_due
from bot.usecases.pace import Pace
from bot.usecases.publish_matrix import PublishedMatrices
from bot.usecases.rows import MessageRef, OutboxRow
from bot.usecases.services import Services
from tests.builders import T1, matrix, published, ref, workspace
from tests.fakes.bell import FakeBell
from tests.fakes.chance import FakeChance
from tests.fakes.channel import FakeChannel
from tests.fakes.clock import FakeClock
from tests.fakes.directory import FakeDirectory
from tests.fakes.store import MemoryStore
from tests.fakes.transactions import MemoryTransactions

BATCH = 100
FORM = {
    "title": "Checkout is down",
    "happened": "Every card payment is refused.",
    "type": "payments",
    "impact": "everyone",
    "urgency": "now",
}
"""The answers Ravi gives."""


class Desk:
    """One process with its ports."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.chance = FakeChance()
        self.transactions = MemoryTransactions()
        self.directory = FakeDirectory()
        self.channel = FakeChannel()
        self.bell = FakeBell()
        self.matrices = PublishedMatrices()
        self.pace = Pace(burst=1000)
        self.services = Services(
            clock=self.clock,
            chance=self.chance,
            transactions=self.transactions,
            directory=self.directory,
            channel=self.channel,
            matrix=self.matrices,
            documents=YamlDocuments(),
            bell=self.bell,
            pace=self.pace,
        )
        self.store.workspaces.put(workspace(), self.clock.now())
        self.publish()

    @property
    def store(self) -> MemoryStore:
        """What is committed."""
        return self.transactions.store

    def publish(self, *paths: Path) -> None:
        """This matrix is in force."""
        self.matrices.hold(T1, published(document=matrix(*paths)))

    def has(self, *issues: Issue) -> None:
        """These are stored, with the timers they need."""
        for one in issues:
            self.store.issues.add(one)
            self.store.timers.set(one.ref, plan(one))

    def sent(self, *messages: MessageRef) -> None:
        """These messages went out before."""
        for one in messages:
            self.store.messages.put(one)

    def due(self, *notices: Notice, number: int | None = 1) -> None:
        """These are on their way."""
        self.store.outbox.put(T1, number, notices, self.clock.now())

    async def fire(self) -> None:
        """Everything that is due takes effect."""
        while await fire_due(self.services, BATCH):
            pass

    async def deliver(self) -> None:
        """Everything that is due goes out."""
        while await deliver_due(self.services, BATCH):
            pass

    async def settle(self, *, minutes: float = 0) -> None:
        """Time goes by, then everything that is due happens."""
        self.clock.advance(minutes=minutes)
        await self.deliver()
        await self.fire()
        await self.deliver()

    def issue(self, number: int = 1) -> Issue:
        """As it is stored."""
        found = self.store.issues.get(ref(number))
        assert found is not None
        return found

    def owner(self) -> UserId | None:
        """Who has ISS-1."""
        return self.issue().owner

    def happened(self, number: int = 1) -> list[EventKind]:
        """The kinds of events of its timeline."""
        return [event.kind for event in self.store.timeline.of(ref(number))]

    def rows(self, kind: NoticeKind | None = None) -> list[OutboxRow]:
        """Outbox rows, oldest first, of one kind or all."""
        rows = [entry.row for entry in self.transactions.tables.outbox.values()]
        return [row for row in rows if kind is None or row.notice.kind is kind]

    def row(self, key: str) -> OutboxRow:
        """The first row of one message."""
        return next(row for row in self.rows() if row.notice.key == key)

    def states(self, kind: NoticeKind) -> list[RowState]:
        """Where the rows of one kind are."""
        return [row.state for row in self.rows(kind)]

    def said(self, kind: NoticeKind) -> list[str]:
        """``who: sentence`` of the rows of one kind."""
        return [
            f"{row.notice.to.id}: {load_sentence(row.notice.text('sentence')).plain()}"
            for row in self.rows(kind)
        ]

    def timers(self, number: int = 1) -> list[tuple[str, float]]:
        """(kind, minutes from now) of its timers."""
        now = self.clock.now()
        return [
            (one.kind.value, (one.due_at - now).total_seconds() / 60)
            for one in self.store.timers.of(ref(number))
        ]
