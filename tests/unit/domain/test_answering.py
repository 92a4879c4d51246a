"""Taking an issue, and saying that one cannot."""

import pytest

from bot.domain.answering import NotOnPath, acknowledge, decline
from bot.domain.errors import NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.permissions import Actor
from bot.domain.timers import plan
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
    ask,
    at_level_two,
    channel,
    climbing,
    contact,
    issue,
    level,
    minutes,
    path,
    position,
    resolved,
    route,
    unanswered,
)
from tests.builders import acknowledged as taken

SOON = NOON + minutes(5)
TWO = issue(asks=(ask(ANA), ask(OMAR)))
CHANNEL = issue(asks=(ask(channel("C_OPS")), ask(ANA)))


def statuses(one: Issue) -> dict[str, str]:
    """Who was asked -> what became of it, the latest."""
    return {each.target.id: each.status.value for each in one.asks}


# --- acknowledge ------------------------------------------------------------------------------------------------------


def test_who_is_asked_takes_it_and_the_timers_stop() -> None:
    change = acknowledge(TWO, actor(ANA), SOON)
    after = change.issue
    assert (after.state, after.owner, after.acknowledged_at) == (State.ACKNOWLEDGED, ANA, SOON)
    assert (after.position.stage, after.position.level, after.position.ends_at) == (Stage.REST, 1, None)
    assert statuses(after) == {ANA: "acknowledged", OMAR: "asked"}
    assert plan(after) == ()
    (event,) = change.events
    assert (event.kind, event.actor, event.data) == (
        EventKind.ACKNOWLEDGED,
        ANA,
        {"level": 1, "round": 0},
    )


def test_the_second_is_told_who_was_faster_and_when() -> None:
    first = acknowledge(TWO, actor(ANA), SOON).issue
    with pytest.raises(Refused, match=r"^@U_ANA took ISS-1 at 12:05 UTC\.$"):
        acknowledge(first, actor(OMAR), SOON)


def test_twice_by_the_same_person_says_that_they_have_it() -> None:
    first = acknowledge(TWO, actor(ANA), SOON).issue
    with pytest.raises(Refused, match=r"^You have ISS-1 already\.$"):
        acknowledge(first, actor(ANA), SOON)


@pytest.mark.parametrize("later", [at_level_two, unanswered])
def test_a_late_click_of_an_earlier_level_counts_if_nobody_was_faster(later: object) -> None:
    assert callable(later)
    change = acknowledge(later(issue()), actor(ANA), QUARTER + minutes(1))
    assert change.issue.owner == ANA
    assert change.issue.position.stage is Stage.REST


def test_who_declined_may_change_their_mind() -> None:
    said_no = decline(TWO, actor(ANA), SOON).issue
    after = acknowledge(said_no, actor(ANA), SOON).issue
    assert after.owner == ANA
    assert statuses(after)[ANA] == "declined", "what was said stays written"


def test_any_member_of_a_channel_that_was_asked_may_take_it() -> None:
    change = acknowledge(CHANNEL, actor("U_ELSE", via="C_OPS"), SOON)
    assert change.issue.owner == "U_ELSE"
    assert "off_path" not in change.events[0].data


OF_THE_PATH = {
    "the escalation manager": actor("U_ELSE", manager=True, member=True),
    "the owner of the path": actor("U_ELSE", path_owner=True, member=True),
    "somebody of a level that is not asked yet": actor(OMAR, member=True),
    "the same, as the directory says": actor("U_ELSE", on_path=frozenset({"U_ELSE"}), member=True),
    "somebody whom nobody could look up": actor("U_ELSE"),
}


@pytest.mark.parametrize("who", OF_THE_PATH.values(), ids=OF_THE_PATH)
def test_who_belongs_to_the_path_and_was_not_asked_is_not_told_otherwise(who: Actor) -> None:
    with pytest.raises(NotOnPath, match=r"^You have not been asked about ISS-1\. Take it anyway\?$"):
        acknowledge(issue(), who, SOON)
    change = acknowledge(issue(), who, SOON, anyway=True)
    assert change.issue.owner == who.user
    assert (change.events[0].data["unasked"], "off_path" in change.events[0].data) == (1, False)
    if who.member:
        assert acknowledge(issue(private=True), who, SOON, anyway=True).issue.owner == who.user, "they see it"


