"""The stores by which issues are found and by which nothing typed is lost, as protocols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import WorkspaceId


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks for issues. Private ones are found by those who take part in them, and by the escalation manager.

    `own` = nothing but what they take part in: guests, people of other organisations, and who cannot be looked up.
    """

    user: str
    manager: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that somebody submitted and that did not become an issue yet: field name -> text, as typed.

    `key` is that of the form; `known` is what the form remembered beside its fields.
    """

    person: str
    key: str
    fields: Mapping[str, str]
    known: Mapping[str, str]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before an issue is stored; None: there is no such thing.

    `answer` was given to this submission already; `mine` and `anybodys` are when the n-th last issue of its raiser and
    of anybody was raised; `draft` is the form of which the raiser keeps a draft.
    """

    answer: str | None = None
    mine: datetime | None = None
    anybodys: datetime | None = None
    draft: str | None = None


class Search(Protocol):
    """Issues by their words, which are those of `bot.domain.found_words`: no other text may be given."""

    def find(
        self, workspace: WorkspaceId, words: Sequence[str], reader: Reader, limit: int, offset: int = 0
    ) -> list[int]:
        """Numbers of those with a word that begins like each of these, newest first; nothing for no words."""

    def similar(self, workspace: WorkspaceId, words: Sequence[str], reader: Reader, limit: int) -> list[int]:
        """Numbers of those in work that have any of these words, newest first."""

    def of_kind_since(self, workspace: WorkspaceId, type_key: str, service: str, since: datetime) -> int:
        """How many of this type and service were raised since then."""


class Intake(Protocol):
    """What has to be known before an issue is stored."""

    def known(self, workspace: WorkspaceId, key: str, person: str, nth_own: int, nth: int) -> Known:
        """About the submission with this key by this person. The higher number was raised later; counted from 1."""


class Drafts(Protocol):
    """One draft per person."""

    def get(self, workspace: WorkspaceId, person: str) -> Draft | None:
        """Theirs, if they have one."""

    def put(self, workspace: WorkspaceId, draft: Draft) -> None:
        """Keep it, in the place of the one before."""

    def drop(self, workspace: WorkspaceId, person: str, keys: Sequence[str] = ()) -> bool:
        """Forget it; with `keys`, only the draft of one of these forms. True when there was one."""

    def forget_before(self, then: datetime) -> int:
        """Housekeeping: how many were older."""
