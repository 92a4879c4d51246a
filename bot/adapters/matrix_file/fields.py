"""The kinds of values a matrix is made of: how each is read from text, and how a JSON Schema describes it."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from bot.adapters.matrix_file import values
from bot.adapters.matrix_file.days_off import holiday_name
from bot.adapters.matrix_file.hours import ROUND, Week, special, week
from bot.adapters.matrix_file.values import FORMAT_VERSION, Handoff
from bot.domain.calendar import Day
from bot.domain.contacts import Contact
from bot.domain.matrix.model import IfNobody
from bot.domain.matrix.week import DAYS
from bot.domain.span import Span


def _text(pattern: str, description: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "pattern": f"^(?:{pattern})$", "description": description, **more}
    )


_TIME = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_RANGE = rf"\s*{_TIME}\s*-\s*(?:{_TIME}|24:00)\s*"
_DAY_NAME = "(?:" + "|".join(f"[{day[0]}{day[0].upper()}]{day[1:]}" for day in DAYS) + ")"
_DAYS = rf"{_DAY_NAME}(?:\s*-\s*{_DAY_NAME})?"
_DATE = "(?:20[0-9]{2}|2100)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CHANNEL = r"#[^\s#@<>,A-Z]{1,80}|#[CG][A-Z0-9]{7,}"
_PERSON = r"@[^\s@#<>,:]{1,80}|[^\s@<>,:]{1,120}@[^\s@<>,:]{1,120}\.[^\s@<>,:]{1,60}|[UW][A-Z0-9]{2,20}"
_CONTACT = rf"{_CHANNEL}|group:@?[A-Za-z0-9][\w.-]{{0,79}}|oncall:[^\s#@<>,:]{{1,75}}|{_PERSON}"
_DAY_HOURS: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": f"^{_RANGE}$"},
        {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": f"^{_RANGE}$"}},
    ],
    "description": 'Hours such as "09:00-17:30", or a list of them; what lies between is a break.',
}
_HOURS = WithJsonSchema(
    {
        "anyOf": [
            {"const": ROUND},
            {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": False,
                "patternProperties": {rf"^{_DAYS}(?:\s*,\s*{_DAYS})*$": _DAY_HOURS},
            },
        ],
        "description": '24x7, or days (mon, mon-fri, "sat,sun") with their hours.',
    }
)
_SPECIAL = WithJsonSchema(
    {
        "type": "object",
        "additionalProperties": False,
        "patternProperties": {f"^{_DATE}$": _DAY_HOURS},
        "description": "Dates with hours of their own.",
    }
)

Length = Annotated[
    Span,
    PlainValidator(values.duration),
    _text("[0-9]{1,8}[smhdw]", "A number and a unit: 30s, 15m, 4h, 3d or 1w."),
]
Turns = Annotated[
    Span,
    PlainValidator(values.turns),
    _text("daily|weekly|[0-9]{1,8}[hdw]", "daily, weekly, or such as 2w, 3d, 12h."),
]
Takeover = Annotated[
    Handoff, PlainValidator(values.handoff), _text(rf"(?:{_DAY_NAME}\s+)?{_TIME}", '"mon 09:00" or "09:00".')
]
Date = Annotated[date, PlainValidator(values.day), _text(_DATE, "Year, month and day.", format="date")]
Hours = Annotated[Week, PlainValidator(week), _HOURS]
Special = Annotated[dict[date, Day], PlainValidator(special), _SPECIAL]
Holidays = Annotated[
    str, PlainValidator(holiday_name), _text("[A-Z]{2}(?:-.+)?", "GB, or a part such as GB-ENG.")
]
Whom = Annotated[
    Contact,
    PlainValidator(values.contact),
    _text(_CONTACT, "An e-mail, a Slack user id, @handle, group:HANDLE, oncall:SCHEDULE or #channel."),
]
ChannelName = Annotated[str, PlainValidator(values.channel_name), _text(_CHANNEL, "A #channel.")]
Number = Annotated[
    int,
    PlainValidator(values.number),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]{1,9}$"}]}),
]
YesNo = Annotated[
    bool,
    PlainValidator(values.yes_or_no),
    WithJsonSchema({"enum": ["yes", "no", "true", "false", True, False]}),
]
Nobody = Annotated[
    str,
    PlainValidator(values.one_of(*IfNobody)),
    WithJsonSchema({"enum": [str(one) for one in IfNobody]}),
]
Format = Annotated[
    str,
    PlainValidator(values.format_version),
    WithJsonSchema({"enum": [int(FORMAT_VERSION), FORMAT_VERSION]}),
]
Row = Annotated[dict[str, str], Field(min_length=1)]


def _one_or_many(item: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item}]})


Accepted = Annotated[tuple[str, ...], BeforeValidator(values.one_or_many), _one_or_many({"type": "string"})]
Channels = Annotated[
    tuple[ChannelName, ...],
    BeforeValidator(values.one_or_many),
    _one_or_many({"type": "string", "pattern": f"^(?:{_CHANNEL})$"}),
]
HolidayNames = Annotated[
    tuple[Holidays, ...],
    BeforeValidator(values.one_or_many),
    _one_or_many({"type": "string", "pattern": "^[A-Z]{2}(?:-.+)?$"}),
]
