"""Which promises, services and types can meet on one path for one client. Pure; for a matrix that has no flaws."""

from dataclasses import dataclass

from bot.domain.matrix.kinds import Kinds, kinds_of
from bot.domain.matrix.model import IssueType, Match, Matrix, Named, Path, Promise


@dataclass(frozen=True, slots=True)
class Share:
    """In the order of the matrix."""

    promises: tuple[Promise, ...]
    services: tuple[Named, ...]
    types: tuple[IssueType, ...]


def share_of(matrix: Matrix, path: Path, client: str) -> Share:
    """What an issue of this client on this path can meet: the first rule that fits wins, on paths and promises.

    Where there are too many kinds of issues to compare, only the client and the facts that rules share decide.
    """
    kinds = kinds_of(matrix)
    if kinds is None:
        promises = tuple(one for one in matrix.promises if _may_meet(one.match, path.match, client))
        services = tuple(one for one in matrix.services if _accepts(path.match, "service", one.key))
        types = tuple(one for one in matrix.types if _takes_type(path.match, one))
        return Share(promises, services, types)
    mine = _mine(kinds, matrix, path, client)
    shares = kinds.own(one.match for one in matrix.promises)
    keys = tuple(one.key for one in matrix.services)
    return Share(
        tuple(one for one, share in zip(matrix.promises, shares, strict=True) if share & mine),
        tuple(one for one in matrix.services if mine & _of(kinds, "service", one.key, keys)),
        tuple(one for one in matrix.types if mine & _of_type(kinds, matrix, one)),
    )


def _mine(kinds: Kinds, matrix: Matrix, path: Path, client: str) -> int:
    """The kinds of issues of this client that this path gets."""
    shares = kinds.own(one.match for one in matrix.paths)
    clients = tuple(one.key for one in matrix.clients)
    return shares[matrix.paths.index(path)] & _of(kinds, "client", client, clients)


def _of(kinds: Kinds, fact: str, value: str, known: tuple[str, ...]) -> int:
    """The kinds with this value; of one that no rule names, those with none of the `known` that rules name."""
    return kinds.fit({fact: (value,)}) or kinds.every & ~kinds.fit({fact: known})


def _of_type(kinds: Kinds, matrix: Matrix, one: IssueType) -> int:
    categories = tuple(other.category for other in matrix.types)
    keys = tuple(other.key for other in matrix.types)
    return _of(kinds, "category", one.category, categories) & _of(kinds, "type", one.key, keys)


def _may_meet(match: Match, path: Match, client: str) -> bool:
    shared = [fact for fact in match if fact in path]
    meets = all(set(match[fact]) & set(path[fact]) for fact in shared)
    return meets and _accepts(match, "client", client)


def _takes_type(match: Match, one: IssueType) -> bool:
    return _accepts(match, "type", one.key) and _accepts(match, "category", one.category)


def _accepts(match: Match, fact: str, value: str) -> bool:
    return fact not in match or value in match[fact]
