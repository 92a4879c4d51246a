"""A matrix that can be used, with what looks like a slip in it."""

from bot.adapters.matrix_file import Finding, Severity, load_matrix
from tests.unit.matrix_file.checked import check_matrix
from tests.unit.matrix_file.documents import GOOD, spoiled


def test_slips_are_warnings_with_their_line_and_the_matrix_is_there() -> None:
    text = spoiled(
        "    levels:\n      - {name: Duty",
        "    levels:\n      - {name: First, contacts: [U012AB3CD], acknowledge_within: 5m}\n      - {name: Duty",
    )
    matrix, findings = check_matrix(text, "matrix.yaml")
    assert findings == (
        Finding(
            Severity.WARNING,
            "matrix.yaml:32",
            '"U012AB3CD" is on level "First" already. Somebody who was silent there is only asked again; '
            "name somebody else if you can.",
            'path "Rest", level "Duty"',
        ),
    )
    assert matrix == load_matrix(text, "matrix.yaml")


def test_with_errors_there_is_no_matrix_and_no_warning() -> None:
    matrix, findings = check_matrix(GOOD.replace("later: P2", "later: P3"), "matrix.yaml")
    assert matrix is None
    assert {finding.severity for finding in findings} == {Severity.ERROR}


def test_a_good_document_has_neither() -> None:
    matrix, findings = check_matrix(GOOD, "matrix.yaml")
    assert matrix is not None
    assert findings == ()
