"""The matrix as a YAML file: read, checked, every mistake told with its line."""

from bot.adapters.matrix_file.findings import MatrixFileError
from bot.adapters.matrix_file.load import Document, examine, load_matrix, read_matrix_file
from bot.domain.matrix.finding import Finding
from bot.domain.matrix.flaw import Severity

__all__ = [
    "Document",
    "Finding",
    "MatrixFileError",
    "Severity",
    "examine",
    "load_matrix",
    "read_matrix_file",
]
