"""The line in the thread: one per kind of event, or none where it would say nothing new."""

from typing import Any

import pytest

from bot.domain.events import Event, EventKind
from bot.domain.issue import Change
from bot.domain.notification import NoticeKind
from bot.domain.routing import route
from bot.domain.words import load_sentence, say
from tests.builders import ANA, NOON, QUARTER, RAVI, event, issue

RITA = "U_RITA"
MOVED: dict[str, Any] = {"what": "The card", "from": "C1", "to": "C2", "why": "archived."}


def thread(one: Event) -> list[str]:
    """What the thread says about this event."""
    before = issue(requester=RITA)
    notices = route(before, Change(before.bump(), (one,)))
    return [load_sentence(each.text("sentence")).plain() for each in notices if each.kind is NoticeKind.LOG]


LINES: dict[EventKind, tuple[Event, str | None]] = {
    one.kind: (one, line)
    for one, line in (
        (event(EventKind.RAISED), "@U_RAVI raised ISS-1: P1 Critical, path Payments."),
        (
            event(EventKind.LEVEL_STARTED, name="Shift lead", until=QUARTER.isoformat(), stage="level"),
            "Now asking Shift lead, until 12:15 UTC.",
        ),
        (event(EventKind.ASKED, target=ANA, level=1, round=0), None),
        (
            event(EventKind.UNREACHABLE, contact="@ana", why="left Slack."),
            "@ana could not be reached: left Slack.",
        ),
        (event(EventKind.SKIPPED, target=ANA, why="said no before"), "@U_ANA was not asked: said no before."),
        (
            event(EventKind.LEVEL_ENDED, name="Front desk", cause="timer"),
            "Front desk: nobody answered in time.",
        ),
        (
            event(EventKind.REPEATED, name="Front desk", until=QUARTER.isoformat()),
            "The ladder starts once more. Now asking Front desk, until 12:15 UTC.",
        ),
        (
            event(EventKind.CATCH_ALL),
            "UNANSWERED: the escalation manager is asked, again every 15 min.",
        ),
        (event(EventKind.REMINDED, name="Front desk", n=1), None),
        (event(EventKind.JOINED, who=RITA), "It happens to @U_RITA too, who is told about every step now."),
        (event(EventKind.WATCHED, actor=ANA, who=RITA), "@U_ANA let @U_RITA watch it."),
        (event(EventKind.UNWATCHED, actor=ANA, who=ANA), "@U_ANA does not watch it any more."),
        (event(EventKind.LINKED, actor=ANA, other=7), "@U_ANA linked it to ISS-7."),
        (event(EventKind.MERGED, actor=ANA, into=7), "@U_ANA merged it into ISS-7."),
        (
            event(EventKind.ABSORBED, actor=ANA, other=7, title="Cards fail"),
            "@U_ANA merged ISS-7 into it: Cards fail",
        ),
        (event(EventKind.NOTED, actor=ANA, text="Careful"), "Internal note by @U_ANA: Careful"),
        (
            event(EventKind.EDITED, actor=ANA, field="title", was="Old", now="New"),
            "@U_ANA corrected the title: “Old” is now “New”.",
        ),
        (event(EventKind.THANKED, actor=RITA, who=ANA, text="Great"), "@U_RITA thanks @U_ANA: Great"),
        (event(EventKind.HIDDEN, actor=ANA), "@U_ANA made it private."),
        (event(EventKind.SHOWN, actor=ANA), "@U_ANA made it public."),
        (event(EventKind.REPOSTED, actor=None), None),
        (event(EventKind.NAGGED, n=1), "Still UNANSWERED: asked again."),
        (event(EventKind.DECLINED, actor=ANA, reason="Ill"), "@U_ANA can't take it: Ill"),
        (event(EventKind.ACKNOWLEDGED, actor=ANA), "@U_ANA took it."),
        (event(EventKind.ESCALATED, actor=ANA, reason=""), "@U_ANA asked for the next level."),
        (event(EventKind.UPDATE_DUE, actor=None, n=1, by=NOON.isoformat()), None),
        (
            event(EventKind.UPDATE_LATE, actor=None, n=1, by=NOON.isoformat()),
            "The requester was to read news by 12:00 UTC and still waits for them.",
        ),
        (event(EventKind.OWED, actor=None, name="Mrs Lee"), None),
        (event(EventKind.TOLD, actor=ANA, name="Mrs Lee"), "@U_ANA told Mrs Lee."),
        (event(EventKind.RATED, actor=RITA, stars=2), None),
        (event(EventKind.COMMENTED, actor=RITA, text="Secret."), None),
        (event(EventKind.FOLLOWED_UP, actor=None), "The requester was asked whether the solution lasted."),
        (
            event(EventKind.FOLLOW_UP_ANSWERED, actor=RITA, lasted=0, on_behalf="Mrs Lee"),
            "@U_RITA (for Mrs Lee) says that it came back.",
        ),
        (
            event(EventKind.BYPASS_ASKED, actor=RITA, name="Director", reason="Now."),
            "@U_RITA would like to go straight to Director: Now. "
            "The escalation manager decides; the ladder goes on meanwhile.",
        ),
        (
            event(EventKind.BYPASSED, actor=ANA, name="Director", left_out="Shift lead", reason="Now."),
            "@U_ANA went straight to Director, without Shift lead: Now.",
        ),
        (
            event(EventKind.BYPASS_REFUSED, actor=ANA, by=RITA, name="Director", reason="Now."),
            "@U_ANA leaves it with the ladder: Director is not asked yet.",
        ),
        (
            event(EventKind.WENT_STRAIGHT, target=ANA),
            "It came straight to @U_ANA, and starts where it belongs.",
        ),
        (
            event(EventKind.SENT_BACK, actor=ANA, code="duplicate", note="ISS-7", level=1),
            "@U_ANA sent it back. Somebody has the same already: ISS-7",
        ),
        (
            event(EventKind.APPEALED, actor=RITA, why="It is not."),
            "@U_RITA appeals: It is not. Somebody else looks at it now.",
        ),
        (event(EventKind.JUDGE_REMINDED, actor=None, n=1, why="It is not.", by=ANA), None),
        (event(EventKind.JUDGED, actor=ANA, upheld=1, why=""), "@U_ANA opened it again."),
        (event(EventKind.WITHDRAWN, actor=RITA, reason="Gone."), "@U_RITA withdrew it: Gone."),
        (event(EventKind.UPDATED, actor=ANA, text="Soon"), "@U_ANA told the requester: Soon"),
        (event(EventKind.RESOLVED, actor=ANA, done="Restarted"), "@U_ANA resolved it: Restarted"),
        (event(EventKind.CONFIRMED, actor=RITA), "@U_RITA confirmed: solved."),
        (event(EventKind.DISPUTED, actor=RITA, why="Down"), "@U_RITA says it is not solved: Down"),
        (event(EventKind.CLOSED, actor=None, why="silence"), "Closed: nobody objected in time."),
        (
            event(EventKind.CALLED_OFF, actor=None, what="the card", to="#issues", why="It is in a tool."),
            "An operator cancelled a message that was not sent: the card to #issues. Why: It is in a tool.",
        ),
        (
            event(EventKind.OUT_OF_REACH, actor=None, who=ANA, why="Left.", name="Mrs Lee"),
            "@U_ANA, who tells Mrs Lee how it stands, cannot be reached in Slack any more. Reason: Left.",
        ),
        (
            event(EventKind.REROUTED, **MOVED),
            "The card could not be posted in C1, so it went to C2. Reason: archived.",
        ),
        (
            event(EventKind.REROUTED, what="An update", person=RITA, to="a direct message", why="left."),
            "An update could not be sent to @U_RITA, so it went to a direct message. Reason: left.",
        ),
        (
            event(EventKind.HELD, name="Front desk", level=1, until=QUARTER.isoformat(), first=1),
            "Nobody is on duty for Front desk. They are asked at 12:15 UTC.",
        ),
        (
            event(EventKind.ROUTE_CHANGED, actor=None, said=say("priority High -> Critical.").dump()),
            "Rung changed how it is handled: priority High -> Critical.",
        ),
        (
            event(
                EventKind.CHANGED,
                what=say("the priority to High").dump(),
                effects=say("the answer is due 12:15").dump(),
                reason="Nobody can pay",
            ),
            "@U_RAVI changed the priority to High. This means: the answer is due 12:15. Why: Nobody can pay",
        ),
        (
            event(EventKind.WAITING, reason="requester", text="Which one?", until=QUARTER.isoformat()),
            "@U_RAVI lets it wait for the requester, until Mon 02 Mar 12:15 UTC at the latest. Which one?",
        ),
        (event(EventKind.WAIT_REMINDED, actor=None, reason="A supplier"), None),
        (event(EventKind.ANSWERED, actor=RITA, text="This one."), "@U_RITA wrote: This one."),
        (event(EventKind.WENT_ON, why="by_hand"), "@U_RAVI let it go on."),
        (event(EventKind.GAVE_BACK, reason="Ill."), "@U_RAVI gave it back: Ill."),
        (
            event(EventKind.ASSIGNED, target=ANA, contact=ANA, why="Knows it."),
            "@U_RAVI asks @U_ANA to take it: Knows it.",
        ),
        (event(EventKind.NOT_TAKEN, actor=None, cause="timer"), "Nobody of those named took it."),
        (
            event(EventKind.OWNER_GONE, actor=None, owner=ANA, why="left", opened=1),
            "@U_ANA, who had it, has left Slack.",
        ),
        (
            event(EventKind.SNOOZED, until=QUARTER.isoformat(), cut=0),
            "@U_RAVI snoozed it until Mon 02 Mar 12:15 UTC.",
        ),
        (event(EventKind.SNOOZE_ENDED, actor=None), "The snooze is over."),
        (
            event(EventKind.STILL_ASKED, actor=None),
            "Whoever has it is asked whether they are still on it.",
        ),
        (event(EventKind.KEPT, top=0, stopped=0), "@U_RAVI is still on it."),
        (event(EventKind.TOP_ASKED, actor=None), "Whoever has it is asked whether they keep it."),
        (
            event(EventKind.HOLD_ENDED, name="Front desk", level=1, until=QUARTER.isoformat()),
            "Somebody is on duty. Now asking Front desk, until 12:15 UTC.",
        ),
        (
            event(EventKind.SHIFT_CHANGED, name="Front desk", level=1, until=QUARTER.isoformat()),
            "Front desk: the shift changed, who is on duty now is asked too, until 12:15 UTC.",
        ),
        (Event(EventKind.INFORMED, NOON, None, {"target": ANA, "kind": "user", "level": 0}), None),
        (
            event(EventKind.WARNED, clock="respond", due=QUARTER.isoformat()),
            "Most of the time is used: the answer is due 12:15 UTC.",
        ),
        (
            event(EventKind.BREACHED, clock="resolve", n=1, times=1, due=QUARTER.isoformat()),
            "Later than promised: the solution was due 12:15 UTC.",
        ),
    )
}


