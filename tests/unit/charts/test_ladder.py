"""The picture of a dry run: a file that is always the same, with every text readable and as it was typed."""

import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pytest

from bot.adapters.charts.ladder import WIDTH, ladder_figure, ladder_picture
from bot.domain.dry_run import Ladder
from bot.domain.issue import Target, TargetKind
from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import IfNobody, Named, Path
from bot.usecases.rows import Resolved
from tests.unit.domain.dry_runs import document, level, try_it, who

HANDOVER = datetime(2026, 3, 2, 8, 50, tzinfo=UTC)
LONG = "the department of operations, refunds and everything else in the north-western region and its islands"
HARD = "$x^2$ costs 5 $ \\alpha 日本語の名前 🙂 \u05e9\u05dc\u05d5\u05dd e\u0301 \u200b tab\there"


def many(name: str, levels: int = 6, repeat: int = 3, **changes: Any) -> Ladder:
    """A ladder whose every text is long, or hard to draw."""
    contacts = ("oncall:care-leads", "group:" + "g" * 70, "#" + "c" * 70, "@" + "a" * 70)
    rungs = tuple(level(f"{name} {n}", *contacts, within="7h", role=name) for n in range(levels))
    services, clients = (Named("billing", name),), (Named("acme", name),)
    matrix = document(Path(name, rungs, repeat=repeat), services=services, clients=clients)
    return try_it(matrix, Kind("quality", "high", "now", "billing", "acme"), **changes)


def long_wait() -> Ladder:
    """A level that waits, with more to say than there is room for."""
    names = [f"group:{letter * 70}" for letter in "abc"]
    gone = {who(name): Resolved(who(name), (), "gone") for name in names}
    waiting = level("Night", "oncall:duty", *names, if_nobody=IfNobody.HOLD)
    return try_it(document(Path("Wait", (waiting,) * 4, repeat=1)), Kind("tools", "low", "now"), looked=gone)


def with_role(name: str) -> Ladder:
    """A level with a long role."""
    return try_it(document(Path("Roles", (level(name, "@ann", role=LONG),))))


LADDERS: dict[str, Callable[[], Ladder]] = {
    "an ordinary one": lambda: try_it(),
    "a handover": lambda: try_it(at=HANDOVER),
    "a level that waits": lambda: try_it(kind=Kind("tools", "low", "now")),
    "a level that is skipped": lambda: try_it(kind=Kind("tools", "high", "now")),
    "long names": lambda: many(LONG),
    "long names without blanks": lambda: many("m" * 90, levels=2, repeat=0),
    "a long role": lambda: with_role("Desk"),
    "much to say of a wait": long_wait,
    "names that are hard to draw": lambda: many(HARD),
    "many repeats of one level": lambda: many("Desk", levels=1, repeat=9),
}
FIGURES: dict[int, Any] = {}


def figure_of(ladder: Ladder) -> Any:
    """Drawn once; `ladder` is one of the parameters below, which last."""
    return FIGURES.get(id(ladder)) or FIGURES.setdefault(id(ladder), ladder_figure(ladder))


every_ladder = pytest.mark.parametrize("ladder", [make() for make in LADDERS.values()], ids=LADDERS)


def drawn(ladder: Ladder, names: Mapping[str, str] | None = None) -> list[str]:
    """All texts of the picture."""
    (axes,) = ladder_figure(ladder, names).axes
    return [text.get_text() for text in axes.texts]


