"""Whatever happens to an issue, in whatever order: it is never forgotten, and nobody is asked in vain."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain import answering, closing, escalation, working
from bot.domain.clocks import ClockKind
from bot.domain.errors import RungError
from bot.domain.events import Cause, Event, EventKind
from bot.domain.ids import UserId
from bot.domain.issue import AskStatus, Change, Issue, Stage, TargetKind
from bot.domain.lifecycle import State
from bot.domain.matrix.model import IfNobody, TargetRule
from bot.domain.notification import NoticeKind, Op
from bot.domain.permissions import Actor
from bot.domain.raising import raise_issue
from bot.domain.routing import route as told
from bot.domain.still_on_it_time import top_open
from bot.domain.targets import due_at
from bot.domain.timers import WHOLE_LIFE, Timer, plan
from bot.domain.words import load_sentence
from bot.usecases.timer_effects import ORDER
from tests.builders import NOON, contact, facts, level, minutes, office, path, ref, route, rules, target, user
from tests.fakes.tables import check_issue
from tests.tries import tries
from tests.unit.domain.small_world import SmallWorld

PEOPLE = tuple(UserId(f"U_{one}") for one in ("1", "2", "3", "4", "RAVI", "RITA", "BOSS", "PAT", "ELSE"))
CHANNELS = ("#desk", "#all-hands")
JARGON = re.compile(r"acknowledg|breach|\bP\d\b|epoch|declin|unreachable|timer", re.IGNORECASE)
IN_TIME = {EventKind.ACKNOWLEDGED: ClockKind.RESPOND, EventKind.RESOLVED: ClockKind.RESOLVE}
ENTERED = (EventKind.LEVEL_STARTED, EventKind.REPEATED, EventKind.CATCH_ALL)

people = st.sampled_from(PEOPLE)
lateness = st.sampled_from([timedelta(0), minutes(1), minutes(40), timedelta(hours=9)])
some = st.lists(st.sampled_from([*PEOPLE[:6], "#desk"]), min_size=1, max_size=3)
rungs = st.lists(st.just(["oncall:care"]) | some, min_size=1, max_size=3)
promises = st.sampled_from([None, target("10m", "1h"), target("20m", "1h", every="30m", calendar="office")])


class Life(RuleBasedStateMachine):
    """One issue, its plan of timers, a clock, and what a careful reader of the timeline expects."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.issue: Issue | None = None
        self.posted: set[str] = set()
        self.said_no: set[str] = set()
        self.world = SmallWorld()
        self.put_off: dict[Timer, datetime] = {}
        self.place = (0, 0, 0)
        self.climbed_at: set[datetime] = set()
        self.counted = 0

    @initialize(
        contacts=rungs, repeat=st.integers(0, 2), yes=st.tuples(*[st.booleans()] * 4), promise=promises
    )
    def raise_one(
        self, contacts: list[list[str]], repeat: int, yes: tuple[bool, ...], promise: TargetRule | None
    ) -> None:
        """Ravi raises it for Rita."""
        remind, owned, hold, duty = yes
        more: dict[str, Any] = {
            "remind_every": minutes(5) if remind else None,
            "if_nobody": IfNobody.HOLD if hold else IfNobody.SKIP,
            "inform": (contact("U_3"), contact("U_INFO")),
        }
        levels = [level(f"Level {n}", *who, **more) for n, who in enumerate(contacts, start=1)]
        own = path(levels=levels, repeat=repeat, owner=contact("U_PAT") if owned else None)
        boss = rules(escalation_manager=contact("oncall:boss" if duty else "U_BOSS"))
        way = route(path=own, rules=boss, target=promise, calendars={"office": office()})
        self._happens(
            raise_issue(
                ref(), facts(), way, raiser=PEOPLE[4], requester=PEOPLE[5], updates_channel=None, now=self.now
            )
        )

    # --- what people do -----------------------------------------------------------------------------------------------

    @rule(who=people, anyway=st.booleans(), via=st.sampled_from(["", *CHANNELS]))
    def acknowledge(self, who: str, anyway: bool, via: str) -> None:
        """Somebody takes it."""
        self._tries(lambda one: answering.acknowledge(one, self._actor(who, via), self.now, anyway=anyway))

    @rule(data=st.data())
    def decline(self, data: st.DataObject) -> None:
        """Somebody who was asked, or was not, cannot."""
        who = data.draw(st.sampled_from([*(one.target.id for one in self._issue.asks), "U_ELSE"]))
        self._tries(lambda one: answering.decline(one, self._actor(who), self.now, "busy"))

    @rule(who=people, reason=st.sampled_from(["", "urgent"]), stale=st.booleans())
    def escalate(self, who: str, reason: str, stale: bool) -> None:
        """Somebody presses Escalate, on a fresh button or an old one."""
        where = self._issue.position
        seen = (99, 0) if stale else (self._issue.ask_level, where.round)
        self._tries(lambda one: working.escalate(one, self._actor(who), seen, self.now, reason))

    @rule(reason=st.sampled_from(["", "urgent"]))
    def owner_escalates(self, reason: str) -> None:
        """The owner needs somebody above, whoever that is."""
        if self._issue.owner:
            self.escalate(self._issue.owner, reason, stale=False)

    @rule(who=people)
    def update(self, who: str) -> None:
        """Somebody tells the requester."""
        self._tries(lambda one: working.update_requester(one, self._actor(who), "news", self.now))

    @rule(who=people)
    def resolve(self, who: str) -> None:
        """Somebody solved it."""
        self._tries(lambda one: working.resolve(one, self._actor(who), "done", self.now))

    @rule(who=people)
    def confirm(self, who: str) -> None:
        """Somebody agrees."""
        self._tries(lambda one: closing.confirm(one, self._actor(who), self.now))

    @rule(who=people)
    def dispute(self, who: str) -> None:
        """Somebody does not."""
        self._tries(lambda one: closing.dispute(one, self._actor(who), "no", self.now))

    # --- what the world does ------------------------------------------------------------------------------------------

    @rule(data=st.data())
    def lose_a_message(self, data: st.DataObject) -> None:
        """A ping cannot be delivered."""
        if self._issue.asks:
            target = data.draw(st.sampled_from([one.target for one in self._issue.asks]))
            self._happens(escalation.mark_unreachable(self._issue, target, "refused", self.now))

    @rule(who=st.sampled_from([*PEOPLE, *CHANNELS]))
    def leave(self, who: str) -> None:
        """Somebody leaves, or comes back."""
        self.world.gone ^= {who}

    @rule(who=st.sampled_from(["", "", *PEOPLE[:5]]), known=st.booleans())
    def change_shift(self, who: str, known: bool) -> None:
        """Somebody else is on duty, or nobody."""
        self.world.on_duty, self.world.next_shift_known = who, known

    @rule(span=lateness)
    def wait(self, span: timedelta) -> None:
        """Time goes by while Rung is down."""
        self.now += span

    @rule(late=lateness, times=st.integers(1, 9))
    def timers(self, late: timedelta, times: int) -> None:
        """The next timers fire; the last of them late."""
        for _ in range(times - 1):
            self._fire(timedelta(0))
        self._fire(late)

    # --- what must be true --------------------------------------------------------------------------------------------

    @invariant()
    def it_could_be_stored(self) -> None:
        """The database's own rules."""
        check_issue(self._issue)

    @invariant()
    def an_open_issue_is_never_forgotten(self) -> None:
        """Some timer will move it."""
        timers = [one for one in plan(self._issue) if one.epoch != WHOLE_LIFE]
        waits = self._issue.asking or self._issue.state is State.RESOLVED or top_open(self._issue)
        assert bool(timers) is waits
        assert self._issue.state is not State.OPEN or timers

    @invariant()
    def its_clocks_say_what_happened(self) -> None:
        """They stand still exactly while it is resolved or waits, and every breach is in the timeline."""
        clocks, over = self._issue.clocks, self._issue.state in (State.RESOLVED, State.CLOSED)
        assert (clocks.pause is not None) is (over or self._issue.waiting is not None)
        assert clocks.respond.breaches + clocks.resolve.breaches == self.counted
        assert (clocks.late_since is None) is (self.counted == 0)
        assert not over or self._issue.responded_at is not None

    @invariant()
    def one_owner_and_an_end(self) -> None:
        """Who has it, and when it ended, are what the state says."""
        assert (self._issue.owner is None) is (self._issue.state is State.OPEN)
        assert (self._issue.closed_at is not None) is (self._issue.state is State.CLOSED)
        assert self._issue.state is not State.RESOLVED or self._issue.resolved_at

    @invariant()
    def nobody_who_waits_said_no(self) -> None:
        """Those who are asked are asked rightly."""
        waiting = {one.target.id for one in self._issue.asks if one.status is AskStatus.ASKED}
        assert not waiting & self.said_no
        assert not any(one.target == user(PEOPLE[4]) for one in self._issue.asks)

    def teardown(self) -> None:
        """When everybody stays silent it ends at the last resort or closed, in finite time."""
        if self.issue is None:
            return
        self.world.on_duty = "U_1"
        for _ in range(120):
            if self._issue.position.stage is Stage.CATCH_ALL or all(
                not one.epoch for one in plan(self._issue)
            ):
                return
            self._fire(timedelta(0))
        raise AssertionError(f"it hangs at {self._issue.position}")

    # --- how ----------------------------------------------------------------------------------------------------------

    @property
    def _issue(self) -> Issue:
        assert self.issue is not None
        return self.issue

    def _actor(self, who: str, via: str = "") -> Actor:
        return Actor(who, manager=who == "U_BOSS", path_owner=who == "U_PAT", via=via)

    def _tries(self, verb: Callable[[Issue], Change]) -> None:
        try:
            change = verb(self._issue)
        except RungError as refusal:
            assert str(refusal)
            return
        assert change.events, "a verb that did nothing should have refused"
        self._happens(change)

    def _fire(self, late: timedelta) -> None:
        if not plan(self._issue):
            return
        self.put_off = {one: at for one, at in self.put_off.items() if one in plan(self._issue)}
        timer = min(plan(self._issue), key=lambda one: (self._due(one), ORDER[one.kind]))
        self.now = max(self.now, self._due(timer)) + late
        effect = self.world.fire(self._issue, timer, self.now)
        if isinstance(effect, timedelta):
            self.put_off[timer] = self.now + effect
            return
        assert timer not in plan(effect.issue), "it would be lost: a timer that fired is not set again"
        self._happens(effect)

    def _due(self, timer: Timer) -> datetime:
        return self.put_off.get(timer, timer.due_at)

    def _happens(self, change: Change) -> None:
        old = self.issue
        self._messages(old, change)
        self.issue = change.issue
        if old is not None:
            assert change.issue.version > old.version or change == Change(old, ())
            assert change.issue.epoch >= old.epoch
            assert change.issue.opening >= old.opening
            if change.issue.opening > old.opening:
                self.said_no.clear()
        for event in change.events:
            self._reads(event)

    def _reads(self, event: Event) -> None:
        assert event.at == self.now
        if event.kind is EventKind.DECLINED:
            self.said_no.add(str(event.actor))
        if event.kind is EventKind.ASKED and event.text("kind") == TargetKind.USER:
            assert event.text("target") not in self.said_no
        if event.kind is EventKind.BREACHED:
            self.counted += int(event.data["times"])
            assert datetime.fromisoformat(event.text("due")) <= self.now
        if event.kind in IN_TIME:
            self._kept(IN_TIME[event.kind])
        if event.kind in ENTERED:
            rung = 9 if event.kind is EventKind.CATCH_ALL else int(event.data["level"])
            place = self._issue.opening, int(event.data["round"]), rung
            if event.text("cause") in (Cause.TIMER, Cause.BREACH):
                assert self.now not in self.climbed_at, "one instant climbs one level"
                self.climbed_at.add(self.now)
            assert place >= self.place, "the ladder only climbs"
            assert place[0] == 1 or rung > 1 or event.text("cause") != "timer"
            self.place = place

    def _kept(self, kind: ClockKind) -> None:
        """Who was late was counted, also when a person was faster than the timer."""
        due = due_at(self._issue, kind)
        end = self._issue.responded_at if kind is ClockKind.RESPOND else self.now
        if due is not None and end is not None:
            assert end >= due if self._issue.clocks.of(kind).breaches else end <= due

    def _messages(self, before: Issue | None, change: Change) -> None:
        for one in told(before, change):
            if one.op is Op.POST:
                assert one.key not in self.posted, f"{one.key} would be taken for a repeat"
                self.posted.add(one.key)
            if one.kind is NoticeKind.REQUESTER:
                assert not JARGON.search(load_sentence(one.text("sentence")).plain())


TestLife = Life.TestCase
TestLife.settings = tries(40, stateful_step_count=30)
