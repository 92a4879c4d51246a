"""Lists of issues by what somebody writes after "list": what they ask for, as far as they may see it, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.contacts import parse_contact
from bot.domain.errors import FieldErrors, Refused
from bot.domain.filters import Filter, Standing, parse
from bot.domain.found_words import words_of
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import ALL, IN_WORK, State
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.phrases import suggest
from bot.domain.notices import CARD_KEY
from bot.domain.span import Span
from bot.domain.words import say
from bot.usecases.colleagues import colleague
from bot.usecases.finding_ports import Reader
from bot.usecases.ports import Store
from bot.usecases.rows import IssueFilter, MessageRef, Order, Viewer
from bot.usecases.services import Services
from bot.usecases.viewers import onlooker

PAGE = 15
MOST_FOUND = 1000
"""So many of the newest issues with the words that were written are looked through."""
_STATES: Mapping[Standing, tuple[State, ...]] = {
    Standing.OPEN: (State.OPEN,),
    Standing.WORK: (State.ACKNOWLEDGED,),
    Standing.RESOLVED: (State.RESOLVED,),
    Standing.CLOSED: (State.CLOSED,),
    Standing.SENT_BACK: (State.SENT_BACK,),
    Standing.WITHDRAWN: (State.WITHDRAWN,),
    Standing.MERGED: (State.MERGED,),
    Standing.ALL: ALL,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of what was asked for. `start` counts from 0; `cards` are messages that show these issues, by number.

    `known` False = Slack could not say who asks, so only what they take part in is shown."""

    asked: Filter
    issues: tuple[Issue, ...]
    total: int
    start: int = 0
    cards: Mapping[int, MessageRef] | None = None
    known: bool = True


async def list_issues(
    services: Services, workspace: WorkspaceId, user: str, text: str, start: int = 0
) -> Listing:
    """The page that begins at `start`, or the last one there is. Raises Refused with a sentence, and DirectoryDown."""
    asked = parse(text)
    who = await onlooker(services, workspace, user)
    which = await criteria(services, workspace, asked, who.viewer)

    def unit(store: Store) -> Listing:
        wanted = _with_words(store, workspace, asked, which, who.viewer)
        total = store.issues.count(workspace, wanted)
        begin = max(0, min(start, (total - 1) // PAGE * PAGE))
        found = store.issues.find(workspace, replace(wanted, limit=PAGE, offset=begin))
        return Listing(asked, tuple(found), total, begin, cards_of(store, found), who.known)

    return await services.transactions.read(unit)


async def criteria(services: Services, workspace: WorkspaceId, asked: Filter, viewer: Viewer) -> IssueFilter:
    """The same by keys, ids and instants. Raises Refused for names that nobody and nothing here has."""
    published = services.matrix.current(workspace)
    kinds: dict[str, Any] = _kinds(published.matrix, asked) if published is not None else {}
    standing: dict[str, Any] = _standing(asked)
    people: dict[str, Any] = {
        field: await _person(services, workspace, viewer.user, getattr(asked, field))
        for field in ("owner", "raiser", "requester")
    }
    watcher = await _person(services, workspace, viewer.user, asked.watching)
    now = services.clock.now()
    somebody_else = {people["raiser"], people["requester"], watcher} - {None, viewer.user}
    return IssueFilter(
        **standing,
        **kinds,
        **people,
        signed=bool(somebody_else) and not viewer.sees_all,
        watcher=watcher,
        raised_until=_ago(now, asked, "older"),
        raised_from=_ago(now, asked, "newer"),
        late=asked.late,
        private=asked.private,
        viewer=replace(viewer, own_only=viewer.own_only or asked.mine),
        order=_order(asked),
    )


def cards_of(store: Store, issues: Sequence[Issue]) -> Mapping[int, MessageRef]:
    """Where the cards of these issues are, by number."""
    found = (store.messages.get(IssueRef(one.ref.workspace, one.number), CARD_KEY) for one in issues)
    return {card.issue: card for card in found if card is not None}


def _standing(asked: Filter) -> dict[str, object]:
    if not asked.states:
        return {"states": IN_WORK}
    states = dict.fromkeys(state for standing in asked.states for state in _STATES.get(standing, ()))
    return {
        "states": tuple(states),
        "unanswered": Standing.UNANSWERED in asked.states,
        "ownerless": Standing.OWNERLESS in asked.states,
        "waiting": Standing.WAITING in asked.states,
    }


def _order(asked: Filter) -> Order:
    """What needs somebody: the most urgent first. What is over, or all there ever was: the newest first."""
    over = any(set(_STATES.get(one, ())) - {*IN_WORK, State.RESOLVED} for one in asked.states)
    return Order.NEWEST if over else Order.URGENT


def _kinds(matrix: Matrix, asked: Filter) -> dict[str, tuple[str, ...]]:
    """The keys of what is named by key or by title."""
    known: Mapping[str, Sequence[tuple[str, str]]] = {
        "priorities": [(one.key, one.title) for one in matrix.priorities],
        "types": [(one.key, one.title) for one in matrix.types],
        "services": [(one.key, one.title) for one in matrix.services],
        "clients": [(one.key, one.title) for one in matrix.clients],
        "paths": [(one.name, one.name) for one in matrix.paths],
    }
    return {
        field: tuple(_key(name, _ONE[field], there) for name in getattr(asked, field))
        for field, there in known.items()
    }


_ONE = {
    "priorities": "priority",
    "types": "type",
    "services": "service",
    "clients": "client",
    "paths": "path",
}


def _key(name: str, what: str, known: Sequence[tuple[str, str]]) -> str:
    wanted = name.casefold()
    for key, title in known:
        if wanted in (key.casefold(), title.casefold()):
            return key
    choice = tuple(dict.fromkeys(key for key, _ in known))
    raise Refused(say("There is no {what} {name}. {hint}", what=what, name=name, hint=suggest(name, choice)))


async def _person(services: Services, workspace: WorkspaceId, me: str, named: str) -> str | None:
    if not named or named == "me":
        return me if named else None
    contact = parse_contact(named) or parse_contact(f"@{named}")
    try:
        if contact is None:
            raise FieldErrors({"person": f"{named} is nobody in this Slack. Please write @maya or me."})
        return (await colleague(services, workspace, contact, "person")).id
    except FieldErrors as unknown:
        raise Refused(unknown.sentence) from unknown


def _ago(now: datetime, asked: Filter, name: str) -> datetime | None:
    length: Span | None = getattr(asked, name)
    if length is None:
        return None
    try:
        return now - length.clock
    except OverflowError:  # longer ago than there are years
        return datetime.min.replace(tzinfo=now.tzinfo)


def _with_words(
    store: Store, workspace: WorkspaceId, asked: Filter, which: IssueFilter, viewer: Viewer
) -> IssueFilter:
    if not asked.words:
        return which
    reader = Reader(viewer.user, viewer.sees_all)
    numbers = store.search.find(workspace, words_of(" ".join(asked.words)), reader, MOST_FOUND)
    return replace(which, numbers=tuple(numbers))
