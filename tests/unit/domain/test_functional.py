"""Sending an issue to a specialist team, and back: its path, its level 1, and who keeps what."""

from dataclasses import replace

import pytest

from bot.domain import answering, changing, functional
from bot.domain.destinations import destinations, named
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.matrix.match import route_for
from bot.domain.permissions import Actor
from bot.domain.routing import route as notices_of
from bot.domain.words import load_sentence
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
    at_level_two,
    issue,
    level,
    matrix,
    minutes,
    path,
    position,
    published,
    resolved,
    unanswered,
)
from tests.builders import acknowledged as taken

SOON = NOON + minutes(5)
LEVEL_1 = (1, 0)
WHY = "It is a question of the ledger."
BILLING = path("Billing team", [level("Bookkeepers", "U_BO", within=minutes(20)), level("Head", "U_HEAD")])
HARDWARE = path("Hardware", [level("Lab", "U_LAB")], functional=True, match={"type": ("hardware",)})
ALL = published(1, matrix(replace(BILLING, functional=True, match={"type": ("none",)}), HARDWARE, path()))
ONE = issue(requester="U_RITA", route=route_for(ALL, issue().facts, NOON))


def to_billing(one: Issue = ONE, who: Actor | None = None, reason: str = WHY) -> Issue:
    """Ana sends it to billing."""
    seen = (one.ask_level, one.position.round)
    return functional.send_to(one, who or actor(ANA), "Billing team", ALL, reason, seen, SOON).issue


def test_every_path_of_a_team_is_offered_but_the_one_it_is_on() -> None:
    assert [one.name for one in functional.teams(ONE, ALL)] == ["Billing team", "Hardware"]
    assert [one.name for one in functional.teams(to_billing(), ALL)] == ["Hardware", "Payments"]


def test_level_1_of_the_team_is_asked_with_its_own_time() -> None:
    seen = (1, 0)
    change = functional.send_to(ONE, actor(ANA), "Billing team", ALL, WHY, seen, SOON)
    after = change.issue
    assert (after.route.path.name, after.position.level, after.position.stage) == (
        "Billing team",
        1,
        Stage.LEVEL,
    )
    assert after.position.ends_at == SOON + minutes(20)
    assert after.current_asks == (), "nothing of the old path counts as an answer of the new one"
    assert after.epoch > ONE.epoch
    assert after.facts.path == "Billing team"
    sent, started = change.events
    assert (sent.kind, sent.actor, sent.text("team"), sent.text("from")) == (
        EventKind.ESCALATED,
        ANA,
        "Billing team",
        "Payments",
    )
    assert sent.text("reason") == WHY
    assert started.kind is EventKind.LEVEL_STARTED


def test_owner_and_state_are_kept_and_whoever_acknowledges_becomes_owner() -> None:
    before = taken(ONE)
    after = to_billing(before)
    assert (after.state, after.owner, after.asking) == (State.ACKNOWLEDGED, ANA, True)
    assert after.position.ends_at == SOON + minutes(20)
    asked = after.bump(asks=(*after.asks,))
    took = answering.acknowledge(asked, actor("U_PAT", path_owner=True), QUARTER, anyway=True).issue
    assert took.owner == "U_PAT"


def test_the_owner_is_told_who_sent_it_where() -> None:
    before = taken(ONE, owner=OMAR)
    change = functional.send_to(before, actor(ANA), "Billing team", ALL, WHY, LEVEL_1, SOON)
    (told,) = [one for one in notices_of(before, change) if one.to.id == OMAR]
    assert load_sentence(told.text("sentence")).plain() == (
        "@U_ANA sent ISS-1 to Billing team. You have it until somebody there takes it."
    )
    assert told.text("quote") == WHY


@pytest.mark.parametrize("who", [actor(ANA), actor(RAVI), actor("U_DINA", manager=True)])
def test_it_always_needs_a_reason(who: Actor) -> None:
    with pytest.raises(FieldErrors) as asked:
        to_billing(who=who, reason=" ")
    assert set(asked.value.fields) == {"reason"}


def test_raiser_and_requester_wait_a_level_time_before_the_next() -> None:
    after = to_billing(who=actor(RAVI))
    assert after.pressed_at == SOON
    with pytest.raises(Refused, match="You can escalate again from"):
        functional.send_to(
            after, actor("U_RITA"), "Hardware", ALL, WHY, (1, after.position.round), SOON + minutes(1)
        )


