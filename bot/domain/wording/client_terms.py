"""What a client reads of a path: how their issues are answered, step by step, and what was promised to them.

Pure. Of staff a client reads roles and never names: no contact of the matrix becomes text here. People are
"a colleague", or the level they stand on; groups and channels are "a team", and a schedule is its title. Names of paths
and levels, roles, titles and scopes are shown as the matrix has them, so they are written for clients too.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.domain.calendar import Calendar
from bot.domain.contacts import Contact, ContactKind
from bot.domain.matrix.client_share import Share, share_of
from bot.domain.matrix.diff_words import WEEKDAYS, hours
from bot.domain.matrix.model import IfNobody, Level, Match, Matrix, Named, Path, Promise
from bot.domain.matrix.terms import answer_time, mark
from bot.domain.wording.lengths import length

COLLEAGUE, TEAM, ON_CALL = "a colleague", "a team", "whoever is on call"


@dataclass(frozen=True, slots=True)
class Step:
    """One level. `time` is how long it has, `told` are the roles of those who are told and not asked."""

    number: int
    name: str
    role: str
    time: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Titled:
    """A promise, something covered, or the hours of a calendar: what it is about, and what is said of it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ClientTerms:
    """Everything the page shows of a path. `takes` says for which issues it is; texts are plain and never trusted."""

    path: str
    takes: str
    steps: tuple[Step, ...]
    told: tuple[str, ...]
    ending: tuple[str, ...]
    promises: tuple[Titled, ...] = ()
    covered: tuple[Titled, ...] = ()
    hours: tuple[Titled, ...] = ()

    @property
    def mark(self) -> str:
        """The same terms have the same, other terms another one: what a yes is given to."""
        return mark(json.dumps(asdict(self), ensure_ascii=True))


def client_terms(matrix: Matrix, path: Path, client: str = "") -> ClientTerms:
    """The terms of this path for the client with this key; a key the matrix does not have is any other client."""
    share = share_of(matrix, path, client)
    steps = tuple(_step(matrix, path, number, level) for number, level in enumerate(path.levels, start=1))
    promises = tuple(_promises(matrix, share))
    return ClientTerms(
        path.name,
        _matched(matrix, path.match, otherwise="Everything that no other path takes"),
        steps,
        _roles(matrix, path, path.inform),
        tuple(_ending(matrix, path)),
        promises,
        tuple(_covered(matrix, share, client)),
        tuple(_hours(matrix, path, share)),
    )


def client_title(matrix: Matrix, client: str) -> str:
    """What people call the client with this key; empty when the matrix does not have it."""
    return next((one.title for one in matrix.clients if one.key == client), "")


def _step(matrix: Matrix, path: Path, number: int, level: Level) -> Step:
    time = answer_time(level)
    if level.if_nobody is IfNobody.HOLD:
        time += "; it begins when somebody is on duty"
    return Step(number, level.name, level.role, time, _roles(matrix, path, level.inform))


def _roles(matrix: Matrix, path: Path, contacts: Iterable[Contact]) -> tuple[str, ...]:
    """Each role once, in the order of the matrix."""
    levels = {one: level.name for level in reversed(path.levels) for one in level.contacts}
    return tuple(dict.fromkeys(levels.get(one) or _role(matrix, one) for one in contacts))


def _role(matrix: Matrix, contact: Contact) -> str:
    if contact == matrix.workspace.escalation_manager:
        return "the escalation manager"
    match contact.kind:
        case ContactKind.ONCALL:
            schedule = matrix.schedule(contact.value)
            title = schedule.title if schedule else ""
            return f"{ON_CALL} for {title}" if title else ON_CALL
        case ContactKind.GROUP | ContactKind.CHANNEL:
            return TEAM
    return COLLEAGUE


def _promises(matrix: Matrix, share: Share) -> Iterator[Titled]:
    for index, promise in enumerate(share.promises):
        match = {fact: some for fact, some in promise.match.items() if fact != "client"}
        otherwise = "Everything else" if index else "Everything"
        yield Titled(_matched(matrix, match, otherwise=otherwise), _times(promise))


def _times(promise: Promise) -> str:
    both = (("answered within", promise.answer), ("solved within", promise.solve))
    said = ", ".join(f"{label} {length(span, promise.calendar)}" for label, span in both if span is not None)
    return _first_upper(said)


def _covered(matrix: Matrix, share: Share, client: str) -> Iterator[Titled]:
    """The scope of the client first; then of the services and types whose issues come this way."""
    mine: Sequence[Named] = [one for one in matrix.clients if one.key == client]
    for one in (*mine, *share.services):
        if one.scope:
            yield Titled(one.title, one.scope)
    for kind in share.types:
        if kind.scope:
            yield Titled(kind.title, kind.scope)


def _hours(matrix: Matrix, path: Path, share: Share) -> Iterator[Titled]:
    """Each calendar that a time above counts in, but for those around the clock."""
    named = [level.calendar for level in path.levels] + [one.calendar for one in share.promises]
    for key in dict.fromkeys(one for one in named if one is not None):
        calendar = matrix.calendar(key)
        if not calendar.always:
            yield Titled(key, _week(calendar))


def _week(calendar: Calendar) -> str:
    """``Mon-Thu 09:00-17:30, Fri 09:00-16:00, Sat-Sun closed (Europe/London). Not on days off.``"""
    runs: list[tuple[str, str, str]] = []
    for name, day in zip(WEEKDAYS, calendar.week, strict=True):
        said = hours(day)
        if runs and runs[-1][2] == said:
            runs[-1] = (runs[-1][0], name, said)
        else:
            runs.append((name, name, said))
    days = "; ".join(f"{first if first == last else f'{first}-{last}'} {said}" for first, last, said in runs)
    off = " Public holidays and other days off do not count." if calendar.off or calendar.holidays else ""
    return f"{days} ({calendar.timezone} time).{off}"


def _ending(matrix: Matrix, path: Path) -> Iterator[str]:
    if path.repeat:
        more = "once more" if path.repeat == 1 else f"{path.repeat} more times"
        yield f"If nobody has answered at the last step, all steps are gone through {more}."
    nag = length(matrix.workspace.nag_every)
    yield (
        "If still nobody has answered, the escalation manager and a team for such cases are asked "
        f"every {nag} until somebody takes it."
    )
    yield (
        f"What is solved is closed {length(path.close_after)} later, unless whoever asked for it says "
        "that it is not solved."
    )


def _matched(matrix: Matrix, match: Match, *, otherwise: str) -> str:
    """``Category: customer; service: Billing, Repairs``: a match in the titles of the matrix."""
    titles = _titles(matrix)
    parts = [
        f"{fact}: {', '.join(titles.get((fact, one), one) for one in some)}"
        for fact, some in match.items()
        if fact != "channel"
    ]
    if "channel" in match:
        parts.append("raised in certain channels")
    said = "; ".join(parts)
    return _first_upper(said) or otherwise


def _first_upper(said: str) -> str:
    return said[:1].upper() + said[1:]


def _titles(matrix: Matrix) -> Mapping[tuple[str, str], str]:
    named = (("type", matrix.types), ("service", matrix.services), ("client", matrix.clients))
    found = {(fact, one.key): one.title for fact, some in named for one in some}
    return found | {("priority", one.key): one.title for one in matrix.priorities}
