"""Stories about being on call: a matrix with schedules, the second command, and the minute that looks at shifts."""

from datetime import UTC, datetime, timedelta

from bot.domain.contacts import Contact, ContactKind
from bot.sandbox.answer import Answer
from bot.usecases.find_people import find_people
from bot.usecases.oncall_shifts import ShiftNews
from bot.usecases.oncall_unanswered import tell_unanswered
from tests.story import Story

ROTA = """
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#escalations"
  escalation_manager: "@dina"
  nag_every: 10m
types:
  response-time: {title: Slow answer, category: customer}
priorities:
  P1: {title: Critical}
  P2: {title: High}
  P3: {title: Normal}
priority_matrix:
  high: {high: P1, low: P2}
  low: {high: P2, low: P3}
schedules:
  care:
    timezone: Europe/London
    layers:
      - {people: ["maya@example.com", "omar@example.com"], rotate: weekly, handoff: "mon 09:00", from: 2026-03-02}
  duty:
    timezone: Europe/London
    layers:
      - {people: ["dina@example.com"], from: 2026-01-01}
paths:
  - name: Customer care
    owner: rita@example.com
    levels:
      - {name: On call, role: Owns the first answer, contacts: ["oncall:care"], acknowledge_within: 15m}
      - {name: Duty manager, contacts: ["oncall:duty"], acknowledge_within: 30m}
"""
HANDOVER = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
"""Maya's week, in which stories begin, ends and Omar's begins."""


class Duty:
    """A story with `/oncall` in it. The process looks at the shifts every minute that the story lives through."""

    def __init__(self, tale: Story) -> None:
        self.tale = tale
        self.news = ShiftNews(tale.core.services, tale.workspace)

    async def types(self, who: str, text: str, command: str = "/oncall", where: str = "#issues") -> Answer:
        """Use the command."""
        answer = await self.tale.sandbox.slash(who, where, command, text)
        await self.tale.settle()
        return answer

    async def until(self, at: datetime) -> None:
        """Live on until then; the shifts are looked at then and a minute before, like at any other minute."""
        for moment in (at - timedelta(minutes=1), at):
            await self.tale.advance(seconds=max(0.0, (moment - self.tale.now()).total_seconds()))
            await tell_unanswered(self.tale.core.services, self.tale.workspace)
            await self.news.tell()
            await self.tale.settle()

    async def on_call(self, schedule: str = "care") -> str:
        """The handle of who is on call now; empty = nobody."""
        services, one = self.tale.core.services, Contact(ContactKind.ONCALL, schedule)
        (found,) = await find_people(services, self.tale.workspace, [one])
        people = {self.tale.id(who): who for who in ("ann", "maya", "omar", "dina", "rita")}
        return "".join(people[target.id] for target in found.targets)

    def shifts(self, who: str) -> list[str]:
        """``begun`` and ``over``, as somebody was told about their shifts of care, oldest first."""
        words = {"has begun": "begun", "is over": "over"}
        told = [text for text in self.tale.dm(who) if text.startswith("Your shift for care")]
        return [word for text in told for sign, word in words.items() if sign in text]
