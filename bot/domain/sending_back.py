"""Not an escalation: it is sent back, with a kind reason and what to do instead; and the one appeal against that.

Somebody else judges the appeal, never about an act of their own. If it is upheld, the issue is opened again one level
above the one that sent it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import breaching
from bot.domain.care import SentBack
from bot.domain.clocks import PauseReason
from bot.domain.deciding import require_turn
from bot.domain.errors import FieldErrors, Refused
from bot.domain.escalation import enter
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import STATE_WORDS, State, Verb, move
from bot.domain.matrix.model import IssueType
from bot.domain.permissions import Action, Actor, require
from bot.domain.reopening import one_higher, open_again
from bot.domain.repeating import passed
from bot.domain.sending_back_time import judge_remind_at, next_reminder
from bot.domain.veil import named
from bot.domain.words import At, Person, Sentence, say


@dataclass(frozen=True, slots=True)
class Code:
    """A reason: how it is called in a list, what those who asked read, and what to do instead.

    `hint` names the text of the issue's type that says more (``not_for first_try raise_when``). `asks` is what the note
    must say; empty = it may be left out.
    """

    label: str
    said: str
    instead: str
    hint: str = ""
    asks: str = ""


CODES: Mapping[str, Code] = {
    "not_for": Code(
        "Another way is the right one",
        "There is another way that helps you faster with this.",
        "Please take that way; if it does not help, raise it again.",
        hint="not_for",
        asks="Please write which way is the right one, so that they know where to turn.",
    ),
    "inside_promise": Code(
        "Still inside the promised time",
        "The time that was promised has not passed yet, and somebody is on it.",
        "If the time passes without an answer, raise it again.",
        hint="raise_when",
    ),
    "first_try": Code(
        "The front line can do it",
        "You can solve this yourself, right away.",
        "If it does not work, raise it again and write what you tried.",
        hint="first_try",
    ),
    "missing_facts": Code(
        "Facts are missing",
        "Something is missing that is needed to help you.",
        "Please raise it again with that.",
        asks="Please write what is missing, so that they can add it.",
    ),
    "duplicate": Code(
        "Somebody has the same already",
        "Somebody has the same question in work already.",
        "Please follow that one.",
        asks="Please write which one, for example ISS-7.",
    ),
    "out_of_scope": Code(
        "Not covered",
        "This is not part of what is agreed.",
        "If you need it all the same, please ask who agreed on it with us.",
    ),
    "other": Code(
        "Something else",
        "It is not something that this way can help with.",
        "",
        asks="Please write why, so that they understand it.",
    ),
}


def send_back(
    issue: Issue, actor: Actor, code: str, note: str, now: datetime, about: IssueType | None = None
) -> Change:
    """It ends here: nobody is asked any more and the clocks stand still. `about` is the type, as its matrix has it.

    Raises Refused, NotAllowed, and FieldErrors at ``reason`` (no such code) and ``note`` (the code needs one).
    """
    _refuse_when_sent_back(issue)
    state = move(issue.state, Verb.SEND_BACK, issue.number)
    require(Action.SEND_BACK, issue, actor)
    if code not in CODES:
        raise FieldErrors({"reason": "Please choose one of the reasons."})
    if CODES[code].asks and not note.strip():
        raise FieldErrors({"note": CODES[code].asks})
    hint = CODES[code].hint
    instead = getattr(about, hint) if about is not None and hint else ""
    back = SentBack(code, note, actor.user, issue.position.level, now, instead=instead)
    paused = breaching.pause(issue, now, PauseReason.SENT_BACK, actor.user)
    after = replace(
        paused.issue,
        state=state,
        epoch=issue.epoch + 1,
        position=issue.position.at_rest(),
        care=replace(paused.issue.care, sent_back=back),
    )
    data: dict[str, str | int] = {"code": code, "note": note, "instead": instead, "level": back.level}
    if issue.owner:
        data["owner"] = issue.owner
    return Change(after, (*paused.events, Event(EventKind.SENT_BACK, now, actor.user, data)))


def appeal(issue: Issue, actor: Actor, why: str, now: datetime) -> Change:
    """Raiser or requester ask somebody else to look at it: once. Raises Refused, NotAllowed and FieldErrors("why")."""
    state = move(issue.state, Verb.APPEAL, issue.number)
    require(Action.APPEAL, issue, actor)
    back = issue.care.sent_back
    assert back is not None
    if back.appealed_by:
        raise Refused(_appealed_already(issue, back, actor))
    if not why.strip():
        raise FieldErrors({"why": "Please say why it is one for us all the same: somebody else reads it."})
    appealed = replace(back, appealed_by=actor.user, appeal=why, appealed_at=now)
    after = issue.bump(state=state, care=replace(issue.care, sent_back=appealed))
    return Change(after, (Event(EventKind.APPEALED, now, actor.user, {"why": why, "by": back.by}),))


def judge(issue: Issue, actor: Actor, upheld: bool, why: str, now: datetime) -> Change:
    """Open it again one level above the one that sent it back, or leave it sent back and say why.

    Raises Refused when no appeal waits, NotAllowed (see `deciding`), and FieldErrors("why").
    """
    back = issue.care.sent_back
    if back is None or not issue.care.appeal_waits or issue.state is not State.SENT_BACK:
        raise Refused(_nothing_to_judge(issue))
    state = move(issue.state, Verb.JUDGE, issue.number)
    require_turn(Action.JUDGE, issue, actor, parties(issue), _ones_own(issue, back, actor))
    if not upheld and not why.strip():
        raise FieldErrors({"why": "Please say why it stays sent back: the requester reads it."})
    answered = replace(back, judged=True, judge=actor.user, upheld=upheld)
    judged = replace(issue, care=replace(issue.care, sent_back=answered))
    data: dict[str, str | int] = {"upheld": int(upheld), "why": why, "by": back.by}
    event = Event(EventKind.JUDGED, now, actor.user, data)
    if not upheld:
        return Change(judged.bump(), (event,))
    reopened = replace(open_again(judged, now), state=state)
    return Change(reopened, (event,)).then(
        enter(reopened, one_higher(reopened, back.level), now, Cause.APPEAL)
    )


def remind_judge(issue: Issue, now: datetime) -> Change:
    """The appeal still waits: said once, however many reminders were missed. Does nothing when it is decided."""
    back = issue.care.sent_back
    if back is None or judge_remind_at(issue, 1) is None:
        return Change(issue, ())
    due = passed(lambda n: judge_remind_at(issue, n) or now, now)
    reminded = replace(back, reminded=max(next_reminder(issue), due))
    after = issue.bump(care=replace(issue.care, sent_back=reminded))
    data: dict[str, str | int] = {"n": reminded.reminded, "why": back.appeal, "by": back.by}
    return Change(after, (Event(EventKind.JUDGE_REMINDED, now, None, data),))


def parties(issue: Issue) -> tuple[str, ...]:
    """Who does not judge the appeal: who sent it back, who appealed, and those it is for."""
    back = issue.care.sent_back
    acted = (back.by, back.appealed_by) if back is not None else ()
    return tuple(dict.fromkeys(one for one in (*acted, issue.requester, issue.raiser) if one))


def _ones_own(issue: Issue, back: SentBack, actor: Actor) -> Sentence:
    if actor.user == back.by:
        return say("You sent it back yourself, so somebody else decides.")
    if actor.user == back.appealed_by:
        return say("You appealed yourself, so somebody else decides.")
    return say("ISS-{number} is your own, so somebody else decides.", number=issue.number)


def _refuse_when_sent_back(issue: Issue) -> None:
    back = issue.care.sent_back
    if issue.state is State.SENT_BACK and back is not None:
        said = "{who} sent ISS-{number} back at {when}."
        raise Refused(say(said, who=Person(back.by), number=issue.number, when=At(back.at)))


def _appealed_already(issue: Issue, back: SentBack, actor: Actor) -> Sentence:
    if not back.judged:
        said = "{who} appealed at {when}, and somebody else looks at ISS-{number} now. You are told what they decide."
        who = "You" if back.appealed_by == actor.user else named(issue, back.appealed_by, actor.user)
        return say(said, who=who, when=At(back.appealed_at or back.at), number=issue.number)
    return say(
        "Somebody else looked at ISS-{number} already, and it stays sent back. If something is new, raise it again.",
        number=issue.number,
    )


def _nothing_to_judge(issue: Issue) -> Sentence:
    back = issue.care.sent_back
    if back is not None and back.judged and issue.state is State.SENT_BACK:
        return say("It was decided already: ISS-{number} stays sent back.", number=issue.number)
    if back is not None and back.judged:
        return say("It was decided already: ISS-{number} was opened again.", number=issue.number)
    state = STATE_WORDS[issue.state]
    return say("ISS-{number} is {state}, and no appeal waits.", number=issue.number, state=state)
