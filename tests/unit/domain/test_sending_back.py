"""Sending back, kindly; and the one appeal, judged by somebody else."""

from dataclasses import replace

import pytest

from bot.domain.clocks import ClockKind
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import Cause, EventKind
from bot.domain.issue import Change, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.matrix.model import IssueType
from bot.domain.notification import Notice
from bot.domain.offers import OFFERS
from bot.domain.permissions import Actor
from bot.domain.reopening import why_again
from bot.domain.routing import route as notices_of
from bot.domain.sending_back import CODES, appeal, judge, send_back
from bot.domain.targets import running
from bot.domain.timers import plan
from bot.domain.words import load_sentence
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
    at_level_two,
    climbing,
    issue,
    minutes,
    promised,
    resolved,
    target,
    unanswered,
)
from tests.builders import acknowledged as taken

RITA = "U_RITA"
SOON = NOON + minutes(5)
LATER = QUARTER + minutes(60)
ONE = issue(requester=RITA, route=promised(target=target()))
THE_MANAGER = actor(MANAGER, manager=True)
FIRST_TRY = IssueType("payments", "Payments", "customer", first_try="You may credit up to 50 GBP yourself.")
WHY = "It is about all shops, not one."


def back(one: Issue = ONE, by: str = ANA, code: str = "first_try", note: str = "") -> Change:
    """Ana sends it back."""
    return send_back(one, actor(by), code, note, SOON, FIRST_TRY)


def appealed(one: Issue = ONE, by: str = RITA) -> Change:
    """Rita appeals."""
    sent = back(one)
    return sent.then(appeal(sent.issue, actor(by), WHY, SOON + minutes(10)))


def said_to(before: Issue, change: Change, who: str) -> list[str]:
    """What this person reads because of it."""
    mine = [one for one in notices_of(before, change) if one.to.id == who and one.text("sentence")]
    return [load_sentence(one.text("sentence")).plain() for one in mine]


def asking(before: Issue, change: Change, question: str) -> list[Notice]:
    """The messages that ask this."""
    return [one for one in notices_of(before, change) if one.text("buttons") == question]


@pytest.mark.parametrize(
    ("one", "who"),
    [
        (ONE, actor(ANA)),
        (at_level_two(ONE), actor(OMAR)),
        (taken(ONE), actor(ANA)),
        (ONE, THE_MANAGER),
        (unanswered(ONE), actor(MANAGER)),
        (climbing(ONE), actor(OMAR)),
    ],
    ids=["level 1", "level 2", "owner", "manager", "asked at the catch-all", "asked while somebody has it"],
)
def test_a_contact_of_the_level_the_owner_or_the_manager_sends_it_back(one: Issue, who: Actor) -> None:
    change = send_back(one, who, "first_try", "", LATER)
    after = change.issue
    assert (after.state, after.position.stage) == (State.SENT_BACK, Stage.REST)
    assert after.epoch > one.epoch
    assert [timer for timer in plan(after) if timer.epoch == after.epoch] == [], "its timers end"
    assert not any(running(after, kind) for kind in ClockKind), "its clocks stand still"
    assert after.clocks.pause is not None
    assert change.events[-1].kind is EventKind.SENT_BACK


@pytest.mark.parametrize("who", [actor(RAVI), actor(RITA), actor("U_ELSE")])
def test_nobody_else_does(who: Actor) -> None:
    with pytest.raises(NotAllowed, match=r"may send it back\.$"):
        send_back(ONE, who, "first_try", "", SOON)


def test_somebody_of_an_earlier_level_does_not_any_more() -> None:
    with pytest.raises(NotAllowed):
        send_back(at_level_two(ONE), actor(ANA), "first_try", "", LATER)


@pytest.mark.parametrize("code", CODES)
def test_each_reason_is_kind_and_says_what_to_do_instead(code: str) -> None:
    note = "See ISS-7." if CODES[code].asks else ""
    change = back(code=code, note=note)
    (read,) = said_to(ONE, change, RITA)
    assert read.startswith("@U_ANA looked at ISS-1 and sent it back. ")
    assert read.endswith("If you see it differently, press Appeal, and somebody else decides.")
    for unkind in ("false", "wrong", "fault", "should have", "escalation"):
        assert unkind not in read.lower()


