"""The catch-all is never empty: escalation manager, else the path's owner, else workspace admins; and the channel."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.answering import decline
from bot.domain.asking import ask_people, contacts_to_ask, look_again
from bot.domain.contacts import ADMINS
from bot.domain.escalation import mark_unreachable
from bot.domain.events import EventKind
from bot.domain.issue import Ask, AskStatus, Change, Issue, Stage
from bot.domain.looked import Looked
from bot.domain.notices import ping
from bot.domain.notification import NoticeKind
from bot.domain.permissions import RIGHTS, Action, Role, may, roles
from bot.domain.timers import TimerKind, plan
from bot.domain.wording.prompts import prompt
from tests.builders import (
    ANA,
    MANAGER,
    OMAR,
    QUARTER,
    actor,
    ask,
    channel,
    contact,
    issue,
    looked,
    minutes,
    path,
    position,
    route,
    unanswered,
    user,
)

PAT, ADA = "U_PAT", "U_ADA"
SOON = QUARTER + minutes(1)
EVERYBODY = {
    MANAGER: looked(MANAGER, MANAGER),
    PAT: looked(PAT, PAT),
    "workspace admins": Looked(ADMINS, (user(ADA),)),
    "#all-hands": looked("#all-hands", channel("C_ALL")),
}


def over(*gone: str, asks: Sequence[Ask] = ()) -> Issue:
    """The ladder is over, and everybody was looked up; these stand for nobody."""
    one = unanswered(issue(route=route(path=path(owner=contact(PAT)))))
    one = one.bump(asks=tuple(asks), position=position(Stage.CATCH_ALL, level=3, asked=False, at=QUARTER))
    return ask_people(one, found(one, *gone), QUARTER).issue


def found(one: Issue, *gone: str) -> list[Looked]:
    """What the directory says of whom the issue wants looked up."""
    return [
        Looked(each, (), "There is none.") if str(each) in gone else EVERYBODY[str(each)]
        for each in contacts_to_ask(one)
    ]


def again(one: Issue, *gone: str) -> Change:
    """The look that is due at once."""
    assert any(timer.kind is TimerKind.SHIFT and timer.due_at <= SOON for timer in plan(one))
    return look_again(one, found(one, *gone), SOON)


def asked(one: Issue) -> list[str]:
    """Who is asked and has not answered."""
    return [each.target.id for each in one.current_asks if each.status is AskStatus.ASKED]


def test_while_the_manager_is_there_nobody_else_is_looked_up_or_asked() -> None:
    one = over()
    assert asked(one) == [MANAGER, "C_ALL"]
    assert ADMINS not in contacts_to_ask(one)
    assert {timer.kind for timer in plan(one)} >= {TimerKind.NAG}
    assert TimerKind.SHIFT not in {timer.kind for timer in plan(one)}


def test_without_a_manager_the_owner_of_the_path_is_asked_and_no_admin() -> None:
    one = over(MANAGER)
    assert asked(one) == [PAT, "C_ALL"]
    assert ADMINS not in contacts_to_ask(one)


def test_without_both_workspace_admins_are_asked_at_once() -> None:
    one = over(MANAGER, PAT)
    assert asked(one) == ["C_ALL"]
    after = again(one, MANAGER, PAT)
    assert asked(after.issue) == ["C_ALL", ADA]
    assert [each.kind for each in after.events] == [EventKind.ASKED], "nobody's shift has changed"
    assert TimerKind.SHIFT not in {timer.kind for timer in plan(after.issue)}


@pytest.mark.parametrize("who", [MANAGER, PAT, ADA])
def test_whoever_of_them_is_asked_may_what_somebody_asked_may(who: str) -> None:
    gone = {MANAGER: (), PAT: (MANAGER,), ADA: (MANAGER, PAT)}[who]
    one = replace(over(*gone), private=True)
    one = again(one, *gone).issue if who == ADA else one
    assert roles(one, actor(who)) == {Role.CONTACT, Role.LEVEL}, "without a look-up"
    for action in Action:
        assert bool(may(action, one, actor(who))) is bool(RIGHTS[action] & {Role.CONTACT, Role.LEVEL})
    for other in {PAT, ADA} - {who}:
        assert not roles(one, actor(other))


def test_without_admins_that_is_written_down_and_looked_for_once() -> None:
    after = again(over(MANAGER, PAT, "#all-hands"), MANAGER, PAT, "#all-hands", "workspace admins")
    (event,) = after.events
    assert (event.kind, event.text("contact")) == (EventKind.UNREACHABLE, "workspace admins")
    assert {timer.kind for timer in plan(after.issue)} == {TimerKind.NAG}, "it nags, and tries all anew"


def test_a_manager_whose_messages_are_refused_is_followed_by_the_next_and_the_next() -> None:
    refused = mark_unreachable(over(), user(MANAGER), "DM refused", SOON).issue
    second = again(refused).issue
    assert asked(second) == ["C_ALL", PAT]
    third = again(mark_unreachable(second, user(PAT), "DM refused", SOON).issue).issue
    assert asked(third) == ["C_ALL", ADA]


def test_a_manager_who_says_no_is_followed_by_the_owner_of_the_path() -> None:
    said = decline(over(), actor(MANAGER, manager=True), SOON, "On leave.").issue
    assert asked(again(said).issue) == ["C_ALL", PAT]


def test_a_channel_that_goes_calls_nobody_while_the_manager_is_there() -> None:
    one = mark_unreachable(over(), channel("C_ALL"), "is_archived", SOON).issue
    assert TimerKind.SHIFT not in {timer.kind for timer in plan(one)}


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        ([ask(ANA), ask(OMAR, 2)], "every level stayed silent."),
        (
            [
                ask(ANA, status=AskStatus.DECLINED, reason="I am in court"),
                ask(OMAR, 2, status=AskStatus.DECLINED),
            ],
            "everybody who was asked said no. @U_ANA can't take it: I am in court.",
        ),
        (
            [ask(ANA, status=AskStatus.DECLINED, reason="x" * 500), ask(OMAR, 2)],
            f"nobody who was asked has taken it. @U_ANA can't take it: {'x' * 199}…",
        ),
    ],
    ids=["silent", "all said no", "one of two, at length"],
)
def test_the_catch_all_reads_how_it_came_to_that_with_the_reasons(asks: list[Ask], says: str) -> None:
    one = over(asks=asks)
    message = ping(one, one.current_asks[0], NoticeKind.PING, "ping")
    assert prompt(one, message).sentence.plain() == (
        f"ISS-1 is UNANSWERED: {says} Please take it, or find somebody who does."
    )


def test_an_admin_reads_why_they_are_asked() -> None:
    one = again(over(MANAGER, PAT), MANAGER, PAT).issue
    message = ping(one, one.current_asks[-1], NoticeKind.PING, "ping")
    said = prompt(one, message).sentence.plain()
    assert "You are asked because neither the escalation manager nor the owner of its path can be." in said
