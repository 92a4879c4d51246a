"""A dry run as a picture: steps that climb as time goes by, each with who is asked and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from bot.adapters.charts.lettering import Lettering
from bot.domain.dry_run import Ladder
from bot.domain.wording.ladder import title
from bot.domain.wording.ladder_steps import Step, StepKind, steps, subtitles

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, DPI = 1200, 100
Form = Literal["png", "svg"]

_MARGIN, _PAD = 36, 22
_HEAD, _FOOT = 160, 24
_TITLES = 38, 34, 30, 27
_TALLEST, _ALL = 160, 640  # the height of one step, and of all together
_GAP, _LINE = 6, 1.32
_ROLE = 160  # a role with less room is left out
_FIRST, _LAST = 176, 560  # where the slabs of the first and of the last step begin
_WIDEST_TREAD = 84
_INK, _SOFT, _PAPER = "#1c2733", "#4d5b6b", "#ffffff"


@dataclass(frozen=True, slots=True)
class _Look:
    face: str
    edge: str
    line: str = "solid"


_LOOKS = {
    StepKind.ASKED: _Look("#dcebf7", "#2b6ca3"),
    StepKind.HELD: _Look("#fdf3d7", "#a87900"),
    StepKind.SKIPPED: _Look("#f3f4f6", "#7b8794", "dashed"),
    StepKind.SUM: _Look("#e8e6f6", "#5d54a4"),
    StepKind.END: _Look("#fbdcd6", "#b3321c"),
}


def ladder_picture(ladder: Ladder, names: Mapping[str, str] | None = None, form: Form = "png") -> bytes:
    """The ladder, 1200 pixels wide and up to 824 high, in the workspace's time zone; people by `names`, by user id.

    The same ladder gives the same bytes. It takes a quarter of a second of one processor: call it in a thread.
    """
    import matplotlib

    figure, out = ladder_figure(ladder, names), BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "rung", "svg.fonttype": "path"}):
        figure.savefig(out, format=form, dpi=DPI, metadata=_about(ladder, form))
    return out.getvalue()


def ladder_figure(ladder: Ladder, names: Mapping[str, str] | None = None) -> "Figure":
    """The same before it is made into a file."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    some = steps(ladder, names or {})
    step = min(_TALLEST, _ALL / len(some))
    height = round(_HEAD + len(some) * step + _FOOT)
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=_PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.set_axis_off()
    canvas: Any = FigureCanvasAgg(figure)
    lettering = Lettering(axes, canvas.get_renderer())
    _head(lettering, ladder, height)
    _stairs(lettering, some, step)
    return figure


def _about(ladder: Ladder, form: Form) -> dict[str, str | None]:
    """Nothing that differs from one drawing to the next."""
    return {"Title": title(ladder), "Date": None} if form == "svg" else {"Software": None}


def _head(lettering: Lettering, ladder: Ladder, top: float) -> None:
    """The title as large as it fits on one line, else on two; two lines in soft colour below."""
    room, words = WIDTH - 2 * _MARGIN, title(ladder)
    size = next((one for one in _TITLES if lettering.width(words, one, bold=True) <= room), None)
    lines = [words] if size else lettering.wrapped(words, _TITLES[-1], room, 2, bold=True)
    y = top - 62 + 20 * (len(lines) - 1)
    for number, line in enumerate(lines):
        lettering.write(_MARGIN, y - 34 * number, line, size or _TITLES[-1], color=_INK, bold=True)
    for number, line in enumerate(subtitles(ladder)):
        lettering.write(_MARGIN, top - 106 - 31 * number, line, 23, color=_SOFT, room=room)


def _stairs(lettering: Lettering, some: Sequence[Step], height: float) -> None:
    """From the bottom left up to the right."""
    tread = min(_WIDEST_TREAD, (_LAST - _FIRST) / max(1, len(some) - 1))
    day = ""
    for number, step in enumerate(some):
        slab = _Slab(lettering, _FIRST + number * tread, _FOOT + number * height, height - _GAP)
        slab.draw(step)
        slab.write_time(step, with_day=step.day != day)
        day = step.day


@dataclass(frozen=True, slots=True)
class _Slab:
    """One step's place: its left lower corner and its height. It reaches to the right margin."""

    lettering: Lettering
    left: float
    bottom: float
    height: float

    def draw(self, step: Step) -> None:
        """The slab and what is written on it: name and until when, then its lines as far as they fit."""
        self._box(_LOOKS[step.kind])
        left, right = self.left + _PAD, WIDTH - _MARGIN - _PAD
        big, small = min(30.0, self.height * 0.26), min(24.0, self.height * 0.2)
        y = self.bottom + self.height - _PAD / 2 - big
        self._name(step, left, right, y, big, small)
        for line in self._lines(step.lines, big, small, right - left):
            y -= small * _LINE
            self.lettering.write(left, y, line, small, color=_INK)

    def write_time(self, step: Step, *, with_day: bool) -> None:
        """Beside the riser: when the step begins, and which day that is."""
        x, middle = self.left - 14, self.bottom + self.height / 2
        self.lettering.write(
            x, middle - (20 if with_day else 10), step.time, 28, color=_INK, bold=True, right=True
        )
        if with_day:
            self.lettering.write(x, middle + 14, step.day, 20, color=_SOFT, right=True)

    def _box(self, look: _Look) -> None:
        from matplotlib.patches import Rectangle

        width = WIDTH - _MARGIN - self.left
        box = Rectangle(
            (self.left, self.bottom), width, self.height, facecolor=look.face, edgecolor=look.edge
        )
        box.set(linewidth=1.5, linestyle=look.line)
        self.lettering.axes.add_patch(box)
        riser = Rectangle((self.left, self.bottom), 8, self.height, facecolor=look.edge, linewidth=0)
        self.lettering.axes.add_patch(riser)

    def _name(self, step: Step, left: float, right: float, y: float, big: float, small: float) -> None:
        """The name, its role where there is room for it, and until when at the right."""
        letters = self.lettering
        letters.write(right, y, step.until, small, color=_INK, bold=True, right=True)
        end = right - letters.width(step.until, small, bold=True) - _PAD
        name = letters.fitted(step.name, big, end - left, bold=True)
        letters.write(left, y, name, big, color=_INK, bold=True)
        role = left + letters.width(name, big, bold=True) + _PAD
        if end - role > _ROLE:
            letters.write(role, y, step.role, small, color=_SOFT, room=end - role)

    def _lines(self, texts: Sequence[str], big: float, small: float, width: float) -> Sequence[str]:
        """Wrapped as far as there is room below the name; what has no line of its own goes on the last one."""
        room = int((self.height - _PAD / 2 - big) // (small * _LINE))
        texts = [*texts[: room - 1], " · ".join(texts[room - 1 :])] if len(texts) > room else texts
        lines: list[str] = []
        for number, text in enumerate(texts, start=1):
            most = room - len(lines) - (len(texts) - number)
            lines += self.lettering.wrapped(text, small, width, most)
        return lines
