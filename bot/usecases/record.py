"""THE write path: whatever changes an issue is stored here, with its timeline, timers and messages, in one transaction.

Lock order everywhere: inbound key, issue, timers, outbox.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain import wishing
from bot.domain.errors import NotFound
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Change, Issue
from bot.domain.notices import edited
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offers import is_steady, redrawn
from bot.domain.prompting import asks_anew, says
from bot.domain.routing import owing, route
from bot.domain.still_on_it import noticed
from bot.domain.still_on_it_time import owner_is_asked
from bot.domain.timers import Timer, plan
from bot.domain.words import load_sentence, say
from bot.usecases.ports import Store
from bot.usecases.rows import Answer, DueTimer

Verb = Callable[[Issue], Change]

STEADY_HEALED = 5
"""So many of the newest messages that could be replied to are drawn anew when that ends; older ones when somebody
presses them. Fifty updates must not become fifty edits that hold up what comes next."""


_BY_ROUTE = frozenset({NoticeKind.CARD, NoticeKind.COPY})
"""Drawn anew by every change as it is."""


def record(
    store: Store, before: Issue | None, change: Change, now: datetime, taken: DueTimer | None = None
) -> Issue:
    """Store a change whole. `before` is None for a new issue, `taken` is the timer that made it and is gone already.

    Does nothing when nothing happened."""
    change = noticed(change)
    if before is not None and change.issue.version == before.version:
        return before
    change = owing(before, change, now)
    issue = wishing.settle(change.issue)
    change = replace(change, issue=issue)
    if before is None:
        store.issues.add(issue)
    else:
        store.issues.save(before, issue)
    store.timeline.append(issue.ref, change.events)
    _set_timers(store, before, issue, taken)
    notices = [*route(before, change), *_healed(store, before, issue)]
    store.outbox.put(issue.ref.workspace, issue.number, notices, now)
    return issue


def load(store: Store, ref: IssueRef) -> Issue:
    """The issue, locked for this unit. Raises NotFound with a sentence."""
    issue = store.issues.get(ref, lock=True)
    if issue is None:
        raise unknown_issue(ref.number)
    return issue


def unknown_issue(number: int) -> NotFound:
    """There is no such issue here."""
    return NotFound(
        say("There is no ISS-{number} here. The Home tab of Rung shows the open ones.", number=number)
    )


def known_answer(store: Store, workspace: WorkspaceId, key: str) -> Answer | None:
    """The answer given to the same click, submission or command before."""
    stored = store.inbound.answer(workspace, key)
    return load_answer(stored) if stored is not None else None


def dump_answer(answer: Answer) -> str:
    """An answer as text for the inbound row."""
    return f"{answer.code}|{answer.number or ''}|{answer.sentence.dump()}"


def load_answer(text: str) -> Answer:
    """The inverse of `dump_answer`."""
    code, number, sentence = text.split("|", 2)
    return Answer(load_sentence(sentence), int(number) if number else None, code)


def _set_timers(store: Store, before: Issue | None, issue: Issue, taken: DueTimer | None) -> None:
    old = plan(before) if before is not None else ()
    new = plan(issue)
    gone = [timer for timer in old if timer not in new and not _same(timer, taken)]
    if gone:
        store.timers.drop(issue.ref, gone)
    fresh = [timer for timer in new if timer not in old]
    if fresh:
        store.timers.set(issue.ref, fresh)


def _same(timer: Timer, taken: DueTimer | None) -> bool:
    return taken is not None and (timer.epoch, timer.kind, timer.n) == (taken.epoch, taken.kind, taken.n)


def _shown(issue: Issue) -> tuple[object, ...]:
    """What messages with live buttons show or offer."""
    about = (
        issue.facts,
        issue.route,
        issue.company,
        replace(issue.care, active_at=None, wait_reminders=0),
        owner_is_asked(issue),
    )
    late = issue.clocks.respond.breached_at, issue.clocks.resolve.breached_at
    return issue.epoch, issue.asks, issue.position.ends_at, late, issue.waiting, about


def _healed(store: Store, before: Issue | None, issue: Issue) -> list[Notice]:
    """Every message whose buttons are live is drawn anew, so that none of them offers what is settled."""
    if before is None or _shown(before) == _shown(issue):
        return []
    return [*_live_ones(store, before, issue), *_belied(store, before, issue)]


def _live_ones(store: Store, before: Issue, issue: Issue) -> list[Notice]:
    live = [one for one in store.messages.live(issue.ref) if one.notice.kind not in _BY_ROUTE]
    changed = [one for one in live if redrawn(before, issue, one.notice)]
    lasting = sorted((one for one in changed if is_steady(one.notice)), key=lambda one: one.stamp)
    old = {one.key for one in lasting[:-STEADY_HEALED]}
    return [edited(one.notice) for one in changed if one.key not in old]


def _belied(store: Store, before: Issue, issue: Issue) -> list[Notice]:
    """Messages whose questions had settled, and that say what is not so any more because somebody is asked anew."""
    if not asks_anew(before, issue):
        return []
    settled = (one.notice for one in store.messages.of(issue.ref) if not one.live)
    return [edited(one) for one in settled if says(before, one) != says(issue, one)]
