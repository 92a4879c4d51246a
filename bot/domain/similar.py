"""Which open issues are probably the same: by the words they share, and by what they are about."""

from collections.abc import Sequence

from bot.domain.found_words import words_of, words_of_issue
from bot.domain.issue import Facts, Issue

MOST_SHOWN = 3
LIKE = 0.75
"""From here on it is worth a look: half of the words of the title, and two facts that are the same."""

_SHARED_FACT = {"client": 0.2, "service": 0.15, "type": 0.1}
"""The same client weighs more than the same type: there are more of them."""
_SAY_NOTHING = frozenset(
    words_of(
        "a about after again all also an and any are as at be been but by can cannot could did do does "
        "for from has have how i if in is it its me my no not of off on or our so some than that the "
        "their there they this to too us was we were what when where which who why will with you your "
        "still since der die das und ist nicht den im mit le la les et est pas des un une el los es en "
        "una"
    )
)


def search_words(facts: Facts) -> tuple[str, ...]:
    """What to look for: the words of the title that say something, longest first, and those of the reference."""
    telling = sorted(_telling(facts.title), key=len, reverse=True)[:12]
    return (*telling, *(word for word in words_of(facts.reference)[:3] if word not in telling))


def alike(facts: Facts, others: Sequence[Issue]) -> tuple[Issue, ...]:
    """Those that are like it, the most alike first; of equals the newest."""
    scored = [(likeness(facts, one), one) for one in others]
    found = sorted((pair for pair in scored if pair[0] >= LIKE), key=lambda pair: (-pair[0], -pair[1].number))
    return tuple(one for _, one in found[:MOST_SHOWN])


def likeness(facts: Facts, other: Issue) -> float:
    """The part of the title's words that the other one has too, and something for each fact that is the same.

    The same reference (a ticket, an order) is enough by itself."""
    mine, theirs = words_of(facts.reference), words_of(other.facts.reference)
    if mine and mine == theirs:
        return 2.0
    telling = _telling(facts.title)
    if not telling:
        return 0.0
    shared = len(telling.intersection(words_of_issue(other))) / len(telling)
    facts_shared = sum(
        weight
        for name, weight in _SHARED_FACT.items()
        if getattr(facts, name) and getattr(facts, name) == getattr(other.facts, name)
    )
    return shared + facts_shared if shared else 0.0


def _telling(title: str) -> frozenset[str]:
    words = words_of(title)
    return frozenset(word for word in words if word not in _SAY_NOTHING) or frozenset(words)
