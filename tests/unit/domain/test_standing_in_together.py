"""Somebody without Slack whose issue was merged into another one: who raised it goes on to bring them each text."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain import closing, merging, standing_in, waiting, working
from bot.domain.care import Brought
from bot.domain.caring_time import next_update_by
from bot.domain.errors import FieldErrors, NotAllowed
from bot.domain.events import EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import State
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offers import OFFERS
from bot.domain.out_of_reach import handed_on
from bot.domain.routing import owing, route
from bot.domain.timers import TimerKind, plan
from bot.domain.words import load_sentence
from tests.builders import ANA, MANAGER, OMAR, QUARTER, RAVI, acknowledged, actor, facts, issue, minutes
from tests.unit.domain.cared_for import HOUR, cared
from tests.unit.domain.reading import told

RITA = UserId("U_RITA")
KIM: dict[str, Any] = {"requester": RITA, "raiser": RITA, "facts": facts(requester_name="Mr Kim")}


def merged(target: Issue, **source: Any) -> Issue:
    """Mrs Lee's issue, raised by Ravi, goes on as this one, which Ana has."""
    asked = {"facts": facts(requester_name="Mrs Lee"), **source}
    return merging.merge(acknowledged(issue(9, **asked)), acknowledged(target), actor(ANA), QUARTER)[1].issue


def does(before: Issue, change: Change) -> Change:
    """As it is stored."""
    return owing(before, change, QUARTER)


def copies(before: Issue, change: Change) -> dict[str, Notice]:
    """The texts to bring, by who brings them."""
    return {one.to.id: one for one in route(before, change) if one.args.get("copy")}


RITAS = merged(cared(requester=RITA, raiser=RITA))
NEWS = does(RITAS, working.update_requester(RITAS, actor(ANA), "Soon.", QUARTER))


def test_who_raised_it_gets_each_text_to_bring_and_who_has_slack_reads_it() -> None:
    assert (RITAS.company.further, RITAS.company.absent) == ((RAVI,), (Brought(RAVI, "Mrs Lee"),))
    (copy,) = copies(RITAS, NEWS).values()
    assert (copy.kind, copy.to.id, copy.text("quote")) == (NoticeKind.RAISER, RAVI, "Soon.")
    assert copy.text("buttons") == "told reply"
    assert OFFERS["told"].live(NEWS.issue, copy)
    read = told(route(RITAS, NEWS), NoticeKind.REQUESTER)
    assert read == ["U_RITA: ISS-1, news from @U_ANA:"]
    (owed,) = (one for one in NEWS.events if one.kind is EventKind.OWED)
    assert (owed.data["name"], owed.data["who"]) == ("Mrs Lee", RAVI)


@pytest.mark.parametrize(
    ("target", "source", "bring"),
    [
        pytest.param(cared(**KIM), {}, {RITA: "Mr Kim", RAVI: "Mrs Lee"}, id="each their own"),
        pytest.param(
            cared(**KIM), {"requester": RITA, "raiser": RITA}, {RITA: "Mr Kim and Mrs Lee"}, id="one for two"
        ),
        pytest.param(cared(), {}, {RAVI: "Mrs Lee"}, id="whom the other one is for"),
        pytest.param(cared(requester=RITA), {"requester": ANA, "raiser": ANA}, {ANA: "Mrs Lee"}, id="owner"),
        pytest.param(
            cared(requester=ANA), {"requester": ANA, "raiser": ANA}, {ANA: "Mrs Lee"}, id="owner of both"
        ),
    ],
)
def test_who_brings_what_to_whom(target: Issue, source: dict[str, Any], bring: dict[str, str]) -> None:
    whole = merged(target, **source)
    change = does(whole, working.update_requester(whole, actor(ANA), "Soon.", QUARTER))
    assert {user: standing_in.brings(whole, user) for user in copies(whole, change)} == bring
    assert {one.by or whole.raiser for one in change.issue.care.owing} == set(bring)
    assert next_update_by(whole) is not None, "they wait for news, whoever has it"
    for user in bring:
        done = standing_in.tell(change.issue, actor(user), change.issue.version, QUARTER)
        assert [one for one in done.issue.care.owing if (one.by or whole.raiser) == user] == []
        assert len(done.issue.care.owing) == len(bring) - 1, "what others bring still waits"
        assert done.events[0].data["name"] == bring[user]
    with pytest.raises(NotAllowed, match="Only who raised it"):
        standing_in.tell(change.issue, actor(OMAR), change.issue.version, QUARTER)


