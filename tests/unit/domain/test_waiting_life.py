"""A whole life in which it waits now and then: never for ever, a ping still out keeps its time, and nothing is lost."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from bot.domain import waiting
from bot.domain.events import EventKind
from bot.domain.issue import Change
from bot.domain.span import span
from bot.domain.timers import TimerKind, plan
from bot.domain.waiting_time import keeps_time
from tests.tries import tries
from tests.unit.domain.test_life import Life, people

OF_THE_LEVEL = {TimerKind.LEVEL_END, TimerKind.REMIND, TimerKind.NAG}


class WaitingLife(Life):
    """Its path lets it wait for two hours; beside the requester a supplier may be waited for."""

    @rule(who=people, reason=st.sampled_from(["requester", "A supplier", "The weather"]))
    def let_wait(self, who: str, reason: str) -> None:
        """Somebody who works on it, or does not."""
        self._tries(lambda one: waiting.wait(one, self._actor(who), reason, "Which one?", self.now))

    @rule(reason=st.sampled_from(["requester", "A supplier"]))
    def owner_waits(self, reason: str) -> None:
        """Whoever has it."""
        if self._issue.owner:
            self.let_wait(self._issue.owner, reason)

    @rule(who=people)
    def go_on(self, who: str) -> None:
        """Somebody ends it."""
        self._tries(lambda one: waiting.go_on(one, self._actor(who), self.now))

    @rule(who=people)
    def answer(self, who: str) -> None:
        """The requester, or somebody else."""
        self._tries(lambda one: waiting.answer(one, self._actor(who), "This one.", self.now))

    @invariant()
    def an_open_issue_is_never_forgotten(self) -> None:
        """While it waits its level stands still, and the end of the waiting will move it."""
        if not keeps_time(self._issue):
            super().an_open_issue_is_never_forgotten()
        else:
            assert any(one.kind is TimerKind.WAIT_END for one in plan(self._issue))

    def _happens(self, change: Change) -> None:
        if self.issue is None:
            way = change.issue.route
            way = replace(
                way,
                path=replace(way.path, wait_at_most=span("2h")),
                rules=replace(way.rules, wait_reasons=("A supplier",)),
            )
            change = Change(replace(change.issue, route=way), change.events)
        super()._happens(change)
        kinds = [one.kind for one in plan(self._issue)]
        assert (TimerKind.WAIT_END in kinds) is (self._issue.waiting is not None), "it does not wait for ever"
        if keeps_time(self._issue):
            assert not set(kinds) & OF_THE_LEVEL, "a ping still out keeps its time"
        pauses = self._issue.clocks.pauses
        assert all(one.end and one.start <= one.end <= later.start for one, later in pairwise(pauses))
        if any(one.kind is EventKind.WENT_ON for one in change.events):
            assert self._issue.waiting is None


TestWaitingLife = WaitingLife.TestCase
TestWaitingLife.settings = tries(16, stateful_step_count=25)
