"""After it closed: ratings, one question, the follow-up, and the way back."""

from datetime import timedelta

import pytest

from bot.domain import closing, following_up, rating, waiting, working
from bot.domain.care import Company
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import State
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offers import OFFERS
from bot.domain.prompting import has_live_buttons
from bot.domain.routing import route
from bot.domain.timers import WHOLE_LIFE, Timer, TimerKind, plan
from bot.domain.wording import log
from tests.builders import ANA, MANAGER, QUARTER, RAVI, acknowledged, actor, closed, issue, resolved
from tests.unit.domain.cared_for import HOUR, cared
from tests.unit.domain.reading import RITA, told

DONE = resolved(issue(requester=RITA))
CLOSED = closed(DONE)
AT = QUARTER + timedelta(hours=1)
LATER = AT + HOUR
DAY = timedelta(days=1)
OMA = UserId("U_OMA")
CLOSED_BY_RITA = closing.confirm(DONE, actor(RITA), AT)


def sent(before: Issue, change: Change, kind: NoticeKind, to: str = "") -> list[Notice]:
    """What somebody gets."""
    return [one for one in route(before, change) if one.kind is kind and to in ("", one.to.id)]


def offered(one: Issue, notice: Notice) -> list[str]:
    """What a message still asks."""
    return [name for name in notice.text("buttons").split() if OFFERS[name].live(one, notice)]


def test_closing_asks_the_requester_how_it_went_and_shows_the_way_back() -> None:
    (last,) = sent(DONE, CLOSED_BY_RITA, NoticeKind.REQUESTER)
    assert offered(CLOSED_BY_RITA.issue, last) == ["rate", "reopen"]
    rated = rating.rate(CLOSED_BY_RITA.issue, actor(RITA), 4, LATER).issue
    assert offered(rated, last) == ["remark", "reopen"]
    said = rating.comment(rated, actor(RITA), "Faster.", LATER).issue
    assert offered(said, last) == ["reopen"]
    again = closing.dispute(said, actor(RITA), "It is back.", LATER).issue
    assert not has_live_buttons(again, last)


def test_silence_closes_with_the_same_questions() -> None:
    change = closing.close(DONE, AT)
    (last,) = sent(DONE, change, NoticeKind.REQUESTER)
    assert offered(change.issue, last) == ["rate", "reopen"]


@pytest.mark.parametrize("person", [ANA, RAVI])
def test_raiser_and_owner_are_asked_one_question_which_they_may_skip(person: str) -> None:
    kind = NoticeKind.OWNER if person == ANA else NoticeKind.RAISER
    (question,) = sent(DONE, CLOSED_BY_RITA, kind)
    assert question.to.id == person
    assert offered(CLOSED_BY_RITA.issue, question) == ["helped"]
    skipped = rating.skip(CLOSED_BY_RITA.issue, actor(person), LATER)
    assert not has_live_buttons(skipped.issue, question)
    assert [log.line(skipped.issue, one) for one in skipped.events] == [None], "skipped kindly"
    with pytest.raises(Refused, match="already"):
        rating.comment(skipped.issue, actor(person), "After all.", LATER)


def test_the_question_is_not_asked_when_it_was_the_same_person() -> None:
    own = resolved(issue(requester=RAVI))
    change = closing.confirm(own, actor(RAVI), AT)
    assert sent(own, change, NoticeKind.RAISER) == []
    both = resolved(issue(requester=RITA, raiser=ANA))
    assert len(sent(both, closing.close(both, AT), NoticeKind.OWNER)) == 1
    assert sent(both, closing.close(both, AT), NoticeKind.RAISER) == []


def test_a_requester_who_has_it_confirms_and_rates_nothing() -> None:
    before = acknowledged(issue(requester=ANA))
    change = working.resolve(before, actor(ANA), "Mine.", AT)
    assert change.issue.state is State.CLOSED
    (last,) = sent(before, change, NoticeKind.REQUESTER)
    assert offered(change.issue, last) == ["reopen"]
    assert sent(before, change, NoticeKind.OWNER) == sent(before, change, NoticeKind.RAISER) == []
    with pytest.raises(Refused, match="You solved ISS-1 yourself"):
        rating.rate(change.issue, actor(ANA), 5, LATER)


