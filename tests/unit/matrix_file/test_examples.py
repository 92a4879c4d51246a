"""The two example files, and the document of docs/matrix.md, load as they are."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from bot.adapters.matrix_file import check_matrix
from bot.domain.contacts import Contact, ContactKind
from bot.domain.matrix.match import Kind, route_for
from bot.domain.matrix.model import Matrix, PublishedMatrix
from tests.builders import NOON

DOCS = Path(__file__).parents[3] / "docs" / "matrix.md"


def example(name: str) -> Matrix:
    matrix, findings = check_matrix((files("bot") / "examples" / name).read_bytes(), name)
    assert findings == ()
    assert matrix is not None
    return matrix


def test_the_demo_has_a_ladder_one_can_watch() -> None:
    matrix = example("demo.yaml")
    care, rest = matrix.paths
    assert [level.name for level in care.levels] == ["Team lead", "Operations manager", "Director"]
    assert [level.acknowledge_within.clock.total_seconds() for level in care.levels] == [30, 30, 40]
    assert care.repeat == 1
    assert [level.name for level in rest.levels] == ["Duty manager"]
    assert matrix.workspace.nag_every.clock.total_seconds() == 40


def test_the_demo_names_only_people_and_places_the_demo_has() -> None:
    matrix = example("demo.yaml")
    there = {"@ann", "@maya", "@omar", "@dina", "@rita"}
    there |= {"#issues", "#escalations", "#ops-desk", "#care", "group:ops-managers"}
    assert {str(contact) for contact in named_in(matrix)} <= there


def named_in(matrix: Matrix) -> Iterator[Contact]:
    rules = matrix.workspace
    yield from (rules.issue_channel, rules.catch_all, rules.escalation_manager)
    for path in matrix.paths:
        yield from (one for one in (path.owner, path.channel) if one is not None)
        for level in path.levels:
            yield from level.contacts


@pytest.mark.parametrize(
    ("facts", "path", "priority"),
    [
        (("response-time", "many customers", "now"), "Critical", "P1"),
        (("billing-error", "many customers", "now"), "Critical", "P1"),
        (("billing-error", "one customer", "today"), "Billing", "P3"),
        (("quality", "one customer", "this week"), "Customer care", "P4"),
        (("staffing", "only us", "now"), "Tools and staffing", "P3"),
        (("key-account", "one customer", "now"), "Everything else", "P2"),
    ],
)
def test_the_contact_centre_sends_each_issue_its_way(
    facts: tuple[str, str, str], path: str, priority: str
) -> None:
    route = route_for(PublishedMatrix(1, example("contact-centre.yaml"), ""), Kind(*facts), NOON)
    assert (route.path.name, route.priority.key) == (path, priority)


def test_the_contact_centre_needs_no_handles() -> None:
    kinds = {contact.kind for contact in named_in(example("contact-centre.yaml"))}
    assert kinds == {ContactKind.EMAIL, ContactKind.GROUP, ContactKind.CHANNEL}
