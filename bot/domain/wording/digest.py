"""The daily digest in words: numbers first."""

from collections.abc import Mapping

from bot.domain.words import Sentence, say

NOTHING = "Nothing is open or in work: nobody waits for an answer. Have a good day."
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


def numbers(counts: Mapping[str, int]) -> Sentence:
    """``3 open, 12 in work; of these 2 unanswered, 4 later than promised, 1 waiting.``"""
    if not counts["open"] + counts["work"]:
        return say(NOTHING)
    return say(
        "{open} open, {work} in work. Of these {unanswered} unanswered, {late} later than promised, {waiting} waiting.",
        **counts,
    )
