"""Files that cannot be read, and bytes that are no text."""

import codecs
from pathlib import Path, PosixPath
from typing import Any

import pytest

from bot.adapters.matrix_file import MatrixFileError, Severity, read_matrix_file
from bot.adapters.matrix_file.source import MOST_BYTES, read_bytes
from bot.domain.errors import RungError
from tests.unit.matrix_file.documents import GOOD, told


def why_not(path: Path) -> str:
    with pytest.raises(MatrixFileError) as refused:
        read_matrix_file(path)
    (finding,) = refused.value.findings
    assert finding.severity is Severity.ERROR
    assert finding.place == str(path)
    return finding.sentence


def test_a_good_file_gives_the_matrix_and_its_text(tmp_path: Path) -> None:
    file = tmp_path / "matrix.yaml"
    file.write_bytes(codecs.BOM_UTF8 + GOOD.replace("\n", "\r\n").encode())
    matrix, source = read_matrix_file(file)
    assert [path.name for path in matrix.paths] == ["Care", "Rest"]
    assert source == GOOD.replace("\n", "\r\n")
    assert read_matrix_file(str(file)) == (matrix, source)


def test_a_mistake_names_the_file_as_it_was_given(tmp_path: Path) -> None:
    file = tmp_path / "matrix.yaml"
    file.write_text(GOOD.replace("Europe/London", "Mars"), encoding="utf-8")
    with pytest.raises(RungError, match=r"matrix\.yaml:3: There is no time zone") as refused:
        read_matrix_file(file)
    assert str(refused.value).startswith(f"{file}:3: ")


def test_a_missing_file(tmp_path: Path) -> None:
    assert why_not(tmp_path / "no.yaml") == "This does not exist. Check the name, or the folder you are in."
    assert (
        why_not(tmp_path / "no" / "matrix.yaml")
        == "This does not exist. Check the name, or the folder you are in."
    )


def test_a_folder(tmp_path: Path) -> None:
    assert why_not(tmp_path) == "This is not a file. Name the matrix file itself, for example matrix.yaml."


def test_a_name_the_system_refuses() -> None:
    assert why_not(Path("x" * 5000)).startswith("This cannot be read: ")


class Locked(PosixPath):
    """A file this user may not open (the tests may run as a user who may open everything)."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        raise PermissionError(13, "Permission denied")


def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    file = Locked(tmp_path / "matrix.yaml")
    file.touch()
    with pytest.raises(
        MatrixFileError, match=r"This may not be read by this user\. Change its permissions or its owner\.$"
    ):
        read_bytes(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "1: This file is empty. Start from the example in docs/matrix.md."),
        ("  \n\t\n", "1: This file is empty. Start from the example in docs/matrix.md."),
        (codecs.BOM_UTF8, "1: This file is empty. Start from the example in docs/matrix.md."),
        ("# later\n", "1: This file holds only comments. Start from the example in docs/matrix.md."),
        (GOOD.encode("utf-16"), "1: This file is saved as UTF-16. Save it as UTF-8."),
        (GOOD.encode("utf-32"), "1: This file is saved as UTF-32. Save it as UTF-8."),
        ("a: 1\nb: ü".encode("latin-1"), "2: This line is not valid UTF-8. Save the file as UTF-8."),
        ("a: 1\nb: \ud800", "2: This line is not valid UTF-8. Save the file as UTF-8."),
        ("a: 1\n\nb: \0", "3: There is a sign that cannot be in a text file (U+0000). Delete it."),
        ("a: 1\nb: \x1b[31m", "2: There is a sign that cannot be in a text file (U+001B). Delete it."),
        ("a: 1\nb: x\ufeffy", "2: There is a sign that cannot be in a text file (U+FEFF). Delete it."),
        ("#" * (MOST_BYTES + 1), "1: This file is larger than 1 MiB. Check that it is the matrix you meant."),
        (
            "- a\n- b\n",
            '1: A matrix is a document of keys, starting with "rung: 1". See the example in docs/matrix.md.',
        ),
        (
            "hello",
            '1: A matrix is a document of keys, starting with "rung: 1". See the example in docs/matrix.md.',
        ),
        ("a: " + "[" * 100, "1: This is nested more than 16 deep. Check the brackets."),
        ('a: "\\UFFFFFFFF"', "1: This is not valid YAML: "),
        ("a: &", "1: This line is not valid YAML: expected alphabetic or numeric character"),
        (
            "a: [1, 2\nb: 3",
            "1: This list lacks a comma or its closing ]. A #channel inside it must be in quotes",
        ),
        (
            "a: {b: 1\nc: 3",
            "1: This section lacks a comma or its closing }. A #channel inside it must be in quotes",
        ),
    ],
)
def test_bytes_that_are_no_matrix(text: bytes | str, said: str) -> None:
    (finding,) = told(text)
    assert finding.startswith(said)


def test_a_file_of_the_largest_size_is_read() -> None:
    assert told(GOOD + "#" * (MOST_BYTES - len(GOOD))) == []


def test_an_odd_file_name_cannot_break_the_lines() -> None:
    assert told("", "a\nb.yaml") == [
        "a\\nb.yaml:1: This file is empty. Start from the example in docs/matrix.md."
    ]
