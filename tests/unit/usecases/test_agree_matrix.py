"""Agreement where things go wrong: groups that cannot be read, crowds, a directory that is down, times without Rung."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.delivery import Reason, Rejected, RowState
from bot.domain.errors import NotAllowed, Refused
from bot.domain.issue import Target
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.matrix.terms import mark
from bot.domain.notification import NoticeKind, Op
from bot.usecases.agree_matrix import (
    MOST_PEOPLE,
    Agreeing,
    AllTermsAnswer,
    TermsAnswer,
    agree_to_all,
    agreed,
    answer_terms,
    ask_agreements,
)
from bot.usecases.outside import DirectoryDown
from bot.usecases.people_ports import Consent
from bot.usecases.publish_matrix import PublishedMatrices
from bot.usecases.remind_agreements import remind_agreements
from tests.builders import ANA, DIRECTOR, MANAGER, OMAR, T1, contact, level, matrix, path, published, user
from tests.unit.usecases.desk import Desk

DAY = 24 * 60


def in_force(desk: Desk, *contacts: str, version: int = 1) -> PublishedMatrix:
    """One path whose only level has these contacts."""
    care = path("Care", [level("Lead", *contacts)], owner=contact(DIRECTOR))
    made = published(version, matrix(care))
    desk.store.matrices.publish(T1, made, ANA, "", desk.clock.now())
    desk.matrices.hold(T1, made)
    return made


async def ask(desk: Desk, made: PublishedMatrix) -> int:
    return await ask_agreements(desk.services, T1, made)


def asked(desk: Desk) -> list[str]:
    """Who has a place, by id."""
    return [one.user for one in desk.store.agreements.of(T1)]


def messages(desk: Desk, op: Op = Op.POST) -> list[str]:
    """Who is sent a question, or has one edited."""
    return [row.notice.to.id for row in desk.rows(NoticeKind.AGREEMENT) if row.notice.op is op]


def answer(who: str = ANA, **changes: Any) -> TermsAnswer:
    """Ana agrees to what she was asked."""
    terms = mark("You are level 1 for Care: 15 min to answer.")
    plain = TermsAnswer(T1, who, who, "Care", 1, terms, agrees=True)
    return replace(plain, **changes)


def crowd(count: int) -> list[Target]:
    return [user(f"U{number}") for number in range(count)]


async def test_a_group_that_cannot_be_read_loses_nobody(desk: Desk) -> None:
    desk.directory.knows("group:leads", user(ANA), user(OMAR))
    made = in_force(desk, "group:leads")
    assert await ask(desk, made) == 2
    desk.directory.knows("group:leads", why="User groups cannot be read here.")
    assert await ask(desk, made) == 0
    desk.directory.knows("group:leads", user(ANA), user(OMAR), user(DIRECTOR))
    assert await ask(desk, made) == 1
    assert messages(desk) == [ANA, OMAR, DIRECTOR]
    desk.directory.knows("group:leads", user(DIRECTOR))
    await ask(desk, made)
    assert asked(desk) == [DIRECTOR]
    assert messages(desk, Op.EDIT) == [ANA, OMAR]


async def test_a_crowd_is_not_asked_and_the_path_owner_is_told_once(desk: Desk) -> None:
    desk.directory.knows("group:all", *crowd(MOST_PEOPLE + 1))
    made = in_force(desk, "group:all", OMAR)
    await ask(desk, made)
    await ask(desk, made)
    assert asked(desk) == [OMAR]
    (told,) = desk.said(NoticeKind.PATH_OWNER)
    assert told.startswith(f"{DIRECTOR}: More than 50 people are in group:all, level 1 of the path Care")


async def test_fifty_are_no_crowd(desk: Desk) -> None:
    desk.directory.knows("group:most", *crowd(MOST_PEOPLE))
    assert await ask(desk, in_force(desk, "group:most")) == MOST_PEOPLE
    assert desk.said(NoticeKind.PATH_OWNER) == []


async def test_a_directory_that_is_down_changes_nothing_and_is_asked_again(desk: Desk) -> None:
    in_force(desk, ANA)
    agreeing = Agreeing(desk.services, T1)
    desk.directory.goes_down()
    with pytest.raises(DirectoryDown):
        await agreeing.look()
    assert asked(desk) == []
    desk.directory.comes_back()
    await agreeing.look()
    assert asked(desk) == [ANA]


async def test_the_same_version_is_looked_at_once_an_hour(desk: Desk) -> None:
    desk.directory.knows("group:leads", user(ANA))
    in_force(desk, "group:leads")
    agreeing = Agreeing(desk.services, T1)
    await agreeing.look()
    desk.directory.knows("group:leads", user(ANA), user(OMAR))
    desk.clock.advance(minutes=59)
    await agreeing.look()
    assert asked(desk) == [ANA]
    desk.clock.advance(minutes=1)
    await agreeing.look()
    assert asked(desk) == [ANA, OMAR]
    in_force(desk, DIRECTOR, version=2)
    await agreeing.look()
    assert asked(desk) == [DIRECTOR]


async def test_without_a_matrix_nobody_is_asked(desk: Desk) -> None:
    await Agreeing(replace(desk.services, matrix=PublishedMatrices()), T1).look()
    assert asked(desk) == []


async def test_a_version_that_is_out_of_date_asks_nobody(desk: Desk) -> None:
    old = in_force(desk, ANA)
    in_force(desk, OMAR, version=2)
    assert await ask(desk, old) == 0
    assert asked(desk) == []


async def test_two_replicas_ask_once(desk: Desk) -> None:
    made = in_force(desk, ANA)
    await Agreeing(desk.services, T1).look()
    desk.clock.advance(minutes=5)
    await Agreeing(desk.services, T1).look()
    assert await ask(desk, made) == 0
    assert messages(desk) == [ANA]


async def test_only_the_one_who_was_asked_may_answer(desk: Desk) -> None:
    await ask(desk, in_force(desk, ANA))
    with pytest.raises(NotAllowed, match="Only @U_ANA can answer this"):
        await answer_terms(desk.services, answer(OMAR, asked=ANA))
    assert [one.consent for one in desk.store.agreements.of(T1)] == [Consent.ASKED]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"terms": mark("other")}, "The terms have changed since you were asked"),
        ({"level": 2}, "no longer on level 2 of Care"),
        ({"path": "Gone"}, "no longer on level 1 of Gone"),
    ],
    ids=["other terms", "another level", "another path"],
)
async def test_an_answer_to_what_is_asked_no_more_is_refused(
    desk: Desk, changes: dict[str, Any], why: str
) -> None:
    await ask(desk, in_force(desk, ANA))
    with pytest.raises(Refused, match=why):
        await answer_terms(desk.services, answer(**changes))
    assert messages(desk, Op.EDIT) == []


async def test_who_could_not_and_now_can_is_believed(desk: Desk) -> None:
    await ask(desk, in_force(desk, ANA))
    await answer_terms(desk.services, answer(agrees=False, reason="On leave."))
    (said,) = await agreed(desk.services, T1)
    assert (said.agreed, dict(said.cannot), said.waiting) == ((), {ANA: "On leave."}, ())
    await answer_terms(desk.services, answer())
    (said,) = await agreed(desk.services, T1, "Care")
    assert (said.agreed, dict(said.cannot), said.waiting) == ((ANA,), {}, ())
    assert await agreed(desk.services, T1, "Payments") == []


async def test_a_path_that_is_gone_goes_to_the_escalation_manager(desk: Desk) -> None:
    await ask(desk, in_force(desk, ANA))
    desk.publish(path("Payments"))
    await answer_terms(desk.services, answer(agrees=False, reason="No."))
    assert [row.notice.to.id for row in desk.rows(NoticeKind.PATH_OWNER)] == [MANAGER]


@pytest.mark.parametrize(
    ("days", "copies", "told"),
    [
        pytest.param(3, [1], 0, id="three days: the first reminder"),
        pytest.param(6, [2], 0, id="six days: only the second"),
        pytest.param(20, [], 1, id="twenty days: only the owner is told"),
    ],
)
async def test_after_a_time_without_rung_one_message_is_enough(
    desk: Desk, days: int, copies: list[int], told: int
) -> None:
    await ask(desk, in_force(desk, ANA))
    desk.clock.advance(minutes=days * DAY)
    for _ in range(2):
        await remind_agreements(desk.services, T1)
    posted = [row.notice.args["reminder"] for row in desk.rows(NoticeKind.AGREEMENT)]
    assert posted == [0, *copies]
    assert len(desk.rows(NoticeKind.PATH_OWNER)) == told


async def test_several_who_are_silent_are_one_message_to_the_owner(desk: Desk) -> None:
    await ask(desk, in_force(desk, ANA, OMAR))
    desk.clock.advance(minutes=8 * DAY)
    await remind_agreements(desk.services, T1)
    (told,) = desk.said(NoticeKind.PATH_OWNER)
    assert "@U_ANA (level 1) and @U_OMAR (level 1) have not said" in told


async def test_an_answer_that_comes_while_a_reminder_is_made_stays(desk: Desk) -> None:
    await ask(desk, in_force(desk, ANA))
    (row,) = desk.store.agreements.of(T1)
    await answer_terms(desk.services, answer())
    desk.store.agreements.put(T1, [replace(row, reminders=1)])
    assert [one.consent for one in desk.store.agreements.of(T1)] == [Consent.AGREED]


async def test_a_path_owner_who_is_gone_is_stood_in_for_by_the_escalation_manager(desk: Desk) -> None:
    desk.channel.refuses(DIRECTOR, Rejected(Reason.ROUTE, "They have left Slack."))
    await ask(desk, in_force(desk, ANA))
    await answer_terms(desk.services, answer(agrees=False, reason="No."))
    await desk.deliver()
    told = [one.row.notice.to.id for one in desk.channel.sent(NoticeKind.PATH_OWNER)]
    assert told == [DIRECTOR, MANAGER]
    assert desk.states(NoticeKind.PATH_OWNER) == [RowState.SENT]


async def test_all_that_was_shown_and_is_open_is_agreed_to_and_nothing_else(desk: Desk) -> None:
    made = published(1, matrix(*(path(name, [level("Lead", ANA)]) for name in ("A", "B", "C", "D"))))
    desk.store.matrices.publish(T1, made, ANA, "", desk.clock.now())
    desk.matrices.hold(T1, made)
    await ask(desk, made)
    marks = {one.path: mark(one.terms) for one in desk.store.agreements.of(T1)}
    no = answer(path="A", terms=marks["A"], agrees=False, reason="Not at night.")
    await answer_terms(desk.services, no)
    every = AllTermsAnswer(T1, ANA, ANA, (marks["A"], marks["B"], marks["C"], "terms of before"))
    for _ in range(2):
        await agree_to_all(desk.services, every)
    assert {one.path: (one.consent, one.reason) for one in desk.store.agreements.of(T1)} == {
        "A": (Consent.CANNOT, "Not at night."),
        "B": (Consent.AGREED, ""),
        "C": (Consent.AGREED, ""),
        "D": (Consent.ASKED, ""),
    }
    assert set(messages(desk, Op.EDIT)) == {ANA}
    with pytest.raises(NotAllowed, match="can answer this"):
        await agree_to_all(desk.services, replace(every, user=OMAR))
    with pytest.raises(Refused, match="The terms have changed"):
        await agree_to_all(desk.services, replace(every, terms=("terms of before",)))
