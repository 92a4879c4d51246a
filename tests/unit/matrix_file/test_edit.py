"""Editing a document: the part that was meant, and not a sign beside it."""

import pytest

from bot.adapters.matrix_file import MatrixFileError, load_matrix
from bot.adapters.matrix_file.edit import CannotEdit, edit, edit_matrix
from bot.domain.matrix.edits import Edit, Value
from bot.domain.matrix.flaw import Where
from tests.unit.matrix_file.awkward import AWKWARD, CARE, DIRECTOR, DUTY, LEAD

EDITS: list[tuple[str, Where, Value, str, str]] = [
    ("a timer", (*LEAD, "acknowledge_within"), "10m", "within: 15m   #", "within: 10m   #"),
    (
        "a handle",
        ("workspace", "escalation_manager"),
        "@omar",
        "manager: dina@example.com",
        'manager: "@omar"',
    ),
    ("with single quotes", ("workspace", "issue_channel"), "#care's", "'#issues'", "'#care''s'"),
    ("with double quotes", ("workspace", "catch_all"), "#all", '"#late"', '"#all"'),
    ("in braces", (*DIRECTOR, "acknowledge_within"), "2h", "within: 1h,", "within: 2h,"),
    (
        "a name with a colon",
        ("types", "quality", "title"),
        "Quality: all",
        "Quality of work",
        '"Quality: all"',
    ),
    ("a word that is no text elsewhere", (*CARE, "name"), "No", "name: Care ", 'name: "No" '),
    (
        "a folded text",
        ("types", "outage", "title"),
        "All is down",
        "Something\n            is down",
        "All is down",
    ),
    (
        "a text in lines",
        (*LEAD, "role"),
        "Answers.\n\nCredits.",
        "|\n        Owns the first answer.\n        May credit up to 50 GBP.\n",
        "|-\n        Answers.\n\n        Credits.\n",
    ),
    ("a person instead", (*LEAD, "contacts"), ("@maya", "@ann", "#desk"), "- lee@example.com", '- "@ann"'),
    (
        "a person more",
        (*LEAD, "contacts"),
        ("@maya", "lee@example.com", "#desk", "group:duty"),
        '- "#desk"\n',
        '- "#desk"\n    - "group:duty"\n',
    ),
    (
        "a person before all",
        (*LEAD, "contacts"),
        ("@zoe", "@maya", "lee@example.com", "#desk"),
        '    - "@maya"',
        '    - "@zoe"\n    - "@maya"',
    ),
    ("a person less", (*LEAD, "contacts"), ("@maya", "#desk"), "    - lee@example.com\n", ""),
    (
        "only one is left",
        (*LEAD, "contacts"),
        ("lee@example.com",),
        '    - "@maya"   # until June\n    - lee@example.com\n    # by night\n    - "#desk"\n',
        "    - lee@example.com\n    # by night\n",
    ),
    ("in brackets", (*DIRECTOR, "contacts"), ("@dina", "@lee"), '"@omar"]', '"@lee"]'),
    (
        "in brackets, one more",
        (*DIRECTOR, "contacts"),
        ("@dina", "@omar", "@a"),
        '"@omar"]',
        '"@omar", "@a"]',
    ),
    ("in brackets, the last less", (*DIRECTOR, "contacts"), ("@dina",), '"@omar"]', "]"),
    (
        "in brackets, the first less",
        (*DIRECTOR, "contacts"),
        ("@omar",),
        '["@dina", # speaks for us\n      "@omar"]',
        '["@omar"]',
    ),
    (
        "without quotes",
        (*DUTY, "contacts"),
        ("U012AB3CD", "U034CD5EF"),
        "[U012AB3CD]",
        "[U012AB3CD, U034CD5EF]",
    ),
    (
        "two instead of one",
        (*DUTY, "contacts"),
        ("#duty", "U034CD5EF"),
        "[U012AB3CD]",
        '["#duty", U034CD5EF]',
    ),
    (
        "two instead of the last",
        (*LEAD, "contacts"),
        ("@maya", "lee@example.com", "ann@example.com", "@bo"),
        '    - "#desk"\n',
        '    - "ann@example.com"\n    - "@bo"\n',
    ),
    ("quotes where needed", (*DUTY, "contacts"), ("#duty",), "[U012AB3CD]", '["#duty"]'),
    (
        "a key that was not there",
        (*LEAD, "remind_every"),
        "5m",
        "within: 15m   # agreed in March\n",
        "within: 15m   # agreed in March\n    remind_every: 5m\n",
    ),
    (
        "a key between",
        (*CARE, "owner"),
        "@dina",
        "    category: customer\n",
        '    category: customer\n  owner: "@dina"\n',
    ),
    (
        "a key behind all",
        (*CARE, "close_after"),
        "2d",
        "  repeat: 1\n",
        "  repeat: 1\n  close_after: 2d\n",
    ),
    (
        "a key in braces",
        (*DIRECTOR, "remind_every"),
        "5m",
        "within: 1h,",
        "within: 1h, remind_every: 5m,",
    ),
    (
        "a list that was not there",
        (*DUTY, "inform"),
        ("#boss", "@dina"),
        "remind_every: 10m\n",
        'remind_every: 10m\n      inform: ["#boss", "@dina"]\n',
    ),
    (
        "a section that was not there",
        ("priorities", "P2", "update_every"),
        "1d",
        "{title: High}",
        "{title: High, update_every: 1d}",
    ),
    (
        "many instead of one",
        (*CARE, "match", "category"),
        ("customer", "operational"),
        "category: customer\n  levels",
        "category: [customer, operational]\n  levels",
    ),
    ("a text that looks like none", (*CARE, "name"), "null", "name: Care ", 'name: "null" '),
    (
        "a section in empty braces",
        ("services", "web shop", "title"),
        "Web",
        "services: {}",
        "services: {web shop: {title: Web}}",
    ),
    ("a key less", (*DUTY, "remind_every"), None, "      remind_every: 10m\n", ""),
    ("a key less in braces", (*DIRECTOR, "role"), None, ", role: Decides", ""),
    (
        "the last key of a section",
        (*CARE, "match", "category"),
        None,
        "  match:\n    category: customer\n",
        "",
    ),
]


