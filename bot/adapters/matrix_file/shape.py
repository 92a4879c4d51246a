"""The shape of the document: its sections, their keys, and the keys that are known but not built yet.

To build a key: delete its row from `coming`, add a field, and carry it over in `build`. Values arrive as text.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from bot.adapters.matrix_file import values
from bot.domain.contacts import Contact
from bot.domain.matrix.model import QUARTER_HOUR, THREE_DAYS
from bot.domain.span import Span

Length = Annotated[Span, PlainValidator(values.duration)]
Whom = Annotated[Contact, PlainValidator(values.contact)]
Number = Annotated[int, PlainValidator(values.number)]
Accepted = Annotated[tuple[str, ...], BeforeValidator(values.one_or_many)]
Row = Annotated[dict[str, str], Field(min_length=1)]


class Shape(BaseModel):
    """A section. `coming` maps a key of later versions to what to do until then."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    coming: ClassVar[Mapping[str, str]] = {}


class WorkspaceShape(Shape):
    """What holds for every path."""

    timezone: str = Field(examples=["Europe/London"])
    issue_channel: Whom = Field(examples=['"#issues"'])
    catch_all: Whom = Field(examples=['"#escalations"'])
    escalation_manager: Whom = Field(examples=['"@dina"'])
    nag_every: Length = QUARTER_HOUR


class TypeShape(Shape):
    """One thing an issue can be about."""

    title: str = Field(examples=["Slow response"])
    category: str = ""

    coming: ClassVar[Mapping[str, str]] = {
        "raise_when": "say it in the title",
        "not_for": "say it in the title",
        "requires": "the form asks for everything that is needed",
        "first_try": "say it in the role of the first level",
        "scope": "say it in the title",
    }


class PriorityShape(Shape):
    """One step of urgency; the first in the file is the most urgent."""

    title: str = Field(examples=["High"])

    coming: ClassVar[Mapping[str, str]] = {
        "update_every": "owners send updates by hand",
        "inform": "add those people to a level",
    }


class MatchShape(Shape):
    """The issues a path takes. A fact that is left out does not matter."""

    type: Accepted | None = None
    category: Accepted | None = None
    priority: Accepted | None = None
    impact: Accepted | None = None
    urgency: Accepted | None = None

    coming: ClassVar[Mapping[str, str]] = {
        "service": "match on a type or category of its own",
        "client": "match on a type or category of its own",
        "channel": "match on a type or category of its own",
    }


class LevelShape(Shape):
    """One rung."""

    name: str = Field(examples=["Team lead"])
    role: str = ""
    contacts: list[Whom] = Field(examples=['["@maya", "#ops-desk"]'])
    acknowledge_within: Length = Field(examples=["15m"])
    remind_every: Length | None = None

    coming: ClassVar[Mapping[str, str]] = {
        "calendar": "timers run around the clock",
        "if_nobody": "a level that reaches nobody is skipped",
        "inform": "add those people to the contacts",
    }


class PathShape(Shape):
    """One ladder."""

    name: str = Field(examples=["Customer care"])
    match: MatchShape = MatchShape()
    owner: Whom | None = None
    channel: Whom | None = None
    levels: list[LevelShape] = Field(
        examples=['[{name: Team lead, contacts: ["@maya"], acknowledge_within: 15m}]'],
    )
    repeat: Number = 0
    close_after: Length = THREE_DAYS

    coming: ClassVar[Mapping[str, str]] = {
        "review_by": "keep the date in a comment",
        "still_on_it_after": "",
        "follow_up_after": "",
        "wait_at_most": "",
        "update_every": "owners send updates by hand",
        "inform": "add those people to a level",
        "calendar": "timers run around the clock",
    }


class DocumentShape(Shape):
    """The whole document."""

    rung: Annotated[str, PlainValidator(values.format_version)] = Field(examples=["1"])
    workspace: WorkspaceShape
    types: dict[str, TypeShape] = Field(examples=["{quality: {title: Quality of work}}"])
    priorities: dict[str, PriorityShape] = Field(examples=["{P1: {title: Critical}}"])
    priority_matrix: dict[str, Row] = Field(examples=["{high: {high: P1}}"])
    paths: list[PathShape]

    coming: ClassVar[Mapping[str, str]] = {
        "calendars": "timers run around the clock",
        "services": "use types and categories instead",
        "clients": "use types and categories instead",
        "promises": "say them in the titles of types",
        "targets": "the levels of a path say who answers by when",
        "schedules": "name people, groups or channels instead",
    }
