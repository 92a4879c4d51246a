"""The use cases on a real database, with a clock that stands still and a Slack that answers at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.db.database import Database
from bot.adapters.db.issue_rows import ask_rows, fixed_row, moving_row
from bot.adapters.db.search_tables import issue_words
from bot.adapters.db.tables import asks, inbound, issues, outbox, timers
from bot.adapters.matrix_file.documents import YamlDocuments
from bot.domain.found_words import words_of_issue
from bot.domain.issue import Issue
from bot.domain.timers import plan
from bot.usecases.outside import Bell
from bot.usecases.pace import Pace
from bot.usecases.publish_matrix import PublishedMatrices
from bot.usecases.services import Services
from tests import builders
from tests.benchmarks.databases import Rows
from tests.fakes.bell import FakeBell
from tests.fakes.chance import FakeChance
from tests.fakes.channel import FakeChannel
from tests.fakes.clock import FakeClock
from tests.fakes.directory import FakeDirectory


class TickingClock(FakeClock):
    """Goes on whenever it is looked at, so that many issues are no flood."""

    def now(self) -> datetime:
        """A little later than the last time."""
        self.advance(seconds=0.2)
        return super().now()


def services_on(database: Database, now: datetime = builders.NOON, bell: Bell | None = None) -> Services:
    """Everything a use case needs, with the default matrix in force."""
    matrices = PublishedMatrices()
    matrices.hold(builders.T1, builders.published())
    return Services(
        clock=FakeClock(now),
        chance=FakeChance(),
        transactions=database.transactions,
        directory=FakeDirectory(),
        channel=FakeChannel(),
        matrix=matrices,
        documents=YamlDocuments(),
        bell=bell or FakeBell(),
        pace=Pace(every=timedelta(0)),
    )


def stored(some: Sequence[Issue]) -> Rows:
    """Issues as rows, with their asks and the timers that they need."""
    like = fixed_row(some[0])
    return {
        issues: [like | moving_row(one) | _key("number", one) for one in some],
        asks: [row for one in some for row in ask_rows(one)],
        timers: [row for one in some for row in timer_rows(one)],
    }


def raised_before(number: int) -> Rows:
    """So many issues as the form stores them: with their words and the answers that were given."""
    some = [builders.issue(one) for one in range(1, number + 1)]
    words = [_key("issue", one) | {"words": " ".join(words_of_issue(one))} for one in some]
    answers = [
        {"workspace": builders.T1, "key": f"before {one.number}", "answer": "||", "at": builders.NOON}
        for one in some
    ]
    return {**stored(some), issue_words: words, inbound: answers}


def waiting_messages(
    numbers: Sequence[int], due_at: datetime, later: tuple[int, datetime] | None = None, to: str = ""
) -> Rows:
    """One message about each of these issues, on a lane of its own; each to somebody else, or all `to` one person.

    `later` = so many more, about no issue, due at that instant.
    """
    more, then = later or (0, due_at)
    free = [_message(number, then) | {"issue": None, "key": f"later:{number}"} for number in range(-more, 0)]
    told = [_message(number, due_at) | ({"to_id": to} if to else {}) for number in numbers]
    return {outbox: [*told, *free]}


def timer_rows(one: Issue) -> list[dict[str, Any]]:
    """The timers that an issue needs."""
    return [
        {"epoch": timer.epoch, "kind": timer.kind.value, "n": timer.n, "due_at": timer.due_at}
        | _key("issue", one)
        for timer in plan(one)
    ]


def _key(name: str, one: Issue) -> dict[str, Any]:
    return {"workspace": one.ref.workspace, name: one.number}


def _message(number: int, due_at: datetime) -> dict[str, Any]:
    return {
        "workspace": builders.T1,
        "issue": number,
        "key": "req:raised",
        "kind": "requester",
        "op": "post",
        "to_kind": "user",
        "to_id": f"U{abs(number)}",
        "lane": f"req:{number}",
        "rank": 2,
        "args": {"sentence": "It is raised.", "quote": "", "buttons": "", "opening": 1},
        "state": "pending",
        "due_at": due_at,
        "attempts": 0,
        "claim": 0,
        "looked_up": False,
        "last_error": "",
        "created_at": builders.NOON,
    }
