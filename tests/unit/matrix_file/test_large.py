"""The matrix of a large organisation is read whole, and one mistake in all of its paths stays readable."""

from bot.adapters.matrix_file import Severity
from tests.benchmarks import large_matrix
from tests.unit.matrix_file.checked import check_matrix


def test_everything_of_it_is_there() -> None:
    matrix, findings = check_matrix(large_matrix.large_matrix(), "large.yaml")
    assert matrix is not None
    assert len(matrix.paths) == large_matrix.PATHS
    assert len(matrix.schedules) == large_matrix.SCHEDULES
    assert len(matrix.targets) == large_matrix.TARGETS
    assert {one.severity for one in findings} <= {Severity.WARNING, Severity.NOTE}


def test_a_mistake_made_everywhere_is_told_as_often_as_anybody_reads() -> None:
    text = large_matrix.large_matrix().replace('"oncall:schedule-', '"oncall:shedule-')
    matrix, findings = check_matrix(text, "large.yaml")
    assert matrix is None
    assert len(findings) == 200
    assert findings[0].sentence.endswith('Did you mean "schedule-0"?')
