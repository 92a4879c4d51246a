"""Why an issue stands where it stands: its path, each clock, and everything that will happen by itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.clocks import ClockKind, Pause, PauseReason
from bot.domain.issue import Issue, Stage
from bot.domain.targets import allowed, due_at, ended_at, left, length, used
from bot.domain.timers import WHOLE_LIFE, Timer, TimerKind
from bot.domain.wishing import wish
from bot.domain.wording import names
from bot.domain.wording.fits import fits, titles_of
from bot.domain.wording.lateness import WHAT
from bot.domain.wording.lengths import length as in_words
from bot.domain.words import At, Person, Sentence, say, sentences


@dataclass(frozen=True, slots=True)
class Reasons:
    """One heading and its lines."""

    title: str
    lines: tuple[Sentence, ...]


def explain(issue: Issue, timers: Sequence[Timer], now: datetime) -> list[Reasons]:
    """Path, clocks, and what comes next, from the timers that are set. All instants are UTC."""
    alive = [one for one in timers if one.epoch in (WHOLE_LIFE, issue.epoch)]
    coming = [_coming(issue, one) for one in sorted(alive, key=lambda one: one.due_at)]
    return [
        Reasons("Who is asked", tuple(_path(issue))),
        *(Reasons(WHAT[kind].capitalize(), tuple(_clock(issue, kind, now))) for kind in ClockKind),
        Reasons("What happens next by itself", tuple(coming) or (say("Nothing: no timer runs."),)),
    ]


def _path(issue: Issue) -> Iterator[Sentence]:
    path, facts = issue.route.path, issue.facts
    because = fits(path.match, titles_of(issue)) if path.match else say("no other path fits")
    because = say("somebody sent it to that team") if facts.path else because
    yield say(
        "Path {path} of matrix version {version}, because {because}.",
        path=path.name,
        version=issue.route.version,
        because=because,
    )
    by_hand = say(", set by hand: {reason}", reason=facts.priority_reason) if facts.priority else say("")
    yield say(
        "Priority {priority}{by_hand}; impact {impact}, urgency {urgency}.",
        priority=issue.route.priority.title,
        by_hand=by_hand,
        impact=facts.impact,
        urgency=facts.urgency,
    )
    if issue.asking and issue.position.stage is not Stage.CATCH_ALL:
        yield say(
            "Level {level} of {levels}, {name}: {time} to answer.",
            level=issue.position.level,
            levels=len(issue.route.levels),
            name=issue.level.name,
            time=in_words(issue.level.acknowledge_within, issue.level.calendar),
        )
    yield names.now_with(issue)
    yield from _wished(issue)


def _wished(issue: Issue) -> Iterator[Sentence]:
    """What waits for the escalation manager's answer."""
    one = wish(issue)
    if one is not None:
        yield say(
            "{who} would like to go straight to {level} since {at}; the escalation manager has not answered.",
            who=Person(one.by),
            level=issue.route.levels[one.level - 1].name,
            at=At(one.at),
        )


def _clock(issue: Issue, kind: ClockKind, now: datetime) -> Iterator[Sentence]:
    target, span, due = issue.route.target, length(issue.route, kind), due_at(issue, kind)
    if due is None:
        yield say("Nothing is promised: no target of the matrix fits.")
        return
    if target is not None and span is not None:
        because = fits(target.match, titles_of(issue)) if target.match else say("nothing else is set for it")
        time = in_words(span, target.calendar)
        yield say("Target: {time} from the raise, because {because}.", time=time, because=because)
    yield sentences(_standing(issue, kind, due), _time_used(issue, kind, now))
    if issue.clocks.of(kind).limit:
        yield say("A change of priority or type never makes it later.")
    yield from (_pause(one) for one in issue.clocks.pauses if one.start < (ended_at(issue, kind) or now))
    if issue.clocks.of(kind).warned and not issue.clocks.of(kind).breaches:
        yield say("It was said that most of the time is used.")


def _standing(issue: Issue, kind: ClockKind, due: datetime) -> Sentence:
    marks, end = issue.clocks.of(kind), ended_at(issue, kind)
    if end is not None:
        said = (
            "Done at {end}, later than promised: due {due}."
            if marks.breaches
            else "Done at {end}, due {due}."
        )
        return say(said, end=At(end), due=At(marks.breached_at or due))
    if marks.breached_at is not None:
        counted = say(" Told {n} times.", n=marks.breaches) if marks.breaches > 1 else say("")
        return say("Later than promised since {at}.", at=At(marks.breached_at)) + counted
    pause = issue.clocks.pause
    if pause is not None:
        return say("Stands still, {time} left.", time=left(issue, kind, pause.start))
    return say("Due {due}.", due=At(due))


