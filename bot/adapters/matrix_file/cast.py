"""Everybody a matrix names, made up as the people and places of a small organisation, to play it without a real one."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.contacts import PEOPLE, Contact, ContactKind
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.parts import channels_matched, contacts_at, layers_at, levels_at, paths_at

HELPERS = ("alex.reed", "sam.okafor")
"""Who is in the groups and channels, of whose members a matrix knows nothing."""

_NO_HANDLE = re.compile(r"[^a-z0-9._-]")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody; `id` where the matrix names one."""

    handle: str
    name: str
    title: str
    email: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """People in the order of the document; groups and channels by name, with the handles of their members.

    An empty channel is for everybody.
    """

    members: tuple[Member, ...]
    groups: Mapping[str, tuple[str, ...]]
    channels: Mapping[str, tuple[str, ...]]


def cast_of(matrix: Matrix) -> Cast:
    """The cast of this matrix."""
    members = _members(_titles(matrix))
    asked = {one.value for _, _, level in levels_at(matrix) for one in level.contacts if _is_channel(one)}
    named = [one for _, one in contacts_at(matrix)]
    groups = list(dict.fromkeys(one.value for one in named if one.kind is ContactKind.GROUP))
    channels = dict.fromkeys([*(one.value for one in named if _is_channel(one)), *channels_matched(matrix)])
    helpers = _helpers(groups, asked) if groups or asked else []
    handles = tuple(one.handle for one in helpers)
    return Cast(
        (*members, *helpers),
        dict.fromkeys(groups, handles),
        {channel: handles if channel in asked else () for channel in channels},
    )


def _is_channel(contact: Contact) -> bool:
    return contact.kind is ContactKind.CHANNEL


def _titles(matrix: Matrix) -> dict[Contact, str]:
    """Each person with what they are there for: their levels and schedules, else the path they own."""
    roles: dict[Contact, dict[str, None]] = {}
    for contact, role in _roles(matrix):
        if contact.kind in PEOPLE:
            roles.setdefault(contact, {})[role] = None
    for _, path in paths_at(matrix):
        if path.owner is not None and path.owner.kind in PEOPLE:
            roles.setdefault(path.owner, {f"Owns {path.name}": None})
    for _, contact in contacts_at(matrix):
        if contact.kind in PEOPLE:
            roles.setdefault(contact, {})
    return {contact: ", ".join(some) for contact, some in roles.items()}


def _roles(matrix: Matrix) -> Iterator[tuple[Contact, str]]:
    for schedule in matrix.schedules:
        for _, layer in layers_at(schedule):
            yield from ((contact, schedule.title or schedule.key) for contact in layer.people)
    for _, _, level in levels_at(matrix):
        yield from ((contact, level.name) for contact in level.contacts)


def _members(titles: Mapping[Contact, str]) -> list[Member]:
    """One for each person; two who would share a handle are told apart by a number, unless they are the same."""
    by_handle: dict[str, Member] = {}
    for contact, title in titles.items():
        one, count = _member(contact, title), 1
        wanted = one.handle
        while by_handle.get(one.handle, one).email != one.email:
            count += 1
            one = replace(one, handle=f"{wanted}{count}")
        by_handle.setdefault(one.handle, one)
    return list(by_handle.values())


def _member(contact: Contact, title: str) -> Member:
    local = contact.value.split("@")[0]
    handle = _NO_HANDLE.sub("", local.lower()) or "somebody"
    email = contact.value if contact.kind is ContactKind.EMAIL else f"{handle}@example.com"
    return Member(
        handle, _name(local), title, email, contact.value if contact.kind is ContactKind.USER else None
    )


def _helpers(groups: Sequence[str], asked: Iterable[str]) -> list[Member]:
    title = ", ".join([*(f"@{one}" for one in groups), *(f"#{one}" for one in sorted(asked))])
    return [Member(handle, _name(handle), title, f"{handle}@example.com") for handle in HELPERS]


def _name(handle: str) -> str:
    """``maya.lind`` is Maya Lind."""
    return " ".join(part.capitalize() for part in re.split(r"[._-]+", handle) if part)
