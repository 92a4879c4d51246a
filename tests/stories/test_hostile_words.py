"""Whatever people type stays text: it calls nobody, breaks nothing, and is told back to them where it does not fit."""

import copy
from itertools import cycle

import pytest

from bot.sandbox.model import Json
from tests.reliability.watch import calls_in
from tests.story import FORM, Story, ids

CORPUS = [
    "<!channel> <!here> <!everyone> all of you",
    "<@{dina}> and <!subteam^S0000|@ops-managers> and <#C123|issues>",
    "<https://evil.example|https://bank.example> click",
    "@channel @here @everyone @dina",
    "*bold* _it_ ~no~ `code` ```block``` > quote",
    "&lt;!channel&gt; &amp;amp; <>&",
    "😀🔥🚒",
    "ISS-1 is closed. Resolved by <@{dina}>.",
    "\u202eright to left\u202c\u200b",
    "a" + "\u0301" * 500,
    "x" * 2999 + "<!channel>",
    "<" * 3000,
    "&" * 3000,
    "line one\nline two\r\nline three\ttab",
]


async def raw_form(tale: Story, who: str = "ann", **answers: str) -> Json:
    """The payload of a filled-in form, with answers that Slack's client would not let through."""
    await tale.sandbox.slash(who, "#issues", "/issue", "raise")
    await tale.sandbox.submit(who, FORM)
    payload = copy.deepcopy(tale.sandbox.last_payload(who))
    payload["view"]["id"] = "V0ANOTHER"
    for name, text in answers.items():
        payload["view"]["state"]["values"][name][name]["value"] = text
    return payload


def called(tale: Story, who: str) -> list[str]:
    """The calls of Slack in which this person is mentioned."""
    return [call.method for call in tale.sandbox.journal if f"<@{tale.id(who)}>" in calls_in(call)]


@pytest.mark.parametrize("turn", [0, 5, 9])
async def test_what_is_typed_calls_nobody_wherever_it_is_shown(tale: Story, turn: int) -> None:
    """Each field gets another text of the corpus; three turns put the worst of them into every field."""
    texts = cycle(text.format(dina=tale.id("dina")) for text in CORPUS[turn:] + CORPUS[:turn])

    def typed(most: int = 3000, *, one_line: bool = False) -> str:
        text = next(texts)
        return (" ".join(text.split()) if one_line else text)[:most]

    facts = {name: typed(1000) for name in ("happened", "tried", "affected", "needed")}
    lines = {name: typed(150, one_line=True) for name in ("title", "reference", "since")}
    await tale.raises("ann", requester=tale.id("rita"), **facts, **lines)
    await tale.clicks("maya", ids.DECLINE)
    await tale.submits("maya", {"reason": typed(500)})
    await tale.clicks("omar", ids.ACK)
    await tale.clicks("omar", ids.DETAILS)
    await tale.clicks("omar", ids.UPDATE, tale.card())
    await tale.submits("omar", {"text": typed()})
    await tale.types("ann", "show ISS-1")
    await tale.types("ann", "list")
    await tale.sandbox.open_home("ann")
    await tale.clicks("omar", ids.RESOLVE, tale.card())
    await tale.submits("omar", {"done": typed()})
    await tale.clicks("rita", ids.DISPUTE)
    await tale.submits("rita", {"why": typed()})
    assert (await tale.issue()).opening == 2
    assert called(tale, "dina") == [], "nobody asked dina"


async def test_what_is_typed_behind_the_command_calls_nobody(tale: Story) -> None:
    for text in CORPUS:
        answer = await tale.types("ann", text.format(dina=tale.id("dina")))
        assert answer.ok, text
    modal = tale.sandbox.modal("ann")
    assert modal is not None
    assert modal.callback_id == ids.FORM_RAISE
    assert called(tale, "dina") == []


async def test_an_empty_title_is_told_at_its_field_and_nothing_is_lost(tale: Story) -> None:
    payload = await raw_form(tale, title="   ")
    answer = await tale.sandbox.raw_action(payload)
    assert answer.body is not None
    assert set(answer.body["errors"]) == {"title"}
    assert await tale.newest() == 1, "only the one that was filled in"


async def test_a_form_without_any_answer_names_every_field(tale: Story) -> None:
    payload = await raw_form(tale)
    payload["view"]["state"]["values"] = {}
    answer = await tale.sandbox.raw_action(payload)
    assert answer.body is not None
    assert set(answer.body["errors"]) == {"title", "happened", "type", "impact", "urgency"}


async def test_choices_that_were_never_offered_are_refused_at_their_field(tale: Story) -> None:
    payload = await raw_form(tale)
    for name in ("type", "impact", "urgency"):
        payload["view"]["state"]["values"][name][name]["selected_option"]["value"] = "<!channel>"
    answer = await tale.sandbox.raw_action(payload)
    assert answer.body is not None
    assert set(answer.body["errors"]) == {"type", "impact", "urgency"}


@pytest.mark.parametrize(
    "text",
    [
        "y" * 10_000,
        "😀" * 10_000,
        "NUL \x00 here",
        "lone \ud83d surrogate",
        "\udc00\udfff",
        "\x07\x1b[31m bell",
    ],
    ids=["10,000 letters", "10,000 emoji", "NUL", "half an emoji", "low surrogates", "controls"],
)
async def test_texts_no_client_would_send_are_stored_readable(tale: Story, text: str) -> None:
    payload = await raw_form(tale, title="t" + text, happened="h" + text)
    answer = await tale.sandbox.raw_action(payload)
    assert answer.ok
    await tale.settle()
    issue = await tale.issue(2)
    assert issue.facts.title.startswith("t")
    assert len(issue.facts.title) <= 150
    assert len(issue.facts.happened) <= 3000
    assert "\x00" not in issue.facts.title + issue.facts.happened
    assert any("ISS-2" in one for one in tale.dm("maya"))