@pytest.mark.parametrize(
    ("where", "value", "old", "new"), [one[1:] for one in EDITS], ids=[one[0] for one in EDITS]
)
def test_an_edit_changes_its_part_and_nothing_else(where: Where, value: Value, old: str, new: str) -> None:
    assert AWKWARD.count(old) == 1
    expected = AWKWARD.replace(old, new)
    if where == (*CARE, "match", "category") and value is None:
        with pytest.raises(MatrixFileError, match="never reached"):
            edit(AWKWARD, [Edit(where, value)])
        return
    assert edit(AWKWARD, [Edit(where, value)]) == expected


def test_several_edits_are_made_one_after_the_other() -> None:
    matrix, text = edit_matrix(
        AWKWARD,
        [
            Edit((*LEAD, "remind_every"), "20m"),
            Edit((*LEAD, "acknowledge_within"), "1h"),
            Edit((*LEAD, "remind_every"), "30m"),
        ],
    )
    level = matrix.paths[0].levels[0]
    assert (str(level.acknowledge_within), str(level.remind_every)) == ("1h", "30m")
    assert matrix == load_matrix(text, "again")


def test_lines_end_as_they_did() -> None:
    text = AWKWARD.replace("\n", "\r\n")
    edited = edit(text, [Edit((*LEAD, "contacts"), ("@maya", "@ann")), Edit((*CARE, "close_after"), "2d")])
    assert edited.count("\n") == edited.count("\r\n")
    assert edited.replace("\r\n", "\n") == edit(
        AWKWARD, [Edit((*LEAD, "contacts"), ("@maya", "@ann")), Edit((*CARE, "close_after"), "2d")]
    )


def test_a_mark_at_the_start_and_a_missing_end_of_line_stay() -> None:
    text = "\ufeff" + AWKWARD.rstrip("\n")
    edited = edit(text, [Edit((*DUTY, "inform"), ("#boss",))])
    assert edited == text + '\n      inform: ["#boss"]'


def test_what_is_asked_for_is_checked_like_any_document() -> None:
    with pytest.raises(MatrixFileError) as wrong:
        edit(AWKWARD, [Edit((*LEAD, "acknowledge_within"), "soon")])
    assert str(wrong.value).startswith('matrix:42: "soon" is not a duration.')


HOPELESS: list[tuple[str, str, Edit]] = [
    ("no such level", AWKWARD, Edit((*CARE, "levels", 7, "name"), "x")),
    ("a level", AWKWARD, Edit(LEAD, None)),
    ("a part of a text", AWKWARD, Edit((*CARE, "name", "x"), "x")),
    ("a list of sections as texts", AWKWARD, Edit((*CARE, "levels"), ("x",))),
    ("no document", "a: [", Edit(("a",), "x")),
    ("a list", "- a", Edit(("a",), "x")),
    ("explicit keys", "rung: 1\n? a\n:\n  - b\n", Edit(("a",), "x")),
]


@pytest.mark.parametrize(("text", "change"), [one[1:] for one in HOPELESS], ids=[one[0] for one in HOPELESS])
def test_what_it_cannot_do_it_says(text: str, change: Edit) -> None:
    with pytest.raises((CannotEdit, MatrixFileError)) as refused:
        edit(text, [change])
    assert isinstance(refused.value, CannotEdit) or "is not a key" in str(refused.value)


def test_the_refusal_counts_as_people_do() -> None:
    with pytest.raises(
        CannotEdit, match=r"Rung cannot change paths > 1 > levels > 8 > name in this document"
    ):
        edit(AWKWARD, [Edit((*CARE, "levels", 7, "name"), "x")])
