"""From a path or bytes to clean text: size, encoding and signs, before any YAML is read."""

import codecs
import re
from pathlib import Path

from bot.adapters.matrix_file.findings import MatrixFileError, Remark, Spot, Unreadable, shown
from bot.domain.matrix.finding import Finding
from bot.domain.matrix.flaw import Severity

MOST_BYTES = 1024 * 1024

_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")


def read_bytes(path: Path) -> bytes:
    """What is in the file, at most one byte more than allowed. Raises MatrixFileError when it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise _cannot_read(path, "is not a file. Name the matrix file itself, for example matrix.yaml.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _cannot_read(path, "does not exist. Check the name, or the folder you are in.") from None
    except PermissionError:
        raise _cannot_read(
            path, "may not be read by this user. Change its permissions or its owner."
        ) from None
    except (OSError, ValueError) as error:  # a name the system refuses, a broken disk or mount
        reason = getattr(error, "strerror", None) or str(error)
        raise _cannot_read(path, f"cannot be read: {reason}. Check the name and try again.") from None


def _cannot_read(path: Path, sentence: str) -> MatrixFileError:
    return MatrixFileError([Finding(Severity.ERROR, shown(str(path)), f"This {sentence}")])


def clean_text(text: bytes | str) -> str:
    """The text without byte order mark. Raises Unreadable when it is too large, not UTF-8, empty or has odd signs."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(raw) > MOST_BYTES:
        raise _at_start("This file is larger than 1 MiB. Check that it is the matrix you meant.")
    for mark, name in _OTHER_ENCODINGS:
        if raw.startswith(mark):
            raise _at_start(f"This file is saved as {name}. Save it as UTF-8.")
    clean = _decode(raw.removeprefix(codecs.BOM_UTF8))
    odd = _FORBIDDEN.search(clean)
    if odd:
        sign = f"U+{ord(odd[0]):04X}"
        raise Unreadable(
            Remark(
                _spot(clean[: odd.start()]),
                f"There is a sign that cannot be in a text file ({sign}). Delete it.",
            )
        )
    if not clean.strip():
        raise _at_start("This file is empty. Start from the example in docs/matrix.md.")
    return clean


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        raise Unreadable(
            Remark(_spot(before), "This line is not valid UTF-8. Save the file as UTF-8.")
        ) from None


def _spot(before: str) -> Spot:
    return Spot(before.count("\n"), len(before) - before.rfind("\n") - 1)


def _at_start(sentence: str) -> Unreadable:
    return Unreadable(Remark(Spot(0), sentence))
