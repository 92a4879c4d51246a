"""The words by which issues are found. They are cut here and nowhere else, so that every database finds the same."""

import unicodedata
from collections.abc import Iterator

from bot.domain.issue import Issue

LONGEST_WORD = 40
"""Longer ones are cut: what somebody types is cut likewise, and still finds them."""
MOST_WORDS = 2000
"""So many words of one issue are remembered; its longest texts together have fewer."""

_NO_BLANKS = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3FFFF))
"""Kana and ideographs, which are written without blanks: each is a word of its own."""


def words_of(text: str) -> tuple[str, ...]:
    """Letters and digits in lower case and without accents, each word once, in the order they come.

    Whatever is typed (quotes, operators, emoji) leaves only such words, or none."""
    folded = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in _cut(folded)))[:MOST_WORDS]


def words_of_issue(issue: Issue) -> tuple[str, ...]:
    """What an issue is found by: its title, what happened, whom and what it is about, and how it was solved."""
    facts, route = issue.facts, issue.route
    about = facts.reference, facts.affected, route.service_title, route.client_title
    return words_of("\n".join((facts.title, facts.happened, *about, issue.resolution)))


def _cut(text: str) -> Iterator[str]:
    word: list[str] = []
    for char in text:
        kind = unicodedata.category(char)[0]
        if kind == "M":
            continue
        alone = kind == "L" and _stands_alone(char)
        if kind in "LN" and not alone:
            word.append(char)
            continue
        if word:
            yield "".join(word)
            word = []
        if alone:
            yield char
    if word:
        yield "".join(word)


def _stands_alone(char: str) -> bool:
    code = ord(char)
    return code >= _NO_BLANKS[0][0] and any(first <= code <= last for first, last in _NO_BLANKS)
