"""Cleaning what people type: whatever comes in, what is kept is harmless, and cleaning it again changes nothing."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.text import MARKS_PER_LETTER, TEXT_LIMIT, TITLE_LIMIT, clean_line, clean_text

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u200b\u2060\ufeff\u00ad"
LETTERS = ("e", "E", " ", "\uac00", "\u1100", "\u1161", "\u0301", "\u0327")
BREAKS = ("\0", "\r", "\n", "\t", "\x85", "\u2028", "\ud800")
AWKWARD = st.sampled_from([*LETTERS, *BREAKS, *BIDI, *INVISIBLE])
TYPED = st.text(alphabet=st.one_of(AWKWARD, st.characters()), max_size=400)
CUT = " … (cut here: it was longer)"


@given(TYPED)
@example("e\u200b\u0301")
@example("e" + "\u0301" * 8 + "\u200b" + "\u0327" * 8)
@example("x" * 200)
def test_cleaning_a_line_twice_changes_nothing(typed: str) -> None:
    once = clean_line(typed)
    assert clean_line(once) == once


@given(TYPED, st.integers(40, 200))
@example("e\u00ad\u0301", 100)
def test_cleaning_a_text_twice_changes_nothing(typed: str, limit: int) -> None:
    once = clean_text(typed, limit)
    assert clean_text(once, limit) == once


@given(TYPED)
def test_a_line_is_one_line_of_visible_text(typed: str) -> None:
    line = clean_line(typed)
    assert len(line) <= TITLE_LIMIT
    assert line == " ".join(line.split())
    assert not set(line) & set(BIDI + INVISIBLE)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in line)


@given(TYPED)
def test_a_text_keeps_line_breaks_and_tabs_and_no_other_control(typed: str) -> None:
    text = clean_text(typed)
    assert len(text) <= TEXT_LIMIT
    assert text == text.strip()
    assert not any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text)
    text.encode()


@given(TYPED)
def test_letters_carry_at_most_eight_marks(typed: str) -> None:
    for cleaned in (clean_line(typed), clean_text(typed)):
        marks = 0
        for char in cleaned:
            marks = marks + 1 if unicodedata.combining(char) else 0
            assert marks <= MARKS_PER_LETTER


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"]), max_size=140))
def test_ordinary_words_are_only_brought_into_one_form(words: str) -> None:
    assert clean_line(words) == unicodedata.normalize("NFC", words) or any(
        unicodedata.combining(char) for char in unicodedata.normalize("NFC", words)
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Checkout \n is\tdown  ", "Checkout is down"),
        ("a\0b", "ab"),
        ("a\ud800b", "ab"),
        ("abc\u202edef", "abcdef"),
        ("zero\u200bwidth", "zerowidth"),
        ("e\u0301", "é"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_lines(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("tab\tstays", "tab\tstays"),
        ("bell\x07", "bell"),
        ("e" + "\u0327" * 20, "ȩ" + "\u0327" * 8),
    ],
)
def test_texts(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_too_long_says_so_and_stays_within_the_limit() -> None:
    assert clean_line("x" * 150) == "x" * 150
    cut = clean_line("x" * 151)
    assert len(cut) == 150
    assert cut == "x" * (150 - len(CUT)) + CUT
    assert clean_line("word " * 40, 63) == "word " * 6 + "word" + CUT, "no blank before the note"
