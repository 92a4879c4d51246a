"""What a change makes worse: told to whoever is about to publish it, and nothing that was just as wrong before."""

import pytest

from bot.adapters.matrix_file import examine
from bot.domain.matrix.model import Matrix
from bot.domain.words import say
from bot.usecases.document_port import Read
from bot.usecases.new_flaws import NOT_LOOKED_UP, Worse, new_flaws
from bot.usecases.publish_matrix import Plan
from tests.builders import T1, channel, user
from tests.unit.usecases.desk import Desk

BEFORE = """\
rung: 1
workspace: {timezone: Europe/London, issue_channel: "#issues", catch_all: "#issues", escalation_manager: U0DINA0000}
types:
  quality: {title: Quality of work}
  billing: {title: Bills}
  outage: {title: Something is down}
priorities:
  P1: {title: Critical}
priority_matrix:
  high: {now: P1}
schedules:
  duty:
    layers:
      - {people: [U0MAYA0000], from: 2026-01-05}
paths:
  - name: Care
    match: {type: quality}
    review_by: 2026-02-01
    levels:
      - {name: Desk, contacts: [U0MAYA0000], acknowledge_within: 5m}
      - {name: Gone, contacts: [zoe@example.com], acknowledge_within: 5m}
  - name: Others
    levels:
      - {name: Lead, contacts: ["oncall:duty", U0OMAR0000], acknowledge_within: 5m}
"""
YAN = "Yan has left Slack. Name somebody else here, or mend that in Slack."
NOBODY = "Nobody can answer this level: it is skipped at once. Name somebody who is there."
LEAD = 'contacts: ["oncall:duty", U0OMAR0000]'
ABOVE = "  - {name: New, match: {type: billing}, levels: [{name: A, contacts: [U0LEE0000], acknowledge_within: 5m}]}\n"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Yan and Zoe left, and Rung is outside of #ops."""
    for name in ("yan", "zoe"):
        desk.directory.knows(f"{name}@example.com", why=f"{name.title()} has left Slack.")
    desk.directory.knows("#ops", channel("C_OPS"), outside=True)
    return desk


def matrix_before() -> Matrix:
    """The version in force: of Care, a level asks somebody who left, and the review is late."""
    return examine(BEFORE, "before.yaml").sound()


def changed(desk: Desk, old: str, new: str) -> Read:
    """The document with one thing written differently."""
    assert BEFORE.count(old) == 1
    return desk.services.documents.read(BEFORE.replace(old, new).encode(), "my.yaml")


async def worse(desk: Desk, old: str, new: str) -> Worse:
    """What that makes worse."""
    return await new_flaws(desk.services, T1, matrix_before(), changed(desk, old, new))


CHANGES: list[tuple[str, str, str, list[str]]] = [
    ("nothing gets worse", "contacts: [U0MAYA0000]", "contacts: [U0LEE0000]", []),
    (
        "nobody is left, errors first",
        "contacts: [U0MAYA0000]",
        "contacts: [yan@example.com]",
        [f"my.yaml:20: {NOBODY}", f"my.yaml:20: {YAN}"],
    ),
    ("what was wrong before, moved down", "paths:\n", f"paths:\n{ABOVE}", []),
    ("what was wrong before, in a path that changes", "5m}\n  - name", "6m}\n  - name", []),
    ("what may surprise", LEAD, 'contacts: ["#ops"]', []),
    (
        "a date",
        "  - name: Others\n",
        "  - name: Others\n    review_by: 2026-02-28\n",
        ["my.yaml:23: The review of this path was due on 2026-02-28. Look at it, then set a new date."],
    ),
    (
        "somebody of a schedule, and a gap by it",
        "people: [U0MAYA0000]",
        "people: [yan@example.com]",
        [
            "my.yaml:12: Nobody is on call from Mon 02 Mar 12:00 to Wed 01 Apr 13:00 in the next 30 days. Add "
            "somebody, or another layer below.",
            "my.yaml:14: Yan has left Slack. Take them off this layer.",
        ],
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "told"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES]
)
async def test_what_gets_worse_is_told_by_line(desk: Desk, old: str, new: str, told: list[str]) -> None:
    found = await worse(desk, old, new)
    assert found.by_line() == tuple(told)
    assert found.looked_up


async def test_who_filled_in_a_form_reads_the_names_of_parts(desk: Desk) -> None:
    found = await worse(desk, "contacts: [U0MAYA0000]", "contacts: [U0MAYA0000, yan@example.com]")
    assert found.by_part() == (f'path "Care", level "Desk": {YAN}',)


async def test_errors_come_first(desk: Desk) -> None:
    levels = "    levels:\n      - {name: Lead, "
    found = await worse(
        desk, f"{levels}{LEAD}", f"    review_by: 2026-02-28\n{levels}contacts: [yan@example.com]"
    )
    assert [one.severity for one in found.findings] == ["error", "warning", "warning"]
    assert [one.place for one in found.findings] == ["my.yaml:25", "my.yaml:23", "my.yaml:25"]


async def test_only_whom_the_change_concerns_is_looked_up(desk: Desk) -> None:
    await worse(desk, LEAD, "contacts: [U0LEE0000]")
    asked = {str(one) for one in desk.directory.asked}
    assert asked == {"#issues", "U0DINA0000", "U0LEE0000", "U0OMAR0000"}
    desk.directory.asked.clear()
    await worse(desk, "people: [U0MAYA0000]", "people: [U0LEE0000]")
    asked = {str(one) for one in desk.directory.asked}
    assert asked == {"#issues", "U0DINA0000", "U0LEE0000", "U0MAYA0000", "U0OMAR0000"}, (
        "and whoever is asked beside a schedule"
    )


async def test_without_slack_the_rest_is_told_and_the_plan_says_so(desk: Desk) -> None:
    desk.directory.goes_down()
    read = changed(desk, "contacts: [U0MAYA0000]", "contacts: [yan@example.com]")
    found = await new_flaws(desk.services, T1, matrix_before(), read)
    assert (found.by_line(), found.looked_up) == ((), False)
    plan = Plan(4, (), (say("Open issues stay."),), True)
    assert found.told_in(plan).warnings == (say("Open issues stay."), NOT_LOOKED_UP)
    assert Worse((), looked_up=True).told_in(plan) == plan


async def test_one_person_by_two_names(desk: Desk) -> None:
    desk.directory.knows("@omar", user("U0OMAR0000"))
    extra = f'{LEAD}, acknowledge_within: 5m}}\n      - {{name: Again, contacts: ["@omar"]'
    (only,) = (await worse(desk, LEAD, extra)).by_part()
    assert only.startswith('path "Others", level "Again": Everybody on this level is on "Lead" already')
