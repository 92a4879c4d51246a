"""Who may take part, who is told then, and what stands in the way."""

from dataclasses import replace

import pytest

from bot.domain.answering import acknowledge
from bot.domain.care import Company
from bot.domain.errors import NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Change, Issue
from bot.domain.joining import MOST, join, unwatch, watch
from bot.domain.notification import NoticeKind
from bot.domain.permissions import Actor
from bot.domain.routing import route
from tests.builders import ANA, OMAR, QUARTER, RAVI, actor, closed, facts, issue, resolved

MEMBER = actor("U_ELSE", member=True)
"""Somebody of the workspace who is nothing to the issue."""
GUEST = actor("U_GUEST", guest=True)


def readers(before: Issue, change: Change, kind: NoticeKind) -> list[str]:
    """Who reads a message of this kind."""
    return [notice.to.id for notice in route(before, change) if notice.kind is kind]


def test_who_joins_is_a_further_requester_and_hears_what_happens_now() -> None:
    change = join(issue(), MEMBER, QUARTER)
    assert change.issue.company.further == ("U_ELSE",)
    assert [event.kind for event in change.events] == [EventKind.JOINED]
    assert readers(issue(), change, NoticeKind.WATCHER) == ["U_ELSE"]


def test_the_requester_of_who_joins_is_the_one_that_is_told() -> None:
    change = join(issue(), MEMBER, QUARTER, "U_RITA")
    assert change.issue.company.further == ("U_RITA",)
    assert readers(issue(), change, NoticeKind.WATCHER) == ["U_RITA"]
    with pytest.raises(Refused, match="@U_RITA is told about every step of ISS-1 already"):
        join(change.issue, MEMBER, QUARTER, "U_RITA")


@pytest.mark.parametrize(
    ("one", "who", "why"),
    [
        (issue(), actor(RAVI), "You are told about every step of ISS-1 already."),
        (issue(company=Company(further=(UserId("U_ELSE"),))), MEMBER, "You are told about every step"),
        (closed(issue()), MEMBER, "ISS-1 is closed, so there is nothing to join."),
        (issue(), GUEST, "Only members of this workspace may join it."),
        (
            issue(company=Company(further=tuple(UserId(f"U{n}") for n in range(MOST)))),
            MEMBER,
            "200 people take part in ISS-1 that way already.",
        ),
    ],
    ids=["the requester", "twice", "too late", "a guest", "too many"],
)
def test_who_cannot_join(one: Issue, who: Actor, why: str) -> None:
    with pytest.raises((Refused, NotAllowed)) as refused:
        join(one, who, QUARTER)
    assert str(refused.value).startswith(why)


def test_a_resolved_issue_can_still_be_joined() -> None:
    assert join(resolved(issue()), MEMBER, QUARTER).issue.company.further == ("U_ELSE",)


def test_every_member_may_follow_and_stop() -> None:
    followed = watch(issue(), MEMBER, QUARTER)
    assert followed.issue.company.watchers == ("U_ELSE",)
    assert readers(issue(), followed, NoticeKind.WATCHER) == [], "they know it themselves"
    assert unwatch(followed.issue, MEMBER, QUARTER).issue.company.watchers == ()


def test_who_works_on_it_lets_others_follow_and_they_are_told() -> None:
    change = watch(issue(), actor(ANA), QUARTER, OMAR)
    assert change.issue.company.watchers == (OMAR,)
    assert readers(issue(), change, NoticeKind.WATCHER) == [OMAR]
    with pytest.raises(NotAllowed):
        watch(issue(), MEMBER, QUARTER, OMAR)


def test_who_hears_it_for_the_requester_is_told_once() -> None:
    followed = replace(issue(requester=UserId("U_RITA")), company=Company(watchers=(UserId(RAVI),)))
    instead = replace(followed, care=replace(followed.care, stand_in=RAVI))
    for one, told in ((followed, [RAVI]), (instead, [])):
        assert readers(one, acknowledge(one, actor(ANA), QUARTER), NoticeKind.WATCHER) == told


def test_nobody_learns_that_who_raised_it_without_their_name_follows_it() -> None:
    company = Company(watchers=(UserId(RAVI),))
    nameless = issue(facts=facts(nameless=True), requester=UserId("U_RITA"), company=company)
    merged = issue(raiser=OMAR, company=replace(company, unnamed=(UserId(RAVI),)))
    for one in (nameless, merged):
        change = watch(one, actor(ANA), QUARTER, RAVI)
        assert change.issue.company.watchers == (RAVI,)
        assert readers(one, change, NoticeKind.WATCHER) == [RAVI], "as for anybody else"
        with pytest.raises(Refused, match="You watch ISS-1 already"):
            watch(one, actor(RAVI), QUARTER)


@pytest.mark.parametrize(("who", "may"), [(MEMBER, False), (actor(ANA), True), (actor(RAVI), True)])
def test_a_private_issue_is_followed_only_by_who_may_see_it(who: Actor, may: bool) -> None:
    private = issue(private=True)
    if may:
        assert watch(private, who, QUARTER).issue.company.watchers == (who.user,)
        return
    with pytest.raises(NotAllowed):
        watch(private, who, QUARTER)


def test_twice_is_said() -> None:
    followed = watch(issue(), MEMBER, QUARTER).issue
    with pytest.raises(Refused, match="You watch ISS-1 already"):
        watch(followed, MEMBER, QUARTER)
    with pytest.raises(Refused, match="@U_ELSE watches ISS-1 already"):
        watch(followed, actor(ANA), QUARTER, "U_ELSE")
    with pytest.raises(Refused, match="You do not watch ISS-1"):
        unwatch(issue(), MEMBER, QUARTER)
