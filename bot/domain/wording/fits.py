"""Why a path or a target was chosen, in the words of one issue: its own values, by their titles."""

from collections.abc import Mapping

from bot.domain.issue import Issue
from bot.domain.matrix.diff_words import shown
from bot.domain.matrix.model import Match
from bot.domain.words import Sentence, listed, say


def titles_of(issue: Issue) -> Mapping[str, str]:
    """What an issue says for each fact that `match` can look at, as people read it; empty where it says nothing."""
    route, facts = issue.route, issue.facts
    return {
        "priority": route.priority.title,
        "type": route.type_title,
        "service": route.service_title,
        "client": route.client_title,
        "impact": facts.impact,
        "urgency": facts.urgency,
    }


def fits(match: Match, titles: Mapping[str, str]) -> Sentence:
    """``the priority is "Low" and the service is "Billing"``: a match that fits, not empty, by `titles`."""
    return listed(
        [say("the {fact} is {value}", fact=fact, value=_value(fact, match, titles)) for fact in sorted(match)]
    )


def _value(fact: str, match: Match, titles: Mapping[str, str]) -> Sentence:
    if title := titles.get(fact):
        return say('"{title}"', title=title)
    return listed([shown(one) for one in sorted(match[fact])], last="or")
