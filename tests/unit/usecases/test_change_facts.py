"""Changing what an issue is about: by its own matrix version, once per submission, and only for who may."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from bot.domain.changing import CHANGEABLE, URGENCY
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.events import EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Issue
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.notification import NoticeKind, Op
from bot.usecases.change_facts import change_facts, changeable
from bot.usecases.commands import ChangeFacts, IssueCommand
from bot.usecases.ports import Transactions, Unit
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    RAVI,
    T1,
    closed,
    facts,
    issue,
    matrix,
    message,
    path,
    ping,
    published,
)
from tests.builders import acknowledged as taken
from tests.unit.usecases.desk import Desk

T = TypeVar("T")
OLD = published(4, matrix(path("Hardware", match={"type": ("hardware",)}), path("Old rest")))
NEW = published(5, matrix(path("New rest")))


def of_version(version: PublishedMatrix) -> Issue:
    """Ravi raised it under this version; the default facts with this make it a P2."""
    about = facts(urgency="soon")
    return issue(facts=about, route=route_for(version, about, NOON))


def wants(who: str = ANA, key: str = "form:1", reason: str = "", **wanted: str) -> ChangeFacts:
    """Somebody submits the form."""
    return ChangeFacts(workspace=T1, user=who, key=key, number=1, wanted=wanted, reason=reason)


def opens(who: str = ANA) -> IssueCommand:
    """Somebody opens the form."""
    return IssueCommand(workspace=T1, user=who, key="click:1", number=1)


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Version 5 is in force, and ISS-1 was raised under version 4."""
    for version in (OLD, NEW):
        desk.store.matrices.publish(T1, version, "", "", NOON)
    desk.matrices.hold(T1, NEW)
    desk.has(of_version(OLD))
    return desk


# --- which version chooses --------------------------------------------------------------------------------------------


async def test_an_older_version_than_the_one_in_force_chooses_for_its_issues(shop: Desk) -> None:
    answer = await change_facts(shop.services, wants(type="hardware"))
    assert answer.sentence.plain() == "ISS-1 is P2 High now, on the path Hardware."
    assert (shop.issue().route.path.name, shop.issue().route.version) == ("Hardware", 4)
    assert shop.happened() == [EventKind.CHANGED, EventKind.LEVEL_STARTED]


async def test_the_form_shows_the_version_of_the_issue(shop: Desk) -> None:
    assert (await changeable(shop.services, opens())).published == OLD


async def test_the_version_in_force_need_not_be_read(desk: Desk) -> None:
    desk.matrices.hold(T1, OLD)
    desk.has(of_version(OLD))
    assert (await changeable(desk.services, opens())).published is OLD
    await change_facts(desk.services, wants(type="hardware"))
    assert desk.issue().route.path.name == "Hardware"


async def test_without_its_version_nothing_is_chosen_and_that_is_said(desk: Desk) -> None:
    desk.has(of_version(OLD))
    with pytest.raises(
        Refused, match=r"^Version 4 of the matrix, which is that of ISS-1, is not kept any more"
    ):
        await changeable(desk.services, opens())
    with pytest.raises(Refused, match=r"Please escalate ISS-1, or raise it once more\.$"):
        await change_facts(desk.services, wants(type="hardware"))
    assert desk.issue() == of_version(OLD)


class Meanwhile:
    """Transactions where something happens after each reading."""

    def __init__(self, real: Transactions, happens: Callable[[], None]) -> None:
        self._real = real
        self._happens = happens
        self.run = real.run

    async def read(self, unit: Unit[T]) -> T:
        """As the port says."""
        found = await self._real.read(unit)
        self._happens()
        return found


async def test_when_it_is_put_on_another_version_meanwhile_the_form_is_opened_again(shop: Desk) -> None:
    def moved() -> None:
        before = shop.issue()
        shop.store.issues.save(before, before.bump(route=replace(before.route, version=5)))

    services = replace(shop.services, transactions=Meanwhile(shop.transactions, moved))
    with pytest.raises(Refused, match=r"was put on another version of the matrix just now. Please open the"):
        await change_facts(services, wants(type="hardware"))


