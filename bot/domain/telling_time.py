"""Who is told of what the time brought: waiting for a shift, a new shift, time running low or out; and who is informed.

Requesters read when somebody answers; owners and the escalation manager read what is late.
"""

from collections.abc import Iterator

from bot.domain.clocks import ClockKind
from bot.domain.escalation import waiting_for
from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue, Stage, Target, TargetKind
from bot.domain.notices import ping, requester_target, tell, tell_manager, tell_owner, tell_requester
from bot.domain.notification import Notice, NoticeKind
from bot.domain.telling import Teller
from bot.domain.wording import lateness, requester


def _on_held(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield tell_requester(issue, key, requester.held(issue, event))
    if event.data.get("first"):
        yield tell_manager(issue, key, lateness.held(issue, event))


def _on_asked_until(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """A new shift is news for the requester only when the answer comes at another time."""
    if event.text("until"):
        yield tell_requester(issue, key, requester.next_level(issue, event))


def _on_informed(issue: Issue, event: Event, _key: str) -> Iterator[Notice]:
    to = Target(TargetKind(event.text("kind")), event.text("target"))
    key = f"inform:{issue.opening}:{to.id}"
    yield tell(issue, NoticeKind.INFORM, key, to, lateness.informed(issue, event))


def _on_warned(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Who has it hears it; else those who are asked, once more with buttons; else the escalation manager."""
    asked = waiting_for(issue)
    if issue.present_owner:
        yield tell_owner(issue, key, issue.present_owner, lateness.warned(issue, event))
    for ask in () if issue.present_owner else asked:
        yield ping(issue, ask, NoticeKind.REMINDER, f"warn:{event.text('clock')}")
    if not issue.present_owner and not asked:
        yield tell_manager(issue, key, lateness.warned(issue, event))


def _on_breached(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Nobody is told what a person just ended; at the catch-all the manager is asked anyway."""
    if event.data.get("ended"):
        return
    kind = ClockKind(event.text("clock"))
    climbed = issue.asking and issue.position.started_at == event.at
    reads_it_anyway = issue.present_owner is not None and requester_target(issue).id == issue.present_owner
    if not reads_it_anyway and (climbed or event.data.get("n") == event.data.get("times")):
        yield tell_requester(issue, key, requester.late(issue, kind))
    if issue.present_owner:
        yield tell_owner(issue, key, issue.present_owner, lateness.breached_for_owner(issue, event))
    if issue.position.stage is not Stage.CATCH_ALL and not _manager_has_it(issue):
        yield tell_manager(issue, key, lateness.breached(issue, event))


def _manager_has_it(issue: Issue) -> bool:
    manager = str(issue.route.rules.escalation_manager)
    return any(ask.contact == manager and ask.target.id == issue.present_owner for ask in issue.asks)


ABOUT_TIME: dict[EventKind, Teller] = {
    EventKind.HELD: _on_held,
    EventKind.HOLD_ENDED: _on_asked_until,
    EventKind.SHIFT_CHANGED: _on_asked_until,
    EventKind.INFORMED: _on_informed,
    EventKind.WARNED: _on_warned,
    EventKind.BREACHED: _on_breached,
}
