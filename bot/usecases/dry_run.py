"""Trying the matrix out: who would be asked, and when, if such an issue came at that time. Nothing is stored."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.contacts import Contact, ContactKind
from bot.domain.dry_run import Ladder, complete, dry_run
from bot.domain.dry_run_people import People
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.match import Kind, choose
from bot.domain.matrix.model import Matrix, Path, PublishedMatrix
from bot.domain.oncall.lookup import HORIZON, LOOK_AROUND
from bot.domain.oncall.model import OnCallChange, Schedule
from bot.usecases.matrix_rights import contacts_of
from bot.usecases.oncall_rosters import Roster, ask_directory, people_of, roster
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Transactions
from bot.usecases.services import Services
from bot.usecases.show_matrix import LOOK_UP_TIME, in_force


@dataclass(frozen=True, slots=True)
class Question:
    """What if an issue of this kind came at that instant (UTC)? A `priority` key stands for impact and urgency."""

    kind: Kind
    at: datetime
    priority: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """The answer. `looked_up` = people are those of Slack, with `names` by user id; else as the matrix writes them."""

    ladder: Ladder
    looked_up: bool
    names: Mapping[str, str] = field(default_factory=dict)


async def try_out(services: Services, workspace: WorkspaceId, question: Question) -> Tried:
    """By the matrix in force, with people as Slack knows them; when it does not answer in time, as the matrix has them.

    Raises Refused without a matrix and for what it has no path for, FieldErrors for answers it does not know.
    """
    published = in_force(services, workspace)
    path = _path(published.matrix, question)
    changes = await _changes(services.transactions, workspace, question.at)
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            people = await _looked_up(services, workspace, published.matrix, path, question, changes)
            ladder = dry_run(published, question.kind, question.at, people, question.priority)
            return Tried(ladder, True, await _names(services, workspace, ladder))
    except (DirectoryDown, TimeoutError):
        return Tried(on_paper(published, question, changes), looked_up=False)


async def try_document(
    transactions: Transactions, workspace: WorkspaceId, published: PublishedMatrix, question: Question
) -> Ladder:
    """By any matrix, without Slack: with the workspace's changes of on-call, people as the matrix has them.

    Raises as `try_out` does.
    """
    return on_paper(published, question, await _changes(transactions, workspace, question.at))


def on_paper(published: PublishedMatrix, question: Question, changes: Sequence[OnCallChange] = ()) -> Ladder:
    """By any matrix, without Slack and without a store. Raises as `try_out` does."""
    rotas = {one.key: Roster(one, tuple(changes)) for one in published.matrix.schedules}
    return dry_run(published, question.kind, question.at, People(rotas), question.priority)


def _path(matrix: Matrix, question: Question) -> Path:
    return choose(matrix, complete(matrix, question.kind, question.priority), question.priority).path


async def _changes(
    transactions: Transactions, workspace: WorkspaceId, at: datetime
) -> Sequence[OnCallChange]:
    start, end = _window(at)
    return await transactions.read(lambda store: store.oncall.between(workspace, start, end))


def _window(at: datetime) -> tuple[datetime, datetime]:
    """Whatever may matter: shifts begin before, and the ladder and what it waits for lie ahead."""
    return at - LOOK_AROUND, at + 2 * HORIZON


async def _looked_up(
    services: Services,
    workspace: WorkspaceId,
    matrix: Matrix,
    path: Path,
    question: Question,
    changes: Sequence[OnCallChange],
) -> People:
    rules = matrix.workspace
    named = [*contacts_of(path), rules.escalation_manager, rules.catch_all]
    schedules = _schedules(matrix, named)
    plain = [one for one in named if one.kind is not ContactKind.ONCALL]
    directory = await ask_directory(services, workspace, [*plain, *people_of(schedules, changes)])
    rotas = {one.key: roster(one, changes, directory, *_window(question.at)) for one in schedules}
    return People(rotas, {one: directory.found[one] for one in plain})


def _schedules(matrix: Matrix, named: Sequence[Contact]) -> list[Schedule]:
    keys = dict.fromkeys(one.value for one in named if one.kind is ContactKind.ONCALL)
    return [one for one in (matrix.schedule(key) for key in keys) if one is not None]


async def _names(services: Services, workspace: WorkspaceId, ladder: Ladder) -> Mapping[str, str]:
    """What people are called whom the ladder knows by their id."""
    asked = [*ladder.catch_all.asked, *(one for rung in ladder.rungs for one in rung.asked)]
    ids = {
        one.person.value for one in asked if one.person is not None and one.person.kind is ContactKind.USER
    }
    found = [await services.directory.person(workspace, one) for one in sorted(ids)]
    return {one.id: one.name for one in found if one is not None}
