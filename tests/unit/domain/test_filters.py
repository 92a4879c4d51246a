"""What people write after "list", and what is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.filters import KEYS, KINDS, PEOPLE, USAGE, Filter, Standing, narrows, parse, words
from bot.domain.span import Span, Unit, span
from tests.tries import tries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Filter()),
        ("state:waiting", Filter(states=(Standing.WAITING,))),
        ("State:Sent-Back,closed", Filter(states=(Standing.SENT_BACK, Standing.CLOSED))),
        ('state:"sent back"', Filter(states=(Standing.SENT_BACK,))),
        ("state:open state:all,open", Filter(states=(Standing.OPEN, Standing.ALL))),
        ("priority:P1,p2", Filter(priorities=("P1", "p2"))),
        ('priority:"Very high",P1', Filter(priorities=("Very high", "P1"))),
        ('priority:P1,"Very high"', Filter(priorities=("Very high", "P1")[::-1])),
        ("path:\u201cCustomer  care\u201d late", Filter(paths=("Customer care",), late=True)),
        (
            "type:outage service:billing client:acme",
            Filter(types=("outage",), services=("billing",), clients=("acme",)),
        ),
        ("older:2d newer:1W", Filter(older=span("2d"), newer=span("1w"))),
        ("owner:@maya raiser:ME requester:U123", Filter(owner="@maya", raiser="me", requester="U123")),
        ("watching:me mine LATE private", Filter(watching="me", mine=True, late=True, private=True)),
        ("checkout is down", Filter(words=("checkout", "is", "down"))),
        ('"state:open" "late" a', Filter(words=("state:open", "late", "a"))),
        ('late "card payment', Filter(late=True, words=("card", "payment"))),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_understood(text: str, expected: Filter) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("prioritiy:P1", 'Did you mean "priority"?'),
        ("colour:red", "There are: state:open"),
        ("http://acme.test/7", "in quotes"),
        ("state:opne", 'Did you mean "open"?'),
        ("state:nowhere", "Use one of: open, work, waiting, unanswered"),
        ("older:yesterday", '"yesterday" is no length of time. Please write older:30m, older:4h, older:2d'),
        ("newer:2d,3d", "is no length of time"),
        ("older:-3d", "is no length of time"),
        ("older:", "older: needs a value, for example older:2d."),
        ('type:""', "type: needs a value, for example type:billing."),
        ("owner:@maya,@omar", "Please name one person after owner"),
        ('owner:"Maya Lind"', "Please name one person after owner"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text)
    assert sentence in refused.value.sentence.plain()


def test_the_usage_names_every_filter() -> None:
    assert all(f"{key}:" in USAGE for key in KEYS)
    assert all(standing in USAGE for standing in Standing if standing is not Standing.MERGED)


SIGNS = ('"', ":", ",", " ", "state", "late", "2d")
NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6)
PHRASES = st.lists(NAMES, min_size=1, max_size=3).map(" ".join)
LISTED = st.lists(st.one_of(PHRASES, st.just("a, b"), st.just("x:y")), max_size=3, unique=True).map(tuple)
LENGTHS = st.none() | st.builds(Span, st.integers(0, 99_999_999), st.sampled_from(Unit))
SOMEBODY = st.sampled_from(("", "me", "@maya", "U123", "maya@example.com"))
WORDS = st.one_of(NAMES, st.sampled_from(("late", "Mine", "state:open", ":", "a:", "x,y", "-")))
FILTERS = st.builds(
    Filter,
    states=st.lists(st.sampled_from(Standing), unique=True, max_size=3).map(tuple),
    **dict.fromkeys(KINDS.values(), LISTED),
    older=LENGTHS,
    newer=LENGTHS,
    **dict.fromkeys(PEOPLE, SOMEBODY),
    mine=st.booleans(),
    late=st.booleans(),
    private=st.booleans(),
    words=st.lists(WORDS, max_size=4).map(tuple),
)


@tries(24)
@given(FILTERS)
def test_a_filter_written_out_is_understood_as_the_same(asked: Filter) -> None:
    assert parse(words(asked)) == asked


@tries(24)
@given(st.text(max_size=40) | st.lists(st.sampled_from(SIGNS), max_size=12).map("".join))
def test_whatever_is_typed_is_understood_or_answered(text: str) -> None:
    try:
        asked = parse(text)
    except Refused as refused:
        assert refused.sentence.plain()
    else:
        assert parse(words(asked)) == asked


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("checkout acme", False),
        ("late checkout", False),
        ("words:checkout", False),
        ('"state:open"', False),
        ("", False),
        ("checkout state:open", True),
        ("OLDER:2d", True),
        ("older:", True),
    ],
)
def test_only_a_condition_narrows_a_search(text: str, does: bool) -> None:
    assert narrows(text) is does
