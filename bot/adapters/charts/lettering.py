"""Text in pictures: measured, shortened to the room there is, and drawn as it was typed."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that pictures look the same everywhere."""
OTHERS = (
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Sans CJK KR",
    "Noto Sans JP",
    "Noto Sans SC",
    "Noto Sans KR",
    "Source Han Sans",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "IPAGothic",
    "Droid Sans Fallback",
    "Hiragino Sans",
    "Microsoft YaHei",
    "Arial Unicode MS",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Noto Emoji",
)
"""Where letters are looked for that the first has not; those of them that the machine has."""
UNKNOWN = "\u25a1"
"""Drawn for a letter that no font has."""
_POINTS = 72


class Measuring(Protocol):
    """What draws, as far as it can say how wide a text becomes."""

    @property
    def dpi(self) -> float: ...

    def get_text_width_height_descent(
        self, s: str, prop: "FontProperties", ismath: bool
    ) -> tuple[float, float, float]:
        """In pixels."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Writes on axes whose units are the pixels of `renderer`. Sizes and widths are pixels."""

    axes: "Axes"
    renderer: Measuring

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        color: str,
        bold: bool = False,
        right: bool = False,
        room: float = float("inf"),
    ) -> None:
        """One line standing on `y` that begins at `x`, or ends there; cut with ``…`` where wider than `room`."""
        line = self.fitted(text, size, room, bold=bold)
        if not line:
            return
        self.axes.text(
            x,
            y,
            line,
            fontproperties=self._font(line, size, bold),
            color=color,
            horizontalalignment="right" if right else "left",
            verticalalignment="baseline",
            parse_math=False,
        )

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a line is."""
        line = readable(text)
        if not line:
            return 0
        width, _, _ = self.renderer.get_text_width_height_descent(line, self._font(line, size, bold), False)
        return width

    def fitted(self, text: str, size: float, room: float, *, bold: bool = False) -> str:
        """As much of the text as there is room for on one line, in letters that can be drawn."""
        line = readable(text)
        if self.width(line, size, bold=bold) <= room:
            return line
        low, high = 0, len(line)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(_cut(line, middle), size, bold=bold) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return _cut(line, low) if low else ""

    def wrapped(self, text: str, size: float, room: float, most: int, *, bold: bool = False) -> list[str]:
        """The text on as many lines as it takes, at most `most`: broken at blanks, and the last one cut."""
        lines: list[str] = []
        words = readable(text).split(" ")
        while words and len(lines) < most - 1:
            count = self._count(words, size, room, bold)
            if not count:
                break
            lines.append(" ".join(words[:count]))
            words = words[count:]
        return [*lines, self.fitted(" ".join(words), size, room, bold=bold)] if words else lines

    def _count(self, words: Sequence[str], size: float, room: float, bold: bool) -> int:
        """How many words fit on one line."""
        counts = range(1, len(words) + 1)
        return bisect_right(counts, room, key=lambda n: self.width(" ".join(words[:n]), size, bold=bold))

    def _font(self, text: str, size: float, bold: bool) -> "FontProperties":
        from matplotlib.font_manager import FontProperties

        points = size * _POINTS / self.renderer.dpi
        return FontProperties(family=list(_families(text)), size=points, weight="bold" if bold else "normal")


def readable(text: str) -> str:
    """The text on one line, with a box for every letter that cannot be drawn."""
    line = " ".join(text.split())
    missing = set(line) - _letters(FAMILY)
    for family in _others() if missing else ():
        missing -= _letters(family)
    return "".join(UNKNOWN if letter in missing else letter for letter in line)


def _cut(line: str, length: int) -> str:
    return line[:length].rstrip() + "…"


def _families(text: str) -> Iterator[str]:
    """The first family, and what else it takes to draw this text."""
    yield FAMILY
    missing = set(text) - _letters(FAMILY)
    for family in _others() if missing else ():
        if missing & _letters(family):
            yield family
            missing -= _letters(family)


@cache
def _others() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager

    known = set(fontManager.get_font_names())
    return tuple(one for one in OTHERS if one in known)


@cache
def _letters(family: str) -> frozenset[str]:
    """What both weights of a family can draw."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    paths = [findfont(FontProperties(family=[family], weight=weight)) for weight in ("normal", "bold")]
    return frozenset.intersection(*(frozenset(map(chr, get_font(path).get_charmap())) for path in paths))
