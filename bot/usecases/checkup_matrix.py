"""What a check-up says of the matrix: its flaws, its channels, and who is there when a ladder is over."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.domain.checks import Check, attention, broken, ok, unchecked
from bot.domain.contacts import ADMINS, Contact, ContactKind
from bot.domain.ids import WorkspaceId
from bot.domain.issue import TargetKind
from bot.domain.matrix.flaw import Flaw, Severity
from bot.domain.matrix.model import Matrix, Path, PublishedMatrix
from bot.domain.matrix.parts import part_of
from bot.usecases.check_matrix import flaws_now
from bot.usecases.find_people import Finding, find_people
from bot.usecases.outside import Directory, DirectoryDown
from bot.usecases.rows import Resolved

MOST_FLAWS = 20
MOST_NAMED = 3
LAST = (
    "Write somebody who is there into escalation_manager, into the path's owner, or a channel into catch_all."
)


async def look_at_matrix(finding: Finding, workspace: WorkspaceId, published: PublishedMatrix) -> list[Check]:
    """Its flaws as `rung matrix check --slack` finds them, its channels, and the last resort of each path."""
    matrix = published.matrix
    checks = list(_flaws(published, await flaws_now(finding, workspace, matrix)))
    try:
        channels = await _channels(finding.directory, workspace, matrix)
        resorts = await _last_resorts(finding, workspace, matrix)
    except DirectoryDown as down:
        why = f"Slack stopped answering ({str(down) or 'no reason given'})."
        return [*checks, unchecked("channels", why), unchecked("last resort", why)]
    return [*checks, *channels, *resorts]


def _flaws(published: PublishedMatrix, flaws: Sequence[Flaw]) -> Iterator[Check]:
    serious = [one for one in flaws if one.severity is not Severity.NOTE]
    notes = len(flaws) - len(serious)
    known = f"version {published.version} is in force" if published.version else "can be published"
    yield ok(
        "matrix", f"{known}; {len(serious)} things to mend, {notes} to know (rung matrix check FILE --slack)."
    )
    for one in serious[:MOST_FLAWS]:
        made = broken if one.severity is Severity.ERROR else attention
        part = part_of(published.matrix, one.where)
        yield made("matrix", f"{part}: {one.sentence}" if part else one.sentence)
    if len(serious) > MOST_FLAWS:
        yield attention("matrix", f"and {len(serious) - MOST_FLAWS} more: rung matrix check shows all.")


async def _channels(directory: Directory, workspace: WorkspaceId, matrix: Matrix) -> list[Check]:
    rules = matrix.workspace
    named = {"issue channel": rules.issue_channel, "catch-all channel": rules.catch_all}
    found = await directory.resolve(workspace, list(named.values()))
    return [_channel(name, one) for name, one in zip(named, found, strict=True)]


def _channel(name: str, one: Resolved) -> Check:
    if not one.targets:
        return broken(
            name,
            one.why or f"{one.contact} cannot be found.",
            "Name another one in the matrix, or invite Rung.",
        )
    if one.outside:
        return attention(
            name,
            f"Rung is not in {one.contact}: it can post there, but hears nothing.",
            "Invite it with /invite.",
        )
    return ok(name, f"Rung is in {one.contact}.")


async def _last_resorts(finding: Finding, workspace: WorkspaceId, matrix: Matrix) -> list[Check]:
    """One line for all paths of one owner: manager, path owner, admins, and beside them the catch-all channel."""
    by_owner: dict[Contact | None, list[Path]] = {}
    for path in matrix.paths:
        by_owner.setdefault(path.owner, []).append(path)
    rules = matrix.workspace
    wanted = [rules.escalation_manager, *(one for one in by_owner if one), ADMINS, rules.catch_all]
    unique = list(dict.fromkeys(wanted))
    found = dict(zip(unique, await find_people(finding, workspace, unique), strict=True))
    names = await _names(finding.directory, workspace, found)
    return [
        _last_resort(_of(paths), _chain(matrix, owner), found[rules.catch_all], found, names)
        for owner, paths in by_owner.items()
    ]


def _chain(matrix: Matrix, owner: Contact | None) -> dict[Contact, str]:
    """Who is asked in whose place, the first one first."""
    manager = matrix.workspace.escalation_manager
    chain = {manager: "the escalation manager"}
    if owner is not None:
        chain.setdefault(owner, "the path's owner")
    return {**chain, ADMINS: "admins"}


def _last_resort(
    name: str,
    chain: Mapping[Contact, str],
    catch_all: Resolved,
    found: Mapping[Contact, Resolved],
    names: Mapping[str, str],
) -> Check:
    there = [f"{role}: {_who(found[one], names)}" for one, role in chain.items() if found[one].targets]
    missing = [
        f"{role} cannot be asked ({_why(found[one])})"
        for one, role in chain.items()
        if not found[one].targets
    ]
    channel = [f"beside them {catch_all.contact}"]
    if not catch_all.targets:
        channel = [f"the catch-all channel cannot be used ({_why(catch_all)})"]
    told = "; ".join([*missing, *([f"it asks {', else '.join(there)}"] if there else []), *channel]) + "."
    if not there and not catch_all.targets:
        return broken(name, f"Nobody can be told when its ladder is over: {told}", LAST)
    first, *_ = chain
    fine = found[first].targets and catch_all.targets
    return ok(name, told) if fine else attention(name, told, LAST)


def _why(one: Resolved) -> str:
    return one.why.rstrip(".") or f"{one.contact} stands for nobody"


def _of(paths: Sequence[Path]) -> str:
    shown = ", ".join(one.name for one in paths[:MOST_NAMED])
    more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
    return f"last resort of {shown}{more}"


def _who(one: Resolved, names: Mapping[str, str]) -> str:
    shown = ", ".join(names.get(target.id, target.id) for target in one.targets[:MOST_NAMED])
    more = f" and {len(one.targets) - MOST_NAMED} more" if len(one.targets) > MOST_NAMED else ""
    until = (
        f" (on call until {_at(one.until)})" if one.until and one.contact.kind is ContactKind.ONCALL else ""
    )
    return f"{shown}{more}{until}"


def _at(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"


async def _names(
    directory: Directory, workspace: WorkspaceId, found: Mapping[Contact, Resolved]
) -> dict[str, str]:
    """How people are called; who cannot be looked up keeps their id."""
    users = {
        target.id
        for one in found.values()
        for target in one.targets[:MOST_NAMED]
        if target.kind is TargetKind.USER
    }
    known = {user: await directory.person(workspace, user) for user in sorted(users)}
    return {user: f"{info.name} ({user})" for user, info in known.items() if info is not None}
