"""Escalating by hand in one's own words: to a team, past a level, and what the escalation manager says to that."""

import copy
from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack.blocks.escalate_forms import value
from bot.domain.destinations import Destination
from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.domain.issue import Stage
from bot.domain.lifecycle import State
from bot.sandbox.model import Message
from tests.reliability.watch import strange_calls
from tests.story import Story, ids, story

LADDER = """
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#escalations"
  escalation_manager: "@dina"
  nag_every: 10m
types:
  response-time: {title: Slow answer, category: customer}
  ledger: {title: The ledger, category: operational}
priorities:
  P1: {title: Critical}
  P2: {title: High}
priority_matrix:
  high: {high: P1, low: P2}
  low: {high: P2, low: P2}
paths:
  - name: Billing team
    match: {category: operational}
    functional: yes
    levels:
      - {name: Bookkeepers, contacts: ["@omar"], acknowledge_within: 20m}
  - name: Customer care
    levels:
      - {name: Team lead, contacts: ["@maya"], acknowledge_within: 15m}
      - {name: Operations, contacts: ["#ops-desk"], acknowledge_within: 30m}
      - {name: Director, contacts: ["@rita"], acknowledge_within: 1h}
"""
URGENT = {"impact": "high", "urgency": "high"}


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Three levels, and a team of bookkeepers beside them."""
    async with story(database_url, LADDER) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


def whispered(tale: Story, who: str) -> str:
    """What only this person was shown last."""
    return tale.sandbox.ephemerals(who)[-1].plain


def with_button(tale: Story, who: str, action: str) -> list[Message]:
    """Their messages that have this button now."""
    return [one for one in tale.sandbox.dm(who) if action in one.actions]


async def kinds(tale: Story) -> list[EventKind]:
    """What happened, in order."""
    ref = IssueRef(tale.workspace, 1)
    events = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    return [event.kind for event in events]


async def chooses(tale: Story, who: str, to: str, reason: str = "") -> None:
    """In the form behind Escalate."""
    await tale.clicks(who, ids.ESCALATE, tale.card())
    await tale.submits(who, {"to": to, **({"reason": reason} if reason else {})})


# --- to a team --------------------------------------------------------------------------------------------------------


async def test_the_form_says_who_is_asked_until_when_and_offers_everybody(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("ann", ids.ESCALATE, tale.card())
    said = tale.notice("ann")
    assert "Team lead is asked now and answers by" in said
    assert "Operations is asked next, unless you choose somebody else." in said
    modal = tale.sandbox.modal("ann")
    for choice in ("Operations", "Billing team", "Jump to level: Director"):
        assert choice in str(modal), choice


async def test_it_is_sent_to_a_team_and_back(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await chooses(tale, "maya", value(Destination("Billing team", team="Billing team")))
    assert "Please say why" in tale.errors("maya")["reason"]
    await tale.submits("maya", {"reason": "The ledger is wrong."})
    issue = await tale.issue()
    assert (issue.route.path.name, issue.owner, issue.state) == (
        "Billing team",
        tale.id("maya"),
        State.ACKNOWLEDGED,
    )
    assert "needs your answer" in tale.dm("omar")[-1]
    await tale.types("ann", "why ISS-1")
    assert "because somebody sent it to that team" in whispered(tale, "ann")
    assert any("sent it to Billing team: The ledger is wrong." in line for line in tale.log())
    assert "Bookkeepers is asked" in tale.dm("ann")[-1]

    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue()).owner == tale.id("omar")
    assert "has taken ISS-1 over from you" in tale.dm("maya")[-1]
    await tale.types("omar", "escalate ISS-1 to customer-care It is not the ledger.")
    issue = await tale.issue()
    assert (issue.route.path.name, issue.position.level, issue.owner) == ("Customer care", 1, tale.id("omar"))
    assert "needs your answer" in tale.newest_with("maya", ids.ACK).plain


async def test_a_team_that_is_not_there_is_a_sentence(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("maya", "escalate ISS-1 to wizards please")
    assert whispered(tale, "maya") == (
        "There is no level or team “wizards please”. For ISS-1 you can name: Operations, Billing team, Director. "
        "You typed: escalate ISS-1 to wizards please"
    )
    assert (await tale.issue()).position.level == 1


# --- past a level -----------------------------------------------------------------------------------------------------


async def test_first_who_is_next_and_until_when_and_then_one_asks_them(tale: Story) -> None:
    await tale.raises("ann")
    await chooses(tale, "maya", "level:3")
    said = tale.notice("maya")
    assert "Team lead is asked now and answers by" in said
    assert "Operations is asked next." in said
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    await tale.sandbox.click("maya", modal, ids.ASK_NEXT)
    await tale.settle()
    assert (await tale.issue()).position.level == 2
    assert "Operations is asked now" in tale.notice("maya")


async def test_a_contact_goes_past_the_next_level_with_a_reason(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("maya", "escalate ISS-1 to Director Operations is at a funeral")
    await tale.submits("maya")
    issue = await tale.issue()
    assert (issue.position.level, issue.position.stage) == (3, Stage.LEVEL)
    assert "needs your answer" in tale.dm("rita")[-1]
    assert "Why it comes straight to you: Operations is at a funeral" in tale.dm("rita")[-1]
    assert "Director is asked now and answers by" in tale.dm("ann")[-1]
    assert any("went straight to Director, without Operations: Operations is at" in one for one in tale.log())
    assert "went straight to Director with ISS-1, without Operations." in tale.dm("dina")[-1]
    assert EventKind.BYPASSED in await kinds(tale)


async def wishes(tale: Story, who: str = "ann") -> None:
    """For the director, through the form."""
    await chooses(tale, who, "level:3", "Nobody ever answers there.")
    await tale.submits(who, {"reason": "Nobody ever answers there."})


async def test_the_raisers_wish_asks_the_manager_and_yes_asks_the_director(tale: Story) -> None:
    await tale.raises("omar", requester=tale.id("ann"))
    await wishes(tale, "omar")
    assert "The escalation manager is asked; you are told what they say." in tale.notice("omar")
    issue = await tale.issue()
    assert issue.position.level == 1, "the ladder goes on meanwhile"
    question = asked_of_dina(tale)
    assert "would like to go straight to Director with ISS-1. May they?" in question.plain
    assert "Nobody ever answers there." in question.plain

    await tale.types("ann", "bypass ISS-1 Director I want it too")
    await tale.submits("ann")
    assert "and the escalation manager decides." in tale.notice("ann"), "a second wish while one waits"

    await tale.clicks("dina", ids.ALLOW, question)
    assert (await tale.issue()).position.level == 3
    assert with_button(tale, "dina", ids.ALLOW) == []
    assert "agrees: Director is asked about ISS-1 now." in tale.dm("omar")[-1]
    assert "Director is asked now and answers by" in tale.dm("ann")[-1]
    healed = next(one for one in tale.sandbox.dm("dina") if one.ts == question.ts)
    assert "allowed it: Director is asked." in healed.plain


async def test_no_is_said_kindly_with_who_is_asked_until_when(tale: Story) -> None:
    await tale.raises("ann")
    await wishes(tale)
    await tale.clicks("dina", ids.LEAVE)
    assert (await tale.issue()).position.level == 1
    assert "thanks you for pointing it out. Team lead is asked now and answers by" in tale.dm("ann")[-1]
    assert with_button(tale, "dina", ids.LEAVE) == []
    assert EventKind.BYPASS_REFUSED in await kinds(tale), "counted"


async def test_silence_means_no_and_the_question_settles_by_itself(tale: Story) -> None:
    await tale.raises("ann")
    await wishes(tale)
    question = asked_of_dina(tale)
    await tale.types("ann", "why ISS-1")
    assert "would like to go straight to Director since" in whispered(tale, "ann")
    await tale.advance(minutes=15)
    assert with_button(tale, "dina", ids.ALLOW), "the ladder has not come there yet"
    await tale.advance(minutes=30)
    assert (await tale.issue()).position.level == 3
    assert with_button(tale, "dina", ids.ALLOW) == []
    healed = next(one for one in tale.sandbox.dm("dina") if one.ts == question.ts)
    assert "The ladder has come to Director by itself." in healed.plain


async def test_when_somebody_takes_it_the_question_is_settled_and_an_old_click_says_so(tale: Story) -> None:
    await tale.raises("ann")
    await wishes(tale)
    question = copy.deepcopy(asked_of_dina(tale))
    await tale.clicks("maya", ids.ACK)
    assert with_button(tale, "dina", ids.ALLOW) == []
    await tale.clicks("dina", ids.ALLOW, question)
    assert (await tale.issue()).position.level == 1
    assert "took it. Nothing to decide any more." in whispered(tale, "dina")


def asked_of_dina(tale: Story) -> Message:
    """The question whether a level may be left out."""
    return with_button(tale, "dina", ids.ALLOW)[-1]


async def test_a_critical_issue_by_its_facts_goes_through_and_one_set_by_hand_does_not(tale: Story) -> None:
    await tale.raises("ann", **URGENT)
    await wishes(tale)
    assert (await tale.issue()).position.level == 3


async def test_somebody_who_is_nothing_to_it_may_not_answer_the_question(tale: Story) -> None:
    await tale.raises("ann")
    await wishes(tale)
    await tale.sandbox.click("dina", asked_of_dina(tale), ids.LEAVE)
    spoofed = copy.deepcopy(tale.sandbox.last_payload("dina"))
    spoofed["user"]["id"] = tale.id("maya")
    spoofed["actions"][0] |= {"action_id": ids.ALLOW, "action_ts": "1999999999.000001"}
    await tale.sandbox.raw_action(spoofed)
    await tale.settle()
    assert (await tale.issue()).position.level == 1


async def test_a_manager_who_raised_it_decides_nothing_but_may_go_through(tale: Story) -> None:
    await tale.raises("dina")
    await wishes(tale, "dina")
    assert (await tale.issue()).position.level == 3
    assert with_button(tale, "dina", ids.ALLOW) == []
