"""Which promises, services and types a client can meet on a path."""

from typing import Any

import pytest

from bot.domain.matrix.client_share import share_of
from bot.domain.matrix.kinds import MOST_KINDS, kinds_of
from bot.domain.matrix.model import IssueType, Matrix, Named, Priority, Promise
from bot.domain.span import span
from tests.builders import matrix, path


def promise(answer: str, **match: str) -> Promise:
    """An answer in this time."""
    return Promise({fact: (one,) for fact, one in match.items()}, span(answer), None, "always")


def document(*promises: Promise, **changes: Any) -> Matrix:
    """Billing of customers goes one way, repairs another, all else the third. Acme and Bolt are clients."""
    paths = (
        path("Billing", match={"category": ("customer",), "service": ("billing",)}),
        path("Repairs", match={"type": ("repair",)}),
        path("Rest"),
    )
    types = (
        IssueType("late", "Late", "customer"),
        IssueType("quality", "Quality", "customer"),
        IssueType("repair", "Repair", "operational"),
    )
    named = {
        "types": types,
        "services": services(),
        "clients": (Named("acme", "Acme"), Named("bolt", "Bolt")),
    }
    return matrix(*paths, promises=promises, **{**named, **changes})


def services() -> tuple[Named, ...]:
    """Billing is named by a path, the others by none."""
    return tuple(Named(key, key.title()) for key in ("billing", "cloud", "desk"))


def answers(made: Matrix, number: int, client: str) -> list[str]:
    """The times of the promises that are left."""
    return [str(one.answer) for one in share_of(made, made.paths[number], client).promises]


BILLING, REPAIRS, REST = range(3)
ACME, ALL = promise("1h", client="acme"), promise("2h")
ACME_LATE, LATE = promise("3h", client="acme", type="late"), promise("4h", type="late")
CLOUD = promise("5h", service="cloud")


@pytest.mark.parametrize(
    ("promises", "number", "client", "left"),
    [
        pytest.param((ACME, ALL), BILLING, "acme", ["1h"], id="what a client's own promise hides"),
        pytest.param((ACME, ALL), BILLING, "bolt", ["2h"], id="another client's promise"),
        pytest.param((ACME, ALL), BILLING, "", ["2h"], id="a client without a key"),
        pytest.param((ACME, ALL), BILLING, "unknown", ["2h"], id="a key the matrix does not have"),
        pytest.param((ACME,), BILLING, "", [], id="nothing for others"),
        pytest.param((ACME_LATE, LATE, ALL), BILLING, "acme", ["3h", "2h"], id="its own of one type"),
        pytest.param((ACME_LATE, LATE, ALL), BILLING, "bolt", ["4h", "2h"], id="everybody's of one type"),
        pytest.param((LATE, ALL), REPAIRS, "acme", ["2h"], id="a type that goes another way"),
        pytest.param((CLOUD, ALL), BILLING, "acme", ["2h"], id="a service that goes another way"),
        pytest.param((CLOUD, ALL), REST, "acme", ["5h", "2h"], id="both of what is left"),
        pytest.param((ALL, CLOUD), REST, "acme", ["2h"], id="the first that fits counts"),
    ],
)
def test_promises(promises: tuple[Promise, ...], number: int, client: str, left: list[str]) -> None:
    assert answers(document(*promises), number, client) == left


@pytest.mark.parametrize(
    ("number", "named", "kinds"),
    [
        pytest.param(BILLING, ["billing"], ["late", "quality"], id="of one service and category"),
        pytest.param(REPAIRS, ["billing", "cloud", "desk"], ["repair"], id="of one type"),
        pytest.param(REST, ["cloud", "desk"], ["late", "quality"], id="what the others leave"),
    ],
)
def test_services_and_types(number: int, named: list[str], kinds: list[str]) -> None:
    made = document()
    share = share_of(made, made.paths[number], "acme")
    assert [one.key for one in share.services] == named
    assert [one.key for one in share.types] == kinds


def too_many() -> dict[str, Any]:
    """More kinds of issues than can be compared: a path for each of many services, a promise for each client."""
    some = tuple(Named(f"s{n}", f"Service {n}") for n in range(900))
    clients = tuple(Named(f"c{n}", f"Client {n}") for n in range(900))
    rules = (
        Promise({"client": (one.key,), "service": (service.key,)}, span("9h"), None, "always")
        for one, service in zip(clients, some, strict=True)
    )
    return {
        "services": (*services(), *some),
        "clients": (Named("acme", "Acme"), *clients),
        "rules": tuple(rules),
    }


def test_with_too_many_kinds_the_shared_facts_decide() -> None:
    known = too_many()
    rules = known.pop("rules")
    made = document(ACME, CLOUD, LATE, *rules, ALL, priorities=(Priority("p1", "P1", 0),), **known)
    assert kinds_of(made) is None, MOST_KINDS
    assert answers(made, BILLING, "acme") == ["1h", "4h", "2h"]
    assert answers(made, BILLING, "bolt") == ["4h", "2h"]
    share = share_of(made, made.paths[BILLING], "acme")
    assert [one.key for one in share.services] == ["billing"]
    assert [one.key for one in share.types] == ["late", "quality"]
