"""The port Documents, on YAML files."""

from collections.abc import Sequence

from bot.adapters.matrix_file.edit import edit
from bot.adapters.matrix_file.findings import MatrixFileError
from bot.adapters.matrix_file.load import examine
from bot.domain.matrix.edits import Edit
from bot.usecases.document_port import BadDocument, Read

NAME = "matrix"
"""What findings call a document that is no file."""


class YamlDocuments:
    """Reads and edits documents in memory."""

    def read(self, text: bytes, name: str = NAME) -> Read:
        """See the port."""
        document = examine(text, name)
        if document.matrix is None:
            raise BadDocument([str(one) for one in document.findings()])
        return Read(document.matrix, document.source, document.findings)

    def edit(self, source: str, edits: Sequence[Edit]) -> Read:
        """See the port."""
        try:
            changed = edit(source, edits)
        except MatrixFileError as error:
            raise BadDocument([str(one) for one in error.findings]) from error
        return self.read(changed.encode())