def _time_used(issue: Issue, kind: ClockKind, now: datetime) -> Sentence:
    return say("{used} of {all} used.", used=used(issue, kind, now), all=allowed(issue, kind))


_PAUSED = {
    PauseReason.RESOLVED.value: "resolved",
    PauseReason.SENT_BACK.value: "sent back",
    PauseReason.WITHDRAWN.value: "withdrawn",
    PauseReason.REQUESTER.value: "waiting for the requester",
}


def _pause(pause: Pause) -> Sentence:
    by = say(", by {who}", who=Person(pause.by)) if pause.by else say("")
    ending = say(" to {end}", end=At(pause.end)) if pause.end else say(" on")
    reason = _PAUSED.get(pause.reason, pause.reason)
    return say(
        "Stood still from {start}{ending}: {reason}{by}.",
        start=At(pause.start),
        ending=ending,
        reason=reason,
        by=by,
    )


def _coming(issue: Issue, timer: Timer) -> Sentence:
    return say("{at}: {what}.", at=At(timer.due_at), what=_DOES[timer.kind](issue, timer))


def _ask(issue: Issue, _timer: Timer) -> Sentence:
    again = ", because somebody is on duty then" if issue.position.held_until else ""
    return say("{name} is asked{again}", name=names.place_name(issue), again=again)


def _level_end(issue: Issue, _timer: Timer) -> Sentence:
    if issue.position.stage is Stage.NAMED:
        after = f"{issue.level.name} is asked" if issue.present_owner is None else "whoever has it keeps it"
        return say("if nobody of those named has taken it, {after}", after=after)
    return say("{name} is asked, if nobody has answered", name=names.next_step_name(issue) or "nobody")


def _silent(issue: Issue, _timer: Timer) -> Sentence:
    upcoming = names.next_step_name(issue) or names.CATCH_ALL_NAME
    return say("{upcoming} is asked too, unless who has it says that they are on it", upcoming=upcoming)


def _breach(_issue: Issue, timer: Timer) -> Sentence:
    what = "answer" if timer.kind is TimerKind.RESPOND_BREACH else "solution"
    again = "still " if timer.n > 1 else ""
    told = (
        "requester, owner and escalation manager are told"
        if timer.n == 1
        else "owner and escalation manager are told"
    )
    return say(
        "the {what} is {again}later than promised; {told}, and the next level is asked once this one has had its time",
        what=what,
        again=again,
        told=told,
    )


def _says(text: str, repeated: str = "") -> Callable[[Issue, Timer], Sentence]:
    """`repeated` is said from the second time on."""
    return lambda _issue, timer: say(repeated if repeated and timer.n > 1 else text)


_DOES: dict[TimerKind, Callable[[Issue, Timer], Sentence]] = {
    TimerKind.ASK: _ask,
    TimerKind.SHIFT: _says("the shift changes, and who is on duty then is asked too"),
    TimerKind.INFORM: _says("those the matrix informs are told"),
    TimerKind.REMIND: _says("those asked are reminded", "those asked are reminded again"),
    TimerKind.LEVEL_END: _level_end,
    TimerKind.NAG: _says("everybody of the catch-all is asked again"),
    TimerKind.CLOSE: _says("it closes, unless the requester presses Not solved"),
    TimerKind.RESPOND_WARN: _says("80 % of the time to answer is used; those asked are reminded"),
    TimerKind.RESOLVE_WARN: _says("80 % of the time to solve it is used; who has it is told"),
    TimerKind.RESPOND_BREACH: _breach,
    TimerKind.RESOLVE_BREACH: _breach,
    TimerKind.STILL_ON_IT: _says(
        "who has it is asked whether they are still on it, unless something is heard of them"
    ),
    TimerKind.STILL_SILENT: _silent,
    TimerKind.SNOOZE_END: _says("the snooze ends"),
    TimerKind.UPDATE_DUE: _says("who has it is reminded of news for the requester"),
    TimerKind.UPDATE_LATE: _says("news for the requester are late; the escalation manager is told"),
    TimerKind.TELL_DUE: _says("who raised it is reminded to tell the requester"),
    TimerKind.TELL_LATE: _says("the escalation manager is told that the requester was not told"),
    TimerKind.FOLLOW_UP: _says("the requester is asked whether the solution lasted"),
    TimerKind.JUDGE_REMIND: _says("whoever decides about the appeal is reminded"),
    TimerKind.WAIT_REMIND: _says("it is said that it still waits"),
    TimerKind.WAIT_END: _says(
        "it has waited as long as it may and goes on; owner and escalation manager are told"
    ),
}
