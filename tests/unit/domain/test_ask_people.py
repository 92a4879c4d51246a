"""Who of a level is really asked: once each, never the raiser, never who said no, never who has it."""

import pytest

from bot.domain.asking import ask_people, contacts_to_ask
from bot.domain.events import Event, EventKind
from bot.domain.issue import AskStatus, Change, Issue, Stage
from bot.domain.looked import Looked
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    ask,
    channel,
    climbing,
    contact,
    issue,
    looked,
    minutes,
    path,
    position,
    route,
    rules,
    unanswered,
    user,
)

FRESH = issue(asks=(), position=position(asked=False))


def told(change: Change, kind: EventKind) -> list[Event]:
    """The events of one kind."""
    return [event for event in change.events if event.kind is kind]


def asked(change: Change) -> list[str]:
    """Who was asked by this change."""
    return [event.text("target") for event in told(change, EventKind.ASKED)]


def test_everybody_found_is_asked_at_this_level() -> None:
    change = ask_people(FRESH, [looked("#ops-desk", channel("C_OPS")), looked(ANA, ANA)], NOON)
    assert asked(change) == ["C_OPS", ANA]
    assert [one.status for one in change.issue.asks] == [AskStatus.ASKED] * 2
    assert change.issue.asks[0] == ask(channel("C_OPS"), contact="#ops-desk")
    assert change.issue.position.asked
    assert (change.issue.epoch, change.issue.version) == (FRESH.epoch, FRESH.version + 1)
    assert told(change, EventKind.ASKED)[0].data == {
        "target": "C_OPS",
        "kind": "channel",
        "contact": "#ops-desk",
        "level": 1,
        "round": 0,
    }


def test_twice_in_a_level_is_one_ping() -> None:
    change = ask_people(FRESH, [looked("group:ops", ANA, OMAR), looked(ANA, ANA)], NOON)
    assert asked(change) == [ANA, OMAR]


def test_a_person_and_a_channel_of_the_same_id_are_two() -> None:
    change = ask_people(FRESH, [looked("#x", channel("X")), looked("X", "X")], NOON)
    assert len(change.issue.asks) == 2


SKIPS: dict[str, tuple[Issue, str]] = {
    "raised it": (FRESH, RAVI),
    "said no before": (FRESH.bump(asks=(ask(OMAR, 3, status=AskStatus.DECLINED),)), OMAR),
    "has it already": (
        climbing(issue()).bump(
            position=position(level=2, at=QUARTER, asked=False), asks=(ask(status=AskStatus.ACKNOWLEDGED),)
        ),
        ANA,
    ),
}


@pytest.mark.parametrize("why", SKIPS)
def test_who_is_left_out_is_written_down(why: str) -> None:
    before, who = SKIPS[why]
    change = ask_people(before, [looked("group:ops", who, DIRECTOR)], QUARTER)
    assert asked(change) == [DIRECTOR]
    (skipped,) = told(change, EventKind.SKIPPED)
    assert skipped.data == {"target": who, "why": why}
    assert change.issue.position.level == before.position.level


@pytest.mark.parametrize(("why", "cause"), [("raised it", "nobody"), ("said no before", "all_declined")])
def test_when_the_only_one_is_left_out_the_level_ends_at_once(why: str, cause: str) -> None:
    before, who = SKIPS[why]
    change = ask_people(before, [looked(who, who)], NOON)
    (ended,) = told(change, EventKind.LEVEL_ENDED)
    assert ended.text("cause") == cause
    assert (change.issue.position.level, change.issue.position.asked) == (2, False)
    assert change.issue.position.started_at == NOON


def test_silent_before_is_asked_again_on_a_higher_level() -> None:
    before = issue(asks=(ask(),), position=position(level=2, asked=False))
    change = ask_people(before, [looked(ANA, ANA)], NOON)
    assert asked(change) == [ANA]
    assert [one.level for one in change.issue.asks] == [1, 2]


def test_silent_before_is_asked_again_in_the_next_round() -> None:
    before = issue(asks=(ask(),), position=position(round=1, asked=False))
    change = ask_people(before, [looked(ANA, ANA)], NOON)
    assert [(one.level, one.round) for one in change.issue.asks] == [(1, 0), (1, 1)]


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        ([looked("group:empty", why="the group is empty")], "unreachable"),
        ([looked(RAVI, RAVI)], "nobody"),
        ([looked("group:empty", why="the group is empty"), looked(RAVI, RAVI)], "nobody"),
        ([], "unreachable"),
    ],
)
def test_nobody_there_means_the_next_level_at_once(found: list[Looked], cause: str) -> None:
    change = ask_people(FRESH, found, NOON)
    (ended,) = told(change, EventKind.LEVEL_ENDED)
    assert ended.text("cause") == cause
    assert change.issue.position.level == 2
    assert change.issue.asks == ()


def test_who_cannot_be_reached_is_written_down_while_the_others_are_asked() -> None:
    change = ask_people(FRESH, [looked("group:empty", why="the group is empty"), looked(ANA, ANA)], NOON)
    (lost,) = told(change, EventKind.UNREACHABLE)
    assert lost.data == {"contact": "group:empty", "why": "the group is empty", "level": 1}
    assert change.issue.position.level == 1


