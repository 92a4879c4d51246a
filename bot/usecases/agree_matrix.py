"""Agreement: everybody who is asked by the matrix says whether they can be.

Whoever is new on a level, or has other terms than they agreed to, is asked. What was asked and what was said are rows;
each is stored together with the messages it needs, so that nobody is asked twice and no message stays untrue.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.contacts import Contact, ContactKind
from bot.domain.errors import NotAllowed, Refused
from bot.domain.ids import WorkspaceId
from bot.domain.issue import TargetKind
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.domain.matrix.terms import Terms, mark, terms_of
from bot.domain.notification import Notice
from bot.domain.text import clean_text
from bot.domain.words import Person, say
from bot.usecases.agreement_notices import cannot_agree, corrections, questions, too_many
from bot.usecases.people_ports import Agreement, Consent
from bot.usecases.ports import Store
from bot.usecases.rows import Resolved
from bot.usecases.services import ANSWER_BUDGET, Services

MOST_PEOPLE = 50
"""People behind one contact who are asked each; of more, the path owner is told instead."""
REASON_LENGTH = 500
LOOK_AGAIN = timedelta(hours=1)
"""How often the same version is compared: groups get new members without anybody publishing anything."""

PlaceKey = tuple[str, int, str]
"""Path, level, user."""


@dataclass(frozen=True, slots=True)
class LevelAgreement:
    """What the people of one level said: user ids, those who cannot with their reasons."""

    path: str
    level: int
    agreed: tuple[str, ...]
    cannot: Mapping[str, str]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermsAnswer:
    """An answer to one question. `asked` is who was asked, `terms` the mark of the terms that `user` saw."""

    workspace: WorkspaceId
    user: str
    asked: str
    path: str
    level: int
    terms: str
    agrees: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AllTermsAnswer:
    """Yes to all that one message showed. `asked` is who was asked, `terms` the marks of the terms that `user` saw."""

    workspace: WorkspaceId
    user: str
    asked: str
    terms: tuple[str, ...]


class Agreeing:
    """Asks for agreement when a version is new, and looks again each hour. Restarts and replicas ask nobody twice."""

    def __init__(self, services: Services, workspace: WorkspaceId) -> None:
        self._services = services
        self._workspace = workspace
        self._seen: tuple[int, datetime] | None = None

    async def look(self) -> None:
        """Nothing to do most of the time. Raises DirectoryDown: look again later."""
        published = self._services.matrix.current(self._workspace)
        now = self._services.clock.now()
        if published is None or (self._seen and self._seen[0] == published.version and now < self._seen[1]):
            return
        await ask_agreements(self._services, self._workspace, published)
        self._seen = published.version, now + LOOK_AGAIN


@dataclass(frozen=True, slots=True)
class _Meant:
    """Whom the matrix means: terms by place; `unsure` are (path, level) with a group that could not be read or is too
    large, where nobody is forgotten; `crowds` are contacts of too many people."""

    places: Mapping[PlaceKey, str]
    unsure: frozenset[tuple[str, int]]
    crowds: tuple[tuple[Terms, Contact], ...]


async def ask_agreements(services: Services, workspace: WorkspaceId, published: PublishedMatrix) -> int:
    """Ask everybody who is new or has other terms in this version; forget who left. Returns how many are asked.

    Does nothing when a newer version is out. Raises DirectoryDown, and then nothing was changed."""
    meant = await _meant(services, workspace, published.matrix)
    now = services.clock.now()

    def unit(store: Store) -> int:
        (newest,) = store.matrices.history(workspace, 1) or (None,)
        if newest is not None and newest.version > published.version:
            return 0
        return _ask(store, workspace, published, meant, now)

    asked = await services.transactions.run(unit)
    services.bell.ring()
    return asked


async def answer_terms(services: Services, answer: TermsAnswer) -> None:
    """Agree, or say why not, which goes to who keeps the path. The message shows what was said.

    Raises NotAllowed for somebody else's question, Refused when it is asked no more or its terms have changed."""
    _own_question(answer)
    now = services.clock.now()
    owner = owner_of(services, answer.workspace, answer.path)

    def unit(store: Store) -> None:
        row = _row(store, answer)
        said = _said(row, answer, now)
        store.agreements.put(answer.workspace, [said])
        notices = corrections([row], store.agreements.of(answer.workspace, None))
        if said.consent is Consent.CANNOT and owner is not None:
            notices.append(cannot_agree(said, owner))
        store.outbox.put(answer.workspace, None, notices, now)

    await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()


async def agree_to_all(services: Services, answer: AllTermsAnswer) -> None:
    """The same as agreeing to each of them that is not answered yet: what they said of one before stays.

    Raises NotAllowed for somebody else's question, Refused when none of these terms is theirs any more."""
    _own_question(answer)
    now = services.clock.now()

    def unit(store: Store) -> None:
        theirs = [one for one in store.agreements.of(answer.workspace) if one.user == answer.asked]
        seen = [one for one in theirs if mark(one.terms) in answer.terms]
        if not seen:
            raise Refused("The terms have changed since you were asked. Please answer the newest message.")
        silent = [one for one in seen if one.consent is Consent.ASKED]
        said = [replace(one, consent=Consent.AGREED, answered_at=now, reason="") for one in silent]
        store.agreements.put(answer.workspace, said)
        notices = corrections(seen, store.agreements.of(answer.workspace))
        store.outbox.put(answer.workspace, None, notices, now)

    await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()


