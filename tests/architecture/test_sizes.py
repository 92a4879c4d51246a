"""A file is one idea, a function fits the eye."""

from tests.architecture.source import HOME, report, sources, tracked

FILE_LINES = 300
FUNCTION_LINES = 50
SHARE_OVER = 0.01

TABLES = {
    "tests/builders.py": "one builder for each noun of the domain",
    "tests/unit/domain/matrix/test_validate.py": "one table: every mistake a matrix can have",
    "tests/unit/matrix_file/test_sentences.py": "one table: every sentence about a mistake",
}
"""Files that may be longer because they are one table, each with the reason."""
TABLE_LINES = 500


def test_no_file_is_longer_than_one_idea() -> None:
    code = [name for name in tracked() if name.endswith((".py", ".js", ".css")) and name not in TABLES]
    lengths = {name: len((HOME / name).read_text(encoding="utf-8").splitlines()) for name in code}
    long = [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > FILE_LINES]
    assert not long, report(long)


def test_even_a_table_ends() -> None:
    lengths = {name: len((HOME / name).read_text(encoding="utf-8").splitlines()) for name in TABLES}
    wrong = [
        f"{name}: {lines} lines" for name, lines in lengths.items() if not FILE_LINES < lines <= TABLE_LINES
    ]
    assert not wrong, "too long even for a table, or short enough to leave the list:" + report(wrong)


def test_functions_fit_the_eye() -> None:
    lengths = [
        ((function.end_lineno or 0) - function.lineno + 1, f"{file.at(function.lineno)} {function.name}")
        for file in sources("bot/", "tests/")
        for function in file.functions()
    ]
    long = sorted((one for one in lengths if one[0] > FUNCTION_LINES), reverse=True)
    listed = report([f"{place}: {lines} lines" for lines, place in long])
    assert len(long) < SHARE_OVER * len(lengths), listed
