"""What the doctor says of the app: the scopes of its token, and the signing secret."""

import pytest

from bot.adapters.slack.check_app import NEEDED, look_at_scopes, look_at_secret
from bot.adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from bot.domain.checks import Verdict

ALL = frozenset(SCOPES) | frozenset(OPTIONAL_SCOPES)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_that_is_missing_is_named_with_what_it_is_for(scope: str) -> None:
    (check,) = look_at_scopes(ALL - {scope})
    assert check.verdict is (Verdict.BROKEN if scope in NEEDED else Verdict.ATTENTION)
    assert check.said == f"{scope} is missing: it is needed {SCOPES[scope]}."
    assert "install the app again" in check.to_do


def test_what_nobody_needs_is_only_mentioned() -> None:
    (check,) = look_at_scopes(ALL - {"files:write"})
    assert (check.verdict, check.said) == (
        Verdict.OK,
        "all 12 that are needed. Left out, and optional: files:write (to post pictures of ladders and reports).",
    )
    first, second = look_at_scopes(ALL - {"files:write", "users:read"})
    assert (first.verdict, second.verdict) == (Verdict.ATTENTION, Verdict.OK)
    assert "files:write" in second.said


def test_all_scopes_are_fine_and_unknown_ones_are_not_judged() -> None:
    assert [(one.verdict, one.said) for one in look_at_scopes(ALL)] == [
        (Verdict.OK, "all 12 that are needed.")
    ]
    assert [one.verdict for one in look_at_scopes(frozenset())] == [Verdict.UNCHECKED]


@pytest.mark.parametrize(
    ("secret", "verdict"),
    [("0123456789abcdef" * 2, Verdict.OK), ("xoxb-canary", Verdict.ATTENTION), ("0" * 33, Verdict.ATTENTION)],
    ids=["a secret", "a token", "too long"],
)
def test_a_signing_secret_is_looked_at_and_never_shown(secret: str, verdict: Verdict) -> None:
    check = look_at_secret(secret)
    assert check.verdict is verdict
    assert secret not in check.line
