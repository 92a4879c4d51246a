"""The names of issues, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import IssueRef, WorkspaceId, issue_name, parse_issue_number, read_issue_number
from tests.builders import ref


@pytest.mark.parametrize("text", ["ISS-42", "iss-42", "iss 42", "iss42", "#42", "42", " ISS-42 "])
def test_an_issue_is_known_by(text: str) -> None:
    assert parse_issue_number(text) == 42


@pytest.mark.parametrize(
    "text", ["", "ISS-", "ISS--4", "ISS-4x", "4 2", "-4", "ISS-1234567890", "issue 4", "#"]
)
def test_other_texts_name_no_issue(text: str) -> None:
    assert parse_issue_number(text) is None


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("ISS-42", 42, ""),
        (" iss 42  P1 ", 42, "P1"),
        ("#42 very\nhigh", 42, "very\nhigh"),
        ("42 P1", 42, "P1"),
        ("P1 ISS-42", None, "P1 ISS-42"),
        ("ISS-42P1", None, "ISS-42P1"),
        ("1234567890", None, "1234567890"),
        ("", None, ""),
    ],
)
def test_an_issue_named_first_leaves_the_words_after_it(text: str, number: int | None, words: str) -> None:
    assert read_issue_number(text) == (number, words)


@given(st.integers(0, 999_999_999))
def test_the_name_we_write_is_read_back(number: int) -> None:
    assert parse_issue_number(issue_name(number)) == number


def test_the_same_number_in_two_workspaces_is_two_issues() -> None:
    assert ref(1, "T1") != ref(1, "T2")
    assert str(IssueRef(WorkspaceId("T1"), 3)) == "ISS-3"
    assert sorted([ref(2, "T1"), ref(1, "T2"), ref(1, "T1")]) == [ref(1, "T1"), ref(2, "T1"), ref(1, "T2")]
