"""Waiting: both clocks stand still for a reason, until somebody lets it go on or it has waited long enough.

The state stays acknowledged; the pause under way (`Issue.waiting`) is what makes it wait.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.domain import breaching
from bot.domain.caring import told
from bot.domain.clocks import PauseReason
from bot.domain.errors import FieldErrors, Refused
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import TRANSITIONS, State, Verb, move
from bot.domain.out_of_reach import nobody_answers
from bot.domain.permissions import Action, Actor, require
from bot.domain.standing_in import on_behalf
from bot.domain.waiting_time import REMINDERS, remind_at, waits_until, with_time_left
from bot.domain.wording import names
from bot.domain.wording.waiting import called
from bot.domain.words import At, say, sentences


class GoesOn(StrEnum):
    """Why a waiting ended."""

    BY_HAND = "by_hand"
    ANSWER = "answer"
    TIME = "time"
    ESCALATED = "escalated"
    GAVE_BACK = "gave_back"
    OWNER_GONE = "owner_gone"
    TAKEN = "taken"


def reasons(issue: Issue) -> tuple[str, ...]:
    """What it may wait for: the requester, and what its matrix version names."""
    return (PauseReason.REQUESTER.value, *issue.route.rules.wait_reasons)


def reason_named(known: Sequence[str], words: str) -> tuple[str, str]:
    """The one of these reasons with which the words begin, and what follows it; without one all the words."""
    for reason in sorted(known, key=len, reverse=True):
        for name in (called(reason), reason):
            rest = words[len(name) :]
            if words[: len(name)].casefold() == name.casefold() and not rest[:1].isalnum():
                return reason, rest.lstrip(" :,")
    return "", words


def needed(issue: Issue) -> str:
    """What the requester was asked for while it waits for them; empty when it does not, or newer news hide it."""
    pause = issue.waiting
    if pause is None or pause.reason != PauseReason.REQUESTER or issue.last_update_at != pause.start:
        return ""
    return issue.last_update


def needed_from(issue: Issue, user: str) -> str:
    """The same for somebody known by nothing but their id: only for those who read it, or brought it to them."""
    readers = {issue.requester, issue.raiser, issue.care.stand_in, *issue.company.further}
    return needed(issue) if user in readers else ""


def may_wait(issue: Issue) -> None:
    """Raises Refused when it cannot wait now: nobody has it, it waits already, or it is over."""
    number = issue.number
    if issue.state is State.OPEN:
        raise Refused(
            say("Nobody has ISS-{number} yet, so it cannot wait. Press Acknowledge first.", number=number)
        )
    move(issue.state, Verb.WAIT, number)
    if issue.waiting is not None:
        since = At(issue.waiting.start)
        raise Refused(
            say(
                "ISS-{number} waits already, since {since}. Press Go on to end that.",
                number=number,
                since=since,
            )
        )


def wait(issue: Issue, actor: Actor, reason: str, note: str, now: datetime) -> Change:
    """Both clocks stand still from now on. The requester reads `note` as an update. A ping still out keeps the time
    that is left of it.

    Raises Refused (see `may_wait`; and while its owner is gone, because whoever is asked to follow answers in time),
    NotAllowed, and FieldErrors at ``reason`` and ``note``: who is to answer must read what is needed.
    """
    may_wait(issue)
    require(Action.WAIT, issue, actor)
    if issue.gone and actor.user != issue.gone:
        raise Refused(sentences(names.gone(issue), say("Whoever takes it can let it wait.")))
    _check(issue, reason, note)
    paused = breaching.pause(issue, now, reason, actor.user)
    noted = {"last_update": note, "last_update_at": now} if note.strip() else {}
    care = replace(told(paused.issue.care, now), wait_reminders=0)
    after = replace(paused.issue, care=care, **noted)  # type: ignore[arg-type]
    data: dict[str, str | int] = {"reason": reason, "text": note}
    until = waits_until(after)
    if until is not None:
        data["until"] = until.isoformat()
    return Change(after, (*paused.events, Event(EventKind.WAITING, now, actor.user, data)))


def go_on(issue: Issue, actor: Actor, now: datetime) -> Change:
    """End the waiting by hand. Raises Refused when it does not wait (any more), and NotAllowed."""
    move(issue.state, Verb.GO_ON, issue.number)
    if issue.waiting is None:
        raise Refused(
            say("ISS-{number} does not wait, so it goes on anyway. Nothing to do.", number=issue.number)
        )
    require(Action.WAIT, issue, actor)
    return ended(issue, now, GoesOn.BY_HAND, actor.user)


def answer(issue: Issue, actor: Actor, text: str, now: datetime) -> Change:
    """Somebody it is for writes back. If it waits for that, it goes on.

    Raises Refused, NotAllowed, and FieldErrors("text") when empty.
    """
    may_answer(issue, actor)
    if not text.strip():
        raise FieldErrors({"text": "Please write your answer."})
    waited = issue.waiting is not None and issue.waiting.reason == PauseReason.REQUESTER
    data: dict[str, str | int] = {"text": text, **on_behalf(issue, actor)}
    if waited:
        data["waited"] = 1
    wrote = Change(issue.bump(), (Event(EventKind.ANSWERED, now, actor.user, data),))
    return wrote.then(ended(wrote.issue, now, GoesOn.ANSWER)) if waited else wrote


def can_be_written_to(issue: Issue) -> bool:
    """Whether those it is for may still write back."""
    return (issue.state, Verb.ANSWER) in TRANSITIONS


def may_answer(issue: Issue, actor: Actor) -> None:
    """Raises Refused when it is over, and NotAllowed for others than those it is for."""
    if issue.state is State.CLOSED:
        said = "ISS-{number} is closed. If it is not solved, press Not solved; what you write there is read at once."
        raise Refused(say(said, number=issue.number))
    move(issue.state, Verb.ANSWER, issue.number)
    require(Action.ANSWER, issue, actor)


def ended(issue: Issue, now: datetime, why: GoesOn, by: str | None = None) -> Change:
    """The clocks go on, from the end of its time to wait if that has passed. Does nothing when it does not wait."""
    pause, until = issue.waiting, waits_until(issue)
    if pause is None:
        return Change(issue, ())
    at = min(now, until or now)
    resumed = breaching.resume(replace(issue, position=with_time_left(issue, at)), at)
    data: dict[str, str | int] = {"why": why, "reason": pause.reason, "since": pause.start.isoformat()}
    return resumed.then(Change(resumed.issue, (Event(EventKind.WENT_ON, now, by, data),)))


def remind(issue: Issue, now: datetime) -> Change:
    """Say that it still waits: once, however many were missed; it goes on instead when its time is over."""
    until, pause = waits_until(issue), issue.waiting
    if pause is None or until is None:
        return Change(issue, ())
    if now >= until:
        return ended(issue, now, GoesOn.TIME)
    due = [n for n in range(1, REMINDERS + 1) if (remind_at(issue, n) or until) <= now]
    n = max(issue.care.wait_reminders + 1, *due, 1)
    data: dict[str, str | int] = {"n": n, "reason": pause.reason, "until": until.isoformat()}
    after = issue.bump(care=replace(issue.care, wait_reminders=n))
    return Change(after, (Event(EventKind.WAIT_REMINDED, now, None, data),))


def _check(issue: Issue, reason: str, note: str) -> None:
    errors: dict[str, str] = {}
    if reason not in reasons(issue):
        known = ", ".join(called(one) for one in reasons(issue))
        errors["reason"] = f"It can wait for one of these: {known}."
    elif reason == PauseReason.REQUESTER:
        if issue.owner == issue.requester:
            errors["reason"] = "The requester has it, so there is nobody to wait for."
        elif nobody_answers(issue):
            errors["reason"] = "Nobody it is for can be reached in Slack any more, so nobody would answer."
        if not note.strip():
            errors["note"] = "Please write what you need, so that the requester can answer."
    if errors:
        raise FieldErrors(errors)