def test_a_colleague_who_was_not_asked_is_asked_whether_they_mean_it() -> None:
    with pytest.raises(NotOnPath, match=r"^You are not on the path of ISS-1\. Take it anyway\?$"):
        acknowledge(issue(), actor("U_ELSE", member=True), SOON)
    change = acknowledge(issue(), actor("U_ELSE", member=True), SOON, anyway=True)
    assert change.issue.owner == "U_ELSE"
    assert (change.events[0].data["off_path"], "unasked" in change.events[0].data) == (1, False)


REFUSED_STRANGERS = {
    "the raiser": (actor(RAVI), "You raised this one, so somebody else answers it."),
    "a guest": (actor("U_GUEST", guest=True), "Guests and people of other organisations cannot take issues."),
    "an outsider": (actor("U_OUT", outsider=True), "Guests and people of other organisations cannot"),
    "an outsider in an asked channel": (
        actor("U_OUT", outsider=True, via="C_OPS"),
        "Guests and people of other organisations cannot take issues.",
    ),
}


@pytest.mark.parametrize("anyway", [False, True])
@pytest.mark.parametrize("who", REFUSED_STRANGERS)
def test_some_may_not_take_it_even_anyway(who: str, anyway: bool) -> None:
    one, sentence = REFUSED_STRANGERS[who]
    with pytest.raises(NotAllowed) as refused:
        acknowledge(CHANNEL, one, SOON, anyway=anyway)
    assert str(refused.value).startswith(sentence)


def test_an_outsider_whom_the_matrix_names_was_asked_and_may() -> None:
    assert acknowledge(issue(), actor(ANA, outsider=True), SOON).issue.owner == ANA


def test_a_requester_who_is_a_colleague_may_take_it_anyway() -> None:
    one = issue(requester="U_RITA")
    assert acknowledge(one, actor("U_RITA"), SOON, anyway=True).issue.owner == "U_RITA"


def test_taking_over_while_it_climbs_informs_the_one_who_had_it() -> None:
    before = climbing(issue())
    change = acknowledge(before, actor(OMAR), QUARTER + minutes(9))
    assert change.issue.owner == OMAR
    assert change.issue.acknowledged_at == QUARTER + minutes(9), "since when the present owner has it"
    assert change.events[0].data == {"level": 2, "round": 0, "previous": ANA}
    assert statuses(change.issue) == {ANA: "acknowledged", OMAR: "acknowledged"}


def test_the_owner_cannot_take_it_over_from_themselves() -> None:
    with pytest.raises(Refused, match="You have ISS-1 already"):
        acknowledge(climbing(issue()), actor(ANA), QUARTER)


def test_the_catch_all_is_level_zero_in_the_timeline() -> None:
    change = acknowledge(unanswered(issue()), actor(MANAGER), QUARTER)
    assert change.events[0].data["level"] == 0


# --- decline ----------------------------------------------------------------------------------------------------------


def test_who_declines_is_out_and_the_others_are_still_asked() -> None:
    change = decline(TWO, actor(ANA), SOON, "In a meeting.")
    assert statuses(change.issue) == {ANA: "declined", OMAR: "asked"}
    assert change.issue.asks[0].reason == "In a meeting."
    assert change.issue.position == TWO.position
    assert change.issue.epoch == TWO.epoch
    (event,) = change.events
    assert (event.kind, event.actor, event.data) == (
        EventKind.DECLINED,
        ANA,
        {"reason": "In a meeting.", "level": 1},
    )


def test_the_last_one_who_declines_ends_the_level() -> None:
    first = decline(TWO, actor(ANA), SOON).issue
    change = decline(first, actor(OMAR), SOON)
    kinds = [event.kind for event in change.events]
    assert kinds == [EventKind.DECLINED, EventKind.LEVEL_ENDED, EventKind.LEVEL_STARTED]
    assert change.events[1].text("cause") == "all_declined"
    assert (change.issue.position.level, change.issue.position.started_at) == (2, SOON)


def test_one_who_cannot_be_reached_does_not_hold_the_level() -> None:
    one = issue(asks=(ask(ANA), ask(OMAR, status=AskStatus.UNREACHABLE)))
    assert decline(one, actor(ANA), SOON).issue.position.level == 2


def test_a_channel_never_counts_as_declined() -> None:
    change = decline(CHANNEL, actor(ANA), SOON)
    assert change.issue.position.level == 1
    assert statuses(change.issue) == {"C_OPS": "asked", ANA: "declined"}


def test_a_member_of_an_asked_channel_cannot_decline_for_all() -> None:
    with pytest.raises(Refused, match="The whole channel was asked, so there is nothing to decline"):
        decline(CHANNEL, actor("U_ELSE", via="C_OPS"), SOON)


