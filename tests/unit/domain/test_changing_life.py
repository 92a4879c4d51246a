"""A whole life in which people keep changing what it is about: never forgotten, never lost, never later."""

from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.domain.changing import change_facts
from bot.domain.clocks import ClockKind
from bot.domain.events import EventKind
from bot.domain.issue import Change, Issue
from bot.domain.matrix.model import Priority, PublishedMatrix, TargetRule
from bot.domain.targets import due_at
from tests.builders import contact, level, matrix, minutes, office, path, published, target
from tests.tries import tries
from tests.unit.domain.test_life import Life, people

WANTED = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["payments", "hardware"]),
        "impact": st.sampled_from(["everyone", "some"]),
        "urgency": st.sampled_from(["now", "soon"]),
        "priority": st.sampled_from(["", "p1", "p3"]),
    },
)
PRIORITIES = (
    Priority("p1", "Urgent", 0, None, (contact("U_4"),)),
    Priority("p2", "High", 1),
    Priority("p3", "Low", 2),
)


class ChangingLife(Life):
    """A matrix of two paths, both of which the issue may come to."""

    @rule(who=people, wanted=WANTED, reason=st.sampled_from(["", "so it is"]))
    def change(self, who: str, wanted: dict[str, str], reason: str) -> None:
        """Somebody says that it is about something else."""
        known = self._version()
        self._tries(lambda one: change_facts(one, self._actor(who), wanted, known, self.now, reason))

    def _version(self) -> PublishedMatrix:
        """Its first path is the one it was raised on."""
        if not hasattr(self, "version"):
            route = self._issue.route
            other = path(
                "Other", [level("Other desk", "oncall:care", "U_2"), level("Other lead", "U_3")], repeat=1
            )
            rules = () if route.target is None else (_sooner(route.target), route.target)
            self.version = published(
                1,
                matrix(
                    path("Payments", route.levels, match={"type": ("payments",)}, repeat=route.path.repeat),
                    other,
                    workspace=route.rules,
                    priorities=PRIORITIES,
                    targets=rules,
                    calendars=(office(),),
                ),
            )
        return self.version

    def _happens(self, change: Change) -> None:
        before = self.issue
        super()._happens(change)
        if before is not None and any(one.kind is EventKind.CHANGED for one in change.events):
            _nothing_lost(before, change.issue)


def _sooner(rule_: TargetRule) -> TargetRule:
    return target("5m", "30m", calendar=rule_.calendar, priority="p1")


def _nothing_lost(before: Issue, after: Issue) -> None:
    """Whoever has it keeps it, deadlines and breaches stay, and the same level has no more time than before."""
    assert (after.state, after.owner, after.responded_at) == (before.state, before.owner, before.responded_at)
    assert after.clocks.pauses == before.clocks.pauses
    for kind in ClockKind:
        was, now = due_at(before, kind), due_at(after, kind)
        assert was is None or (now is not None and now <= was)
        assert after.clocks.of(kind).breaches == before.clocks.of(kind).breaches
    if after.epoch == before.epoch:
        assert _end(after) <= _end(before)


def _end(one: Issue) -> datetime:
    return one.position.ends_at or one.position.started_at + minutes(60 * 24 * 365)


TestChangingLife = ChangingLife.TestCase
TestChangingLife.settings = tries(24, stateful_step_count=25)
