"""Intake: from what was typed to facts, with a sentence for every field that needs another look."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.errors import FieldErrors
from bot.domain.issue import Facts
from bot.domain.matrix.model import Matrix
from bot.domain.text import clean_line, clean_text

REQUIRED = {
    "title": "Please give it a short title.",
    "happened": "Please write what happened.",
    "type": "Please choose what kind of issue it is.",
    "impact": "Please choose how much it affects.",
    "urgency": "Please choose how soon it is needed.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each optional text may be, in code points."""

    line: int = 200
    text: int = 1000


def facts_from(fields: Mapping[str, str], matrix: Matrix, source_link: str = "", channel: str = "") -> Facts:
    """The facts of an issue raised in `channel`, ``#name`` or an id.

    Raises FieldErrors naming every field that is missing or unknown to this matrix.
    """
    limits = Limits()
    facts = Facts(
        title=clean_line(fields.get("title", "")),
        happened=clean_text(fields.get("happened", "")),
        type=fields.get("type", ""),
        impact=fields.get("impact", ""),
        urgency=fields.get("urgency", ""),
        service=fields.get("service", ""),
        client=fields.get("client", ""),
        since=clean_line(fields.get("since", ""), limits.line),
        affected=clean_line(fields.get("affected", ""), limits.line),
        evidence=clean_line(fields.get("evidence", ""), limits.line * 2),
        reference=clean_line(fields.get("reference", ""), limits.line),
        tried=clean_text(fields.get("tried", ""), limits.text),
        needed=clean_text(fields.get("needed", ""), limits.text),
        source_link=clean_line(source_link, limits.line * 2),
        channel=channel,
    )
    problems = {name: why for name, why in REQUIRED.items() if not getattr(facts, name)}
    known = {
        "type": {one.key for one in matrix.types},
        "impact": set(matrix.impacts),
        "urgency": set(matrix.urgencies),
        "service": {"", *(one.key for one in matrix.services)},
        "client": {"", *(one.key for one in matrix.clients)},
    }
    for name, values in known.items():
        if name not in problems and getattr(facts, name) not in values:
            problems[name] = "The matrix was changed meanwhile and this choice is gone. Please choose again."
    if problems:
        raise FieldErrors(problems)
    return facts
