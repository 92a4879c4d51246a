"""docs/matrix.md says what is so: its tables are those of the shapes, its matrix loads, its findings are told."""

import re

import pytest
from pydantic.fields import FieldInfo

from bot.adapters.matrix_file.shape import (
    CalendarShape,
    DocumentShape,
    LayerShape,
    LevelShape,
    MatchShape,
    NamedShape,
    PathShape,
    PriorityShape,
    PromiseShape,
    ScheduleShape,
    Shape,
    TargetShape,
    TypeShape,
    WorkspaceShape,
)
from bot.domain.contacts import ContactKind
from bot.domain.matrix.model import FORM_FACTS
from tests.unit.matrix_file import manual
from tests.unit.matrix_file.checked import check_matrix

SHAPES: dict[str, type[Shape]] = {
    "workspace": WorkspaceShape,
    "calendars": CalendarShape,
    "priorities": PriorityShape,
    "services and clients": NamedShape,
    "types": TypeShape,
    "match": MatchShape,
    "promises": PromiseShape,
    "targets": TargetShape,
    "schedules": ScheduleShape,
    "layers": LayerShape,
    "paths": PathShape,
    "levels": LevelShape,
}


def fields(shape: type[Shape]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in shape.model_fields.items()}


def test_every_section_has_its_table() -> None:
    assert {heading for heading, _ in manual.tables()} == set(SHAPES)


@pytest.mark.parametrize("heading", SHAPES)
def test_a_table_has_the_keys_of_its_shape_in_their_order(heading: str) -> None:
    rows = dict(manual.tables())[heading]
    assert [re.findall("`(.*?)`", row[0])[0] for row in rows] == list(fields(SHAPES[heading]))


@pytest.mark.parametrize("heading", SHAPES)
def test_a_table_says_which_keys_are_needed_and_what_they_default_to(heading: str) -> None:
    for key, needed, default, says in dict(manual.tables())[heading]:
        field = fields(SHAPES[heading])[re.findall("`(.*?)`", key)[0]]
        assert (needed == "yes") == field.is_required(), key
        assert bool(default) != field.is_required(), key
        written = re.fullmatch("`(.*)`", default)
        if written and field.default is not None:
            assert written[1] == str(field.default), key
        assert says, key


def test_the_sections_that_must_be_there_are_named() -> None:
    needed = [
        key for key, field in DocumentShape.model_fields.items() if field.is_required() and key != "rung"
    ]
    listed = ", ".join(f"`{key}`" for key in needed[:-1])
    assert f"{listed} and `{needed[-1]}` must be there" in manual.TEXT.replace("\n", " ")


def test_the_facts_a_type_may_require_are_all_named() -> None:
    assert ", ".join(f"`{fact}`" for fact in FORM_FACTS) in manual.TEXT


def test_every_kind_of_contact_is_there() -> None:
    section = manual.TEXT.split("\n## Contacts\n")[1].split("\n## ")[0]
    written = [kind for kind in ContactKind if kind is not ContactKind.ADMINS]  # Rung's own last resort
    assert section.count("\n| `") == len(written)


def test_the_matrix_of_the_manual_loads_and_is_told_what_the_manual_says() -> None:
    matrix, findings = check_matrix(manual.whole_matrix(), "matrix.yaml")
    assert matrix is not None
    assert "".join(f"{one}\n" for one in findings) in manual.blocks("text")
