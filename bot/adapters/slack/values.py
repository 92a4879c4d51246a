"""What buttons about something other than an issue carry, as text that Slack hands back.

Like those of `bot.adapters.slack.ids`: never a right, and read again with care.
"""

from dataclasses import dataclass

VERSION = "v1"


@dataclass(frozen=True, slots=True)
class Rung:
    """What an edit button was drawn for: matrix version, place of the path in it, level (0 = the path itself)."""

    version: int
    path: int
    level: int = 0

    def dump(self) -> str:
        """The button's value."""
        return f"{VERSION}|{self.version}|{self.path}|{self.level}"


def load_rung(value: str) -> Rung | None:
    """Read a button's value; None when it is not one of ours."""
    version, _, rest = value.partition("|")
    read = numbers(rest)
    return Rung(*read) if version == VERSION and len(read) == 3 else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an agreement's button was drawn for: who was asked, the level, the mark of its terms, the path."""

    user: str
    level: int
    terms: str
    path: str

    def dump(self) -> str:
        """The button's value."""
        return f"{VERSION}|{self.level}|{self.terms}|{self.user}|{self.path}"


def load_asked(value: str) -> Asked | None:
    """Read a button's value; None when it is not one of ours."""
    version, *rest = value.split("|", 4)
    if version != VERSION or len(rest) != 4:
        return None
    number, terms, user, path = rest
    (level,) = numbers(number) or (0,)
    return Asked(user, level, terms, path) if level else None


@dataclass(frozen=True, slots=True)
class AskedAll:
    """What the button for all that a message asks was drawn for: who was asked, and the marks of the terms shown."""

    user: str
    terms: tuple[str, ...]

    def dump(self) -> str:
        """The button's value."""
        return f"{VERSION}|{self.user}|{','.join(self.terms)}"


def load_asked_all(value: str) -> AskedAll | None:
    """Read a button's value; None when it is not one of ours."""
    version, *rest = value.split("|")
    if version != VERSION or len(rest) != 2 or not all(rest):
        return None
    user, terms = rest
    return AskedAll(user, tuple(terms.split(",")))


@dataclass(frozen=True, slots=True)
class ClientPageOf:
    """What the button of a page for a client was drawn for: the page, and the path whose list it stands in; empty = the
    list of all pages."""

    page: int
    path: str = ""

    def dump(self) -> str:
        """The button's value."""
        return f"{VERSION}|{self.page}|{self.path}"


def load_client_page(value: str) -> ClientPageOf | None:
    """Read a button's value; None when it is not one of ours."""
    version, *rest = value.split("|", 2)
    page = load_number(rest[0]) if version == VERSION and len(rest) == 2 else 0
    return ClientPageOf(page, rest[1]) if page else None


def one(number: int) -> str:
    """The value of a button about one numbered thing that is no issue."""
    return f"{VERSION}|{number}"


def load_one(value: str) -> int | None:
    """Read such a value; None when it is not one of ours."""
    version, _, rest = value.partition("|")
    read = numbers(rest)
    return read[0] if version == VERSION and len(read) == 1 else None


@dataclass(frozen=True, slots=True)
class LayerOf:
    """What the edit button of a schedule was drawn for: matrix version, layer (from 1), the schedule's key."""

    version: int
    number: int
    schedule: str

    def dump(self) -> str:
        """The button's value."""
        return f"{VERSION}s|{self.version}|{self.number}|{self.schedule}"


def load_layer(value: str) -> LayerOf | None:
    """Read a button's value; None when it is not one of ours."""
    mark, *parts = value.split("|", 3)
    version, number = load_two("|".join(parts[:2]))
    fits = mark == f"{VERSION}s" and len(parts) == 3 and version and parts[2]
    return LayerOf(version, number, parts[2]) if fits else None


def load_number(value: str) -> int:
    """``7``; zero for anything else."""
    read = numbers(value)
    return read[0] if len(read) == 1 else 0


def load_two(value: str) -> tuple[int, int]:
    """``7|3``; zeros for anything else."""
    read = numbers(value)
    return (read[0], read[1]) if len(read) == 2 else (0, 0)


def numbers(text: str) -> tuple[int, ...]:
    """``1|2|3``; empty for anything else."""
    parts = text.split("|")
    fine = all(part.isdecimal() and len(part) < 10 for part in parts)
    return tuple(int(part) for part in parts) if fine else ()
