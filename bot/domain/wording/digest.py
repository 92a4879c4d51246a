"""The daily digest in words: numbers first."""

from collections.abc import Iterator, Mapping

from bot.domain.words import Sentence, say

NOTHING = "Nothing is open or in work: nobody waits for an answer. Have a good day."
ONLY_DECISIONS = "Nothing is open or in work."
TITLES: Mapping[str, str] = {
    "unanswered": "Unanswered",
    "late": "Later than promised",
    "ownerless": "Escalated, and nobody has it yet",
    "waiting": "Waiting for somebody or something",
}
"""What is listed, by the name of its list, in this order."""
FILTERS: Mapping[str, str] = {
    "unanswered": "state:unanswered",
    "late": "late",
    "ownerless": "state:ownerless",
    "waiting": "state:waiting",
}
"""How people ask for the whole list."""


DECISIONS: Mapping[str, tuple[str, str]] = {
    "bypass": ("A wish to skip a level waits", "{many} wishes to skip a level wait"),
    "appeal": ("An appeal waits", "{many} appeals wait"),
}
"""What waits for the escalation manager's word: one, and many of them."""


def decisions(counts: Mapping[str, int]) -> Iterator[Sentence]:
    """``2 appeals wait for your decision, in the Home tab of Rung.``: a line for each kind of which there is one."""
    for name, (one, more) in DECISIONS.items():
        many = counts.get(name, 0)
        if many:
            said = say(one if many == 1 else more, many=many)
            yield said + say(" for a decision of the escalation manager, in the Home tab of Rung.")


def numbers(counts: Mapping[str, int]) -> Sentence:
    """``3 open, 12 in work; of these 2 unanswered, 4 later than promised, 1 waiting.``"""
    if not counts["open"] + counts["work"]:
        return say(ONLY_DECISIONS if any(decisions(counts)) else NOTHING)
    return say(
        "{open} open, {work} in work. Of these {unanswered} unanswered, {late} later than promised, {waiting} waiting.",
        **counts,
    )
