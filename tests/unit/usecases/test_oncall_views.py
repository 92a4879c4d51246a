"""Reading about on-call: now and next, the coming two weeks, what is mine, the Home tab, and calendars."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.domain.calendar import Hours
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.notification import NoticeKind
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from bot.usecases.manage_oncall import away, cover
from bot.usecases.oncall_commands import FeedCommand
from bot.usecases.oncall_feed import Given, give, read_feed
from bot.usecases.oncall_swaps import ask
from bot.usecases.oncall_views import SHOWN_AHEAD, coming, duties, mine
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import PersonInfo
from bot.usecases.tell import show_home
from tests.builders import ANA, DIRECTOR, MANAGER, NOON, OMAR, T1, T2, contact, published
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.duty_desk import CARE, GUS, HANDOVER, HOUR, LEE, MIA, DutyDesk

WEEK = timedelta(days=7)


@pytest.fixture
def duty(desk: Desk) -> DutyDesk:
    """Two schedules; it is Monday noon and Ana has care."""
    return DutyDesk(desk)


def office(*people: str) -> Schedule:
    """Weekdays nine to five, a day each."""
    days: Any = (((Hours(9 * 60, 17 * 60),),) * 5) + ((), ())
    who = tuple(contact(one) for one in people)
    return Schedule("care", "UTC", (Layer(who, date(2026, 3, 2), time(0), span("1d"), hours=days),))


async def test_now_and_next(duty: DutyDesk) -> None:
    care, always = await duties(duty.desk.services, T1, ANA)
    assert care.now is not None
    assert care.next is not None
    assert (care.now.who, care.now.end, care.next.who, care.next.end) == (
        ANA,
        HANDOVER,
        OMAR,
        HANDOVER + WEEK,
    )
    assert always.now is not None
    assert (always.title, always.now.who, always.next, always.always) == (
        "Duty managers",
        DIRECTOR,
        None,
        True,
    )


@pytest.mark.parametrize(("who", "first"), [(OMAR, "care"), (DIRECTOR, "duty"), (LEE, "care")])
async def test_mine_stand_first(duty: DutyDesk, who: str, first: str) -> None:
    found = await duties(duty.desk.services, T1, who)
    assert found[0].schedule == first
    assert [one.mine for one in found] == ([True, False] if who != LEE else [False, False])


async def test_who_covers_has_it_too(duty: DutyDesk) -> None:
    await duty.types(cover, MIA, "2h", ANA)
    first, _ = await duties(duty.desk.services, T1, MIA)
    assert (first.mine, first.now and first.now.who, first.next and first.next.who) == (True, MIA, ANA)


async def test_nobody_now_says_who_is_next(duty: DutyDesk) -> None:
    duty.in_force(office(ANA, OMAR))
    duty.desk.clock.set(NOON + 10 * HOUR)
    (care,) = await duties(duty.desk.services, T1, ANA)
    assert care.now is None
    assert care.next is not None
    assert (care.next.who, care.next.start) == (OMAR, NOON + 21 * HOUR)


async def test_two_weeks_of_a_schedule_with_its_gaps(duty: DutyDesk) -> None:
    duty.in_force(office(ANA, OMAR))
    shown = await coming(duty.desk.services, T1, "CARE")
    assert [one.who for one in shown.shifts] == [ANA, OMAR] * 5 + [ANA], (
        "weekends are turns too, without hours"
    )
    assert shown.shifts[0].start == NOON, "what has passed is not shown"
    assert [one.end - one.start for one in shown.gaps[3:5]] == [16 * HOUR, 64 * HOUR]
    assert shown.shifts[-1].end == NOON + SHOWN_AHEAD


async def test_people_who_left_are_named(duty: DutyDesk) -> None:
    duty.desk.directory.knows(OMAR, why="Omar has left Slack.")
    assert (await coming(duty.desk.services, T1, "care")).gone == ("Omar has left Slack.",)


async def test_an_unknown_schedule_says_what_there_is(duty: DutyDesk) -> None:
    with pytest.raises(NotFound, match=r"There is no schedule “cars”\. Did you mean"):
        await coming(duty.desk.services, T1, "cars")
    assert (await coming(duty.desk.services, T1, "duty managers")).schedule == "duty"


async def test_my_shifts_changes_and_requests(duty: DutyDesk) -> None:
    await duty.types(ask, ANA, "2h", MIA)
    await duty.types(away, ANA, "1h")
    found = await mine(duty.desk.services, T1, ANA)
    assert [(one.start, one.end) for one in found.shifts[:2]] == [
        (NOON + HOUR, HANDOVER),
        (HANDOVER + WEEK, HANDOVER + 2 * WEEK),
    ]
    assert [one.person for one in found.changes] == [ANA]
    assert [one.colleague for one in found.swaps] == [MIA]
    other = await mine(duty.desk.services, T1, MIA)
    assert (other.shifts, len(other.changes), len(other.swaps)) == ((), 0, 1)


async def test_without_schedules_it_says_so(duty: DutyDesk) -> None:
    duty.in_force()
    assert await duties(duty.desk.services, T1, ANA) == ()
    with pytest.raises(Refused, match="no on-call schedules yet"):
        await mine(duty.desk.services, T1, ANA)


@pytest.mark.parametrize("down", [False, True])
async def test_the_home_tab_has_it_unless_people_cannot_be_looked_up(duty: DutyDesk, down: bool) -> None:
    if down:
        duty.desk.directory.goes_down(ANA)
    await show_home(duty.desk.services, T1, user=DIRECTOR, key="k")
    await duty.desk.deliver()
    (letter,) = [one for one in duty.desk.channel.letters if one.row.notice.kind is NoticeKind.HOME]
    home: Any = (letter.extra or {})["home"]
    assert [one.schedule for one in home.duties] == ([] if down else ["duty", "care"])


class Calendar:
    """Somebody with `/oncall feed`."""

    def __init__(self, duty: DutyDesk) -> None:
        self.duty = duty
        self._made = 0

    async def asks(self, who: str, schedule: str = "", anew: bool = False, key: str = "") -> Given:
        """Type the command."""
        self._made += 1
        command = FeedCommand(
            workspace=T1,
            user=who,
            key=key or self.duty.key(),
            schedule=schedule,
            anew=anew,
            secret=f"secret-{self._made}",
        )
        return await give(self.duty.desk.services, command)


@pytest.fixture
def calendar(duty: DutyDesk) -> Calendar:
    """Nobody has asked for one yet."""
    duty.desk.directory.knows_person(PersonInfo(ANA, "Ana Silva"))
    return Calendar(duty)


async def test_my_calendar_has_my_shifts_on_every_schedule(duty: DutyDesk, calendar: Calendar) -> None:
    given = await calendar.asks(ANA)
    found = await read_feed(duty.desk.services, T1, given.secret)
    assert found is not None
    assert (found.title, found.names) == ("On call: Ana Silva", {})
    assert {one.who for one in found.shifts} == {ANA}
    assert [one.start for one in found.shifts[:2]] == [HANDOVER - WEEK, HANDOVER + WEEK]
    assert "your shifts on every schedule" in given.sentence.plain()


async def test_a_schedules_calendar_has_everybody(duty: DutyDesk, calendar: Calendar) -> None:
    given = await calendar.asks(LEE, "care")
    found = await read_feed(duty.desk.services, T1, given.secret)
    assert found is not None
    assert [found.names[one.who] for one in found.shifts[:2]] == ["Ana Silva", found.names[OMAR]]
    await duty.types(cover, MIA, "2h", ANA)
    changed = await read_feed(duty.desk.services, T1, given.secret)
    assert changed is not None
    assert MIA in {one.who for one in changed.shifts}


async def test_the_same_text_all_day(duty: DutyDesk, calendar: Calendar) -> None:
    given = await calendar.asks(ANA)
    first = await read_feed(duty.desk.services, T1, given.secret)
    duty.desk.clock.advance(3 * HOUR)
    assert await read_feed(duty.desk.services, T1, given.secret) == first


async def test_asked_again_it_is_the_same_address_until_a_new_one_is_made(
    duty: DutyDesk, calendar: Calendar
) -> None:
    first = await calendar.asks(ANA)
    assert (await calendar.asks(ANA)).secret == first.secret
    anew = await calendar.asks(ANA, anew=True, key="same")
    assert anew.secret != first.secret
    assert "The old address no longer works." in anew.sentence.plain()
    assert (await calendar.asks(ANA, anew=True, key="same")).secret == anew.secret, "delivered twice"
    assert await read_feed(duty.desk.services, T1, first.secret) is None
    assert await read_feed(duty.desk.services, T1, anew.secret) is not None


async def test_a_new_address_of_a_schedule_is_for_who_looks_after_it(calendar: Calendar) -> None:
    await calendar.asks(LEE, "care")
    with pytest.raises(NotAllowed):
        await calendar.asks(LEE, "care", anew=True)
    await calendar.asks(MIA, "care", anew=True)
    with pytest.raises(NotAllowed, match="Guests"):
        await calendar.asks(GUS)
    with pytest.raises(NotFound):
        await calendar.asks(MANAGER, "no-such")


@pytest.mark.parametrize("gone", ["wrong secret", "left Slack", "no such schedule", "another workspace"])
async def test_there_is_no_calendar(duty: DutyDesk, calendar: Calendar, gone: str) -> None:
    given = await calendar.asks(ANA, "duty" if gone == "no such schedule" else "")
    secret, workspace = given.secret, T1
    if gone == "wrong secret":
        secret = secret[:-1]
    elif gone == "left Slack":
        duty.desk.directory.knows_person(PersonInfo(ANA, "Ana", deactivated=True))
    elif gone == "no such schedule":
        duty.in_force(CARE)
    else:
        workspace = T2
        duty.desk.matrices.hold(T2, published(document=duty.in_force(CARE)))
    assert await read_feed(duty.desk.services, workspace, secret) is None


async def test_a_calendar_waits_for_the_directory(duty: DutyDesk, calendar: Calendar) -> None:
    given = await calendar.asks(ANA)
    duty.desk.directory.goes_down()
    with pytest.raises(DirectoryDown):
        await read_feed(duty.desk.services, T1, given.secret)
