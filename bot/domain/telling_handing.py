"""Who is told of an owner who gives it on, is asked whether they are still on it, or is gone."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue, Stage, Target, TargetKind
from bot.domain.lifecycle import State
from bot.domain.notices import asking, requester_target, tell, tell_manager, tell_owner, tell_requester
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offer import Offer
from bot.domain.still_on_it_time import still_open, top_open
from bot.domain.telling import Teller
from bot.domain.veil import hidden
from bot.domain.wording import handing, keeping


def ask_to_hand_over(issue: Issue, key: str, schedule: str, on_call: str, called: str) -> Notice | None:
    """At the end of a shift on `schedule` (its title), for who has it: buttons to hand it over, in one press to whoever
    is on call now.

    `on_call` is their user id and `called` their name; both empty when nobody is. None when nobody has it, or they are
    gone and somebody is asked already.
    """
    if issue.present_owner is None or issue.state is not State.ACKNOWLEDGED:
        return None
    unfit = {issue.present_owner, issue.raiser} - hidden(issue)  # being left out would name them
    follows = "" if on_call in unfit or issue.declined_by(on_call) else on_call
    asks = handing.still_with_you(issue, schedule, on_call, follows)
    said = tell_owner(issue, f"shift:{key}", issue.present_owner, asks)
    return asking(issue, said, "hand_over", follows=follows, called=called if follows else "")


def _on_gave_back(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if requester_target(issue).id != event.actor:
        yield tell_requester(issue, key, handing.gave_back_for_requester(issue, event))


def _on_assigned(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if issue.present_owner and issue.present_owner != event.actor:
        yield tell_owner(issue, key, issue.present_owner, handing.assigned_for_owner(issue, event))


def _on_not_taken(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Who has it may try once more; who named them hears it too."""
    by = event.text("by")
    if issue.owner:
        told = tell_owner(issue, key, issue.owner, handing.not_taken_for_owner(issue))
        yield asking(issue, told, "hand_over")
    if by and by != issue.owner:
        to = Target(TargetKind.USER, by)
        yield tell(issue, NoticeKind.OWNER, f"named_by:{key}", to, handing.not_taken_for_asker(issue))


def _on_owner_gone(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    gone, away = event.text("owner"), event.text("why") == "away"
    yield tell_manager(issue, key, handing.gone_for_manager(issue, event))
    if requester_target(issue).id != gone:
        yield tell_requester(issue, key, handing.gone_for_requester(issue, event))
    if away:
        yield tell_owner(issue, key, gone, handing.gone_for_owner(issue))


def _on_still_asked(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if issue.owner:
        told = tell_owner(issue, key, issue.owner, keeping.still(issue, event))
        yield asking(issue, told, "still", asked=event.at.isoformat())


def _on_top_asked(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if issue.owner:
        told = tell_owner(issue, key, issue.owner, keeping.at_the_top(issue, event))
        yield asking(issue, told, "top", asked=event.at.isoformat())


def _on_kept(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """The requester had read that the next level is asked."""
    if event.data.get("stopped") and requester_target(issue).id != event.actor:
        yield tell_requester(issue, key, keeping.on_it(issue, event))


def _on_snoozed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Who wished for longer reads why it is not; who did not knows."""
    if event.data.get("cut") and issue.owner:
        until = datetime.fromisoformat(event.text("until"))
        yield tell_owner(issue, key, issue.owner, keeping.will_be_quiet(issue, until, cut=True))


def _on_snooze_ended(issue: Issue, _event: Event, key: str) -> Iterator[Notice]:
    if issue.owner:
        yield tell_owner(issue, key, issue.owner, keeping.awake(issue))


ABOUT_HANDING: Mapping[EventKind, Teller] = {
    EventKind.GAVE_BACK: _on_gave_back,
    EventKind.ASSIGNED: _on_assigned,
    EventKind.NOT_TAKEN: _on_not_taken,
    EventKind.OWNER_GONE: _on_owner_gone,
    EventKind.STILL_ASKED: _on_still_asked,
    EventKind.TOP_ASKED: _on_top_asked,
    EventKind.KEPT: _on_kept,
    EventKind.SNOOZED: _on_snoozed,
    EventKind.SNOOZE_ENDED: _on_snooze_ended,
}


def _has_it(issue: Issue, notice: Notice) -> bool:
    """Whether its reader has it and is there, in the opening in which it was asked."""
    mine = issue.state is State.ACKNOWLEDGED and issue.present_owner == notice.to.id
    return mine and notice.args.get("opening") == issue.opening


def _still(issue: Issue, notice: Notice) -> bool:
    """Also late: while only their silence made the next level be asked, they may say that they are on it."""
    this_one = _asked_at(issue.care.still_asked_at) == notice.text("asked")
    return _has_it(issue, notice) and this_one and (still_open(issue) or _unheard(issue))


def _top(issue: Issue, notice: Notice) -> bool:
    this_one = _asked_at(issue.care.top_asked_at) == notice.text("asked")
    return _has_it(issue, notice) and this_one and (top_open(issue) or _unheard(issue))


def _unheard(issue: Issue) -> bool:
    return issue.care.unheard and issue.position.stage is not Stage.REST


def _asked_at(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _to_hand_over(issue: Issue, notice: Notice) -> bool:
    """Not while somebody is asked to take it over already; again, when they do not."""
    return _has_it(issue, notice) and not keeping.handed(issue)


OFFERS: Mapping[str, Offer] = {
    "still": Offer(_still, keeping.settled),
    "top": Offer(_top, keeping.settled),
    "hand_over": Offer(_to_hand_over, keeping.settled),
}
