"""What does not get forgotten about the matrix: questions nobody answered, and paths that are due for review."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain.contacts import Contact
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import Matrix, Path
from bot.domain.notices import place
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.words import Sentence, say
from bot.usecases.agree_matrix import owner_of
from bot.usecases.agreement_notices import REMINDERS, by_message, reminder, unanswered
from bot.usecases.people_ports import Agreement, Consent
from bot.usecases.ports import Store
from bot.usecases.services import Services

STEPS = (timedelta(days=2), timedelta(days=5), timedelta(days=7))
"""After these without an answer: a reminder, another one, then the path owner is told."""
AHEAD = timedelta(days=14)
WORK_BEGINS = 9
"""The local hour of the workspace from which owners are reminded of a review."""


async def remind_agreements(services: Services, workspace: WorkspaceId) -> int:
    """Remind who has not answered, then tell who keeps the path, once. Returns how many messages go out."""
    now = services.clock.now()

    def unit(store: Store) -> int:
        rows = store.agreements.of(workspace)
        late = [one for one in rows if one.consent is Consent.ASKED and _step(one, now) > one.reminders]
        moved = [replace(one, reminders=_step(one, now)) for one in late]
        store.agreements.put(workspace, moved)
        owners = {one.path: owner_of(services, workspace, one.path) for one in moved}
        notices = [*_reminders(moved, rows), *_told(moved, owners)]
        store.outbox.put(workspace, None, notices, now)
        return len(notices)

    sent = await services.transactions.run(unit)
    if sent:
        services.bell.ring()
    return sent


async def review_reminders(services: Services, workspace: WorkspaceId) -> int:
    """Remind owners of their path's `review_by`: two weeks ahead, on the day, and each week after. Their keys make
    each go out once. Returns how many reminders are due now, sent before or not."""
    published = services.matrix.current(workspace)
    now = services.clock.now()
    if published is None:
        return 0
    local = now.astimezone(ZoneInfo(published.matrix.workspace.timezone))
    if local.hour < WORK_BEGINS:
        return 0
    notices = list(_reviews(published.matrix, local.date()))
    if notices:
        await services.transactions.run(lambda store: store.outbox.put(workspace, None, notices, now))
        services.bell.ring()
    return len(notices)


def _step(one: Agreement, now: datetime) -> int:
    return sum(now - one.asked_at >= step for step in STEPS)


def _reminders(moved: Sequence[Agreement], rows: Sequence[Agreement]) -> Iterator[Notice]:
    """One copy of the question for each person, whatever was missed while nothing ran."""
    whole = dict(by_message(rows))
    for key, some in by_message(moved):
        number = max(one.reminders for one in some)
        if number <= REMINDERS:
            yield reminder(key, whole[key], number)


def _told(moved: Sequence[Agreement], owners: Mapping[str, Contact | None]) -> Iterator[Notice]:
    silent = [one for one in moved if one.reminders > REMINDERS]
    for path, some in groupby(silent, key=lambda one: one.path):
        owner = owners[path]
        if owner is not None:
            yield unanswered(path, list(some), owner)


def _reviews(matrix: Matrix, today: date) -> Iterator[Notice]:
    for path in matrix.paths:
        if path.review_by is not None and (turn := _turn(path.review_by, today)) is not None:
            owner = path.owner or matrix.workspace.escalation_manager
            key = f"review:{path.review_by.isoformat()}:{turn}:{path.name}"
            sentence = _review(path, path.review_by, today)
            args = {"sentence": sentence.dump()}
            yield Notice(NoticeKind.PATH_OWNER, key, place(owner), key, Rank.REQUESTER, args=args)


def _turn(review_by: date, today: date) -> int | None:
    """-1 in the two weeks ahead, 0 from the day on, 1 a week later, and so on; None before all that."""
    if today < review_by - AHEAD:
        return None
    return (today - review_by).days // 7 if today >= review_by else -1


def _review(path: Path, review_by: date, today: date) -> Sentence:
    when = f"{review_by.day} {review_by:%B %Y}"
    if today < review_by:
        template = "The path {path} is due for review by {when}. "
    elif today == review_by:
        template = "The path {path} is due for review today, {when}. "
    else:
        template = "The path {path} was due for review by {when}. "
    ask = "Please check its people and times, then publish it with a new review date."
    return say(template + ask, path=path.name, when=when)
