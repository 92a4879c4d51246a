"""Choosing the path of an issue: the first path whose match fits wins; a path without match takes the rest."""

from collections.abc import Iterable

from bot.domain.errors import FieldErrors, Refused
from bot.domain.matrix.model import IssueType, Matrix, Path, Priority, PublishedMatrix, Route
from bot.domain.matrix.phrases import quoted
from bot.domain.words import say


def route_for(published: PublishedMatrix, facts_type: str, impact: str, urgency: str) -> Route:
    """What an issue with these facts takes along from this version.

    Raises FieldErrors (fields ``type``, ``impact``, ``urgency``) naming every answer this version does not know, and
    Refused when the matrix has no priority or no path for them, which a checked matrix never has.
    """
    matrix = published.matrix
    issue_type = known_type(matrix, facts_type, impact, urgency)
    priority = priority_for(matrix, impact, urgency)
    path = path_for(matrix, issue_type, priority, impact, urgency)
    return Route(published.version, path, matrix.workspace, issue_type.title, priority)


def known_type(matrix: Matrix, type_key: str, impact: str, urgency: str) -> IssueType:
    """The type, once all three answers are known to the matrix. Raises FieldErrors otherwise."""
    answers = (
        ("type", type_key, tuple(one.key for one in matrix.types)),
        ("impact", impact, matrix.impacts),
        ("urgency", urgency, matrix.urgencies),
    )
    unknown = {name: _unknown(name, answer, known) for name, answer, known in answers if answer not in known}
    issue_type = matrix.type(type_key)
    if unknown or issue_type is None:
        raise FieldErrors(unknown)
    return issue_type


def priority_for(matrix: Matrix, impact: str, urgency: str) -> Priority:
    """The priority of this impact and urgency. Raises Refused when the matrix has none."""
    priority = matrix.priority(matrix.priority_matrix.get((impact, urgency), ""))
    if priority is None:
        raise Refused(
            say(
                "The matrix has no priority for impact {impact} and urgency {urgency}. Ask an admin to add it.",
                impact=impact,
                urgency=urgency,
            )
        )
    return priority


def path_for(matrix: Matrix, issue_type: IssueType, priority: Priority, impact: str, urgency: str) -> Path:
    """The first path that fits. Raises Refused when none does."""
    facts = facts_of(issue_type, priority.key, impact, urgency)
    for path in matrix.paths:
        if all(facts.get(name) in accepted for name, accepted in path.match.items()):
            return path
    raise Refused("No path of the matrix takes this issue. Ask an admin to add a path without match.")


def facts_of(issue_type: IssueType, priority_key: str, impact: str, urgency: str) -> dict[str, str]:
    """What a path may match on, by the names `match` uses."""
    return {
        "type": issue_type.key,
        "category": issue_type.category,
        "priority": priority_key,
        "impact": impact,
        "urgency": urgency,
    }


def _unknown(name: str, answer: str, known: Iterable[str]) -> str:
    return f"The matrix has no {name} {quoted(answer)}. Choose one of: {', '.join(known)}."
