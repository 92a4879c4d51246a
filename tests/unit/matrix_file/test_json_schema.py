"""The JSON Schema of the document: what is kept is what the code says, and it takes what the check takes."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from bot.adapters.matrix_file.json_schema import document_schema
from bot.demo import example_matrix
from tests.architecture.source import HOME
from tests.unit.matrix_file import manual

SCHEMA = Draft202012Validator(document_schema())
KEPT = HOME / "docs" / "matrix.schema.json"
EXAMPLES = sorted(one.name for one in (files("bot") / "examples").iterdir() if one.name.endswith(".yaml"))


def loaded(text: str) -> Any:
    """As editors load YAML, with dates as text."""
    return _dates_as_text(YAML(typ="safe", pure=True).load(text))


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {_dates_as_text(key): _dates_as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def complaints(text: str) -> list[str]:
    """The places the schema does not like."""
    return [one.json_path for one in SCHEMA.iter_errors(loaded(text))]


def test_what_is_kept_is_what_the_code_says() -> None:
    made = json.dumps(document_schema(), indent=2, ensure_ascii=False) + "\n"
    assert KEPT.read_text(encoding="utf-8") == made, "print it anew with: rung matrix schema"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(document_schema())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_fit(name: str) -> None:
    assert complaints(example_matrix(name.removesuffix(".yaml")).read_text(encoding="utf-8")) == []


def test_the_matrix_of_the_manual_fits() -> None:
    assert complaints(manual.whole_matrix()) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("nag_every: 15m", "nag_evry: 15m", "$.workspace"),
        ("nag_every: 15m", "nag_every: 15", "$.workspace.nag_every"),
        ("nag_every: 15m", "nag_every:", "$.workspace.nag_every"),
        ("holidays: GB", "holidays: Germany", "$.calendars.office.holidays"),
        ("hours: 24x7", "hours: always", "$.calendars.always.hours"),
        ('fri: "09:00-16:00"', 'friday: "09:00-16:00"', "$.calendars.office.hours"),
        ('fri: "09:00-16:00"', 'fri: "9-16"', "$.calendars.office.hours"),
        (
            'rotate: weekly, handoff: "mon',
            'rotate: monthly, handoff: "mon',
            "$.schedules['care-leads'].layers[0].rotate",
        ),
        ('handoff: "mon 09:00"', "handoff: monday", "$.schedules['care-leads'].layers[0].handoff"),
        ("from: 2026-01-05", "from: 5.1.2026", "$.schedules['care-leads'].layers[0].from"),
        (", from: 2026-01-05", "", "$.schedules['care-leads'].layers[0]"),
        ('["oncall:care-leads"]', "[care-leads]", "$.paths[0].levels[0].contacts[0]"),
        ("if_nobody: hold", "if_nobody: wait", "$.paths[1].levels[0].if_nobody"),
        ("repeat: 1 ", "repeat: once ", "$.paths[0].repeat"),
        ("service: billing}", "services: billing}", "$.paths[0].match"),
        ("rung: 1", "rung: 2", "$.rung"),
    ],
)
def test_a_mistake_shows_at_its_place(old: str, new: str, place: str) -> None:
    text = manual.whole_matrix()
    assert text.count(old) == 1
    assert complaints(text.replace(old, new)) == [place]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nag_every: 15m", "nag_every: 90s"),
        ("holidays: GB", "holidays: [GB-ENG, DE-BY]"),
        ("holidays: GB", 'special: {2026-12-24: ["09:00-12:00", "13:00-24:00"]}'),
        ('fri: "09:00-16:00"', '"fri, sat-sun": ["22:00 - 06:00"]'),
        ('rotate: weekly, handoff: "mon 09:00"', 'rotate: 12h, handoff: "9:05"'),
        ("from: 2026-01-05", 'from: 2026-01-05, until: 2026-12-31, restrict: {mon: "10:00-11:00"}'),
        (
            '["oncall:care-leads"]',
            '["@ann", U012AB3CD, ann@example.com, "group:ops", "#C0123ABCD", "#überwachung"]',
        ),
        ("repeat: 1 ", 'repeat: "1" '),
        ("follow_up_after: 14d", "functional: yes"),
        ("follow_up_after: 14d", "functional: true"),
        ("service: billing}", 'channel: ["#shop-floor"]}'),
    ],
)
def test_other_ways_to_write_fit_too(old: str, new: str) -> None:
    text = manual.whole_matrix()
    assert text.count(old) == 1
    assert complaints(text.replace(old, new)) == []


def test_every_key_is_described() -> None:
    bare = [
        f"{shape}.{key}"
        for shape, part in document_schema()["$defs"].items()
        for key, value in part["properties"].items()
        if "description" not in value
    ]
    assert bare == []
