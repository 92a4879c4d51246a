"""Escalating by hand to a team or past a level, and the escalation manager's answer to who wished for that."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import bypassing, functional
from bot.domain.destinations import Destinations, destinations
from bot.domain.ids import IssueRef
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.wishing import wish
from bot.domain.wording import names
from bot.domain.words import Sentence, say, sentences
from bot.usecases.actors import plain, who_sees
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import Decide, IssueCommand, PassBy, SendToTeam
from bot.usecases.own_matrix import own_matrix, read_with_matrix
from bot.usecases.rows import Answer
from bot.usecases.services import Services

REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Escalatable:
    """An issue, and everything it may be escalated to now."""

    issue: Issue
    known: Destinations


async def escalatable(services: Services, command: IssueCommand) -> Escalatable:
    """What a form offers. Raises NotFound, NotAllowed (it is private) and TimeoutError."""
    issue, published = await read_with_matrix(services, IssueRef(command.workspace, command.number))
    if issue.private:
        await who_sees(services, issue, plain(services, command))
    return Escalatable(issue, destinations(issue, published))


async def send_to_team(services: Services, command: SendToTeam) -> Answer:
    """Ask the team's level 1. Raises what `functional.send_to` does, and TimeoutError."""
    _, published = await read_with_matrix(services, IssueRef(command.workspace, command.number))

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        reason = clean_text(command.reason, REASON_LENGTH)
        by = own_matrix(issue, published)
        return functional.send_to(issue, actor, command.team, by, reason, command.seen, now)

    return await change_issue(services, command, verb, _now_asked, look_first=True)


async def pass_by(services: Services, command: PassBy) -> Answer:
    """Go past the next level, or ask the escalation manager. Raises what `bypassing.bypass` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        reason = clean_text(command.reason, REASON_LENGTH)
        return bypassing.bypass(issue, actor, command.level, reason, command.seen, now)

    return await change_issue(services, command, verb, _passed_by, look_first=True)


async def answer_wish(services: Services, command: Decide) -> Answer:
    """Yes or no to who would like to leave out a level. Raises what `bypassing.answer` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return bypassing.answer(issue, actor, command.yes, now)

    return await change_issue(services, command, verb, _now_asked, look_first=True)


def _passed_by(issue: Issue) -> Sentence:
    if wish(issue) is None:
        return _now_asked(issue)
    return sentences(
        say("The escalation manager is asked; you are told what they say."), names.now_with(issue)
    )


def _now_asked(issue: Issue) -> Sentence:
    return sentences(say("ISS-{number}:", number=issue.number), names.now_with(issue))
