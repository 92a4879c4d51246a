"""A requester without Slack: the raiser brings each text, says so, and speaks for them."""

from typing import Any

import pytest

from bot.domain import answering, closing, rating, standing_in, waiting, working
from bot.domain.errors import NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import State
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offers import OFFERS
from bot.domain.routing import owing, route
from bot.domain.timers import WHOLE_LIFE, Timer, TimerKind, plan
from bot.domain.words import load_sentence
from tests.builders import ANA, MANAGER, QUARTER, RAVI, acknowledged, actor, facts, minutes, resolved
from tests.unit.domain.cared_for import HOUR, cared
from tests.unit.domain.reading import told

KINDS = (TimerKind.TELL_DUE, TimerKind.TELL_LATE)
MRS_LEE: dict[str, Any] = {"requester": RAVI, "facts": facts(requester_name="Mrs Lee")}
OPEN = cared(**MRS_LEE)
TAKEN = acknowledged(OPEN)
UPDATED = owing(TAKEN, working.update_requester(TAKEN, actor(ANA), "Soon.", QUARTER), QUARTER)


def copies(before: Issue, change: Change) -> list[Notice]:
    """The texts to bring."""
    return [one for one in route(before, change) if one.args.get("copy")]


def timers(one: Issue) -> list[Timer]:
    """Those about texts to bring."""
    return [timer for timer in plan(one) if timer.kind in KINDS]


def test_each_message_goes_to_the_raiser_instead_with_a_button() -> None:
    (copy,) = copies(TAKEN, UPDATED)
    assert (copy.kind, copy.to.id, copy.text("quote"), copy.text("buttons")) == (
        NoticeKind.RAISER,
        RAVI,
        "Soon.",
        "told reply",
    )
    assert told(route(TAKEN, UPDATED), NoticeKind.REQUESTER) == []
    assert all(OFFERS[name].live(UPDATED.issue, copy) for name in ("told", "reply"))
    assert load_sentence(copy.text("next")).plain() == "Next update by 13:15 UTC."


def test_who_has_slack_is_told_directly_and_nobody_owes_anything() -> None:
    taken = acknowledged(cared())
    change = working.update_requester(taken, actor(ANA), "Soon.", QUARTER)
    assert owing(taken, change, QUARTER) is change
    assert copies(taken, change) == []


def test_what_is_told_to_nobody_is_owed_to_nobody() -> None:
    change = standing_in.tell(UPDATED.issue, actor(RAVI), UPDATED.issue.version, QUARTER)
    assert owing(UPDATED.issue, change, QUARTER) is change


def test_the_raiser_is_reminded_like_somebody_who_owes_news_and_then_the_manager_is_told() -> None:
    n = UPDATED.issue.version
    assert timers(UPDATED.issue) == [
        Timer(KINDS[0], WHOLE_LIFE, n, QUARTER + minutes(48)),
        Timer(KINDS[1], WHOLE_LIFE, n, QUARTER + HOUR),
    ]
    reminded = standing_in.remind(UPDATED.issue, QUARTER + minutes(48))
    assert told(route(UPDATED.issue, reminded), NoticeKind.RAISER) == [
        "U_RAVI: ISS-1: Mrs Lee should hear by 13:15 UTC how it stands. Press I told them when you have told them."
    ]
    assert owing(UPDATED.issue, reminded, QUARTER) is reminded, "a reminder is no text to bring"
    late = standing_in.tell_on(reminded.issue, QUARTER + HOUR)
    assert told(route(reminded.issue, late), NoticeKind.MANAGER) == [
        f"{MANAGER}: ISS-1: Mrs Lee, who has no Slack, was to hear by 13:15 UTC how it stands. @U_RAVI brings them "
        "the news. Please see whether they need a hand."
    ]
    assert timers(late.issue) == []
    assert standing_in.remind(late.issue, QUARTER + HOUR) == Change(late.issue, ())


def test_where_the_priority_says_nothing_they_are_told_within_four_hours() -> None:
    taken = acknowledged(cared(None, **MRS_LEE))
    owed = owing(taken, working.update_requester(taken, actor(ANA), "Soon.", QUARTER), QUARTER).issue
    assert [timer.due_at for timer in timers(owed)] == [QUARTER + minutes(192), QUARTER + 4 * HOUR]


