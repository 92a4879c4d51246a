"""What is said of private issues: to who reads them, and to everybody else, which is next to nothing."""

from bot.domain.issue import Issue
from bot.domain.wording import names
from bot.domain.words import NOTHING, At, Channel, Person, Sentence, say, sentences


def asks_channel(issue: Issue) -> Sentence:
    """A ping that everybody of a channel reads."""
    until = issue.position.ends_at
    by = say(" by {until}", until=At(until)) if until else say("")
    return say(
        "A private issue needs your answer{by}: ISS-{number}. Whoever takes it sees all of it.",
        number=issue.number,
        by=by,
    )


def gone_private(issue: Issue) -> Sentence:
    """In the place of its card."""
    return say("ISS-{number}: this issue is private now.", number=issue.number)


def news(issue: Issue) -> Sentence:
    """In the place of any other message about it that would go to a channel."""
    return say(
        "There is news of ISS-{number}, which is private: who may see it reads it in Rung.",
        number=issue.number,
    )


def now_public(issue: Issue) -> Sentence:
    """In the place of a copy of its card."""
    return say(
        "ISS-{number} is public now. Its card is in {channel}.",
        number=issue.number,
        channel=Channel(str(issue.route.card_channel)),
    )


def left(issue: Issue) -> Sentence:
    """In the place of the copy of somebody who is not asked any more, or watches it no more."""
    return say("ISS-{number} is private and goes on without you. Nothing to do.", number=issue.number)


def who_reads() -> Sentence:
    """Below a copy."""
    return say(
        "Private: only the people of its path, its owner, the escalation manager, who raised it, whom it is for and "
        "who watches it can see it. This is your own copy of its card."
    )


def raised_private(issue: Issue) -> Sentence:
    """To who raised it."""
    updates = say(
        "Updates go to {who} in a direct message{even}.",
        who=Person(issue.requester),
        even=say(", not to {channel}", channel=Channel(issue.updates_channel))
        if issue.updates_channel
        else NOTHING,
    )
    said = say(
        "ISS-{number} is raised. Priority: {priority}. {asked}. It is private: no channel shows it, and only its path "
        "and who takes part can see it.",
        number=issue.number,
        priority=issue.route.priority.title,
        asked=names.first_asked(issue),
    )
    return sentences(said, updates)


def made_private(issue: Issue) -> Sentence:
    """To who made it private."""
    return say(
        "ISS-{number} is private now. Its card is empty, and who works on it or watches it has a copy. What was posted "
        "before cannot be unsaid: old lines of the thread stay where they are.",
        number=issue.number,
    )


def made_public(issue: Issue) -> Sentence:
    """To who made it public."""
    return say(
        "ISS-{number} is public now. Its card is in {channel}.",
        number=issue.number,
        channel=Channel(str(issue.route.card_channel)),
    )
