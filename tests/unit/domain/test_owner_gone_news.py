"""Who reads what when an owner is gone: nobody is told that they have it, and nobody writes to who is not there."""

from dataclasses import replace

import pytest

from bot.domain import answering, asking, breaching, escalation, handing, noting, waiting
from bot.domain.clocks import ClockKind
from bot.domain.errors import NotAllowed
from bot.domain.events import Cause
from bot.domain.issue import Change, Issue
from bot.domain.notices import asking as with_buttons
from bot.domain.notices import tell_owner
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offers import OFFERS
from bot.domain.permissions import Action, require
from bot.domain.prompting import has_live_buttons
from bot.domain.rating import asked_to_comment
from bot.domain.routing import route as messages
from bot.domain.telling_handing import ask_to_hand_over
from bot.domain.wording import lateness, names
from bot.domain.wording.card import headline
from bot.domain.wording.handing import if_nobody
from bot.domain.wording.log import line as log_line
from bot.domain.wording.prompts import prompt
from bot.domain.words import NOTHING
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    OMAR,
    QUARTER,
    acknowledged,
    actor,
    ask,
    climbing,
    contact,
    issue,
    level,
    looked,
    minutes,
    route,
    target,
    user,
)
from tests.unit.domain.reading import RITA, told

REQUESTER, OWNER, CHIEF = NoticeKind.REQUESTER, NoticeKind.OWNER, NoticeKind.MANAGER
LATER = QUARTER + minutes(5)
WAY = route([level("Desk", ANA, OMAR), level("Lead", DIRECTOR, within=minutes(30))])
HAS_IT = acknowledged(issue(route=WAY, requester=RITA, asks=(ask(ANA), ask(OMAR))))


def read(before: Issue, change: Change, kind: NoticeKind) -> list[str]:
    """What messages of this kind say."""
    return told(messages(before, change), kind)


def ping_of(one: Issue, who: str) -> str:
    """What the newest ping of somebody says."""
    last = one.asks_of(who)[-1]
    args = {"opening": 1, "level": last.level, "round": last.round, "target": who}
    return prompt(one, Notice(NoticeKind.PING, "p", user(who), "l", 1, args=args)).sentence.plain()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("why", "because", "also"), [("left", "has left Slack", 0), ("away", "is away", 1)], ids=["left", "away"]
)
def test_manager_and_requester_are_told_and_nobody_is_blamed(why: str, because: str, also: int) -> None:
    change = handing.owner_gone(HAS_IT, ANA, why, LATER)
    assert read(HAS_IT, change, CHIEF) == [
        f"{MANAGER}: @U_ANA, who had ISS-1, {because}. Desk is asked now and answers by 12:35 UTC."
    ]
    assert read(HAS_IT, change, REQUESTER) == [
        "U_RITA: @U_ANA is not available for ISS-1 any more; somebody else is being asked, by 12:35 UTC."
    ]
    assert len(read(HAS_IT, change, OWNER)) == also


BY_DUTY = replace(HAS_IT, asks=(ask(ANA, contact="oncall:care"), ask(OMAR)))
AWAY = handing.owner_gone(BY_DUTY, ANA, "away", LATER)
FOLLOWED = AWAY.then(asking.ask_people(AWAY.issue, [looked("oncall:care", "U_NEXT")], LATER)).issue
HANDS_OVER = "@U_ANA is away; @U_NEXT is asked to take over until 12:35 UTC."
YOU = "You are away, so somebody else is asked to take ISS-1 over. You need not do anything."


def test_who_follows_on_call_reads_whom_they_would_take_it_from() -> None:
    assert ping_of(FOLLOWED, "U_NEXT") == (
        "@U_ANA, who has ISS-1, is away, and you are asked to take it over. Please answer by 12:35 UTC."
    )
    assert if_nobody(FOLLOWED).plain() == "If nobody takes it, Desk is asked."


def test_once_the_owner_is_back_or_gave_it_back_who_follows_reads_that() -> None:
    back = replace(FOLLOWED, care=replace(FOLLOWED.care, gone=""))
    said = "You follow @U_ANA on call. Can you take ISS-1 over? Please answer by 12:35 UTC."
    assert ping_of(back, "U_NEXT") == said
    given = handing.give_back(back, actor(ANA), "", LATER).issue
    said = "ISS-1 is with nobody any more, and you follow on call. Please answer by 12:35 UTC."
    assert ping_of(given, "U_NEXT") == said


def test_while_somebody_is_asked_to_follow_nobody_reads_that_the_owner_has_it() -> None:
    assert read(BY_DUTY, AWAY, CHIEF) == [
        f"{MANAGER}: @U_ANA, who has ISS-1, is away. Somebody else is asked to take it over until 12:35 UTC. "
        "Then Desk is asked."
    ]
    assert read(BY_DUTY, AWAY, REQUESTER) == [
        "U_RITA: @U_ANA is not available for ISS-1 any more; somebody else is being asked, by 12:35 UTC."
    ]
    assert read(BY_DUTY, AWAY, OWNER) == [f"U_ANA: {YOU}"]
    assert headline(FOLLOWED).plain() == HANDS_OVER
    assert headline(AWAY.issue).plain() == HANDS_OVER.replace("@U_NEXT", "somebody else")
    assert names.now_with(FOLLOWED).plain() == HANDS_OVER
    assert ping_of(FOLLOWED, ANA) == f"You took ISS-1 at 12:15 UTC. {YOU}"
    assert ping_of(FOLLOWED, OMAR) == HANDS_OVER


