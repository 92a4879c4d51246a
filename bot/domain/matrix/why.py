"""Why an issue has its path and its target: the rule that matched, and by what, for the dry run and ``why``."""

from bot.domain.matrix.match import Chosen
from bot.domain.matrix.model import Match, Matrix
from bot.domain.words import Sentence, listed, say


def why_path(matrix: Matrix, chosen: Chosen) -> Sentence:
    """``Path Customer care takes it: the category is customer and the service is Billing.``"""
    name = chosen.path.name
    if chosen.path.match:
        return say(
            "Path {name} takes it: {facts}.", name=name, facts=_facts(matrix, chosen, chosen.path.match)
        )
    if len(matrix.paths) == 1:
        return say("Path {name} takes every issue.", name=name)
    return say("Path {name} takes what no path above it takes.", name=name)


def why_target(matrix: Matrix, chosen: Chosen) -> Sentence:
    """``Target 1 is for it: the priority is Critical.`` Targets are counted as the document does, from 1."""
    if chosen.target is None:
        return say("No target is for it, so no clock runs.")
    number = matrix.targets.index(chosen.target) + 1
    if chosen.target.match:
        return say(
            "Target {n} is for it: {facts}.", n=number, facts=_facts(matrix, chosen, chosen.target.match)
        )
    if number == 1:
        return say("Target {n} is for every issue.", n=number)
    return say("Target {n} is for what no target above it is for.", n=number)


def _facts(matrix: Matrix, chosen: Chosen, match: Match) -> Sentence:
    return listed(
        [
            say("the {fact} is {value}", fact=fact, value=_title(matrix, fact, chosen.facts[fact]))
            for fact in match
        ]
    )


def _title(matrix: Matrix, fact: str, value: str) -> str:
    """What people read in place of a key."""
    titles = {
        "type": {one.key: one.title for one in matrix.types},
        "service": {one.key: one.title for one in matrix.services},
        "client": {one.key: one.title for one in matrix.clients},
        "priority": {one.key: one.title for one in matrix.priorities},
    }
    return titles.get(fact, {}).get(value, value)
