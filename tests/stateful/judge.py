"""What must be true after every step, whatever happened: few things, and strong ones."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.asking import LOOK_AGAIN
from bot.domain.clocks import ClockKind
from bot.domain.escalation import waiting_for
from bot.domain.events import Event, EventKind
from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offers import is_steady
from bot.domain.prompting import PINGS, has_live_buttons
from bot.domain.targets import due_at
from bot.domain.timers import WHOLE_LIFE, Timer, TimerKind, plan
from bot.usecases.ports import Store
from bot.usecases.record import STEADY_HEALED
from bot.usecases.rows import MessageRef, OutboxRow
from tests.builders import T1
from tests.stateful.acts import NOTE
from tests.stateful.post import Post
from tests.stateful.replay import Replayed

SOON = LOOK_AGAIN + timedelta(minutes=1)
"""Longer than every retry, every nag, and every look at who is on duty while nobody knows."""
OUTLIVES = frozenset({"follow_up", "tell_due", "tell_late", "judge_remind"})
"""What may still come of an issue that is over."""


@dataclass(frozen=True)
class File:
    """Everything that is stored about one issue; of the timeline the events after the first `skipped`."""

    issue: Issue
    events: tuple[Event, ...]
    timers: tuple[Timer, ...]
    live: tuple[MessageRef, ...]


@dataclass(frozen=True)
class Seen:
    """What is stored at one instant."""

    files: dict[int, File]
    dead: tuple[OutboxRow, ...]
    under_way: int


def look(store: Store, most: int) -> Seen:
    """A unit of work: read everything about the first issues."""
    files: dict[int, File] = {}
    for issue in store.issues.get_many([IssueRef(T1, n) for n in range(1, most + 1)]):
        files[issue.number] = File(
            issue,
            tuple(store.timeline.of(issue.ref, 5000)),
            tuple(store.timers.of(issue.ref)),
            tuple(store.messages.live(issue.ref)),
        )
    return Seen(files, tuple(store.outbox.dead(T1)), store.outbox.pending_count(T1))


class Judge:
    """Remembers what it saw, and says what is wrong."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._told: dict[int, tuple[Event, ...]] = {}
        self._replayed: dict[int, Replayed] = {}
        self._issues: dict[int, Issue] = {}
        self.owed: list[tuple[int, str, str]] = []
        """(issue, reader, words): what somebody wrote for those whom it is for."""

    def complaints(self, seen: Seen, now: datetime) -> Iterator[str]:
        """What is wrong with what is stored."""
        for number, file in seen.files.items():
            for wrong in (
                *_silent(file, now),
                *_timers(file, now),
                *self._timeline(number, file),
                *self._grown(number, file.issue),
            ):
                yield f"ISS-{number}: {wrong}"
        yield from (
            f"{row.notice.key} is dead, and nobody refused it"
            for row in seen.dead
            if row.id not in self._post.refused
        )
        yield from self._news()

    def settled(self, seen: Seen) -> Iterator[str]:
        """What is wrong besides, once all messages are where they should be."""
        for file in seen.files.values():
            yield from self._prompts(file)
        got = Counter(
            (number, notice.text("reader"), notice.text("quote")) for number, notice in self._readings()
        )
        said = {
            (number, event.text("who"))
            for number, file in seen.files.items()
            for event in file.events
            if event.kind is EventKind.OUT_OF_REACH
        }
        for one in self.owed:
            lost = one in self._post.unread and one[:2] in said and not got[one]
            if not lost and got[one] != 1:
                yield f"{one} was told {got[one]} times"

    def _timeline(self, number: int, file: File) -> Iterator[str]:
        before = self._told.get(number, ())
        if file.events[: len(before)] != before:
            yield "the timeline was rewritten"
        self._told[number] = file.events
        issue = file.issue
        replayed = self._replayed.setdefault(number, Replayed(issue.raiser))
        replayed.reads(file.events[replayed.read :])
        yield from replayed.complaints
        replayed.complaints.clear()
        kept = issue.owner if issue.state in IN_WORK else replayed.owner
        if (replayed.state, replayed.opening, replayed.owner) != (issue.state, issue.opening, kept):
            yield f"the timeline says {replayed.state}, opening {replayed.opening}, {replayed.owner} has it"

    def _grown(self, number: int, issue: Issue) -> Iterator[str]:
        """Numbers that only rise."""
        before = self._issues.get(number, issue)
        self._issues[number] = issue
        for name in ("version", "epoch", "opening"):
            if getattr(issue, name) < getattr(before, name):
                yield f"its {name} fell"
        if issue.version == before.version and issue != before:
            yield "it changed under the same version"

    def _news(self) -> Iterator[str]:
        """Nobody is told twice, and no requester reads a note."""
        yield from (f"{key} arrived twice" for key in self._post.twice)
        keys = Counter((number, notice.key) for number, notice in self._post.arrived)
        yield from (f"{key} was posted {n} times" for key, n in keys.items() if n > 1)
        events = Counter(
            (number, notice.text("reader"), *notice.key.split(":")[1:3])
            for number, notice in self._readings()
        )
        yield from (f"{one} was told {n} times of one thing" for one, n in events.items() if n > 1)
        yield from (
            f"a note reached a requester: {notice}"
            for _, notice in self._readings()
            if any(NOTE in str(value) for value in notice.args.values())
        )

    def _prompts(self, file: File) -> Iterator[str]:
        """No message offers what is settled. Of those that could be replied to all the time, old ones may."""
        issue = file.issue
        steady = [one for number, one in self._post.arrived if number == issue.number and is_steady(one)]
        for one in file.live:
            if (issue.number, one.key) in self._post.unedited:
                continue
            old = is_steady(one.notice) and len(steady) > STEADY_HEALED
            if not has_live_buttons(issue, one.notice) and not old:
                yield f"ISS-{issue.number} is {issue.state}, and {one.key} still asks"
            if issue.state not in IN_WORK and one.notice.kind in (*PINGS, NoticeKind.CARD, NoticeKind.COPY):
                yield f"ISS-{issue.number} is {issue.state}, and {one.key} is still to be answered"

    def _readings(self) -> Iterator[tuple[int | None, Notice]]:
        return (one for one in self._post.arrived if one[1].kind is NoticeKind.REQUESTER)


