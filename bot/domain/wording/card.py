"""The card: its first line says who must act until when, its ladder what became of each level."""

from datetime import datetime
from itertools import groupby

from bot.domain.escalation import waiting_for
from bot.domain.issue import Ask, AskStatus, Issue, Stage
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.sending_back import CODES
from bot.domain.targets import closes_at
from bot.domain.waiting_time import keeps_time
from bot.domain.wording import names
from bot.domain.wording.keeping import snoozed
from bot.domain.wording.lengths import length
from bot.domain.wording.waiting import waits
from bot.domain.words import NOTHING, At, Person, Sentence, listed, say, sentences


def headline(issue: Issue) -> Sentence:
    """Who must act until when; or who has it; or how it ended."""
    match issue.state:
        case State.OPEN:
            return _asking(issue)
        case State.ACKNOWLEDGED:
            if issue.gone:
                return sentences(waits(issue), names.gone(issue))
            asking = _asking(issue) if issue.asking else NOTHING
            return sentences(waits(issue), _taken(issue), snoozed(issue), asking)
        case State.RESOLVED:
            return _resolved(issue)
        case State.CLOSED:
            return _closed(issue)
        case State.SENT_BACK:
            return _sent_back(issue)
        case State.WITHDRAWN:
            return say("Withdrawn {when}.", when=At(issue.closed_at or issue.raised_at, "day"))
        case State.MERGED:
            return say("It goes on as ISS-{other}.", other=issue.company.merged_into or 0)


def ladder(issue: Issue) -> list[Sentence]:
    """One line per level, in order, then the catch-all once it was reached."""
    lines = [_rung(issue, number) for number in range(1, len(issue.route.levels) + 1)]
    last_resort = tuple(ask for ask in issue.asks if ask.level == 0)
    if last_resort or issue.position.stage is Stage.CATCH_ALL:
        lines.append(say("Catch-all: {answers}", answers=_answers(last_resort, over=False)))
    return lines


def _asking(issue: Issue) -> Sentence:
    position = issue.position
    if position.stage is Stage.CATCH_ALL:
        every = issue.route.rules.nag_every.clock
        asked = waiting_for(issue)
        who = names.people(asked) if asked else say("the escalation manager")
        return say("UNANSWERED: {who}, please take it. Asked again every {every}.", who=who, every=every)
    if position.held:
        return _held(issue)
    asked = waiting_for(issue)
    if keeps_time(issue):
        who = names.people(asked) if asked else say("{name}", name=names.place_name(issue))
        return say("{who}: asked as well; there is time until it goes on.", who=who)
    if position.stage is Stage.NAMED:
        return _named(issue, asked)
    who = names.people(asked) if asked else say("{name}", name=issue.level.name)
    assert position.ends_at
    upcoming = names.next_step_name(issue)
    return say(
        "{who}: please answer by {until}. Then {upcoming} is asked.",
        who=who,
        until=At(position.ends_at),
        upcoming=upcoming or "",
    )


def _named(issue: Issue, asked: tuple[Ask, ...]) -> Sentence:
    """Whoever has it keeps it until one of them takes it."""
    who = names.people(asked) if asked else say("Who was named")
    until = At(issue.position.ends_at) if issue.position.ends_at else "soon"
    if issue.owner:
        return say("{who}: will you take it over? Please answer by {until}.", who=who, until=until)
    return say(
        "{who}: please answer by {until}. Then {level} is asked.",
        who=who,
        until=until,
        level=issue.level.name,
    )


def _held(issue: Issue) -> Sentence:
    again = issue.position.held_until
    when = say("at {when}", when=At(again)) if again else say("as soon as somebody is")
    return say("Nobody is on duty for {name}. They are asked {when}.", name=issue.level.name, when=when)


def _taken(issue: Issue) -> Sentence:
    assert issue.owner
    assert issue.acknowledged_at
    return say("{who} has it, since {when}.", who=Person(issue.owner), when=At(issue.acknowledged_at))