def test_a_channel_that_said_nothing_before_is_asked_again() -> None:
    before = issue(asks=(ask(channel("C_OPS")),), position=position(level=2, asked=False))
    assert asked(ask_people(before, [looked("#ops-desk", channel("C_OPS"))], NOON)) == ["C_OPS"]


# --- the time they have -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "ends"),
    [(0, 15), (2, 15), (7.5, 15), (8, 15.5), (14, 21.5), (15, 22.5), (600, 607.5)],
)
def test_who_is_asked_late_has_at_least_half_of_the_levels_time(after: float, ends: float) -> None:
    change = ask_people(FRESH, [looked(ANA, ANA)], NOON + minutes(after))
    assert change.issue.position.ends_at == NOON + minutes(ends)


# --- the catch-all ----------------------------------------------------------------------------------------------------


def catch_all(**changes: object) -> Issue:
    """At the catch-all; Pat owns the path; nobody was asked there yet."""
    own = route(path=path(owner=contact("U_PAT")))
    one = unanswered(issue(route=own))
    return one.bump(asks=(), position=position(Stage.CATCH_ALL, level=3, asked=False), **changes)


ALL = looked("#all-hands", channel("C_ALL"))
PAT = looked("U_PAT", "U_PAT")
DINA = looked(MANAGER, MANAGER)


def test_the_catch_all_looks_up_manager_reserve_and_channel() -> None:
    assert contacts_to_ask(catch_all()) == (contact(MANAGER), contact("U_PAT"), contact("#all-hands"))
    assert contacts_to_ask(unanswered(issue())) == (contact(MANAGER), contact("#all-hands"))


def test_the_manager_and_the_channel_are_asked_the_reserve_is_not() -> None:
    change = ask_people(catch_all(), [DINA, PAT, ALL], NOON)
    assert asked(change) == [MANAGER, "C_ALL"]
    assert {one.level for one in change.issue.asks} == {0}
    assert change.issue.position.ends_at is None


@pytest.mark.parametrize(
    ("before", "manager"),
    [
        (catch_all(), looked(MANAGER, why="left")),
        (catch_all(raiser=MANAGER), DINA),
        (catch_all().bump(asks=(ask(MANAGER, 1, status=AskStatus.DECLINED),)), DINA),
    ],
    ids=["gone", "raised it", "said no"],
)
def test_the_reserve_is_asked_when_the_manager_cannot_be(before: Issue, manager: Looked) -> None:
    assert asked(ask_people(before, [manager, PAT, ALL], NOON)) == ["U_PAT", "C_ALL"]


def test_a_manager_who_owns_the_path_too_is_asked() -> None:
    own = route(path=path(owner=contact(MANAGER)))
    change = ask_people(catch_all(route=own), [DINA, DINA, ALL], NOON)
    assert asked(change) == [MANAGER, "C_ALL"]


def test_a_catch_all_nobody_stands_behind_stays_and_is_not_left() -> None:
    gone = [looked(MANAGER, why="left"), looked("U_PAT", why="left"), looked("#all-hands", why="archived")]
    change = ask_people(catch_all(), gone, NOON)
    assert change.issue.position.stage is Stage.CATCH_ALL
    assert change.issue.position.asked
    assert len(told(change, EventKind.UNREACHABLE)) == 3


# --- whom to look up --------------------------------------------------------------------------------------------------


def test_a_level_looks_up_its_contacts_as_written() -> None:
    assert contacts_to_ask(issue()) == (contact("#ops-desk"), contact(ANA))


def test_after_a_dispute_the_last_owner_is_looked_up() -> None:
    assert contacts_to_ask(issue(last_owner=OMAR, position=position(Stage.OWNER))) == (contact(OMAR),)
    assert contacts_to_ask(issue(position=position(Stage.OWNER))) == ()


def test_at_rest_nobody_is_looked_up() -> None:
    assert contacts_to_ask(issue(position=position(Stage.REST))) == ()


def test_asks_are_kept_apart_by_place() -> None:
    one = issue(asks=(ask(ANA, 1), ask(OMAR, 1, 1), ask(DIRECTOR, 0)))
    assert one.current_asks == (ask(ANA, 1),)
    assert unanswered(one).current_asks == (ask(DIRECTOR, 0), ask(MANAGER, 0, at=QUARTER))
    assert one.asks_of(ANA) == (ask(ANA, 1),)
    assert one.bump(asks=(ask(channel(ANA)),)).asks_of(ANA) == ()


def test_the_rules_decide_who_the_catch_all_is() -> None:
    own = route(rules=rules(escalation_manager=contact("@dina"), catch_all=contact("#help")))
    place = position(Stage.CATCH_ALL, level=3, asked=False)
    assert contacts_to_ask(issue(route=own, position=place)) == (contact("@dina"), contact("#help"))


def test_a_target_is_a_person_or_a_channel() -> None:
    assert user(ANA) != channel(ANA)
