"""Schedules that work and yet look odd."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.calendar import Day, Hours
from bot.domain.matrix.doubts import doubts
from bot.domain.matrix.flaw import Rule, Severity
from bot.domain.matrix.validate import flaws
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from tests.builders import contact, level, matrix, path

Week = tuple[Day, Day, Day, Day, Day, Day, Day]
NINE_TO_FIVE, NIGHT = (Hours(540, 1020),), (Hours(0, 540), Hours(1020, 1440))
WORK: Week = (*(NINE_TO_FIVE,) * 5, (), ())
REST: Week = (*(NIGHT,) * 5, (Hours(0, 1440),), (Hours(0, 1440),))
LATE: Week = (*((Hours(960, 1200),),) * 5, (), ())
ANN = Layer((contact("@ann"), contact("@bo")), date(2026, 1, 5), time(9), span("1w"))
HIDDEN = "is never reached: the layers above it cover all of its time. Give those other hours, or move this one up."
STANDS_IN = "only stands in while nobody of the layers above it is there: they cover all of its time."


def told(*layers: Layer) -> list[tuple[Rule, int, str]]:
    """(rule, layer, sentence) of the doubts about a schedule of these layers."""
    document = matrix(
        path(levels=(level("Desk", "oncall:duty"),)), schedules=(Schedule("duty", "Europe/Berlin", layers),)
    )
    assert flaws(document) == ()
    found = doubts(document)
    for one in found:
        is_meant = one.rule is Rule.NO_TURNS or "stands in while" in one.sentence
        assert one.severity is (Severity.NOTE if is_meant else Severity.WARNING)
    return [(one.rule, int(one.where[3]), one.sentence) for one in found]


CASES: dict[str, tuple[tuple[Layer, ...], Rule, int, str]] = {
    "below one that covers everything": (
        (ANN, replace(ANN, hours=WORK)),
        Rule.NEVER_USED,
        1,
        f"Layer 2 {HIDDEN}",
    ),
    "below two that cover everything together": (
        (replace(ANN, hours=WORK), replace(ANN, hours=REST), replace(ANN, name="Backup")),
        Rule.NEVER_USED,
        2,
        f'Layer 3 ("Backup") {STANDS_IN}',
    ),
    "two that want the same hours": (
        (replace(ANN, hours=WORK, name="Day"), replace(ANN, hours=LATE)),
        Rule.OVERLAP,
        1,
        'Layer 1 ("Day") and layer 2 both cover mon 16:00-17:00; the first wins. '
        "Make one of them narrower if that is not meant.",
    ),
    "several people and no turns": (
        (replace(ANN, rotate=None),),
        Rule.NO_TURNS,
        0,
        'Only "@ann" is ever on call here; the others stand in when they are away. '
        "Add rotate: weekly if they take turns.",
    ),
}


@pytest.mark.parametrize(("layers", "rule", "place", "sentence"), CASES.values(), ids=CASES)
def test_doubt(layers: tuple[Layer, ...], rule: Rule, place: int, sentence: str) -> None:
    assert told(*layers) == [(rule, place, sentence)]


@pytest.mark.parametrize(
    "layers",
    [
        (ANN,),
        (replace(ANN, hours=WORK), replace(ANN, hours=REST)),
        (replace(ANN, hours=WORK), ANN),
        (replace(ANN, until=date(2026, 3, 2)), ANN),
        (replace(ANN, start=date(2026, 1, 6)), ANN),
        (replace(ANN, handoff=time(10)), ANN),
        (replace(ANN, hours=WORK, until=date(2026, 3, 2)), replace(ANN, hours=LATE, start=date(2026, 3, 2))),
        (replace(ANN, rotate=None, people=(contact("@ann"),)),),
    ],
    ids=[
        "one layer",
        "day and night",
        "a narrow one above a wide one",
        "the one above ends",
        "the one above begins later",
        "the one above begins later on the same day",
        "one after the other",
        "one person",
    ],
)
def test_these_are_meant(layers: tuple[Layer, ...]) -> None:
    assert told(*layers) == []


def test_a_layer_that_ends_before_the_one_above_is_hidden_too() -> None:
    above = replace(ANN, until=date(2026, 6, 1))
    assert told(above, replace(ANN, until=date(2026, 6, 1))) == [(Rule.NEVER_USED, 1, f"Layer 2 {STANDS_IN}")]
