"""Tables and charts: the blocks whose limits span rows, columns and series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.limits.checks import (
    SURFACES,
    Check,
    Problem,
    Spec,
    Where,
    anything,
    boolean,
    integer,
    many,
    one_of,
    string,
    typed,
)
from bot.sandbox.limits.rich import RICH_TEXT

NOT_MODAL = SURFACES - {"modal"}
BASE: dict[str, Check] = {"type": anything, "block_id": string(255)}
DATA_TABLE_CHARACTERS = 20_000
NUMERIC = (int, float)


def number(value: Any, where: Where) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, NUMERIC):
        yield where.says("must be a number")


CELLS: Mapping[str, Spec] = {
    "raw_text": Spec({"type": anything, "text": string(3000)}, ("text",)),
    "raw_number": Spec({"type": anything, "value": number, "text": string(3000)}, ("value",)),
    "rich_text": RICH_TEXT,
}


def even_rows(value: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    rows = value.get("rows")
    widths = {len(row) for row in rows if isinstance(row, list)} if isinstance(rows, list) else set()
    if len(widths) > 1:
        yield where.at("rows").says("every row must have the same number of cells")


def not_too_heavy(value: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    rows = [row for row in value.get("rows") or [] if isinstance(row, list)]
    cells = [cell for row in rows for cell in row if isinstance(cell, dict)]
    if sum(len(str(cell.get("text") or cell.get("value") or "")) for cell in cells) > DATA_TABLE_CHARACTERS:
        yield where.at("rows").says(f"must be less than {DATA_TABLE_CHARACTERS + 1} characters")


def header_of_words(value: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    rows = value.get("rows") or [[]]
    for column, cell in enumerate(rows[0] if isinstance(rows[0], list) else []):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            yield where.at(f"rows/0/{column}").says("unsupported type: rich_text in the header row")


SETTING = Spec({"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def column_setting(value: Any, where: Where) -> Iterator[Problem]:
    """A column without settings of its own is null."""
    if value is not None:
        yield from SETTING(value, where)


TABLE = Spec(
    {
        **BASE,
        "rows": many(many(typed(CELLS), 20), 100),
        "column_settings": many(column_setting, 20),
    },
    ("rows",),
    surfaces=NOT_MODAL,
    rules=(even_rows,),
)
DATA_TABLE = Spec(
    {
        **BASE,
        "caption": string(3000),
        "rows": many(many(typed(CELLS), 20), 101, least=2),
        "page_size": integer(1, 100),
        "row_header_column_index": integer(0, 19),
    },
    ("caption", "rows"),
    surfaces=NOT_MODAL,
    rules=(even_rows, not_too_heavy, header_of_words),
)


def positive(value: Any, where: Where) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, NUMERIC) or value <= 0:
        yield where.says("must be greater than 0")


SEGMENT = Spec({"label": string(20), "value": positive}, ("label", "value"))
POINT = Spec({"label": string(20), "value": number}, ("label", "value"))
SERIES = Spec({"name": string(20), "data": many(POINT, 20)}, ("name", "data"))
AXES = Spec(
    {"categories": many(string(20), 20), "x_label": string(50), "y_label": string(50)}, ("categories",)
)
LINES = Spec({"type": anything, "series": many(SERIES, 6), "axis_config": AXES}, ("series", "axis_config"))
PIE = Spec({"type": anything, "segments": many(SEGMENT, 12)}, ("segments",))
DATA_VISUALIZATION = Spec(
    {**BASE, "title": string(50), "chart": typed({"pie": PIE, "bar": LINES, "line": LINES, "area": LINES})},
    ("title", "chart"),
    surfaces=NOT_MODAL,
)
