"""A private issue from raise to closing: nobody who takes no part can read a word of it, anywhere."""

import json
from collections.abc import Iterator
from typing import Any

from bot.adapters.slack.ids import Carried
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.sandbox.model import Message, View
from tests.stories.test_more import chooses, opens_more
from tests.story import Story, ids

SECRETS = ("Zanzibar", "Okapi", "Quokka", "Narwhal", "Wombat", "Lemur", "Ibex")
"""Words that stand in no text of ours: the title, what happened, and whatever people write later."""
FACTS: dict[str, Any] = {
    "title": "Zanzibar harassed a colleague",
    "happened": "Okapi told me so this morning.",
    "type": "response-time",
    "private": ["yes"],
}
PEOPLE = ("ann", "maya", "omar", "dina", "rita")
CHANNELS = ("#issues", "#care", "#ops-desk", "#escalations")


def whole(shown: Message | View | None) -> str:
    """Everything in it, also what a client would not show."""
    if shown is None:
        return ""
    raw: Any = shown.view if hasattr(shown, "view") else {}
    return json.dumps([shown.plain, list(shown.blocks), raw], default=str)


def in_channels(tale: Story) -> Iterator[tuple[str, str]]:
    """What stands in channels, threads included."""
    for place in CHANNELS:
        for message in tale.sandbox.messages(place):
            yield place, whole(message)
            for reply in tale.sandbox.thread(place, message.ts):
                yield place, whole(reply)


def read_by(tale: Story, who: str) -> Iterator[tuple[str, str]]:
    """What stands before somebody's eyes apart from channels: messages, whispers, the modal, the Home tab."""
    for message in (*tale.sandbox.dm(who), *tale.sandbox.ephemerals(who)):
        yield who, whole(message)
    yield who, whole(tale.sandbox.modal(who))
    yield who, whole(tale.sandbox.home(who))


async def closes(tale: Story, who: str) -> None:
    """Whatever they have open."""
    if tale.sandbox.modal(who) is not None:
        await tale.sandbox.close_modal(who, everything=True)


LOOKS = (
    "show ISS-1",
    "why ISS-1",
    "list",
    "list all",
    "mine",
    "search harassed",
    "search told",
    "more ISS-1",
    "edit ISS-1",
    "escalate ISS-1",
)


async def looks_everywhere(tale: Story, who: str) -> list[tuple[str, str]]:
    """Somebody tries every way to learn about it, and presses every button that others could have forwarded."""
    seen: list[tuple[str, str]] = []
    for text in LOOKS:
        answer = await tale.types(who, text)
        seen.append((f"{who}: {text}", json.dumps([answer.text, answer.body], default=str)))
        seen += [(f"{who}: {text}", words) for _, words in read_by(tale, who)]
        await closes(tale, who)
    seen += await presses_what_was_forwarded(tale, who)
    await tale.sandbox.open_home(who)
    await tale.settle()
    return seen + list(read_by(tale, who)) + list(in_channels(tale))


async def presses_what_was_forwarded(tale: Story, who: str) -> list[tuple[str, str]]:
    """Buttons of a card they can see, spoilt so that they are about the private issue."""
    card = tale.card(number=2)
    seen: list[tuple[str, str]] = []
    for action in (ids.DETAILS, ids.ESCALATE, ids.UPDATE, ids.RESOLVE, ids.REPLY, ids.CAME_BACK, ids.DISPUTE):
        await tale.sandbox.click(who, card, ids.UPDATE)
        payload = tale.sandbox.last_payload(who)
        await closes(tale, who)
        number = len(tale.sandbox.journal)
        payload["actions"][0] |= {
            "action_id": action,
            "value": Carried(1, 1, 1, 0).dump(),
            "action_ts": f"1999999999.{number:06d}",
        }
        await tale.sandbox.raw_action(payload)
        await tale.settle()
        seen += [(f"{who} presses {action}", words) for _, words in read_by(tale, who)]
        await closes(tale, who)
    return seen


