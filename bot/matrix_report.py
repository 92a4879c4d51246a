"""What `rung matrix` answers: lines for people, JSON for programs, and an exit code."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.adapters.matrix_file import Finding, Severity
from bot.domain.dry_run import Ladder
from bot.domain.ids import issue_name
from bot.domain.matrix.diff import Difference
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.domain.wording import ladder as wording
from bot.report import DIFFERENT, FINE, Report
from bot.usecases.apply_to_open import OpenChange
from bot.usecases.publish_matrix import Plan, author_name
from bot.usecases.rows import VersionInfo

NOTHING = "Nothing to publish: the document in force says the same."


def check_report(file: Path, matrix: Matrix | None, findings: Sequence[Finding], strict: bool) -> Report:
    """What is wrong with a file; with `strict`, what looks like a slip is wrong too. A note never is."""
    wrong = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    bad = any(one.severity in wrong for one in findings)
    lines = [str(one) for one in findings]
    if matrix is not None:
        sizes = f"{len(matrix.types)} types, {len(matrix.priorities)} priorities, {len(matrix.paths)} paths"
        lines.append(f"{file}: can be used. {sizes}.")
    data = {"usable": matrix is not None, "findings": [_finding(one) for one in findings]}
    return Report(tuple(lines), data, DIFFERENT if bad else FINE)


def plan_report(plan: Plan, file: Path, findings: Sequence[Finding]) -> Report:
    """What publishing a file would change, and what is wrong with it."""
    wrong = [str(one) for one in findings if one.severity is not Severity.NOTE]
    warnings = [*(one.plain() for one in plan.warnings), *wrong]
    notes = tuple(f"Note: {one}" for one in warnings)
    data = {
        "base": plan.base,
        "nothing": plan.nothing,
        "differences": [_difference(one) for one in plan.differences],
        "warnings": warnings,
    }
    if plan.nothing:
        return Report((NOTHING, *notes), data, notes=notes)
    told = [f"  {one.sentence.plain()}" for one in plan.differences]
    if not told:
        told = ["  Nothing that anybody notices: only comments, or the way it is written."]
    present = f"Version {plan.base} is in force." if plan.base else "No version is in force yet."
    head = f"{present} Publishing {file} would change:"
    return Report((head, *told, *notes), data, DIFFERENT, notes)


def published_report(published: PublishedMatrix) -> Report:
    """A version came into force."""
    sentence = f"Version {published.version} is in force. A running Rung takes it over within two seconds."
    return Report((sentence,), {"version": published.version, "published": True})


def nothing_report(version: int) -> Report:
    """This version stays in force."""
    return Report((NOTHING,), {"version": version, "published": False})


def versions_report(history: Sequence[VersionInfo]) -> Report:
    """What was published, newest first."""
    return Report(tuple(_version_line(one) for one in history), [_version(one) for one in history])


def differences_report(found: Sequence[Difference]) -> Report:
    """What changes from one matrix to another."""
    lines = [one.sentence.plain() for one in found] or ["No differences."]
    return Report(tuple(lines), [_difference(one) for one in found], DIFFERENT if found else FINE)


def open_issues_report(changes: Sequence[OpenChange], *, done: bool) -> Report:
    """What changes for open issues; when it is `done`, only what could not be done is a finding."""
    lines = [f"{issue_name(one.number)} ({one.title}): {one.sentence.plain()}" for one in changes]
    data = [
        {"issue": one.number, "title": one.title, "sentence": one.sentence.plain(), "possible": one.possible}
        for one in changes
    ]
    findings = [one for one in changes if not (done and one.possible)]
    return Report(tuple(lines) or ("No open issue changes.",), data, DIFFERENT if findings else FINE)


def ladder_report(ladder: Ladder, picture: Path | None = None) -> Report:
    """Who would be asked, and when; `picture` is where that was drawn."""
    rungs = [
        {
            "level": one.number,
            "name": one.level.name,
            "round": one.round,
            "fate": str(one.fate),
            "from": one.start.isoformat(),
            "until": one.end.isoformat(),
            "asked": [str(asked.person or asked.contact) for asked in one.asked],
        }
        for one in ladder.rungs
    ]
    data = {
        "at": ladder.at.isoformat(),
        "path": ladder.route.path.name,
        "priority": ladder.chosen.priority.key,
        "rungs": rungs,
        "unanswered": ladder.catch_all.start.isoformat(),
    }
    drawn = () if picture is None else (f"The picture is in {picture}.",)
    return Report((*wording.text(ladder), *drawn), data)


def _finding(one: Finding) -> dict[str, Any]:
    place, _, line = one.place.rpartition(":")
    where = {"file": place, "line": int(line)} if line.isdecimal() else {"file": one.place, "line": None}
    return {"severity": str(one.severity), **where, "sentence": one.sentence}


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "kind": str(one.kind),
        "where": list(one.where),
        "sentence": one.sentence.plain(),
        "concerns": sorted(str(contact) for contact in one.concerns),
    }


def _version(one: VersionInfo) -> dict[str, Any]:
    return {
        "version": one.version,
        "published_at": one.published_at.isoformat(),
        "author": one.author,
        "note": one.note,
    }


def _version_line(one: VersionInfo) -> str:
    when = one.published_at.strftime("%Y-%m-%d %H:%M UTC")
    note = f": {one.note}" if one.note else ""
    return f"{one.version:>4}  {when}  {author_name(one.author).plain()}{note}"
