"""Finding issues by their words: page by page, with a way to the card, and private ones only for who takes part."""

from typing import Any

from bot.adapters.slack import ids
from bot.sandbox.readable import readable
from tests.story import Story

PRIVATE: dict[str, Any] = {"private": ["yes"]}
"""The box in the form, ticked."""


async def finds(tale: Story, who: str, words: str, verb: str = "search") -> str:
    """What somebody reads when they look for these words."""
    answer = await tale.types(who, f"{verb} {words}")
    assert answer.acked, answer.error
    return "\n".join([answer.text, *readable(answer.blocks)])


HOSTILE = [
    '"',
    "'",
    "*",
    "checkout*",
    "NEAR(a b)",
    "AND OR NOT",
    "words:checkout",
    "(((",
    "a' OR '1'='1",
    "🔥🔥",
    "\u202echeckout",
    "% _ \\",
    "{0} %s",
    "x" * 3000,
    "<@U0ANN0000> <!channel>",
]


async def test_words_find_issues_newest_first_with_a_way_to_their_card(tale: Story) -> None:
    await tale.raises("ann", title="Checkout fails for Acme")
    await tale.raises("ann", title="The printer jams", happened="At the checkout desk.")
    said = await finds(tale, "maya", "check")
    assert said.index("ISS-2 · The printer jams") < said.index("ISS-1 · Checkout fails for Acme")
    card = tale.card(number=1)
    assert f"https://northwind.slack.com/archives/{card.channel}/p{card.ts.replace('.', '')}" in said
    assert "Nothing was found." in await finds(tale, "maya", "zebra", "find")
    assert "Please say what to look for: /issue search checkout acme" in await finds(tale, "maya", "")


async def test_solved_ones_are_found_by_how_they_were_solved(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("maya", "ack ISS-1")
    await tale.types("maya", "resolve ISS-1 Two more people at the telephones")
    assert "ISS-1" in await finds(tale, "rita", "telephones")


async def test_long_lists_have_pages(tale: Story) -> None:
    for number in range(12):
        await tale.raises(("ann", "rita", "maya", "omar")[number % 4], title=f"{number} lamp")
    assert "(1 to 10)" in await finds(tale, "ann", "lamp")
    message = tale.sandbox.ephemerals("ann")[-1]
    assert "Older ones" in message.plain
    await tale.sandbox.click("ann", message, ids.SEARCH_PAGE_NEXT)
    page = tale.sandbox.modal("ann")
    assert page is not None
    assert "(11 to 12)" in page.plain
    assert "ISS-1 · 0 lamp" in page.plain
    await tale.sandbox.click("ann", page, ids.SEARCH_PAGE)
    assert "(1 to 10)" in tale.notice("ann")


async def test_private_issues_are_found_by_who_takes_part_and_the_manager(tale: Story) -> None:
    await tale.raises("ann", title="Salary of somebody", **PRIVATE)
    assert (await tale.issue(1)).private
    found = {who: "ISS-1" in await finds(tale, who, "salary") for who in ("ann", "rita", "maya")}
    assert found == {"ann": True, "rita": False, "maya": True}
    assert "ISS-1" in await finds(tale, "dina", "salary"), "the escalation manager"


async def test_whatever_is_typed_is_looked_for_as_words(tale: Story) -> None:
    await tale.raises("ann", title="Checkout fails")
    for words in HOSTILE:
        said = await finds(tale, "rita", words)
        assert ("ISS-1" in said) is ("checkout" in words and ":" not in words), words


async def test_filters_may_stand_among_the_words(tale: Story) -> None:
    await tale.raises("ann", title="Checkout fails")
    await tale.raises("ann", title="Checkout is slow", impact="high", urgency="high")
    await tale.types("maya", "ack ISS-1")
    await tale.types("maya", "resolve ISS-1 Restarted.")
    both = await finds(tale, "rita", "checkout newer:2d")
    assert "ISS-1" in both and "ISS-2" in both, "open or not"
    urgent = await finds(tale, "rita", "state:open priority:P1 checkout")
    assert "ISS-2" in urgent and "ISS-1" not in urgent
    assert "Nothing fits this." in await finds(tale, "rita", "older:2d checkout")
    assert "is no length of time" in await finds(tale, "rita", "older:blursday")
