"""The port to the matrix as a document that people write: reading it and changing parts of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.errors import Refused
from bot.domain.matrix.edits import Edit
from bot.domain.matrix.finding import Finding
from bot.domain.matrix.flaw import Flaw
from bot.domain.matrix.model import Matrix


@dataclass(frozen=True, slots=True)
class Read:
    """A sound document: its matrix, its text as it is kept, and a way to place flaws of the matrix in that text."""

    matrix: Matrix
    source: str
    placed: Callable[[Iterable[Flaw]], tuple[Finding, ...]]


class BadDocument(Refused):
    """The document cannot be used. `findings` are sentences with their places, at least one."""

    def __init__(self, findings: Sequence[str]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(self.findings))


class Documents(Protocol):
    """Documents as text."""

    def read(self, text: bytes, name: str) -> Read:
        """A whole document, which findings call by this name. Raises BadDocument with every mistake."""

    def edit(self, source: str, edits: Sequence[Edit]) -> Read:
        """A document with some parts changed and everything else as it was written, comments too.

        Raises BadDocument when it would not be sound any more, RungError when a part can only be changed by hand."""
