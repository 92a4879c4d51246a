"""Messages with buttons: what they ask, and what they say once the question is settled."""

from dataclasses import dataclass

from bot.domain.escalation import waiting_for
from bot.domain.issue import Ask, AskStatus, Issue, Stage, Target, TargetKind
from bot.domain.lifecycle import State
from bot.domain.notification import Notice, NoticeKind
from bot.domain.waiting_time import keeps_time
from bot.domain.wording import handing, names
from bot.domain.wording.keeping import you_are_away
from bot.domain.wording.unanswered import unanswered
from bot.domain.wording.waiting import waits
from bot.domain.words import NOTHING, At, Person, Sentence, listed, say, sentences


@dataclass(frozen=True, slots=True)
class Prompt:
    """The truth of a ping now.

    `live` = it still asks; `has_it` = its reader took the issue and works on it; `escalate_to` names the next level.
    """

    sentence: Sentence
    live: bool
    escalate_to: str | None
    has_it: bool = False


_ENDED = {
    State.SENT_BACK: "ISS-{number} was sent back: another way is the right one. Nothing to do.",
    State.WITHDRAWN: "ISS-{number} was withdrawn. Nothing to do.",
    State.MERGED: "ISS-{number} goes on as ISS-{other}. Nothing to do.",
}


def prompt(issue: Issue, notice: Notice) -> Prompt:
    """What this ping, reminder or nag says at this moment.

    Its argument ``overtaken`` is there once its reader has a newer message of this issue to work from.
    """
    if notice.args.get("opening") != issue.opening:
        return Prompt(_of_before(issue, notice), False, None)
    mine = _my_ask(issue, notice)
    upcoming = names.next_step_name(issue)
    if mine is not None and mine.status is AskStatus.ASKED and _still_asks(issue, mine):
        return Prompt(_question(issue, notice, mine), True, upcoming)
    has_it = works_here(issue, notice) and not notice.args.get("overtaken")
    return Prompt(_truth(issue, notice, mine), False, upcoming if has_it else None, has_it)


def works_here(issue: Issue, notice: Notice) -> bool:
    """Whether the reader of this ping has the issue now, so that their newest one carries what they work with."""
    mine = notice.args.get("opening") == issue.opening and notice.text("target") == issue.owner
    return mine and issue.state is State.ACKNOWLEDGED


def confirmable(issue: Issue, notice: Notice) -> bool:
    """Whether a requester's message still offers Confirm solved and Not solved."""
    return issue.state is State.RESOLVED and notice.args.get("opening") == issue.opening


def answerable(issue: Issue, notice: Notice) -> bool:
    """Whether a requester's message still offers Answer: the waiting that it was sent for lasts."""
    pause = issue.waiting
    return pause is not None and notice.text("since") == pause.start.isoformat()


def settled(issue: Issue, notice: Notice) -> Sentence:
    """What stands below a requester's message whose question is settled."""
    if notice.args.get("opening") != issue.opening or issue.state in (State.OPEN, State.ACKNOWLEDGED):
        return say("It was not solved yet. It was opened again.")
    if issue.state is State.WITHDRAWN and issue.closed_at:
        return say("Withdrawn {when}.", when=At(issue.closed_at, "day"))
    if issue.closed_at:
        return say("Closed {when}. Thank you.", when=At(issue.closed_at, "day"))
    return say("Nothing to do here any more.")


def settled_answer(_issue: Issue, _notice: Notice) -> Sentence:
    """What stands below a message that asked the requester for something, once it waits no longer."""
    return say("It does not wait for your answer any more.")


def _my_ask(issue: Issue, notice: Notice) -> Ask | None:
    level, round_ = notice.args.get("level"), notice.args.get("round")
    mine = [ask for ask in issue.asks if ask.target.id == notice.text("target")]
    exact = [ask for ask in mine if (ask.level, ask.round) == (level, round_)]
    return exact[-1] if exact else None


def was_named(issue: Issue, ask: Ask) -> bool:
    """Whether this person or channel is asked because somebody named them, not because of their level."""
    wish = issue.care.named
    mine = wish is not None and ask.contact in map(str, wish.contacts)
    return mine and (issue.position.stage is Stage.NAMED or (wish is not None and bool(wish.by)))