async def agreed(services: Services, workspace: WorkspaceId, path: str | None = None) -> list[LevelAgreement]:
    """Who agreed, who cannot and who has not answered, by path and level: of one path, or of all."""
    rows = await services.transactions.read(lambda store: store.agreements.of(workspace, path))
    return [
        _level(name, number, list(some))
        for (name, number), some in groupby(rows, key=lambda one: (one.path, one.level))
    ]


def owner_of(services: Services, workspace: WorkspaceId, path: str) -> Contact | None:
    """Who keeps the path current: its owner, else the escalation manager; None without a matrix."""
    published = services.matrix.current(workspace)
    if published is None:
        return None
    found = next((one for one in published.matrix.paths if one.name == path), None)
    return (found.owner if found else None) or published.matrix.workspace.escalation_manager


def _own_question(answer: TermsAnswer | AllTermsAnswer) -> None:
    if answer.user != answer.asked:
        raise NotAllowed(say("Only {who} can answer this.", who=Person(answer.asked)))


def _row(store: Store, answer: TermsAnswer) -> Agreement:
    row = store.agreements.get(answer.workspace, answer.path, answer.level, answer.user)
    if row is None:
        raise Refused(
            say("You are no longer on level {n} of {path}: nothing to do.", n=answer.level, path=answer.path)
        )
    if mark(row.terms) != answer.terms:
        raise Refused(
            say(
                "The terms have changed since you were asked. Now: “{terms}” Please answer the newest message.",
                terms=row.terms,
            )
        )
    return row


def _said(row: Agreement, answer: TermsAnswer, now: datetime) -> Agreement:
    if answer.agrees:
        return replace(row, consent=Consent.AGREED, answered_at=now, reason="")
    reason = clean_text(answer.reason, REASON_LENGTH)
    return replace(row, consent=Consent.CANNOT, answered_at=now, reason=reason)


def _ask(
    store: Store, workspace: WorkspaceId, published: PublishedMatrix, meant: _Meant, now: datetime
) -> int:
    stored = {(one.path, one.level, one.user): one for one in store.agreements.of(workspace)}
    gone = [
        one
        for key, one in stored.items()
        if key not in meant.places and (one.path, one.level) not in meant.unsure
    ]
    fresh = [
        Agreement(path, level, user, text, published.version, now)
        for (path, level, user), text in meant.places.items()
        if (known := stored.get((path, level, user))) is None or known.terms != text
    ]
    replaced = [stored[key] for one in fresh if (key := (one.path, one.level, one.user)) in stored]
    store.agreements.remove(workspace, gone)
    store.agreements.put(workspace, fresh)
    notices = [
        *corrections([*gone, *replaced], store.agreements.of(workspace)),
        *questions(fresh),
        *_crowded(published, meant.crowds),
    ]
    store.outbox.put(workspace, None, notices, now)
    return len(fresh)


def _crowded(published: PublishedMatrix, crowds: Sequence[tuple[Terms, Contact]]) -> Iterator[Notice]:
    owners = {path.name: path.owner for path in published.matrix.paths}
    for terms, contact in crowds:
        owner = owners[terms.path] or published.matrix.workspace.escalation_manager
        yield too_many(terms.path, terms.level, contact, published.version, MOST_PEOPLE, owner)


async def _meant(services: Services, workspace: WorkspaceId, matrix: Matrix) -> _Meant:
    terms = terms_of(matrix)
    contacts = list(dict.fromkeys(contact for one in terms for contact in one.contacts))
    found = {one.contact: one for one in await services.directory.resolve(workspace, contacts)}
    places: dict[PlaceKey, str] = {}
    unsure: set[tuple[str, int]] = set()
    crowds: list[tuple[Terms, Contact]] = []
    for one in terms:
        for contact in one.contacts:
            users = _users(found[contact])
            crowd = len(users) > MOST_PEOPLE
            crowds += [(one, contact)] if crowd else []
            if crowd or (contact.kind is ContactKind.GROUP and not users):
                unsure.add((one.path, one.level))
            for user in () if crowd else users:
                places.setdefault((one.path, one.level, user), one.text)
    return _Meant(places, frozenset(unsure), tuple(crowds))


def _users(found: Resolved) -> list[str]:
    return [target.id for target in found.targets if target.kind is TargetKind.USER]


def _level(path: str, level: int, rows: Sequence[Agreement]) -> LevelAgreement:
    by = {consent: [one for one in rows if one.consent is consent] for consent in Consent}
    return LevelAgreement(
        path,
        level,
        tuple(one.user for one in by[Consent.AGREED]),
        {one.user: one.reason for one in by[Consent.CANNOT]},
        tuple(one.user for one in by[Consent.ASKED]),
    )
