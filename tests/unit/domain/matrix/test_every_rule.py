"""No rule goes without a case."""

from bot.domain.matrix.flaw import Rule
from tests.unit.domain.matrix import (
    test_doubts,
    test_doubts_oncall,
    test_doubts_times,
    test_validate,
    test_validate_rules,
    test_validate_time,
    test_world,
    test_world_times,
)


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
    worldly = {
        rule
        for table in (test_world.CASES, test_world_times.CASES)
        for _, _, findings in table.values()
        for rule, *_ in findings
    }
    assert cases | worldly | {Rule.UNKNOWN_NOW} == set(Rule)
