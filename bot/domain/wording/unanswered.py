"""What those read who are asked when the ladder is over: how it came to that, and why they of all people."""

from bot.domain.contacts import ADMINS
from bot.domain.issue import Ask, AskStatus, Issue, TargetKind
from bot.domain.words import NOTHING, Person, Sentence, say, sentences

MOST_REASONS = 5
LONGEST_REASON = 200


def unanswered(issue: Issue, mine: Ask) -> Sentence:
    """``ISS-7 is UNANSWERED: everybody who was asked said no.``, with the reasons, and what to do."""
    happened = say("ISS-{number} is UNANSWERED: {why}.", number=issue.number, why=_why(issue))
    because = (
        say("You are asked because neither the escalation manager nor the owner of its path can be.")
        if mine.contact == str(ADMINS)
        else NOTHING
    )
    please = say("Please take it, or find somebody who does.")
    return sentences(happened, *_reasons(issue), because, please)


def _why(issue: Issue) -> str:
    below = [ask.status for ask in issue.asks if ask.level]
    if AskStatus.DECLINED not in below:
        return "every level stayed silent"
    if all(status is AskStatus.DECLINED for status in below):
        return "everybody who was asked said no"
    return "nobody who was asked has taken it"


def _reasons(issue: Issue) -> list[Sentence]:
    """Each person once, the latest first to be left out where there are many."""
    said = {
        ask.target.id: ask.reason
        for ask in issue.asks
        if ask.status is AskStatus.DECLINED and ask.target.kind is TargetKind.USER and ask.reason.strip()
    }
    return [
        say("{who} can't take it: {why}", who=Person(user), why=_short(reason))
        for user, reason in list(said.items())[:MOST_REASONS]
    ]


def _short(reason: str) -> str:
    """One sentence, with an end."""
    text = " ".join(reason.split())
    text = text if len(text) <= LONGEST_REASON else text[: LONGEST_REASON - 1].rstrip() + "…"
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
