"""Guests raise and follow what is theirs; people of other organisations press only what a setting allows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.demo import EVERYBODY, PEOPLE
from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.domain.lifecycle import State
from bot.domain.rights import Action
from bot.sandbox.config import ChannelSpec, Person
from bot.usecases.answer_ping import acknowledge
from bot.usecases.commands import Acknowledge
from tests.story import Story, ids, story

GUS = Person("gus", "Gus Guest", email="gus@example.com", guest=True)
OLGA = Person("olga", "Olga of Acme", email="olga@acme.example", stranger=True)


@asynccontextmanager
async def shared(database_url: str) -> AsyncIterator[Story]:
    """Gus is a guest in #issues; Olga is of another organisation, with which #issues is shared."""
    everybody = (*EVERYBODY, "gus", "olga")
    channels = [
        ChannelSpec("issues", members=everybody),
        ChannelSpec("care", members=EVERYBODY),
        ChannelSpec("ops-desk", members=("omar", "dina", "gus", "olga")),
        ChannelSpec("escalations", members=("omar", "dina", "maya")),
    ]
    async with story(
        database_url, people=[*PEOPLE, GUS, OLGA], channels=channels, personas=list(everybody)
    ) as telling:
        yield telling


async def says(tale: Story, who: str, text: str) -> str:
    """What somebody is answered to a command."""
    return (await tale.types(who, text)).text


async def test_a_guest_raises_sees_and_confirms_their_own(database_url: str) -> None:
    async with shared(database_url) as tale:
        await tale.raises("gus", title="My badge is broken")
        assert "My badge is broken" in await says(tale, "gus", "show ISS-1")
        await tale.clicks("maya", ids.ACK)
        await tale.types("maya", "note ISS-1 He lost it before.")
        assert "lost it before" not in await says(tale, "gus", "show ISS-1"), "notes are not for guests"
        await tale.types("maya", "resolve ISS-1 A new one.")
        await tale.clicks("gus", ids.CONFIRM)
        assert (await tale.issue()).state is State.CLOSED


@pytest.mark.parametrize("words", ["show ISS-1", "why ISS-1"])
async def test_of_other_issues_a_guest_is_told_who_sees_them(database_url: str, words: str) -> None:
    async with shared(database_url) as tale:
        await tale.raises("ann", title="Payroll is wrong")
        said = await says(tale, "gus", words)
        assert said.startswith("Only members of this workspace see every issue.")
        assert "Payroll" not in said
        assert "Payroll" not in await says(tale, "gus", "list")
        assert "Payroll" not in await says(tale, "gus", "search wrong")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("join ISS-1", "Only members of this workspace may join it."),
        ("watch ISS-1", "Only members of this workspace may watch it."),
        ("resolve ISS-1 Done.", "may resolve it."),
        ("kudos ISS-1 @maya", "Only members of this workspace may say thank you."),
        ("ack ISS-1", "Guests and people of other organisations cannot take issues."),
    ],
)
async def test_every_refusal_says_who_may(database_url: str, words: str, why: str) -> None:
    async with shared(database_url) as tale:
        await tale.raises("ann")
        if not words.startswith("ack"):
            await tale.clicks("maya", ids.ACK)
        assert why in await says(tale, "gus", words)


async def test_matrix_and_on_call_are_for_members(database_url: str) -> None:
    async with shared(database_url) as tale:
        for words in ("matrix", "matrix Customer care", "matrix who", "oncall"):
            assert "Only members of this workspace may see the matrix" in await says(tale, "gus", words)
            assert "Only members" not in await says(tale, "ann", words), words


@pytest.mark.parametrize("who", ["gus", "olga"])
async def test_who_only_sits_in_a_channel_that_is_asked_cannot_take_it(database_url: str, who: str) -> None:
    async with shared(database_url) as tale:
        await tale.raises("ann")
        await tale.advance(minutes=15)
        await tale.clicks(who, ids.ACK, tale.sandbox.messages("#ops-desk")[-1])
        assert "cannot take issues" in tale.sandbox.ephemerals(who)[-1].plain
        assert (await tale.issue()).state is State.OPEN


