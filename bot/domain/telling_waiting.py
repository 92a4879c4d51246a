"""Who is told that an issue waits, still waits, was answered, or goes on."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.clocks import PauseReason
from bot.domain.escalation import waiting_for
from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.notices import asking, in_thread, tell_manager, tell_owner, tell_requester
from bot.domain.notification import Notice, NoticeKind
from bot.domain.readers import to_writer
from bot.domain.telling import Teller
from bot.domain.veil import veiled_event
from bot.domain.waiting import needed
from bot.domain.wording import waiting
from bot.domain.words import Sentence


def _on_waiting(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield _to_requester(issue, event, key, waiting.for_requester(issue, event), event.text("text"))
    if issue.present_owner and issue.present_owner != event.actor:
        yield tell_owner(issue, key, issue.present_owner, waiting.set_by_other(issue, event))


def _on_reminded(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Who can end it: the requester, or who has it."""
    if event.text("reason") == PauseReason.REQUESTER:
        yield _to_requester(issue, event, key, waiting.remind_requester(issue, event), needed(issue))
    elif issue.present_owner:
        yield tell_owner(issue, key, issue.present_owner, waiting.remind_owner(issue, event))


def _on_answered(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """To who has it, else to those who are asked, where the log shows what was written; and thanks to who wrote."""
    thanks = waiting.thanks(issue)
    yield to_writer(issue, key, event.actor or "", thanks, tell_requester(issue, key, thanks))
    if issue.present_owner and issue.present_owner != event.actor:
        said = waiting.answer_for_owner(issue, event, issue.waiting is not None)
        told = tell_owner(issue, key, issue.present_owner, said, quote=event.text("text"))
        yield asking(issue, told, "respond")
    asked = waiting_for(issue)
    if not issue.present_owner and asked:
        said = waiting.answer_for_asked(asked, veiled_event(issue, event))
        yield in_thread(issue, NoticeKind.MENTION, f"mention:{key}", said)


def _on_went_on(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """An answer, and the next level, are told with what they are."""
    if event.text("why") == "time":
        yield tell_requester(issue, key, waiting.goes_on(issue, event))
        if issue.present_owner:
            yield tell_owner(issue, key, issue.present_owner, waiting.over_for_owner(issue, event))
        yield tell_manager(issue, key, waiting.over_for_manager(issue, event))
    elif event.text("why") == "by_hand":
        yield tell_requester(issue, key, waiting.goes_on(issue, event))
        if issue.present_owner and issue.present_owner != event.actor:
            yield tell_owner(issue, key, issue.present_owner, waiting.goes_on(issue, event))


def _to_requester(issue: Issue, event: Event, key: str, said: Sentence, note: str) -> Notice:
    """With a button while this very waiting lasts, if it is the requester who can end it."""
    ask = "answer" if event.text("reason") == PauseReason.REQUESTER else ""
    told = tell_requester(issue, key, said, quote=note, buttons=ask)
    since = issue.waiting.start.isoformat() if issue.waiting else ""
    return replace(told, args={**told.args, "since": since})


ABOUT_WAITING: dict[EventKind, Teller] = {
    EventKind.WAITING: _on_waiting,
    EventKind.WAIT_REMINDED: _on_reminded,
    EventKind.ANSWERED: _on_answered,
    EventKind.WENT_ON: _on_went_on,
}
