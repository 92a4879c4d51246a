"""A document checked by itself, without looking at the world."""

from bot.adapters.matrix_file import Finding, examine
from bot.domain.matrix.doubts import doubts
from bot.domain.matrix.model import Matrix


def check_matrix(text: bytes | str, name: str) -> tuple[Matrix | None, tuple[Finding, ...]]:
    """The matrix with warnings and notes about it, or no matrix and every error, at least one."""
    document = examine(text, name)
    return document.matrix, document.findings(doubts(document.matrix) if document.matrix is not None else ())
