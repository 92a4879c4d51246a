"""Verbs in words: `@rung ack ISS-1` where slash commands do not work, `ack ISS-1` in a direct message."""

import copy

from bot.domain.lifecycle import State
from bot.sandbox.faults import Fault
from bot.sandbox.model import Message
from tests.stories.test_verbs_typed import HOSTILE
from tests.story import Story, ids


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


async def says(tale: Story, who: str, text: str, where: str = "#issues", thread: str | None = None) -> str:
    """Write it, and read what only this person was answered."""
    before = len(tale.sandbox.ephemerals(who))
    await tale.sandbox.say(who, where, text, thread_ts=thread)
    await tale.settle()
    return "\n".join(whispers(tale, who)[before:])


def offered(tale: Story, who: str) -> Message:
    """The newest answer with the button that opens a form."""
    found = [one for one in tale.sandbox.ephemerals(who) if ids.OPEN_TYPED in one.actions]
    assert found, whispers(tale, who)
    return found[-1]


async def test_an_issue_is_worked_on_in_the_thread_of_its_card(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    thread = tale.card().ts
    before = len(tale.log())
    assert "You have ISS-1 now." in await says(tale, "maya", "@rung ack", thread=thread)
    assert tale.sandbox.ephemerals("maya")[-1].thread_ts == thread
    assert "has been told" in await says(
        tale, "maya", "@rung: update Two are called.\nOne is left.", thread=thread
    )
    assert (await tale.issue()).last_update == "Two are called.\nOne is left."
    assert "is asked to confirm" in await says(tale, "maya", "@rung resolve 3 were called.", thread=thread)
    assert (await tale.issue()).resolution == "3 were called.", "a number is no name where the issue is plain"
    assert "is closed" in await says(tale, "rita", "@rung confirm ISS-1", thread=thread)
    assert len([one for one in tale.log()[before:] if "You have" in one]) == 0, "the thread is not spammed"


async def test_under_a_ping_the_name_may_be_left_out_too(tale: Story) -> None:
    await tale.raises("ann")
    ping = tale.newest_with("maya", ids.ACK)
    await says(tale, "maya", "ack", "dm:maya", thread=ping.ts)
    assert (await tale.issue()).owner == tale.id("maya")
    assert "You have ISS-1 now." in tale.dm("maya")[-1]
    assert tale.sandbox.dm("maya")[-1].thread_ts == ping.ts


async def test_in_a_direct_message_no_name_of_rung_is_needed(tale: Story) -> None:
    await tale.raises("ann")
    await says(tale, "maya", "decline ISS-1 On a train.", "dm:maya")
    assert (await tale.issue()).position.level == 2
    assert "you can't take ISS-1" in "\n".join(tale.dm("maya"))


async def test_what_needs_a_form_is_answered_with_a_button_that_opens_it(tale: Story) -> None:
    await tale.raises("ann")
    await says(tale, "maya", "@rung priority P1", thread=tale.card().ts)
    await tale.sandbox.click("maya", offered(tale, "maya"), ids.OPEN_TYPED)
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    assert (modal.callback_id, modal.values()["priority"]) == (ids.FORM_CHANGE, "P1")
    await tale.submits("maya", {"reason": "Everybody waits."})
    assert (await tale.issue()).route.top_priority


async def test_an_issue_is_raised_from_a_mention(tale: Story) -> None:
    await says(tale, "ann", "@rung raise The printer burns & nobody comes")
    await tale.sandbox.click("ann", offered(tale, "ann"), ids.OPEN_TYPED)
    modal = tale.sandbox.modal("ann")
    assert modal is not None
    assert modal.values()["title"] == "The printer burns & nobody comes"
    await tale.submits("ann", {"happened": "Smoke.", "type": "outage", "impact": "high", "urgency": "high"})
    assert (await tale.issue()).facts.title == "The printer burns & nobody comes"


async def test_who_is_not_on_the_path_gets_a_button_to_take_it_anyway(tale: Story) -> None:
    await tale.raises("ann")
    await says(tale, "rita", "@rung ack ISS-1")
    assert (await tale.issue()).state is State.OPEN
    await tale.sandbox.click("rita", offered(tale, "rita"), ids.OPEN_TYPED)
    assert "Take it anyway?" in tale.notice("rita")
    await tale.submits("rita")
    assert (await tale.issue()).owner == tale.id("rita")


async def test_the_button_says_when_it_is_too_late(tale: Story) -> None:
    await tale.raises("ann")
    await says(tale, "rita", "@rung ack ISS-1")
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("rita", ids.OPEN_TYPED, offered(tale, "rita"))
    assert tale.sandbox.modal("rita") is None
    assert f"<@{tale.id('maya')}> took ISS-1" in whispers(tale, "rita")[-1]


async def test_whatever_can_be_looked_up_is_answered_to_who_asks(tale: Story) -> None:
    await tale.raises("ann")
    for text, said in (
        ("@rung help", "/issue list"),
        ("@rung list", "Answers are late"),
        ("@rung mine", "Waiting for your answer"),
        ("@rung show ISS-1", "Three customers wait"),
        ("@rung ISS-1", "Three customers wait"),
        ("@rung why iss-1", "Customer care"),
        ("@rung, oncall", "On call"),
        ("@rung matrix", "Customer care"),
    ):
        before = len(tale.sandbox.messages("#issues"))
        assert said in await says(tale, "omar", text)
        assert len(tale.sandbox.messages("#issues")) == before + 1, "nobody else reads the answer"


async def test_in_a_direct_message_the_answer_stays(tale: Story) -> None:
    await tale.raises("ann")
    await says(tale, "rita", "show ISS-1", "dm:rita")
    assert "Three customers wait" in tale.dm("rita")[-1]


async def test_without_an_issue_it_asks_which_and_says_how_to_name_it_here(tale: Story) -> None:
    for verb in ("ack", "update", "show", "why", "wait"):
        assert f"Which issue? For example @Rung {verb} ISS-1" in await says(tale, "maya", f"@rung {verb}")


async def test_talk_is_no_verb_and_brings_the_buttons(tale: Story) -> None:
    await tale.raises("ann")
    for number, text in enumerate(
        (
            "@rung on it",
            "@rung",
            "@rung confirm with Maya first",
            "@rung join us at noon",
            "@rung watch the deploy",
            "please @rung ack ISS-1",
            "@rung ack, please",
        )
    ):
        said = await says(tale, "maya", text, thread=tale.card().ts)
        assert "Those words change nothing." in said, text
        assert (await tale.issue()).state is State.OPEN, text
        answers = tale.sandbox.ephemerals("maya")
        assert (len(answers), answers[-1].thread_ts) == (number + 1, tale.card().ts), text


async def test_the_same_words_delivered_twice_are_done_and_answered_once(tale: Story) -> None:
    await tale.raises("ann")
    for number, text in enumerate(
        ("@rung escalate ISS-1", "@rung list", "@rung priority ISS-1", "@rung on it")
    ):
        event = mention(tale, text, stamp=f"1999999999.00000{number}")
        for _ in range(2):
            tale.sandbox.emit(copy.deepcopy(event))
            await tale.sandbox.settled()
            await tale.settle()
        assert len(whispers(tale, "maya")) == number + 1, text
    assert (await tale.issue()).position.level == 2


def mention(tale: Story, text: str, **changes: object) -> dict[str, object]:
    """An event as Slack sends it, with its own stamp."""
    event: dict[str, object] = {
        "type": "app_mention",
        "user": tale.id("maya"),
        "text": text.replace("@rung", f"<@{tale.sandbox.bot_user_id}>"),
        "channel": tale.sandbox.workspace.channel("#issues").id,
        "ts": str(changes.pop("stamp", "1999999999.000001")),
    }
    return {**event, **changes}


async def test_edits_and_bots_are_not_listened_to(tale: Story) -> None:
    await tale.raises("ann")
    spoken_by_nobody: tuple[dict[str, object], ...] = (
        {"subtype": "message_changed"},
        {"edited": {"user": "U1", "ts": "1.1"}},
        {"bot_id": "B1"},
        {"user": ""},
    )
    for number, changes in enumerate(spoken_by_nobody):
        tale.sandbox.emit(mention(tale, "@rung ack ISS-1", stamp=f"1999999998.00000{number}", **changes))
        await tale.sandbox.settled()
        await tale.settle()
        assert (await tale.issue()).state is State.OPEN, changes
        assert whispers(tale, "maya") == [], changes


async def test_somebody_of_another_organisation_takes_nothing(tale: Story) -> None:
    await tale.raises("ann")
    tale.sandbox.emit(mention(tale, "@rung ack ISS-1", user="U0STRANGE", user_team="T0ELSEWHERE"))
    await tale.sandbox.settled()
    await tale.settle()
    assert (await tale.issue()).state is State.OPEN


async def test_whatever_is_written_is_answered_and_stays_text(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await says(tale, "maya", "@rung ack ISS-1")
    for kind, words in HOSTILE.items():
        for verb in ("update", "priority", "raise", "show", "nonsense"):
            assert await says(tale, "maya", f"@rung {verb} ISS-1 {words}"), (verb, kind)
        assert "<!" not in tale.dm("rita")[-1], kind
        await tale.sandbox.click("maya", offered(tale, "maya"), ids.OPEN_TYPED)
        assert tale.sandbox.modal("maya") is not None, kind
        await tale.sandbox.close_modal("maya", everything=True)


async def test_a_slack_without_messages_for_one_person_answers_directly(tale: Story) -> None:
    await tale.raises("ann")
    tale.sandbox.faults.add("chat.postEphemeral", Fault.unknown_method(), times=None)
    await says(tale, "rita", "@rung list")
    assert "Answers are late" in tale.dm("rita")[-1]
    await says(tale, "maya", "@rung ack ISS-1")
    assert "You have ISS-1 now." in tale.dm("maya")[-1]


async def test_a_slack_that_knows_nobody_right_now_is_said(tale: Story) -> None:
    await tale.raises("ann")
    for method in ("users.info", "users.list"):
        tale.sandbox.faults.add(method, Fault.status(503), times=None)
    assert await says(tale, "rita", "@rung resolve ISS-1 Done.")
    assert (await tale.issue()).state is State.OPEN
