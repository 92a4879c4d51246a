"""A small town: one organisation with two teams and specialists, whose Rung runs on a real database.

Ravi and Rita ask for help; the desk, the shift leads (on call from eight to eight, day by day) and the head answer, Bo
is the escalation manager and Pat owns the paths. The clock stands still until it is pushed.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot.adapters.matrix_file.documents import YamlDocuments
from bot.domain.calendar import Hours
from bot.domain.matrix.model import IfNobody, Matrix, Priority, PublishedMatrix
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule
from bot.domain.span import span
from bot.usecases.deliver import deliver_due
from bot.usecases.fire_timers import fire_due
from bot.usecases.pace import Pace
from bot.usecases.ports import Store, Transactions
from bot.usecases.publish_matrix import PublishedMatrices
from bot.usecases.rows import PersonInfo
from bot.usecases.services import Services
from bot.usecases.watch_owners import watch_owners
from tests.builders import (
    MANAGER,
    RAVI,
    T1,
    contact,
    level,
    matrix,
    minutes,
    path,
    published,
    rules,
    target,
    user,
    workspace,
)
from tests.fakes.bell import FakeBell
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.fakes.directory import FakeDirectory
from tests.stateful.places import Opened, Place
from tests.stateful.post import Post

RITA, PAT, FAY, WIM, ZED = "U_RITA", "U_PAT", "U_FAY", "U_WIM", "U_ZED"
ANA, BEA, CY, DAN, SAM = "U_ANA", "U_BEA", "U_CY", "U_DAN", "U_SAM"
HELPERS = (ANA, BEA, CY, DAN, SAM)
PEOPLE = (RAVI, RITA, *HELPERS, MANAGER, PAT, FAY, WIM, ZED)
NEWS = "C_NEWS"
BATCH = 100
_ROUNDS = 60
"""More rounds than this without an end mean that something comes due again and again."""
_LEAVE = timedelta(hours=6)
_DAY = ((Hours(8 * 60, 20 * 60),),) * 7
DUTY = Schedule(
    "duty", "UTC", (Layer((contact(CY), contact(DAN)), date(2026, 3, 2), time(8), span("1d"), hours=_DAY),)
)


def town_matrix(repeat: int) -> Matrix:
    """Payments has three levels, of which the second waits for its shift; hardware two, of which the
    first asks the shift too; and there are specialists."""
    more: dict[str, Any] = {
        "owner": contact(PAT),
        "still_on_it_after": minutes(120),
        "follow_up_after": timedelta(days=1),
        "wait_at_most": minutes(240),
        "close_after": timedelta(days=1),
        "inform": (contact("U_INFO"),),
    }
    hold: dict[str, Any] = {"if_nobody": IfNobody.HOLD, "inform": (contact("#heads"),)}
    payments = [
        level("Desk", "#desk", ANA, BEA, remind_every=minutes(5)),
        level("Shift", "oncall:duty", within=minutes(30), **hold),
        level("Head", DAN, ANA, within=minutes(60)),
    ]
    hardware = [
        level("Workshop", "oncall:duty", BEA, within=minutes(20)),
        level("Chief", CY, MANAGER, within=minutes(45)),
    ]
    team = [level("Specialists", SAM, within=minutes(10))]
    hour = span("1h")
    return matrix(
        path("Payments", payments, match={"type": ("payments",)}, repeat=repeat, **more),
        path("Special", team, match={"type": ("none",)}, functional=True),
        path("Hardware", hardware, **more),
        workspace=rules(wait_reasons=("supplier",)),
        priorities=(
            Priority("p1", "P1 Critical", 0, hour),
            Priority("p2", "P2 High", 1, span("4h"), (contact("U_INFO2"),)),
            Priority("p3", "P3 Normal", 2),
        ),
        targets=(
            target("20m", "6h", every="1h", priority="p1"),
            target("1h", "2d", every="1d", priority="p2"),
        ),
        schedules=(DUTY,),
    )


class Town:
    """One process of Rung on one database."""

    def __init__(self, place: Place, repeat: int = 0) -> None:
        self.clock = FakeClock()
        self.directory = FakeDirectory()
        self.post = Post()
        self.gone: set[str] = set()
        self.down = False
        self.matrix: PublishedMatrix = published(document=town_matrix(repeat))
        self._place = place
        self._url = ""
        self._open: Opened | None = None

    async def begin(self) -> None:
        """An empty database in which the matrix is published."""
        self._url = await self._place.empty()
        self._start()
        now = self.clock.now()

        def unit(store: Store) -> None:
            store.workspaces.put(workspace(), now)
            store.matrices.publish(T1, self.matrix, "file", "", now)

        await self.services.transactions.run(unit)

    async def restart(self) -> None:
        """The process ends and another one begins on the same database."""
        await self.close()
        self._start()

    async def close(self) -> None:
        """Let the database go."""
        if self._open is not None:
            await self._open.close()
            self._open = None

    @property
    def now(self) -> datetime:
        """The instant the town has reached."""
        return self.clock.now()

    async def fire(self) -> None:
        """Whatever is due takes effect."""
        for _ in range(_ROUNDS):
            if await fire_due(self.services, BATCH) == 0:
                return
        raise AssertionError("a timer comes due again and again")

    async def deliver(self) -> None:
        """Whatever is due goes out."""
        for _ in range(_ROUNDS):
            if await deliver_due(self.services, BATCH) == 0:
                return
        raise AssertionError("a message goes out again and again")

    async def settle(self) -> None:
        """The post works again, and everything that waits for it goes out; time goes by with that."""
        self.post.faults.clear()
        for _ in range(_ROUNDS):
            await self.deliver()
            at = await self.services.transactions.read(lambda store: store.outbox.next_due())
            if at is None:
                return
            self.clock.set(max(self.now, at))
            await self.fire()
        raise AssertionError("the outbox never becomes empty")

    async def leaves(self, who: str) -> None:
        """Somebody leaves Slack, and Rung looks after what they had; or they come back."""
        self.gone ^= {who}
        gone = who in self.gone
        self.directory.knows_person(PersonInfo(who, who.title(), deactivated=gone))
        self.directory.knows(who, *(() if gone else (user(who),)), why="has left Slack" if gone else "")
        await watch_owners(self.services, T1)

    async def goes_on_leave(self, who: str) -> None:
        """Somebody is away for some hours, and Rung looks after what they had."""
        start = self.now
        away = OnCallChange(0, ChangeKind.AWAY, who, start, start + _LEAVE, made_by=who, made_at=start)
        await self.services.transactions.run(lambda store: store.oncall.add(T1, away))
        await watch_owners(self.services, T1)

    def directory_turns(self) -> None:
        """Nobody can be looked up any more, or they can again."""
        self.down = not self.down
        if self.down:
            self.directory.goes_down()
        else:
            self.directory.comes_back()

    def _start(self) -> None:
        self._open = self._place.open(self._url)
        matrices = PublishedMatrices()
        matrices.hold(T1, self.matrix)
        transactions: Transactions = self._open.transactions
        self.services = Services(
            clock=self.clock,
            chance=FakeChance(),
            transactions=transactions,
            directory=self.directory,
            channel=self.post,
            matrix=matrices,
            documents=YamlDocuments(),
            bell=FakeBell(),
            pace=Pace(burst=10_000),
        )
