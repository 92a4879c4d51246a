"""Merging and linking: what comes along, and what is refused."""

import pytest

from bot.domain.errors import NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.merging import link, merge
from bot.domain.routing import route as notices_of
from bot.domain.targets import resolve_by
from bot.domain.timers import plan
from bot.domain.veil import SOMEBODY
from bot.domain.words import load_sentence
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    P1,
    P3,
    QUARTER,
    RAVI,
    actor,
    closed,
    facts,
    issue,
    minutes,
    promised,
    resolved,
    route,
    target,
)
from tests.builders import acknowledged as taken

RITA = UserId("U_RITA")
LATER = NOON + minutes(20)
NORMAL = issue(2, at=NOON + minutes(10), route=route(priority=P3), requester=RITA)

SECRET = issue(facts=facts(nameless=True))
SECRET_TOO = issue(2, facts=facts(nameless=True))


def watched_by(one: Issue, *people: str) -> Issue:
    """With these followers."""
    return one.bump(company=type(one.company)(watchers=tuple(UserId(user) for user in people)))


def test_the_source_ends_and_says_where_it_goes_on() -> None:
    gone, _ = merge(taken(issue()), NORMAL, actor(ANA), LATER)
    assert gone.issue.state is State.MERGED
    assert gone.issue.company.merged_into == 2
    assert gone.issue.position.stage is Stage.REST
    assert plan(gone.issue) == ()
    assert [(event.kind, event.data) for event in gone.events] == [(EventKind.MERGED, {"into": 2})]


def test_all_requesters_and_followers_come_along_and_nobody_twice() -> None:
    source = watched_by(taken(issue()), OMAR, "U_X")
    _, kept = merge(source, watched_by(NORMAL, "U_X"), actor(ANA), LATER)
    assert kept.issue.company.further == (RAVI,)
    assert kept.issue.company.watchers == ("U_X", OMAR)
    _, again = merge(issue(3, requester=RITA), kept.issue, actor(ANA), LATER)
    assert again.issue.company.further == (RAVI,), "Rita is the first requester already"
    assert again.issue.company.links == (1, 3)


def test_who_raised_the_source_for_somebody_else_is_told_and_follows_the_target() -> None:
    before = watched_by(taken(issue(requester="U_ZOE", raiser="U_SAM")), "U_SAM")
    gone, kept = merge(before, NORMAL, actor(ANA), LATER)
    assert kept.issue.company.watchers == ("U_SAM",)
    told = [one for one in notices_of(before, gone) if one.to.id == "U_SAM"]
    assert [load_sentence(one.text("sentence")).plain() for one in told] == [
        "ISS-1 is about the same thing as ISS-2, so both are handled together. "
        "You are told about every step there."
    ]
    silent = taken(issue(requester="U_ZOE", raiser="U_SAM"))
    gone, kept = merge(silent, NORMAL, actor(ANA), LATER)
    assert kept.issue.company.watchers == (), "they did not wish to follow it any more"
    assert [one for one in notices_of(silent, gone) if one.to.id == "U_SAM"] == []


@pytest.mark.parametrize(
    ("source", "target", "unnamed"),
    [
        pytest.param(SECRET, issue(2, requester=RITA, raiser=OMAR), (RAVI,), id="kept back there too"),
        pytest.param(issue(), issue(2, requester=RITA, raiser=OMAR), (), id="who gave their name"),
        pytest.param(SECRET, issue(2, requester=RITA), (), id="who raised the other one by name"),
        pytest.param(SECRET, issue(2, raiser=OMAR), (), id="for whom the other one is, by name"),
        pytest.param(SECRET, SECRET_TOO, (RAVI,), id="who raised both without"),
    ],
)
def test_who_is_not_named_stays_so_where_it_goes_on(
    source: Issue, target: Issue, unnamed: tuple[str, ...]
) -> None:
    _, kept = merge(taken(source), target, actor(ANA), LATER)
    whoever_it_is = (SOMEBODY,) if source is SECRET else ()
    assert kept.issue.company.unnamed == (*unnamed, *whoever_it_is)
    _, further = merge(taken(kept.issue), issue(3, requester=RITA, raiser=OMAR), actor(ANA), LATER)
    assert set(further.issue.company.unnamed) == {*unnamed, *whoever_it_is}, "and where that goes on"


