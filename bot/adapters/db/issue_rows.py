"""An issue and its rows: written out by hand, so that the domain needs to know nothing of tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.adapters.db.snapshot import dump
from bot.domain.caring_time import LATE
from bot.domain.ids import IssueRef
from bot.domain.issue import (
    Ask,
    AskStatus,
    Issue,
    Part,
    Position,
    Stage,
    Target,
    TargetKind,
)
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.wishing import wish

Row = Mapping[str, Any]


def fixed_row(issue: Issue) -> dict[str, Any]:
    """The columns that seldom change and cost most to write."""
    return {
        "facts": dump(issue.facts),
        "route": dump(issue.route),
        "type": issue.facts.type,
        "service": issue.facts.service,
        "client": issue.facts.client,
        "path": issue.route.path.name,
        "priority": issue.route.priority.key,
        "rank": issue.route.priority.rank,
        "private": issue.private,
        "nameless": issue.facts.nameless,
        "raiser": issue.raiser,
        "requester": issue.requester,
        "updates_channel": issue.updates_channel,
        "raised_at": issue.raised_at,
    }


def moving_row(issue: Issue) -> dict[str, Any]:
    """The columns that change while people work."""
    position, sent_back = issue.position, issue.care.sent_back
    return {
        "version": issue.version,
        "epoch": issue.epoch,
        "opening": issue.opening,
        "state": issue.state.value,
        "owner": issue.owner,
        "last_owner": issue.last_owner,
        "stage": position.stage.value,
        "level": position.level,
        "round": position.round,
        "stage_started_at": position.started_at,
        "stage_ends_at": position.ends_at,
        "held_until": position.held_until,
        "look_at": position.look_at,
        "asked": position.asked,
        "reminders": position.reminders,
        "repeats": position.repeats,
        "acknowledged_at": issue.acknowledged_at,
        "resolved_at": issue.resolved_at,
        "closed_at": issue.closed_at,
        "resolution": issue.resolution,
        "last_update": issue.last_update,
        "last_update_at": issue.last_update_at,
        "pressed_at": issue.pressed_at,
        "responded_at": issue.responded_at,
        "late_since": issue.clocks.late_since,
        "waiting_since": pause.start if (pause := issue.waiting) else None,
        "clocks": dump(issue.clocks),
        "informing": dump(issue.informing),
        "company": dump(issue.company),
        "unnamed": bool(issue.company.unnamed),
        "care": dump(issue.care),
        "bypass_at": asked.at if (asked := wish(issue)) else None,
        "appeal_at": sent_back.appealed_at if sent_back and issue.care.appeal_waits else None,
        "update_late_at": _update_late_at(issue),
    }


def fixed_part(issue: Issue) -> tuple[object, ...]:
    """What `fixed_row` is made of, to see whether it changed."""
    people = issue.raiser, issue.requester, issue.updates_channel
    return (issue.facts, issue.route, issue.private, *people, issue.raised_at)


def _update_late_at(issue: Issue) -> datetime | None:
    """Since when the requester waits for news that are late by now."""
    late = issue.state in IN_WORK and issue.care.update_step >= LATE
    return (issue.care.told_at or issue.raised_at) if late else None


def part_rows(issue: Issue) -> list[dict[str, Any]]:
    """Who takes part beside raiser, requester and owner."""
    parts = {Part.FURTHER: issue.company.further, Part.WATCHER: issue.company.watchers}
    key = {"workspace": issue.ref.workspace, "issue": issue.ref.number}
    return [{**key, "person": one, "role": role.value} for role, people in parts.items() for one in people]


def ask_rows(issue: Issue) -> list[dict[str, Any]]:
    """The asks of the present opening, numbered from 1."""
    return [
        {
            "workspace": issue.ref.workspace,
            "issue": issue.ref.number,
            "opening": issue.opening,
            "place": place,
            "target_kind": ask.target.kind.value,
            "target_id": ask.target.id,
            "contact": ask.contact,
            "level": ask.level,
            "round": ask.round,
            "at": ask.at,
            "status": ask.status.value,
            "reason": ask.reason,
        }
        for place, ask in enumerate(issue.asks, start=1)
    ]


def from_rows(issues: Sequence[sa.Row[Any]], asks: Sequence[sa.Row[Any]]) -> list[Issue]:
    """The issues in the order of their rows; `asks` are in order within each issue."""
    of_issue: dict[tuple[str, int], list[Ask]] = defaultdict(list)
    for row in asks:
        of_issue[row.workspace, row.issue].append(_ask(row))
    return [_issue(row, tuple(of_issue[row.workspace, row.number])) for row in issues]


def _ask(row: Any) -> Ask:
    return Ask(
        target=Target(TargetKind(row.target_kind), row.target_id),
        contact=row.contact,
        level=row.level,
        round=row.round,
        at=row.at,
        status=AskStatus(row.status),
        reason=row.reason,
    )


def _issue(row: Any, asks: tuple[Ask, ...]) -> Issue:
    return Issue(
        ref=IssueRef(row.workspace, row.number),
        version=row.version,
        epoch=row.epoch,
        opening=row.opening,
        state=State(row.state),
        facts=row.facts,
        route=row.route,
        raiser=row.raiser,
        requester=row.requester,
        updates_channel=row.updates_channel,
        owner=row.owner,
        last_owner=row.last_owner,
        position=_position(row),
        asks=asks,
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        resolved_at=row.resolved_at,
        closed_at=row.closed_at,
        resolution=row.resolution,
        last_update=row.last_update,
        last_update_at=row.last_update_at,
        pressed_at=row.pressed_at,
        responded_at=row.responded_at,
        clocks=row.clocks,
        informing=row.informing,
        private=row.private,
        company=row.company,
        care=row.care,
    )


def _position(row: Any) -> Position:
    return Position(
        stage=Stage(row.stage),
        level=row.level,
        round=row.round,
        started_at=row.stage_started_at,
        ends_at=row.stage_ends_at,
        held_until=row.held_until,
        look_at=row.look_at,
        asked=row.asked,
        reminders=row.reminders,
        repeats=row.repeats,
    )
