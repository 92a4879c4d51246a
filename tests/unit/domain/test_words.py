"""Sentences as values: nothing a person typed becomes anything but text."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words import (
    NOTHING,
    At,
    Channel,
    Part,
    Person,
    Sentence,
    duration,
    listed,
    load_sentence,
    say,
    sentences,
)
from tests.builders import NOON

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-8))])
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001
TEXTS = st.text()
PARTS: st.SearchStrategy[Part] = st.one_of(
    TEXTS,
    st.builds(Person, TEXTS),
    st.builds(Channel, TEXTS),
    st.builds(At, INSTANTS, st.sampled_from(["time", "day"])),
)
SENTENCES = st.lists(PARTS, max_size=6).map(lambda parts: Sentence(tuple(parts)))


@given(SENTENCES)
def test_what_was_dumped_is_loaded_as_it_was(sentence: Sentence) -> None:
    assert load_sentence(sentence.dump()) == sentence


@given(TEXTS)
def test_typed_text_stays_one_piece_of_text(typed: str) -> None:
    sentence = say("{who} said: {text}", who=Person("U1"), text=typed)
    assert sentence == Sentence((Person("U1"), f" said: {typed}"))


@given(SENTENCES, SENTENCES)
def test_adding_keeps_every_part_in_order(one: Sentence, other: Sentence) -> None:
    assert (one + other).parts == one.parts + other.parts
    assert (one + other).plain() == one.plain() + other.plain()


@pytest.mark.parametrize(
    "text", ['[["nobody", "U1"]]', "[1]", '[["person"]]', '[["person", 7]]', "[null]", "not json"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        load_sentence(text)


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        (say("ISS-{n} is {what}.", n=7, what="open"), "ISS-7 is open."),
        (say("{who} took it at {when}.", who=Person("U1"), when=At(NOON)), "@U1 took it at 12:00 UTC."),
        (say("Closes {when}.", when=At(NOON, "day")), "Closes Mon 02 Mar 12:00 UTC."),
        (say("In {where}.", where=Channel("#ops")), "In #ops."),
        (say("In {where}.", where=Channel("C1")), "In #C1."),
        (say("{gone}Yes.", gone=None), "Yes."),
        (say("{gone}Yes.", gone=""), "Yes."),
        (say("{text}", text="{n} {who}"), "{n} {who}"),
        (say("{{literal}}"), "{literal}"),
        (say("{inner}!", inner=say("{n}", n=1)), "1!"),
        (say("every {span}", span=timedelta(minutes=90)), "every 1 h 30 min"),
        (sentences(say("One."), NOTHING, say("Two.")), "One. Two."),
        (sentences(NOTHING, say("Two.")), "Two."),
        (listed([]), ""),
        (listed([say("a")]), "a"),
        (listed([say("a"), say("b")]), "a and b"),
        (listed([say("a"), say("b"), say("c")], last="or"), "a, b or c"),
    ],
)
def test_sentences_read(sentence: Sentence, plain: str) -> None:
    assert sentence.plain() == plain


def test_neighbouring_texts_become_one() -> None:
    assert say("a{b}c{who}d{e}", b="b", e="e", who=Person("U1")).parts == ("abc", Person("U1"), "de")


def test_a_missing_fill_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        say("{who}")


def test_an_empty_sentence_is_nothing() -> None:
    assert not NOTHING
    assert say("x")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "0 s"),
        (timedelta(milliseconds=900), "0 s"),
        (timedelta(seconds=20), "20 s"),
        (timedelta(minutes=15), "15 min"),
        (timedelta(seconds=61), "1 min 1 s"),
        (timedelta(hours=2, minutes=10), "2 h 10 min"),
        (timedelta(hours=2, seconds=10), "2 h"),
        (timedelta(hours=2, minutes=10, seconds=5), "2 h 10 min"),
        (timedelta(days=3), "3 d"),
        (timedelta(days=1, minutes=5), "1 d"),
        (timedelta(days=1, hours=5, minutes=5), "1 d 5 h"),
    ],
)
def test_durations(span: timedelta, words: str) -> None:
    assert duration(span) == words