def test_who_reads_it_for_themselves_has_only_their_own_buttons_to_answer_with() -> None:
    whole = merged(cared(requester=RITA), requester=RITA, raiser=RITA)
    told = route(whole, working.resolve(whole, actor(ANA), "Done.", QUARTER))
    assert [one.text("buttons") for one in told if one.to.id == RITA] == ["confirm reply_too", "told"]


def test_who_came_along_in_an_earlier_merge_is_told_too() -> None:
    last = merging.merge(RITAS, acknowledged(issue(3, requester=OMAR)), actor(ANA), QUARTER)[1].issue
    assert last.company.absent == (Brought(RAVI, "Mrs Lee"),)


def test_each_is_reminded_of_their_own_and_the_manager_reads_who_brings_it() -> None:
    both = merged(cared(**KIM))
    both = does(both, working.update_requester(both, actor(ANA), "Soon.", QUARTER)).issue
    reminded = standing_in.remind(both, QUARTER + minutes(48))
    assert told(route(both, reminded), NoticeKind.RAISER) == [
        f"{who}: ISS-1: {name} should hear by 13:15 UTC how it stands. Press I told them when you have told them."
        for who, name in ((RITA, "Mr Kim"), (RAVI, "Mrs Lee"))
    ]
    rest = standing_in.tell(reminded.issue, actor(RITA), both.version, QUARTER).issue
    late = standing_in.tell_on(rest, QUARTER + HOUR)
    assert told(route(rest, late), NoticeKind.MANAGER) == [
        f"{MANAGER}: ISS-1: Mrs Lee, who has no Slack, was to hear by 13:15 UTC how it stands. @U_RAVI brings them "
        "the news. Please see whether they need a hand."
    ]
    assert [one for one in plan(late.issue) if one.kind in (TimerKind.TELL_DUE, TimerKind.TELL_LATE)] == []


def test_a_newer_text_of_somebody_else_is_not_late_yet() -> None:
    one = does(RITAS, working.update_requester(RITAS, actor(ANA), "Soon.", QUARTER)).issue
    kims = merging.merge(acknowledged(issue(8, **KIM)), one, actor(ANA), QUARTER)[1].issue
    after = QUARTER + minutes(30)
    two = owing(kims, working.update_requester(kims, actor(ANA), "Very soon.", after), after).issue
    reminded = standing_in.remind(two, QUARTER + minutes(48)).issue
    assert [(one.by or RITA, one.reminded) for one in reminded.care.owing] == [
        (RAVI, 1),
        (RAVI, 1),
        (RITA, 0),
    ]
    again = standing_in.remind(reminded, after + minutes(48)).issue
    assert [one.reminded for one in again.care.owing] == [1, 1, 1]


def test_the_text_has_no_button_to_press_and_who_brings_it_answers_for_them() -> None:
    done = does(RITAS, working.resolve(RITAS, actor(ANA), "Done.", QUARTER))
    copy = copies(RITAS, done)[RAVI]
    assert "press" not in load_sentence(copy.text("sentence")).plain()
    assert copy.text("buttons") == "told dispute reply_too"
    again = closing.dispute(done.issue, actor(RAVI), "Not for her.", QUARTER + HOUR)
    assert (again.issue.state, again.events[0].text("on_behalf")) == (State.OPEN, "Mrs Lee")
    closed = closing.confirm(done.issue, actor(RITA), QUARTER + HOUR)
    assert "on_behalf" not in closed.events[0].data
    said = load_sentence(copies(done.issue, closed)[RAVI].text("sentence")).plain()
    assert "If it is not solved for you, tell us." in said