def test_nobody_writes_to_who_is_gone() -> None:
    noted = noting.note(FOLLOWED, actor(OMAR), "A hint.", LATER)
    written = waiting.answer(FOLLOWED, actor(RITA), "Any news?", LATER)
    assert read(FOLLOWED, noted, OWNER) == read(FOLLOWED, written, OWNER) == []
    assert read(FOLLOWED, written, REQUESTER) == [
        "U_RITA: Thank you. Whoever is asked about ISS-1 reads what you wrote."
    ]
    assert [one.kind for one in messages(FOLLOWED, written)].count(NoticeKind.MENTION) == 1
    assert ask_to_hand_over(FOLLOWED, "care:now", "Care", OMAR, "Omar") is None


@pytest.mark.parametrize(("why", "told_to"), [("away", 1), ("left", 0)])
def test_who_is_away_hears_who_took_it_over(why: str, told_to: int) -> None:
    before = replace(FOLLOWED, care=replace(FOLLOWED.care, gone_why=why))
    taken = answering.acknowledge(before, actor("U_NEXT"), LATER)
    assert len(read(before, taken, OWNER)) == told_to
    assert read(before, taken, REQUESTER) == ["U_RITA: @U_NEXT has taken ISS-1."]


def test_that_nobody_followed_is_in_the_log_and_the_requester_hears_who_is_asked() -> None:
    change = escalation.end_level(FOLLOWED, LATER + minutes(15), Cause.TIMER)
    said = [log_line(change.issue, one) for one in change.events]
    assert [one.plain() for one in said if one] == [
        "Nobody took it over from @U_ANA, so it is open again.",
        "Now asking Desk, until 12:50 UTC.",
    ]
    assert read(FOLLOWED, change, REQUESTER) == ["U_RITA: ISS-1: Desk is asked now and answers by 12:50 UTC."]


def test_the_log_says_who_follows() -> None:
    said = [log_line(AWAY.issue, one) for one in AWAY.events]
    assert [one.plain() for one in said if one] == [
        "@U_ANA, who has it, is away.",
        "Now asking who follows on call, until 12:35 UTC.",
    ]


@pytest.mark.parametrize("buttons", ["still", "top", "hand_over"])
def test_a_question_to_who_is_gone_is_settled(buttons: str) -> None:
    one = tell_owner(BY_DUTY, "k", ANA, NOTHING)
    question = with_buttons(BY_DUTY, one, buttons)
    assert not has_live_buttons(FOLLOWED, question)
    assert OFFERS[buttons].settled(FOLLOWED, question).plain() == YOU


def test_who_was_named_by_the_owner_reads_that_they_are_away_now() -> None:
    wish = handing.Wish(contact("U_ZED"), (user("U_ZED"),), "Zed")
    named = handing.assign(HAS_IT, actor(ANA), wish, "", LATER).issue
    asked = asking.ask_people(named, [looked("U_ZED", "U_ZED")], LATER).issue
    gone = handing.owner_gone(asked, ANA, "away", LATER).issue
    assert ping_of(gone, "U_ZED").startswith(
        "@U_ANA, who has ISS-1, is away, and you are asked to take it over."
    )


def test_during_an_escalation_the_manager_reads_which_level_comes_then() -> None:
    levels = [level("Desk", ANA, OMAR), level("Lead", DIRECTOR), level("Head", "U_HEAD")]
    before = climbing(HAS_IT.bump(route=route(levels)))
    (said,) = read(before, handing.owner_gone(before, ANA, "away", LATER), CHIEF)
    assert said.endswith("Somebody else is asked to take it over until 12:45 UTC. Then Head is asked.")


def test_where_nobody_is_on_duty_it_is_said_when_somebody_is() -> None:
    held = replace(FOLLOWED.position, asked=False, look_at=LATER, held_until=LATER, ends_at=None)
    said = names.gone(replace(FOLLOWED, position=held)).plain()
    assert said.startswith("@U_ANA is away. ")
    assert said.endswith("is asked at 12:20 UTC, when somebody is on duty.")


def test_what_runs_low_is_said_to_those_who_are_asked() -> None:
    timed = FOLLOWED.bump(route=replace(FOLLOWED.route, target=target("15m", "1h")))
    low = breaching.warn(timed, ClockKind.RESOLVE, LATER + minutes(1))
    sent = messages(timed, low)
    assert [one.to.id for one in sent if one.kind is NoticeKind.REMINDER] == ["U_NEXT"]
    assert read(timed, low, OWNER) == []
    assert (
        lateness.warned(timed, low.events[-1])
        .plain()
        .endswith(f"12:60 UTC. {HANDS_OVER}".replace("12:60", "13:00"))
    )


def test_who_may_not_any_more_reads_who_took_it_not_that_they_have_it() -> None:
    with pytest.raises(NotAllowed, match=r"^@U_ANA took ISS-1, so only "):
        require(Action.PRIORITIZE, FOLLOWED, actor(FOLLOWED.raiser))


def test_who_is_gone_is_not_asked_what_would_have_helped() -> None:
    assert asked_to_comment(FOLLOWED) == (FOLLOWED.raiser,)
    assert asked_to_comment(BY_DUTY) == (ANA, FOLLOWED.raiser)
