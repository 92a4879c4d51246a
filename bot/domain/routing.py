"""From what happened to who is told: one small function per kind of event, all in one table."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.notices import card_notice, in_thread, tell_requester
from bot.domain.notification import Notice, NoticeKind, Op
from bot.domain.privacy import for_eyes
from bot.domain.readers import to_readers
from bot.domain.standing_in import bearers, owe
from bot.domain.telling import ABOUT_PEOPLE, Teller, asked_by
from bot.domain.telling_bypassing import ABOUT_BYPASSING
from bot.domain.telling_caring import ABOUT_CARING
from bot.domain.telling_ending import ABOUT_ENDING
from bot.domain.telling_handing import ABOUT_HANDING
from bot.domain.telling_hiding import ABOUT_HIDING
from bot.domain.telling_sending_back import ABOUT_SENDING_BACK
from bot.domain.telling_time import ABOUT_TIME
from bot.domain.telling_together import ABOUT_TOGETHER, followers
from bot.domain.telling_waiting import ABOUT_WAITING
from bot.domain.veil import AT_WORK, hidden, veiled, veiled_event
from bot.domain.wording import log, names, requester
from bot.domain.words import say

SILENT_LINES = frozenset(
    {
        EventKind.ASKED,
        EventKind.REMINDED,
        EventKind.WAIT_REMINDED,
        EventKind.INFORMED,
        EventKind.REPOSTED,
        EventKind.UPDATE_DUE,
        EventKind.OWED,
        EventKind.RATED,
        EventKind.COMMENTED,
        EventKind.JUDGE_REMINDED,
    }
)
"""Kinds the thread does not log: a mention names those who are asked, reminders would be noise, the thread of a deleted
card has gone with it, and what people think of how it went is not called out."""
TELLERS: dict[EventKind, Teller] = {
    **ABOUT_PEOPLE,
    **ABOUT_ENDING,
    **ABOUT_TIME,
    **ABOUT_WAITING,
    **ABOUT_HANDING,
    **ABOUT_BYPASSING,
    **ABOUT_SENDING_BACK,
    **ABOUT_TOGETHER,
    **ABOUT_HIDING,
    **ABOUT_CARING,
}


def route(before: Issue | None, change: Change) -> tuple[Notice, ...]:
    """Every message this change asks for, in the order in which they are to go out."""
    said = (one for said in _route(before, change) for one in to_readers(change.issue, said))
    return tuple(for_eyes(before, change.issue, said))


def owing(before: Issue | None, change: Change, now: datetime) -> Change:
    """The same change; where it tells something to somebody without Slack, who tells them has that text to bring."""
    if not bearers(change.issue):
        return change
    users = dict.fromkeys(one.to.id for one in route(before, change) if one.args.get("copy"))
    return owe(change, now, *users) if users else change


def _route(before: Issue | None, change: Change) -> Iterator[Notice]:
    issue = change.issue
    if before is None:
        yield card_notice(issue)
        yield tell_requester(issue, "raised", requester.raised(issue))
    told: set[str] = set()
    for index, event in enumerate(change.events):
        key = f"{issue.version}:{index}"
        if event.kind not in SILENT_LINES and not _first_level(before, event):
            yield from _logged(issue, event, key)
        if not _first_level(before, event):
            said = tuple(TELLERS.get(event.kind, _nobody)(issue, event, key))
            told |= {one.to.id for one in said}
            for one in (*said, *followers(issue, event, key, told)):
                yield _by_name(issue, event, one)
    yield from _mention(issue, change)
    if before is not None:
        yield card_notice(issue, Op.EDIT)


def _first_level(before: Issue | None, event: Event) -> bool:
    """Raising says already who is asked first."""
    return before is None and event.kind is EventKind.LEVEL_STARTED


def _logged(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Everybody reads it, so it is made without the names of those who wished so."""
    line = log.line(veiled(issue), veiled_event(issue, event))
    if line is not None:
        yield in_thread(issue, NoticeKind.LOG, f"log:{key}", line)


def _by_name(issue: Issue, event: Event, notice: Notice) -> Notice:
    """Who works on it is named for that, whatever else they keep their name back from."""
    if event.kind not in AT_WORK or event.actor not in hidden(issue):
        return notice
    return replace(notice, args={**notice.args, "openly": event.actor})


def _mention(issue: Issue, change: Change) -> Iterator[Notice]:
    """Names everybody who was asked just now, so that the thread notifies them too."""
    asked = tuple(asked_by(issue, event) for event in change.events if event.kind is EventKind.ASKED)
    fresh = tuple(ask for ask in asked if ask is not None)
    if not fresh:
        return
    sentence = say("{who}: please answer ISS-{number}.", who=names.people(fresh), number=issue.number)
    yield in_thread(issue, NoticeKind.MENTION, f"mention:{issue.version}", sentence)


def _nobody(_issue: Issue, _event: Event, _key: str) -> Iterator[Notice]:
    return iter(())
