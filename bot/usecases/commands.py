"""What people ask for, after the door: no Slack JSON exists beyond these values."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.contacts import Contact
from bot.domain.ids import WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Who asks, in which workspace (both from the verified envelope), and the key that makes a repeat harmless."""

    workspace: WorkspaceId
    user: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseIssue(Command):
    """The form, as typed: field name -> text. `requester` and `updates_channel` are ids, empty = not chosen."""

    fields: Mapping[str, str]
    requester: str = ""
    updates_channel: str = ""
    source_link: str = ""
    asked_in: str = ""
    """The channel where the form was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCommand(Command):
    """About one issue. `via` is the channel whose message carried the button."""

    number: int
    via: str = ""
    outsider: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(IssueCommand):
    """Take it; `anyway` = the person confirmed that they are not on the path."""

    anyway: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(IssueCommand):
    """Can't take it."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(IssueCommand):
    """Ask the next level now. `seen` = (level, round) the button was drawn for."""

    seen: tuple[int, int]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCommand(IssueCommand):
    """A verb with one text: update, resolve, dispute, answer."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFor(IssueCommand):
    """Let it wait: for whom or what, and what the requester reads about it."""

    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts(IssueCommand):
    """What it is about from now on: name of a fact -> key of the matrix; what is left out stays as it is."""

    wanted: Mapping[str, str]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePerson(IssueCommand):
    """A verb about somebody: watch, thank. `person` = None means whoever asks, or has it."""

    person: Contact | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditFacts(IssueCommand):
    """What it says from now on: name of a fact -> text; what is left out stays as it is."""

    wanted: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithOther(IssueCommand):
    """A verb about two issues of the same workspace: link, merge. `other` is the number of the second."""

    other: int
