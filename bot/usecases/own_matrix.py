"""The matrix version an issue was raised under: by it everything about the issue is chosen again."""

import asyncio
from datetime import timedelta

from bot.domain.errors import Refused
from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.words import say
from bot.usecases.ports import Store
from bot.usecases.record import unknown_issue
from bot.usecases.services import Services

READ_TIME = timedelta(milliseconds=700)
"""How long reading the issue and its matrix may take; what is left is for rights, and for Slack or storing."""


async def read_with_matrix(services: Services, ref: IssueRef) -> tuple[Issue, PublishedMatrix | None]:
    """The issue and its version, None when that is not kept any more. The version in force is in memory; an older one
    is read. Raises NotFound and TimeoutError."""
    current = services.matrix.current(ref.workspace)

    def unit(store: Store) -> tuple[Issue, PublishedMatrix | None]:
        issue = store.issues.get(ref)
        if issue is None:
            raise unknown_issue(ref.number)
        version = issue.route.version
        if current is not None and current.version == version:
            return issue, current
        return issue, store.matrices.get(ref.workspace, version)

    async with asyncio.timeout(READ_TIME.total_seconds()):
        return await services.transactions.read(unit)


def own_matrix(issue: Issue, published: PublishedMatrix | None) -> PublishedMatrix:
    """The version of the issue. Raises Refused when it is another one by now, or none."""
    if published is None:
        raise Refused(
            say(
                "Version {version} of the matrix, which is that of ISS-{number}, is not kept any more, so nothing can "
                "be chosen by it. Please escalate ISS-{number}, or raise it once more.",
                version=issue.route.version,
                number=issue.number,
            )
        )
    if published.version != issue.route.version:
        raise Refused(
            say(
                "ISS-{number} was put on another version of the matrix just now. Please open the form again.",
                number=issue.number,
            )
        )
    return published
