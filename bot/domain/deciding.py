"""Whose turn it is to decide about an appeal, or about a wish to leave out a level.

The escalation manager decides, never about their own act. Where they may not, or nobody can be found who is it, the
owner of the path decides; where neither may or can, a workspace admin. Whoever was asked in their place, because no
message reached them, may answer that question. What is known of them is what the look-up of who acts found just then:
while the directory is down nobody is known to be anything, and the question stays open.
"""

from collections.abc import Collection

from bot.domain.errors import NotAllowed
from bot.domain.issue import Issue
from bot.domain.permissions import Action, Actor, Role, require
from bot.domain.words import Sentence


def require_turn(action: Action, issue: Issue, actor: Actor, parties: Collection[str], own: Sentence) -> None:
    """`parties` are those who may not decide this, by user id; `own` is what one of them is told.

    Raises NotAllowed with a sentence that says who may.
    """
    given = require(action, issue, actor)
    if actor.user in parties:
        raise NotAllowed(own)
    if Role.MANAGER in given or actor.put_to_them:
        return
    if not actor.managers <= set(parties):
        raise NotAllowed(
            "The escalation manager decides about this one. The owner of the path does only where they may not or "
            "cannot."
        )
    if Role.PATH_OWNER not in given and not actor.path_owners <= set(parties):
        raise NotAllowed(
            "The owner of the path decides about this one. A workspace admin does only where they may not or cannot."
        )
