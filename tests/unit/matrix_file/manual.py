"""docs/matrix.md, taken apart."""

import re
from collections.abc import Iterator

from tests.architecture.source import HOME

TEXT = (HOME / "docs" / "matrix.md").read_text(encoding="utf-8")


def whole_matrix() -> str:
    """The document that stands in the manual."""
    (found,) = (one for one in blocks("yaml") if one.startswith("rung: 1"))
    return found


def blocks(language: str) -> list[str]:
    """Everything that is shown in this language."""
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def tables() -> Iterator[tuple[str, list[list[str]]]]:
    """Each section with a table of keys: its heading, and the cells of its rows."""
    for section in TEXT.split("\n### ")[1:]:
        heading, _, rest = section.partition("\n")
        own = rest.split("\n## ")[0]
        rows = [line.strip("|").split("|") for line in own.splitlines() if line.startswith("| `")]
        if rows:
            yield heading, [[cell.strip() for cell in row] for row in rows]
