"""Calendars that people subscribe to: a secret address for somebody's shifts, or for those of a schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import Matrix
from bot.domain.oncall.lookup import HORIZON, LOOK_AROUND
from bot.domain.oncall.model import Schedule
from bot.domain.oncall.pieces import Piece, pieces, title_of
from bot.domain.words import NOTHING, Sentence, say, sentences
from bot.usecases.oncall_commands import FeedCommand
from bot.usecases.oncall_frame import Done, once
from bot.usecases.oncall_known import get_to_know
from bot.usecases.oncall_rosters import find_schedule, load_rosters
from bot.usecases.people_ports import Feed, FeedKind
from bot.usecases.ports import Store
from bot.usecases.rows import Answer
from bot.usecases.services import Services

BEHIND = timedelta(days=14)
"""So much of the past stays in the calendar."""
NO_ADDRESS = say(
    "Calendars need an address that can be reached from outside. Please ask who runs Rung to set RUNG_PUBLIC_URL, "
    "for example to https://rung.example.com."
)


@dataclass(frozen=True, slots=True)
class Given:
    """What to say, and the secret part of the address."""

    sentence: Sentence
    secret: str


@dataclass(frozen=True, slots=True)
class FeedShown:
    """What a calendar lists, by start. `names` are those of the people, by user id; empty in a calendar of one's own.

    `changed_at` (UTC) is the newest change, else the beginning of today: the same calendar all day looks the same.
    """

    title: str
    shifts: tuple[Piece, ...]
    names: dict[str, str]
    changed_at: datetime


async def give(services: Services, command: FeedCommand) -> Given:
    """The address, made when there is none. Raises NotFound, NotAllowed, Refused, DirectoryDown."""
    known = await get_to_know(services, command)
    schedule = find_schedule(known.matrix, command.schedule) if command.schedule else None
    kind = FeedKind.SCHEDULE if schedule else FeedKind.PERSON
    key = schedule.key if schedule else command.user
    if schedule and command.anew:
        known.require_serving([schedule.key])

    def verb(store: Store, now: datetime) -> Done:
        present = store.feeds.of(command.workspace, kind, key)
        if present is None or command.anew:
            store.feeds.put(Feed(command.workspace, kind, key, command.secret, command.user, now))
        return Done(Answer(_said(title_of(schedule) if schedule else "", command), code="feed"))

    answer = await once(services, command, verb)
    feed = await services.transactions.read(lambda store: store.feeds.of(command.workspace, kind, key))
    return Given(answer.sentence, feed.secret if feed else command.secret)


async def read_feed(services: Services, workspace: WorkspaceId, secret: str) -> FeedShown | None:
    """What the calendar with this secret lists now; None when there is none (any more). Raises DirectoryDown."""
    feed = await services.transactions.read(lambda store: store.feeds.by_secret(secret))
    published = services.matrix.current(workspace)
    if feed is None or feed.workspace != workspace or published is None:
        return None
    if feed.kind is FeedKind.PERSON:
        return await _of_person(services, published.matrix, feed)
    return await _of_schedule(services, published.matrix, feed)


async def _of_person(services: Services, matrix: Matrix, feed: Feed) -> FeedShown | None:
    person = await services.directory.person(feed.workspace, feed.key)
    if person is None or person.deactivated:
        return None
    found, changed_at = await _shifts(services, feed, matrix.schedules)
    mine = tuple(one for one in found if one.who == feed.key)
    return FeedShown(f"On call: {person.name}", mine, {}, changed_at)


async def _of_schedule(services: Services, matrix: Matrix, feed: Feed) -> FeedShown | None:
    schedule = matrix.schedule(feed.key)
    if schedule is None:
        return None
    found, changed_at = await _shifts(services, feed, [schedule])
    names = {}
    for user in dict.fromkeys(one.who for one in found):
        person = await services.directory.person(feed.workspace, user)
        names[user] = person.name if person else user
    return FeedShown(f"On call: {title_of(schedule)}", found, names, changed_at)


async def _shifts(
    services: Services, feed: Feed, schedules: Sequence[Schedule]
) -> tuple[tuple[Piece, ...], datetime]:
    """The shifts, and when they last changed. Whole days at both ends: all day the same."""
    now = services.clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rosters = await load_rosters(services, feed.workspace, schedules, now - LOOK_AROUND, now + HORIZON)
    found = [
        one
        for each in rosters
        for one in pieces((each.schedule, each.changes), midnight - BEHIND, midnight + HORIZON)
    ]
    changes = [one.made_at for each in rosters for one in each.changes if one.made_at is not None]
    return tuple(sorted(found, key=lambda one: (one.start, one.schedule))), max([midnight, *changes])


def _said(title: str, command: FeedCommand) -> Sentence:
    whose = f"the shifts of {title}" if title else "your shifts on every schedule"
    again = f"{command.called} feed new {command.schedule}".strip()
    return sentences(
        say("The old address no longer works.") if command.anew else NOTHING,
        say(
            "This calendar has {whose}; subscribe to it by its address. Whoever knows the address can read it. "
            "{again} makes another one, and this one ends.",
            whose=whose,
            again=again,
        ),
    )
