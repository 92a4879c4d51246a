"""The dry run in words."""

from datetime import UTC, datetime

import pytest

from bot.domain.issue import Target, TargetKind
from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import IssueType, Named, Path
from bot.domain.oncall.model import Schedule
from bot.domain.wording.ladder import LONGEST_ALT, alt_text, lines, text, title
from bot.domain.words import At, Channel, Person
from bot.usecases.rows import Resolved
from tests.unit.domain.dry_runs import CARE, SUNDAY_3, document, level, try_it, turns, who

MONDAY_8_50 = datetime(2026, 3, 2, 8, 50, tzinfo=UTC)


def test_a_whole_ladder() -> None:
    assert text(try_it(at=MONDAY_8_50)) == [
        "If “Billing” (P1) came Monday 2 March 08:50 (Europe/London time)",
        'Path "Customer care" is the first that fits: the category is customer and the service is "Billing".',
        "An answer is due Mon 2 Mar 09:05 (15 min); a warning comes Mon 2 Mar 09:02.",
        "A solution is due Mon 2 Mar 12:50 (4 h); a warning comes Mon 2 Mar 12:02.",
        "Told at once: #leadership and #care.",
        "1. Team lead (Owns the first answer): omar@example.com (on call until Mon 2 Mar 09:00) from "
        "Mon 2 Mar 08:50 until 09:07, then maya@example.com (on call until Mon 9 Mar 09:00) too from "
        "09:00.",
        "2. Managers: the group ops and #ops-desk from Mon 2 Mar 09:07 until 09:37. Told: lee@example.com.",
        "1. Team lead again: maya@example.com (on call until Mon 9 Mar 09:00) from Mon 2 Mar 09:37 until 09:52.",
        "2. Managers again: the group ops and #ops-desk from Mon 2 Mar 09:52 until 10:22.",
        "UNANSWERED from Mon 2 Mar 10:22: dina@example.com (on call until Mon 2 Mar 17:00) and #escalations, "
        "every 15 min until somebody takes it.",
    ]


def test_a_level_that_waits() -> None:
    assert text(try_it(kind=Kind("tools", "low", "now")))[4] == (
        "1. Duty manager: waits for somebody to be there: duty (nobody on call until Mon 2 Mar 09:00). "
        "dina@example.com (on call until Mon 2 Mar 17:00) from Mon 2 Mar 09:00 until 09:30."
    )


def test_a_level_that_is_skipped_and_a_catch_all_without_manager() -> None:
    assert text(try_it(kind=Kind("tools", "high", "now")))[-2:] == [
        "1. Duty manager: skipped, nobody is there: duty (nobody on call until Mon 2 Mar 09:00).",
        "UNANSWERED from Sun 1 Mar 03:00: #escalations, every 15 min until somebody takes it. "
        "Not there: duty (nobody on call until Mon 2 Mar 09:00).",
    ]


def test_who_of_a_level_is_not_there() -> None:
    gone = {who("@lee"): Resolved(who("@lee"), (), "has left Slack.")}
    one = Path("One", (level("Both", "@ann", "@lee", "oncall:gone", within="1d"),))
    assert text(try_it(document(one), looked=gone))[-2] == (
        "1. Both: @ann from Sun 1 Mar 03:00 until Mon 2 Mar 03:00. "
        "Not there: @lee (has left Slack) and gone (nobody on call in the next three months)."
    )


def test_who_is_always_on_call_has_no_end() -> None:
    always = Schedule("always", "Europe/London", (turns("@ann", rotate=None),))
    one = Path("One", (level("One", "oncall:always"),))
    assert text(try_it(document(one, schedules=(always,))))[-2] == (
        "1. One: @ann (on call) from Sun 1 Mar 03:00 until 03:15."
    )


def test_a_schedule_without_anybody_is_called_by_its_title() -> None:
    over = Schedule("duty", "Europe/London", (turns("@ann", until=turns().start),), title="Duty managers")
    one = Path("One", (level("One", "@lee", "oncall:duty"),))
    assert text(try_it(document(one, schedules=(over,))))[-2].endswith(
        "Not there: Duty managers (nobody on call in the next three months)."
    )


