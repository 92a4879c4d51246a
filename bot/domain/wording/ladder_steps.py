"""The dry run as a staircase: a few short texts for each step, so that it can be drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.contacts import ContactKind
from bot.domain.dry_run import Fate, Ladder, Rung
from bot.domain.dry_run_people import Absent, Asked
from bot.domain.matrix.diff_words import who
from bot.domain.wording.ladder import NAMELESS, in_zone
from bot.domain.words import duration

MOST_STEPS = 6
"""So many can be read on a phone; what does not fit is summed up."""
_TIMES = ("once more", "twice more")


class StepKind(StrEnum):
    """What a step is, which decides how it looks."""

    ASKED = "asked"
    HELD = "held"
    SKIPPED = "skipped"
    SUM = "sum"  # several turns in one
    END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when it begins (day and time of day), what it is, and until when (empty: without end)."""

    kind: StepKind
    day: str
    time: str
    name: str
    role: str
    lines: tuple[str, ...]
    until: str = ""


def steps(ladder: Ladder, names: Mapping[str, str] = NAMELESS) -> list[Step]:
    """From the first level to the catch-all, in the workspace's time zone; people by `names`."""
    return list(_Stairs(ladder, names).steps())


def subtitles(ladder: Ladder) -> tuple[str, str]:
    """Two lines: the path; and ``Answer due 03:15 · solution due Mon 2 Mar 07:00 · Europe/London time``."""
    what = {"respond": "answer", "resolve": "solution"}
    dues = [f"{what[one.name]} due {_moment(one.due, ladder.at, ladder.zone)}" for one in ladder.dues]
    line = " · ".join([*dues, f"{ladder.zone} time"])
    return f"Path: {ladder.route.path.name}", line[:1].upper() + line[1:]


@dataclass(frozen=True, slots=True)
class _Stairs:
    ladder: Ladder
    names: Mapping[str, str]

    def steps(self) -> Iterator[Step]:
        """The first time each level by itself, as far as there is room; repeats are one step."""
        first = [one for one in self.ladder.rungs if not one.round]
        again = [one for one in self.ladder.rungs if one.round]
        room = MOST_STEPS - 1 - bool(again)
        shown = first if len(first) <= room else first[: room - 1]
        yield from (self._rung(one) for one in shown)
        if rest := first[len(shown) :]:
            yield self._sum(f"{len(rest)} more levels", rest, ", ".join(one.level.name for one in rest))
        if again:
            times = self.ladder.route.path.repeat
            often = _TIMES[times - 1] if times <= len(_TIMES) else f"{times} times more"
            yield self._sum("Again from level 1", again, f"the whole ladder, {often}")
        yield self._end()

    def _rung(self, one: Rung) -> Step:
        missing = [self._absent(absent) for absent in one.absent]
        asked = self._asked(one.asked, one.start)
        match one.fate:
            case Fate.ASKED:
                lines = [asked, *missing]
            case Fate.HELD:
                lines = [f"waits: {', '.join(missing)}", *([f"then {asked}"] if asked else [])]
            case Fate.SKIPPED:
                lines = [f"skipped: {', '.join(missing)}"]
        until = self._until(one.reached, one.end) if one.fate is not Fate.SKIPPED else ""
        name = f"{one.number}. {one.level.name}"
        return self._step(StepKind(one.fate), one.reached, name, lines, until, one.level.role)

    def _sum(self, name: str, some: Sequence[Rung], line: str) -> Step:
        start, end = some[0].reached, some[-1].end
        return self._step(StepKind.SUM, start, name, [line], self._until(start, end))

    def _end(self) -> Step:
        end = self.ladder.catch_all
        asked = self._asked(end.asked, end.start)
        every = f"every {duration(end.nag_every.clock)} until somebody takes it"
        missing = [self._absent(one) for one in end.absent]
        return self._step(StepKind.END, end.start, "UNANSWERED", [asked or "nobody", every, *missing])

    def _step(
        self, kind: StepKind, at: datetime, name: str, lines: Sequence[str], until: str = "", role: str = ""
    ) -> Step:
        local = at.astimezone(ZoneInfo(self.ladder.zone))
        day = f"{local:%a} {local.day} {local:%b}"
        return Step(kind, day, f"{local:%H:%M}", name, role, tuple(lines), until)

    def _asked(self, some: Sequence[Asked], start: datetime) -> str:
        """Those of the beginning, then those who come on duty later."""
        now = ", ".join(self._person(one) for one in some if one.start <= start)
        later = [
            f"from {_moment(one.start, start, self.ladder.zone)} also {self._person(one)}"
            for one in some
            if one.start > start
        ]
        return "; ".join(one for one in (now, *later) if one)

    def _person(self, one: Asked) -> str:
        name = in_zone(who(one.person or one.contact), self.ladder.zone, self.names)
        if one.contact.kind is not ContactKind.ONCALL or one.end is None:
            return name
        return f"{name} (on call until {_moment(one.end, one.start, self.ladder.zone)})"

    def _absent(self, one: Absent) -> str:
        if one.contact.kind is not ContactKind.ONCALL:
            return "can't be reached: " + in_zone(who(one.contact), self.ladder.zone)
        again = f" until {_moment(one.again, None, self.ladder.zone)}" if one.again else ""
        return f"nobody on call for {one.name}{again}"

    def _until(self, start: datetime, end: datetime) -> str:
        return f"until {_moment(end, start, self.ladder.zone)}"


def _moment(at: datetime, since: datetime | None, zone: str) -> str:
    """``03:15``, with its day where that is not the day of `since`."""
    local = at.astimezone(ZoneInfo(zone))
    if since is not None and since.astimezone(ZoneInfo(zone)).date() == local.date():
        return f"{local:%H:%M}"
    return f"{local:%a} {local.day} {local:%b %H:%M}"