def test_a_rating_is_given_once_by_whom_it_is_for() -> None:
    rated = rating.rate(CLOSED, actor(RITA), 5, LATER)
    assert [(one.kind, one.data) for one in rated.events] == [(EventKind.RATED, {"stars": 5})]
    with pytest.raises(Refused, match="You rated ISS-1 already"):
        rating.rate(rated.issue, actor(RITA), 1, LATER)
    for other in (ANA, RAVI):
        with pytest.raises(NotAllowed):
            rating.rate(CLOSED, actor(other), 1, LATER)
    with pytest.raises(ValueError, match="not a rating"):
        rating.rate(CLOSED, actor(RITA), 6, LATER)
    with pytest.raises(FieldErrors):
        rating.comment(CLOSED, actor(RITA), " ", LATER)


@pytest.mark.parametrize(("stars", "managers"), [(1, 1), (2, 1), (3, 0), (5, 0)])
def test_ratings_are_read_by_who_can_learn_from_them_and_by_nobody_else(stars: int, managers: int) -> None:
    change = rating.rate(CLOSED, actor(RITA), stars, LATER)
    assert len(told(route(CLOSED, change), NoticeKind.OWNER)) == 1
    assert len(told(route(CLOSED, change), NoticeKind.MANAGER)) == managers
    assert told(route(CLOSED, change), NoticeKind.LOG) == [], "not in the thread of the card"
    assert [line.plain() for line in map(log.line, [CLOSED], change.events) if line] == [
        "@U_RITA said how it went."
    ]


def test_a_comment_is_read_by_owner_and_manager() -> None:
    change = rating.comment(CLOSED, actor(RAVI), "A phone number.", LATER)
    read = [one for one in route(CLOSED, change) if one.text("quote")]
    assert {(one.to.id, one.text("quote")) for one in read} == {
        (ANA, "A phone number."),
        (MANAGER, "A phone number."),
    }


def test_when_it_is_opened_again_everything_is_asked_anew_at_the_next_end() -> None:
    rated = rating.rate(CLOSED, actor(RITA), 2, LATER).issue
    again = closing.dispute(rated, actor(RITA), "Back.", LATER).issue
    assert (again.care.rated, again.care.commented, again.care.followed_up_at) == ((), (), None)


WATCHED = closed(resolved(cared(after="7d")))


def follow_ups(one: Issue) -> list[Timer]:
    """The timer of the follow-up."""
    return [timer for timer in plan(one) if timer.kind is TimerKind.FOLLOW_UP]


def test_the_follow_up_comes_so_long_after_closing_and_once() -> None:
    assert WATCHED.closed_at
    assert follow_ups(WATCHED) == [Timer(TimerKind.FOLLOW_UP, WHOLE_LIFE, 1, WATCHED.closed_at + 7 * DAY)]
    change = following_up.follow_up(WATCHED, WATCHED.closed_at + 7 * DAY)
    assert follow_ups(change.issue) == follow_ups(CLOSED) == follow_ups(resolved(cared(after="7d"))) == []
    (question,) = sent(WATCHED, change, NoticeKind.REQUESTER)
    assert offered(change.issue, question) == ["lasted"]
    yes = following_up.lasted(change.issue, actor(RITA), LATER)
    assert not has_live_buttons(yes.issue, question)
    assert told(route(change.issue, yes), NoticeKind.OWNER) == [
        "U_ANA: @U_RITA says that the solution of ISS-1 lasted. Well done."
    ]
    with pytest.raises(Refused, match="is answered"):
        following_up.lasted(yes.issue, actor(RITA), LATER)