@every_ladder
def test_no_text_is_clipped_and_none_lies_on_another(ladder: Ladder) -> None:
    figure = figure_of(ladder)
    (axes,) = figure.axes
    boxes = [(text.get_text(), text.get_window_extent()) for text in axes.texts]
    _, height = figure.canvas.get_width_height()
    for text, box in boxes:
        assert 0 < box.x0 < box.x1 < WIDTH and 0 < box.y0 < box.y1 < height, text
    for (one, first), (other, second) in combinations(boxes, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        along = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert across <= 0 or along <= 1, f"{one!r} lies on {other!r}"


@every_ladder
def test_every_text_below_the_title_is_on_its_step_or_beside_it(ladder: Ladder) -> None:
    (axes,) = figure_of(ladder).axes
    slabs = [box.get_window_extent() for box in axes.patches if box.get_width() > 10]
    highest = max(slab.y1 for slab in slabs)
    for text in axes.texts:
        box = text.get_window_extent()
        rows = [slab for slab in slabs if slab.y0 < box.y0 and box.y1 < slab.y1]
        on_it = any(slab.x0 < box.x0 and box.x1 < slab.x1 for slab in rows)
        beside = any(box.x1 < slab.x0 for slab in rows)
        assert on_it or beside or box.y0 > highest, text.get_text()


def test_a_png_is_as_wide_as_it_says_and_always_the_same() -> None:
    picture = ladder_picture(many(HARD))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert (width, height) == (1200, 824)
    assert ladder_picture(many(HARD)) == picture


def test_an_svg_is_always_the_same_and_bears_its_title() -> None:
    picture = ladder_picture(try_it(), form="svg")
    assert "<title>If “Billing” (P1) came Sunday 1 March 03:00</title>" in picture.decode()
    assert ladder_picture(try_it(), form="svg") == picture


def test_what_is_written() -> None:
    assert drawn(try_it(at=HANDOVER)) == [
        "If “Billing” (P1) came Monday 2 March 08:50",
        "Path: Customer care",
        "Answer due 09:05 · solution due 12:50 · Europe/London time",
        "until 09:07",
        "1. Team lead",
        "Owns the first answer",
        "omar@example.com (on call until 09:00); from 09:00 also",
        "maya@example.com (on call until Mon 9 Mar 09:00)",
        "08:50",
        "Mon 2 Mar",
        "until 09:37",
        "2. Managers",
        "the group ops, #ops-desk",
        "09:07",
        "until 10:22",
        "Again from level 1",
        "the whole ladder, once more",
        "09:37",
        "UNANSWERED",
        "dina@example.com (on call until 17:00), #escalations",
        "every 15 min until somebody takes it",
        "10:22",
    ]


def test_typed_text_is_drawn_as_it_was_typed() -> None:
    path = Path("One", (level("$x^2$ \\frac{1}{2} & <b>", "@ann"),))
    assert "1. $x^2$ \\frac{1}{2} & <b>" in drawn(try_it(document(path)))
    (axes,) = ladder_figure(try_it(document(path))).axes
    assert not any(text.get_parse_math() for text in axes.texts)


def test_letters_that_cannot_be_drawn_are_boxes() -> None:
    path = Path("One", (level("\U0001f642 \ue000x", "@ann"),))
    assert "1. □ □x" in drawn(try_it(document(path)))


def test_a_role_is_shown_as_far_as_there_is_room() -> None:
    def roles(name: str) -> list[str]:
        return [text for text in drawn(with_role(name)) if text.startswith("the ")]

    assert [role[:14] + role[-1] for role in roles("Desk")] == ["the department…"]
    assert roles("D" * 25) == [], "not even a word or two of it"


def test_people_have_their_names() -> None:
    looked = {who("@lee"): Resolved(who("@lee"), (Target(TargetKind.USER, "U1"),))}
    ladder = try_it(document(Path("One", (level("One", "@lee"),))), looked=looked)
    assert "Lee" in drawn(ladder, {"U1": "Lee"})
    assert "@U1" in drawn(ladder)


def test_what_does_not_fit_is_summed_up() -> None:
    texts = drawn(many("Desk"))
    assert [text for text in texts if text.startswith("1.") or "level" in text] == [
        "1. Desk 0",
        "3 more levels",
        "Again from level 1",
    ]
    assert "the whole ladder, 3 times more" in texts
    assert "Desk 3, Desk 4, Desk 5" in texts