@pytest.mark.parametrize("code", [key for key, one in CODES.items() if one.asks])
def test_some_reasons_need_a_note(code: str) -> None:
    with pytest.raises(FieldErrors) as asked:
        back(code=code, note=" ")
    assert asked.value.fields == {"note": CODES[code].asks}


def test_an_unknown_reason_is_asked_again() -> None:
    with pytest.raises(FieldErrors) as asked:
        back(code="false_escalation")
    assert asked.value.fields == {"reason": "Please choose one of the reasons."}


def test_the_matrix_says_what_to_do_instead() -> None:
    (read,) = said_to(ONE, back(), RITA)
    assert "You may credit up to 50 GBP yourself." in read


def test_requester_and_raiser_are_told_and_may_both_appeal() -> None:
    change = back()
    told = asking(ONE, change, "appeal")
    assert {one.to.id for one in told} == {RITA, RAVI}
    assert all(OFFERS["appeal"].live(change.issue, one) for one in told)


def test_nobody_is_asked_to_appeal_against_themselves() -> None:
    mine = replace(ONE, requester=ANA)
    assert [one.to.id for one in asking(mine, back(mine), "appeal")] == [RAVI]


def test_who_is_both_is_told_once() -> None:
    own = issue(route=ONE.route)
    assert len(said_to(own, back(own), RAVI)) == 1


def test_an_owner_who_did_not_do_it_is_told() -> None:
    before = taken(ONE)
    change = send_back(before, THE_MANAGER, "duplicate", "ISS-7", LATER)
    assert said_to(before, change, ANA) == ["@U_MANAGER sent ISS-1 back. Nothing to do for you."]


def test_the_second_who_sends_it_back_is_told_who_did() -> None:
    with pytest.raises(Refused, match=r"^@U_ANA sent ISS-1 back at 12:05 UTC\.$"):
        send_back(back().issue, THE_MANAGER, "first_try", "", LATER)


# --- the appeal -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [RAVI, RITA])
def test_raiser_and_requester_may_appeal(who: str) -> None:
    change = appealed(by=who)
    assert change.issue.state is State.SENT_BACK
    assert change.issue.care.appeal_waits
    (event,) = [one for one in change.events if one.kind is EventKind.APPEALED]
    assert (event.actor, event.text("why")) == (who, WHY)


@pytest.mark.parametrize("who", [actor(ANA), THE_MANAGER, actor("U_ELSE")])
def test_others_may_not_appeal(who: Actor) -> None:
    with pytest.raises(NotAllowed, match=r"^Only who raised it or the requester may appeal\.$"):
        appeal(back().issue, who, WHY, LATER)


def test_an_appeal_says_why() -> None:
    with pytest.raises(FieldErrors) as asked:
        appeal(back().issue, actor(RITA), "\n", LATER)
    assert set(asked.value.fields) == {"why"}


@pytest.mark.parametrize(("who", "called"), [(RAVI, "@U_RITA"), (RITA, "You")])
def test_once_a_second_appeal_is_a_sentence(who: str, called: str) -> None:
    said = rf"^{called} appealed at 12:15 UTC, and somebody else looks at ISS-1 now\."
    with pytest.raises(Refused, match=said):
        appeal(appealed().issue, actor(who), WHY, LATER)
    decided = judge(appealed().issue, THE_MANAGER, False, "Please use the shop's form.", LATER).issue
    with pytest.raises(Refused, match=r"^Somebody else looked at ISS-1 already, and it stays sent back\."):
        appeal(decided, actor(who), WHY, LATER)


def test_whoever_is_asked_to_judge_neither_sent_it_back_nor_appealed() -> None:
    sent = back()
    change = appeal(sent.issue, actor(RITA), WHY, SOON + minutes(10))
    (prompt,) = asking(sent.issue, change, "judge")
    assert prompt.to.id == MANAGER
    assert set(prompt.text("not_for").split()) == {ANA, RITA, RAVI}
    assert OFFERS["judge"].live(change.issue, prompt)


@pytest.mark.parametrize("who", [ANA, RITA])
def test_never_about_ones_own_act(who: str) -> None:
    with pytest.raises(
        NotAllowed, match=r"^You (sent it back|appealed) yourself, so somebody else decides\.$"
    ):
        judge(appealed().issue, actor(who, manager=True, path_owner=True, admin=True), True, "", LATER)


def test_nor_about_ones_own_issue_when_somebody_else_appealed() -> None:
    with pytest.raises(NotAllowed, match=r"^ISS-1 is your own, so somebody else decides\.$"):
        judge(appealed(by=RITA).issue, actor(RAVI, manager=True), True, "", LATER)


