"""The shape of the document: its sections and their keys, each with what it says. Values arrive as text.

To add a key: a field here, its line in `build`, its row in docs/matrix.md and docs/matrix.schema.json (`rung matrix
schema`); tests compare all of them.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.adapters.matrix_file.fields import (
    Accepted,
    Channels,
    Date,
    Format,
    HolidayNames,
    Hours,
    Length,
    Nobody,
    Number,
    Row,
    Special,
    Takeover,
    Turns,
    Whom,
    YesNo,
)
from bot.domain.calendar import ALWAYS
from bot.domain.matrix.model import QUARTER_HOUR, THREE_DAYS, IfNobody

Inform = Annotated[list[Whom], Field(description="Who is told, not asked.")]


class Shape(BaseModel):
    """A section."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WorkspaceShape(Shape):
    """What holds for every path."""

    timezone: str = Field(examples=["Europe/London"], description="The time zone of the organisation.")
    issue_channel: Whom = Field(examples=['"#issues"'], description="Where the card of each issue is posted.")
    catch_all: Whom = Field(
        examples=['"#escalations"'], description="The channel that is asked when every level was silent."
    )
    escalation_manager: Whom = Field(
        examples=['"@dina"'], description="The person, group or schedule asked together with it."
    )
    nag_every: Length = Field(QUARTER_HOUR, description="How often these two are asked again.")
    wait_reasons: list[str] = Field(
        [], description='Reasons for waiting, beside "requester", that stop the clocks.'
    )


class CalendarShape(Shape):
    """Hours in which time is counted."""

    hours: Hours = Field(examples=['{mon-fri: "09:00-17:00"}'])
    timezone: str | None = Field(
        None, description="The time zone of the hours; that of the workspace if left out."
    )
    holidays: HolidayNames = Field(
        (), description="Countries, or parts of them, whose public holidays are off."
    )
    off: list[Date] = Field([], description="Further dates that are off.")
    special: Special = Field({}, description="Dates with hours of their own.")


class PriorityShape(Shape):
    """One step of urgency; the first in the file is the most urgent."""

    title: str = Field(examples=["High"], description="What people read.")
    update_every: Length | None = Field(None, description="How often the requester is told something new.")
    inform: Inform = []


class NamedShape(Shape):
    """A service or a client."""

    title: str = Field(examples=["Billing"], description="What people read.")
    scope: str = Field("", description="What is covered and what is not.")


class TypeShape(Shape):
    """One thing an issue can be about."""

    title: str = Field(examples=["Slow response"], description="What people read in the form.")
    category: str = Field("", description="customer, operational, strategic, or a word of your own.")
    raise_when: str = Field("", description="When to raise an issue of this type.")
    not_for: str = Field("", description="What this type is not for.")
    first_try: str = Field("", description="What to try first, and what the front line may decide itself.")
    scope: str = Field("", description="What is covered and what is not.")
    requires: list[str] = Field([], description="Facts of the form that this type cannot do without.")


class MatchShape(Shape):
    """The issues a rule is for. All facts named must fit; a fact that is left out does not matter."""

    type: Accepted | None = Field(None, description="Keys of types.")
    category: Accepted | None = Field(None, description="Categories of types.")
    service: Accepted | None = Field(None, description="Keys of services.")
    client: Accepted | None = Field(None, description="Keys of clients.")
    priority: Accepted | None = Field(None, description="Keys of priorities.")
    channel: Channels | None = Field(None, description="Channels in which the issue was raised.")
    impact: Accepted | None = Field(None, description="Impacts of the priority matrix.")
    urgency: Accepted | None = Field(None, description="Urgencies of the priority matrix.")


EVERYTHING = MatchShape.model_validate({})


class PromiseShape(Shape):
    """What customers were promised on the original request."""

    match: MatchShape = Field(EVERYTHING, description="The issues it is for; all of them if left out.")
    answer: Length | None = Field(None, description="How long an answer may take.")
    solve: Length | None = Field(None, description="How long the solution may take.")
    calendar: str = Field(ALWAYS.key, description="The calendar in which these count.")


class TargetShape(Shape):
    """How fast an issue is answered and solved."""

    match: MatchShape = Field(EVERYTHING, description="The issues it is for; all of them if left out.")
    respond: Length | None = Field(None, description="How long until somebody has taken it.")
    resolve: Length | None = Field(None, description="How long until it is solved.")
    calendar: str = Field(ALWAYS.key, description="The calendar in which these count.")
    breach_every: Length | None = Field(
        None, description="How often it climbs again once the target has passed."
    )


