"""The matrix as a YAML file: read, checked, every mistake told with its line."""

from bot.adapters.matrix_file.findings import Finding, MatrixFileError, Severity
from bot.adapters.matrix_file.load import check_matrix, load_matrix, read_matrix_file

__all__ = ["Finding", "MatrixFileError", "Severity", "check_matrix", "load_matrix", "read_matrix_file"]
