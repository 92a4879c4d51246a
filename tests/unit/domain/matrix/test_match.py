"""Which path and priority an issue gets."""

import pytest

from bot.domain.errors import FieldErrors, Refused
from bot.domain.matrix.match import path_for, priority_for, route_for
from bot.domain.matrix.model import Matrix
from tests.builders import P1, matrix, path, published


def ladder_of_paths() -> Matrix:
    """Narrow paths first, the default last."""
    return matrix(
        path("Critical payments", match={"type": ("payments",), "priority": ("p1",)}),
        path("Soon", match={"urgency": ("soon",), "impact": ("some",)}),
        path("Customers", match={"category": ("customer", "partner")}),
        path("The rest"),
    )


@pytest.mark.parametrize(
    ("type_key", "impact", "urgency", "path_name", "priority"),
    [
        ("payments", "everyone", "now", "Critical payments", "p1"),
        ("payments", "everyone", "soon", "Customers", "p2"),
        ("payments", "some", "now", "Customers", "p2"),
        ("payments", "some", "soon", "Soon", "p3"),
        ("hardware", "everyone", "now", "The rest", "p1"),
        ("hardware", "everyone", "soon", "The rest", "p2"),
        ("hardware", "some", "now", "The rest", "p2"),
        ("hardware", "some", "soon", "Soon", "p3"),
    ],
)
def test_the_first_path_that_fits_wins(
    type_key: str, impact: str, urgency: str, path_name: str, priority: str
) -> None:
    route = route_for(published(document=ladder_of_paths()), type_key, impact, urgency)
    assert (route.path.name, route.priority.key) == (path_name, priority)


def test_a_route_takes_the_rules_of_its_version_along() -> None:
    document = ladder_of_paths()
    route = route_for(published(7, document), "payments", "everyone", "now")
    assert route.version == 7
    assert route.rules == document.workspace
    assert route.type_title == "Payments"
    assert route.levels == document.paths[0].levels


def test_the_order_of_paths_decides_and_not_how_narrow_they_are() -> None:
    document = matrix(
        path("Wide", match={"category": ("customer",)}), path("Narrow", match={"type": ("payments",)}), path()
    )
    assert route_for(published(document=document), "payments", "everyone", "now").path.name == "Wide"


def test_a_type_without_category_matches_no_category() -> None:
    plain = matrix().types[0].__class__("odd", "Odd")
    document = matrix(path("Customers", match={"category": ("customer",)}), path("The rest"), types=(plain,))
    assert route_for(published(document=document), "odd", "some", "now").path.name == "The rest"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            ("paymnts", "everyone", "now"),
            {"type": 'The matrix has no type "paymnts". Choose one of: payments, hardware.'},
        ),
        (
            ("payments", "all", "now"),
            {"impact": 'The matrix has no impact "all". Choose one of: everyone, some.'},
        ),
        (
            ("payments", "some", ""),
            {"urgency": 'The matrix has no urgency "". Choose one of: now, soon.'},
        ),
        (
            ("x", "y", "z"),
            {
                "type": 'The matrix has no type "x". Choose one of: payments, hardware.',
                "impact": 'The matrix has no impact "y". Choose one of: everyone, some.',
                "urgency": 'The matrix has no urgency "z". Choose one of: now, soon.',
            },
        ),
    ],
)
def test_unknown_answers_are_all_named_by_field(facts: tuple[str, str, str], said: dict[str, str]) -> None:
    with pytest.raises(FieldErrors) as refused:
        route_for(published(), *facts)
    assert refused.value.fields == said


def test_a_hole_in_the_priority_matrix_is_a_sentence() -> None:
    document = matrix(priority_matrix={("everyone", "now"): "p1", ("some", "soon"): "p3"})
    with pytest.raises(Refused, match=r"no priority for impact everyone and urgency soon\. Ask an admin"):
        priority_for(document, "everyone", "soon")


def test_a_matrix_without_default_path_is_a_sentence() -> None:
    document = matrix(path("Only soon", match={"urgency": ("soon",)}))
    with pytest.raises(Refused, match=r"No path of the matrix takes this issue\. Ask an admin"):
        path_for(document, document.types[0], P1, "everyone", "now")
