"""Working on an issue: tell the requester, resolve."""

from datetime import datetime

from bot.domain import working
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import State
from bot.domain.permissions import Actor
from bot.domain.standing_in import carrier
from bot.domain.text import clean_text
from bot.domain.wording.out_of_reach import answer_to_owner
from bot.domain.words import Person, Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import TextCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def update_requester(services: Services, command: TextCommand) -> Answer:
    """Tell the requester how it stands."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return working.update_requester(issue, actor, clean_text(command.text), now)

    return await change_issue(services, command, verb, _told)


async def resolve(services: Services, command: TextCommand) -> Answer:
    """Say what was done; the requester is asked to confirm."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return working.resolve(issue, actor, clean_text(command.text), now)

    return await change_issue(services, command, verb, _resolved)


def _told(issue: Issue) -> Sentence:
    if issue.facts.requester_name:
        said = "{name} has no Slack: {who} is asked to tell them."
        who = Person(carrier(issue, issue.raiser))
        return say(said, name=issue.facts.requester_name, who=who)
    if issue.requester in issue.care.lost:
        return answer_to_owner(issue)
    return say("{who} has been told.", who=Person(issue.requester))


def _resolved(issue: Issue) -> Sentence:
    if issue.state is State.CLOSED:
        return say("ISS-{number} is solved and closed.", number=issue.number)
    if issue.requester in issue.care.lost:
        return say("ISS-{number} is resolved. It closes by itself.", number=issue.number)
    return say(
        "ISS-{number} is resolved. {who} is asked to confirm.",
        number=issue.number,
        who=Person(issue.requester),
    )
