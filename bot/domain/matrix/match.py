"""Choosing by the facts of an issue: its priority, its path, its target. The first rule that fits wins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.calendar import ALWAYS, Calendar
from bot.domain.errors import FieldErrors, Refused
from bot.domain.matrix.model import (
    IssueType,
    Match,
    Matrix,
    Named,
    Path,
    Priority,
    PublishedMatrix,
    Route,
    TargetRule,
)
from bot.domain.matrix.phrases import quoted
from bot.domain.words import say
from bot.domain.working_time import around


class Deciding(Protocol):
    """The facts of an issue that rules look at; `bot.domain.issue.Facts` has them."""

    @property
    def type(self) -> str: ...
    @property
    def impact(self) -> str: ...
    @property
    def urgency(self) -> str: ...
    @property
    def service(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def channel(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of issue that nobody raised yet: for a dry run. Keys of the matrix; `channel` is ``#name`` or an id."""

    type: str
    impact: str
    urgency: str
    service: str = ""
    client: str = ""
    channel: str = ""


class _Rule(Protocol):
    @property
    def match(self) -> Match: ...


R = TypeVar("R", bound=_Rule)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What this version decides for an issue. `facts` is what `match` could look at, by the names it uses."""

    type: IssueType
    priority: Priority
    path: Path
    target: TargetRule | None
    facts: Mapping[str, str]


def route_for(
    published: PublishedMatrix, facts: Deciding, now: datetime, priority: str = "", path: str = ""
) -> Route:
    """What an issue with these facts takes along from this version; choosing again is the same.

    `priority` is a priority somebody set, in place of the one that impact and urgency give; `path` the name of a path
    somebody chose, in place of the one that fits. Raises FieldErrors naming every answer this version does not know
    (fields ``type impact urgency service client priority``), and Refused when the matrix has no priority or no path for
    them, which a checked matrix never has, or no path of that name.
    """
    matrix = published.matrix
    chosen = choose(matrix, facts, priority)
    if path:
        chosen = replace(chosen, path=path_named(matrix, path))
    return Route(
        published.version,
        chosen.path,
        matrix.workspace,
        chosen.type.title,
        chosen.priority,
        chosen.target,
        _calendars(matrix, chosen, now),
        top_priority=chosen.priority.rank == 0,
        service_title=_title(matrix.services, facts.service),
        client_title=_title(matrix.clients, facts.client),
    )


def choose(matrix: Matrix, facts: Deciding, priority: str = "") -> Chosen:
    """What the rules say, before it becomes a route. Raises as `route_for` does."""
    issue_type = known_type(matrix, facts, priority)
    step = priority_for(matrix, facts.impact, facts.urgency, priority)
    seen = facts_of(issue_type, step.key, facts)
    return Chosen(issue_type, step, path_for(matrix, seen), first_fit(matrix.targets, seen), seen)


def known_type(matrix: Matrix, facts: Deciding, priority: str = "") -> IssueType:
    """The type, once all answers are known to the matrix. Raises FieldErrors otherwise."""
    answers = (
        ("type", facts.type, tuple(one.key for one in matrix.types)),
        ("impact", facts.impact, matrix.impacts),
        ("urgency", facts.urgency, matrix.urgencies),
        ("service", facts.service, ("", *(one.key for one in matrix.services))),
        ("client", facts.client, ("", *(one.key for one in matrix.clients))),
        ("priority", priority, ("", *(one.key for one in matrix.priorities))),
    )
    unknown = {name: _unknown(name, answer, known) for name, answer, known in answers if answer not in known}
    issue_type = matrix.type(facts.type)
    if unknown or issue_type is None:
        raise FieldErrors(unknown)
    return issue_type


def priority_for(matrix: Matrix, impact: str, urgency: str, key: str = "") -> Priority:
    """The priority of this impact and urgency, or the one with `key`. Raises Refused when the matrix has none."""
    priority = matrix.priority(key or matrix.priority_matrix.get((impact, urgency), ""))
    if priority is None:
        raise Refused(
            say(
                "The matrix has no priority for impact {impact} and urgency {urgency}. Ask an admin to add it.",
                impact=impact,
                urgency=urgency,
            )
        )
    return priority


def path_for(matrix: Matrix, facts: Mapping[str, str]) -> Path:
    """The first path that fits. Raises Refused when none does."""
    path = first_fit(matrix.paths, facts)
    if path is None:
        raise Refused("No path of the matrix takes this issue. Ask an admin to add a path without match.")
    return path


def path_named(matrix: Matrix, name: str) -> Path:
    """The path of that name. Raises Refused when there is none."""
    path = next((one for one in matrix.paths if one.name == name), None)
    if path is None:
        raise Refused(say("The matrix has no path {name}.", name=quoted(name)))
    return path


def first_fit(rules: Sequence[R], facts: Mapping[str, str]) -> R | None:
    """The first rule all of whose facts fit."""
    return next((one for one in rules if fits(one.match, facts)), None)


def fits(match: Match, facts: Mapping[str, str]) -> bool:
    """Whether every fact that `match` names has one of the values it accepts."""
    return all(facts.get(name) in accepted for name, accepted in match.items())


def facts_of(issue_type: IssueType, priority_key: str, facts: Deciding) -> dict[str, str]:
    """What `match` may look at, by the names it uses. A channel is ``#name`` or ``#ID``, as the matrix writes it."""
    return {
        "type": issue_type.key,
        "category": issue_type.category,
        "service": facts.service,
        "client": facts.client,
        "priority": priority_key,
        "channel": f"#{facts.channel.removeprefix('#')}" if facts.channel else "",
        "impact": facts.impact,
        "urgency": facts.urgency,
    }


def _calendars(matrix: Matrix, chosen: Chosen, now: datetime) -> dict[str, Calendar]:
    keys = [level.calendar for level in chosen.path.levels]
    keys.append(chosen.target.calendar if chosen.target else None)
    named = dict.fromkeys(key for key in keys if key is not None and key != ALWAYS.key)
    return {key: around(matrix.calendar(key), now) for key in named}


def _title(some: Sequence[Named], key: str) -> str:
    return next((one.title for one in some if one.key == key), "")


def _unknown(name: str, answer: str, known: Iterable[str]) -> str:
    choices = ", ".join(one for one in known if one)
    return f"The matrix has no {name} {quoted(answer)}. " + (
        f"Choose one of: {choices}." if choices else "Leave it out."
    )