@pytest.mark.parametrize("who", [actor(OMAR), actor(RAVI), actor("U_ELSE")])
def test_others_do_not_judge(who: Actor) -> None:
    with pytest.raises(NotAllowed, match=r"may judge an appeal\.$"):
        judge(appealed().issue, who, True, "", LATER)


@pytest.mark.parametrize("who", [THE_MANAGER, actor("U_PAT", path_owner=True), actor("U_ADMIN", admin=True)])
def test_the_manager_judges_else_the_path_owner_else_an_admin(who: Actor) -> None:
    assert judge(appealed().issue, who, True, "", LATER).issue.state is State.OPEN


@pytest.mark.parametrize(
    ("one", "by", "stage", "level"),
    [
        (ONE, ANA, Stage.LEVEL, 2),
        (at_level_two(ONE), OMAR, Stage.LEVEL, 3),
        (unanswered(ONE), MANAGER, Stage.CATCH_ALL, 3),
    ],
)
def test_upheld_it_is_opened_again_one_level_above(one: Issue, by: str, stage: Stage, level: int) -> None:
    sent = send_back(one, actor(by), "first_try", "", QUARTER).issue
    asked = appeal(sent, actor(RITA), WHY, QUARTER).issue
    change = judge(asked, actor("U_PAT", path_owner=True), True, "", LATER)
    after = change.issue
    assert (after.state, after.opening, after.owner, after.asks) == (State.OPEN, 2, None, ())
    assert (after.position.stage, after.position.level, after.position.started_at) == (stage, level, LATER)
    assert after.clocks.pause is None, "its clocks go on"
    assert after.clocks.pauses[-1].end == LATER
    assert change.events[-1].text("cause") == Cause.APPEAL
    assert after.epoch > asked.epoch
    assert why_again(after) == WHY, "who is asked reads why"


def test_after_an_upheld_appeal_the_first_dispute_is_still_the_first() -> None:
    after = judge(appealed().issue, THE_MANAGER, True, "", LATER).issue
    assert after.care.disputes == 0


def test_to_leave_it_sent_back_needs_a_reason_and_changes_nothing_else() -> None:
    asked = appealed().issue
    with pytest.raises(FieldErrors) as missing:
        judge(asked, THE_MANAGER, False, "", LATER)
    assert set(missing.value.fields) == {"why"}
    change = judge(asked, THE_MANAGER, False, "The shop can do it.", LATER)
    assert (change.issue.state, change.issue.opening) == (State.SENT_BACK, 1)


@pytest.mark.parametrize(
    ("upheld", "says"),
    [
        (
            True,
            "@U_MANAGER looked at ISS-1, and it is open again. Shift lead is asked now and answers by 13:45 UTC.",
        ),
        (False, "@U_MANAGER looked at ISS-1 once more, and it stays sent back. Thank you for asking."),
    ],
)
def test_requester_and_raiser_are_told_either_way_and_once(upheld: bool, says: str) -> None:
    asked = appealed().issue
    change = judge(asked, THE_MANAGER, upheld, WHY, LATER)
    assert said_to(asked, change, RITA) == [says]
    assert said_to(asked, change, RAVI) == [says]


@pytest.mark.parametrize("upheld", [True, False])
def test_what_is_decided_is_decided(upheld: bool) -> None:
    asked = appealed().issue
    decided = judge(asked, THE_MANAGER, upheld, WHY, LATER).issue
    (prompt,) = asking(back().issue, Change(asked, appealed().events[-1:]), "judge")
    assert not OFFERS["judge"].live(decided, prompt)
    assert OFFERS["judge"].settled(decided, prompt).plain() == (
        "@U_MANAGER opened it again." if upheld else "@U_MANAGER decided: it stays sent back."
    )
    with pytest.raises(Refused, match=r"^It was decided already: ISS-1"):
        judge(decided, actor("U_PAT", path_owner=True), True, "", LATER)


@pytest.mark.parametrize("one", [ONE, taken(ONE), resolved(taken(ONE)), back().issue])
def test_without_an_appeal_there_is_nothing_to_judge(one: Issue) -> None:
    with pytest.raises(Refused, match=r"and no appeal waits\.$"):
        judge(one, THE_MANAGER, True, "", LATER)
