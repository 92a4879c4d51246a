"""No rule about the document itself goes without a case."""

from bot.domain.matrix.flaw import Rule
from tests.unit.domain.matrix import (
    test_doubts,
    test_doubts_oncall,
    test_doubts_times,
    test_validate,
    test_validate_rules,
    test_validate_time,
)

OF_THE_WORLD = {
    Rule.NOBODY,
    Rule.ANSWERLESS,
    Rule.NOT_MEMBER,
    Rule.SAME_PERSON,
    Rule.GAP,
    Rule.REVIEW,
    Rule.OVER,
    Rule.UNKNOWN_NOW,
}
"""These have their cases where the world is looked at."""


def test_every_rule_has_a_case() -> None:
    tables = (
        test_validate.WORKSPACE,
        test_validate.LEVEL,
        test_validate.DOCUMENT,
        test_validate_rules.CASES,
        test_validate_time.CASES,
        test_doubts.CASES,
        test_doubts_oncall.CASES,
        test_doubts_times.CASES,
    )
    cases = {rule for table in tables for _, rule, *_ in table.values()}
    assert cases == set(Rule) - OF_THE_WORLD
