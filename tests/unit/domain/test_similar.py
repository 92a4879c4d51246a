"""Which open issues look the same."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.issue import Facts, Issue
from bot.domain.similar import MOST_SHOWN, alike, search_words
from tests.builders import facts, issue


def about(title: str, number: int = 1, **more: Any) -> Issue:
    return issue(number, facts=facts(title, happened="", **more))


def typed(title: str, **more: Any) -> Facts:
    return facts(title, happened="", **more)


SAME: dict[str, Any] = {"type": "payments", "service": "billing", "client": "acme"}
TABLE = {
    "the same words": (typed("Checkout is down"), about("Checkout is down", type="other"), True),
    "in another order, with others": (
        typed("Acme: checkout is down"),
        about("Checkout down, Acme called"),
        True,
    ),
    "in what happened": (
        typed("checkout down"),
        replace(about("Urgent"), facts=replace(facts("Urgent"), happened="The checkout is down")),
        True,
    ),
    "half of the words, and all the same facts": (
        typed("checkout slow today again", **SAME),
        about("checkout hangs today", **SAME),
        True,
    ),
    "half of the words, nothing else": (
        typed("checkout slow", type="a"),
        about("checkout stolen", type="b"),
        False,
    ),
    "only the facts": (typed("printer jams", **SAME), about("checkout is down", **SAME), False),
    "only words that say nothing": (
        typed("It is not in the", type="a"),
        about("It is not on the", type="b"),
        True,
    ),
    "the same reference": (typed("printer", reference="INV-7"), about("checkout", reference="inv 7"), True),
    "another reference": (typed("printer", reference="INV-7"), about("checkout", reference="INV-8"), False),
    "no words at all": (typed("🔥"), about("🔥"), False),
}


@pytest.mark.parametrize(("mine", "other", "like"), TABLE.values(), ids=TABLE.keys())
def test_what_counts_as_the_same(mine: Facts, other: Issue, like: bool) -> None:
    assert (alike(mine, [other]) == (other,)) is like


def test_the_most_alike_come_first_and_not_too_many() -> None:
    some = [about("Checkout is down for some", n) for n in range(1, 6)]
    best = about("Checkout is down for some at Acme", 9, **SAME)
    found = alike(typed("Checkout is down at Acme", **SAME), [*some, best])
    assert found == (best, some[4], some[3])
    assert len(found) == MOST_SHOWN


def test_what_is_looked_for_are_the_words_that_say_something() -> None:
    words = search_words(typed("The checkout is down for Acme", reference="INV-7"))
    assert words == ("checkout", "acme", "inv", "7") or set(words) == {"checkout", "acme", "inv", "7", "down"}
