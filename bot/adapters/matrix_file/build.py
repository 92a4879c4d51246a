"""From the shape of the document to the matrix of the domain."""

from bot.adapters.matrix_file.days_off import days_off
from bot.adapters.matrix_file.shape import (
    CalendarShape,
    DocumentShape,
    LayerShape,
    LevelShape,
    MatchShape,
    PathShape,
    PriorityShape,
    ScheduleShape,
    TypeShape,
    WorkspaceShape,
)
from bot.domain.calendar import Calendar
from bot.domain.matrix.model import (
    IfNobody,
    IssueType,
    Level,
    Matrix,
    Named,
    Path,
    Priority,
    Promise,
    TargetRule,
    WorkspaceRules,
)
from bot.domain.oncall.model import Layer, Schedule


def build(document: DocumentShape) -> Matrix:
    """The matrix, in the order of the document."""
    zone = document.workspace.timezone
    return Matrix(
        workspace=_workspace(document.workspace),
        types=tuple(_type(key, one) for key, one in document.types.items()),
        priorities=tuple(
            _priority(key, one, rank) for rank, (key, one) in enumerate(document.priorities.items())
        ),
        priority_matrix={
            (impact, urgency): priority
            for impact, row in document.priority_matrix.items()
            for urgency, priority in row.items()
        },
        paths=tuple(_path(one) for one in document.paths),
        calendars=tuple(_calendar(key, one, zone) for key, one in document.calendars.items()),
        services=tuple(Named(key, one.title, one.scope) for key, one in document.services.items()),
        clients=tuple(Named(key, one.title, one.scope) for key, one in document.clients.items()),
        promises=tuple(
            Promise(_match(one.match), one.answer, one.solve, one.calendar) for one in document.promises
        ),
        targets=tuple(
            TargetRule(_match(one.match), one.respond, one.resolve, one.calendar, one.breach_every)
            for one in document.targets
        ),
        schedules=tuple(_schedule(key, one, zone) for key, one in document.schedules.items()),
    )


def _workspace(shape: WorkspaceShape) -> WorkspaceRules:
    return WorkspaceRules(
        timezone=shape.timezone,
        issue_channel=shape.issue_channel,
        catch_all=shape.catch_all,
        escalation_manager=shape.escalation_manager,
        nag_every=shape.nag_every,
        wait_reasons=tuple(shape.wait_reasons),
    )


def _type(key: str, shape: TypeShape) -> IssueType:
    return IssueType(
        key=key,
        title=shape.title,
        category=shape.category,
        raise_when=shape.raise_when,
        not_for=shape.not_for,
        first_try=shape.first_try,
        scope=shape.scope,
        requires=tuple(shape.requires),
    )


def _priority(key: str, shape: PriorityShape, rank: int) -> Priority:
    return Priority(key, shape.title, rank, shape.update_every, tuple(shape.inform))


def _calendar(key: str, shape: CalendarShape, zone: str) -> Calendar:
    return Calendar(
        key=key,
        timezone=zone if shape.timezone is None else shape.timezone,
        week=shape.hours,
        holidays=shape.holidays,
        off=days_off(shape.holidays) | frozenset(shape.off),
        special=shape.special,
    )


def _schedule(key: str, shape: ScheduleShape, zone: str) -> Schedule:
    return Schedule(
        key,
        zone if shape.timezone is None else shape.timezone,
        tuple(_layer(one) for one in shape.layers),
        shape.title,
    )


def _layer(shape: LayerShape) -> Layer:
    return Layer(
        people=tuple(shape.people),
        start=shape.start,
        handoff=shape.handoff.time,
        rotate=shape.rotate,
        weekday=shape.handoff.weekday,
        until=shape.until,
        hours=shape.restrict,
        name=shape.name,
    )


def _path(shape: PathShape) -> Path:
    return Path(
        name=shape.name,
        levels=tuple(_level(one) for one in shape.levels),
        match=_match(shape.match),
        owner=shape.owner,
        channel=shape.channel,
        repeat=shape.repeat,
        close_after=shape.close_after,
        review_by=shape.review_by,
        still_on_it_after=shape.still_on_it_after,
        follow_up_after=shape.follow_up_after,
        wait_at_most=shape.wait_at_most,
        inform=tuple(shape.inform),
        functional=shape.functional,
    )


def _match(shape: MatchShape) -> dict[str, tuple[str, ...]]:
    facts = {fact: getattr(shape, fact) for fact in MatchShape.model_fields}
    return {fact: accepted for fact, accepted in facts.items() if accepted is not None}


def _level(shape: LevelShape) -> Level:
    return Level(
        name=shape.name,
        contacts=tuple(shape.contacts),
        acknowledge_within=shape.acknowledge_within,
        role=shape.role,
        remind_every=shape.remind_every,
        calendar=shape.calendar,
        if_nobody=IfNobody(shape.if_nobody),
        inform=tuple(shape.inform),
    )
