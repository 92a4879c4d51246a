"""Whatever stands in the file, it is a matrix or a list of findings; never anything else."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.adapters.matrix_file import MatrixFileError, load_matrix
from bot.domain.errors import RungError
from bot.domain.matrix.match import Kind, route_for
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.domain.matrix.validate import flaws
from tests.builders import NOON
from tests.tries import tries
from tests.unit.matrix_file import manual
from tests.unit.matrix_file.documents import GOOD

LINES = GOOD.splitlines(keepends=True)
TOKENS = re.findall(r"\s+|[\w@#.:-]+|[^\w\s]", GOOD)
ODDITIES = st.sampled_from(
    [
        "",
        " ",
        "\t",
        "\n",
        ":",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!t ",
        "<<: ",
        "#",
        '"',
        "'",
        "|",
        ">",
        "%",
        "@",
        "~",
        "null",
        "---\n",
        "...\n",
        "? ",
        "0",
        "-1",
        "99999999999999999999",
        "on",
        "1:30",
        "oncall:x",
        "@channel",
        "match: ",
        "levels: ",
        "[]",
        "{}",
        "[[]]",
        "{a: {}}",
        "\ufeff",
        "\x00",
        "\u2028",
        "\x85",
        "é",
        "\U0001f600",
    ]
)


def judge(text: bytes | str) -> None:
    """The contract of `load_matrix`."""
    try:
        matrix = load_matrix(text, "m.yaml")
    except MatrixFileError as error:
        assert error.findings
        lines = [int(finding.place.removeprefix("m.yaml:")) for finding in error.findings]
        assert lines == sorted(lines)
        assert lines[0] >= 1
        assert all(finding.sentence.isprintable() for finding in error.findings)
        return
    assert flaws(matrix) == ()
    every_issue_has_a_route(matrix)


def every_issue_has_a_route(matrix: Matrix) -> None:
    for kind in matrix.types:
        for impact, urgency in matrix.priority_matrix:
            issue = Kind(kind.key, impact, urgency)
            assert route_for(PublishedMatrix(1, matrix, ""), issue, NOON).levels


@settings(deadline=None)
@given(st.text())
@example("a: &a [*a]")
@example("? ? ?")
@example("%YAML 3.0\n---\n")
def test_random_text(text: str) -> None:
    judge(text)


@settings(deadline=None)
@given(st.binary())
def test_random_bytes(raw: bytes) -> None:
    judge(raw)


@tries(32)
@given(st.lists(st.sampled_from(TOKENS) | ODDITIES, max_size=60))
def test_a_document_of_shuffled_words(tokens: list[str]) -> None:
    judge("".join(tokens))


@tries(32)
@given(
    st.lists(
        st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), ODDITIES | st.text(max_size=6)),
        min_size=1,
        max_size=4,
    )
)
def test_a_good_document_with_holes_and_blots(edits: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for at, length, blot in edits:
        text = text[:at] + blot + text[at + length :]
    judge(text)


@tries(32)
@given(
    st.lists(
        st.tuples(st.integers(0, len(LINES) - 1), st.sampled_from(["drop", "twice", "indent", "empty"])),
        max_size=6,
    )
)
def test_a_good_document_with_its_lines_disturbed(edits: list[tuple[int, str]]) -> None:
    lines = list(LINES)
    for at, how in edits:
        line = lines[at]
        empty = line.split(":")[0] + ":\n"
        lines[at] = {"drop": "", "twice": line + line, "indent": "  " + line, "empty": empty}[how]
    judge("".join(lines))


VALUES = st.recursive(
    st.sampled_from(
        ['""', "a", "15m", "0s", "400d", '"@ann"', '"#ops"', "P1", "quality", "high", "-1", "~", "*x"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]")
        | st.dictionaries(
            st.sampled_from(
                ["name", "match", "levels", "contacts", "title", "type", "service", "inform", "nonsense"]
            ),
            inner,
            max_size=3,
        ).map(lambda some: "{" + ", ".join(f"{key}: {value}" for key, value in some.items()) + "}")
    ),
    max_leaves=6,
)
PLACES = [found.span(1) for found in re.finditer(r": +([^\n,{}]+)(?=[\n,}])", GOOD)]


@tries(32)
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=4, unique_by=lambda edit: edit[0]
    )
)
def test_other_values_in_every_place(edits: list[tuple[tuple[int, int], str]]) -> None:
    text = GOOD
    for (start, end), value in sorted(edits, reverse=True):
        text = text[:start] + value + text[end:]
    judge(text)


WHOLE = manual.whole_matrix()
WHOLE_PLACES = [found.span(1) for found in re.finditer(r"[:\[,] ?([^\n,{}\[\]:]+)(?=[\n,}\]])", WHOLE)]
WHOLE_VALUES = st.sampled_from(
    [
        *('""', "a", "~", "*x", "[]", "{}", "[[a]]", "{a: {}}", "-1", "yes", "hold", "always", "office"),
        *(
            "15m",
            "0s",
            "400d",
            "99999999w",
            "daily",
            "1h",
            "24x7",
            "GB",
            "XX",
            "GB-ZZ",
            "Mars",
            "acme",
            "billing",
        ),
        *(
            "2026-01-05",
            "2026-02-30",
            "0001-01-01",
            '"mon 09:00"',
            '"09:00-08:00"',
            '["09:00-12:00", "11:00-13:00"]',
        ),
        *(
            '"@ann"',
            '"#ops"',
            "group:ops",
            "oncall:x",
            "oncall:care-leads",
            "{mon: }",
            "[{people: []}]",
            "requester",
        ),
    ]
)


@tries(20)
@given(
    st.lists(
        st.tuples(st.sampled_from(WHOLE_PLACES), WHOLE_VALUES),
        min_size=1,
        max_size=4,
        unique_by=lambda edit: edit[0],
    )
)
def test_other_values_in_every_place_of_a_whole_matrix(edits: list[tuple[tuple[int, int], str]]) -> None:
    text = WHOLE
    for (start, end), value in sorted(edits, reverse=True):
        text = text[:start] + value + text[end:]
    judge(text)


def test_a_matrix_file_error_is_read_like_every_other_error_of_ours() -> None:
    try:
        load_matrix("", "m.yaml")
    except RungError as error:
        assert error.sentence.plain() == str(error)
