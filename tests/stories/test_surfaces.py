"""Every way in and every place to look: commands, shortcuts, Home, Details, and words that are not buttons."""

import pytest

from bot.domain.lifecycle import State
from tests.story import FORM, Story, ids


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


async def test_the_shortcut_opens_the_form(tale: Story) -> None:
    await tale.sandbox.shortcut("ann", ids.SHORTCUT_RAISE)
    await tale.submits("ann", FORM)
    assert (await tale.issue()).raiser == tale.id("ann")


async def test_a_message_becomes_an_issue_with_its_link(tale: Story) -> None:
    said = await tale.sandbox.say("rita", "#care", "The printer burns.\nSince noon, @omar")
    await tale.sandbox.message_shortcut("ann", "#care", said.ts, ids.SHORTCUT_RAISE_FROM_MESSAGE)
    modal = tale.sandbox.modal("ann")
    assert modal is not None
    assert modal.values()["title"] == "The printer burns."
    assert "Since noon" in modal.values()["happened"]
    answers = {name: FORM[name] for name in ("type", "impact", "urgency")}
    await tale.submits("ann", answers)
    issue = await tale.issue()
    assert issue.facts.source_link.endswith(f"/p{said.ts.replace('.', '')}")
    assert "<@" not in issue.facts.happened
    shown = await tale.types("ann", "show ISS-1")
    assert issue.facts.source_link in str(shown.body)


async def test_words_behind_the_command_fill_in_the_title(tale: Story) -> None:
    await tale.types("ann", "Checkout is down in three shops")
    modal = tale.sandbox.modal("ann")
    assert modal is not None
    assert modal.values()["title"] == "Checkout is down in three shops"


@pytest.mark.parametrize("typed", ["help", "?", "gibberish", "HELP"])
async def test_help_and_a_single_unknown_word_print_the_same_table(tale: Story, typed: str) -> None:
    answer = await tale.types("ann", typed)
    assert "/issue list" in answer.text
    assert ("gibberish" in answer.text) == (typed == "gibberish")
    assert tale.sandbox.modal("ann") is None


async def test_an_issue_is_shown_by_its_name(tale: Story) -> None:
    await tale.raises("ann")
    for typed in ("show ISS-1", "ISS-1", "iss-1", "show 1", "show iss 1"):
        answer = await tale.types("rita", typed)
        assert "Answers are late" in answer.text, typed


async def test_lists_say_what_is_open_and_what_waits_for_whom(tale: Story) -> None:
    assert "Nothing is open" in (await tale.types("ann", "list")).text
    await tale.raises("ann", title="One thing")
    await tale.raises("rita", title="Another thing")
    answer = await tale.types("omar", "list")
    assert "One thing" in answer.text
    assert "Another thing" in answer.text
    await tale.clicks("maya", ids.ACK)
    for who, has in (("maya", ["One thing", "Another thing"]), ("ann", ["One thing"]), ("dina", [])):
        mine = (await tale.types(who, "mine")).text
        assert [title for title in ("One thing", "Another thing") if title in mine] == has, who


async def test_the_home_tab_shows_what_waits_and_raises(tale: Story) -> None:
    await tale.raises("ann")
    await tale.sandbox.open_home("maya")
    await tale.settle()
    home = tale.sandbox.home("maya")
    assert home is not None
    assert "Answers are late" in home.plain
    await tale.sandbox.click("maya", home, ids.RAISE)
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    assert modal.callback_id == ids.FORM_RAISE


async def test_the_home_tab_opens_the_details_of_an_issue(tale: Story) -> None:
    await tale.raises("ann")
    await tale.sandbox.open_home("maya")
    await tale.settle()
    home = tale.sandbox.home("maya")
    assert home is not None
    await tale.sandbox.click("maya", home, ids.DETAILS)
    await tale.settle()
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    assert "Three customers wait" in modal.plain


async def test_details_show_everything_that_was_typed_and_what_happened(tale: Story) -> None:
    await tale.raises("ann", happened="x" * 2900 + " the end", tried="Turning it off.")
    await tale.clicks("maya", ids.DECLINE)
    await tale.submits("maya", {"reason": "I am on a train."})
    await tale.clicks("omar", ids.DETAILS)
    modal = tale.sandbox.modal("omar")
    assert modal is not None
    for part in ("the end", "Turning it off.", "I am on a train.", "Operations"):
        assert part in modal.plain


async def test_words_in_the_thread_change_nothing_and_bring_the_buttons(tale: Story) -> None:
    await tale.raises("ann")
    await tale.sandbox.say("maya", "#issues", "@rung on it", thread_ts=tale.card().ts)
    await tale.settle()
    assert (await tale.issue()).state is State.OPEN
    assert "Those words change nothing" in whispers(tale, "maya")[-1]
    again = tale.sandbox.dm("maya")[-1]
    assert ids.ACK in again.actions
    await tale.clicks("maya", ids.ACK, again)
    assert (await tale.issue()).owner == tale.id("maya")
    assert not any(ids.ACK in one.actions for one in tale.sandbox.dm("maya")), "every ping of it is healed"


async def test_words_by_direct_message_bring_the_buttons_too(tale: Story) -> None:
    await tale.raises("ann")
    before = len(tale.dm("maya"))
    await tale.sandbox.say("maya", "dm:maya", "I take this")
    await tale.settle()
    assert (await tale.issue()).state is State.OPEN
    assert ids.ACK in tale.sandbox.dm("maya")[-1].actions
    assert len(tale.dm("maya")) > before


async def test_words_of_somebody_for_whom_nothing_waits_say_how_it_is_used(tale: Story) -> None:
    await tale.sandbox.say("rita", "dm:rita", "hello")
    await tale.sandbox.say("rita", "#issues", "@rung what can you do?")
    await tale.settle()
    assert all("/issue" in text for text in whispers(tale, "rita"))
    assert len(whispers(tale, "rita")) == 2


async def test_the_second_issue_gets_the_next_number_and_its_own_thread(tale: Story) -> None:
    await tale.raises("ann")
    await tale.raises("rita", type="outage")
    assert (await tale.issue(2)).route.path.name == "Everything else"
    assert len(tale.sandbox.messages("#issues")) == 2
    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue(2)).owner == tale.id("omar")
    assert (await tale.issue(1)).state is State.OPEN
