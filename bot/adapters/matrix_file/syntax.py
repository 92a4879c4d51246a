"""What the YAML parser says, as sentences for people who do not know YAML."""

from ruamel.yaml.error import MarkedYAMLError

from bot.adapters.matrix_file.findings import Remark, Spot

_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        "character '@' that cannot start",
        '"@" cannot start a text without quotes. Write "@ann" instead of @ann.',
    ),
    ("character '\\t' that cannot start", "This line is indented with a tab. Use spaces."),
    ("character '`' that cannot start", 'A text cannot start with ` without quotes. Put it in "quotes".'),
    ("character '%' that cannot start", 'A text cannot start with % without quotes. Put it in "quotes".'),
    (
        "mapping values are not allowed",
        'There is a colon too many here. Put a text that holds a colon in "quotes".',
    ),
    (
        "expected ',' or ']'",
        'This list lacks a comma or its closing ]. A #channel inside it must be in quotes: ["#issues"].',
    ),
    (
        "expected ',' or '}'",
        'This section lacks a comma or its closing }. A #channel inside it must be in quotes: "#issues".',
    ),
    (
        "the node content, but found '<stream end>'",
        "A bracket before this is never closed. Close it with ] or }.",
    ),
    ("unexpected end of stream", "A quote is opened here and never closed. Close it."),
    ("unknown escape character", 'In "double quotes" a \\ starts a code. Write \\\\ for a single \\.'),
    (
        "could not find expected ':'",
        'Here is a text where a key was expected. Write "key: value", or indent it.',
    ),
    ("expected <block end>", "This line does not fit the lines above. Check its indentation and the quotes."),
    ("expected '<document start>'", "This line does not fit the lines above. Check its indentation."),
)


_AT_ITS_START = ("expected ',' or", "unexpected end of stream")
"""Problems that are noticed later than they were made."""


def syntax_remark(error: MarkedYAMLError) -> Remark:
    """The parser's error as a remark; in its own words where we have none."""
    problem = str(error.problem or error.context or "it breaks off")
    late = any(part in problem for part in _AT_ITS_START)
    marks = (error.context_mark, error.problem_mark) if late else (error.problem_mark, error.context_mark)
    mark = next((one for one in marks if one is not None), None)
    return Remark(Spot(mark.line, mark.column) if mark else Spot(0), _sentence(problem))


def _sentence(problem: str) -> str:
    for part, sentence in _SENTENCES:
        if part in problem:
            return sentence
    shown = "".join(sign for sign in problem if sign.isprintable())
    return f"This line is not valid YAML: {shown}."