def _still_asks(issue: Issue, mine: Ask) -> bool:
    """While nobody has it, every ping of this opening still works; once somebody has, only those of the level asked."""
    return issue.state is State.OPEN or (issue.state is State.ACKNOWLEDGED and _here(issue, mine))


def _here(issue: Issue, mine: Ask) -> bool:
    return issue.asking and (mine.level, mine.round) == (issue.ask_level, issue.position.round)


def _question(issue: Issue, notice: Notice, mine: Ask) -> Sentence:
    position = issue.position
    if not _here(issue, mine):
        if any(ask.target == mine.target for ask in waiting_for(issue)):
            return say("ISS-{number} is still unanswered. You are asked again below.", number=issue.number)
        return say(
            "ISS-{number} is still unanswered. {place} is asked now; you may take it all the same.",
            number=issue.number,
            place=_capital(names.place_name(issue)),
        )
    if position.stage is Stage.CATCH_ALL:
        return unanswered(issue, mine)
    if keeps_time(issue):
        said = "ISS-{number} waits right now, and what is left of your time to answer counts when it goes on."
        return sentences(say(said, number=issue.number), say("You may take it all the same."))
    assert position.ends_at
    if was_named(issue, mine):
        answer = say("Please answer by {until}.", until=At(position.ends_at))
        return sentences(handing.asks_you(issue), answer, handing.because(issue))
    opener = "Reminder: ISS-{number}" if notice.kind is NoticeKind.REMINDER else "ISS-{number}"
    return say(opener + " needs your answer by {until}.", number=issue.number, until=At(position.ends_at))


def _of_before(issue: Issue, notice: Notice) -> Sentence:
    """What stays true of a question of an earlier opening, whatever becomes of the newer one."""
    said = say("ISS-{number} was opened again after this.", number=issue.number)
    again = any(ask.target.id == notice.text("target") for ask in issue.asks)
    return sentences(said, say("You are asked again below." if again else "Nothing to do here."))


def _truth(issue: Issue, notice: Notice, mine: Ask | None) -> Sentence:
    me = notice.text("target")
    if issue.state in _ENDED:
        return say(_ENDED[issue.state], number=issue.number, other=issue.company.merged_into or 0)
    if issue.state is State.CLOSED:
        return say("ISS-{number} is closed. Nothing to do.", number=issue.number)
    if issue.state is State.RESOLVED and issue.owner == me:
        return say("ISS-{number} is resolved. Nothing to do.", number=issue.number)
    if issue.state is State.RESOLVED:
        who = Person(issue.owner) if issue.owner else "Somebody"
        return say("{who} resolved ISS-{number}. Nothing to do.", who=who, number=issue.number)
    if mine is not None and mine.status is AskStatus.DECLINED:
        return say(
            "You can't take ISS-{number}. You are not asked again for it. Thank you.", number=issue.number
        )
    if issue.state is State.ACKNOWLEDGED and issue.owner and issue.acknowledged_at:
        if issue.owner == me:
            took = say(
                "You took ISS-{number} at {when}.", number=issue.number, when=At(issue.acknowledged_at)
            )
            if notice.args.get("overtaken"):
                return sentences(took, say("The buttons are in the newer message below."))
            return sentences(took, waits(issue), you_are_away(issue) if issue.gone else NOTHING)
        if any(ask.target.id == me for ask in waiting_for(issue)):
            return say("ISS-{number} is not solved yet. You are asked again below.", number=issue.number)
        if issue.gone:
            return names.gone(issue)
        return say(
            "{who} took ISS-{number} at {when}. Nothing to do.",
            who=Person(issue.owner),
            number=issue.number,
            when=At(issue.acknowledged_at),
        )
    return say("ISS-{number} is for others to answer. Nothing to do.", number=issue.number)


def asked_now(issue: Issue) -> Sentence:
    """Who is being asked right now, by name when known, else by level."""
    asked = waiting_for(issue)
    if not asked and issue.position.stage is Stage.OWNER and issue.last_owner:
        return say("{owner}", owner=Person(issue.last_owner))
    if not asked:
        return say("{name}", name=_capital(names.place_name(issue)))
    return listed([names.target(one) for one in dict.fromkeys(ask.target for ask in asked)], last="or")


def user_target(user: str) -> Target:
    """A person to write to."""
    return Target(TargetKind.USER, user)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