# --- somebody who brought it left -------------------------------------------------------------------------------------


def without(whole: Issue, *lost: str) -> Issue:
    """The same, once nothing reaches these any more."""
    return replace(whole, care=replace(whole.care, lost=lost))


@pytest.mark.parametrize(
    ("whole", "bring"),
    [
        pytest.param(without(RITAS, RAVI), {ANA: "Mrs Lee"}, id="who came along"),
        pytest.param(
            without(merged(cared(**KIM)), RITA), {ANA: "Mr Kim", RAVI: "Mrs Lee"}, id="who raised it"
        ),
        pytest.param(without(merged(cared(**KIM)), RITA, RAVI), {ANA: "Mr Kim and Mrs Lee"}, id="both"),
        pytest.param(
            without(RITAS, RAVI, ANA), {RAVI: "Mrs Lee"}, id="and who has it: it is tried all the same"
        ),
    ],
)
def test_who_has_it_brings_what_somebody_who_left_was_to_bring(whole: Issue, bring: dict[str, str]) -> None:
    change = does(whole, working.update_requester(whole, actor(ANA), "Soon.", QUARTER))
    found = copies(whole, change)
    assert {user: standing_in.brings(whole, user) for user in found} == bring
    assert all(OFFERS["told"].live(change.issue, one) for one in found.values())
    owed = [one.data for one in change.events if one.kind is EventKind.OWED]
    assert {str(one.get("who") or whole.raiser) for one in owed} == set(bring)
    assert [one for one in owed if one.get("lost")] == ([] if ANA in bring else owed)
    if ANA in bring:
        assert found[ANA].text("buttons") == "told", "they do not answer in anybody's place"
        done = standing_in.tell(change.issue, actor(ANA), change.issue.version, QUARTER)
        assert len(done.issue.care.owing) == len(bring) - 1


def test_only_what_still_waits_is_handed_on_oldest_first() -> None:
    texts, one = [], RITAS
    for text in ("One.", "Two.", "Three."):
        change = does(one, working.update_requester(one, actor(ANA), text, QUARTER))
        texts += [copies(one, change)[RAVI]]
        one = change.issue
    told_first = standing_in.tell(one, actor(RAVI), int(texts[0].args["n"]), QUARTER).issue
    assert list(handed_on(told_first, texts, RAVI)) == [], "they are there"
    found = list(handed_on(without(told_first, RAVI), reversed(texts), RAVI))
    assert [(each.to.id, each.text("quote")) for each in found] == [(ANA, "Two."), (ANA, "Three.")]
    assert len({each.lane for each in found}) == 1, "one after the other"


def test_it_goes_over_to_whoever_takes_it_next() -> None:
    whole = without(RITAS, RAVI)
    change = does(whole, working.update_requester(whole, actor(ANA), "Soon.", QUARTER))
    (copy,) = copies(whole, change).values()
    taken = replace(change.issue, owner=UserId(OMAR))
    assert not OFFERS["told"].live(taken, copy)
    assert OFFERS["told"].settled(taken, copy).plain() == "Somebody else tells them now."
    told_them = standing_in.tell(taken, actor(OMAR), taken.version, QUARTER)
    assert told_them.events[0].data["name"] == "Mrs Lee"
    assert OFFERS["told"].settled(told_them.issue, copy).plain() == "Thank you."


def test_it_does_not_wait_for_somebody_who_cannot_answer() -> None:
    alone = without(acknowledged(cared(requester=RITA)), RITA)
    with pytest.raises(FieldErrors, match="nobody would answer"):
        waiting.wait(alone, actor(ANA), "requester", "Which?", QUARTER)
    for somebody in (without(RITAS, RITA), without(acknowledged(cared(**KIM)), RITA)):
        assert waiting.wait(somebody, actor(ANA), "requester", "Which?", QUARTER).issue.waiting
