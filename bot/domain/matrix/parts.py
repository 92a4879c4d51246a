"""Walking through a matrix: each part with its place, and the place in words."""

from collections.abc import Iterator, Sequence

from bot.domain.contacts import Contact, ContactKind
from bot.domain.matrix.flaw import Where
from bot.domain.matrix.model import Level, Match, Matrix, Path
from bot.domain.matrix.phrases import quoted
from bot.domain.oncall.model import Layer, Schedule


def paths_at(matrix: Matrix) -> Iterator[tuple[Where, Path]]:
    """Every path."""
    return ((("paths", index), path) for index, path in enumerate(matrix.paths))


def levels_at(matrix: Matrix) -> Iterator[tuple[Where, Path, Level]]:
    """Every level of every path."""
    for where, path in paths_at(matrix):
        for number, level in enumerate(path.levels):
            yield (*where, "levels", number), path, level


def layers_at(schedule: Schedule) -> Iterator[tuple[Where, Layer]]:
    """Every layer of a schedule."""
    where: Where = ("schedules", schedule.key, "layers")
    return (((*where, number), layer) for number, layer in enumerate(schedule.layers))


def matches_at(matrix: Matrix) -> Iterator[tuple[Where, Match]]:
    """Everything that chooses among issues: paths, targets, promises."""
    yield from ((where, path.match) for where, path in paths_at(matrix))
    yield from ((("targets", index), one.match) for index, one in enumerate(matrix.targets))
    yield from ((("promises", index), one.match) for index, one in enumerate(matrix.promises))


def contacts_at(matrix: Matrix) -> Iterator[tuple[Where, Contact]]:
    """Everybody and every place named, except the people of schedules and the channels of matches."""
    rules = matrix.workspace
    for key in ("issue_channel", "catch_all", "escalation_manager"):
        yield ("workspace", key), getattr(rules, key)
    for priority in matrix.priorities:
        yield from _listed(priority.inform, ("priorities", priority.key, "inform"))
    for where, path in paths_at(matrix):
        for key in ("owner", "channel"):
            if getattr(path, key) is not None:
                yield (*where, key), getattr(path, key)
        yield from _listed(path.inform, (*where, "inform"))
    for where, _, level in levels_at(matrix):
        yield from _listed(level.contacts, (*where, "contacts"))
        yield from _listed(level.inform, (*where, "inform"))


def people_at(matrix: Matrix) -> Iterator[tuple[Where, Contact]]:
    """The people of every layer of every schedule."""
    for schedule in matrix.schedules:
        for where, layer in layers_at(schedule):
            yield from _listed(layer.people, (*where, "people"))


def schedules_named(matrix: Matrix) -> frozenset[str]:
    """Keys of schedules that somebody is asked or told through."""
    return frozenset(one.value for _, one in contacts_at(matrix) if one.kind is ContactKind.ONCALL)


def channels_matched(matrix: Matrix) -> list[str]:
    """The channels that some rule asks for, without ``#``, each once."""
    named = (one for _, match in matches_at(matrix) for one in match.get("channel", ()))
    return list(dict.fromkeys(one.removeprefix("#") for one in named))


def part_of(matrix: Matrix, where: Where) -> str:
    """The place in words: ``path "Customer care", level "Team lead"``; for something general, the section."""
    match where:
        case ("paths", int(index), "levels", int(number), *_):
            path = matrix.paths[index]
            return f"path {quoted(path.name)}, level {quoted(path.levels[number].name)}"
        case ("paths", int(index), *_):
            return f"path {quoted(matrix.paths[index].name)}"
        case ("schedules", str(key), "layers", int(number), *_):
            return f"schedule {quoted(key)}, layer {number + 1}"
        case ("targets" | "promises" as section, int(index), *_):
            return f"{section[:-1]} {index + 1}"
        case ("calendars" | "schedules" | "services" | "clients" | "types" as section, str(key), *_):
            return f"{section[:-1]} {quoted(key)}"
        case ("priorities", str(key), *_):
            return f"priority {quoted(key)}"
    return quoted(where[0])[1:-1].replace("_", " ") if where else "matrix"


def _listed(contacts: Sequence[Contact], where: Where) -> Iterator[tuple[Where, Contact]]:
    return (((*where, number), contact) for number, contact in enumerate(contacts))
