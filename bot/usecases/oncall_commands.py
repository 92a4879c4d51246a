"""What people ask for about being on call. Words are as typed; whom a mention names is not looked up yet."""

from dataclasses import dataclass

from bot.domain.contacts import Contact
from bot.usecases.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCallCommand(Command):
    """`words` are the time, with the name of a schedule before or behind it, if any. `colleague` is whom it is about.

    `called` is how the command is typed here, for hints.
    """

    words: str = ""
    colleague: Contact | None = None
    called: str = "/oncall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Command):
    """Take a change back; None = the latest one that concerns me, or my latest question."""

    change: int | None = None
    called: str = "/oncall"


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapCommand(Command):
    """About one request to take over."""

    swap: int
    called: str = "/oncall"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutIn(Command):
    """The form that puts somebody in for a time, as typed. `schedule` is its key, `person` a user id."""

    schedule: str
    person: str = ""
    begins: str = ""
    until: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCommand(Command):
    """The address of a calendar: of a schedule, else of my own shifts.

    `anew` makes another address and ends the present one; `secret` is the last part of an address that has to be made.
    """

    schedule: str = ""
    anew: bool = False
    secret: str
    called: str = "/oncall"
