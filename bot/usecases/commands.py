"""What people ask for, after the door: no Slack JSON exists beyond these values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    """The form, as typed: field name -> text. `requester` and `updates_channel` are ids, empty = not chosen.

    `told` = the form showed what the matrix says about this kind of issue.
    `findings` are those that were shown before it was sent again; None = none were looked for. `draft` is the key of
    the draft it was gone on with, `straight_to` the senior somebody had gone to directly.
    """

    fields: Mapping[str, str]
    requester: str = ""
    updates_channel: str = ""
    source_link: str = ""
    asked_in: str = ""
    """The channel where the form was opened."""
    told: bool = False
    findings: tuple[str, ...] | None = None
    draft: str = ""
    straight_to: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    """What the form remembers beside its fields, so that a draft of it can be gone on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCommand(Command):
    """About one issue. `via` is the channel whose message carried the button."""

    number: int
    via: str = ""
    outsider: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(IssueCommand):
    """Take it; `anyway` = the person confirmed it, though nobody asked them."""

    anyway: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(IssueCommand):
    """Can't take it."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(IssueCommand):
    """Ask the next level now. `seen` = (level, round) the button was drawn for, the present one when it was `typed`."""

    seen: tuple[int, int]
    reason: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCommand(IssueCommand):
    """A verb with one text: update, resolve, dispute, answer."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(IssueCommand):
    """How it went: 1 to 5."""

    stars: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell(IssueCommand):
    """The requester without Slack was told the text of this number."""

    n: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SendToTeam(IssueCommand):
    """Ask a specialist team, by the name of its path. `seen` = (level, round) the form was drawn for."""

    team: str
    seen: tuple[int, int]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassBy(IssueCommand):
    """Go to a level above the next one. `seen` = (level, round) the form was drawn for."""

    level: int
    seen: tuple[int, int]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBack(IssueCommand):
    """Not an escalation: a code of `bot.domain.sending_back.CODES`, and a note for who asked."""

    code: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(IssueCommand):
    """Yes or no to what somebody asked: a bypass, an appeal."""

    yes: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignIssue(IssueCommand):
    """Ask somebody to take it: a person, group, schedule or channel, as typed or chosen; None = nobody was named.

    `field` is the form's field in which they were named."""

    contact: Contact | None
    why: str = ""
    field: str = "who"
