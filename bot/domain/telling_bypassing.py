"""Who is told of a team that is asked, of jumping over a level, and of what the escalation manager says to it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.domain.bypassing import settled
from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue, Target, TargetKind
from bot.domain.notices import asking, tell, tell_manager, tell_owner
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offer import Offer
from bot.domain.telling import Teller
from bot.domain.wishing import wish
from bot.domain.wording import bypassing
from bot.domain.words import Sentence, say


def _on_escalated(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """The next level is told as a level; a team is news for whoever has it."""
    if event.text("team") and issue.present_owner and issue.present_owner != event.actor:
        said = bypassing.team_for_owner(issue, event)
        yield tell_owner(issue, key, issue.present_owner, said, quote=event.text("reason"))


def _on_asked(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Whoever asked does not decide, should they be the manager by then."""
    told = _quoting(tell_manager(issue, key, bypassing.for_manager(issue, event)), event)
    yield asking(issue, told, "bypass", at=event.at.isoformat(), not_for=event.actor or "")


def _on_passed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if event.text("by"):
        yield _to_asker(issue, event, key, bypassing.allowed_for_asker(issue, event))
    elif not event.data.get("manager"):
        yield _quoting(tell_manager(issue, key, bypassing.told_manager(issue, event)), event)


def _on_refused(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield _to_asker(issue, event, key, bypassing.refused_for_asker(issue, event))


def _to_asker(issue: Issue, event: Event, key: str, said: Sentence) -> Notice:
    """In private: who wished for something is not told no in a channel."""
    to = Target(TargetKind.USER, event.text("by"))
    return tell(issue, NoticeKind.RAISER, f"asker:{key}", to, said)


def _quoting(notice: Notice, event: Event) -> Notice:
    return replace(notice, args={**notice.args, "quote": event.text("reason")})


def _waits(issue: Issue, notice: Notice) -> bool:
    one = wish(issue)
    return one is not None and one.at.isoformat() == notice.text("at")


def _settled(issue: Issue, notice: Notice) -> Sentence:
    one = issue.care.bypass
    if one is None or one.at.isoformat() != notice.text("at"):
        return say("This is settled. Nothing to decide any more.")
    return settled(issue, one)


ABOUT_BYPASSING: Mapping[EventKind, Teller] = {
    EventKind.ESCALATED: _on_escalated,
    EventKind.BYPASS_ASKED: _on_asked,
    EventKind.BYPASSED: _on_passed,
    EventKind.BYPASS_REFUSED: _on_refused,
}
OFFERS: Mapping[str, Offer] = {"bypass": Offer(_waits, _settled)}
