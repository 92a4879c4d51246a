"""Who reads what when an issue changes hands, and what the questions to its owner say once they are settled."""

from dataclasses import replace

import pytest

from bot.domain import answering, asking, escalation, handing, snoozing, still_on_it, working
from bot.domain.events import Cause, EventKind
from bot.domain.handing import Wish
from bot.domain.issue import Change, Issue, Stage
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.offers import OFFERS
from bot.domain.prompting import asks_anew, has_live_buttons
from bot.domain.rerouting import reroute
from bot.domain.routing import route as messages
from bot.domain.span import span
from bot.domain.telling_handing import ask_to_hand_over
from bot.domain.wording.card import headline
from bot.domain.wording.prompts import prompt
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    OMAR,
    QUARTER,
    acknowledged,
    actor,
    ask,
    contact,
    issue,
    level,
    looked,
    minutes,
    path,
    resolved,
    route,
    target,
    user,
)
from tests.unit.domain.reading import RITA, told

REQUESTER, OWNER, CHIEF = NoticeKind.REQUESTER, NoticeKind.OWNER, NoticeKind.MANAGER
LATER = QUARTER + minutes(5)
LEVELS = [level("Desk", ANA, OMAR), level("Lead", DIRECTOR, within=minutes(30))]
WAY = route(path=path(levels=LEVELS, still_on_it_after=span("1h")))
HAS_IT = acknowledged(issue(route=WAY, requester=RITA, asks=(ask(ANA), ask(OMAR))))
ZED = Wish(contact("U_ZED"), (user("U_ZED"),), "Zed")
BOSS = actor(MANAGER, manager=True)


def read(before: Issue, change: Change, kind: NoticeKind) -> list[str]:
    """What messages of this kind say."""
    return told(messages(before, change), kind)


def question(before: Issue, change: Change) -> Notice:
    """The one message to the owner."""
    (found,) = [one for one in messages(before, change) if one.kind is OWNER]
    return found


def settled(now: Issue, notice: Notice) -> str:
    """What stands below a question that is not live any more."""
    assert not has_live_buttons(now, notice)
    return OFFERS[notice.text("buttons")].settled(now, notice).plain()


def named(before: Issue = HAS_IT, who: str = ANA, why: str = "") -> Issue:
    """Zed is asked to take it."""
    change = handing.assign(before, actor(who, manager=who == MANAGER), ZED, why, LATER)
    if not change.issue.position.asked:
        change = change.then(asking.ask_people(change.issue, [looked("U_ZED", "U_ZED")], LATER))
    return change.issue


# --- giving back ------------------------------------------------------------------------------------------------------


def test_the_requester_is_told_plainly_that_somebody_else_is_asked_and_by_when() -> None:
    change = handing.give_back(HAS_IT, actor(ANA), "too hard", LATER)
    assert read(HAS_IT, change, REQUESTER) == [
        "U_RITA: @U_ANA can't go on with ISS-1; somebody else is being asked, by 12:35 UTC."
    ]


def test_an_owner_who_is_the_requester_knows_it() -> None:
    own = replace(HAS_IT, requester=ANA)
    assert read(own, handing.give_back(own, actor(ANA), "", LATER), REQUESTER) == []


def ping_to(who: str, level: int, round_: int) -> Notice:
    """The message that asks somebody."""
    args: dict[str, str | int] = {"opening": 1, "level": level, "round": round_, "target": who}
    return Notice(NoticeKind.PING, "p", user(who), "l", Rank.PING, args=args)


def test_who_gave_it_back_has_no_buttons_on_it_any_more() -> None:
    mine = ping_to(ANA, level=1, round_=0)
    assert prompt(HAS_IT, mine).has_it
    after = handing.give_back(HAS_IT, actor(ANA), "", LATER).issue
    assert prompt(after, mine).sentence.plain().startswith("You can't take ISS-1.")
    assert not has_live_buttons(after, mine)


# --- handing over -----------------------------------------------------------------------------------------------------


def ping_of(one: Issue, who: str = "U_ZED") -> str:
    """What the ping of somebody says."""
    last = one.asks_of(who)[-1]
    return prompt(one, ping_to(who, last.level, last.round)).sentence.plain()


def test_the_named_read_who_asks_and_why() -> None:
    assert ping_of(named(why="Knows the till.")) == (
        "@U_ANA asks you to take ISS-1 over from them. Please answer by 12:35 UTC. Why: Knows the till."
    )
    assert ping_of(named(who=MANAGER)) == (
        "@U_MANAGER asks you to take ISS-1 over from @U_ANA. Please answer by 12:35 UTC."
    )
    assert ping_of(named(issue(route=WAY), MANAGER)).startswith("@U_MANAGER asks you to take ISS-1. Please")
    assert ping_of(named(issue(route=WAY), MANAGER), ANA).startswith("ISS-1 needs your answer by")


