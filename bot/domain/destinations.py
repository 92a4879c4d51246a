"""Whom somebody names when they escalate by hand: a team, a level, or somebody of a level; in a list or in words."""

import re
from dataclasses import dataclass

from bot.domain.bypassing import above_the_next
from bot.domain.contacts import ContactKind
from bot.domain.escalation import next_step
from bot.domain.functional import home_path, teams
from bot.domain.issue import Issue
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.wording import names


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an escalation by hand goes: to the team of this path, to this level, or to the next one (neither is set).

    `name` is how people call it; `back` = it is the path the issue would be on by its facts."""

    name: str
    team: str = ""
    level: int = 0
    back: bool = False


@dataclass(frozen=True, slots=True)
class Destinations:
    """Everything that can be chosen now: the next level (None at the end of the ladder), those above it, and teams."""

    following: Destination | None
    levels: tuple[Destination, ...] = ()
    teams: tuple[Destination, ...] = ()

    @property
    def all(self) -> tuple[Destination, ...]:
        """In the order in which they are offered."""
        return (*([self.following] if self.following else []), *self.teams, *self.levels)


def destinations(issue: Issue, published: PublishedMatrix | None) -> Destinations:
    """What this issue may be escalated to now; without its matrix version no team is known."""
    upcoming = names.next_step_name(issue)
    following = Destination(upcoming) if upcoming else None
    levels = tuple(Destination(issue.route.levels[n - 1].name, level=n) for n in above_the_next(issue))
    if published is None:
        return Destinations(following, levels)
    home = home_path(issue, published)
    found = teams(issue, published)
    return Destinations(
        following,
        levels,
        tuple(Destination(one.name, team=one.name, back=one.name == home) for one in found),
    )


def named(issue: Issue, known: Destinations, words: str) -> tuple[Destination, str] | None:
    """Which destination these words begin with, and the words after it; None when they begin with none.

    A level is named by its name, its number (``level 3``) or somebody of it (``@omar``); capitals do not matter, and a
    dash is as good as a blank.
    """
    hits = [
        (end, one)
        for one in _nameable(issue, known)
        for name in _names(issue, one)
        if (end := _at(name, words))
    ]
    if not hits:
        return None
    end, one = max(hits, key=lambda hit: hit[0])
    return one, words[end:].lstrip(" \t:,;.-")


def _nameable(issue: Issue, known: Destinations) -> list[Destination]:
    """Levels that cannot be chosen are named too: the answer then says why."""
    step = next_step(issue)
    listed = {one.level for one in known.levels} | ({step.level} if step and known.following else set())
    rest = [
        Destination(level.name, level=number)
        for number, level in enumerate(issue.route.levels, 1)
        if number not in listed
    ]
    return [*known.all, *rest]


def _names(issue: Issue, one: Destination) -> list[str]:
    if one.team:
        return [one.team]
    step = next_step(issue)
    number = one.level or (step.level if step and one.name != names.CATCH_ALL_NAME else 0)
    if not number:
        return [one.name]
    people = [
        str(contact)
        for contact in issue.route.levels[number - 1].contacts
        if contact.kind is not ContactKind.ONCALL
    ]
    return [one.name, f"level {number}", *people]


def _at(name: str, words: str) -> int:
    """Where the name ends that the words begin with; 0 when they do not."""
    parts = [re.escape(part) for part in re.split(r"[-_\s]+", name) if part]
    found = re.match(r"[-_\s]+".join(parts) + r"(?=$|[\s:,;.])", words, re.IGNORECASE)
    return found.end() if found and parts else 0
