"""The pictures of pages for clients: the first, some with and without a yes, a given one, and nowhere to serve them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.adapters.slack.blocks.client_pages import given_view, pages_view
from bot.adapters.slack.blocks.views import metadata
from bot.domain.matrix.model import Matrix, Named
from bot.usecases.client_pages import GivenPage, PagesShown
from bot.usecases.client_ports import ClientPage, ClientYes
from tests import builders as make
from tests.unit.slack.blocks import examples

PUBLIC = "https://rung.example.com"
MARK, OLD_MARK = "0123456789ab", "ba9876543210"
CLIENTS = (Named("acme", "Acme Ltd"), Named("bolt", "Bolt <& Sons>"))


def page(name: str, number: int, path: str = "Payments") -> ClientPage:
    """Given at noon by Omar."""
    return ClientPage(number, make.T1, path, "", name, f"5ec4e7{number}", make.OMAR, make.NOON)


def given(name: str, number: int, *names: str, mark: str = MARK, shows: str = MARK) -> GivenPage:
    """With a yes to `mark` of each of these, an hour after another; it `shows` other terms now, or the same."""
    hours = enumerate(names, start=1)
    said = (ClientYes(number, one, 3, mark, make.NOON + timedelta(hours=n)) for n, one in hours)
    return GivenPage(page(name, number), tuple(said), shows)


def some() -> tuple[GivenPage, ...]:
    """One that nobody agreed to, one that a few did, one that has changed since, one whose path is gone."""
    return (
        given("Bolt <& Sons>", 7),
        given("Acme Ltd", 5, "Zoë", "Bo <!channel>", "Ann", "Lee", "Kim", "Max", "Ida"),
        given("Corp", 3, "Uma", mark=OLD_MARK),
        given("Delta", 2, "Ugo", shows=""),
    )


def listed(
    *pages: GivenPage, public: str = PUBLIC, clients: tuple[Named, ...] = CLIENTS, all_: bool = False
) -> Any:
    """The list of Payments, or of all paths."""
    matrix: Matrix = make.matrix(clients=clients)
    shown = PagesShown(matrix, None if all_ else matrix.paths[0], pages)
    return pages_view(shown, public, metadata("n-1", path="Payments"), examples.NOW)


CLIENT_PAGES: dict[str, Callable[[], dict[str, Any]]] = {
    "client_pages_none": lambda: listed(clients=()),
    "client_pages_some": lambda: listed(*some()),
    "client_pages_of_all_paths": lambda: listed(*some()[:1], all_=True),
    "client_pages_without_address": lambda: listed(*some()[:1], public=""),
    "client_page_given": lambda: given_view(page("Bolt <& Sons>", 7), PUBLIC),
}