def test_the_card_says_that_they_are_asked_and_who_has_it() -> None:
    assert headline(named()).plain() == (
        "@U_ANA has it, since 12:15 UTC. @U_ZED: will you take it over? Please answer by 12:35 UTC."
    )
    gone = handing.owner_gone(named(), ANA, "left", LATER).issue
    assert headline(gone).plain() == "@U_ANA has left Slack; @U_ZED is asked to take over until 12:35 UTC."


def test_the_previous_owner_is_informed() -> None:
    by_boss = handing.assign(HAS_IT, BOSS, ZED, "", LATER)
    assert read(HAS_IT, by_boss, OWNER) == [
        "U_ANA: @U_MANAGER asks @U_ZED to take ISS-1 over from you. You have it until somebody takes it."
    ]
    assert read(HAS_IT, handing.assign(HAS_IT, actor(ANA), ZED, "", LATER), OWNER) == []
    taken = answering.acknowledge(named(), actor("U_ZED"), LATER)
    assert read(named(), taken, OWNER) == ["U_ANA: @U_ZED has taken ISS-1 over from you."]
    assert read(named(), taken, REQUESTER) == ["U_RITA: @U_ZED has taken ISS-1."]


def test_the_requester_hears_of_a_hand_over_when_it_is_done() -> None:
    assert read(HAS_IT, handing.assign(HAS_IT, actor(ANA), ZED, "", LATER), REQUESTER) == []


def test_if_nobody_takes_it_the_owner_and_who_asked_are_told() -> None:
    before = named(who=MANAGER)
    change = escalation.end_level(before, LATER + minutes(15), Cause.TIMER)
    assert read(before, change, OWNER) == [
        "U_ANA: Nobody took ISS-1 over, so you still have it. Please go on, or hand it to somebody else.",
        "U_MANAGER: Nobody of those you named took ISS-1. @U_ANA has it.",
    ]
    assert len(read(named(), escalation.end_level(named(), LATER, Cause.TIMER), OWNER)) == 1


# --- questions to the owner -------------------------------------------------------------------------------------------

STILL = still_on_it.ask_still(HAS_IT, LATER)
TOP = reroute(HAS_IT, replace(WAY, top_priority=True), LATER, by=MANAGER)
SHIFT = ask_to_hand_over(HAS_IT, "care:now", "Care", OMAR, "Omar")


def test_still_on_it_says_what_comes_without_an_answer() -> None:
    assert read(HAS_IT, STILL, OWNER) == [
        "U_ANA: Are you still on ISS-1? Nothing was heard of it for a while. Please answer by 12:35 UTC; "
        "then Lead is asked too."
    ]
    assert has_live_buttons(STILL.issue, question(HAS_IT, STILL))


def test_at_the_top_it_is_a_question_and_no_second_message() -> None:
    assert len(read(HAS_IT, TOP, OWNER)) == 1
    assert has_live_buttons(TOP.issue, question(HAS_IT, TOP))


@pytest.mark.parametrize("asked", [STILL, TOP], ids=["still", "top"])
def test_each_question_is_edited_to_the_truth(asked: Change) -> None:
    one, before = question(HAS_IT, asked), asked.issue
    kept = still_on_it.keep(before, actor(ANA), LATER).issue
    assert settled(kept, one) == "You keep it. Thank you."
    back = handing.give_back(before, actor(ANA), "", LATER).issue
    assert settled(back, one).startswith("You don't have it any more. Desk is asked now")
    silent = still_on_it.stayed_silent(before, LATER + minutes(15)).issue
    assert has_live_buttons(silent, one), "a late answer still counts"
    taken = answering.acknowledge(silent, BOSS, LATER + minutes(20), anyway=True).issue
    assert settled(taken, one) == "@U_MANAGER has it now. Nothing to do."
    assert settled(resolved(taken, taken.owner or ANA), one) == "It is resolved. Nothing to do."


def test_an_older_question_of_the_same_kind_stays_settled() -> None:
    first = question(HAS_IT, STILL)
    kept = still_on_it.keep(STILL.issue, actor(ANA), LATER).issue
    again = still_on_it.ask_still(kept, LATER + minutes(75)).issue
    assert not has_live_buttons(again, first)


