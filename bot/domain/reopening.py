"""A new opening under the same number: what starts afresh, and where on the ladder it begins."""

from dataclasses import replace
from datetime import datetime

from bot.domain.caring import afresh
from bot.domain.contacts import Contact, ContactKind, parse_contact
from bot.domain.escalation import Step, next_step
from bot.domain.issue import Informing, Issue, Position, Stage
from bot.domain.lifecycle import IN_WORK, State


def open_again(issue: Issue, now: datetime) -> Issue:
    """The issue in its next opening: nobody has it, nobody was asked yet, pings of before are void, and the clocks go
    on. Where it stands on its ladder is for the caller to say."""
    return issue.bump(
        state=State.OPEN,
        opening=issue.opening + 1,
        owner=None,
        last_owner=issue.owner,
        acknowledged_at=None,
        resolved_at=None,
        closed_at=None,
        asks=(),
        pressed_at=None,
        clocks=issue.clocks.resumed(now),
        informing=Informing(),
        company=replace(issue.company, merged_into=None),
        care=replace(
            afresh(issue.care),
            named=None,
            snoozed_until=None,
            still_asked_at=None,
            on_call_as=_on_call_as(issue),
            still_wrong="",
            jump=None,
            gone="",
            gone_why="",
        ),
    )


def why_again(issue: Issue) -> str:
    """What somebody wrote when it was opened again, while it is in work; empty in the first opening."""
    if issue.opening == 1 or issue.state not in IN_WORK:
        return ""
    back = issue.care.sent_back
    return issue.care.still_wrong or (back.appeal if back and back.upheld else "")


def where_it_was(before: Issue) -> Step:
    """Who had it is asked first; else the place that was asked when it ended."""
    level = before.position.level
    if before.owner:
        return Step(Stage.OWNER, level, 0)
    last_resort = any(ask.level == 0 for ask in before.asks)
    return Step(Stage.CATCH_ALL if last_resort else Stage.LEVEL, level, 0)


def one_higher(reopened: Issue, level: int) -> Step:
    """The level above this one; the catch-all above the last."""
    standing = replace(reopened, position=Position(Stage.REST, level, 0, reopened.position.started_at, None))
    return next_step(standing) or Step(Stage.CATCH_ALL, len(reopened.route.levels), 0)


def _on_call_as(issue: Issue) -> Contact | None:
    """The schedule whose shift its owner had when they were asked. Who is asked as the last owner keeps theirs."""
    if issue.owner is None:
        return None
    contacts = [parse_contact(ask.contact) for ask in issue.asks_of(issue.owner)]
    on_call = [one for one in contacts if one is not None and one.kind is ContactKind.ONCALL]
    kept = issue.care.on_call_as if issue.owner == issue.last_owner else None
    return on_call[-1] if on_call else kept
