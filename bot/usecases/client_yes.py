"""Pages for clients, seen from outside: who knows the address reads what is in force, and may agree to it.

The secret address is the capability. Whoever has it reads roles and never people, and a yes is a name that they typed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.contacts import Contact
from bot.domain.errors import FieldErrors, Refused
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.matrix.terms import mark
from bot.domain.notices import place
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.text import clean_line
from bot.domain.wording.client_terms import ClientTerms, client_terms, client_title
from bot.domain.words import say
from bot.usecases.agree_matrix import owner_of
from bot.usecases.client_pages import path_named
from bot.usecases.client_ports import ClientPage, ClientYes
from bot.usecases.ports import Store
from bot.usecases.services import ANSWER_BUDGET, Services

NAME_LENGTH = 100
"""The longest name somebody may type, in code points."""
MOST_A_DAY = 20
"""So many names may agree on one page within a day; more than that is no client."""
DAY = timedelta(days=1)
CHANGED = say("This page has changed since you opened it, so nothing was recorded. Please read it once more.")


class TooFast(Refused):
    """Too many answers on one page; try again after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(
            say("Too many answers came from this page. Please try again in {wait}. Thank you.", wait=wait)
        )


@dataclass(frozen=True, slots=True)
class PageShown:
    """What the page shows now. `organisation` is the workspace's name, `client` what the client is called, `timezone`
    where instants are told. `yeses` are earliest first."""

    organisation: str
    client: str
    terms: ClientTerms
    version: int
    timezone: str
    yeses: tuple[ClientYes, ...] = ()

    @property
    def agreed(self) -> tuple[ClientYes, ...]:
        """Those who agreed to just this."""
        return tuple(one for one in self.yeses if one.terms == self.terms.mark)

    @property
    def outdated(self) -> ClientYes | None:
        """The latest yes, when it was said to other terms than these and nobody has agreed to these."""
        return self.yeses[-1] if self.yeses and not self.agreed else None


@dataclass(frozen=True, slots=True)
class SaidYes:
    """What somebody typed and sent: their name, and the mark of the terms that they saw."""

    name: str
    terms: str


async def read_page(services: Services, workspace: WorkspaceId, secret: str) -> PageShown | None:
    """What this page shows now; None when it was withdrawn, its path is gone, or there never was one."""
    published = services.matrix.current(workspace)
    return await services.transactions.read(lambda store: _shown(store, workspace, published, secret))


async def say_yes(services: Services, workspace: WorkspaceId, secret: str, said: SaidYes) -> PageShown | None:
    """Record it and tell who keeps the path; None as above. Said again, it is recorded and told once.

    Raises FieldErrors at ``name``, TooFast, and Refused when the terms are not those that were seen; nothing is
    recorded then."""
    name = clean_line(said.name, NAME_LENGTH + 1)
    now = services.clock.now()
    published = services.matrix.current(workspace)
    shown = await services.transactions.read(lambda store: _shown(store, workspace, published, secret))
    if shown is None or published is None:
        return None
    _must_be_a_name(said.name, name)
    wait = services.pace.wait_for(f"client page {mark(secret)}", now)
    if wait:
        raise TooFast(wait)
    if said.terms != shown.terms.mark:
        raise Refused(CHANGED)
    owner = owner_of(services, workspace, shown.terms.path)

    def unit(store: Store) -> PageShown | None:
        page = store.client_pages.by_secret(secret)
        if page is None:
            return None
        _record(store, page, ClientYes(page.id, name, published.version, said.terms, now), owner)
        return _shown(store, workspace, published, secret)

    result = await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()
    return result


def _record(store: Store, page: ClientPage, yes: ClientYes, owner: Contact | None) -> None:
    before = store.client_pages.yeses(page.workspace, [page.id])
    if any((one.name, one.terms) == (yes.name, yes.terms) for one in before):
        return
    lately = [one.said_at for one in before if one.said_at > yes.said_at - DAY]
    if len(lately) >= MOST_A_DAY:
        raise TooFast(_until_free(lately, yes.said_at))
    if store.client_pages.agree(page.workspace, yes) and owner is not None:
        store.outbox.put(page.workspace, None, [_told(page, yes, owner)], yes.said_at)


def _until_free(lately: list[datetime], now: datetime) -> timedelta:
    return sorted(lately)[-MOST_A_DAY] + DAY - now


def _told(page: ClientPage, yes: ClientYes, owner: Contact) -> Notice:
    """Tells who keeps the path who agreed to it."""
    sentence = say(
        "{name} agreed for {client} to the path {path} as version {n} of the matrix has it.",
        name=yes.name,
        client=page.name,
        path=page.path,
        n=yes.version,
    )
    key = f"client-yes:{page.id}:{yes.terms}:{mark(yes.name)}"
    args = {"sentence": sentence.dump()}
    return Notice(NoticeKind.PATH_OWNER, key, place(owner), key, Rank.REQUESTER, args=args)


def _must_be_a_name(typed: str, name: str) -> None:
    if not any(sign.isalnum() for sign in name):
        raise FieldErrors({"name": "Please write your name, so that it is known who agreed."})
    if len(" ".join(typed.split())) > NAME_LENGTH:
        raise FieldErrors({"name": f"Please write your name in at most {NAME_LENGTH} characters."})


def _shown(
    store: Store, workspace: WorkspaceId, published: PublishedMatrix | None, secret: str
) -> PageShown | None:
    page = store.client_pages.by_secret(secret)
    if page is None or page.workspace != workspace or published is None:
        return None
    path = path_named(published.matrix, page.path)
    if path is None:
        return None
    organisation = store.workspaces.get(workspace)
    return PageShown(
        organisation.name if organisation else "",
        client_title(published.matrix, page.client) or page.name,
        client_terms(published.matrix, path, page.client),
        published.version,
        published.matrix.workspace.timezone,
        tuple(store.client_pages.yeses(workspace, [page.id])),
    )
