"""A JSON Schema of the document, made from its shape: for editors that complete and check keys while one types."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bot.adapters.matrix_file.shape import DocumentShape, Shape
from bot.domain.span import Span

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "Escalation matrix of Rung"

_SUFFIX = "Shape"
_SAYS_NOTHING: tuple[Any, ...] = (None, "", [], {})
"""Defaults that are the same as leaving the key out."""


def document_schema() -> dict[str, Any]:
    """The schema, keys in the order of the shapes. It knows less than the check: neither names nor dates."""
    made = _tidy(DocumentShape.model_json_schema(schema_generator=_Generator))
    parts = made.pop("$defs")
    return {"$schema": DIALECT, "title": TITLE, **made, "$defs": dict(sorted(parts.items()))}


class _Generator(GenerateJsonSchema):
    """Defaults as people write them; what may be left out must not be null."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keys stay in the order of the fields."""
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A title would only repeat the key."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A key without a value is a mistake."""
        return self.generate_inner(schema["schema"])

    def encode_default(self, dft: Any) -> Any:
        """Lengths as text; a section that is left out as an empty one."""
        if isinstance(dft, Span):
            return str(dft)
        return {} if isinstance(dft, Shape) else super().encode_default(dft)


def _tidy(node: Any) -> Any:
    """Without what only repeats itself; shapes by their plain names. Examples are YAML, which a schema cannot show."""
    if isinstance(node, list):
        return [_tidy(one) for one in node]
    if not isinstance(node, dict):
        return node.removesuffix(_SUFFIX) if isinstance(node, str) and node.startswith("#/$defs/") else node
    return {
        key.removesuffix(_SUFFIX): _tidy(value)
        for key, value in node.items()
        if key != "examples"
        and not (key == "title" and isinstance(value, str))
        and not (key == "default" and value in _SAYS_NOTHING)
    }