def test_every_kind_of_event_is_in_the_table() -> None:
    assert set(LINES) == set(EventKind)


@pytest.mark.parametrize("kind", EventKind)
def test_the_line_in_the_thread(kind: EventKind) -> None:
    one, line = LINES[kind]
    assert thread(one) == ([line] if line else [])


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (event(EventKind.ACKNOWLEDGED, actor=ANA, off_path=1), "@U_ANA took it. They were not on the path."),
        (event(EventKind.ACKNOWLEDGED, actor=ANA, unasked=1), "@U_ANA took it. They had not been asked."),
        (event(EventKind.DECLINED, actor=ANA, reason=""), "@U_ANA can't take it."),
        (event(EventKind.ESCALATED, actor=RAVI, reason="Now!"), "@U_RAVI asked for the next level: Now!"),
        (event(EventKind.CLOSED, actor=None, why="own"), "Closed: the requester solved it."),
        (
            event(EventKind.LEVEL_STARTED, name="Front desk", stage="owner", until=QUARTER.isoformat()),
            "Now asking the last owner, until 12:15 UTC.",
        ),
        (
            event(EventKind.UNREACHABLE, contact="@ana", why=""),
            "@ana could not be reached: no answer from the directory.",
        ),
        (
            event(EventKind.HELD, name="Front desk", level=1, first=1),
            "Nobody is on duty for Front desk. They are asked as soon as somebody is.",
        ),
        (
            event(EventKind.SHIFT_CHANGED, name="Front desk", level=1),
            "Front desk: the shift changed, who is on duty now is asked too.",
        ),
        (
            event(EventKind.BREACHED, clock="respond", n=4, times=3, due=QUARTER.isoformat()),
            "Still later than promised: the answer was due 12:15 UTC. Counted as late 4 times.",
        ),
        (
            event(EventKind.ESCALATED, actor=ANA, reason="Why.", team="Billing"),
            "@U_ANA sent it to Billing: Why.",
        ),
        (
            event(
                EventKind.BYPASSED, actor=ANA, by=RITA, name="Director", left_out="Shift lead", reason="Now."
            ),
            "@U_ANA allowed it: Director is asked, as @U_RITA wished.",
        ),
        (
            event(EventKind.JUDGED, actor=ANA, upheld=0, why="The shop can."),
            "@U_ANA looked at it too, and it stays sent back: The shop can.",
        ),
        (
            event(EventKind.CLOSED, actor=RITA, why="solved", done="A restart."),
            "@U_RITA says it is solved, so it is closed: A restart.",
        ),
        (event(EventKind.WITHDRAWN, actor=RITA, reason=""), "@U_RITA withdrew it."),
        (
            event(EventKind.DISPUTED, actor=RITA, was="withdrawn", why="Back."),
            "@U_RITA opened it again: Back.",
        ),
        (event(EventKind.ANSWERED, actor=RITA, text="York.", waited=1), "@U_RITA answered: York."),
        (event(EventKind.FOLLOW_UP_ANSWERED, actor=RITA, lasted=1), "@U_RITA says that it lasted."),
        (event(EventKind.GAVE_BACK, reason=""), "@U_RAVI gave it back."),
        (event(EventKind.ASSIGNED, contact="group:sre", why=""), "@U_RAVI asks group:sre to take it."),
        (
            event(EventKind.KEPT, top=1, stopped=1),
            "@U_RAVI keeps it. The next level is not asked any more.",
        ),
        (
            event(
                EventKind.LEVEL_STARTED, name="Lead", stage="level", cause="still", until=QUARTER.isoformat()
            ),
            "Whoever has it stayed silent. Now asking Lead, until 12:15 UTC.",
        ),
        (
            event(
                EventKind.LEVEL_STARTED,
                name="Lead",
                stage="named",
                cause="hand_over",
                until=QUARTER.isoformat(),
            ),
            "Now asking who was named, until 12:15 UTC.",
        ),
        (
            event(EventKind.WENT_ON, actor=None, why="gave_back"),
            "It does not wait any longer: who had it gave it back.",
        ),
        (
            event(EventKind.LEVEL_ENDED, name="Front desk", cause="breach"),
            "Front desk: nobody answered in time, and it is later than promised.",
        ),
    ],
)
def test_other_forms_of_a_line(one: Event, line: str) -> None:
    assert thread(one) == [line]
