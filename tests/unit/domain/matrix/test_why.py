"""Why an issue goes the way it goes."""

import pytest

from bot.domain.matrix.match import Kind, choose
from bot.domain.matrix.model import Matrix, Named, TargetRule
from bot.domain.matrix.why import why_path, why_target
from bot.domain.span import span
from tests.builders import matrix, path


def target(**match: tuple[str, ...]) -> TargetRule:
    return TargetRule(match, span("15m"), None, "always")


WHOLE = matrix(
    path("Acme", match={"client": ("acme",), "type": ("payments", "hardware"), "channel": ("#shop",)}),
    path("Urgent", match={"priority": ("p1",), "impact": ("everyone",)}),
    path("Customers", match={"category": ("customer",)}),
    path("The rest"),
    clients=(Named("acme", "Acme Ltd"),),
    targets=(target(priority=("p1",), urgency=("now",)), target(service=("billing",)), target()),
    services=(Named("billing", "Billing"),),
)


@pytest.mark.parametrize(
    ("kind", "path_said", "target_said"),
    [
        (
            Kind("hardware", "some", "soon", "billing", "acme", "shop"),
            "Path Acme takes it: the client is Acme Ltd, the type is Hardware and the channel is #shop.",
            "Target 2 is for it: the service is Billing.",
        ),
        (
            Kind("payments", "everyone", "now"),
            "Path Urgent takes it: the priority is P1 Critical and the impact is everyone.",
            "Target 1 is for it: the priority is P1 Critical and the urgency is now.",
        ),
        (
            Kind("payments", "some", "now"),
            "Path Customers takes it: the category is customer.",
            "Target 3 is for what no target above it is for.",
        ),
        (
            Kind("hardware", "some", "now"),
            "Path The rest takes what no path above it takes.",
            "Target 3 is for what no target above it is for.",
        ),
    ],
)
def test_the_rule_that_matched_and_by_what(kind: Kind, path_said: str, target_said: str) -> None:
    chosen = choose(WHOLE, kind)
    assert why_path(WHOLE, chosen).plain() == path_said
    assert why_target(WHOLE, chosen).plain() == target_said


@pytest.mark.parametrize(
    ("document", "target_said"),
    [
        (matrix(), "No target is for it, so no clock runs."),
        (matrix(targets=(target(),)), "Target 1 is for every issue."),
    ],
)
def test_where_there_is_no_choice(document: Matrix, target_said: str) -> None:
    chosen = choose(document, Kind("payments", "some", "now"))
    assert why_path(document, chosen).plain() == "Path Payments takes every issue."
    assert why_target(document, chosen).plain() == target_said
