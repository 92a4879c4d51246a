"""From what happened to who is told what: those who are asked, owners, the thread, and the order."""

import pytest

from bot.domain import answering, asking, closing, reminding
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus, Change, Issue, Stage
from bot.domain.notices import card_notice, card_target, edited, place
from bot.domain.notification import Notice, NoticeKind, Op, Rank
from bot.domain.routing import route
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    actor,
    ask,
    at_level_two,
    channel,
    climbing,
    contact,
    event,
    issue,
    looked,
    minutes,
    path,
    position,
    resolved,
    unanswered,
    user,
)
from tests.builders import route as way
from tests.unit.domain.reading import FOR_RITA, RAISED, RITA, told


def happened(
    before: Issue, kind: EventKind, actor_: str | None = None, **data: str | int
) -> tuple[Notice, ...]:
    """One event that changed nothing else."""
    return route(before, Change(before.bump(), (event(kind, QUARTER, actor_, **data),)))


# --- those who are asked ----------------------------------------------------------------------------------------------


def test_each_one_asked_gets_a_ping_and_the_thread_names_all_of_them() -> None:
    before = FOR_RITA.bump(asks=(), position=position(asked=False))
    found = [looked("#ops-desk", channel("C_OPS")), looked(ANA, ANA), looked(OMAR, OMAR)]
    notices = route(before, asking.ask_people(before, found, NOON))
    pings = [one for one in notices if one.kind is NoticeKind.PING]
    assert [one.to for one in pings] == [channel("C_OPS"), user(ANA), user(OMAR)]
    assert [one.key for one in pings] == ["ping:1:1:0:C_OPS", "ping:1:1:0:U_ANA", "ping:1:1:0:U_OMAR"]
    assert pings[1].args == {"opening": 1, "level": 1, "round": 0, "target": ANA}
    assert len({one.lane for one in pings}) == 3, "a slow one holds nobody else up"
    assert told(notices, NoticeKind.MENTION) == ["#issues: #C_OPS, @U_ANA or @U_OMAR: please answer ISS-1."]
    assert told(notices, NoticeKind.LOG) == []


def test_only_those_who_have_not_answered_are_reminded() -> None:
    one = issue(asks=(ask(ANA), ask(OMAR, status=AskStatus.DECLINED), ask(channel("C_OPS"))))
    notices = route(one, reminding.remind(one, NOON + minutes(5)))
    reminders = [each for each in notices if each.kind is NoticeKind.REMINDER]
    assert [each.key for each in reminders] == ["remind:1:1:1:0:U_ANA", "remind:1:1:1:0:C_OPS"]
    assert told(notices, NoticeKind.LOG) == [], "reminders are no news for the thread"


def test_earlier_levels_are_not_reminded() -> None:
    one = at_level_two(issue())
    notices = route(one, reminding.remind(one, QUARTER))
    assert [each.to.id for each in notices if each.kind is NoticeKind.REMINDER] == [OMAR]


def test_the_catch_all_is_nagged() -> None:
    one = unanswered(issue())
    notices = route(one, reminding.nag(one, QUARTER + minutes(15)))
    assert [each.key for each in notices if each.kind is NoticeKind.NAG] == ["nag:1:1:0:0:U_MANAGER"]
    assert told(notices, NoticeKind.LOG) == ["#issues: Still UNANSWERED: asked again."]


# --- owner and path owner ---------------------------------------------------------------------------------------------


def test_who_had_it_is_told_who_took_it_over() -> None:
    before = climbing(FOR_RITA)
    notices = route(before, answering.acknowledge(before, actor(OMAR), QUARTER))
    assert told(notices, NoticeKind.OWNER) == [
        "U_ANA: @U_OMAR has taken ISS-1 over from you. You are told how it goes."
    ]


def test_the_owner_hears_that_it_was_confirmed() -> None:
    before = resolved(FOR_RITA)
    notices = route(before, closing.confirm(before, actor(RITA), QUARTER))
    assert told(notices, NoticeKind.OWNER) == [
        "U_ANA: @U_RITA confirmed that ISS-1 is solved. Well done. ISS-1 is closed. One question, if you like: "
        "what would have helped?"
    ]


def test_an_owner_who_confirms_their_own_request_is_not_congratulated() -> None:
    before = resolved(issue(requester=ANA))
    assert told(route(before, closing.confirm(before, actor(ANA), QUARTER)), NoticeKind.OWNER) == []


def test_the_path_owner_hears_whom_the_matrix_names_in_vain() -> None:
    notices = happened(
        FOR_RITA, EventKind.UNREACHABLE, contact="group:ops", why="the group is empty.", level=1
    )
    assert told(notices, NoticeKind.PATH_OWNER) == [
        "U_PAT: ISS-1, path Payments: group:ops could not be reached: the group is empty. Please mend the matrix."
    ]


@pytest.mark.parametrize("owner", [None, "U_PAT"])
def test_a_path_owner_who_is_missing_or_unreachable_is_not_written_to(owner: str | None) -> None:
    own = way(path=path(owner=contact(owner) if owner else None))
    notices = happened(issue(route=own), EventKind.UNREACHABLE, contact="U_PAT", why="left", level=1)
    assert told(notices, NoticeKind.PATH_OWNER) == []


def test_raising_logs_who_raised_it_and_leaves_the_first_level_to_the_card() -> None:
    assert told(route(None, RAISED), NoticeKind.LOG) == [
        "#issues: @U_RAVI raised ISS-1: P1 Critical, path Payments."
    ]


# --- places and order -------------------------------------------------------------------------------------------------


def test_the_card_lives_in_the_paths_channel_else_in_the_issue_channel() -> None:
    assert card_target(issue()) == channel("#issues")
    own = way(path=path(channel=contact("#payments")))
    assert card_target(issue(route=own)) == channel("#payments")


def test_people_are_addressed_as_the_matrix_writes_them() -> None:
    assert place(contact("@dina")) == user("@dina")
    assert place(contact("dina@example.com")) == user("dina@example.com")


def test_card_log_and_mention_share_one_lane_so_that_the_card_comes_first() -> None:
    notices = route(None, RAISED)
    lanes = {one.lane for one in notices if one.kind in (NoticeKind.CARD, NoticeKind.LOG)}
    assert lanes == {"card:1"}


def test_drawing_anew_is_the_same_message_ranked_last() -> None:
    one = card_notice(issue())
    again = edited(one)
    assert (again.key, again.to, again.lane) == (one.key, one.to, one.lane)
    assert (again.op, again.rank) == (Op.EDIT, Rank.EDIT)
    assert again == card_notice(issue(), Op.EDIT)


def test_the_manager_of_an_unanswered_issue_is_named() -> None:
    before = unanswered(issue()).bump(asks=(), position=position(Stage.CATCH_ALL, level=3, asked=False))
    change = asking.ask_people(before, [looked(MANAGER, MANAGER)], QUARTER)
    assert told(route(before, change), NoticeKind.MENTION) == ["#issues: @U_MANAGER: please answer ISS-1."]
