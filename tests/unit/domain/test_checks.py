"""A check-up's lines, and the exit code that a program goes by."""

import pytest

from bot.domain.checks import Check, attention, broken, exit_code, ok, summary, unchecked

FINE, ODD, BAD, DARK = (
    ok("a", "fine."),
    attention("b", "odd.", "Mend it."),
    broken("c", "bad."),
    unchecked("d", "?"),
)


@pytest.mark.parametrize(
    ("checks", "code", "said"),
    [
        ([], 0, ""),
        ([FINE, FINE], 0, "2 ok"),
        ([FINE, DARK], 1, "1 not checked, 1 ok"),
        ([FINE, ODD], 1, "1 attention, 1 ok"),
        ([ODD, BAD, DARK, FINE], 2, "1 broken, 1 attention, 1 not checked, 1 ok"),
    ],
    ids=["nothing", "fine", "not checked", "attention", "broken"],
)
def test_the_worst_decides(checks: list[Check], code: int, said: str) -> None:
    assert exit_code(checks) == code
    assert summary(checks) == said


def test_a_line_says_how_it_is_in_words_and_what_to_do() -> None:
    assert ODD.line == "attention    b: odd. Mend it."
    assert FINE.line == "ok           a: fine."
