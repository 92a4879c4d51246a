"""What changes around the ladders, in words: each row changes one thing."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.domain.calendar import ROUND_THE_CLOCK, Calendar, Hours
from bot.domain.matrix.diff import diff
from bot.domain.matrix.model import Named, TargetRule
from bot.domain.span import span
from tests.builders import P1, P2, P3, contact, rules
from tests.unit.domain.matrix.diff_world import (
    ANA_AND_OMAR,
    BASE,
    LEADS,
    NINE_TO_FIVE,
    TURNS,
    WEEK,
    office,
    turns,
)

CHANGES: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "a cell",
        {"priority_matrix": {**BASE.priority_matrix, ("some", "now"): "p1"}},
        ["some impact + now urgency: p2 -> p1."],
    ),
    (
        "a title",
        {"priorities": (replace(P1, title="Red"), P2, P3)},
        ["Priority p1: now called Red."],
    ),
    (
        "updates",
        {"priorities": (replace(P1, update_every=span("30m")), P2, P3)},
        ["Priority p1: updates for the requester every (none) -> 30 min."],
    ),
    (
        "who is told of a priority",
        {"priorities": (replace(P1, inform=(contact("#bosses"),)), P2, P3)},
        ["#bosses is now told of every issue of priority p1."],
    ),
    (
        "urgency upside down",
        {"priorities": (P2, P1, P3)},
        ["The priorities come in another order now: p2, p1 and p3."],
    ),
    ("a priority less", {"priorities": (P1, P2)}, ["Priority p3 is gone."]),
    (
        "a category",
        {"types": (replace(BASE.types[0], category="strategic"), BASE.types[1])},
        ["Type payments: category customer -> strategic."],
    ),
    (
        "advice",
        {"types": (replace(BASE.types[0], first_try="Look. " * 40), BASE.types[1])},
        ["Type payments: first try: " + "Look. " * 13 + "L…"],
    ),
    ("a type less", {"types": BASE.types[:1]}, ["Type hardware is gone."]),
    ("a service more", {"services": (*BASE.services, Named("app", "App"))}, ["New service app: App."]),
    (
        "services in another order",
        {"services": BASE.services[::-1]},
        ["The services come in another order now: web and billing."],
    ),
    (
        "a scope",
        {"clients": (Named("acme", "Acme Ltd", "All."),)},
        ["Client acme: scope: All."],
    ),
    (
        "a better promise",
        {"promises": (replace(BASE.promises[0], answer=span("2h"), solve=span("1d")),)},
        [
            "Promise for client acme: answered within 4 h -> 2 h.",
            "Promise for client acme: solved within (no promise) -> 1 d.",
        ],
    ),
    (
        "a promise to somebody else",
        {"promises": (replace(BASE.promises[0], match={"client": ("ltd",)}),)},
        ["Promise for client acme now counts for client ltd."],
    ),
    ("no promise", {"promises": ()}, ["Promise for client acme is gone."]),
    (
        "a target more",
        {"targets": (TargetRule({"type": ("payments",)}, None, span("1d"), "office"), *BASE.targets)},
        [
            'New target for type payments: answered within (no target), solved within 1 d, counted in "office".'
        ],
    ),
    (
        "targets in another order",
        {"targets": BASE.targets[::-1]},
        ["Target for everything else is now number 1 of the targets."],
    ),
    (
        "climbing when late",
        {"targets": (replace(BASE.targets[0], breach_every=span("2h")), BASE.targets[1])},
        ["Target for priority p1: when late, climbs again every (once) -> 2 h."],
    ),
    (
        "shorter days",
        office(week=(*((Hours(540, 960),),) * 4, NINE_TO_FIVE, (), NINE_TO_FIVE)),
        [
            "Calendar office: Mon, Tue, Wed, Thu 09:00-17:00 -> 09:00-16:00.",
            "Calendar office: Sun closed -> 09:00-17:00.",
        ],
    ),
    (
        "other holidays",
        office(holidays=("GB", "DE"), off=frozenset(date(2026, 12, day) for day in (24, 25, 26, 27, 28, 31))),
        [
            "Calendar office: holidays GB -> GB and DE.",
            "Calendar office is closed on 24 Dec 2026, 26 Dec 2026, 27 Dec 2026 and 2 more.",
        ],
    ),
    ("work on a holiday", office(off=frozenset()), ["Calendar office is open again on 25 Dec 2026."]),
    (
        "many days off",
        office(off=frozenset(date(2027, 1, day) for day in range(1, 31))),
        [
            "Calendar office is closed on 1 Jan 2027, 2 Jan 2027, 3 Jan 2027 and 27 more.",
            "Calendar office is open again on 25 Dec 2026.",
        ],
    ),
    (
        "many days off because of other holidays",
        office(holidays=("DE",), off=frozenset(date(2027, 1, day) for day in range(1, 31))),
        ["Calendar office: holidays GB -> DE."],
    ),
    (
        "a half day",
        office(special={date(2026, 12, 24): (Hours(540, 720),)}),
        ["Calendar office has other hours on 24 Dec 2026: the usual hours -> 09:00-12:00."],
    ),
    (
        "a calendar less and one more",
        {"calendars": (Calendar("always open", "UTC", (ROUND_THE_CLOCK,) * 7),)},
        [
            "New calendar always open: Mon, Tue, Wed, Thu, Fri, Sat, Sun round the clock.",
            "Calendar office is gone.",
        ],
    ),
    (
        "somebody joins, somebody leaves",
        turns(people=(ANA_AND_OMAR[0], contact("@lee"))),
        ["@lee joins the schedule leads.", "omar@example.com leaves the schedule leads."],
    ),
    (
        "turns in another order",
        turns(people=ANA_AND_OMAR[::-1]),
        ["Schedule leads: the turns are now omar@example.com and ana@example.com."],
    ),
    (
        "shorter turns",
        turns(rotate=span("1d"), handoff=time(8, 30), weekday=None),
        [
            "Schedule leads: turns of 1 w -> 1 d.",
            "Schedule leads: handoff at 09:00 -> 08:30.",
            "Schedule leads: handoff on Mon -> any day.",
        ],
    ),
    (
        "only by day",
        turns(hours=WEEK),
        [
            "Schedule leads: on call Mon, Tue, Wed, Thu, Fri 09:00-17:00; Sat, Sun closed (before: all the time)."
        ],
    ),
    (
        "a layer on top",
        {"schedules": (replace(LEADS, layers=(replace(TURNS, people=(contact("@lee"),)), TURNS)),)},
        ["Schedule leads, layer 1 is new: @lee."],
    ),
    ("no schedule", {"schedules": ()}, ["Schedule leads is gone."]),
    (
        "the rules of the workspace",
        {"workspace": rules(catch_all=contact("#late"), nag_every=span("5m"), timezone="UTC")},
        [
            "All paths: what nobody answered is asked again every 15 min -> 5 min.",
            "All paths: the catch-all is #late (before: #all-hands).",
            "All paths: time zone Europe/Berlin -> UTC.",
        ],
    ),
]


@pytest.mark.parametrize(("changes", "said"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES])
def test_each_change_is_said_in_a_sentence(changes: dict[str, Any], said: list[str]) -> None:
    assert [one.sentence.plain() for one in diff(BASE, replace(BASE, **changes))] == said