def test_one_reminder_is_for_all_that_waits() -> None:
    second = working.update_requester(UPDATED.issue, actor(ANA), "Very soon.", QUARTER + minutes(10))
    two = owing(UPDATED.issue, second, QUARTER + minutes(10)).issue
    reminded = standing_in.remind(two, QUARTER + minutes(48)).issue
    assert [timer.kind for timer in timers(reminded)] == [KINDS[1]]
    assert [one.reminded for one in reminded.care.owing] == [1, 1]


def test_i_told_them_settles_that_text_and_older_ones() -> None:
    second = working.update_requester(UPDATED.issue, actor(ANA), "Very soon.", QUARTER + minutes(10))
    two = owing(UPDATED.issue, second, QUARTER + minutes(10)).issue
    older, newer = (one.n for one in two.care.owing)
    first = standing_in.tell(two, actor(RAVI), older, QUARTER + minutes(20))
    assert [one.n for one in first.issue.care.owing] == [newer]
    both = standing_in.tell(two, actor(RAVI), newer, QUARTER + minutes(20))
    assert both.issue.care.owing == ()
    assert [(one.kind, one.data["name"]) for one in both.events] == [(EventKind.TOLD, "Mrs Lee")]
    with pytest.raises(Refused, match="Mrs Lee was told that about ISS-1 already"):
        standing_in.tell(both.issue, actor(RAVI), older, QUARTER + minutes(30))
    with pytest.raises(NotAllowed, match="Only who raised it"):
        standing_in.tell(two, actor(ANA), newer, QUARTER + minutes(20))


def test_the_raiser_speaks_for_them_and_that_is_recorded() -> None:
    wrote = waiting.answer(TAKEN, actor(RAVI), "She says it is worse.", QUARTER)
    done = resolved(OPEN)
    confirmed = closing.confirm(done, actor(RAVI), QUARTER + HOUR)
    disputed = closing.dispute(done, actor(RAVI), "Not yet.", QUARTER + HOUR)
    rated = rating.rate(confirmed.issue, actor(RAVI), 4, QUARTER + HOUR)
    for change in (wrote, confirmed, disputed, rated):
        assert change.events[0].text("on_behalf") == "Mrs Lee"
    assert disputed.issue.state is State.OPEN
    assert told(route(TAKEN, wrote), NoticeKind.OWNER) == [
        "U_ANA: @U_RAVI (for Mrs Lee) wrote to you about ISS-1:"
    ]
    assert copies(TAKEN, wrote) == [], "thanks are for the raiser"


def test_the_raiser_may_confirm_from_the_text_itself() -> None:
    change = working.resolve(TAKEN, actor(ANA), "Done.", QUARTER)
    (copy,) = copies(TAKEN, change)
    assert copy.text("buttons") == "told confirm reply_too"
    assert "Not solved" not in load_sentence(copy.text("sentence")).plain(), "they have nothing to press"


def test_the_texts_press_nothing() -> None:
    waits = waiting.wait(TAKEN, actor(ANA), "requester", "Which?", QUARTER)
    texts = [load_sentence(one.text("sentence")).plain() for one in copies(TAKEN, waits)]
    texts += [
        load_sentence(one.text("sentence")).plain()
        for one in copies(resolved(OPEN), closing.close(resolved(OPEN), QUARTER))
    ]
    assert len(texts) == 2
    assert not [text for text in texts if "press" in text.casefold()]


def test_an_issue_that_its_raiser_takes_is_still_for_somebody_else() -> None:
    own = acknowledged(OPEN, owner=RAVI)
    done = working.resolve(own, actor(RAVI), "Done.", QUARTER)
    assert done.issue.state is State.RESOLVED, "they are asked whether it is solved"
    taken = answering.acknowledge(OPEN, actor(ANA), QUARTER)
    assert len(copies(OPEN, taken)) == 1


def test_the_raiser_is_asked_for_themselves_too_what_would_have_helped() -> None:
    done = resolved(OPEN)
    change = closing.confirm(done, actor(RAVI), QUARTER + HOUR)
    asked = [one for one in route(done, change) if one.text("buttons") == "helped"]
    assert {one.to.id for one in asked} == {ANA, RAVI}
