"""What somebody is to an issue: worked out from the issue, and from what only a look-up can tell."""

from dataclasses import dataclass

from bot.domain.contacts import ContactKind
from bot.domain.issue import Issue, Stage
from bot.domain.rights import GUESTS, OUTSIDERS_MAY, Action, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with what only a look-up can tell. `via` is the channel whose message carried the button.

    `member` = known to belong to this workspace as a full member: neither guest, outsider nor bot. `outsiders_may` is
    what people of other organisations may do here. `on_path` names those of `user` and `via` for whom a contact of the
    path stands right now. `managers` and `path_owners` are all who could decide in those roles, by user id;
    `put_to_them` = what waits for a decision was put to this person, or to the channel of `via`.
    """

    user: str
    manager: bool = False
    path_owner: bool = False
    guest: bool = False
    outsider: bool = False
    via: str = ""
    admin: bool = False
    member: bool = False
    outsiders_may: frozenset[Action] = OUTSIDERS_MAY
    on_path: frozenset[str] = frozenset()
    managers: frozenset[str] = frozenset()
    path_owners: frozenset[str] = frozenset()
    put_to_them: bool = False


def roles(issue: Issue, actor: Actor) -> frozenset[Role]:
    """Everything this person is to the issue.

    Members of a channel that was asked are contacts, unless it is private; guests and outsiders are not. The same holds
    for a channel that a level of the path names. Who had it in the opening before is its owner until somebody has it,
    and follows it then.
    """
    by_channel = not (actor.outsider or actor.guest or issue.private)
    names = (actor.user, actor.via) if by_channel else (actor.user,)
    company = issue.company
    facts = {
        Role.CONTACT: any(ask.target.id in names for ask in issue.asks),
        Role.OWNER: actor.user == (issue.owner or issue.last_owner),
        Role.MANAGER: actor.manager,
        Role.PATH_OWNER: actor.path_owner,
        Role.RAISER: actor.user == issue.raiser,
        Role.REQUESTER: actor.user in (issue.requester, issue.care.stand_in),
        Role.LEVEL: any(ask.target.id in names and ask.level == _level_of(issue) for ask in issue.asks),
        Role.FURTHER: actor.user in company.further,
        Role.PATH: _on_path(issue, actor.user) or not actor.on_path.isdisjoint(names),
        Role.WATCHER: actor.user in (*company.watchers, *issue.informing.told, issue.last_owner),
        Role.ADMIN: actor.admin,
        Role.MEMBER: actor.member,
    }
    found = frozenset(role for role, true in facts.items() if true)
    return found & GUESTS if actor.guest else found


def asked_by_channel(issue: Issue, actor: Actor) -> bool:
    """Whether they press a message of a channel that was asked; guests never do, outsiders where they may."""
    if not actor.via or actor.guest:
        return False
    may = not actor.outsider or Action.ACKNOWLEDGE in actor.outsiders_may
    return may and any(ask.target.id == actor.via for ask in issue.asks)


def only_by_channel(issue: Issue, actor: Actor) -> bool:
    """Whether nothing but a channel they sit in makes them somebody who was asked."""
    return asked_by_channel(issue, actor) and not issue.asks_of(actor.user)


def _on_path(issue: Issue, user: str) -> bool:
    """Whom the levels name by their id: known without a look-up."""
    contacts = (one for level in issue.route.levels for one in level.contacts)
    return any(one.kind is ContactKind.USER and one.value == user for one in contacts)


def _level_of(issue: Issue) -> int:
    """The level whose people may speak for it: 0 at the catch-all."""
    return 0 if issue.position.stage is Stage.CATCH_ALL else issue.position.level
