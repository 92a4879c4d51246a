"""Reading a contact as people write it: an e-mail, a Slack user id, ``@handle``, ``group:HANDLE`` or ``#channel``."""

import re

from bot.domain.matrix.model import Contact, ContactKind

_FORMS = (
    (ContactKind.CHANNEL, re.compile(r"#([^\s#@<>,]{1,80})")),
    (ContactKind.GROUP, re.compile(r"group:@?([A-Za-z0-9][\w.-]{0,79})")),
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