class LayerShape(Shape):
    """People who take turns."""

    people: list[Whom] = Field(
        examples=['["maya@example.com"]'], description="Who takes turns, in this order."
    )
    rotate: Turns | None = Field(
        None, description="How often the next one takes over; without it the first has it always."
    )
    handoff: Takeover = Field(
        "00:00", validate_default=True, description="When they take over from each other."
    )
    start: Date = Field(alias="from", examples=["2026-01-05"], description="The first day.")
    until: Date | None = Field(None, description="The day on which the layer ends, at its handoff.")
    restrict: Hours | None = Field(None, description="The hours it covers; all the time if left out.")
    name: str = Field("", description="What people read.")


class ScheduleShape(Shape):
    """Who is on call. At any time the first layer that has somebody decides."""

    layers: list[LayerShape] = Field(
        examples=["[{people: [maya@example.com], rotate: weekly, from: 2026-01-05}]"],
        description="People who take turns; narrow layers stand above wide ones.",
    )
    timezone: str | None = Field(
        None, description="The time zone of its times; that of the workspace if left out."
    )
    title: str = Field("", description="What people read; its key if left out.")


class LevelShape(Shape):
    """One rung."""

    name: str = Field(examples=["Team lead"], description="What people read.")
    role: str = Field("", description="What this level is there for.")
    contacts: list[Whom] = Field(
        examples=['["@maya", "#ops-desk"]'], description="Who is asked, all at the same time."
    )
    acknowledge_within: Length = Field(
        examples=["15m"], description="How long they have before the next level is asked."
    )
    remind_every: Length | None = Field(None, description="How often they are reminded.")
    calendar: str | None = Field(
        None, description="The calendar in which these count; around the clock if left out."
    )
    if_nobody: Nobody = Field(IfNobody.SKIP, description="What happens when nobody of it is on duty.")
    inform: Inform = []


class PathShape(Shape):
    """One ladder. The first path whose match fits takes the issue."""

    name: str = Field(examples=["Customer care"], description="What people read.")
    match: MatchShape = Field(EVERYTHING, description="The issues it takes; all of them if left out.")
    owner: Whom | None = Field(None, description="Who keeps this path current.")
    review_by: Date | None = Field(None, description="When it is to be looked at again.")
    channel: Whom | None = Field(None, description="Where its cards are posted; issue_channel if left out.")
    levels: list[LevelShape] = Field(
        examples=['[{name: Team lead, contacts: ["@maya"], acknowledge_within: 15m}]'],
        description="The rungs, first to last.",
    )
    repeat: Number = Field(0, description="How often the ladder runs again when nobody answered.")
    still_on_it_after: Length | None = Field(None, description='When a silent owner is asked "Still on it?".')
    wait_at_most: Length | None = Field(None, description="How long an issue may wait.")
    close_after: Length = Field(
        THREE_DAYS, description="How long a resolved issue can be disputed before it closes."
    )
    follow_up_after: Length | None = Field(None, description="When the requester is asked whether it lasted.")
    inform: Inform = []
    functional: YesNo = Field(
        "no", validate_default=True, description="A specialist team that an issue can be handed to."
    )


class DocumentShape(Shape):
    """An escalation matrix: who is asked when an issue is raised, in which order, and how long each has to answer."""

    rung: Format = Field(examples=["1"], description="The version of this format.")
    workspace: WorkspaceShape
    calendars: dict[str, CalendarShape] = Field({}, description="Hours in which time is counted.")
    priorities: dict[str, PriorityShape] = Field(
        examples=["{P1: {title: Critical}}"], description="Steps of urgency, most urgent first."
    )
    priority_matrix: dict[str, Row] = Field(
        examples=["{high: {high: P1}}"], description="For each impact and each urgency, the priority."
    )
    services: dict[str, NamedShape] = Field({}, description="What the organisation provides.")
    clients: dict[str, NamedShape] = Field({}, description="Whom it works for.")
    types: dict[str, TypeShape] = Field(
        examples=["{quality: {title: Quality of work}}"], description="What an issue can be about."
    )
    promises: list[PromiseShape] = Field(
        [], description="What customers were promised; the first that fits counts."
    )
    targets: list[TargetShape] = Field(
        [], description="How fast issues are answered and solved; the first that fits counts."
    )
    schedules: dict[str, ScheduleShape] = Field({}, description="Who is on call.")
    paths: list[PathShape] = Field(description="The ladders; the last one takes what no other took.")
