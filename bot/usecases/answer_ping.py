"""Answering a ping: acknowledge, decline, escalate."""

from datetime import datetime

from bot.domain import answering, working
from bot.domain.escalation import waiting_for
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.wording import names, prompts
from bot.domain.words import At, Sentence, say, sentences
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import Acknowledge, Decline, Escalate
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def acknowledge(services: Services, command: Acknowledge) -> Answer:
    """Take the issue. Raises NotOnPath when the person must confirm first; who confirmed is looked up first: it is
    written down what they are."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return answering.acknowledge(issue, actor, now, anyway=command.anyway)

    return await change_issue(services, command, verb, _you_have_it, look_first=command.anyway)


async def decline(services: Services, command: Decline) -> Answer:
    """Take this person out of it, for this opening."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return answering.decline(issue, actor, now, clean_text(command.reason, 500))

    return await change_issue(services, command, verb, _you_are_out)


async def escalate(services: Services, command: Escalate) -> Answer:
    """Ask the next level now."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        reason = clean_text(command.reason, 500)
        return working.escalate(issue, actor, command.seen, now, reason, typed=command.typed)

    return await change_issue(services, command, verb, _next_is_asked)


def _you_have_it(issue: Issue) -> Sentence:
    return say(
        "You have ISS-{number} now. Tell the requester how it goes with Update requester.",
        number=issue.number,
    )


def _you_are_out(issue: Issue) -> Sentence:
    thanks = say(
        "Noted: you can't take ISS-{number}, and you are not asked for it again.", number=issue.number
    )
    if waiting_for(issue):
        return sentences(thanks, say("{who} can still answer.", who=prompts.asked_now(issue)))
    return sentences(thanks, say("{who} is asked now.", who=prompts.asked_now(issue)))


def _next_is_asked(issue: Issue) -> Sentence:
    name = names.place_name(issue)
    if issue.position.ends_at is None:
        return say("ISS-{number}: {name} is asked now.", number=issue.number, name=name)
    return say(
        "ISS-{number}: {name} is asked now, until {until}.",
        number=issue.number,
        name=name,
        until=At(issue.position.ends_at),
    )