def no_later(before: Issue, after: Issue) -> Iterator[str]:
    """What became later by a change of what the issue is about."""
    here, there = before.position, after.position
    same_path = before.route.path.name == after.route.path.name
    if same_path and here.ends_at and (here.level, here.round) == (there.level, there.round):
        ends_at = there.ends_at or datetime.max.replace(tzinfo=UTC)
        if ends_at > here.ends_at:
            yield f"the level ends {ends_at}, not {here.ends_at}"
    if before.waiting:
        return  # what is paused moves its deadlines until it goes on
    for kind in ClockKind:
        old, new = due_at(before, kind), due_at(after, kind)
        if old is not None and (new is None or new > old):
            yield f"{kind} is due {new}, not {old}"


def _silent(file: File, now: datetime) -> Iterator[str]:
    """An issue in work has an owner who is there, or somebody is asked, or somebody will be in time."""
    issue = file.issue
    if issue.state is State.RESOLVED and not any(one.kind is TimerKind.CLOSE for one in file.timers):
        yield "it is resolved and never closes"
    if issue.state not in IN_WORK or issue.present_owner or waiting_for(issue):
        return
    until = max(now + SOON, issue.position.held_until or now)
    asks = [one for one in file.timers if one.kind in (TimerKind.ASK, TimerKind.NAG)]
    if not any(one.due_at <= until and one.epoch == issue.epoch for one in asks):
        yield f"nobody has it, and nobody is asked: {issue.position}, {file.timers}"


def _timers(file: File, now: datetime) -> Iterator[str]:
    """Exactly those that the issue needs; one that was put off comes back soon."""
    planned = {(one.epoch, one.kind, one.n): one.due_at for one in plan(file.issue)}
    stored = {(one.epoch, one.kind, one.n): one.due_at for one in file.timers}
    if planned.keys() != stored.keys():
        yield f"timers {sorted(stored)} are stored, {sorted(planned)} are needed"
        return
    held = max(now + SOON, file.issue.position.held_until or now)
    for key, due in stored.items():
        if due != planned[key] and not planned[key] < due <= held:
            yield f"timer {key} is due {due}, not {planned[key]}"
    over = file.issue.state not in (*IN_WORK, State.RESOLVED)
    if over and any(one.epoch != WHOLE_LIFE or one.kind not in OUTLIVES for one in file.timers):
        yield f"it is over, and has {file.timers}"
