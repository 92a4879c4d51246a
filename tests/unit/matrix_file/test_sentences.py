"""Each mistake in a matrix file, with the line and the sentence that is told."""

import pytest

from tests.unit.matrix_file.documents import GOOD, spoiled, told

SOMEBODY = "name people, groups or channels instead"

# name: (what stands in the good document, what replaces it, the findings as "LINE: sentence")
MISTAKES: dict[str, tuple[str, str, list[str]]] = {
    # --- sections and keys
    "format of the future": (
        "rung: 1",
        "rung: 2",
        ['1: This version of Rung does not know format "2". Write rung: 1.'],
    ),
    "no format": ("rung: 1\n", "", ['1: "rung" is missing in a matrix. Add it, for example rung: 1.']),
    "no time zone": (
        "  timezone: Europe/London\n",
        "",
        ['2: "timezone" is missing in "workspace". Add it, for example timezone: Europe/London.'],
    ),
    "section misspelt": (
        "types:",
        "tpyes:",
        [
            '1: "types" is missing in a matrix. Add it, for example types: {quality: {title: Quality of work}}.',
            '7: "tpyes" is not a key of a matrix. Did you mean "types"?',
        ],
    ),
    "key misspelt": (
        "    repeat: 1",
        "    repaet: 1",
        ['27: "repaet" is not a key of a path. Did you mean "repeat"?'],
    ),
    "key of nowhere": (
        "        role: Answers",
        "        colour: red",
        [
            '23: "colour" is not a key of a level. '
            "The keys here are: name, role, contacts, acknowledge_within, remind_every, calendar, if_nobody, inform.",
        ],
    ),
    "commas without quotes": (
        "{title: Quality of work, category: customer}",
        "{title: Speech, quality of work, category: customer}",
        ['8: "quality of work" is not a key of "quality". Put a text that holds commas in "quotes".'],
    ),
    "fact of nowhere": (
        "{category: customer}\n    owner",
        "{customer: acme}\n    owner",
        [
            '19: "customer" is not a key of "match". '
            "The keys here are: type, category, service, client, priority, channel, impact, urgency."
        ],
    ),
    "key twice": (
        "  P2: {title: High}",
        "  P1: {title: High}",
        [
            '13: "P1" is there twice; the first is in line 12. Remove one of them.',
            '15: There is no priority "P2". Use one of: P1.',
            '16: There is no priority "P2". Use one of: P1.',
        ],
    ),
    "section is a text": (
        "types:\n  quality: {title: Quality of work, category: customer}\n  outage:\n    title: Outage\n",
        "types: all\n",
        ['7: "types" must be a section with keys of its own, not a text.'],
    ),
    "section is a list": (
        "  outage:\n    title: Outage\n",
        "  outage: [title, Outage]\n",
        ['9: "outage" must be a section with keys of its own, not a list.'],
    ),
    "text is a section": (
        "title: Outage",
        "title: {en: Outage}",
        ['10: "title" must be a text, not a section.'],
    ),
    "list is a text": (
        'contacts: ["@maya"]',
        'contacts: "@maya"',
        ['24: "contacts" must be a list, not a text.'],
    ),
    "entry is a text": (
        "      - {name: Duty, contacts: [U012AB3CD], acknowledge_within: 1h}",
        "      - Duty",
        ['31: An entry of "levels" must be a section with keys of its own, not a text.'],
    ),
    "match is a text": (
        "match: {category: customer}",
        "match: customer",
        ['19: "match" must be a section with keys of its own, not a text.'],
    ),
    "match on a section": (
        "match: {category: customer}",
        "match: {category: {is: customer}}",
        ['19: "category" must be a text or a list of texts, not a section.'],
    ),
    "empty row": ("low: {now: P2, later: P2}", "low: {}", ['16: "low" is empty. Add at least one.']),
    "channel without quotes is a comment": (
        'issue_channel: "#issues"',
        "issue_channel: #issues",
        [
            '4: "issue_channel" has no value. Write one, or remove the line. A #channel must be in quotes: "#issues".'
        ],
    ),
    "channel without quotes in a list": (
        'contacts: ["@maya"]',
        "contacts:\n          - #ops",
        [
            '25: An entry of "contacts" has no value. Write one, or remove the line. '
            'A #channel must be in quotes: "#issues".'
        ],
    ),
    "no value": ("role: Answers", "role:", ['23: "role" has no value. Write one, or remove the line.']),
    "null": ("role: Answers", "role: ~", ['23: "role" has no value. Write one, or remove the line.']),
    # --- durations and numbers
    "no unit": (
        "acknowledge_within: 15m",
        "acknowledge_within: 15",
        ['25: "15" is not a duration. Write a number and a unit: 30s, 15m, 4h, 3d or 1w.'],
    ),
    "sexagesimal": (
        "acknowledge_within: 15m",
        "acknowledge_within: 1:30",
        ['25: "1:30" is not a duration. Write a number and a unit: 30s, 15m, 4h, 3d or 1w.'],
    ),
    "zero": (
        "acknowledge_within: 1h",
        "acknowledge_within: 0m",
        ['31: "acknowledge_within" must be longer than zero, for example 15m.'],
    ),
    "more than a year": (
        "close_after: 3d",
        "close_after: 53w",
        ['28: "close_after" is longer than a year. Use at most 365d.'],
    ),
    "duration is a list": (
        "close_after: 3d",
        "close_after: [3d]",
        ["28: Here must be a duration such as 15m, not a list."],
    ),
    "late reminder": (
        "remind_every: 5m",
        "remind_every: 15m",
        ['26: "remind_every" must be shorter than "acknowledge_within", else no reminder is ever sent.'],
    ),
    "repeat in words": (
        "repeat: 1",
        "repeat: yes",
        ['27: "yes" is not a number. Write digits only, for example 1.'],
    ),
    "repeat below zero": (
        "repeat: 1",
        "repeat: -1",
        ['27: "repeat" is -1. Use 0 to 99; 0 means the ladder runs once.'],
    ),
    "repeat in parts": (
        "repeat: 1",
        "repeat: 1.5",
        ['27: "1.5" is not a number. Write digits only, for example 1.'],
    ),
    # --- contacts
    "bare name": (
        '["@maya"]',
        "[maya]",
        [
            '24: "maya" is not a contact. '
            'Write an e-mail, a Slack user id, "@handle", "group:HANDLE", "oncall:SCHEDULE" or "#channel".'
        ],
    ),
    "everybody": (
        '["@maya"]',
        '["@maya", "@channel"]',
        [f'24: "@channel" would call everybody at once. {SOMEBODY.capitalize()}.'],
    ),
    "on call": (
        '["@maya"]',
        '["oncall:care-leads"]',
        ['24: There is no schedule "care-leads". Add it under "schedules".'],
    ),
    "capitals": (
        '["@maya"]',
        '["#Ops"]',
        ['24: Slack channels have no capitals in their names. Write "#ops".'],
    ),
    "contact is a section": (
        '["@maya"]',
        "[{name: maya}]",
        ['24: Here must be a contact such as "@ann", not a section.'],
    ),
    "manager is a channel": (
        'escalation_manager: "@dina"',
        'escalation_manager: "#bosses"',
        ['6: "escalation_manager" must be a person or a group, not the channel "#bosses".'],
    ),
    # --- what only the whole document shows
    "unknown time zone": (
        "Europe/London",
        "Europe/Lodnon",
        ['3: There is no time zone "Europe/Lodnon". Did you mean "Europe/London"?'],
    ),
    "hole": (
        "low: {now: P2, later: P2}",
        "low: {now: P2}",
        ['16: Impact "low" has no priority for urgency "later". Add it to this row.'],
    ),
    "unknown priority": (
        "later: P2}\n  low",
        "later: P5}\n  low",
        ['15: There is no priority "P5". Use one of: P1, P2.'],
    ),
    "unknown category": (
        "match: {category: customer}",
        "match: {category: custmer}",
        ['19: There is no category "custmer". Did you mean "customer"?'],
    ),
    "unknown types in lines": (
        "match: {category: customer}",
        "match:\n      type:\n        - quality\n        - outrage",
        ['20: There is no type "outrage". Did you mean "outage"?'],
    ),
    "no default path": (
        "  - name: Rest\n",
        "  - name: Rest\n    match: {impact: low}\n",
        [
            "17: There is no default path. "
            "Add a last path without match, so that every issue has somebody to ask.",
        ],
    ),
    "default path first": (
        "    match: {category: customer}\n",
        "    match: {}\n",
        [
            '29: Path "Rest" is never reached: "Care" above it has no match and takes every issue. '
            "Move that one to the end.",
        ],
    ),
    "path twice": (
        "name: Rest",
        "name: care",
        ['29: There is another path "care" above. Give each its own name.'],
    ),
    "no contacts": ('contacts: ["@maya"]', "contacts: []", ['24: "contacts" is empty. Add at least one.']),
    "empty title": ("title: Outage", 'title: ""', ['10: "title" is empty. Write a few plain words.']),
    # --- notation
    "anchor and alias": (
        "  P1: {title: Critical}\n  P2: {title: High}",
        "  P1: &one {title: Critical}\n  P2: *one",
        [
            '12: "&one" marks a part to be repeated. Remove it and write each part out.',
            '13: "*one" repeats another part. Write that part out instead.',
        ],
    ),
    "merge key": (
        "  P2: {title: High}",
        "  P2: {title: High, <<: {title: x}}",
        ['13: "<<" copies another part. Write that part out instead.'],
    ),
    "tag": (
        "title: Outage",
        "title: !secret Outage",
        ['10: "!secret" is a YAML tag. Remove it; a matrix needs none.'],
    ),
    "key is a list": (
        "role: Answers",
        "[role]: Answers",
        ["23: A key must be one word or text, followed by a colon."],
    ),
    "second document": (
        "paths:\n",
        "---\npaths:\n",
        ["17: A second document starts here. Keep one matrix per file and remove the line with ---."],
    ),
    "directive": (
        "rung: 1",
        "%YAML 1.1\n---\nrung: 1",
        ["1: Lines that start with % are not used in a matrix. Remove them."],
    ),
    "bell": (
        "title: Outage",
        'title: "Out\\aage"',
        ["10: This text has a sign that cannot be shown. Remove the \\ code for it."],
    ),
    "half a sign": (
        "title: Outage",
        'title: "\\ud83d"',
        ["10: This text has a sign that cannot be shown. Remove the \\ code for it."],
    ),
    "handle without quotes": (
        '["@maya"]',
        "[@maya]",
        ['24: "@" cannot start a text without quotes. Write "@ann" instead of @ann.'],
    ),
    "tab": ("    title: Outage", "\ttitle: Outage", ["10: This line is indented with a tab. Use spaces."]),
    "colon in a text": (
        "role: Answers",
        "role: Answers: first",
        ['23: There is a colon too many here. Put a text that holds a colon in "quotes".'],
    ),
    "quote never closed": (
        'escalation_manager: "@dina"\ntypes:\n  quality: {title: Quality of work, category: customer}\n',
        "escalation_manager: '@dina\ntypes:\n",
        ["6: A quote is opened here and never closed. Close it."],
    ),
    "wrong indentation": (
        "    owner: omar@example.com",
        "   owner: omar@example.com",
        ["20: This line does not fit the lines above. Check its indentation and the quotes."],
    ),
    "bad escape": (
        "role: Answers",
        'role: "C:\\help"',
        ['23: In "double quotes" a \\ starts a code. Write \\\\ for a single \\.'],
    ),
}


@pytest.mark.parametrize(("old", "new", "findings"), MISTAKES.values(), ids=MISTAKES)
def test_mistake(old: str, new: str, findings: list[str]) -> None:
    assert told(spoiled(old, new)) == findings


def test_the_good_document_has_nothing_to_mend() -> None:
    assert told(GOOD) == []


def test_a_path_that_matches_on_something_broken_only_is_not_taken_for_the_default() -> None:
    findings = told(spoiled("match: {category: customer}", "match: {channel: shop-floor}"))
    assert [finding.split(":")[0] for finding in findings] == ["19"]


def test_a_broken_section_brings_no_complaints_about_those_who_name_it() -> None:
    text = GOOD.replace(
        "priorities:\n  P1: {title: Critical}\n  P2: {title: High}\n", "priorities: [P1, P2]\n"
    )
    assert told(text) == ['11: "priorities" must be a section with keys of its own, not a list.']
