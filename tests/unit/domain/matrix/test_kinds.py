"""Comparing rules by the kinds of issues they take: held against asking every kind one by one."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matrix.kinds import MOST_KINDS, kinds_of
from bot.domain.matrix.match import Kind, choose
from bot.domain.matrix.model import IssueType, Match, Matrix, Named, TargetRule
from bot.domain.span import span
from tests.builders import matrix, path
from tests.tries import tries

VALUES = {
    "type": ("payments", "hardware", "advice"),
    "category": ("customer", "operational"),
    "service": ("billing", "credit"),
    "client": ("acme",),
    "priority": ("p1", "p2", "p3"),
    "channel": ("#shop", "#desk"),
    "impact": ("everyone", "some"),
    "urgency": ("now", "soon"),
}
MATCHES = st.dictionaries(st.sampled_from(sorted(VALUES)), st.integers(1, 7), max_size=3).map(
    lambda some: {
        fact: tuple(one for n, one in enumerate(VALUES[fact]) if bits >> n & 1) for fact, bits in some.items()
    }
)


def document(matches: list[Match]) -> Matrix:
    """A matrix whose paths have these matches, and a default path."""
    types = (
        IssueType("payments", "Payments", "customer"),
        IssueType("hardware", "Hardware", "operational"),
        IssueType("advice", "Advice"),
    )
    return matrix(
        *(path(str(number), match=match) for number, match in enumerate(matches)),
        path("Rest"),
        types=types,
        services=(Named("billing", "B"), Named("credit", "C")),
        clients=(Named("acme", "A"),),
    )


def taken_by(document: Matrix) -> set[str]:
    """The paths that some issue takes, found by trying all issues there can be."""
    issues = product(
        (one.key for one in document.types),
        document.impacts,
        document.urgencies,
        ("", "billing", "credit"),
        ("", "acme"),
        ("", "#shop", "#desk", "#elsewhere"),
    )
    return {choose(document, Kind(*issue)).path.name for issue in issues}


@tries(16)
@given(st.lists(MATCHES, max_size=4))
def test_a_path_has_kinds_of_its_own_exactly_when_some_issue_takes_it(matches: list[Match]) -> None:
    whole = document(matches)
    kinds = kinds_of(whole)
    assert kinds is not None
    own = kinds.own(one.match for one in whole.paths)
    assert {one.name for one, share in zip(whole.paths, own, strict=True) if share} == taken_by(whole)


@tries(12)
@given(st.lists(MATCHES, max_size=4))
def test_every_kind_is_taken_once(matches: list[Match]) -> None:
    whole = document(matches)
    kinds = kinds_of(whole)
    assert kinds is not None
    own = kinds.own(one.match for one in whole.paths)
    assert sum(own) == kinds.every
    assert sum(share.bit_count() for share in own) == kinds.every.bit_count()


def test_what_no_rule_tells_apart_is_one_kind() -> None:
    many = tuple(IssueType(f"t{n}", "T", "customer") for n in range(100))
    table = {(f"i{n}", f"u{m}"): "p2" for n in range(100) for m in range(100)}
    kinds = kinds_of(matrix(types=many, priority_matrix=table))
    assert kinds is not None
    assert kinds.every.bit_count() == 1


def test_too_many_kinds_are_not_compared() -> None:
    services = tuple(Named(f"s{n}", "S") for n in range(100))
    clients = tuple(Named(f"c{n}", "C") for n in range(100))
    types = tuple(IssueType(f"t{n}", "T") for n in range(100))
    everything = {
        "service": tuple(one.key for one in services),
        "client": tuple(one.key for one in clients),
        "type": tuple(one.key for one in types),
    }
    large = matrix(
        types=types,
        services=services,
        clients=clients,
        targets=(TargetRule(everything, span("1h"), None, "always"),),
    )
    assert MOST_KINDS < 101 * 101 * 100
    assert kinds_of(large) is None