def test_when_a_person_asked_for_the_level_after_that_the_owner_may_still_say_that_they_are_on_it() -> None:
    silent = still_on_it.stayed_silent(STILL.issue, LATER + minutes(15)).issue
    further = working.escalate(silent, BOSS, (2, silent.position.round), LATER + minutes(16)).issue
    asks_still = question(HAS_IT, STILL)
    assert further.position.stage is Stage.CATCH_ALL
    assert not further.care.unheard
    assert has_live_buttons(further, asks_still)
    assert still_on_it.keep(further, actor(ANA), LATER + minutes(17)).issue.asking, (
        "but the level stays asked"
    )


def test_at_the_end_of_a_shift_it_can_be_handed_over() -> None:
    assert SHIFT is not None
    assert (SHIFT.text("follows"), SHIFT.text("called")) == (OMAR, "Omar")
    assert has_live_buttons(HAS_IT, SHIFT)
    assert settled(named(), SHIFT) == (
        "@U_ZED has been asked to take it over since 12:20 UTC; you have it until it is taken."
    )
    too = handing.assign(named(), BOSS, Wish(contact("U_YAN"), (user("U_YAN"),), "Yan"), "", LATER).issue
    assert settled(too, SHIFT).startswith("@U_YAN has been asked to take it over")
    no = answering.decline(too, actor("U_YAN"), LATER).issue
    assert settled(no, SHIFT).startswith("@U_ZED has been asked to take it over"), "who has not answered"
    late = escalation.end_level(named(), LATER + minutes(15), Cause.TIMER).issue
    assert has_live_buttons(late, SHIFT), "nobody took it"
    assert asks_anew(named(), late), "so the question is drawn anew"
    taken = answering.acknowledge(named(), actor("U_ZED"), LATER).issue
    assert settled(taken, SHIFT) == "@U_ZED has it now. Nothing to do."


FOLLOWS: dict[str, tuple[Issue, str]] = {
    "nobody": (HAS_IT, ""),
    "who has it": (HAS_IT, ANA),
    "who raised it": (HAS_IT, HAS_IT.raiser),
    "who said no": (handing.give_back(HAS_IT, actor(ANA), "", LATER).issue.bump(), ANA),
}


@pytest.mark.parametrize("name", FOLLOWS)
def test_it_is_handed_over_in_one_press_only_to_somebody_who_can_take_it(name: str) -> None:
    before, follows = FOLLOWS[name]
    before = before if before.owner else acknowledged(before, OMAR, LATER)
    made = ask_to_hand_over(before, "k", "Care", follows, "Somebody")
    assert made is not None
    assert (made.text("follows"), made.text("called")) == ("", "")


@pytest.mark.parametrize("before", [issue(), resolved(issue())])
def test_what_nobody_works_on_is_not_handed_over(before: Issue) -> None:
    assert ask_to_hand_over(before, "k", "Care", OMAR, "Omar") is None


# --- snooze -----------------------------------------------------------------------------------------------------------


def test_who_snoozes_reads_it_only_when_it_is_shorter_than_wished() -> None:
    assert read(HAS_IT, snoozing.snooze(HAS_IT, actor(ANA), LATER + minutes(60), LATER), OWNER) == []
    timed = HAS_IT.bump(route=replace(WAY, target=target("15m", "1h")))
    cut = snoozing.snooze(timed, actor(ANA), LATER + minutes(600), LATER)
    assert read(timed, cut, OWNER) == [
        "U_ANA: I leave you alone with ISS-1 until Mon 02 Mar 12:47 UTC, unless something happens. That is sooner than "
        "you asked: 80 % of the time to solve it is used then."
    ]
    quiet = cut.issue
    assert "Quiet until 12:47 UTC." in headline(quiet).plain()
    assert read(quiet, snoozing.wake(quiet, LATER + minutes(30)), OWNER) == [
        "U_ANA: ISS-1: your snooze is over. It is still with you."
    ]


def test_the_requester_hears_that_the_owner_goes_on_when_the_next_level_was_asked() -> None:
    silent = still_on_it.stayed_silent(STILL.issue, LATER + minutes(15)).issue
    kept = still_on_it.keep(silent, actor(ANA), LATER + minutes(16))
    assert read(silent, kept, REQUESTER) == ["U_RITA: @U_ANA is on ISS-1 and goes on."]
    assert read(HAS_IT, still_on_it.keep(HAS_IT, actor(ANA), LATER), REQUESTER) == []


def test_nobody_else_is_woken_by_a_question_to_the_owner() -> None:
    kinds = {one.kind for one in messages(HAS_IT, STILL)}
    assert kinds == {NoticeKind.LOG, NoticeKind.OWNER, NoticeKind.CARD}
    assert STILL.events[-1].kind is EventKind.STILL_ASKED
