"""What there is to say before an issue is stored: one registry, from which one page is made.

Some findings are a reason to look at the page at all (`asks`); the others stand beside them, so that nobody is stopped
by what they know. Pure: whoever asks looked up what is needed, and left out what was slow.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.dry_run import Ladder
from bot.domain.issue import Facts, Issue
from bot.domain.matrix.model import Matrix
from bot.domain.promised import inside
from bot.domain.wording import findings as wording
from bot.domain.words import Sentence

OFTEN = timedelta(days=7)
OFTEN_FROM = 3
"""The third within so long is worth a word."""


class FindingKind(StrEnum):
    """What it is about. The values are written into the timeline, to be counted."""

    WHEN = "when"  # what the matrix says about raising such issues
    PROMISE = "promise"  # the promise on the original request still holds
    SEEN = "seen"  # open issues that look the same
    OFTEN = "often"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked up. `told` = the form showed already what the matrix says; `count` are those of this type and
    service within `OFTEN`; `ladder` is None when it could not be looked up in time."""

    matrix: Matrix
    facts: Facts
    now: datetime
    told: bool = False
    alike: Sequence[Issue] = ()
    count: int = 0
    ladder: Ladder | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the page: sentences, and the issue that could be joined instead."""

    kind: FindingKind
    lines: tuple[Sentence, ...]
    issue: Issue | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the registry. `asks` = worth stopping for; `needs_reason` = going on takes one."""

    kind: FindingKind
    find: Callable[[Found], Sequence[Finding]]
    asks: bool = False
    needs_reason: bool = False


def told_about(matrix: Matrix, type_key: str, service: str, client: str) -> tuple[wording.Told, ...]:
    """What the matrix says about such issues, label by label: when to raise one, what to try first, what is covered."""
    kind = matrix.type(type_key)
    texts = [] if kind is None else wording.of_type(kind)
    for key, some in ((service, matrix.services), (client, matrix.clients)):
        texts += [wording.Told(one.title, one.scope) for one in some if one.key == key and one.scope]
    return tuple(texts)


def look(found: Found) -> tuple[Finding, ...]:
    """Everything there is to say, in the order of the registry; nothing when nothing of it asks."""
    some = tuple(finding for rule in RULES for finding in rule.find(found))
    return some if asking(some) else ()


def asking(some: Sequence[Finding]) -> bool:
    """Whether any of these is worth stopping for."""
    return any(_RULE_OF[one.kind].asks for one in some)


def needs_reason(some: Sequence[Finding]) -> bool:
    """Whether going on takes a reason."""
    return any(_RULE_OF[one.kind].needs_reason for one in some)


def _when(found: Found) -> Sequence[Finding]:
    facts = found.facts
    texts = () if found.told else told_about(found.matrix, facts.type, facts.service, facts.client)
    return [Finding(FindingKind.WHEN, tuple(map(wording.told_line, texts)))] if texts else []


def _promise(found: Found) -> Sequence[Finding]:
    holds = inside(found.matrix, found.facts, found.now)
    if holds is None:
        return []
    return [Finding(FindingKind.PROMISE, (wording.still_promised(found.matrix, found.facts.client, holds),))]


def _seen(found: Found) -> Sequence[Finding]:
    return [Finding(FindingKind.SEEN, (wording.seen(one),), one) for one in found.alike]


def _often(found: Found) -> Sequence[Finding]:
    number, facts = found.count + 1, found.facts
    kind = found.matrix.type(facts.type)
    if number < OFTEN_FROM or kind is None:
        return []
    about = next((one.title for one in found.matrix.services if one.key == facts.service), "")
    return [Finding(FindingKind.OFTEN, (wording.often(kind.title, about, number),))]


def _who(found: Found) -> Sequence[Finding]:
    return [Finding(FindingKind.WHO, wording.who_is_asked(found.ladder))] if found.ladder else []


RULES: tuple[Rule, ...] = (
    Rule(FindingKind.PROMISE, _promise, asks=True, needs_reason=True),
    Rule(FindingKind.SEEN, _seen, asks=True),
    Rule(FindingKind.WHEN, _when, asks=True),
    Rule(FindingKind.OFTEN, _often),
    Rule(FindingKind.WHO, _who),
)
"""In the order of the page."""
_RULE_OF = {rule.kind: rule for rule in RULES}
