"""What a change of the matrix makes worse, for whoever is about to publish it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.contacts import Contact
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.doubts import doubts
from bot.domain.matrix.finding import Finding
from bot.domain.matrix.flaw import Flaw, Severity
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.parts import part_of
from bot.domain.matrix.touched import contacts_touched
from bot.domain.matrix.world import world_flaws
from bot.domain.oncall.model import OnCallChange
from bot.domain.words import say
from bot.usecases.check_matrix import Looking, changes_ahead, find, world_of
from bot.usecases.document_port import Read
from bot.usecases.publish_matrix import Plan
from bot.usecases.rows import Resolved

LOOK_UP_TIME = timedelta(milliseconds=700)
"""Whoever presses a button waits for an answer; what Slack has not said by then is left out."""


NOT_LOOKED_UP = say("Who is there could not be looked up in time.")


@dataclass(frozen=True, slots=True)
class Worse:
    """Warnings and errors that the version before does not have, errors first, then by line.

    `looked_up` = everybody whom the change concerns is known.
    """

    findings: tuple[Finding, ...]
    looked_up: bool

    def by_line(self) -> tuple[str, ...]:
        """For whoever has the document before them."""
        return tuple(str(one) for one in self.findings)

    def by_part(self) -> tuple[str, ...]:
        """For whoever filled in a form."""
        return tuple(f"{one.part}: {one.sentence}" for one in self.findings)

    def told_in(self, plan: Plan) -> Plan:
        """The plan, which says so when not everybody is known."""
        return plan if self.looked_up else replace(plan, warnings=(*plan.warnings, NOT_LOOKED_UP))


async def new_flaws(looking: Looking, workspace: WorkspaceId, before: Matrix, read: Read) -> Worse:
    """What would be wrong with this document that is not just as wrong with the matrix `before`.

    Never fails for want of Slack.
    """
    now = looking.clock.now()
    changes = await changes_ahead(looking.transactions, workspace, now)
    wanted = contacts_touched(before, read.matrix)
    found: dict[Contact, Resolved] = {}
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            await find(looking.directory, workspace, wanted, found)
    except TimeoutError:
        pass

    def compare() -> tuple[Finding, ...]:
        findings = read.placed(_worse(before, read.matrix, found, now, changes))
        return tuple(sorted(findings, key=lambda one: one.severity is not Severity.ERROR))

    return Worse(await asyncio.to_thread(compare), found.keys() >= set(wanted))


def _worse(
    before: Matrix,
    after: Matrix,
    found: Mapping[Contact, Resolved],
    now: datetime,
    changes: Sequence[OnCallChange],
) -> tuple[Flaw, ...]:
    """Parts are the same when they have the same names: their places move with whatever is written above them."""

    def all_of(matrix: Matrix) -> dict[tuple[str, str], Flaw]:
        flaws = (*doubts(matrix), *world_flaws(matrix, world_of(matrix, found, now, changes)))
        serious = (one for one in flaws if one.severity is not Severity.NOTE)
        return {(part_of(matrix, one.where), one.sentence): one for one in serious}

    known = all_of(before)
    return tuple(one for key, one in all_of(after).items() if key not in known)
