"""Who may see an issue: everybody here, unless it is private; guests and outsiders only what is theirs."""

from dataclasses import replace

from bot.domain.errors import NotAllowed
from bot.domain.issue import Facts, Issue
from bot.domain.rights import BY_CHANNEL, RIGHTS, Action, Role
from bot.domain.standing import Actor, asked_by_channel, roles
from bot.domain.words import Sentence, say

ONLY_THEIRS = (
    "Only members of this workspace see every issue. Guests and people of other organisations see what they raised, "
    "what is for them, and what they are asked about."
)
WHO_SEES_PRIVATE = RIGHTS[Action.SEE] - {Role.MEMBER}


def may_see(issue: Issue, actor: Actor) -> bool:
    """Whether this person may read it: title, facts, timeline, and that somebody did something."""
    if actor.outsider and Action.SEE not in actor.outsiders_may:
        return False
    if roles(issue, actor) & WHO_SEES_PRIVATE:
        return True
    return not (issue.private or actor.guest or actor.outsider)


def sees_as_named(issue: Issue, user: str) -> bool:
    """The same for a user id alone, with no look-up: managers, path owners and most contacts of the path
    are not known by it."""
    return may_see(issue, Actor(user))


def masked(issue: Issue) -> Issue:
    """Its number, how urgent it is and how it stands: for lists of somebody who may not see more."""
    facts = Facts("a private issue", "", "", "", "")
    route = replace(issue.route, type_title="private", service_title="", client_title="")
    return replace(issue, facts=facts, route=route, last_update="", resolution="")


def may_touch(issue: Issue, actor: Actor, action: Action | None = None) -> bool:
    """Whether a verb may even look at it for them: who was asked through a channel may take it unseen."""
    by_channel = action is None or action in BY_CHANNEL
    return not issue.private or may_see(issue, actor) or (by_channel and asked_by_channel(issue, actor))


def require_sight(issue: Issue, actor: Actor) -> None:
    """Raises NotAllowed with a sentence that says who may, and nothing else about it."""
    if not may_see(issue, actor):
        raise NotAllowed(is_private(issue) if issue.private else say(ONLY_THEIRS))


def require_touch(issue: Issue, actor: Actor) -> None:
    """Before a verb says anything about the issue, its state included. Raises NotAllowed likewise."""
    if not may_touch(issue, actor):
        raise NotAllowed(is_private(issue))


def is_private(issue: Issue) -> Sentence:
    """Says nothing about it but its number."""
    return say(
        "ISS-{number} is private. Only the people of its path, its owner, the escalation manager, who raised it, whom "
        "it is for and who watches it can see it.",
        number=issue.number,
    )
