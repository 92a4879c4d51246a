"""`rung outbox`, beside a Rung that is running on the same database."""

import asyncio
import json

import pytest
from click.testing import CliRunner, Result

from bot.adapters.db.database import Database
from bot.cli import main
from bot.domain.delivery import LEASE, RowState
from bot.domain.notification import NoticeKind
from bot.usecases.ports import Store
from tests.builders import ANA, NOON, T1, facts, issue, notice, ping, user

pytestmark = pytest.mark.usefixtures("bare")

SECRET = "Canary wrote this"


class Outbox:
    """Types `rung outbox ...` in a thread, because the command has an event loop of its own."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def __call__(self, *words: str) -> Result:
        """With the database of the settings."""
        return await asyncio.to_thread(self._typed, *words)

    def _typed(self, *words: str) -> Result:
        env = {"DATABASE_URL": self.url}
        return CliRunner().invoke(main, ["outbox", *words], env=env, catch_exceptions=False)


@pytest.fixture
async def outbox(database_url: str, running: Database) -> Outbox:
    """A private issue: news for its requester that failed for good (1), a ping that waits (2)."""

    def unit(store: Store) -> None:
        store.issues.next_number(T1)
        store.issues.add(issue(1, private=True, facts=facts(title=SECRET)))
        news = notice(NoticeKind.REQUESTER, "req:1", to=user(ANA), args={"sentence": SECRET, "quote": SECRET})
        store.outbox.put(T1, 1, [news], NOON)
        (row,) = store.outbox.claim(NOON, NOON + LEASE, 10)
        store.outbox.settle(row, RowState.DEAD, now=NOON, error="maya has left Slack.")
        store.outbox.put(T1, 1, [ping(ANA, args={"title": SECRET})], NOON)

    await running.transactions.run(unit)
    return Outbox(database_url)


async def test_an_operator_sees_tries_again_and_gives_up(outbox: Outbox, running: Database) -> None:
    seen = await outbox("list")
    assert (seen.exit_code, seen.stderr) == (1, "")
    assert seen.stdout.splitlines() == [
        "Failed for good (1):",
        f"  1: ISS-1, news for the requester to {ANA} (direct message): since 2026-03-02 12:00:00 UTC; failed for "
        "good. Last error: maya has left Slack.",
        "On their way (1):",
        f"  2: ISS-1, the question who takes it to {ANA} (direct message): since 2026-03-02 12:00:00 UTC; waits.",
        "To try again: rung outbox retry ID, or --all. To give one up: rung outbox cancel ID --reason WHY.",
    ]
    data = await outbox("list", "--format", "json")
    assert [one["id"] for one in json.loads(data.stdout)["dead"]] == [1]
    assert SECRET not in seen.output + data.output

    again = await outbox("retry", "1")
    assert again.exit_code == 0
    assert again.stdout.startswith(
        f"1: ISS-1, news for the requester to {ANA} (direct message): is tried again."
    )
    assert (await outbox("retry", "--all")).stdout == (
        "No message failed for good: there is nothing to try again.\n"
    )
    assert (await outbox("list")).exit_code == 0, "nothing failed any more"

    over = await outbox("cancel", "1", "--reason", "Told by phone.")
    assert over.exit_code == 0
    assert over.stdout.endswith("will not be sent. The timeline of ISS-1 says so.\n")

    several = notice(NoticeKind.BUNDLE, "bundle:2:1", to=user(ANA), args={"rows": "2"})
    await running.transactions.run(lambda store: store.outbox.put(T1, None, [several], NOON))
    waiting = await running.transactions.read(lambda store: store.outbox.waiting(T1, 10))
    both = await outbox("cancel", str(waiting[-1].id), "--reason", "Told by phone.")
    assert both.stdout.endswith(
        "will not be sent. Nor will any of its parts. The timeline of each issue in it says so.\n"
    )
    row = await running.transactions.read(lambda store: store.outbox.get(1))
    assert row is not None
    assert row.state is RowState.CANCELLED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("retry", "77"), "There is no message 77. rung outbox list shows those that have not gone out.\n"),
        (("cancel", "77", "--reason", "x"), "There is no message 77."),
        (("cancel", "1", "--reason", " "), "Please say why, with --reason"),
        (("retry", "2"), "Message 2 waits. Only one that failed for good is tried anew.\n"),
        (("retry",), "Name one message by its number, or say --all."),
        (("retry", "1", "--all"), "Name one message by its number, or say --all."),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
async def test_what_cannot_be_done_is_said(outbox: Outbox, words: tuple[str, ...], said: str) -> None:
    answer = await outbox(*words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.startswith(said)
