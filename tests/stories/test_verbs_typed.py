"""Every verb typed after the command: done at once when nothing more is needed, with the sentences of the buttons."""

import pytest

from bot.adapters.slack.listeners.verbs import VERBS
from bot.domain.ids import IssueRef
from bot.domain.issue import AskStatus
from bot.domain.lifecycle import State
from bot.domain.text import TEXT_LIMIT
from tests.story import Story, ids

HOSTILE = {
    "ten thousand letters": "x" * 10_000,
    "right to left": "\u202eהדפסה\u202c שבורה",
    "zalgo": "Z" + "\u0351" * 200 + "algo",
    "a broadcast": "<!channel> &lt;!everyone&gt; *now*",
    "a person who is none": "<@U0NOBODY0|nobody> said so",
    "control letters": "a\u0000b\u0007c",
    "blanks": "\u200b \u00a0 .",
}


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


async def types(tale: Story, who: str, text: str, where: str = "#issues") -> str:
    """Use the command, and read its answer."""
    answer = await tale.types(who, text, where)
    assert answer.acked, answer.error
    return answer.text


async def test_an_issue_is_worked_on_by_words_alone(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    assert "You have ISS-1 now." in await types(tale, "maya", "ack ISS-1")
    assert (await tale.issue()).owner == tale.id("maya")
    said = await types(tale, "maya", "update iss 1 Two are called.\nThe third is next.")
    assert said == f"<@{tale.id('rita')}> has been told."
    assert (await tale.issue()).last_update == "Two are called.\nThe third is next."
    assert "The third is next." in tale.dm("rita")[-1]
    assert "is asked to confirm" in await types(tale, "maya", "resolve #1 All are called.")
    assert "ISS-1 is open again" in await types(tale, "rita", "reopen ISS-1 One still waits.")
    assert (await tale.issue()).opening == 2
    await types(tale, "maya", "ACK 1")
    await types(tale, "maya", "resolve ISS-1 That one too.")
    assert await types(tale, "rita", "confirm ISS-1") == "Thank you. ISS-1 is closed."
    assert (await tale.issue()).state is State.CLOSED
    assert tale.sandbox.modal("maya") is None


async def test_who_cannot_take_it_says_why_in_the_same_line(tale: Story) -> None:
    await tale.raises("ann")
    assert "you can't take ISS-1" in await types(tale, "maya", "decline ISS-1 I am in court.")
    issue = await tale.issue()
    assert [one.reason for one in issue.asks if one.status is AskStatus.DECLINED] == ["I am in court."]
    assert any("I am in court." in line for line in tale.log())


async def test_escalating_asks_the_next_level_once(tale: Story) -> None:
    await tale.raises("ann")
    said = await types(tale, "maya", "escalate ISS-1 It is bigger than me.")
    assert said.startswith("ISS-1: Operations is asked now, until ")
    assert (await tale.issue()).position.level == 2
    assert any("It is bigger than me." in line for line in tale.log())
    answer = await tale.sandbox.replay(tale.sandbox.last_payload("maya"))
    await tale.settle()
    assert answer.acked
    assert (await tale.issue()).position.level == 2, "the same command again climbs no further"


@pytest.mark.parametrize(
    ("who", "text", "form", "field"),
    [
        ("maya", "update ISS-1", ids.FORM_UPDATE, "text"),
        ("maya", "resolve ISS-1", ids.FORM_RESOLVE, "done"),
        ("maya", "resolve ISS-1 \u0000", ids.FORM_RESOLVE, "done"),
        ("rita", "answer ISS-1", ids.FORM_ANSWER, "text"),
        ("rita", "reopen ISS-1", ids.FORM_DISPUTE, "why"),
    ],
)
async def test_what_needs_more_words_opens_its_form(
    tale: Story, who: str, text: str, form: str, field: str
) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await types(tale, "maya", "ack ISS-1")
    await types(tale, who, text)
    modal = tale.sandbox.modal(who)
    assert modal is not None
    assert modal.callback_id == form
    assert field in modal.values()


async def test_the_requester_answers_what_it_waits_for(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await types(tale, "maya", "ack ISS-1")
    await types(tale, "maya", "wait ISS-1")
    await tale.submits("maya", {"note": "Which three?"})
    await types(tale, "rita", "reply ISS-1 The ones in Leeds.")
    assert (await tale.issue()).waiting is None
    assert "The ones in Leeds." in tale.dm("maya")[-1]


async def test_who_is_not_on_the_path_confirms_in_the_form(tale: Story) -> None:
    await tale.raises("ann")
    await types(tale, "rita", "ack ISS-1")
    assert "Take it anyway?" in tale.notice("rita")
    await tale.submits("rita")
    assert (await tale.issue()).owner == tale.id("rita")


@pytest.mark.parametrize(
    "rest", ["", "99999999999999999999", "soon", "ISS-"], ids=["none", "huge", "word", "half"]
)
async def test_without_the_name_of_an_issue_a_verb_shows_its_usage(tale: Story, rest: str) -> None:
    said = {verb.word: await types(tale, "maya", f"{verb.word} {rest}") for verb in VERBS}
    assert said == {verb.word: f"Which issue? For example /issue {verb.example}." for verb in VERBS}


async def test_an_issue_that_is_not_there_is_said_by_every_verb_before_any_form(tale: Story) -> None:
    await tale.raises("ann")
    before = await tale.issue()
    for verb in VERBS:
        for words in ("", f" <@{tale.id('omar')}> some words"):
            said = await types(tale, "maya", f"{verb.word} ISS-999999999{words}")
            assert "There is no ISS-999999999 here." in said, verb.word
            assert tale.sandbox.modal("maya") is None, verb.word
    assert await tale.issue() == before


async def test_a_title_that_begins_like_a_verb_is_given_back(tale: Story) -> None:
    said = await types(tale, "ann", "update the printer before it burns")
    assert said.endswith("To raise it as a new issue: /issue raise update the printer before it burns")


async def test_whatever_follows_an_issues_name_is_used_or_given_back(tale: Story) -> None:
    """For every verb there is: the words are in the answer, in the form, or in the timeline."""
    await tale.raises("ann", requester=tale.id("rita"))
    lost = []
    for verb in VERBS:
        words = f"quokkas {verb.word}ing"
        said = await types(tale, "maya", f"{verb.word} ISS-1 {words}")
        form = tale.sandbox.modal("maya")
        kept = await tale.core.services.transactions.read(
            lambda store: [str(one.data) for one in store.timeline.of(IssueRef(tale.workspace, 1))]
        )
        places = [said, *kept, f"{form.plain} {form.values()}" if form is not None else ""]
        lost += [] if any(words in one for one in places) else [verb.word]
        if form is not None:
            await tale.sandbox.close_modal("maya")
    assert lost == []


async def test_words_that_a_verb_has_no_place_for_are_given_back(tale: Story) -> None:
    await tale.raises("ann")
    assert (await types(tale, "maya", "ack ISS-1 on my way")).endswith(
        "Nobody reads your words “on my way”: to write to somebody there are update, answer and note."
    )
    await types(tale, "maya", f"edit ISS-1 It began on Monday{' and went on' * 300} until noon")
    form = tale.sandbox.modal("maya")
    assert form is not None and form.plain.index("It began on Monday") < form.plain.index("What happened")
    assert "until noon" in form.plain, "however long"
    said = await types(tale, "rita", "update ISS-1 All three are called.")
    assert said.endswith("may update the requester. You typed: update ISS-1 All three are called.")


async def test_whatever_is_typed_stays_text(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await types(tale, "maya", "ack ISS-1")
    before = ""
    for kind, words in HOSTILE.items():
        await types(tale, "maya", f"update ISS-1 {words}")
        issue = await tale.issue()
        assert issue.last_update not in ("", before), kind
        before = issue.last_update
        assert len(issue.last_update) <= TEXT_LIMIT, kind
        assert "<!" not in tale.dm("rita")[-1], kind
        assert "\u0000" not in issue.last_update, kind
        for verb in ("decline", "escalate", "priority", "nonsense"):
            await types(tale, "omar", f"{verb} ISS-1 {words}")
        assert (await tale.issue()).owner == tale.id("maya"), kind