def test_others_may_not() -> None:
    with pytest.raises(NotAllowed, match=r"may escalate it\.$"):
        to_billing(who=actor("U_ELSE"))


@pytest.mark.parametrize(
    ("one", "team", "says"),
    [
        (ONE, "Payments", "Payments has it already, until 12:15 UTC."),
        (taken(ONE), "Payments", "Payments has it already."),
        (ONE, "Wizards", "The matrix has no team “Wizards”. You can choose: Billing team, Hardware."),
    ],
)
def test_what_is_no_team_is_a_sentence(one: Issue, team: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        functional.send_to(one, actor(ANA), team, ALL, WHY, LEVEL_1, SOON)
    assert str(refused.value) == says


def test_a_path_that_is_not_for_that_cannot_be_chosen() -> None:
    with pytest.raises(Refused, match="names no team"):
        bare = published(1, matrix(path()))
        functional.send_to(ONE, actor(ANA), "Billing team", bare, WHY, LEVEL_1, SOON)


def test_back_by_the_same_form_and_then_it_is_chosen_by_its_facts_again() -> None:
    there = to_billing()
    seen = (1, there.position.round)
    back = functional.send_to(there, actor(ANA), "Payments", ALL, WHY, seen, SOON + minutes(1)).issue
    assert (back.route.path.name, back.facts.path, back.position.level) == ("Payments", "", 1)
    assert back.position.round > there.position.round, "it begins anew"


def test_from_the_catch_all_it_goes_to_the_team() -> None:
    after = to_billing(unanswered(ONE), actor("U_DINA", manager=True))
    assert (after.position.stage, after.position.level) == (Stage.LEVEL, 1)


def test_another_priority_keeps_the_team_and_another_type_chooses_again() -> None:
    there = to_billing()
    slower = changing.change_facts(there, actor(ANA), {"urgency": "soon"}, ALL, SOON).issue
    assert (slower.route.path.name, slower.facts.path) == ("Billing team", "Billing team")
    other = changing.change_facts(there, actor(ANA), {"type": "hardware"}, ALL, SOON).issue
    assert (other.route.path.name, other.facts.path) == ("Hardware", "")


def test_what_is_over_is_not_sent_anywhere() -> None:
    with pytest.raises(Refused, match="nothing to escalate"):
        to_billing(resolved(ONE))


def test_a_form_of_an_earlier_level_says_who_is_asked() -> None:
    with pytest.raises(Refused, match="is being asked since"):
        functional.send_to(at_level_two(ONE), actor(ANA), "Billing team", ALL, WHY, LEVEL_1, QUARTER)


# --- whom somebody names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "name", "rest"),
    [
        ("Billing team: the ledger", "Billing team", "the ledger"),
        ("billing-team why not", "Billing team", "why not"),
        ("BILLING_TEAM", "Billing team", ""),
        ("Director, he knows", "Director", "he knows"),
        ("level 3 he knows", "Director", "he knows"),
        ("U_DIRECTOR he knows", "Director", "he knows"),
        ("shift lead please", "Shift lead", "please"),
        ("level 2", "Shift lead", ""),
        ("Front desk again", "Front desk", "again"),
    ],
)
def test_a_team_or_level_is_named_in_words(words: str, name: str, rest: str) -> None:
    hit = named(ONE, destinations(ONE, ALL), words)
    assert hit is not None
    assert (hit[0].name, hit[1]) == (name, rest)


@pytest.mark.parametrize("words", ["", "Directors", "the boss", "billingteam", "level 33"])
def test_other_words_name_nobody(words: str) -> None:
    assert named(ONE, destinations(ONE, ALL), words) is None


def test_the_longer_name_wins() -> None:
    two = published(
        1,
        matrix(
            path("Ops", [level()], functional=True, match={"type": ("none",)}),
            path("Ops Berlin", [level()], functional=True, match={"type": ("none",)}),
            path(),
        ),
    )
    hit = named(ONE, destinations(ONE, two), "ops berlin now")
    assert hit is not None
    assert (hit[0].team, hit[1]) == ("Ops Berlin", "now")


def test_at_the_end_of_the_ladder_only_teams_are_left() -> None:
    known = destinations(unanswered(ONE), ALL)
    assert (known.following, known.levels) == (None, ())
    assert [one.team for one in known.all] == ["Billing team", "Hardware"]
    last = ONE.bump(position=position(level=3))
    assert destinations(last, ALL).all[0].name == "the escalation manager"
