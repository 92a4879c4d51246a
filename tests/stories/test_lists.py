"""Somebody asks for issues: by where they are, by who has them, by their words; page by page, and never too much."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.care import Company
from bot.domain.ids import UserId
from bot.usecases.list_issues import PAGE
from bot.usecases.ports import Store
from tests.story import MATRIX, Story, ids, story

CRITICAL = {"impact": "high", "urgency": "high"}
LOW = {"impact": "low", "urgency": "low"}
OUTAGE = {"type": "outage"}
NAMED = MATRIX.replace("paths:", "services:\n  billing: {title: Billing and invoices}\npaths:", 1)


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """With a service beside the usual."""
    async with story(database_url, NAMED) as telling:
        yield telling


async def listed(tale: Story, who: str, words: str = "") -> list[int]:
    """The numbers in the answer, in order."""
    answer = await tale.types(who, f"list {words}".strip())
    assert answer.acked, answer.error
    lines = [line for line in answer.text.splitlines() if line.startswith("ISS-")]
    return [int(line.split()[0].removeprefix("ISS-")) for line in lines]


async def becomes(tale: Story, number: int, **changes: Any) -> None:
    """Past the form: these facts about an issue are so."""
    before = await tale.issue(number)

    def unit(store: Store) -> None:
        store.issues.save(before, replace(before, version=before.version + 1, **changes))

    await tale.core.services.transactions.run(unit)


async def test_the_most_urgent_come_first_and_the_oldest_of_these(tale: Story) -> None:
    for facts in (LOW, CRITICAL, {}, CRITICAL):
        await tale.raises("ann", **facts)
        await tale.advance(minutes=1)
    assert await listed(tale, "omar") == [2, 4, 3, 1]


async def test_each_filter_narrows_the_list(tale: Story) -> None:
    await tale.raises("ann", **CRITICAL)
    await tale.raises("rita", **OUTAGE, requester=tale.id("ann"))
    await tale.raises("ann", **LOW)
    await tale.types("maya", "ack ISS-1")
    await tale.types("maya", "wait ISS-1")
    await tale.submits("maya", {"note": "Which shop is it?"})
    for words, expected in (
        ("state:open", [2, 3]),
        ("state:work", [1]),
        ("state:waiting", [1]),
        ("state:unanswered", []),
        ("priority:P1,P3", [1, 3]),
        ("priority:critical", [1]),
        ("type:outage", [2]),
        ("path:\u201ccustomer care\u201d", [1, 3]),
        ("service:billing", []),
        (f"owner:<@{tale.id('maya')}|maya>", [1]),
        ("owner:me", []),
        ("raiser:@ann", [1, 3]),
        ("requester:@ann type:outage", [2]),
        ("late", []),
        ("newer:1h", [1, 2, 3]),
        ("older:1h", []),
        ("answers", [1, 2, 3]),
    ):
        assert await listed(tale, "omar", words) == expected, words
    assert await listed(tale, "rita", "mine") == [2]


async def test_what_is_over_is_listed_when_it_is_asked_for(tale: Story) -> None:
    await tale.raises("ann")
    await tale.raises("ann", title="Another one")
    await tale.types("ann", "withdraw ISS-1 It works again.")
    await tale.submits("ann", {}) if tale.sandbox.modal("ann") else None
    assert await listed(tale, "omar") == [2]
    assert await listed(tale, "omar", "state:withdrawn") == [1]
    assert await listed(tale, "omar", "state:all") == [2, 1], "the newest first"
    assert "state:all looks through everything" in (await tale.types("omar", "list type:outage")).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("stat:open", 'Did you mean "state"?'),
        ("older:yesterday", "is no length of time"),
        ("service:biling", 'There is no service biling. Did you mean "billing"?'),
        ("priority:P9", "There is no priority P9. Use one of: P1, P2, P3."),
        ("owner:@nobody", "nobody"),
    ],
)
async def test_what_is_not_understood_is_said(tale: Story, words: str, said: str) -> None:
    answer = await tale.types("omar", f"list {words}")
    assert said in answer.text, answer.text


async def test_a_long_list_is_read_page_by_page_and_leads_to_the_cards(tale: Story) -> None:
    for number in range(PAGE + 3):
        await tale.raises("ann", title=f"Number {number + 1}")
    answer = await tale.types("omar", "list priority:P2")
    assert f"1 to {PAGE} of {PAGE + 3}" in answer.text
    message = tale.sandbox.ephemerals("omar")[-1]
    assert f"/archives/{tale.sandbox.workspace.channel('#issues').id}/p" in str(message.blocks)
    await tale.sandbox.click("omar", message, ids.LIST_PAGE_NEXT)
    page = tale.sandbox.modal("omar")
    assert page is not None
    assert f"{PAGE + 1} to {PAGE + 3} of {PAGE + 3}" in page.plain
    assert f"Number {PAGE + 3}" in page.plain
    await tale.sandbox.click("omar", page, ids.LIST_PAGE)
    page = tale.sandbox.modal("omar")
    assert page is not None
    assert "Number 1" in page.plain
    assert ids.LIST_PAGE not in str(page.blocks).replace(ids.LIST_PAGE_NEXT, "")


async def test_a_private_issue_is_listed_for_those_who_take_part_and_the_manager(tale: Story) -> None:
    await tale.raises("ann", title="Somebody was rude", requester=tale.id("rita"))
    await tale.raises("ann", title="Public")
    await becomes(tale, 1, private=True)
    seen = {who: await listed(tale, who) for who in ("ann", "rita", "maya", "dina", "omar")}
    assert seen == {"ann": [1, 2], "rita": [1, 2], "maya": [1, 2], "dina": [1, 2], "omar": [2]}
    assert await listed(tale, "omar", "rude") == []
    assert await listed(tale, "omar", "private") == []


async def test_who_raised_it_without_their_name_is_not_found_by_it(tale: Story) -> None:
    await tale.raises("ann")
    before = await tale.issue()
    await becomes(tale, 1, facts=replace(before.facts, nameless=True))
    assert await listed(tale, "omar", "raiser:@ann") == []
    assert await listed(tale, "omar", "requester:@ann") == [], "it is for whoever raised it"
    assert await listed(tale, "ann", "raiser:me") == await listed(tale, "ann", "requester:me") == [1]
    assert await listed(tale, "dina", "raiser:@ann") == [1], "the manager sees it"
    await tale.raises("rita", requester_name="", title="Goes on with it")
    ann = UserId(tale.id("ann"))
    came = Company(further=(ann,), watchers=(ann,), unnamed=(ann,))
    await becomes(tale, 2, company=came)
    assert [await listed(tale, "omar", f"{one}:@ann") for one in ("requester", "watching")] == [[], []]
    assert await listed(tale, "omar", "requester:@rita") == [2], "her name stands on the card"
    assert [await listed(tale, "ann", f"{one}:me") for one in ("requester", "watching")] == [[1, 2], [2]]
    assert await listed(tale, "dina", "requester:@ann") == [1, 2]


async def test_a_guest_lists_what_is_their_own(tale: Story) -> None:
    rita = tale.sandbox.workspace.user("rita")
    tale.sandbox.workspace.users[rita.id] = replace(rita, guest=True)
    await tale.raises("ann")
    await tale.raises("ann", title="For the guest", requester=rita.id)
    assert await listed(tale, "rita") == [2]
    assert await listed(tale, "rita", "state:all") == [2]
