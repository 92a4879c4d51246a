"""Reading a matrix: text, tree, shape, matrix, flaws. The remarks of all steps are told together, by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.adapters.matrix_file.build import build
from bot.adapters.matrix_file.explain import explain, spot_of
from bot.adapters.matrix_file.findings import (
    MOST_FINDINGS,
    MatrixFileError,
    Remark,
    Unreadable,
    placed,
)
from bot.adapters.matrix_file.shape import DocumentShape
from bot.adapters.matrix_file.source import clean_text, read_bytes
from bot.adapters.matrix_file.stand_ins import Mending
from bot.adapters.matrix_file.tree import Items, Node, Section, Text, read_tree
from bot.domain.matrix.finding import Finding
from bot.domain.matrix.flaw import Flaw
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.parts import part_of
from bot.domain.matrix.validate import flaws

_ROUNDS = 2
"""One to find the mistakes, one with stand-ins in their places."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a text holds: its matrix and itself as it was written, or no matrix and what is wrong with it."""

    name: str
    matrix: Matrix | None
    source: str
    _root: Section | None
    _remarks: tuple[Remark, ...]

    def sound(self) -> Matrix:
        """The matrix. Raises MatrixFileError with everything that is wrong."""
        if self.matrix is None:
            raise MatrixFileError(self.findings())
        return self.matrix

    def findings(self, more: Iterable[Flaw] = ()) -> tuple[Finding, ...]:
        """What is wrong with the document and these flaws of its matrix, each at its line, in the order of lines."""
        if self.matrix is None or self._root is None:
            return placed(self._remarks, self.name)
        return placed(_remarks(self._root, self.matrix, more), self.name)


def read_matrix_file(path: Path | str) -> tuple[Matrix, str]:
    """The matrix in this file, and its text as it was written. Raises MatrixFileError."""
    document = examine(read_bytes(Path(path)), str(path))
    return document.sound(), document.source


def load_matrix(text: bytes | str, name: str) -> Matrix:
    """The matrix of this document; `name` is what findings call it. Raises MatrixFileError with all of them."""
    return examine(text, name).sound()


def examine(text: bytes | str, name: str) -> Document:
    """The document, whatever is wrong with it; `name` is what findings call it."""
    try:
        root, remarks = read_tree(clean_text(text))
        matrix, found = _matrix(root)
    except Unreadable as end:
        return Document(name, None, "", None, tuple(end.remarks))
    remarks.extend(found)
    if remarks or matrix is None:
        return Document(name, None, "", root, tuple(remarks))
    source = text if isinstance(text, str) else text.decode("utf-8-sig")
    return Document(name, matrix, source, root, ())


def _matrix(root: Section) -> tuple[Matrix | None, list[Remark]]:
    """The matrix, which is only to be used when there are no remarks."""
    document, mending, remarks = _shape(root)
    if document is None:
        return None, remarks
    matrix = build(document)
    remarks.extend(_remarks(root, matrix, (flaw for flaw in flaws(matrix) if mending.leaves(flaw))))
    return matrix, remarks


def _remarks(root: Section, matrix: Matrix, found: Iterable[Flaw]) -> list[Remark]:
    return [
        Remark(spot_of(root, one.where), one.sentence, one.severity, part_of(matrix, one.where))
        for one in found
    ]


def _shape(root: Section) -> tuple[DocumentShape | None, Mending, list[Remark]]:
    data = _plain(root)
    mending = Mending()
    remarks: list[Remark] = []
    for attempt in range(_ROUNDS):
        try:
            return DocumentShape.model_validate(data), mending, remarks
        except ValidationError as error:
            problems = error.errors(include_url=False)
        if attempt == 0:
            remarks = [
                remark for problem in problems[: MOST_FINDINGS + 1] for remark in explain(problem, root)
            ]
        mending.mend(data, problems)
    return None, mending, remarks


def _plain(node: Node) -> Any:
    match node:
        case Text():
            return node.value
        case Items():
            return [_plain(one) for one in node.items]
        case Section():
            return {key: _plain(one) for key, one in node.entries.items()}
    return node  # nothing there, or refused: no shape takes it, so it is found again by its kind
