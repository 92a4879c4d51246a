"""Messages about agreements, as pure functions from rows to notices.

A person gets one message for all that they are asked at one time. Its key is in its rows, so that it can be drawn anew
from the rows that are left. Reminders are copies of it with keys of their own; each copy is kept true.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.domain.contacts import Contact
from bot.domain.matrix.terms import mark
from bot.domain.notices import place
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.words import Person, Sentence, listed, say
from bot.usecases.free_messages import asked, retold
from bot.usecases.people_ports import Agreement, Consent

REMINDERS = 2
"""Copies of a question that are sent when nobody answers; then the path owner is told."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place on a path as its message shows it. `at` is when it was answered (UTC)."""

    path: str
    level: int
    terms: str
    consent: Consent
    at: datetime | None
    reason: str


def message_key(one: Agreement) -> str:
    """The message in which this was asked: the same for all that one person was asked in the same minute."""
    return f"agreement:{one.user}:{one.version}:{one.asked_at:%Y%m%d%H%M}"


def questions(rows: Iterable[Agreement]) -> list[Notice]:
    """A message to each person, about all of these."""
    return [
        asked(NoticeKind.AGREEMENT, key, some[0].user, _shown(key, some)) for key, some in by_message(rows)
    ]


def reminder(key: str, rows: Sequence[Agreement], number: int) -> Notice:
    """A copy of the message, about what is not answered yet and what is. `number` is 1 for the first reminder."""
    copy = _copy(key, number)
    return asked(NoticeKind.AGREEMENT, copy, rows[0].user, _shown(key, rows, number))


def corrections(changed: Iterable[Agreement], rows: Iterable[Agreement]) -> list[Notice]:
    """The messages in which `changed` were asked, and their copies, drawn anew from `rows`, which is all there is now.

    `changed` are rows as they were."""
    present = dict(by_message(rows))
    return [
        retold(NoticeKind.AGREEMENT, _copy(key, n), were[0].user, _shown(key, present.get(key, ()), n))
        for key, were in by_message(changed)
        for n in range(min(REMINDERS, max(one.reminders for one in were)) + 1)
    ]


def by_message(rows: Iterable[Agreement]) -> list[tuple[str, list[Agreement]]]:
    """The rows of each message, in order of their places."""
    ordered = sorted(rows, key=lambda one: (message_key(one), one.path, one.level))
    return [(key, list(some)) for key, some in groupby(ordered, key=message_key)]


def places(notice: Notice) -> tuple[Place, ...]:
    """What the message shows. Raises ValueError for a notice of another kind."""
    return tuple(
        Place(path, level, terms, Consent(consent), datetime.fromisoformat(at) if at else None, reason)
        for path, level, terms, consent, at, reason in json.loads(notice.text("places"))
    )


def cannot_agree(one: Agreement, owner: Contact) -> Notice:
    """Tells who keeps the path that somebody cannot do what it expects of them."""
    sentence = say(
        "{who} can't agree to their place: “{terms}” Please talk to them, or press Edit in the matrix "
        "and put somebody else there.",
        who=Person(one.user),
        terms=one.terms,
    )
    key = f"agreement-cannot:{message_key(one)}:{one.level}:{one.path}"
    return _to_owner(key, owner, sentence, one.reason)


def unanswered(path: str, rows: Sequence[Agreement], owner: Contact) -> Notice:
    """Tells who keeps the path that some have not answered, not even to the reminders."""
    who = listed([say("{who} (level {level})", who=Person(one.user), level=one.level) for one in rows])
    verb = "has" if len({one.user for one in rows}) == 1 else "have"
    sentence = say(
        "{who} {verb} not said whether they agree to their place on the path {path}. Please ask them yourself.",
        who=who,
        verb=verb,
        path=path,
    )
    asked_of = mark("|".join(f"{message_key(one)}:{one.level}" for one in rows))
    return _to_owner(f"agreement-unanswered:{asked_of}:{path}", owner, sentence)


def too_many(path: str, level: int, contact: Contact, version: int, most: int, owner: Contact) -> Notice:
    """Tells who keeps the path that a contact has too many people to ask each."""
    sentence = say(
        "More than {most} people are in {contact}, level {level} of the path {path}: they are not asked whether they "
        "agree. Please tell them yourself, or name fewer.",
        most=most,
        contact=str(contact),
        level=level,
        path=path,
    )
    return _to_owner(f"agreement-many:{version}:{level}:{contact}:{path}", owner, sentence)


def _to_owner(key: str, owner: Contact, sentence: Sentence, quote: str = "") -> Notice:
    args = {"sentence": sentence.dump(), "quote": quote}
    return Notice(NoticeKind.PATH_OWNER, key, place(owner), key, Rank.REQUESTER, args=args)


def _copy(key: str, number: int) -> str:
    return f"{key}:{number}" if number else key


def _shown(key: str, rows: Sequence[Agreement], number: int = 0) -> dict[str, str | int]:
    shown = [
        (
            one.path,
            one.level,
            one.terms,
            one.consent.value,
            one.answered_at.isoformat() if one.answered_at else "",
            one.reason,
        )
        for one in rows
    ]
    return {"places": json.dumps(shown, ensure_ascii=False), "question": key, "reminder": number}
