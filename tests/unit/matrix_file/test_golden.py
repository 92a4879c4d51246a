"""Everything that is said about one very broken file, at once and in line order."""

from pathlib import Path

import pytest

from bot.adapters.matrix_file import Finding, MatrixFileError, Severity, load_matrix

HERE = Path(__file__).parent


def findings() -> tuple[Finding, ...]:
    with pytest.raises(MatrixFileError) as refused:
        load_matrix((HERE / "broken.yaml").read_bytes(), "broken.yaml")
    return refused.value.findings


def test_all_findings_are_told_together() -> None:
    told = "".join(f"{finding}\n" for finding in findings())
    assert told == (HERE / "broken.txt").read_text(encoding="utf-8")


def test_they_come_in_line_order_and_each_once() -> None:
    lines = [int(finding.place.removeprefix("broken.yaml:")) for finding in findings()]
    assert lines == sorted(lines)
    assert len(set(findings())) == len(findings())
    assert {finding.severity for finding in findings()} == {Severity.ERROR}


def test_each_is_a_sentence_that_says_what_to_do() -> None:
    for finding in findings():
        assert finding.sentence.endswith((".", "?"))
        assert finding.sentence[0].isupper() or finding.sentence[0] == '"'
        assert finding.sentence.isprintable()


def test_nobody_is_told_more_than_can_be_read() -> None:
    with pytest.raises(MatrixFileError) as refused:
        load_matrix("rung: 1\n" + "".join(f"key{n}: 1\n" for n in range(5000)), "m.yaml")
    assert len(refused.value.findings) == 201
    assert refused.value.findings[-1].sentence == "There is more from here on. Mend the lines above first."
