"""The words by which issues are found."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.found_words import LONGEST_WORD, MOST_WORDS, words_of, words_of_issue
from tests.builders import facts, issue, route
from tests.tries import tries


@tries(40)
@given(st.text(max_size=60))
def test_words_are_letters_and_digits_whatever_is_typed(text: str) -> None:
    words = words_of(text)
    assert all(word and word.isalnum() and word == word.casefold() for word in words)
    assert words_of(" ".join(words)) == words


def test_words_are_short_and_not_too_many() -> None:
    assert words_of("x" * 100) == ("x" * LONGEST_WORD,)
    assert len(words_of(" ".join(str(n) for n in range(3 * MOST_WORDS)))) == MOST_WORDS


def test_an_issue_is_found_by_what_it_is_about_and_how_it_was_solved() -> None:
    told = replace(facts(), title="One", happened="two", reference="three", affected="four")
    one = issue(facts=told, route=route(service_title="Five", client_title="Six"))
    assert words_of_issue(replace(one, resolution="Seven")) == (
        *("one", "two", "three", "four", "five", "six", "seven"),
    )
