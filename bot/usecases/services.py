"""Everything a use case may use, in one frozen bundle made by app.py."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.domain.rights import OUTSIDERS_MAY, Action
from bot.usecases.document_port import Documents
from bot.usecases.outside import Bell, Chance, Channel, Clock, Directory, MatrixHolder
from bot.usecases.pace import Pace
from bot.usecases.ports import Transactions

ANSWER_BUDGET = timedelta(seconds=2)
"""Slack waits three seconds for an answer; what is not stored by then is refused, never half done."""


class Storing(Protocol):
    """What storing something that goes out needs; `Services` has it, a command line can have it without Slack."""

    @property
    def transactions(self) -> Transactions: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def bell(self) -> Bell: ...


@dataclass(frozen=True, slots=True)
class Services:
    """The ports. Use cases receive this and nothing else."""

    clock: Clock
    chance: Chance
    transactions: Transactions
    directory: Directory
    channel: Channel
    matrix: MatrixHolder
    documents: Documents
    bell: Bell
    pace: Pace
    outsiders_may: frozenset[Action] = OUTSIDERS_MAY
    """What people of other organisations may do to an issue."""