async def test_an_outsider_reads_the_card_and_presses_nothing(database_url: str) -> None:
    typed = {ids.UPDATE: {"text": "Mine now."}, ids.RESOLVE: {"done": "Gone."}}
    async with shared(database_url) as tale:
        await tale.raises("ann")
        before = await tale.issue()
        for action in (ids.ACK, ids.ESCALATE, ids.UPDATE, ids.RESOLVE):
            await tale.clicks("olga", action, tale.card())
            if tale.sandbox.modal("olga") is not None:
                await tale.submits("olga", typed.get(action, {}))
                await tale.sandbox.close_modal("olga", everything=True)
            assert await tale.issue() == before, action


async def test_a_setting_lets_the_outsiders_of_an_asked_channel_take_it(database_url: str) -> None:
    async with shared(database_url) as tale:
        may = frozenset({Action.SEE, Action.ACKNOWLEDGE, Action.RESOLVE})
        services = replace(tale.core.services, outsiders_may=may)
        await tale.raises("ann")
        await tale.advance(minutes=15)
        where = tale.sandbox.messages("#ops-desk")[-1].channel
        about: dict[str, Any] = {
            "workspace": tale.workspace,
            "user": tale.id("olga"),
            "number": 1,
            "via": where,
        }
        await acknowledge(services, Acknowledge(**about, key="k1", outsider=True))
        assert (await tale.issue()).owner == tale.id("olga")


async def test_a_requester_who_leaves_slack_is_answered_by_the_raiser_and_that_is_said_once(
    tale: Story,
) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    tale.sandbox.deactivate("rita")
    await tale.advance(minutes=2)
    await tale.clicks("maya", ids.ACK)
    await tale.types("maya", "update ISS-1 We look into it.")
    await tale.types("maya", "update ISS-1 Nearly there.")
    assert any("We look into it" in text for text in tale.dm("ann"))
    assert any("Nearly there" in text for text in tale.dm("ann"))
    ref = IssueRef(tale.workspace, 1)
    told = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    assert [one.kind for one in told].count(EventKind.REROUTED) == 1
    assert any("reached, so you read this, and may answer, in their place" in text for text in tale.dm("ann"))
    await tale.types("maya", "resolve ISS-1 Restarted.")
    await tale.clicks("ann", ids.CONFIRM)
    assert (await tale.issue()).state is State.CLOSED
    assert f"(for <@{tale.id('rita')}>) confirmed: solved." in tale.log()[-1]
    await tale.clicks("ann", ids.RATES[3])
    assert f"(for <@{tale.id('rita')}>) says how ISS-1 went: 4 of 5" in tale.dm("maya")[-1]
    assert not any(ids.RATES[3] in one.actions for one in tale.sandbox.dm("ann"))

    await tale.raises("ann", requester_name="Mrs Lee", nameless=["yes"])
    await tale.clicks("maya", ids.ACK)
    tale.sandbox.deactivate("ann")
    await tale.advance(minutes=2)
    await tale.types("maya", "update ISS-2 We look into it.")
    (gone,) = [one for one in tale.dm("maya") if "Please tell Mrs Lee yourself." in one]
    assert tale.id("ann") not in gone, "raised without their name"
    assert tale.dm("maya")[-1].startswith(
        "Please tell Mrs Lee, who has no Slack, about ISS-2. You can copy this:"
    )
    assert "We look into it" in tale.dm("maya")[-1]
    await tale.clicks("maya", ids.TOLD)
    assert (await tale.issue(2)).care.owing == ()
    unsent = await tale.core.services.transactions.read(lambda store: store.outbox.dead(tale.workspace, 10))
    assert unsent == []
