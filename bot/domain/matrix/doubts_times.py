"""Doubts about times: levels that are slower than the target, timers that stand still, levels that cannot wait."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.domain.contacts import ContactKind
from bot.domain.matrix.flaw import Flaw, Rule, Where, note, warning
from bot.domain.matrix.kinds import Kinds, kinds_of
from bot.domain.matrix.measure import Measure
from bot.domain.matrix.model import IfNobody, Level, Matrix, Path, TargetRule
from bot.domain.matrix.parts import paths_at
from bot.domain.matrix.phrases import quoted
from bot.domain.matrix.week import bits_of, longest_run

_Targets = Sequence[tuple[int, TargetRule]]
"""Targets with their positions."""


def times(matrix: Matrix) -> Iterator[Flaw]:
    """Each level against the targets of the issues its path takes, where these can be told."""
    kinds = kinds_of(matrix)
    look = _Look(matrix, kinds)
    shares = kinds.own(path.match for path in matrix.paths) if kinds is not None else [0] * len(matrix.paths)
    for (where, path), share in zip(paths_at(matrix), shares, strict=True):
        answered = look.answered(share)
        for number, level in enumerate(path.levels):
            at: Where = (*where, "levels", number)
            yield from look.late(level, at, answered)
            yield from look.stands_still(level, at, answered)
            yield from _holds(level, at)
        yield from _most_urgent(matrix, kinds, share, path, where)


def _holds(level: Level, where: Where) -> Iterator[Flaw]:
    scheduled = any(one.kind is ContactKind.ONCALL for one in level.contacts)
    if level.if_nobody is IfNobody.HOLD and not scheduled:
        sentence = (
            '"hold" waits until somebody is on call, but no contact of this level is a schedule. '
            'Add one, such as "oncall:duty", or remove if_nobody.'
        )
        yield warning(Rule.NOT_HELD, (*where, "if_nobody"), sentence)


def _most_urgent(matrix: Matrix, kinds: Kinds | None, share: int, path: Path, where: Where) -> Iterator[Flaw]:
    top = next((one.key for one in matrix.priorities if one.rank == 0), "")
    if kinds is None or not share & kinds.fit({"priority": (top,)}):
        return
    for number, level in enumerate(path.levels):
        if level.if_nobody is IfNobody.HOLD:
            sentence = (
                f"Priority {quoted(top)} never waits: when nobody is on call, its issues skip this level at once. "
                "All others are held."
            )
            yield note(Rule.NOT_HELD, (*where, "levels", number, "if_nobody"), sentence)


class _Look:
    """What is compared again and again, looked at once."""

    def __init__(self, matrix: Matrix, kinds: Kinds | None) -> None:
        self._matrix = matrix
        self._measure = Measure(matrix)
        self._left_out: dict[tuple[str, str], timedelta] = {}
        self._shares = kinds.own(one.match for one in matrix.targets) if kinds is not None else []

    def answered(self, share: int) -> _Targets:
        """The targets with a time to answer that issues of these kinds can have."""
        each = zip(
            enumerate(self._matrix.targets), self._shares, strict=False
        )  # none, where kinds are unknown
        return [(number, one) for (number, one), own in each if own & share and one.respond is not None]

    def late(self, level: Level, where: Where, targets: _Targets) -> Iterator[Flaw]:
        """A first level with more time than a target has, or any level with more time than all targets have."""
        slow = [(number, one) for number, one in targets if self._slower(level, one)]
        first = where[-1] == 0
        if not slow or (not first and len(slow) < len(targets)):
            return
        number, target = slow[0] if first else max(slow, key=lambda one: self._due(one[1]))
        why = "Nobody else is asked before that" if first else "No target of this path is slower"
        sentence = (
            f"{level.acknowledge_within} is longer than target {number + 1} has for an answer ({target.respond}). "
            f"{why}. Use a shorter time, or give the target more."
        )
        yield warning(Rule.LATE, (*where, "acknowledge_within"), sentence)

    def _slower(self, level: Level, target: TargetRule) -> bool:
        taken = self._measure.takes(level.acknowledge_within, level.calendar)
        return taken is not None and taken > self._due(target)

    def _due(self, target: TargetRule) -> timedelta:
        assert target.respond is not None  # only targets with a time to answer are looked at
        return self._measure.takes(target.respond, target.calendar) or timedelta.max

    def stands_still(self, level: Level, where: Where, targets: _Targets) -> Iterator[Flaw]:
        """The hours of a level leave out so much of a target's hours that the target can pass meanwhile."""
        for number, target in targets:
            if level.calendar is not None and self._passes(level.calendar, target):
                sentence = (
                    f"Target {number + 1} counts in calendar {quoted(target.calendar)}, this level in "
                    f"{quoted(level.calendar)}: outside of those hours the target can pass before the next level is "
                    "asked. Use a calendar with the same hours or more."
                )
                yield warning(Rule.STANDS_STILL, (*where, "calendar"), sentence)
                return

    def _passes(self, key: str, target: TargetRule) -> bool:
        assert target.respond is not None
        pair = (target.calendar, key)
        if pair not in self._left_out:
            self._left_out[pair] = self._longest_left_out(*pair)
        return self._left_out[pair] >= target.respond.clock

    def _longest_left_out(self, of: str, by: str) -> timedelta:
        """The longest stretch of one calendar without a minute of the other; none across time zones."""
        one, other = self._matrix.calendar(of), self._matrix.calendar(by)
        if other.always or (one.timezone != other.timezone and not one.always):
            return timedelta(0)
        return timedelta(minutes=longest_run(bits_of(one.week) & ~bits_of(other.week)))
