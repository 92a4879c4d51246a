"""Cleaning what people type, once, at the edge: both databases and every reader get the same text."""

import unicodedata

MARKS_PER_LETTER = 8
TITLE_LIMIT = 150
TEXT_LIMIT = 3000
_CUT = " … (cut here: it was longer)"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OPENING, _CLOSING = frozenset("\"'“„«‘"), frozenset("\"'”“»’")
_INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad")


def clean_line(text: str, limit: int = TITLE_LIMIT) -> str:
    """One line: no controls, no direction tricks, blanks collapsed, cut to `limit` code points with a note."""
    return _cut(" ".join(_clean(text, _BIDI | _INVISIBLE).split()), limit)


def unquoted(text: str) -> str:
    """A name without the quotes around it, if there are any: “Mine” is what is called Mine."""
    text = text.strip()
    return text[1:-1].strip() if len(text) > 2 and text[0] in _OPENING and text[-1] in _CLOSING else text


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Several lines: controls other than line breaks and tabs dropped, cut to `limit` code points with a note."""
    lines = _clean(text).replace("\r\n", "\n").replace("\r", "\n")
    return _cut(lines.strip(), limit)


def _clean(text: str, unwanted: frozenset[str] = frozenset()) -> str:
    """Dropping comes first: letters and marks that become neighbours by it are joined and counted as such."""
    kept = "".join(char for char in text if char not in unwanted and not _forbidden(char))
    return _calm(unicodedata.normalize("NFC", kept))


def _forbidden(char: str) -> bool:
    """NUL, lone surrogates and control characters: databases refuse them or readers never see them."""
    if char in "\n\t\r":
        return False
    return unicodedata.category(char) in ("Cc", "Cs")


def _calm(text: str) -> str:
    """At most eight combining marks on one letter."""
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MARKS_PER_LETTER:
            kept.append(char)
    return "".join(kept)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - len(_CUT)].rstrip() + _CUT