# --- once, and only what a form may say -------------------------------------------------------------------------------


async def test_the_same_submission_twice_is_one_change_and_one_answer(shop: Desk) -> None:
    first = await change_facts(shop.services, wants(type="hardware"))
    again = await change_facts(shop.services, wants(type="hardware"))
    assert again == first
    assert shop.happened().count(EventKind.CHANGED) == 1


async def test_a_repeat_gets_its_answer_even_when_the_issue_is_over_by_now(shop: Desk) -> None:
    first = await change_facts(shop.services, wants(type="hardware"))
    before = shop.issue()
    shop.store.issues.save(before, closed(before))
    assert await change_facts(shop.services, wants(type="hardware")) == first


async def test_other_facts_than_these_are_left_alone(shop: Desk) -> None:
    await change_facts(shop.services, wants(type="hardware", title="Ha!", channel="#mine"))
    assert (shop.issue().facts.title, shop.issue().facts.channel) == ("Checkout is down", "")


async def test_the_reason_is_cleaned_and_cut(shop: Desk) -> None:
    await change_facts(shop.services, wants(priority="p1", reason=" Nobody can pay\0" + "!" * 900))
    reason = shop.issue().facts.priority_reason
    assert reason.startswith("Nobody can pay!")
    assert len(reason) <= 500


async def test_every_message_with_buttons_is_drawn_anew(shop: Desk) -> None:
    shop.sent(message("ping:1:1:0:user:U_ANA", notice=ping()))
    await change_facts(shop.services, wants(urgency="now"))
    drawn = [row.notice.kind for row in shop.rows() if row.notice.op is Op.EDIT]
    assert sorted(drawn) == [NoticeKind.CARD, NoticeKind.PING]


# --- who --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "allowed"),
    [(ANA, CHANGEABLE), (MANAGER, CHANGEABLE), (OMAR, CHANGEABLE), (RAVI, URGENCY)],
    ids=["contact", "manager", "contact of another level", "raiser"],
)
async def test_the_form_asks_for_what_its_reader_may_change(
    desk: Desk, who: str, allowed: tuple[str, ...]
) -> None:
    desk.matrices.hold(T1, published(1))
    desk.has(issue())
    assert (await changeable(desk.services, opens(who))).facts == allowed


async def test_who_was_asked_opens_it_without_a_look_up(shop: Desk) -> None:
    shop.directory.goes_down()
    await changeable(shop.services, opens())
    assert shop.directory.asked == []


async def test_the_raiser_who_is_the_manager_too_may_change_everything(shop: Desk) -> None:
    before = shop.issue()
    shop.store.issues.save(before, before.bump(raiser=UserId(MANAGER)))
    assert (await changeable(shop.services, opens(MANAGER))).facts == CHANGEABLE
    await change_facts(shop.services, wants(MANAGER, type="hardware"))
    assert shop.issue().route.path.name == "Hardware"


async def test_a_stranger_is_refused_at_the_door_and_behind_it(shop: Desk) -> None:
    with pytest.raises(NotAllowed):
        await changeable(shop.services, opens("U_ELSE"))
    with pytest.raises(NotAllowed):
        await change_facts(shop.services, wants("U_ELSE", type="hardware"))


@pytest.mark.parametrize(("number", "over"), [(9, False), (1, True)], ids=["unknown", "over"])
async def test_what_cannot_be_changed_opens_no_form(desk: Desk, number: int, over: bool) -> None:
    desk.matrices.hold(T1, OLD)
    desk.has(closed(taken(of_version(OLD))) if over else of_version(OLD))
    with pytest.raises(Refused if over else NotFound):
        await changeable(desk.services, replace(opens(), number=number))
