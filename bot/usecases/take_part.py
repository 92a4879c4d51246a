"""Taking part in an issue: join it, watch it, write a note, correct its facts, say thank you."""

from datetime import datetime

from bot.domain import joining, noting
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.text import clean_line, clean_text
from bot.domain.words import Person, Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.colleagues import colleague
from bot.usecases.commands import EditFacts, IssueCommand, NamePerson, TextCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services

LINE, TEXT = 200, 1000
_LENGTHS = {"title": 150, "happened": 3000, "tried": TEXT, "needed": TEXT, "affected": TEXT}


async def join(services: Services, command: NamePerson) -> Answer:
    """It happens to them too, or to whom they name: told what the requester is told. Raises FieldErrors("person")."""
    person = await _person(services, command)

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return joining.join(issue, actor, now, person)

    def said(issue: Issue) -> Sentence:
        if person and person != command.user:
            return say("{who} is told about every step of ISS-{n} now.", who=Person(person), n=issue.number)
        return say("You are told about every step of ISS-{n} from now on.", n=issue.number)

    return await change_issue(services, command, verb, said)


async def watch(services: Services, command: NamePerson) -> Answer:
    """They, or whom they name, watch it. Raises FieldErrors("person") and DirectoryDown when that is nobody."""
    person = await _person(services, command)

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return joining.watch(issue, actor, now, person)

    def said(issue: Issue) -> Sentence:
        if person and person != command.user:
            return say("{who} watches ISS-{n} now.", who=Person(person), n=issue.number)
        return say("You watch ISS-{n} now: you are told how it goes.", n=issue.number)

    return await change_issue(services, command, verb, said)


async def unwatch(services: Services, command: IssueCommand) -> Answer:
    """They do not watch it any more."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return joining.unwatch(issue, actor, now)

    return await change_issue(services, command, verb, _unwatched)


async def note(services: Services, command: TextCommand) -> Answer:
    """Something for those who work on it; the requester never reads it."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return noting.note(issue, actor, clean_text(command.text), now)

    return await change_issue(services, command, verb, _noted)


async def edit(services: Services, command: EditFacts) -> Answer:
    """Correct the facts; nobody is asked anew."""
    wanted = {name: _cleaned(name, text) for name, text in command.wanted.items()}

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return noting.edit(issue, actor, wanted, now)

    return await change_issue(services, command, verb, _edited)


async def thank(services: Services, command: NamePerson) -> Answer:
    """Say thank you to somebody who helped. Raises FieldErrors("person") and DirectoryDown when that is nobody."""
    person = await _person(services, command)

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return noting.thank(issue, actor, person, clean_text(command.text, TEXT), now)

    return await change_issue(services, command, verb, _thanked)


async def _person(services: Services, command: NamePerson) -> str:
    if command.person is None:
        return ""
    return (await colleague(services, command.workspace, command.person, "person")).id


def _cleaned(name: str, text: str) -> str:
    """Long texts keep their lines."""
    length = _LENGTHS.get(name, LINE)
    return clean_text(text, length) if length > LINE else clean_line(text, length)


def _unwatched(issue: Issue) -> Sentence:
    return say("You do not watch ISS-{n} any more.", n=issue.number)


def _noted(issue: Issue) -> Sentence:
    where = "timeline" if issue.private else "thread"  # of a private one there is no thread
    return say(
        "Your note stands in the {where} of ISS-{n}. The requester is not told.", where=where, n=issue.number
    )


def _edited(issue: Issue) -> Sentence:
    return say("ISS-{n} is corrected. Nobody is asked anew for that.", n=issue.number)


def _thanked(issue: Issue) -> Sentence:
    return say("Your thank you for ISS-{n} is on its way.", n=issue.number)
