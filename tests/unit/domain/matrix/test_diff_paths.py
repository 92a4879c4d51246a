"""What changes on the ladders, in words: each row changes one thing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.matrix.diff import diff
from bot.domain.matrix.model import IfNobody
from bot.domain.span import span
from tests.builders import contact, path
from tests.unit.domain.matrix.diff_world import BASE, CARE, REST, care, first, level

CHANGES: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "a contact more",
        first(contacts=(*CARE.levels[0].contacts, contact("@lee"))),
        ["@lee is now asked at level 1 of Care, 15 min to answer."],
    ),
    (
        "a contact less",
        first(contacts=CARE.levels[0].contacts[:1]),
        ["@maya is no longer asked at level 1 of Care."],
    ),
    ("the same contacts in another order", first(contacts=CARE.levels[0].contacts[::-1]), []),
    (
        "less time",
        first(acknowledge_within=span("10m")),
        ["Level 1 of Care: 15 min -> 10 min to answer."],
    ),
    ("reminders", first(remind_every=span("5m")), ["Level 1 of Care: reminder every (none) -> 5 min."]),
    ("hours", first(calendar="office"), ["Level 1 of Care: time counts in all hours -> office."]),
    (
        "waiting for somebody",
        first(if_nobody=IfNobody.HOLD),
        ["Level 1 of Care: when nobody is on duty, it waits until somebody is."],
    ),
    ("a role", first(role="Answers\nat once"), ["Level 1 of Care: its role is now: Answers at once."]),
    ("no role", {"paths": (CARE, REST)}, []),
    (
        "somebody told",
        first(inform=(contact("group:bosses"),)),
        ["The group bosses is now told of what reaches level 1 of Care."],
    ),
    (
        "another name for a level",
        first(name="Front desk"),
        ['Level 1 of Care is now called "Front desk" (before: "Desk").'],
    ),
    (
        "a level between",
        care(levels=(CARE.levels[0], level("Second desk", "@lee"), CARE.levels[1])),
        [
            "New level 2 of Care: @lee, 15 min to answer.",
            'Level "Lead" of Care is now number 3, was 2.',
        ],
    ),
    ("a level less", care(levels=CARE.levels[:1]), ['Level "Lead" of Care is gone.']),
    (
        "another level in its place",
        care(levels=(CARE.levels[0], level("Head", "@dina"))),
        ["New level 2 of Care: @dina, 15 min to answer.", 'Level "Lead" of Care is gone.'],
    ),
    (
        "levels in another order",
        care(levels=CARE.levels[::-1]),
        ['Level "Lead" of Care is now number 1, was 2.', 'Level "Desk" of Care is now number 2, was 1.'],
    ),
    ("another name for a path", care(name="Customers"), ["Path Care is now called Customers."]),
    (
        "another name and other issues",
        care(name="Customers", match={"type": ("payments",)}),
        [
            "Path Customers now takes type payments (before: category customer).",
            "Path Care is now called Customers.",
        ],
    ),
    (
        "another name and another ladder",
        care(name="Customers", levels=(level("Hall", "#hall"),)),
        [
            "New level 1 of Customers: #hall, 15 min to answer.",
            'Level "Desk" of Customers is gone.',
            'Level "Lead" of Customers is gone.',
            "Path Care is now called Customers.",
        ],
    ),
    (
        "another path in its place",
        care(name="Web", match={"type": ("web",)}, levels=(level("Hall", "#hall"),)),
        [
            "New path Web: it takes type web.",
            "Path Care is gone: its issues take the next path that fits.",
            "New level 1 of Web: #hall, 15 min to answer.",
        ],
    ),
    (
        "a path more",
        {"paths": (path("Web", [level("Web desk", "#web")], match={"type": ("shop", "app")}), CARE, REST)},
        ["New path Web: it takes type app or shop.", "New level 1 of Web: #web, 15 min to answer."],
    ),
    ("a path less", {"paths": (REST,)}, ["Path Care is gone: its issues take the next path that fits."]),
    (
        "paths in another order",
        {"paths": (REST, CARE)},
        ["Path Rest now comes before Care."],
    ),
    (
        "other issues",
        care(match={"type": ("payments",)}),
        ["Path Care now takes type payments (before: category customer)."],
    ),
    ("another owner", care(owner=contact("@lee")), ["Path Care: owner @dina -> @lee."]),
    (
        "a channel",
        care(channel=contact("#care")),
        ["Path Care: cards go to #care (before: the issue channel)."],
    ),
    ("again", care(repeat=2), ["Path Care: the ladder is repeated 0 -> 2 times."]),
    ("closing", care(close_after=span("1w")), ["Path Care: closes 3 d -> 1 w after it is resolved."]),
    (
        "still on it",
        care(still_on_it_after=span("4h")),
        ['Path Care: "Still on it?" is asked after never -> 4 h.'],
    ),
    ("follow-up", care(follow_up_after=span("2w")), ["Path Care: follow-up after none -> 2 w."]),
    ("waiting", care(wait_at_most=span("5d")), ["Path Care: waits at most for ever -> 5 d."]),
    (
        "specialists",
        care(functional=True),
        ["Path Care: can be chosen when escalating by hand: no -> yes."],
    ),
    (
        "a date to look again",
        care(review_by=date(2027, 3, 31)),
        ["Path Care: to be reviewed by no date -> 31 Mar 2027."],
    ),
    (
        "who is told of a path",
        care(inform=(contact("#bosses"),)),
        ["#bosses is now told of every issue of Care."],
    ),
]


@pytest.mark.parametrize(("changes", "said"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES])
def test_each_change_is_said_in_a_sentence(changes: dict[str, Any], said: list[str]) -> None:
    assert [one.sentence.plain() for one in diff(BASE, replace(BASE, **changes))] == said
