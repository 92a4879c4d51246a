"""Submitting the form: what there is to say is said once, on one page; then it is stored, whatever else happens.

Nothing here is worth waiting for: what cannot be found in time is left out.
"""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from bot.domain import findings
from bot.domain.dry_run import Ladder
from bot.domain.errors import FieldErrors, RungError
from bot.domain.findings import OFTEN, Finding, FindingKind, Found
from bot.domain.flood import Flooded
from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.matrix.match import Kind
from bot.domain.similar import alike, search_words
from bot.usecases import drafts
from bot.usecases.commands import RaiseIssue
from bot.usecases.dry_run import Question, on_paper, try_out
from bot.usecases.finding_ports import Reader
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import NotSaved, OutcomeUnknown, Store
from bot.usecases.raise_issue import store_issue
from bot.usecases.read_form import Form, read_form
from bot.usecases.rows import Answer
from bot.usecases.search import reader_of
from bot.usecases.services import Services

SEARCH_TIME = timedelta(milliseconds=300)
READER_TIME = timedelta(milliseconds=150)
"""Of this; who cannot be looked up by then finds what they take part in."""
LADDER_TIME = timedelta(milliseconds=500)
CANDIDATES = 50
"""So many open issues with a word in common are compared; newer ones are more likely the same."""

NEEDS_REASON = "Please say why it is raised while the promised time is still running."

_log = logging.getLogger(__name__)

T = TypeVar("T")


async def submit(services: Services, command: RaiseIssue) -> Answer | tuple[Finding, ...]:
    """The answer once it is stored; or what there is to say, and then nothing is stored before it is sent again.

    Whatever is not stored is kept as a draft. Raises as `raise_issue` does.
    """
    try:
        form = await read_form(services, command)
        said = await _said(services, command, form)
        if not said:
            return await store_issue(services, command, form)
    except (FieldErrors, Flooded, NotSaved, OutcomeUnknown):
        await drafts.keep(services, command)
        raise
    await drafts.keep(services, command)
    return said


async def _said(services: Services, command: RaiseIssue, form: Form) -> tuple[Finding, ...]:
    """What there is to say. Once it was shown, only the reason it takes is looked at: the rest is stored as it is."""
    shown = command.findings
    if shown is None:
        return await look(services, command, form)
    if FindingKind.PROMISE in shown and not form.facts.raised_because:
        raise FieldErrors({"raised_because": NEEDS_REASON})
    return ()


async def look(services: Services, command: RaiseIssue, form: Form) -> tuple[Finding, ...]:
    """Everything there is to say about this form; nothing when it can be stored at once."""
    same = await _in_time(_alike(services, command, form), SEARCH_TIME) or ()
    found = Found(form.published.matrix, form.facts, services.clock.now(), command.told, same)
    if not findings.look(found):
        return ()
    stored, count = await _in_time(_lately(services, command, form), SEARCH_TIME) or (False, 0)
    if stored:
        return ()
    return findings.look(replace(found, count=count, ladder=await _ladder(services, command, form)))


async def _alike(services: Services, command: RaiseIssue, form: Form) -> tuple[Issue, ...]:
    """Open issues that look the same."""
    facts, workspace = form.facts, command.workspace

    def unit(store: Store, reader: Reader) -> tuple[Issue, ...]:
        numbers = store.search.similar(workspace, search_words(facts), reader, CANDIDATES)
        return alike(facts, store.issues.get_many([IssueRef(workspace, number) for number in numbers]))

    member = Reader(command.user)
    found = await services.transactions.read(lambda store: unit(store, member))
    if not found:
        return found
    reader = await reader_of(services, workspace, command.user, READER_TIME)
    return await services.transactions.read(lambda store: unit(store, reader)) if reader.own else found


async def _lately(services: Services, command: RaiseIssue, form: Form) -> tuple[bool, int]:
    """Whether this very submission is stored already, and how many of this kind there were lately."""
    facts, since = form.facts, services.clock.now() - OFTEN

    def unit(store: Store) -> tuple[bool, int]:
        stored = store.inbound.answer(command.workspace, command.key) is not None
        return stored, store.search.of_kind_since(command.workspace, facts.type, facts.service, since)

    return await services.transactions.read(unit)


async def _ladder(services: Services, command: RaiseIssue, form: Form) -> Ladder | None:
    """Who would be asked: with people as Slack knows them, else as the matrix has them."""
    facts = form.facts
    kind = Kind(facts.type, facts.impact, facts.urgency, facts.service, facts.client, facts.channel)
    question = Question(kind, services.clock.now(), facts.priority)
    try:
        tried = await _in_time(try_out(services, command.workspace, question), LADDER_TIME)
        return tried.ladder if tried else on_paper(form.published, question)
    except RungError:
        return None  # what the dry run has to say against it, raising says too


async def _in_time(asked: Awaitable[T], patience: timedelta) -> T | None:
    try:
        async with asyncio.timeout(patience.total_seconds()):
            return await asked
    except (TimeoutError, DirectoryDown) as error:
        _log.warning("a finding is left out: %s", error or "too slow", extra={"action": "intake"})
        return None