def leaks(seen: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> list[str]:
    """Where a secret can be read."""
    return [f"{where}: {word}" for where, words in seen for word in SECRETS if word in words]


async def nobody_else_reads(tale: Story, *outside: str, trying: str = "") -> None:
    """Neither channels nor these people show a secret word, whatever one of them tries."""
    if trying:
        assert leaks(await looks_everywhere(tale, trying)) == [], trying
    assert leaks(list(in_channels(tale))) == []
    for who in outside:
        assert leaks(list(read_by(tale, who))) == [], who


async def raised(tale: Story, **answers: Any) -> Issue:
    """Ann's, and beside it a public one of Rita's."""
    await tale.raises("ann", **{**FACTS, **answers})
    await tale.raises("rita", title="The printer is out of paper")
    return await tale.issue(1)


async def test_from_raise_to_closing_nobody_else_reads_a_word(tale: Story) -> None:
    issue = await raised(tale)
    assert issue.private
    assert "Zanzibar" in tale.newest_with("maya", ids.MORE).plain, "a copy of the card, with its menu"
    assert any("Zanzibar" in text for text in tale.dm("dina")), "the escalation manager has one too"
    await nobody_else_reads(tale, "rita", "omar", trying="rita")

    await tale.clicks("maya", ids.ACK, pinged(tale, "maya"))
    assert (await tale.issue(1)).owner == tale.id("maya")
    await tale.types("maya", "update ISS-1 The Quokka looks into it.")
    noted = await tale.types("maya", "note ISS-1 Do not tell the Narwhal.")
    assert "stands in the timeline of ISS-1" in noted.text, "there is no thread"
    assert any("Quokka" in text for text in tale.dm("ann"))
    assert not any("Narwhal" in text for text in tale.dm("ann"))
    await nobody_else_reads(tale, "rita", "omar", trying="rita")

    await tale.types("maya", "resolve ISS-1 The Wombat has apologised.")
    await tale.clicks("ann", ids.DISPUTE, tale.newest_with("ann", ids.DISPUTE))
    await tale.submits("ann", {"why": "The Lemur did it again."})
    assert (await tale.issue(1)).opening == 2
    await nobody_else_reads(tale, "rita", "omar")
    shown = await tale.types("omar", "show ISS-1")
    assert "Zanzibar" in f"{shown.text} {shown.body}", (
        "of level 2: nothing was sent to them, but it is their path's"
    )

    await tale.types("maya", "ack ISS-1")
    await tale.types("maya", "resolve ISS-1 The Ibex is on leave.")
    await tale.clicks("ann", ids.CONFIRM, tale.newest_with("ann", ids.CONFIRM))
    assert (await tale.issue(1)).state is State.CLOSED
    await tale.settle()
    await nobody_else_reads(tale, "rita", trying="rita")


def pinged(tale: Story, who: str, number: int = 1) -> Message:
    """Somebody's ping about one issue."""
    found = [
        one for one in tale.sandbox.dm(who) if ids.DECLINE in one.actions and f"ISS-{number}" in one.plain
    ]
    return found[-1]


async def test_a_channel_that_is_asked_sees_number_and_priority_and_may_take_it(tale: Story) -> None:
    await raised(tale)
    await tale.advance(minutes=15)
    (ping,) = [one for one in tale.sandbox.messages("#ops-desk") if "private" in one.plain]
    assert ping.actions == [ids.ACK]
    assert ping.plain.startswith("A private issue needs your answer by ")
    assert "ISS-1" in ping.plain
    assert "High (P2)" in ping.plain
    assert leaks(list(in_channels(tale))) == []
    assert any("Zanzibar" in text for text in tale.dm("omar")), "asked by name through his group"

    tale.sandbox.add("rita", "#ops-desk")
    await tale.clicks("rita", ids.DETAILS, with_button(ping, ids.DETAILS))
    assert "is private" in tale.notice("rita")
    await closes(tale, "rita")
    await tale.clicks("rita", ids.ACK, ping)
    assert (await tale.issue(1)).owner == tale.id("rita")
    assert "Zanzibar" in tale.newest_with("rita", ids.RESOLVE).plain, "whoever takes it sees all of it"
    (settled,) = [one for one in tale.sandbox.messages("#ops-desk") if one.ts == ping.ts]
    assert settled.actions == []
    assert "took ISS-1" in settled.plain
    assert leaks(list(in_channels(tale))) == []


def with_button(message: Message, action: str) -> Message:
    """The same message as a client could be made to show it, with another button."""
    button = {**message.blocks[-1]["elements"][0], "action_id": action}
    message.blocks[-1]["elements"].append(button)
    return message


async def test_made_private_its_card_is_emptied_and_its_thread_goes_silent(tale: Story) -> None:
    await tale.raises(
        "ann", title="Zanzibar again", happened="The Okapi said so.", updates_channel=place(tale, "#care")
    )
    await tale.clicks("maya", ids.ACK)
    lines = len(tale.log())
    said = (await tale.types("maya", "private ISS-1")).text
    assert "cannot be unsaid" in said
    card = tale.card()
    assert set(card.plain.splitlines()) == {"ISS-1: this issue is private now."}
    assert card.actions == []
    await tale.types("maya", "note ISS-1 The Quokka knows.")
    await tale.types("maya", "update ISS-1 The Wombat is on it.")
    assert len(tale.log()) == lines
    assert (
        leaks(
            [(where, words) for where, words in in_channels(tale) if "Quokka" in words or "Wombat" in words]
        )
        == []
    )
    assert any("Wombat" in text for text in tale.dm("ann")), "a direct message, though a channel was chosen"
    copy = tale.newest_with("maya", ids.RESOLVE)

    assert "is private already" in (await tale.types("maya", "private ISS-1")).text
    await tale.types("maya", "public ISS-1")
    assert "cannot be taken back" in tale.notice("maya")
    assert (await tale.issue()).private, "it is asked first"
    await tale.submits("maya")
    assert "Zanzibar again" in tale.card().plain
    assert tale.card().ts == card.ts
    (then,) = [one for one in tale.sandbox.dm("maya") if one.ts == copy.ts]
    assert "ISS-1 is public now" in then.plain or "Wombat" in then.plain


async def test_a_private_issue_made_public_gets_a_card(tale: Story) -> None:
    await raised(tale)
    await tale.clicks("maya", ids.ACK, pinged(tale, "maya"))
    await tale.types("maya", "public ISS-1")
    await tale.submits("maya")
    assert "Zanzibar" in tale.card(number=1).plain
    copies = [text for text in tale.dm("dina") if "ISS-1 is public now" in text]
    assert len(copies) == 1


async def test_who_follows_a_public_issue_still_follows_it_when_it_is_private(tale: Story) -> None:
    await tale.raises("ann", title="Zanzibar again")
    await tale.types("rita", "watch ISS-1")
    await tale.types("dina", "private ISS-1")
    assert any("Private: only" in text and "Zanzibar" in text for text in tale.dm("rita"))
    await tale.types("rita", "unwatch ISS-1")
    assert any("goes on without you" in text for text in tale.dm("rita"))
    assert not any("Private: only" in text for text in tale.dm("rita"))
    assert "is private" in (await tale.types("rita", "ISS-1")).text
    assert "is private" in (await tale.types("rita", "watch ISS-1")).text
    await tale.types("maya", "watch ISS-1 @rita")
    assert any("Private: only" in text and "Zanzibar" in text for text in tale.dm("rita")), (
        "named by who works on it"
    )


async def test_who_is_thanked_for_a_private_issue_does_not_learn_what_it_is(tale: Story) -> None:
    await raised(tale)
    await tale.clicks("maya", ids.ACK, pinged(tale, "maya"))
    await tale.types("maya", "kudos ISS-1 @omar for the lift")
    assert "for the lift" in tale.dm("omar")[-1]
    assert leaks(list(read_by(tale, "omar"))) == []


async def test_strangers_learn_nothing_from_any_verb(tale: Story) -> None:
    await raised(tale)
    for words in (
        *("ack", "decline", "escalate", "bypass", "edit", "update {} x", "note {} x", "resolve {} x", "join"),
        *("watch", "link {} ISS-2", "merge {} ISS-2", "kudos {} @maya", "private", "public"),
        *("assign {} @omar", "giveback", "withdraw {} x", "reopen {} x"),
    ):
        text = words.format("ISS-1") if "{}" in words else f"{words} ISS-1"
        answer = await tale.types("rita", text)
        assert "ISS-1 is private. Only the people of its path" in answer.text, answer.text
        assert leaks(list(read_by(tale, "rita"))) == [], words


def place(tale: Story, name: str) -> str:
    """A channel's id."""
    return tale.sandbox.messages(name)[0].channel if tale.sandbox.messages(name) else name


async def test_from_the_menu_it_is_asked_first_and_said_what_stays(tale: Story) -> None:
    await tale.raises("ann", title="Zanzibar again")
    await opens_more(tale, "maya")
    await chooses(tale, "maya", "private")
    assert "cannot be unsaid" in tale.notice("maya")
    await tale.submits("maya")
    assert (await tale.issue()).private
    await tale.types("maya", "public ISS-1")
    await tale.submits("maya")
    assert not (await tale.issue()).private
