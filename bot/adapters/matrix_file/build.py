"""From the shape of the document to the matrix of the domain."""

from bot.adapters.matrix_file.shape import DocumentShape, LevelShape, MatchShape, PathShape, WorkspaceShape
from bot.domain.matrix.model import IssueType, Level, Matrix, Path, Priority, WorkspaceRules


def build(document: DocumentShape) -> Matrix:
    """The matrix, in the order of the document."""
    return Matrix(
        workspace=_workspace(document.workspace),
        types=tuple(IssueType(key, one.title, one.category) for key, one in document.types.items()),
        priorities=tuple(
            Priority(key, one.title, rank) for rank, (key, one) in enumerate(document.priorities.items())
        ),
        priority_matrix={
            (impact, urgency): priority
            for impact, row in document.priority_matrix.items()
            for urgency, priority in row.items()
        },
        paths=tuple(_path(one) for one in document.paths),
    )


def _workspace(shape: WorkspaceShape) -> WorkspaceRules:
    return WorkspaceRules(
        timezone=shape.timezone,
        issue_channel=shape.issue_channel,
        catch_all=shape.catch_all,
        escalation_manager=shape.escalation_manager,
        nag_every=shape.nag_every,
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
    )