@pytest.mark.parametrize(
    ("source", "mine", "after"),
    [(P1, P3, P1), (P3, P1, P1), (P1, P1, P1)],
    ids=["the source is more urgent", "the target is more urgent", "the same"],
)
def test_the_target_takes_the_higher_priority(source: object, mine: object, after: object) -> None:
    one, other = taken(issue(route=route(priority=source))), issue(2, route=route(priority=mine))
    _, kept = merge(one, other, actor(ANA), LATER, route(priority=source))
    assert kept.issue.route.priority == after
    assert bool(kept.issue.facts.priority_reason) is (after != mine)


def test_the_target_takes_the_earlier_raise_and_its_deadlines_follow() -> None:
    old = taken(issue())
    young = issue(2, at=NOON + minutes(10), route=promised(target=target("15m", "4h")))
    _, kept = merge(old, young, actor(ANA), LATER)
    assert kept.issue.raised_at == NOON
    assert resolve_by(kept.issue) == NOON + minutes(240)
    _, other_way = merge(taken(young), issue(1), actor(ANA), LATER)
    assert other_way.issue.raised_at == NOON


def merged_into(number: int) -> Issue:
    """ISS-2, which goes on as another one."""
    return NORMAL.bump(state=State.MERGED, company=type(NORMAL.company)(merged_into=number))


@pytest.mark.parametrize(
    ("source", "into", "why"),
    [
        (taken(issue()), taken(issue()), "That is ISS-1 itself."),
        (taken(issue()), merged_into(1), "ISS-2 was merged into this one already."),
        (taken(issue()), merged_into(7), "ISS-2 was merged into ISS-7. Please merge into that one."),
        (taken(issue()), closed(issue(2)), "ISS-2 is closed."),
        (taken(issue()), resolved(issue(2)), "ISS-2 is resolved."),
        (taken(issue(private=True)), NORMAL, "ISS-1 is private and ISS-2 is not"),
        (closed(issue()), NORMAL, "ISS-1 is closed, so there is nothing to merge."),
    ],
    ids=[
        "itself",
        "in a circle",
        "into a merged one",
        "into a closed one",
        "into a resolved one",
        "private",
        "over",
    ],
)
def test_what_is_refused(source: Issue, into: Issue, why: str) -> None:
    with pytest.raises(Refused) as refused:
        merge(source, into, actor(ANA), LATER)
    assert str(refused.value).startswith(why)


def test_public_into_private_is_fine() -> None:
    _, kept = merge(taken(issue()), issue(2, private=True), actor(ANA), LATER)
    assert kept.issue.private


def test_who_raised_it_may_not_merge() -> None:
    with pytest.raises(NotAllowed, match=r"^Only .* may merge it\.$"):
        merge(issue(), NORMAL, actor(RAVI), QUARTER)


def test_a_link_names_each_on_the_other() -> None:
    one, other = link(issue(), NORMAL, actor(ANA), LATER)
    assert (one.issue.company.links, other.issue.company.links) == ((2,), (1,))
    with pytest.raises(Refused, match="linked already"):
        link(one.issue, other.issue, actor(ANA), LATER)


def test_private_and_public_issues_do_not_name_each_other() -> None:
    with pytest.raises(Refused, match="cannot name each other"):
        link(issue(private=True), NORMAL, actor(ANA), LATER)


def test_facts_of_the_source_stay_with_it() -> None:
    source = taken(issue(facts=facts("Cards are refused")))
    _, kept = merge(source, NORMAL, actor(ANA), LATER)
    assert kept.issue.facts == NORMAL.facts
    assert kept.events[0].data == {"other": 1, "title": "Cards are refused"}
