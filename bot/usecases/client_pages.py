"""Pages for clients, seen from inside: who keeps a path gives its pages, reads who agreed, and withdraws them."""

from dataclasses import dataclass

from bot.domain.errors import FieldErrors, NotFound, Refused
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import Matrix, Path
from bot.domain.matrix.phrases import suggest
from bot.domain.text import clean_line
from bot.domain.wording.client_terms import client_terms, client_title
from bot.domain.words import say
from bot.usecases.client_ports import ClientPage, ClientYes
from bot.usecases.matrix_rights import Editor, editor, require_path
from bot.usecases.ports import Store
from bot.usecases.services import ANSWER_BUDGET, Services
from bot.usecases.show_matrix import find_path, in_force

MOST_PAGES = 40
"""Pages in force of one path."""
NAME_LENGTH = 75
CLIENT = "client"
"""The field of the form that asks whose page it is."""
NO_ADDRESS = say(
    "Pages for clients need an address that can be reached from outside. Please ask who runs Rung to set "
    "RUNG_PUBLIC_URL, for example to https://rung.example.com, and HTTP_PORT where that leads."
)
GONE = say("This page is withdrawn already. Its address leads nowhere.")


@dataclass(frozen=True, slots=True)
class GivenPage:
    """A page in force and what was said on it, earliest first. `mark` is that of the terms it shows now; empty when its
    path is no longer in the matrix, and then it shows nothing."""

    page: ClientPage
    yeses: tuple[ClientYes, ...]
    mark: str

    @property
    def agreed(self) -> tuple[ClientYes, ...]:
        """Those who agreed to what it shows now."""
        return tuple(one for one in self.yeses if one.terms == self.mark)


@dataclass(frozen=True, slots=True)
class PagesShown:
    """The pages of one path, newest first; `path` None = of every path this person may change."""

    matrix: Matrix
    path: Path | None
    pages: tuple[GivenPage, ...]


async def pages_of(services: Services, workspace: WorkspaceId, user: str, words: str = "") -> PagesShown:
    """The pages of the path that is named, or all that this person may withdraw.

    Raises NotFound for an unknown path, NotAllowed for one of somebody else, Refused without a matrix."""
    matrix = in_force(services, workspace).matrix
    path = find_path(matrix, words) if words else None
    who = await editor(services, workspace, matrix, user)
    if path is not None:
        require_path(who, path)
    name = path.name if path else None

    def unit(store: Store) -> tuple[GivenPage, ...]:
        pages = [one for one in store.client_pages.of(workspace, name) if who.may_edit_path(one.path)]
        said = store.client_pages.yeses(workspace, [one.id for one in pages])
        return tuple(_given(matrix, one, said) for one in reversed(pages))

    return PagesShown(matrix, path, await services.transactions.read(unit))


async def give_page(
    services: Services, workspace: WorkspaceId, user: str, path: str, client: str, secret: str
) -> ClientPage:
    """The page of this path for a client of the matrix, by key or title; by any name where it has none. Made with this
    secret when there is none yet; asked for again, it is the same page.

    Raises FieldErrors at the field `CLIENT`, NotFound, NotAllowed, Refused."""
    matrix = in_force(services, workspace).matrix
    found = find_path(matrix, path)
    require_path(await editor(services, workspace, matrix, user), found)
    key, name = _client(matrix, client)
    now = services.clock.now()
    page = ClientPage(0, workspace, found.name, key, name, secret, user, now)

    def unit(store: Store) -> ClientPage:
        there = store.client_pages.of(workspace, found.name)
        known = any((one.client, one.name) == (key, name) for one in there)
        if len(there) >= MOST_PAGES and not known:
            raise Refused(
                say(
                    "The path {path} has {n} pages. Please withdraw one that nobody needs first.",
                    path=found.name,
                    n=len(there),
                )
            )
        return store.client_pages.add(page)

    return await services.transactions.run(unit, budget=ANSWER_BUDGET)


async def withdraw_page(services: Services, workspace: WorkspaceId, user: str, page_id: int) -> None:
    """Its address leads nowhere from now on; what was said on it is kept. Raises NotFound, NotAllowed, Refused."""
    matrix = in_force(services, workspace).matrix
    who = await editor(services, workspace, matrix, user)
    now = services.clock.now()

    def unit(store: Store) -> None:
        page = store.client_pages.get(workspace, page_id)
        if page is None:
            raise NotFound(GONE)
        _require(who, matrix, page)
        store.client_pages.withdraw(workspace, page_id, user, now)

    await services.transactions.run(unit, budget=ANSWER_BUDGET)


def path_named(matrix: Matrix, name: str) -> Path | None:
    """The path of exactly this name."""
    return next((one for one in matrix.paths if one.name == name), None)


def _require(who: Editor, matrix: Matrix, page: ClientPage) -> None:
    """Raises NotAllowed; the page of a path that is gone is an admin's."""
    path = path_named(matrix, page.path)
    require_path(who, path or Path(page.path, ()))


def _given(matrix: Matrix, page: ClientPage, said: list[ClientYes]) -> GivenPage:
    path = path_named(matrix, page.path)
    mark = client_terms(matrix, path, page.client).mark if path else ""
    return GivenPage(page, tuple(one for one in said if one.page == page.id), mark)


def _client(matrix: Matrix, typed: str) -> tuple[str, str]:
    """Key and title. Raises FieldErrors."""
    name = clean_line(typed, NAME_LENGTH)
    if not matrix.clients:
        if not name:
            raise FieldErrors({CLIENT: "Please write who the page is for."})
        return "", name
    if client_title(matrix, name):
        return name, client_title(matrix, name)
    wanted = name.casefold()
    named = [one for one in matrix.clients if wanted in (one.key.casefold(), one.title.casefold())]
    if len(named) != 1:
        hint = suggest(name, [one.title for one in matrix.clients])
        raise FieldErrors({CLIENT: f"Which client of the matrix? {hint}"})
    return named[0].key, named[0].title