def test_the_rounds_of_a_ladder() -> None:
    often = Path("Often", (level("One", "@ann"),), repeat=3)
    said = [line.split(":")[0] for line in text(try_it(document(often))) if line.startswith("1.")]
    assert said == ["1. One", "1. One again", "1. One a third time", "1. One (4th time)"]


@pytest.mark.parametrize(
    ("paths", "kind", "why"),
    [
        pytest.param(
            (CARE, Path("Rest", CARE.levels)),
            Kind("tools", "high", "now"),
            'Path "Rest" takes it, as no other path fits.',
            id="the default",
        ),
        pytest.param(
            (Path("Rest", CARE.levels),),
            Kind("tools", "high", "now"),
            'Path "Rest" takes it, as there is no other.',
            id="the only one",
        ),
        pytest.param(
            (Path("Rest", CARE.levels),),
            Kind("tools", "", ""),
            'Path "Rest" takes it, as there is no other. Impact high and urgency now are supposed.',
            id="supposed",
        ),
    ],
)
def test_why_a_path_takes_it(paths: tuple[Path, ...], kind: Kind, why: str) -> None:
    assert text(try_it(document(*paths), kind, priority="P1"))[1] == why


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param(Kind("quality", "high", "now", "billing"), "“Billing” (P1)", id="the service"),
        pytest.param(Kind("quality", "high", "now"), "“Quality of work” (P1)", id="else the type"),
        pytest.param(
            Kind("tools", "low", "now", client="acme"), "“Tools” (P2) for Acme Ltd", id="the client"
        ),
    ],
)
def test_the_title(kind: Kind, said: str) -> None:
    types = (IssueType("quality", "Quality of work"), IssueType("tools", "Tools"))
    assert title(try_it(document(types=types), kind)) == f"If {said} came Sunday 1 March 03:00"


def test_times_of_the_title_are_local() -> None:
    assert title(try_it(at=datetime(2026, 7, 31, 23, 30, tzinfo=UTC))).endswith(
        "came Saturday 1 August 00:30"
    )


def test_in_slack_each_reader_sees_their_own_time_and_channels_are_channels() -> None:
    parts = [part for line in lines(try_it()) for part in line.parts]
    assert At(SUNDAY_3, "day") in parts
    assert Channel("#ops-desk") in parts


def test_people_of_slack_are_people_and_have_names_where_there_is_no_slack() -> None:
    looked = {who("@lee"): Resolved(who("@lee"), (Target(TargetKind.USER, "U1"),))}
    ladder = try_it(document(Path("One", (level("One", "@lee"),))), looked=looked)
    assert Person("U1") in lines(ladder)[-2].parts
    assert text(ladder, {"U1": "Lee"})[-2] == "1. One: Lee from Sun 1 Mar 03:00 until 03:15."
    assert "1. One: Lee from" in alt_text(ladder, {"U1": "Lee"})
    assert "1. One: @U1 from" in alt_text(ladder)


def test_the_alternative_text_ends_within_what_slack_takes() -> None:
    assert alt_text(try_it()).startswith(
        "If “Billing” (P1) came Sunday 1 March 03:00: 1. Team lead (Owns the first answer): omar@example.com"
    )
    assert alt_text(try_it()).endswith("Not there: duty (nobody on call until Mon 2 Mar 09:00).")
    endless = alt_text(try_it(document(Path("Long", (level("L" * 3000, "@ann"),)))))
    assert len(endless) == LONGEST_ALT
    assert endless.endswith("L…")


def test_a_title_stays_short() -> None:
    long = (Named("billing", "Billing and refunds of the north-western region"),)
    asked = Kind("quality", "high", "now", "billing")
    assert title(try_it(document(services=long), asked)) == (
        "If “Billing and refunds of the nort…” (P1) came Sunday 1 March 03:00"
    )
