"""Which path, priority and target an issue gets."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.calendar import ALWAYS, Calendar
from bot.domain.errors import FieldErrors, Refused
from bot.domain.matrix.match import Kind, choose, first_fit, path_for, priority_for, route_for
from bot.domain.matrix.model import IssueType, Matrix, Named, Route, TargetRule
from bot.domain.span import span
from tests.builders import NOON, facts, level, matrix, path, published

NOW = Kind("payments", "everyone", "now")


def route(document: Matrix, kind: Kind = NOW, **changes: Any) -> Route:
    return route_for(published(document=document), kind, NOON, **changes)


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
    chosen = route(ladder_of_paths(), Kind(type_key, impact, urgency))
    assert (chosen.path.name, chosen.priority.key) == (path_name, priority)


def test_a_route_takes_the_rules_of_its_version_along() -> None:
    document = ladder_of_paths()
    taken = route_for(published(7, document), NOW, NOON)
    assert taken.version == 7
    assert taken.rules == document.workspace
    assert taken.type_title == "Payments"
    assert taken.levels == document.paths[0].levels


def test_a_route_takes_the_titles_of_service_and_client_along() -> None:
    document = matrix(services=(Named("billing", "Billing & refunds"),), clients=(Named("acme", "Acme Ltd"),))
    about = Kind("payments", "everyone", "now", service="billing", client="acme")
    assert (route(document, about).service_title, route(document, about).client_title) == (
        "Billing & refunds",
        "Acme Ltd",
    )
    assert (route(document).service_title, route(document).client_title) == ("", "")


def test_the_order_of_paths_decides_and_not_how_narrow_they_are() -> None:
    document = matrix(
        path("Wide", match={"category": ("customer",)}), path("Narrow", match={"type": ("payments",)}), path()
    )
    assert route(document).path.name == "Wide"


def test_a_type_without_category_matches_no_category() -> None:
    plain = IssueType("odd", "Odd")
    document = matrix(path("Customers", match={"category": ("customer",)}), path("The rest"), types=(plain,))
    assert route(document, Kind("odd", "some", "now")).path.name == "The rest"


def by_service_client_and_channel() -> Matrix:
    return matrix(
        path("Acme's billing", match={"service": ("billing",), "client": ("acme",)}),
        path("Billing", match={"service": ("billing", "credit")}),
        path("Shop floor", match={"channel": ("#shop-floor", "#C0123ABCD")}),
        path("The rest"),
        services=(Named("billing", "Billing"), Named("credit", "Credit")),
        clients=(Named("acme", "Acme Ltd"),),
    )


@pytest.mark.parametrize(
    ("where", "path_name"),
    [
        ({"service": "billing", "client": "acme"}, "Acme's billing"),
        ({"service": "billing"}, "Billing"),
        ({"service": "credit", "client": "acme"}, "Billing"),
        ({"service": "credit", "channel": "#shop-floor"}, "Billing"),
        ({"client": "acme"}, "The rest"),
        ({"channel": "#shop-floor"}, "Shop floor"),
        ({"channel": "C0123ABCD"}, "Shop floor"),
        ({"channel": "#shop"}, "The rest"),
        ({}, "The rest"),
    ],
)
def test_service_client_and_channel_choose_too(where: dict[str, str], path_name: str) -> None:
    assert route(by_service_client_and_channel(), replace(NOW, **where)).path.name == path_name


def test_the_facts_of_an_issue_will_do() -> None:
    told = facts(service="billing", client="acme")
    chosen = route_for(published(document=by_service_client_and_channel()), told, NOON)
    assert chosen.path.name == "Acme's billing"


URGENT = TargetRule({"priority": ("p1",)}, span("15m"), span("4h"), "always")
USUAL = TargetRule({}, span("4h"), span("3d"), "office")
OFFICE = Calendar("office", "Europe/Berlin")
NIGHT = Calendar("night", "Europe/Berlin")


def with_targets(*targets: TargetRule) -> Matrix:
    levels = (level(), level("Second", calendar="night"), level("Third", calendar="always"))
    return matrix(path(levels=levels), targets=targets, calendars=(OFFICE, NIGHT, Calendar("spare", "UTC")))


def test_the_first_target_that_fits_counts() -> None:
    document = with_targets(URGENT, USUAL)
    assert route(document).target == URGENT
    assert route(document, Kind("payments", "some", "now")).target == USUAL
    assert route(with_targets(URGENT), Kind("payments", "some", "now")).target is None


def test_a_route_has_the_calendars_it_counts_in_and_no_others() -> None:
    taken = route(with_targets(USUAL))
    assert set(taken.calendars) == {"office", "night"}
    assert taken.target_calendar == OFFICE
    assert taken.calendar("always") == ALWAYS
    assert set(route(with_targets(URGENT)).calendars) == {"night"}


def test_the_calendars_of_a_route_know_the_days_off_of_two_years() -> None:
    today = NOON.date()
    days = {today + timedelta(days=n) for n in (-400, -3, 5, 700, 800)}
    document = replace(with_targets(USUAL), calendars=(replace(OFFICE, off=frozenset(days)), NIGHT))
    kept = route(document).calendars["office"].off
    assert kept == {today + timedelta(days=n) for n in (-3, 5, 700)}
    assert date(2026, 2, 27) in kept


def test_the_most_urgent_priority_is_marked() -> None:
    assert route(matrix()).top_priority
    assert not route(matrix(), Kind("payments", "some", "now")).top_priority


def test_a_priority_somebody_set_counts_instead_of_impact_and_urgency() -> None:
    document = replace(ladder_of_paths(), targets=(URGENT,))
    quiet = Kind("payments", "some", "soon")
    raised = route(document, quiet, priority="p1")
    assert (raised.path.name, raised.priority.key, raised.target) == ("Critical payments", "p1", URGENT)
    assert raised.top_priority
    assert route(document, quiet).path.name == "Soon"


def test_choosing_tells_what_rules_could_look_at() -> None:
    kind = Kind("payments", "everyone", "now", "billing", "acme", "shop-floor")
    assert choose(by_service_client_and_channel(), kind).facts == {
        "type": "payments",
        "category": "customer",
        "service": "billing",
        "client": "acme",
        "priority": "p1",
        "channel": "#shop-floor",
        "impact": "everyone",
        "urgency": "now",
    }


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            Kind("paymnts", "everyone", "now"),
            {"type": 'The matrix has no type "paymnts". Choose one of: payments, hardware.'},
        ),
        (
            Kind("payments", "all", "now"),
            {"impact": 'The matrix has no impact "all". Choose one of: everyone, some.'},
        ),
        (
            Kind("payments", "some", ""),
            {"urgency": 'The matrix has no urgency "". Choose one of: now, soon.'},
        ),
        (
            Kind("x", "y", "z"),
            {
                "type": 'The matrix has no type "x". Choose one of: payments, hardware.',
                "impact": 'The matrix has no impact "y". Choose one of: everyone, some.',
                "urgency": 'The matrix has no urgency "z". Choose one of: now, soon.',
            },
        ),
        (
            Kind("payments", "some", "now", "bill", "acne"),
            {
                "service": 'The matrix has no service "bill". Choose one of: billing, credit.',
                "client": 'The matrix has no client "acne". Choose one of: acme.',
            },
        ),
    ],
)
def test_unknown_answers_are_all_named_by_field(kind: Kind, said: dict[str, str]) -> None:
    with pytest.raises(FieldErrors) as refused:
        route(by_service_client_and_channel(), kind)
    assert refused.value.fields == said


def test_an_unknown_priority_is_named_too() -> None:
    with pytest.raises(FieldErrors) as refused:
        route(matrix(), priority="P1")
    assert refused.value.fields == {"priority": 'The matrix has no priority "P1". Choose one of: p1, p2, p3.'}


def test_where_there_are_no_services_none_can_be_named() -> None:
    with pytest.raises(FieldErrors) as refused:
        route(matrix(), replace(NOW, service="billing"))
    assert refused.value.fields == {"service": 'The matrix has no service "billing". Leave it out.'}


def test_a_hole_in_the_priority_matrix_is_a_sentence() -> None:
    document = matrix(priority_matrix={("everyone", "now"): "p1", ("some", "soon"): "p3"})
    with pytest.raises(Refused, match=r"no priority for impact everyone and urgency soon\. Ask an admin"):
        priority_for(document, "everyone", "soon")


def test_a_matrix_without_default_path_is_a_sentence() -> None:
    document = matrix(path("Only soon", match={"urgency": ("soon",)}))
    with pytest.raises(Refused, match=r"No path of the matrix takes this issue\. Ask an admin"):
        path_for(document, {"urgency": "now"})


def test_where_no_rule_fits_there_is_none() -> None:
    assert first_fit((URGENT,), {"priority": "p2"}) is None