def test_who_is_not_asked_whether_it_lasted_does_not_answer() -> None:
    asked = following_up.follow_up(WATCHED, LATER).issue
    with pytest.raises(NotAllowed):
        following_up.lasted(asked, actor(ANA), LATER)
    with pytest.raises(Refused):
        following_up.lasted(WATCHED, actor(RITA), LATER)


def test_no_within_two_weeks_opens_it_again_and_answers_the_question() -> None:
    asked = following_up.follow_up(WATCHED, LATER).issue
    change = closing.dispute(asked, actor(RITA), "It is back.", LATER)
    kinds = [one.kind for one in change.events]
    assert kinds[:2] == [EventKind.FOLLOW_UP_ANSWERED, EventKind.DISPUTED]
    assert change.issue.state is State.OPEN


def test_no_after_two_weeks_is_noted_and_a_new_issue_takes_its_place() -> None:
    asked = following_up.follow_up(WATCHED, LATER).issue
    late = AT + 15 * DAY
    assert closing.too_late(asked, late)
    change = following_up.came_back(asked, actor(RITA), late)
    assert [(one.kind, one.data["lasted"]) for one in change.events] == [(EventKind.FOLLOW_UP_ANSWERED, 0)]
    assert change.issue.state is State.CLOSED


SHARED = DONE.bump(company=Company(further=(OMA,)))


def test_everybody_it_is_for_reads_everything_in_a_conversation_of_their_own() -> None:
    taken = acknowledged(issue(requester=RITA)).bump(company=Company(further=(OMA, ANA)))
    change = working.update_requester(taken, actor(ANA), "Soon.", QUARTER)
    both = sent(taken, change, NoticeKind.REQUESTER)
    assert [(one.to.id, one.text("quote"), one.text("buttons")) for one in both] == [
        (RITA, "Soon.", "reply"),
        (OMA, "Soon.", "reply"),
    ]
    assert len({one.key for one in both}) == len({one.lane for one in both}) == 2


def test_the_first_requester_closes_it_and_the_others_may_object() -> None:
    before = acknowledged(issue(requester=RITA)).bump(company=Company(further=(OMA,)))
    solved = working.resolve(before, actor(ANA), "Done.", QUARTER)
    assert [one.text("buttons") for one in sent(before, solved, NoticeKind.REQUESTER)] == [
        "confirm reply_too",
        "dispute reply_too",
    ]
    with pytest.raises(NotAllowed):
        closing.confirm(SHARED, actor(OMA), AT)
    assert closing.dispute(SHARED, actor(OMA), "Not here.", AT).issue.state is State.OPEN
    change = closing.confirm(SHARED, actor(RITA), AT)
    assert told(tuple(sent(SHARED, change, NoticeKind.REQUESTER, OMA)), NoticeKind.REQUESTER) == [
        "U_OMA: @U_RITA says that ISS-1 is solved, so it is closed. If it is not solved for you, press Not solved. "
        "How did it go?"
    ]


@pytest.mark.parametrize(("after", "opens"), [(2 * DAY, True), (4 * DAY, False)], ids=["within", "later"])
def test_anybodys_not_solved_within_close_after_reopens(after: timedelta, opens: bool) -> None:
    confirmed = closing.confirm(SHARED, actor(RITA), AT).issue
    if opens:
        assert closing.dispute(confirmed, actor(OMA), "Not here.", AT + after).issue.state is State.OPEN
        return
    with pytest.raises(Refused, match="Please raise a new issue"):
        closing.dispute(confirmed, actor(OMA), "Not here.", AT + after)
    assert closing.dispute(confirmed, actor(RITA), "Back.", AT + after).issue.state is State.OPEN


def test_only_who_wrote_is_thanked() -> None:
    before = acknowledged(issue(requester=RITA)).bump(company=Company(further=(OMA,)))
    change = waiting.answer(before, actor(OMA), "It is worse.", QUARTER)
    assert [one.to.id for one in sent(before, change, NoticeKind.REQUESTER)] == [OMA]
