"""What people typed, made fit to be shown: no control characters, nothing invisible, nothing that turns text around."""

import re
import unicodedata

_NOT_FOR_SCREENS = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters (tab and newline stay)
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2800\u3164\uffa0"  # letters that show nothing
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the reading direction
    "\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # zero width, line separators, annotations
    "\U000e0000-\U000e0fff"  # tags, invisible
    "]"
)
_LINE_END = re.compile("\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_MARK = re.compile(r"`|(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])")
_LOOKALIKE = {"`": "'", "*": "\u2217", "_": "\u02cd", "~": "\u223c"}
_QUOTING = re.compile(r"^(\s*)>")


def clean(text: str) -> str:
    """The same text without anything invisible. Half surrogate pairs, which cannot be sent, become U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_END.sub("\n", text)
    return _HALF_PAIR.sub("\ufffd", _NOT_FOR_SCREENS.sub("", text))


def one_line(text: str) -> str:
    """Cleaned, every run of blanks and line ends as one blank: no line of a reader's can pretend to be one of ours."""
    return _SPACES.sub(" ", clean(text))


def without_marks(text: str) -> str:
    """The same words with ``* _ ~ ` >`` replaced by look-alikes where Slack would read them as formatting.

    Marks between two letters or digits (``snake_case``, ``2*3``) mean nothing to Slack and stay."""
    return _QUOTING.sub(r"\1›", _MARK.sub(lambda found: _LOOKALIKE[found[0]], text))


def first_upper(text: str) -> str:
    """The same text beginning with a capital letter."""
    return text[:1].upper() + text[1:]


def visible(text: str) -> bool:
    """Whether a reader would see anything at all."""
    return any(unicodedata.category(char)[0] not in "CZM" for char in clean(text))
