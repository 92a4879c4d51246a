"""Checking a matrix against the world: what is told, where, and what happens when Slack does not answer."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.matrix_file import Finding, Severity, examine
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.usecases.check_matrix import AT_ONCE, flaws_by_date, flaws_now
from tests.builders import NOON, T1, channel, user
from tests.unit.usecases.desk import Desk

HERE = Path(__file__).parent
DOCUMENT = (HERE / "neglected.yaml").read_text(encoding="utf-8")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Most are there; Zoe left, a group is empty, a channel is private, and Rung is outside of another."""
    directory = desk.directory
    for name in ("maya", "omar", "dina"):
        directory.knows(f"{name}@example.com", user(f"U_{name.upper()}"))
    directory.knows("@lee", user("U_LEE"))
    directory.knows("zoe@example.com", why="Zoe (zoe@example.com) has left Slack.")
    directory.knows("group:night", why="The user group @night is empty.")
    directory.knows("group:leads", user("U_MAYA"), user("U_OMAR"))
    directory.knows(
        "#vault", why="There is no channel #vault that Rung can see. If it is private, invite Rung there."
    )
    directory.knows("#ops-desk", channel("C_OPS"), outside=True)
    return desk


async def found(desk: Desk, document: str = DOCUMENT) -> tuple[Finding, ...]:
    """What is told about the document."""
    read = examine(document, "neglected.yaml")
    return read.findings(await flaws_now(desk.services, T1, read.sound()))


def as_text(findings: tuple[Finding, ...]) -> str:
    """One finding in two lines: what and where."""
    return "".join(f"{one.severity}: {one}\n    ({one.part})\n" for one in findings)


async def test_everything_about_a_neglected_matrix_is_told_by_line(desk: Desk) -> None:
    assert as_text(await found(desk)) == (HERE / "neglected.txt").read_text(encoding="utf-8")


async def test_each_is_told_once_and_says_what_to_do(desk: Desk) -> None:
    findings = await found(desk)
    assert len(set(findings)) == len(findings)
    assert {one.severity for one in findings} == set(Severity)
    assert all(one.sentence.endswith(".") and one.sentence.isprintable() for one in findings)


async def test_a_cover_fills_a_gap_as_long_as_who_covers_is_there(desk: Desk) -> None:
    before = await found(desk)
    month = NOON, NOON + timedelta(days=31)
    desk.store.oncall.add(T1, OnCallChange(0, ChangeKind.COVER, "U_LEE", *month, "weekdays"))
    filled = set(before) - set(await found(desk))
    assert [one.part for one in filled] == ['schedule "weekdays"']
    desk.directory.knows("U_LEE", why="Lee has left Slack.")
    assert await found(desk) == before


async def test_without_slack_the_rest_is_told_all_the_same(desk: Desk) -> None:
    desk.directory.goes_down()
    told = [one.sentence for one in await found(desk)]
    assert 'Slack could not be asked about "#issues" and 10 more now. Check again in a few minutes.' in told
    assert "The review of this path was due on 2026-01-31. Look at it, then set a new date." in told
    assert any(one.startswith("Nobody is on call from") for one in told)
    assert not any("left Slack" in one for one in told)


async def test_what_was_looked_up_before_slack_stopped_counts(desk: Desk) -> None:
    crowd = [f"p{n}@example.com" for n in range(AT_ONCE)]
    document = DOCUMENT.replace("contacts: [omar@example.com]", f"contacts: [{', '.join(crowd)}]")
    desk.directory.goes_down(crowd[-1])
    told = {one.sentence for one in await found(desk, document)}
    assert "Zoe (zoe@example.com) has left Slack. Name somebody else here, or mend that in Slack." in told
    assert any(one.startswith("Slack could not be asked about") for one in told)
    assert not any(crowd[-1] in one for one in told if not one.startswith("Slack could not"))


async def test_a_matrix_with_nothing_to_mend(desk: Desk) -> None:
    desk.directory.knows("#ops-desk", channel("C_OPS"))
    matrix = desk.matrices.current(T1)
    assert matrix is not None
    assert await flaws_now(desk.services, T1, matrix.matrix) == ()


def test_without_slack_everybody_is_taken_to_be_there_and_only_dates_count() -> None:
    read = examine(DOCUMENT, "neglected.yaml")
    told = [str(one) for one in read.findings(flaws_by_date(read.sound(), NOON))]
    assert told == [
        "neglected.yaml:22: Nobody is on call from Mon 02 Mar 18:00 to Tue 03 Mar 08:00 and 21 more times in the next "
        "30 days. Add somebody, or another layer below.",
        "neglected.yaml:29: This layer ended on 2026-02-02. Remove it, or give it a later end.",
        "neglected.yaml:37: The review of this path was due on 2026-01-31. Look at it, then set a new date.",
    ]


def test_a_cover_fills_a_gap_without_slack_too() -> None:
    matrix = examine(DOCUMENT, "neglected.yaml").sound()
    cover = OnCallChange(0, ChangeKind.COVER, "U_LEE", NOON, NOON + timedelta(days=31), "weekdays")
    assert len(flaws_by_date(matrix, NOON)) - len(flaws_by_date(matrix, NOON, [cover])) == 1