def test_a_late_decline_takes_the_person_out_and_leaves_the_level_alone() -> None:
    change = decline(at_level_two(issue()), actor(ANA), QUARTER)
    assert [event.kind for event in change.events] == [EventKind.DECLINED]
    assert change.events[0].data["level"] == 1
    assert statuses(change.issue) == {ANA: "declined", OMAR: "asked"}


def test_declining_once_answers_every_ask_of_that_person() -> None:
    one = issue(asks=(ask(ANA, 1), ask(ANA, 2), ask(OMAR, 2)), position=position(level=2))
    after = decline(one, actor(ANA), SOON).issue
    assert [each.status.value for each in after.asks] == ["declined", "declined", "asked"]


def test_a_level_that_has_not_asked_yet_does_not_end_by_a_late_decline() -> None:
    one = issue(position=position(level=2, asked=False))
    after = decline(one, actor(ANA), SOON).issue
    assert (after.position.level, after.position.asked) == (2, False)


def test_declining_twice_is_explained() -> None:
    once = decline(TWO, actor(ANA), SOON).issue
    with pytest.raises(
        Refused, match=r"^You said already that you can't take ISS-1\. The next one is asked\.$"
    ):
        decline(once, actor(ANA), SOON)


@pytest.mark.parametrize("who", [actor("U_ELSE"), actor("U_ELSE", manager=True), actor(RAVI)])
def test_only_those_asked_decline(who: Actor) -> None:
    with pytest.raises(NotAllowed, match=r"^Only somebody who was asked may decline\.$"):
        decline(TWO, who, SOON)


def test_all_levels_declined_goes_straight_to_the_catch_all_even_if_the_ladder_repeats() -> None:
    rungs = [level("One", ANA), level("Two", OMAR), level("Three", DIRECTOR)]
    one = issue(route=route(path=path(levels=rungs, repeat=2)))
    for number, who in ((1, ANA), (2, OMAR), (3, DIRECTOR)):
        assert (one.position.stage, one.position.level, one.position.round) == (Stage.LEVEL, number, 0)
        if number > 1:
            one = one.bump(
                asks=(*one.asks, ask(who, number)),
                position=position(level=number, at=one.position.started_at),
            )
        one = decline(one, actor(who), SOON, f"{who} cannot.").issue
    assert one.position.stage is Stage.CATCH_ALL
    assert [each.reason for each in one.asks] == [f"{who} cannot." for who in (ANA, OMAR, DIRECTOR)]


def test_a_manager_who_declines_at_the_catch_all_leaves_it_standing() -> None:
    change = decline(unanswered(issue()), actor(MANAGER), QUARTER)
    assert change.issue.position.stage is Stage.CATCH_ALL
    assert [event.kind for event in change.events] == [EventKind.DECLINED]
    assert plan(change.issue), "and it goes on nagging"


def test_the_owner_asked_after_a_dispute_who_declines_hands_over_to_the_level() -> None:
    own = route(path=path(owner=contact("U_PAT")))
    one = issue(route=own, opening=2, last_owner=ANA, position=position(Stage.OWNER))
    after = decline(one, actor(ANA), SOON).issue
    assert (after.position.stage, after.position.level, after.position.asked) == (Stage.LEVEL, 1, False)


def test_a_person_asked_by_a_climbing_issue_may_decline_and_the_owner_stays() -> None:
    change = decline(climbing(issue()), actor(OMAR), QUARTER + minutes(1))
    assert (change.issue.state, change.issue.owner) == (State.ACKNOWLEDGED, ANA)
    assert change.issue.position.level == 3


@pytest.mark.parametrize("over", [resolved(issue()), taken(issue(), owner=OMAR)])
def test_nothing_is_declined_that_needs_nobody(over: Issue) -> None:
    with pytest.raises(Refused):
        decline(over, actor(ANA), QUARTER)


def test_who_raised_it_does_not_answer_it_not_even_through_a_channel_that_was_asked() -> None:
    with pytest.raises(NotAllowed, match="You raised this one"):
        acknowledge(CHANNEL, actor(CHANNEL.raiser, via="C_OPS"), SOON, anyway=True)


def test_who_could_not_be_reached_has_nothing_to_decline() -> None:
    gone = issue(asks=(ask(ANA, status=AskStatus.UNREACHABLE), ask(OMAR)))
    with pytest.raises(Refused, match="You are not asked for ISS-1 any more"):
        decline(gone, actor(ANA), SOON)
