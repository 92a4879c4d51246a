"""Changing what an issue is about: who may, what is chosen again, and priorities set by hand."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.domain.changing import CHANGEABLE, URGENCY, may_change
from bot.domain.errors import FieldErrors, NotAllowed
from bot.domain.issue import Issue
from bot.domain.permissions import Action, Actor
from bot.domain.wording.why import explain
from tests.builders import ANA, MANAGER, OMAR, RAVI, actor
from tests.unit.domain.changes import BY_HAND, FIVE_PAST, LATER_ON, TAKEN, changed, of_version_4
from tests.unit.domain.reading import RITA

TYPE = {"type": "hardware"}

# --- who may ----------------------------------------------------------------------------------------------------------


def _abroad(user: str) -> Actor:
    return actor(user, outsider=True, outsiders_may=frozenset({Action.PRIORITIZE}))


WHO: list[tuple[str, Issue, Actor, Mapping[str, str], bool]] = [
    ("a contact", of_version_4(), actor(ANA), TYPE, True),
    ("the manager", of_version_4(), actor(MANAGER, manager=True), TYPE, True),
    ("one of a level above", of_version_4(), actor(OMAR), TYPE, True),
    ("the path's owner", of_version_4(), actor("U_PAT", path_owner=True), TYPE, False),
    ("the owner", TAKEN, actor(ANA), TYPE, True),
    ("a stranger", of_version_4(), actor("U_ELSE"), LATER_ON, False),
    ("the requester", of_version_4(), actor(RITA), LATER_ON, False),
    ("the raiser, urgency", of_version_4(), actor(RAVI), LATER_ON, True),
    ("the raiser, by hand", of_version_4(), actor(RAVI), BY_HAND, True),
    ("the raiser, once it is taken", TAKEN, actor(RAVI), LATER_ON, False),
    ("the raiser, type", of_version_4(), actor(RAVI), TYPE, False),
    ("the raiser, both at once", of_version_4(), actor(RAVI), {**TYPE, **LATER_ON}, False),
    ("the raiser, type as it is", of_version_4(), actor(RAVI), {"type": "payments", **LATER_ON}, True),
    ("the raiser who is the manager too", TAKEN, actor(RAVI, manager=True), TYPE, True),
    ("a raiser of another organisation", of_version_4(), actor(RAVI, outsider=True), LATER_ON, False),
    ("the same where they may", of_version_4(), _abroad(RAVI), LATER_ON, True),
    ("a contact of another organisation", of_version_4(), actor(ANA, outsider=True), LATER_ON, False),
]


@pytest.mark.parametrize(
    ("before", "who", "wanted", "may"), [one[1:] for one in WHO], ids=[one[0] for one in WHO]
)
def test_who_may_change_what(before: Issue, who: Actor, wanted: Mapping[str, str], may: bool) -> None:
    if may:
        assert changed(before, wanted, who, "It spreads").issue.version > before.version
        return
    with pytest.raises(NotAllowed):
        changed(before, wanted, who, "It spreads")


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(NotAllowed) as refused:
        changed(TAKEN, LATER_ON, actor(RAVI))
    assert str(refused.value) == (
        "@U_ANA has ISS-1 by now, so only somebody who was asked, somebody of its path, the owner or "
        "the escalation manager may change its priority."
    )
    with pytest.raises(NotAllowed, match=r"Only somebody who was asked, .* may change its type, service or"):
        changed(of_version_4(), TYPE, actor(RAVI))


def test_somebody_of_another_organisation_changes_only_what_the_setting_names() -> None:
    own = replace(of_version_4(), raiser=ANA)
    assert may_change(own, actor(ANA)) == CHANGEABLE
    assert may_change(own, _abroad(ANA)) == URGENCY


def test_a_stranger_is_refused_before_anything_they_wrote_is_judged() -> None:
    with pytest.raises(NotAllowed):
        changed(of_version_4(), {"priority": "p1", "type": "nonsense"}, actor("U_ELSE"))


# --- what is chosen again ---------------------------------------------------------------------------------------------

AGAIN: list[tuple[str, Mapping[str, str], str, str]] = [
    ("urgency makes the priority", {"urgency": "now"}, "Payments", "p2"),
    ("impact and urgency", {"impact": "everyone", "urgency": "now"}, "Payments", "p1"),
    ("by hand", {"priority": "p1"}, "Payments", "p1"),
    ("another type", {"type": "hardware"}, "Everything else", "p3"),
    ("a service", {"service": "billing"}, "Billing", "p3"),
    ("a service that no path is for", {"service": "shop"}, "Payments", "p3"),
    ("a client", {"client": "acme"}, "Payments", "p3"),
    ("all at once", {"type": "hardware", "service": "billing", "priority": "p2"}, "Billing", "p2"),
]


@pytest.mark.parametrize(("wanted", "name", "key"), [one[1:] for one in AGAIN], ids=[one[0] for one in AGAIN])
def test_path_and_priority_are_those_of_its_version(wanted: Mapping[str, str], name: str, key: str) -> None:
    after = changed(of_version_4(), wanted, reason="It spreads").issue
    assert (after.route.path.name, after.route.priority.key, after.route.version) == (name, key, 4)
    assert all(getattr(after.facts, fact) == value for fact, value in wanted.items())


def test_a_service_is_taken_away_again() -> None:
    after = changed(of_version_4(service="billing"), {"service": ""}).issue
    assert (after.facts.service, after.route.path.name) == ("", "Payments")


@pytest.mark.parametrize("field", CHANGEABLE)
def test_what_the_version_does_not_know_is_said_at_the_field(field: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        changed(of_version_4(), {field: "nonsense"}, reason="It spreads")
    assert list(refused.value.fields) == [field]
    assert refused.value.fields[field].startswith(f'The matrix has no {field} "nonsense". Choose one of: ')


# --- a priority set by hand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_priority_by_hand_needs_a_reason(reason: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        changed(of_version_4(), BY_HAND, reason=reason)
    assert refused.value.fields == {
        "reason": "Impact and urgency make it P3 Normal. Please say why it should be P1 Critical."
    }


def test_it_is_kept_with_its_reason_and_marked_so() -> None:
    after = changed(of_version_4(), BY_HAND, reason="Nobody can pay").issue
    assert (after.facts.priority, after.facts.priority_reason) == ("p1", "Nobody can pay")
    assert "set by hand: Nobody can pay" in explain(after, (), FIVE_PAST)[0].lines[1].plain()


def test_choosing_again_keeps_it_without_another_reason() -> None:
    before = of_version_4(priority="p1", priority_reason="Nobody can pay")
    after = changed(before, {"service": "billing", "urgency": "now"}).issue
    assert (after.route.priority.key, after.facts.priority) == ("p1", "p1")
    assert after.facts.priority_reason == "Nobody can pay"


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ({"priority": ""}, "p3"),
        ({"priority": "p3"}, "p3"),
        ({"impact": "everyone", "urgency": "now"}, "p1"),
    ],
    ids=["as impact and urgency say", "chosen as they say", "they say the same now"],
)
def test_what_impact_and_urgency_give_is_not_by_hand(wanted: Mapping[str, str], key: str) -> None:
    before = of_version_4(priority="p1", priority_reason="Nobody can pay")
    after = changed(before, wanted).issue
    assert (after.route.priority.key, after.facts.priority, after.facts.priority_reason) == (key, "", "")


def test_another_one_by_hand_needs_a_reason_of_its_own() -> None:
    before = of_version_4(priority="p1", priority_reason="Nobody can pay")
    with pytest.raises(FieldErrors):
        changed(before, {"priority": "p2"})
    assert changed(before, {"priority": "p2"}, reason="A way around").issue.facts.priority_reason == (
        "A way around"
    )
