"""A storm: two hundred issues in one minute, in a Slack that keeps its limits.

All are stored. Everybody who is asked reads of every issue in time, in few messages, each with its own buttons. Every
issue gets one card, at the pace of its channel.
"""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa

from bot.adapters.db.tables import outbox
from bot.demo import sandbox_config
from bot.domain.lifecycle import State
from bot.sandbox.config import Person
from bot.sandbox.model import Message
from bot.usecases.commands import RaiseIssue
from bot.usecases.ports import Store
from bot.usecases.raise_issue import raise_issue
from tests.story import FORM, Story, headings, ids, story

MANY = 200
AGENTS = [f"agent{n}" for n in range(10)]
ASKED_WITHIN = 20
"""Seconds from the last raise until everybody who is asked has read of every issue."""
CARDS_WITHIN = 240
NAMED = re.compile(r"ISS-(\d+) ")


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Ten agents besides; Slack's limits are on, and Rung keeps its pace."""
    people = [*sandbox_config().people, *(Person(name, name.title()) for name in AGENTS)]
    async with story(database_url, people=people, pace=timedelta(seconds=1)) as telling:
        telling.sandbox.rates.on = True
        yield telling


async def storm(tale: Story) -> None:
    """Every three seconds each agent raises one issue; three of four are Maya's, the others Omar's."""
    for number in range(MANY):
        kind = "outage" if number % 4 == 3 else "response-time"
        fields = {**FORM, "type": kind, "title": f"Answer {number} is late"}
        await raise_issue(
            tale.core.services,
            RaiseIssue(
                workspace=tale.workspace,
                user=tale.id(AGENTS[number % len(AGENTS)]),
                key=f"raise {number}",
                fields=fields,
            ),
        )
        if number % len(AGENTS) == len(AGENTS) - 1:
            await tale.advance(seconds=3)


def named(messages: list[Message]) -> set[int]:
    """The issues that these messages name."""
    return {int(number) for message in messages for number in NAMED.findall(message.plain)}


def asked(tale: Story, who: str) -> list[Message]:
    """What asks somebody, and has buttons."""
    return [message for message in tale.sandbox.dm(who) if ids.ACK in message.actions]


def buttons(message: Message, action: str) -> Iterator[str]:
    """The values of these buttons."""
    for block in message.blocks:
        for one in block.get("elements", ()):
            if one.get("action_id") == action:
                yield one["value"]


def cards(tale: Story) -> list[int]:
    """The issue of every card in the channel."""
    heads = [
        message for message in tale.sandbox.messages("#issues") if message.thread_ts in (None, message.ts)
    ]
    return [int(found[1]) for one in heads for name in headings(one) if (found := NAMED.match(name))]


def edits(tale: Story, message: Message) -> int:
    """How often a message was drawn anew."""
    return sum(
        call.stored and call.method == "chat.update" and call.args.get("ts") == message.ts
        for call in tale.sandbox.journal
    )


def assert_pace_was_kept(tale: Story) -> None:
    """Slack takes one message a second and place. It refuses the second of a short burst; Rung does not knock on."""
    calls = [call for call in tale.sandbox.journal if call.method == "chat.postMessage"]
    for place in {call.args["channel"] for call in calls}:
        taken = [call.at for call in calls if call.stored and call.args["channel"] == place]
        assert all(later - earlier >= 1 for earlier, later in pairwise(taken)), place
    assert sum(not call.stored for call in calls) < len(calls) / 20


async def states(tale: Story) -> dict[str, int]:
    """How many rows of the outbox are in each state."""
    statement = sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state)

    def counted(store: Store) -> Any:
        outside: Any = store.outbox  # its port counts no states
        return outside._tx.rows(statement)

    found = await tale.core.services.transactions.read(counted)
    return {str(state): int(count) for state, count in found}


async def test_a_storm(tale: Story) -> None:
    await storm(tale)
    await tale.advance(seconds=ASKED_WITHIN)
    numbers = range(1, MANY + 1)
    assert [(await tale.issue(number)).state for number in numbers] == [State.OPEN] * MANY
    assert named(asked(tale, "maya")) == {n for n in numbers if n % 4}, (
        "each is named, in a message with buttons"
    )
    assert named(asked(tale, "omar")) == {n for n in numbers if n % 4 == 0}
    assert len(asked(tale, "maya")) < 30, "150 issues in a few messages"

    many = max(asked(tale, "maya"), key=lambda one: len(named([one])))
    first, second, *others = buttons(many, ids.ACK)
    for value in (first, second):
        assert (await tale.sandbox.click("maya", many, ids.ACK, value)).acked
    await tale.advance(seconds=3)
    now = next(one for one in tale.sandbox.dm("maya") if one.ts == many.ts)
    assert list(buttons(now, ids.ACK)) == others
    assert now.plain.startswith(f"{len(others)} of these {len(others) + 2} issues still")
    assert edits(tale, many) <= 2, "two answers in one moment need no more than two edits"

    await tale.advance(seconds=CARDS_WITHIN)
    assert Counter(cards(tale)) == dict.fromkeys(numbers, 1)
    assert (await states(tale)).keys() <= {"sent", "pending", "cancelled"}
    assert_pace_was_kept(tale)
