"""What people read when an issue is handled in another way from now on."""

from bot.domain.issue import Issue
from bot.domain.words import Sentence, say


def for_requester(issue: Issue) -> Sentence:
    """Another priority."""
    return say(
        "ISS-{number} is treated as {priority} now.", number=issue.number, priority=issue.route.priority.title
    )


def on_another_path(issue: Issue) -> Sentence:
    """To whoever has it: others would be asked next."""
    return say(
        "ISS-{number} is on the path {path} now. You still have it.",
        number=issue.number,
        path=issue.route.path.name,
    )
