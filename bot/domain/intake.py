"""Intake: from what was typed to facts, with a sentence for every field that needs another look."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import FieldErrors, Refused
from bot.domain.issue import Facts
from bot.domain.matrix.model import IssueType, Matrix
from bot.domain.promised import read_promised
from bot.domain.text import clean_line, clean_text

REQUIRED = {
    "title": "Please give it a short title.",
    "happened": "Please write what happened.",
    "type": "Please choose what kind of issue it is.",
    "impact": "Please choose how much it affects.",
    "urgency": "Please choose how soon it is needed.",
}
ASKED_BY_TYPES = {
    "since": "since when it is so",
    "affected": "who and what is affected",
    "service": "which service it is about",
    "client": "which client it is about",
    "evidence": "a link to what shows it",
    "reference": "the reference: a ticket, order or contract number",
    "promised_by": "by when it was promised",
    "tried": "what was tried",
    "needed": "which decision or help is needed",
}
"""What completes "Please say ..." for the facts that a type may require."""
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters that show nothing
YES = "yes"
"""What a ticked box says."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each optional text may be, in code points: as long as the fields of the form, so that nothing is cut."""

    line: int = 500
    text: int = 1000


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when something was typed: the channel (``#name`` or an id), the message it came from, the present
    (UTC), and the time zone of who typed it, in which times without one are read."""

    now: datetime
    zone: str = "UTC"
    channel: str = ""
    source_link: str = ""


def facts_from(fields: Mapping[str, str], matrix: Matrix, setting: Setting) -> Facts:
    """The facts of an issue, cleaned.

    Raises FieldErrors naming every field that is missing, cannot be read, or is unknown to this matrix.
    """
    problems: dict[str, str] = {}
    facts = _typed(fields, setting, _promised_by(fields, setting, problems))
    problems |= {name: why for name, why in REQUIRED.items() if not getattr(facts, name)}
    if facts.title and not _has_words(facts.title):
        problems["title"] = "Please give it a title in words, so that whoever is asked can read it out."
    problems |= {name: why for name, why in _unknown(facts, matrix).items() if name not in problems}
    problems = _of_type(matrix.type(facts.type), facts) | problems | _about_people(fields, facts)
    if facts.priority and not facts.priority_reason:
        problems["priority_reason"] = "Please say why it has another priority than impact and urgency give."
    if problems:
        raise FieldErrors(problems)
    return facts


def _typed(fields: Mapping[str, str], setting: Setting, promised_by: datetime | None) -> Facts:
    limits = Limits()
    return Facts(
        title=clean_line(fields.get("title", "")),
        happened=clean_text(fields.get("happened", "")),
        type=fields.get("type", ""),
        impact=fields.get("impact", ""),
        urgency=fields.get("urgency", ""),
        service=fields.get("service", ""),
        client=fields.get("client", ""),
        since=clean_line(fields.get("since", ""), limits.line),
        affected=clean_line(fields.get("affected", ""), limits.text),
        evidence=clean_line(fields.get("evidence", ""), limits.line),
        reference=clean_line(fields.get("reference", ""), limits.line),
        tried=clean_text(fields.get("tried", ""), limits.text),
        needed=clean_text(fields.get("needed", ""), limits.text),
        source_link=clean_line(setting.source_link, limits.line),
        channel=setting.channel,
        priority=fields.get("priority", ""),
        priority_reason=clean_line(fields.get("priority_reason", ""), limits.line),
        promised_by=promised_by,
        raised_because=clean_line(fields.get("raised_because", ""), limits.line),
        requester_name=clean_line(fields.get("requester_name", ""), limits.line),
        nameless=fields.get("nameless") == YES,
    )


def _promised_by(fields: Mapping[str, str], setting: Setting, problems: dict[str, str]) -> datetime | None:
    typed = fields.get("promised_by", "").strip()
    try:
        return read_promised(typed, setting.now, setting.zone) if typed else None
    except Refused as refused:
        problems["promised_by"] = refused.sentence.plain()
        return None


def _unknown(facts: Facts, matrix: Matrix) -> dict[str, str]:
    known = {
        "type": {one.key for one in matrix.types},
        "impact": set(matrix.impacts),
        "urgency": set(matrix.urgencies),
        "service": {"", *(one.key for one in matrix.services)},
        "client": {"", *(one.key for one in matrix.clients)},
        "priority": {"", *(one.key for one in matrix.priorities)},
    }
    gone = "The matrix was changed meanwhile and this choice is gone. Please choose again."
    return {name: gone for name, values in known.items() if getattr(facts, name) not in values}


def _of_type(issue_type: IssueType | None, facts: Facts) -> dict[str, str]:
    """What this type cannot do without."""
    if issue_type is None:
        return {}
    missing = (name for name in issue_type.requires if not getattr(facts, name))
    return {
        name: f"Please say {ASKED_BY_TYPES[name]}. {issue_type.title} cannot be raised without it."
        for name in missing
    }


def _about_people(fields: Mapping[str, str], facts: Facts) -> dict[str, str]:
    chosen = fields.get("requester", "")
    if facts.requester_name and chosen and chosen != fields.get("raiser", ""):
        return {"requester_name": "Please choose the requester above or write their name here, not both."}
    return {}


def _has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it, of any script."""
    return any(unicodedata.category(char)[0] in "LN" and char not in _FILLERS for char in text)
