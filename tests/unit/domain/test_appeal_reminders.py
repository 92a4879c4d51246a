"""An appeal that nobody answers is said once more each working day, until it is decided."""

from datetime import timedelta

from bot.domain.issue import Change, Issue
from bot.domain.notification import Notice
from bot.domain.offers import OFFERS
from bot.domain.routing import route as notices_of
from bot.domain.sending_back import appeal, judge, remind_judge, send_back
from bot.domain.timers import TimerKind, plan
from bot.domain.words import load_sentence
from tests.builders import ANA, MANAGER, NOON, RAVI, actor, issue, minutes, promised, target

RITA = "U_RITA"
DAY = timedelta(days=1)
APPEALED = NOON + minutes(15)
WHY = "It is about all shops, not one."
BACK = send_back(
    issue(requester=RITA, route=promised(target=target())), actor(ANA), "first_try", "", NOON
).issue
WAITS = appeal(BACK, actor(RITA), WHY, APPEALED).issue


def judged_by(before: Issue, change: Change) -> list[Notice]:
    """The messages that ask for a judgement."""
    return [one for one in notices_of(before, change) if one.text("buttons") == "judge"]


def test_an_appeal_that_waits_is_said_once_a_working_day_until_it_is_decided() -> None:
    (timer,) = plan(WAITS)
    assert (timer.kind, timer.n, timer.due_at) == (TimerKind.JUDGE_REMIND, 1, APPEALED + DAY)
    change = remind_judge(WAITS, timer.due_at)
    (prompt,) = judged_by(WAITS, change)
    assert (prompt.to.id, set(prompt.text("not_for").split())) == (MANAGER, {ANA, RITA, RAVI})
    assert prompt.text("quote") == WHY
    assert (
        load_sentence(prompt.text("sentence"))
        .plain()
        .startswith("The appeal of @U_RITA has been waiting since ")
    )
    assert OFFERS["judge"].live(change.issue, prompt)
    assert [(one.n, one.due_at) for one in plan(change.issue)] == [(2, timer.due_at + DAY)]
    assert {one.to.id for one in notices_of(WAITS, change) if one.text("sentence")} == {MANAGER}
    decided = judge(change.issue, actor(MANAGER, manager=True), False, WHY, timer.due_at + minutes(1)).issue
    assert not OFFERS["judge"].live(decided, prompt)
    assert plan(decided) == ()
    assert remind_judge(decided, timer.due_at + 2 * DAY).events == ()


def test_reminders_of_an_appeal_missed_while_rung_was_down_are_one() -> None:
    late = remind_judge(WAITS, APPEALED + 5 * DAY)
    assert [one.data["n"] for one in late.events] == [5]
    assert [one.n for one in plan(late.issue)] == [6]


def test_what_was_sent_back_without_an_appeal_reminds_nobody() -> None:
    assert plan(BACK) == ()
    assert remind_judge(BACK, NOON + DAY).events == ()
