"""Raising an issue: facts and route become an issue that stands on level 1."""

from datetime import datetime

from bot.domain import flood
from bot.domain.errors import FieldErrors, Refused
from bot.domain.ids import ChannelId, IssueRef, UserId
from bot.domain.issue import Change, Issue
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import Route
from bot.domain.raising import raise_issue as begin
from bot.domain.wording import names
from bot.domain.wording.hiding import raised_private
from bot.domain.words import NOTHING, Channel, Sentence, say, sentences
from bot.usecases.commands import RaiseIssue
from bot.usecases.finding_ports import Known
from bot.usecases.ports import Store
from bot.usecases.read_form import Form, read_form
from bot.usecases.record import dump_answer, load_answer, record
from bot.usecases.rows import Answer
from bot.usecases.services import ANSWER_BUDGET, Services
from bot.usecases.tell import whispered


async def raise_issue(services: Services, command: RaiseIssue) -> Answer:
    """Store the issue and answer with its number, who answers and by when. A draft of it is dropped with that.

    Raises FieldErrors for the form, Refused when no matrix is published, Flooded, NotSaved and OutcomeUnknown.
    """
    return await store_issue(services, command, await read_form(services, command))


async def store_issue(services: Services, command: RaiseIssue, form: Form) -> Answer:
    """The same for a form that was read. Raises Flooded, NotSaved and OutcomeUnknown."""
    now = services.clock.now()
    route = _route(form, now)

    def unit(store: Store) -> Answer:
        known = _known(store, command)
        if known.answer is not None:
            return load_answer(known.answer)
        flood.check(known.mine, known.anybodys, now)
        if known.draft in (command.key, command.draft):
            store.drafts.drop(command.workspace, command.user, [known.draft])
        ref = IssueRef(command.workspace, store.issues.next_number(command.workspace))
        issue = record(store, None, _begun(ref, command, form, route, now), now)
        if issue.raiser != issue.requester:
            told = whispered(command.user, command.asked_in, command.key, raised(issue))
            store.outbox.put(command.workspace, None, [told], now)
        answer = Answer(raised(issue), ref.number)
        store.inbound.remember(command.workspace, command.key, dump_answer(answer), now)
        return answer

    answer = await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()
    return answer


def raised(issue: Issue) -> Sentence:
    """What who raised it is told: its number, who answers by when, and where to follow it."""
    if issue.private:
        return sentences(raised_private(issue), told_too(issue))
    said = say(
        "ISS-{number} is raised. Priority: {priority}. {asked}. You can follow it in {channel}.",
        number=issue.number,
        priority=issue.route.priority.title,
        asked=names.first_asked(issue),
        channel=Channel(str(issue.route.card_channel)),
    )
    return sentences(said, told_too(issue))


def told_too(issue: Issue) -> Sentence:
    """For who raised it for somebody else."""
    follows = issue.raiser in issue.company.watchers
    return say("You are told how it goes, too.") if follows else NOTHING


def _begun(ref: IssueRef, command: RaiseIssue, form: Form, route: Route, now: datetime) -> Change:
    return begin(
        ref,
        form.facts,
        route,
        raiser=UserId(command.user),
        requester=UserId(form.requester),
        updates_channel=ChannelId(command.updates_channel) if command.updates_channel else None,
        now=now,
        straight_to=command.straight_to or None,
        private=form.private,
        remarks=_remarks(command, form),
    )


def _remarks(command: RaiseIssue, form: Form) -> dict[str, str | int]:
    """What was said before it was stored, and why it was raised all the same: to be counted."""
    shown = {"findings": " ".join(command.findings)} if command.findings else {}
    because = {"because": form.facts.raised_because} if form.facts.raised_because else {}
    return {**shown, **because}


def _known(store: Store, command: RaiseIssue) -> Known:
    """Before the counter of numbers is locked, so that nobody waits for it; a few issues too many do no harm."""
    most = flood.PER_PERSON.most, flood.PER_WORKSPACE.most
    return store.intake.known(command.workspace, command.key, command.user, *most)


def _route(form: Form, now: datetime) -> Route:
    try:
        return route_for(form.published, form.facts, now, form.facts.priority)
    except Refused as refusal:
        raise FieldErrors({"type": refusal.sentence.plain()}) from refusal
