"""Waiting while somebody is asked to help: a ping still out keeps its remaining time."""

from dataclasses import replace

from bot.domain import answering, asking, handing, waiting
from bot.domain.issue import Issue, Stage
from bot.domain.notices import ping
from bot.domain.notification import NoticeKind
from bot.domain.rerouting import reroute
from bot.domain.span import span
from bot.domain.timers import TimerKind, plan
from bot.domain.waiting_time import keeps_time
from bot.domain.wording import names
from bot.domain.wording.card import headline
from bot.domain.wording.log import line as log_line
from bot.domain.wording.prompts import prompt
from tests.builders import (
    ANA,
    OMAR,
    QUARTER,
    actor,
    ask,
    climbing,
    contact,
    issue,
    level,
    looked,
    minutes,
    path,
    route,
    user,
)
from tests.unit.domain.reading import RITA

LEVELS = [level(), level("Shift lead", OMAR, within=minutes(30), remind_every=minutes(10))]
ASKED = climbing(issue(requester=RITA, route=route(path=path(levels=LEVELS, wait_at_most=span("3h")))))
"""Ana has it, since 12:15; since then Omar is asked too, until 12:45, and reminded every ten minutes."""
BEGAN = QUARTER + minutes(12)
WENT_ON = BEGAN + minutes(60)


def paused() -> Issue:
    """Reminded once, it waits for Rita from 12:27 on."""
    reminded = ASKED.bump(position=replace(ASKED.position, reminders=1))
    return waiting.wait(reminded, actor(ANA), "requester", "Which one?", BEGAN).issue


def due(one: Issue) -> dict[TimerKind, tuple[int, float]]:
    """The timers of the level: their number, and in how many minutes after 12:15 they are due."""
    kinds = (TimerKind.LEVEL_END, TimerKind.REMIND, TimerKind.NAG)
    found = [timer for timer in plan(one) if timer.kind in kinds]
    return {each.kind: (each.n, (each.due_at - QUARTER).total_seconds() / 60) for each in found}


def test_it_waits_though_somebody_is_asked_and_their_time_stands_still() -> None:
    assert due(ASKED.bump(position=replace(ASKED.position, reminders=1))) == {
        TimerKind.LEVEL_END: (1, 30),
        TimerKind.REMIND: (2, 20),
    }
    one = paused()
    assert keeps_time(one)
    assert due(one) == {}, "nobody is reminded, and the level does not end"
    assert [each.n for each in plan(one) if each.kind is TimerKind.WAIT_REMIND] == [1]


def test_when_it_goes_on_what_was_left_counts_from_there() -> None:
    after = waiting.answer(paused(), actor(RITA), "This one.", WENT_ON).issue
    assert after.position.stage is Stage.LEVEL
    assert due(after) == {TimerKind.LEVEL_END: (1, 90), TimerKind.REMIND: (8, 80)}, "18 of 30 min were left"


def test_found_late_what_was_left_counts_from_the_end_of_its_time_to_wait() -> None:
    over = waiting.ended(paused(), BEGAN + minutes(900), waiting.GoesOn.TIME).issue
    assert due(over)[TimerKind.LEVEL_END] == (1, 12 + 180 + 18)


def test_whoever_is_asked_may_take_it_while_it_waits() -> None:
    taken = answering.acknowledge(paused(), actor(OMAR), WENT_ON).issue
    assert (taken.owner, taken.waiting) == (OMAR, paused().waiting)
    assert waiting.go_on(taken, actor(OMAR), WENT_ON).issue.position.stage is Stage.REST


def test_it_does_not_wait_for_a_requester_who_takes_it() -> None:
    asked_rita = paused().bump(asks=(*paused().asks, ask(RITA, 2)))
    change = answering.acknowledge(asked_rita, actor(RITA), WENT_ON)
    assert (change.issue.owner, change.issue.waiting) == (RITA, None)
    assert change.issue.clocks.pauses[-1].end == WENT_ON
    said = log_line(change.issue, change.events[-1])
    assert said is not None
    assert said.plain() == "It does not wait any longer: the requester has it."


def test_who_is_asked_while_it_waits_has_their_own_time() -> None:
    declined = answering.decline(paused(), actor(OMAR), WENT_ON, "Not today.").issue
    assert declined.position.stage is Stage.CATCH_ALL
    assert not keeps_time(declined)
    assert TimerKind.NAG in due(declined)


ZED = handing.Wish(contact("U_ZED"), (user("U_ZED"),), "Zed")


def test_who_is_asked_too_while_it_waits_has_half_of_the_time_once_it_goes_on() -> None:
    late = waiting.wait(ASKED, actor(ANA), "requester", "Which one?", QUARTER + minutes(29)).issue
    asked_too = handing.assign(late, actor(ANA), ZED, "lunch", WENT_ON).issue
    on_duty = asking.look_again(late, [looked("oncall:care", "U_ZED")], WENT_ON).issue
    for one in (asked_too, on_duty):
        after = waiting.go_on(one, actor(ANA), WENT_ON + minutes(60)).issue
        assert due(after)[TimerKind.LEVEL_END] == (1, 12 + 120 + 15)
        faster = route(path=path(levels=[level(), level("Shift lead", OMAR, within=minutes(10))]))
        rerouted = waiting.go_on(reroute(one, faster, WENT_ON).issue, actor(ANA), WENT_ON + minutes(60)).issue
        assert due(rerouted)[TimerKind.LEVEL_END] == (1, 12 + 120 + 10)


def test_at_the_catch_all_it_nags_on_when_it_goes_on() -> None:
    top = replace(ASKED, position=replace(ASKED.position, stage=Stage.CATCH_ALL, ends_at=None))
    one = waiting.wait(top, actor(ANA), "requester", "Which one?", BEGAN).issue
    assert due(one) == {}
    after = waiting.go_on(one, actor(ANA), WENT_ON).issue
    assert due(after) == {TimerKind.NAG: (5, 75)}


def test_reminders_of_the_waiting_and_of_the_level_are_counted_apart() -> None:
    one = waiting.remind(paused(), BEGAN + minutes(60)).issue
    assert (one.care.wait_reminders, one.position.reminders) == (1, 1)


def test_what_people_read_promises_no_time_that_stands_still() -> None:
    one = paused()
    assert headline(one).plain().endswith("@U_OMAR: asked as well; there is time until it goes on.")
    assert names.now_asked(one).plain() == "Shift lead is asked too, and has time until it goes on."
    message = ping(one, one.current_asks[0], NoticeKind.PING, "ping")
    assert (prompt(one, message).live, prompt(one, message).sentence.plain()) == (
        True,
        "ISS-1 waits right now, and what is left of your time to answer counts when it goes on. "
        "You may take it all the same.",
    )
