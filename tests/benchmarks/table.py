"""What came out: one row per question, with the floor, Rung, their ratio and the goal."""

from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = ("what", "floor", "Rung", "ratio", "goal", "ok?")


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound for a figure. `most` False: at least so much."""

    bound: float
    most: bool = False
    unit: str = "x"

    def met_by(self, figure: float) -> bool:
        """Whether the figure keeps it."""
        return figure <= self.bound if self.most else figure >= self.bound

    def __str__(self) -> str:
        return f"{'<=' if self.most else '>='} {self.bound:g}{'' if self.unit == 'x' else ' '}{self.unit}"


def at_least(bound: float, unit: str = "x") -> Goal:
    """Not less than this."""
    return Goal(bound, False, unit)


def at_most(bound: float, unit: str = "x") -> Goal:
    """Not more than this."""
    return Goal(bound, True, unit)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `judged` is what the goal is about: the ratio, unless it is an absolute figure."""

    what: str
    floor: float | None
    rung: float
    unit: str
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        """Rung to floor."""
        return self.rung / self.floor if self.floor else None

    def cells(self) -> tuple[str, ...]:
        """As text, in the order of the headings."""
        floor = "" if self.floor is None else f"{figure(self.floor)} {self.unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}x"
        goal = "" if self.goal is None else str(self.goal)
        return self.what, floor, f"{figure(self.rung)} {self.unit}", ratio, goal, self._verdict()

    def _verdict(self) -> str:
        if self.goal is None:
            return ""
        judged = self.ratio if self.goal.unit == "x" else self.rung
        return "yes" if judged is not None and self.goal.met_by(judged) else "NO"


def figure(value: float) -> str:
    """Three figures that matter."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def as_text(rows: Sequence[Row]) -> str:
    """A Markdown table with straight columns."""
    cells = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    lines = [_line(line, widths) for line in cells]
    rule = "|".join(["", *("-" * (width + 2) for width in widths), ""])
    return "\n".join([lines[0], rule, *lines[1:]])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"
