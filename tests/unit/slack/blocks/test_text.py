"""Sentences and user text in Slack's notation: escaped, one line, cut between characters."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.blocks.clean import clean, one_line, visible
from bot.adapters.slack.blocks.text import cut, fallback, inline, octets, plain, render, shorten, units
from bot.domain.words import At, Channel, Person, Sentence, say
from tests.tries import tries

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_each_part_has_its_own_notation() -> None:
    sentence = say(
        "{who} took it at {when} in {where}, said {text}.",
        who=Person("U1"),
        when=At(NOON),
        where=Channel("C1"),
        text="<!channel> & *all*",
    )
    assert render(sentence) == (
        "<@U1> took it at <!date^1772452800^{time}|12:00 UTC> in <#C1>, said &lt;!channel&gt; &amp; ∗all∗."
    )


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (At(NOON), "<!date^1772452800^{time}|12:00 UTC>"),
        (At(NOON, "day"), "<!date^1772452800^{date_short_pretty} at {time}|Mon 02 Mar 12:00 UTC>"),
        (Channel("#ops-desk"), "#ops-desk"),
        (Channel("C_OPS"), "<#C_OPS>"),
        (Channel("<!here>"), "#&lt;!here&gt;"),
        (Person("W12"), "<@W12>"),
        (Person("maya@example.com"), "maya@example.com"),
        (Person("U1> <!here"), "U1&gt; &lt;!here"),
        (Person(""), "somebody"),
    ],
)
def test_a_part_alone(part: Person | Channel | At, shown: str) -> None:
    assert render(Sentence((part,))) == shown


def test_an_instant_of_another_day_says_its_day() -> None:
    tomorrow = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert "{date_short_pretty}" in render(say("{when}", when=At(tomorrow)), NOON)
    assert "{date_short_pretty}" not in render(say("{when}", when=At(NOON)), NOON)


def test_a_day_is_not_preceded_by_a_second_at() -> None:
    said = say("They are asked at {when}.", when=At(NOON))
    assert render(said, NOON) == "They are asked at <!date^1772452800^{time}|12:00 UTC>."
    yesterday = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert render(said, yesterday) == (
        "They are asked <!date^1772452800^{date_short_pretty} at {time}|Mon 02 Mar 12:00 UTC>."
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Resolved\nby Maya", "Resolved by Maya"),
        ("> quoted", "› quoted"),
        ("*bold* _it_ ~no~", "∗bold∗ ˍitˍ ∼no∼"),
        ("snake_case 2*3", "snake_case 2*3"),
        ("`code`", "'code'"),
        ("日本*太字*日本", "日本∗太字∗日本"),
        ("a &amp; b", "a &amp;amp; b"),
        ("\u202eevil\u202c", "evil"),
        ("in\u200bvisible", "invisible"),
        ("half \ud800 pair", "half \ufffd pair"),
    ],
)
def test_user_text_stays_text(typed: str, shown: str) -> None:
    assert inline(typed) == shown


def test_families_keep_their_joiners_and_lines_their_ends() -> None:
    family = "👨\u200d👩\u200d👧"
    assert clean(family + "\r\nnext\x00") == family + "\nnext"
    assert one_line("a \n\t b") == "a b"


@pytest.mark.parametrize("nothing", ["", "  \n", "\u200b\u2060", "\u202e", "\u3164", "\u0301", "\x00"])
def test_what_nobody_can_see_is_not_visible(nothing: str) -> None:
    assert not visible(nothing)
    assert plain(nothing, instead="no title")["text"] == "no title"


@pytest.mark.parametrize("something", ["a", "🔥", "ا", "?"])
def test_what_can_be_seen_is_visible(something: str) -> None:
    assert visible(something)


@pytest.mark.parametrize(
    ("escaped", "limit", "left"),
    [
        ("short", 5, "short"),
        ("abcdef", 5, "abcd…"),
        ("ab &amp; cd", 7, "ab…"),
        ("ab &amp; cd", 9, "ab &amp;…"),
        ("by <@U123456> now", 12, "by…"),
        ("🔥🔥🔥", 5, "🔥🔥…"),
        ("ae\u0301e\u0301", 4, "ae\u0301…"),
        ("👨\u200d👩\u200d👧 family", 6, "…"),
    ],
)
def test_a_cut_never_falls_inside_anything(escaped: str, limit: int, left: str) -> None:
    assert cut(escaped, limit) == left
    assert units(cut(escaped, limit)) <= limit


def test_user_text_is_cut_by_its_escaped_length() -> None:
    assert shorten("&" * 100, 51) == "&" * 10 + "…"
    assert shorten("a" * 100, 100) == "a" * 100


def test_a_fallback_counts_what_slack_counts() -> None:
    assert units(fallback(["🔥" * 4000])) <= 3900
    assert octets(fallback(["日" * 4000], weigh=octets)) <= 3900
    assert fallback(["one", "", "two"]) == "one\ntwo"


BITS = (
    "ab",
    "long words ",
    "é",
    "e\u0301",
    "漢字",
    "😀",
    "👍🏽",
    "👩\u200d💻",
    "\u200d",
    "\ufe0f",
    "<",
    ">",
    "&",
    "&amp;",
    "<@U1>",
)
WEIGHTS = {"units": units, "octets": octets}


def piece_by_piece(text: str, limit: int, weigh: Callable[[str], int]) -> str:
    """One character, entity or mention after the other, as long as there is room."""
    if weigh(text) <= limit:
        return text
    cluster = "(?:\u200d[^<&]|[\u0300-\u036f\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff])*"
    kept, room = "", limit - weigh("…")
    for piece in re.findall(f"<[^<>]*>|&(?:amp|lt|gt);|.{cluster}", text, re.DOTALL):
        room -= weigh(piece)
        if room < 0:
            break
        kept += piece
    return kept.rstrip() + "…"


@tries(40)
@given(st.lists(st.sampled_from(BITS), max_size=40), st.integers(1, 60), st.sampled_from(sorted(WEIGHTS)))
def test_a_cut_keeps_as_many_pieces_as_there_is_room_for(bits: list[str], limit: int, by: str) -> None:
    text = "".join(bits)
    assert cut(text, limit, WEIGHTS[by]) == piece_by_piece(text, limit, WEIGHTS[by])
