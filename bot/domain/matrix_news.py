"""What a channel reads about a new version: a headline, three lines at most, and where the rest is."""

from collections.abc import Sequence

from bot.domain.matrix.diff_parts import Difference
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.notices import place
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.words import NOTHING, Sentence, say

MOST_LINES = 3


def news(published: PublishedMatrix, differences: Sequence[Difference], who: Sentence = NOTHING) -> Notice:
    """The notice for the issue channel, once for each version.

    Its arguments: ``sentence`` is the headline, ``line1`` to ``line3`` are dumped sentences, ``more`` is how many
    differences there are beside them. `differences` are told in the order given.
    """
    told = differences if len(differences) <= MOST_LINES else differences[:MOST_LINES]
    args: dict[str, str | int] = {"sentence": _headline(published, who).dump()}
    for number, one in enumerate(told, 1):
        args[f"line{number}"] = one.sentence.dump()
    if left := len(differences) - len(told):
        args["more"] = left
    key = f"news:{published.version}"
    channel = published.matrix.workspace.issue_channel
    return Notice(NoticeKind.NEWS, key, place(channel), key, Rank.LOG, args=args)


def _headline(published: PublishedMatrix, who: Sentence) -> Sentence:
    by = say(", by {who}", who=who) if who else NOTHING
    return say("The matrix has a new version, {n}{by}. What changed for you:", n=published.version, by=by)
