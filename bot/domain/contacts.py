"""A contact: somebody or some place that can be asked, as the matrix writes it."""

import re
from dataclasses import dataclass
from enum import StrEnum


class ContactKind(StrEnum):
    """How a contact is written in the matrix."""

    EMAIL = "email"
    USER = "user"
    HANDLE = "handle"
    GROUP = "group"
    CHANNEL = "channel"
    ONCALL = "oncall"
    ADMINS = "admins"  # never written in a matrix


PEOPLE = frozenset({ContactKind.EMAIL, ContactKind.USER, ContactKind.HANDLE})
"""Kinds that always name one person."""


@dataclass(frozen=True, slots=True, order=True)
class Contact:
    """Somebody or some place that can be asked. `value` has no prefix: ``ops-desk``, an id, an e-mail, a schedule."""

    kind: ContactKind
    value: str

    def __str__(self) -> str:
        return _PREFIXES.get(self.kind, "") + self.value


ADMINS = Contact(ContactKind.ADMINS, "workspace admins")
"""A few admins of the workspace: asked when neither escalation manager nor path owner can be."""
_PREFIXES = {
    ContactKind.HANDLE: "@",
    ContactKind.GROUP: "group:",
    ContactKind.CHANNEL: "#",
    ContactKind.ONCALL: "oncall:",
}
_FORMS = (
    (ContactKind.CHANNEL, re.compile(r"#([^\s#@<>,]{1,80})")),
    (ContactKind.GROUP, re.compile(r"group:@?([A-Za-z0-9][\w.-]{0,79})")),
    (ContactKind.ONCALL, re.compile(r"oncall:([^\s#@<>,:]{1,75})")),
    (ContactKind.HANDLE, re.compile(r"@([^\s@#<>,:]{1,80})")),
    (ContactKind.EMAIL, re.compile(r"([^\s@<>,:]{1,120}@[^\s@<>,:]{1,120}\.[^\s@<>,:]{1,60})")),
    (ContactKind.USER, re.compile(r"([UW][A-Z0-9]{2,20})")),
)


def parse_contact(text: str) -> Contact | None:
    """The contact, or None when the text is none of the known forms."""
    for kind, form in _FORMS:
        found = form.fullmatch(text)
        if found:
            return Contact(kind, found[1])
    return None
