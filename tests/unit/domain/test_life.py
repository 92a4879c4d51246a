"""Whatever happens to an issue, in whatever order: it is never forgotten, and nobody is asked in vain."""

import re
from collections.abc import Callable
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from bot.domain import answering, asking, closing, escalation, reminding, working
from bot.domain.asking import contacts_to_ask
from bot.domain.contacts import ContactKind
from bot.domain.errors import RungError
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import AskStatus, Change, Issue, Stage, Target, TargetKind
from bot.domain.lifecycle import State
from bot.domain.looked import Looked
from bot.domain.notification import NoticeKind, Op
from bot.domain.permissions import Actor
from bot.domain.raising import raise_issue
from bot.domain.routing import route as told
from bot.domain.timers import Timer, TimerKind, plan
from bot.domain.words import load_sentence
from tests.builders import NOON, channel, contact, facts, level, minutes, path, ref, route, rules, user
from tests.fakes.tables import check_issue

PEOPLE = ("U_1", "U_2", "U_3", "U_4", "U_RAVI", "U_RITA", "U_BOSS", "U_PAT", "U_ELSE")
CHANNELS = ("#desk", "#all-hands")
JARGON = re.compile(r"acknowledg|breach|\bP\d\b|epoch|declin|unreachable|timer", re.IGNORECASE)
FOREVER = timedelta(days=2)
LOOK_UP = {ContactKind.USER: user, ContactKind.CHANNEL: lambda name: channel(f"#{name}")}
ENTERED = (EventKind.LEVEL_STARTED, EventKind.REPEATED, EventKind.CATCH_ALL)

people = st.sampled_from(PEOPLE)
lateness = st.sampled_from([timedelta(0), minutes(1), minutes(40), timedelta(hours=9)])
rungs = st.lists(
    st.lists(st.sampled_from([*PEOPLE[:6], "#desk"]), min_size=1, max_size=3), min_size=1, max_size=3
)


class Life(RuleBasedStateMachine):
    """One issue, its plan of timers, a clock, and what a careful reader of the timeline expects."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.issue: Issue | None = None
        self.posted: set[str] = set()
        self.said_no: set[str] = set()
        self.gone: set[str] = set()
        self.place = (0, 0, 0)

    @initialize(contacts=rungs, repeat=st.integers(0, 2), remind=st.booleans(), owned=st.booleans())
    def raise_one(self, contacts: list[list[str]], repeat: int, remind: bool, owned: bool) -> None:
        """Ravi raises it for Rita."""
        every = minutes(5) if remind else None
        levels = [level(f"Level {n}", *who, remind_every=every) for n, who in enumerate(contacts, start=1)]
        own = path(levels=levels, repeat=repeat, owner=contact("U_PAT") if owned else None)
        way = route(path=own, rules=rules(escalation_manager=contact("U_BOSS")))
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
        self.gone ^= {who}

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
        assert bool(plan(self._issue)) is (self._issue.asking or self._issue.state is State.RESOLVED)
        assert self._issue.state is not State.OPEN or plan(self._issue)

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
        for _ in range(60):
            if self._issue.position.stage is Stage.CATCH_ALL or not plan(self._issue):
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
        timer = min(plan(self._issue), key=lambda one: (one.due_at, one.kind is not TimerKind.ASK))
        self.now = max(self.now, timer.due_at) + late
        self._happens(self._effect(timer))

    def _effect(self, timer: Timer) -> Change:
        match timer.kind:
            case TimerKind.ASK:
                return asking.ask_people(self._issue, self._look_up(), self.now)
            case TimerKind.LEVEL_END:
                return escalation.end_level(self._issue, self.now, Cause.TIMER)
            case TimerKind.REMIND:
                return reminding.remind(self._issue, self.now)
            case TimerKind.NAG:
                return reminding.nag(self._issue, self.now)
            case TimerKind.CLOSE:
                return closing.close(self._issue, self.now)

    def _look_up(self) -> list[Looked]:
        found: list[Looked] = []
        for one in contacts_to_ask(self._issue):
            target: Target = LOOK_UP[one.kind](one.value)
            there = target.id not in self.gone
            found.append(Looked(one, (target,) if there else (), "" if there else "left"))
        return found

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
        if event.kind in ENTERED:
            rung = 9 if event.kind is EventKind.CATCH_ALL else int(event.data["level"])
            place = self._issue.opening, int(event.data["round"]), rung
            assert place >= self.place, "the ladder only climbs"
            assert place[0] == 1 or rung > 1 or event.text("cause") != "timer"
            self.place = place

    def _messages(self, before: Issue | None, change: Change) -> None:
        for one in told(before, change):
            if one.op is Op.POST:
                assert one.key not in self.posted, f"{one.key} would be taken for a repeat"
                self.posted.add(one.key)
            if one.kind is NoticeKind.REQUESTER:
                assert not JARGON.search(load_sentence(one.text("sentence")).plain())


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
