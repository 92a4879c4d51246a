"""A desk with two schedules: care (Ana, Omar, a week each from Monday nine) and duty (the director, always).

Mia owns the path that asks care, the manager is the escalation manager, Lee is on no schedule like her, Gus is a guest,
and Ada is an admin.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.contacts import Contact, ContactKind
from bot.domain.issue import TargetKind
from bot.domain.matrix.model import Matrix
from bot.domain.notification import NoticeKind
from bot.domain.oncall.model import Layer, OnCallChange, Schedule
from bot.domain.span import span
from bot.domain.words import load_sentence
from bot.usecases.find_people import find_people
from bot.usecases.oncall_commands import OnCallCommand, SwapCommand, Undo
from bot.usecases.rows import Answer, PersonInfo
from bot.usecases.services import Services
from tests.builders import ANA, DIRECTOR, NOON, OMAR, T1, contact, level, matrix, path, published
from tests.unit.usecases.desk import Desk

MIA, LEE, GUS, ADA = "U_MIA", "U_LEE", "U_GUS", "U_ADA"
HOUR = timedelta(hours=1)
HANDOVER = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
"""Ana's week, in which noon is, ends and Omar's begins."""
CARE = Schedule(
    "care", "Europe/London", (Layer((contact(ANA), contact(OMAR)), date(2026, 3, 2), time(9), span("1w")),)
)
DUTY = Schedule("duty", "Europe/London", (Layer((contact(DIRECTOR),), date(2026, 1, 1)),), "Duty managers")

Verb = Callable[[Services, OnCallCommand], Awaitable[Answer]]
SwapVerb = Callable[[Services, SwapCommand], Awaitable[Answer]]


class DutyDesk:
    """Short ways to type commands about on-call and to look at what they did."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._asked = 0
        desk.directory.knows_person(PersonInfo(GUS, "Gus", guest=True))
        desk.directory.knows_person(PersonInfo(ADA, "Ada", admin=True))
        self.in_force(CARE, DUTY)

    def in_force(self, *schedules: Schedule) -> Matrix:
        """The matrix has these schedules now."""
        asks = Contact(ContactKind.ONCALL, "care")
        first = replace(level("Care"), contacts=(asks,))
        document = matrix(path("Care", [first], owner=contact(MIA)), schedules=schedules)
        self.desk.matrices.hold(T1, published(document=document))
        return document

    async def types(self, verb: Verb, who: str, words: str = "", colleague: str = "", **more: Any) -> str:
        """Somebody uses a command; what they read."""
        return (await self.answer(verb, who, words, colleague, **more)).sentence.plain()

    async def answer(self, verb: Verb, who: str, words: str = "", colleague: str = "", **more: Any) -> Answer:
        """The same, with the code of the answer."""
        command = OnCallCommand(
            workspace=T1,
            user=who,
            key=more.get("key") or self.key(),
            words=words,
            colleague=contact(colleague) if colleague else None,
        )
        return await verb(self.desk.services, command)

    async def presses(
        self,
        verb: SwapVerb,
        who: str,
        swap: int = 1,
        key: str = "",
    ) -> str:
        """Somebody answers a request, or takes it back."""
        command = SwapCommand(workspace=T1, user=who, key=key or self.key(), swap=swap)
        return (await verb(self.desk.services, command)).sentence.plain()

    def undo(self, who: str, change: int | None = None) -> Undo:
        """A command to take a change back."""
        return Undo(workspace=T1, user=who, key=self.key(), change=change)

    def key(self) -> str:
        """One that was not used before."""
        self._asked += 1
        return f"typed-{self._asked}"

    async def on_call(self, at: datetime | None = None, schedule: str = "care") -> str:
        """The user id of who is on call, now or at another time; empty = nobody."""
        before = self.desk.clock.now()
        self.desk.clock.set(at or before)
        one = Contact(ContactKind.ONCALL, schedule)
        (found,) = await find_people(self.desk.services, T1, [one])
        self.desk.clock.set(before)
        assert all(target.kind is TargetKind.USER for target in found.targets)
        return "".join(target.id for target in found.targets)

    def changes(self) -> list[OnCallChange]:
        """Everything in force that is not over."""
        return self.desk.store.oncall.between(T1, self.desk.clock.now(), NOON + timedelta(days=1000))

    def told(self) -> list[str]:
        """``who: sentence`` of every message on its way, oldest first."""
        wanted = (NoticeKind.SHIFT, NoticeKind.SWAP, NoticeKind.PATH_OWNER)
        return [
            f"{row.notice.to.id}: {load_sentence(row.notice.text('sentence')).plain()}"
            for row in self.desk.rows()
            if row.notice.kind in wanted
        ]
