"""Changing what an issue is about: what becomes of levels, deadlines and the owner."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking import ask_people, contacts_to_ask
from bot.domain.breaching import breach, pause
from bot.domain.clocks import ClockKind
from bot.domain.errors import Refused, RungError
from bot.domain.escalation import waiting_for
from bot.domain.events import EventKind
from bot.domain.issue import Change, Facts, Issue
from bot.domain.lifecycle import State
from bot.domain.matrix.match import route_for
from bot.domain.notification import NoticeKind
from bot.domain.permissions import Actor
from bot.domain.routing import route as messages
from bot.domain.targets import resolve_by, respond_by
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    NOON,
    acknowledged,
    actor,
    at_level_two,
    climbing,
    closed,
    looked,
    minutes,
    resolved,
)
from tests.tries import tries
from tests.unit.domain.changes import (
    BEA,
    BY_HAND,
    FIVE_PAST,
    LATER_ON,
    MATRIX,
    SLOW,
    TAKEN,
    changed,
    line,
    of_version_4,
)
from tests.unit.domain.deadlines import no_later
from tests.unit.domain.reading import RITA, told

# --- what becomes of levels, deadlines and the owner ------------------------------------------------------------------


def test_on_the_same_path_the_level_stays_and_deadlines_get_sooner() -> None:
    before = at_level_two(of_version_4())
    after = changed(before, LATER_ON | {"impact": "everyone"}).issue
    assert (after.position, after.epoch, after.asks) == (before.position, before.epoch, before.asks)
    assert (respond_by(after), resolve_by(after)) == (NOON + minutes(10), NOON + minutes(60))


def test_a_lower_priority_never_makes_a_deadline_later() -> None:
    before = of_version_4(impact="everyone", urgency="now")
    after = changed(before, SLOW).issue
    assert after.route.priority.key == "p3"
    assert (respond_by(after), resolve_by(after)) == (respond_by(before), resolve_by(before))


def test_another_path_begins_with_its_first_level_at_once() -> None:
    change = changed(at_level_two(of_version_4()), {"service": "billing"})
    after = ask_people(change.issue, [looked(BEA, BEA)], FIVE_PAST).issue
    assert [one.kind for one in change.events] == [EventKind.CHANGED, EventKind.LEVEL_STARTED]
    assert (after.state, after.level.name, after.position.ends_at) == (
        State.OPEN,
        "Billing desk",
        FIVE_PAST + minutes(20),
    )
    assert [one.target.id for one in waiting_for(after)] == [BEA]


@pytest.mark.parametrize("wanted", [{"service": "billing"}, {"impact": "everyone", "urgency": "now"}])
def test_whoever_has_it_keeps_it(wanted: Mapping[str, str]) -> None:
    after = changed(TAKEN, wanted, actor(MANAGER, manager=True), now=NOON + minutes(40)).issue
    assert (after.state, after.owner, after.asking) == (State.ACKNOWLEDGED, ANA, False)


def test_pauses_and_what_was_late_stay() -> None:
    late = breach(TAKEN, ClockKind.RESOLVE, NOON + minutes(300)).issue
    waiting = pause(late, NOON + minutes(301), "requester", ANA).issue
    after = changed(waiting, {"urgency": "now"}, now=NOON + minutes(310)).issue
    assert after.clocks.pauses == waiting.clocks.pauses
    assert after.clocks.resolve.breaches == waiting.clocks.resolve.breaches == 1
    assert after.clocks.late_since == waiting.clocks.late_since


@pytest.mark.parametrize("over", [resolved(of_version_4()), closed(of_version_4())])
def test_what_is_over_is_not_changed(over: Issue) -> None:
    with pytest.raises(Refused, match=r"so there is nothing to change\.$"):
        changed(over, LATER_ON)


NOTHING_NEW: list[tuple[str, Mapping[str, str]]] = [
    ("nothing", {}),
    ("the same", {"type": "payments", "service": "", "urgency": "soon"}),
    ("the priority it has", {"priority": "p3"}),
]


@pytest.mark.parametrize("wanted", [one[1] for one in NOTHING_NEW], ids=[one[0] for one in NOTHING_NEW])
def test_when_nothing_is_different_that_is_said(wanted: Mapping[str, str]) -> None:
    with pytest.raises(Refused, match=r"^ISS-1 is just like that already, so nothing changes"):
        changed(of_version_4(), wanted, reason="Just so")


def test_a_fact_that_chooses_nothing_else_is_changed_and_written_down() -> None:
    before = of_version_4()
    change = changed(before, {"client": "acme"})
    assert (change.issue.facts.client, change.issue.version) == ("acme", before.version + 1)
    assert line(change) == "@U_ANA changed the client to Acme Ltd."


# --- what people read -------------------------------------------------------------------------------------------------

SAID: list[tuple[str, Issue, Mapping[str, str], str, str]] = [
    (
        "sooner",
        of_version_4(),
        {"impact": "everyone", "urgency": "now"},
        "",
        "@U_ANA changed the impact to everyone, the urgency to now and the priority to P1 Critical. This means: "
        "the answer is due Mon 02 Mar 12:10 UTC and the solution is due Mon 02 Mar 13:00 UTC.",
    ),
    (
        "by hand",
        of_version_4(),
        {"priority": "p2"},
        "Nobody can pay",
        "@U_ANA changed the priority to P2 High. Why: Nobody can pay",
    ),
    (
        "another path",
        of_version_4(),
        {"type": "hardware", "service": "shop"},
        "",
        "@U_ANA changed the type to Hardware and the service to Shop. This means: path Payments -> Everything else.",
    ),
    ("none", of_version_4(service="shop"), {"service": ""}, "", "@U_ANA changed the service to none."),
    (
        "no longer by hand",
        of_version_4(priority="p3", priority_reason="Under another version"),
        {"priority": ""},
        "",
        "@U_ANA changed the priority to P3 Normal.",
    ),
    (
        "kept by hand",
        of_version_4(impact="everyone", urgency="now"),
        {**SLOW, "priority": "p1"},
        "Nobody can pay",
        "@U_ANA changed the impact to some and the urgency to soon. Why: Nobody can pay",
    ),
]


@pytest.mark.parametrize(
    ("before", "wanted", "reason", "said"), [one[1:] for one in SAID], ids=[one[0] for one in SAID]
)
def test_the_timeline_says_who_what_and_why(
    before: Issue, wanted: Mapping[str, str], reason: str, said: str
) -> None:
    assert line(changed(before, wanted, reason=reason)) == said


def test_the_requester_reads_it_in_plain_words_and_not_why() -> None:
    before = of_version_4()
    change = changed(before, BY_HAND, reason="They shout")
    assert told(messages(before, change), NoticeKind.REQUESTER) == [
        f"{RITA}: ISS-1: @U_ANA changed the priority to P1 Critical."
    ]


def test_the_requester_reads_who_is_asked_now_on_another_path() -> None:
    before = of_version_4()
    assert told(messages(before, changed(before, {"service": "billing"})), NoticeKind.REQUESTER) == [
        f"{RITA}: ISS-1: @U_ANA changed the service to Billing.",
        f"{RITA}: ISS-1: Billing desk is asked now and answers by 12:25 UTC.",
    ]


OWNERS: list[tuple[str, Mapping[str, str], Actor, list[str]]] = [
    ("by the owner", {"impact": "everyone", "urgency": "now"}, actor(ANA), []),
    (
        "most urgent",
        BY_HAND,
        actor(DIRECTOR, manager=True),
        [
            "U_ANA: @U_DIRECTOR raised ISS-1, which you have, to P1 Critical. Nothing is more urgent now. Do you keep "
            "it? Please answer by 12:35 UTC; then Shift lead is asked too."
        ],
    ),
    (
        "another path",
        {"service": "billing"},
        actor(DIRECTOR, manager=True),
        [
            "U_ANA: ISS-1: @U_DIRECTOR changed the service to Billing. It is on the path Billing now. You still "
            "have it."
        ],
    ),
    (
        "anything else",
        {"client": "acme"},
        actor(DIRECTOR, manager=True),
        ["U_ANA: ISS-1: @U_DIRECTOR changed the client to Acme Ltd."],
    ),
]


@pytest.mark.parametrize(
    ("wanted", "who", "read"), [one[1:] for one in OWNERS], ids=[one[0] for one in OWNERS]
)
def test_who_has_it_is_told(wanted: Mapping[str, str], who: Actor, read: list[str]) -> None:
    change = changed(TAKEN, wanted, who, "It spreads", NOON + minutes(20))
    assert told(messages(TAKEN, change), NoticeKind.OWNER) == read


def test_who_has_what_was_most_urgent_before_is_not_asked_again() -> None:
    before = acknowledged(of_version_4(impact="everyone", urgency="now"))
    change = changed(before, {"client": "acme"}, actor(MANAGER, manager=True))
    assert told(messages(before, change), NoticeKind.OWNER) == [
        "U_ANA: ISS-1: @U_MANAGER changed the client to Acme Ltd."
    ]


# --- whatever is changed, however often -------------------------------------------------------------------------------

KEYS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["payments", "hardware", "gone"]),
        "impact": st.sampled_from(["everyone", "some"]),
        "urgency": st.sampled_from(["now", "soon"]),
        "service": st.sampled_from(["", "billing", "shop"]),
        "client": st.sampled_from(["", "acme"]),
        "priority": st.sampled_from(["", "p1", "p2", "p3"]),
    },
)
AT_TWO, CLIMBING = at_level_two(of_version_4()), climbing(of_version_4())
STARTS = st.sampled_from([of_version_4(), AT_TWO, TAKEN, CLIMBING, of_version_4(service="shop")])


@given(STARTS, st.lists(st.tuples(KEYS, st.booleans(), st.integers(0, 30)), min_size=1, max_size=5))
@tries(32)
def test_no_deadline_gets_later_and_nobody_loses_it(
    start: Issue, changes: list[tuple[dict[str, str], bool, int]]
) -> None:
    one, now = start, NOON + minutes(20)
    for wanted, with_reason, later in changes:
        now += minutes(later)
        before = one
        try:
            change = changed(one, wanted, actor(ANA), "So it is" if with_reason else "", now)
        except RungError as refusal:
            assert str(refusal)
            continue
        one = _asked(change, now)
        assert one.epoch >= before.epoch
        assert one.version > before.version
        assert (one.state, one.owner, one.responded_at) == (before.state, before.owner, before.responded_at)
        assert no_later(respond_by(one), respond_by(before))
        assert no_later(resolve_by(one), resolve_by(before))
        if one.epoch == before.epoch and before.position.ends_at:
            assert no_later(one.position.ends_at, before.position.ends_at)
        assert one.route == replace(
            route_for(MATRIX, one.facts, now, one.facts.priority),
            opening=one.route.opening,
            first_round=one.route.first_round,
        ), "what is chosen is what its version says of its facts"
        assert bool(one.facts.priority) is bool(one.facts.priority_reason)
        assert one.facts.priority != _by_rule(one.facts)


def _by_rule(of: Facts) -> str:
    return MATRIX.matrix.priority_matrix[of.impact, of.urgency]


def _asked(change: Change, now: datetime) -> Issue:
    """Whoever is to be asked now is asked."""
    one = change.issue
    if not one.asking or one.position.asked:
        return one
    return ask_people(one, [looked(str(who), str(who)) for who in contacts_to_ask(one)], now).issue
