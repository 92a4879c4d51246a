"""Who is told that nothing reaches somebody any more, for whom an issue is or who brings its news."""

from collections.abc import Iterator

from bot.domain.events import Event
from bot.domain.issue import Issue
from bot.domain.lifecycle import ENDED
from bot.domain.notices import tell_manager, tell_owner
from bot.domain.notification import Notice
from bot.domain.out_of_reach import is_for, lost_readers
from bot.domain.wording import out_of_reach


def tell_of_it(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Who has it knows what to do without them, else the manager; once it is over there is nothing left to do."""
    who = event.text("who")
    over = issue.state in ENDED or not is_for(issue, who)
    if over and not event.text("name"):
        return
    owner = issue.present_owner
    if owner and owner not in issue.care.lost:
        yield tell_owner(issue, key, owner, out_of_reach.for_owner(issue, event))
    else:
        yield tell_manager(issue, key, out_of_reach.for_manager(issue, event))


def tell_taker(issue: Issue, taker: str, key: str) -> Iterator[Notice]:
    """Whoever takes it knows from the start whom nothing reaches."""
    lost = lost_readers(issue)
    if lost and taker not in lost:
        yield tell_owner(issue, f"{key}:lost", taker, out_of_reach.for_taker(issue, lost))
