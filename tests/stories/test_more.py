"""The menu of the card and the More form behind it: every verb has a way in, and no form is left lying about."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.adapters.slack.blocks import menu
from bot.adapters.slack.listeners.verbs import MENU, VERBS, at_hand, in_more
from bot.sandbox.faults import Fault
from bot.sandbox.model import View
from bot.sandbox.readable import interactive
from tests.story import Story, ids


def values(blocks: Sequence[Mapping[str, Any]], action: str) -> dict[str, str]:
    """What the entries behind this action send back, by their word."""
    found = [one for _, one in interactive(blocks) if one["action_id"] == action]
    sent = [one["value"] for any_ in found for one in any_.get("options", [any_])]
    return {value.partition("|")[0]: value for value in sent}


async def opens_more(tale: Story, who: str) -> View:
    """From the three dots of the card."""
    card = tale.card()
    await tale.sandbox.click(who, card, ids.MORE, values(card.blocks, ids.MORE)["more"])
    modal = tale.sandbox.modal(who)
    assert modal is not None
    return modal


async def chooses(tale: Story, who: str, word: str) -> None:
    """In the More form that is open."""
    modal = tale.sandbox.modal(who)
    assert modal is not None
    await tale.sandbox.click(who, modal, ids.MORE_VERB, values(modal.blocks, ids.MORE_VERB)[word])
    await tale.settle()


async def offers(tale: Story, who: str) -> list[str]:
    """The words of the entries."""
    return list(values((await opens_more(tale, who)).blocks, ids.MORE_VERB))


def test_every_verb_has_one_place_and_its_words_are_its_own() -> None:
    assert sorted(one.word for one in [*at_hand(), *in_more()]) == sorted(one.word for one in VERBS)
    words = [word for one in VERBS for word in one.words]
    assert len(words) == len(set(words))
    assert all(one.usage.split()[:2] == [one.word, "ISS-1"] for one in VERBS)


def test_whatever_is_in_more_says_what_it_does() -> None:
    assert [one.word for one in in_more() if not one.hint] == []


NOT_NOW = ("giveback", "snooze", "unwatch", "kudos", "public")
"""What nobody can do with an issue that nobody has, that is not private, and that they do not follow."""


async def test_more_offers_each_what_is_theirs(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await tale.types("omar", "watch ISS-1")
    offered = {who: await offers(tale, who) for who in ("maya", "omar", "rita")}
    every = [one.word for one in in_more()]
    assert offered["maya"] == [one for one in every if one not in ("withdraw", "unwatch", "public")], (
        "its owner"
    )
    assert offered["omar"] == [
        one for one in every if one not in ("giveback", "snooze", "sendback", "withdraw", "watch", "public")
    ], "of level 2, and follows it"
    assert offered["rita"] == ["join", "watch", "kudos"], "anybody else"


async def test_while_nobody_can_be_looked_up_more_offers_whatever_fits(tale: Story) -> None:
    await tale.raises("ann")
    tale.sandbox.faults.add("users.info", Fault.error("internal_error"), times=None)
    assert await offers(tale, "rita") == [one.word for one in in_more() if one.word not in NOT_NOW]


async def test_of_what_ended_more_offers_only_what_can_still_be_done(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("ann", "withdraw ISS-1 Found it.")
    await tale.types("maya", "more ISS-1")
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    assert list(values(modal.blocks, ids.MORE_VERB)) == ["watch", "link"]


async def test_a_private_issue_is_offered_to_be_shown(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("maya", "private ISS-1")
    await tale.types("maya", "more ISS-1")
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    offered = values(modal.blocks, ids.MORE_VERB)
    assert "public" in offered
    assert "private" not in offered


def test_the_menu_keeps_its_order() -> None:
    assert [word for word in MENU if word in menu.ENTRIES] == list(menu.ENTRIES)


async def test_more_lists_what_has_no_other_place_and_can_be_done_now(tale: Story) -> None:
    await tale.raises("ann")
    more = await opens_more(tale, "maya")
    offered = list(values(more.blocks, ids.MORE_VERB))
    assert offered == [one.word for one in in_more() if one.word not in (*NOT_NOW, "withdraw")]
    shown = [one for one in in_more() if one.word in offered]
    assert all(one.label in more.plain and one.hint in more.plain for one in shown)
    assert list(values(tale.card().blocks, ids.MORE)) == list(menu.ENTRIES)


async def test_the_form_takes_the_place_of_more_and_knows_where_it_was_opened(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await opens_more(tale, "maya")
    await chooses(tale, "maya", "change")
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    assert modal.callback_id == ids.FORM_CHANGE
    assert f'"via": "{tale.card().channel}"' in modal.private_metadata
    await tale.submits("maya", {"urgency": "high"})
    assert tale.sandbox.modal("maya") is None, "nothing is left below it"
    assert (await tale.issue()).route.top_priority


async def test_where_views_cannot_be_replaced_the_form_comes_on_top(tale: Story) -> None:
    await tale.raises("ann")
    tale.sandbox.faults.add("views.update", Fault.unknown_method(), times=None)
    await opens_more(tale, "maya")
    await chooses(tale, "maya", "change")
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    assert modal.callback_id == ids.FORM_CHANGE


async def test_where_no_view_can_follow_who_may_is_whispered(tale: Story) -> None:
    await tale.raises("ann")
    await opens_more(tale, "ann")
    await tale.clicks("maya", ids.ACK)
    tale.sandbox.faults.add("views.update", Fault.unknown_method(), times=None)
    await chooses(tale, "ann", "change")
    assert "has ISS-1 by now, so only somebody who was asked" in tale.sandbox.ephemerals("ann")[-1].plain


async def test_who_may_is_said_in_the_place_of_a_more_form_that_is_out_of_date(tale: Story) -> None:
    await tale.raises("ann")
    await opens_more(tale, "ann")
    await tale.clicks("maya", ids.ACK)
    await chooses(tale, "ann", "change")
    assert "has ISS-1 by now, so only somebody who was asked" in tale.notice("ann")
