"""Each mistake in a section beyond the ladders, in the whole matrix of the manual, with its line and sentence."""

import pytest

from tests.unit.matrix_file import manual
from tests.unit.matrix_file.documents import told

WHOLE = manual.whole_matrix()

# name: (what stands in the matrix, what replaces it, the findings as "LINE: sentence")
CASES: dict[str, tuple[str, str, list[str]]] = {
    "calendars are a list": (
        'calendars:\n  office: {hours: {mon-thu: "09:00-17:30", fri: "09:00-16:00"}, holidays: GB}\n  '
        "always: {hours: 24x7}\n",
        "calendars: [office]\n",
        ['8: "calendars" must be a section with keys of its own, not a list.'],
    ),
    "a calendar without hours": (
        '{hours: {mon-thu: "09:00-17:30", fri: "09:00-16:00"}, holidays: GB}',
        "{holidays: GB}",
        ['9: "hours" is missing in "office". Add it, for example hours: {mon-fri: "09:00-17:00"}.'],
    ),
    "a calendar key misspelt": (
        "holidays: GB",
        "holiday: GB",
        ['9: "holiday" is not a key of "office". Did you mean "holidays"?'],
    ),
    "hours in words": (
        "always: {hours: 24x7}",
        "always: {hours: all day}",
        ['10: Here must be 24x7, or days such as {mon-fri: "09:00-17:00"}, not "all day".'],
    ),
    "a day without hours": (
        'fri: "09:00-16:00"',
        "fri: ~",
        ['9: "fri" has no value. Write one, or remove the line.'],
    ),
    "a day with a marked text": (
        'fri: "09:00-16:00"',
        'fri: &short "09:00-16:00"',
        ['9: "&short" marks a part to be repeated. Remove it and write each part out.'],
    ),
    "a day with an empty entry": (
        'fri: "09:00-16:00"',
        'fri: ["09:00-12:00", ~]',
        ['9: An entry of "fri" has no value. Write one, or remove the line.'],
    ),
    "a day that is no day and hours that are none": (
        'fri: "09:00-16:00"',
        'friday: "9-4"',
        [
            '9: "9-4" is not a part of a day. Write hours such as "09:00-17:30".',
            '9: "friday" is not a day of the week. Write mon, tue, wed, thu, fri, sat, sun, a range such as '
            'mon-fri, or several such as "sat,sun".',
        ],
    ),
    "holidays of nowhere": (
        "holidays: GB",
        "holidays: [GB-ENG, UK]",
        ['9: No public holidays are known for "UK". Did you mean "GB"?'],
    ),
    "holidays in a section": (
        "holidays: GB",
        "holidays: {GB: ENG}",
        ['9: "holidays" must be a text or a list of texts, not a section.'],
    ),
    "off on a day that does not exist": (
        "holidays: GB",
        "off: [2026-12-24, 2026-02-29]",
        ['9: There is no day "2026-02-29" in the calendar. Check the month and the day.'],
    ),
    "off is one date": ("holidays: GB", "off: 2026-12-24", ['9: "off" must be a list, not a text.']),
    "a special date in words": (
        "holidays: GB",
        'special: {Christmas: "09:00-12:00"}',
        ['9: "Christmas" is not a date. Write year, month and day, for example 2026-01-05.'],
    ),
    "a special date without hours": (
        "holidays: GB",
        "special: {2026-12-24: }",
        ['9: "2026-12-24" has no value. Write one, or remove the line.'],
    ),
    "told are texts": (
        'inform: ["#leadership"]',
        'inform: "#leadership"',
        ['12: "inform" must be a list, not a text.'],
    ),
    "told is nobody at all": (
        'inform: ["#leadership"]',
        "inform: [leadership]",
        [
            '12: "leadership" is not a contact. Write an e-mail, a Slack user id, "@handle", '
            '"group:HANDLE", "oncall:SCHEDULE" or "#channel".',
        ],
    ),
    "services are a list": (
        'services:\n  billing: {title: Billing, scope: "Covered: invoices, refunds. Not covered: tax advice."}\n',
        "services: [billing]\n",
        ['19: "services" must be a section with keys of its own, not a list.'],
    ),
    "a client without title": (
        '{title: Acme Ltd, scope: "Contract 2026-4: answers within 4 working hours."}',
        '{scope: "x"}',
        ['22: "title" is missing in "acme". Add it, for example title: Billing.'],
    ),
    "a required fact of nowhere": (
        "requires: [reference, promised_by]",
        "requires: [reference, promise]",
        ['29: The form has no fact "promise". Did you mean "promised_by"?'],
    ),
    "one required fact": (
        "requires: [reference, promised_by]",
        "requires: reference",
        ['29: "requires" must be a list, not a text.'],
    ),
    "a promise with a target's key": (
        "answer: 4h, solve: 2d",
        "respond: 4h, solve: 2d",
        ['33: "respond" is not a key of a promise. The keys here are: match, answer, solve, calendar.'],
    ),
    "a target that never answers": (
        "respond: 15m, resolve: 4h",
        "respond: 5h, resolve: 4h",
        ['35: "respond" takes longer than "resolve". Give the first the shorter time.'],
    ),
    "a target in an unknown calendar": (
        "resolve: 4h, calendar: always",
        "resolve: 4h, calendar: allways",
        ['35: There is no calendar "allways". Did you mean "always"?'],
    ),
    "a target that matches on nothing": (
        "match: {priority: P1}",
        "match: {priority: []}",
        ['35: "priority" is empty, so nothing would match. Add a value or remove it.'],
    ),
    "a target's match misspelt": (
        "match: {priority: P1}",
        "match: {prioritty: P1}",
        ['35: "prioritty" is not a key of "match". Did you mean "priority"?'],
    ),
    "schedules are a text": (
        "schedules:\n",
        "schedules: none\nnothing:\n",
        [
            '37: "schedules" must be a section with keys of its own, not a text.',
            '38: "nothing" is not a key of a matrix. The keys here are: rung, workspace, calendars, '
            "priorities, priority_matrix, services, clients, types, promises, targets, schedules, paths.",
        ],
    ),
    "a schedule key misspelt": (
        "  care-leads:\n    timezone",
        "  care-leads:\n    timezon",
        ['39: "timezon" is not a key of "care-leads". Did you mean "timezone"?'],
    ),
    "a layer without a first day": (
        ", from: 2026-01-05",
        "",
        ['41: "from" is missing in a layer. Add it, for example from: 2026-01-05.'],
    ),
    "a layer key misspelt": (
        'handoff: "mon 09:00"',
        'handof: "mon 09:00"',
        ['41: "handof" is not a key of a layer. Did you mean "handoff"?'],
    ),
    "a layer with nobody in it": (
        'people: ["maya@example.com", "omar@example.com"]',
        "people: []",
        ['41: "people" is empty. Add at least one.'],
    ),
    "a layer with a channel": (
        'people: ["maya@example.com", "omar@example.com"]',
        'people: ["#ops-desk"]',
        [
            '41: "#ops-desk" cannot be on call: one person answers at a time. Name people by e-mail, Slack '
            'user id or "@handle".',
        ],
    ),
    "a Monday with daily turns": (
        'rotate: weekly, handoff: "mon 09:00"',
        'rotate: daily, handoff: "mon 09:00"',
        [
            '41: "handoff" names a day of the week, but turns of 1d end on other days too. Write the time '
            'alone, for example "09:00".',
        ],
    ),
    "over before it began": (
        "from: 2026-01-05",
        "from: 2026-01-05, until: 2025-01-05",
        ['41: "until" is not after "from" (2026-01-05). The layer ends on that day at its handoff.'],
    ),
    "restricted to hours of nowhere": (
        "from: 2026-01-05",
        'from: 2026-01-05, restrict: {mon: "25:00-26:00"}',
        ['41: There is no time "25:00". A day goes from 00:00 to 24:00.'],
    ),
    "a schedule nobody wrote": (
        'contacts: ["oncall:care-leads"]',
        'contacts: ["oncall:care-leed"]',
        ['52: There is no schedule "care-leed". Did you mean "care-leads"?'],
    ),
    "a manager on a schedule nobody wrote": (
        "escalation_manager: oncall:duty-manager",
        "escalation_manager: oncall:manager",
        ['6: There is no schedule "manager". Did you mean "duty-manager"?'],
    ),
    "a review in words": (
        "review_by: 2027-03-31",
        "review_by: next year",
        ['50: "next year" is not a date. Write year, month and day, for example 2026-01-05.'],
    ),
    "perhaps functional": (
        "follow_up_after: 14d",
        "functional: perhaps",
        ['57: "perhaps" is neither yes nor no. Write one of them.'],
    ),
    "waiting for nobody": (
        "if_nobody: hold",
        "if_nobody: wait",
        ['61: "wait" is not one of the choices here. Write skip or hold.'],
    ),
    "a level in an unknown calendar": (
        "calendar: office, if_nobody",
        "calendar: ofice, if_nobody",
        ['61: There is no calendar "ofice". Did you mean "office"?'],
    ),
    "a service nobody offers": (
        "category: customer, service: billing}",
        "category: customer, service: bill}",
        ['48: There is no service "bill". Did you mean "billing"?'],
    ),
    "a channel without its sign": (
        "category: customer, service: billing}",
        "category: customer, channel: [shop-floor]}",
        [
            '48: "shop-floor" is not a contact. Write an e-mail, a Slack user id, "@handle", '
            '"group:HANDLE", "oncall:SCHEDULE" or "#channel".',
        ],
    ),
    "a channel in a list in a list": (
        "category: customer, service: billing}",
        'category: customer, channel: [["#shop-floor"]]}',
        ['48: Here must be a contact such as "@ann", not a list.'],
    ),
    "reasons are a text": (
        "nag_every: 15m",
        "wait_reasons: supplier",
        ['7: "wait_reasons" must be a list, not a text.'],
    ),
}


@pytest.mark.parametrize(("old", "new", "findings"), CASES.values(), ids=CASES)
def test_mistake(old: str, new: str, findings: list[str]) -> None:
    assert WHOLE.count(old) == 1
    assert told(WHOLE.replace(old, new)) == findings