def _resolved(issue: Issue) -> Sentence:
    closes = closes_at(issue)
    assert issue.resolved_at
    assert closes
    by = Person(issue.owner) if issue.owner else "somebody"
    return say(
        "Resolved by {who} at {when}. {requester}: please confirm. Closes {closes} unless you press Not solved.",
        who=by,
        when=At(issue.resolved_at),
        requester=Person(issue.requester),
        closes=At(closes, "day"),
    )


def _closed(issue: Issue) -> Sentence:
    assert issue.closed_at
    ended_by = _ended_by(issue)
    if ended_by:
        said = "{who} says that it is solved. Closed {when}."
        return say(said, who=Person(ended_by), when=At(issue.closed_at, "day"))
    by = say(" by {who}", who=Person(issue.owner)) if issue.owner else NOTHING
    return say("Solved{by}. Closed {when}.", by=by, when=At(issue.closed_at, "day"))


def _ended_by(issue: Issue) -> str | None:
    """Whom it is for, or who raised it, when they ended it before anybody resolved it; None otherwise."""
    if issue.resolved_at != issue.closed_at:
        return None
    stopped = next((one.by for one in issue.clocks.pauses if one.start == issue.closed_at), None)
    return stopped if stopped != issue.owner else None


def _sent_back(issue: Issue) -> Sentence:
    back = issue.care.sent_back
    assert back
    said = say(
        "Sent back by {who} {when}: {why}.",
        who=Person(back.by),
        when=At(back.at, "day"),
        why=CODES[back.code].label,
    )
    return sentences(said, say("An appeal waits for an answer.") if issue.care.appeal_waits else NOTHING)


def _rung(issue: Issue, number: int) -> Sentence:
    level = issue.route.levels[number - 1]
    role = f" ({level.role})" if level.role else ""
    asks = tuple(ask for ask in issue.asks if ask.level == number and ask.round >= issue.first_round)
    here = issue.position.stage in (Stage.LEVEL, Stage.OWNER) and issue.position.level == number
    if asks:
        progress = _answers(asks, over=not here and (issue.position.level > number or _all_silent(issue)))
    elif here:
        progress = say("nobody is on duty" if issue.position.held else "looking up who is there")
    elif _is_past(issue, number):
        progress = say("not asked")
    else:
        progress = say("{time} to answer", time=length(level.acknowledge_within, level.calendar))
    mark = "now: " if here else ""
    return say(
        "{number}. {name}{role}: {mark}{progress}",
        number=number,
        name=level.name,
        role=role,
        mark=mark,
        progress=progress,
    )


def _all_silent(issue: Issue) -> bool:
    """Whether the last level's time is over as well."""
    return issue.position.stage is Stage.CATCH_ALL


def _is_past(issue: Issue, number: int) -> bool:
    """Whether this level's turn will not come any more: it was left out, or it is over before it came."""
    left_out = issue.position.stage is not Stage.CATCH_ALL and number < issue.position.level
    return issue.state not in IN_WORK or left_out


_ANSWERS = {
    AskStatus.ASKED: "{who} {was} asked at {when}",
    AskStatus.DECLINED: "{who} can't take it",
    AskStatus.UNREACHABLE: "{who} could not be reached",
    AskStatus.ACKNOWLEDGED: "{who} took it",
}


def _answers(asks: tuple[Ask, ...], over: bool) -> Sentence:
    """What became of each, those with the same fate together; `over` = the level's time has passed, so who is still
    asked did not answer."""
    latest = {ask.target: ask for ask in asks}.values()
    alike = [list(some) for _, some in groupby(latest, key=lambda ask: _fate(ask, over))]
    parts = [
        say(
            "no answer from {who}"
            if over and some[0].status is AskStatus.ASKED
            else _ANSWERS[some[0].status],
            who=listed([names.target(ask.target) for ask in some]),
            was="was" if len(some) == 1 else "were",
            when=At(some[0].at),
        )
        for some in alike
    ]
    return listed(parts) if parts else say("nobody could be reached yet")


def _fate(ask: Ask, over: bool) -> tuple[AskStatus, datetime | None]:
    """With the minute of the question, where that is shown."""
    shown = ask.status is AskStatus.ASKED and not over
    return ask.status, ask.at.replace(second=0, microsecond=0) if shown else None
