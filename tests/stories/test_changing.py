"""What an issue is about turns out to be something else: type, service and priority change while it is in work."""

import copy
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.domain.events import Event, EventKind
from bot.domain.ids import IssueRef
from bot.domain.lifecycle import State
from bot.sandbox.answer import Answer
from bot.sandbox.faults import Fault
from bot.sandbox.model import Message
from bot.sandbox.readable import interactive
from tests.reliability.watch import strange_calls
from tests.story import MATRIX, Story, ids, story

SERVICES = """services:
  billing: {title: Billing}
  shop: {title: Web shop}
targets:
  - {match: {priority: P1}, respond: 10m, resolve: 1h, calendar: always}
  - {match: {}, respond: 30m, resolve: 8h, calendar: always}
paths:
"""

WHO_MAY = "Only somebody who was asked, somebody of its path, the owner,"


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """With services, and with promises by priority."""
    async with story(database_url, MATRIX.replace("paths:\n", SERVICES)) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


async def changes(tale: Story) -> Sequence[Event]:
    """How often it was changed, and how."""
    ref = IssueRef(tale.workspace, 1)
    events = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    return [event for event in events if event.kind is EventKind.CHANGED]


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


def fields(tale: Story, who: str) -> list[str]:
    """What the open form asks for."""
    modal = tale.sandbox.modal(who)
    assert modal is not None, whispers(tale, who)
    return list(modal.values())


async def chooses(tale: Story, who: str, word: str, where: Message) -> Answer:
    """Open the three dots and choose; what is not there is behind More."""
    (dots,) = [one for _, one in interactive(where.blocks) if one["action_id"] == ids.MORE]
    values = {one["value"].partition("|")[0]: one["value"] for one in dots["options"]}
    answer = await tale.sandbox.click(who, where, ids.MORE, values.get(word, values["more"]))
    if word not in values:
        more = tale.sandbox.modal(who)
        assert more is not None
        (value,) = [
            one["value"] for _, one in interactive(more.blocks) if one["value"].startswith(f"{word}|")
        ]
        answer = await tale.sandbox.click(who, more, ids.MORE_VERB, value)
    await tale.settle()
    return answer


async def test_who_raised_it_makes_it_more_urgent_while_nobody_has_it(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    assert "High (P2)" in tale.card().plain
    await tale.types("ann", "priority ISS-1 p1")
    assert fields(tale, "ann") == ["impact", "urgency", "priority", "reason"]
    await tale.submits("ann")
    assert tale.errors("ann") == {
        "reason": "Impact and urgency make it High. Please say why it should be Critical."
    }
    await tale.submits("ann", {"reason": "All of them are leaving."})
    assert tale.sandbox.modal("ann") is None

    issue = await tale.issue()
    assert (issue.route.top_priority, issue.facts.priority, issue.position.level) == (True, "P1", 1)
    assert "Critical (P1), set by hand" in tale.card().plain
    assert "All of them are leaving." in tale.card().plain
    ping = tale.newest_with("maya", ids.ACK)
    assert "Critical (P1), set by hand" in ping.plain, "the ping is drawn anew"
    assert len(tale.dm("maya")) == 1, "nobody is pinged again"
    ann = f"<@{tale.id('ann')}>"
    assert f"{ann} changed the priority to Critical. This means: the answer is due" in tale.log()[-1]
    assert tale.dm("rita")[-1].startswith(f"ISS-1: {ann} changed the priority to Critical.")
    assert "leaving" not in tale.dm("rita")[-1]

    await tale.advance(minutes=10)
    assert "later than promised" in tale.dm("rita")[-1], "ten minutes from the raise are over"


async def test_the_form_asks_for_no_more_than_its_reader_may_change(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("ann", "change ISS-1")
    assert fields(tale, "ann") == ["impact", "urgency", "priority", "reason"]


async def test_a_priority_is_named_by_key_or_title(tale: Story) -> None:
    await tale.raises("ann")
    for words in ("P3", "NORMAL"):
        await tale.types("ann", f"prio iss-1 {words}")
        modal = tale.sandbox.modal("ann")
        assert modal is not None
        assert modal.values()["priority"] == "P3"
        await tale.sandbox.close_modal("ann")


async def test_another_type_asks_the_first_level_of_its_path_at_once(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.advance(minutes=3)
    old = tale.newest_with("maya", ids.ACK)
    await chooses(tale, "maya", "change", tale.card())
    assert fields(tale, "maya") == ["type", "service", "impact", "urgency", "priority", "reason"]
    await tale.submits("maya", {"type": "outage", "reason": "The line is dead."})

    issue = await tale.issue()
    assert (issue.state, issue.route.path.name, issue.level.name) == (
        State.OPEN,
        "Everything else",
        "Duty manager",
    )
    assert "ISS-1 needs your answer" in tale.newest_with("omar", ids.ACK).plain
    assert "Duty manager is asked now; you may take it all the same." in tale.dm("maya")[0]
    assert f"<@{tale.id('omar')}> was asked" in tale.card().plain
    assert "Something is down" in tale.card().plain
    changed = f"ISS-1: <@{tale.id('maya')}> changed the type to Something is down."
    assert tale.dm("rita")[-2].startswith(changed)
    assert "Duty manager is asked now and answers by" in tale.dm("rita")[-1]

    pinged = len(tale.dm("maya"))
    await tale.advance(minutes=16)
    assert len(tale.dm("maya")) == pinged, "the old path's reminders are over"
    assert not any(ids.ACK in one.actions for one in tale.sandbox.messages("#ops-desk"))
    await tale.clicks("maya", ids.ACK, old)
    assert (await tale.issue()).owner == tale.id("maya"), "an old ping still takes it"


async def test_whoever_has_it_keeps_it_and_is_asked_when_nothing_is_more_urgent(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await chooses(tale, "dina", "change", tale.card())
    await tale.submits("dina", {"type": "outage", "urgency": "high"})

    issue = await tale.issue()
    assert (issue.state, issue.owner) == (State.ACKNOWLEDGED, tale.id("maya"))
    assert (issue.route.path.name, issue.route.priority.key, issue.facts.priority) == (
        "Everything else",
        "P1",
        "",
    )
    assert "Nothing is more urgent now. Do you keep it?" in tale.dm("maya")[-1]
    assert not any(ids.ACK in one.actions for one in tale.sandbox.dm("omar"))


async def test_who_has_it_changes_it_from_their_own_message(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await chooses(tale, "maya", "priority", tale.newest_with("maya", ids.RESOLVE))
    await tale.submits("maya", {"urgency": "high"})
    assert (await tale.issue()).route.top_priority
    assert "Nothing is more urgent" not in tale.dm("maya")[-1], "nobody is told what they did"


async def test_a_stranger_reads_who_may_before_any_form(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("rita", "change ISS-1")
    assert whispers(tale, "rita")[-1].startswith(WHO_MAY)
    await chooses(tale, "rita", "priority", tale.card())
    assert tale.sandbox.modal("rita") is None
    assert whispers(tale, "rita")[-1].startswith(WHO_MAY)
    await tale.types("rita", "priority ISS-1 P1")
    assert whispers(tale, "rita")[-1].startswith(WHO_MAY)
    assert await changes(tale) == []


async def test_who_raised_it_is_told_who_may_once_somebody_has_it(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("ann", "priority ISS-1")
    await tale.clicks("maya", ids.ACK)
    await tale.submits("ann", {"urgency": "high", "reason": "They call every minute."})
    assert f"<@{tale.id('maya')}> has ISS-1 by now, so only" in tale.notice("ann")
    assert "They call every minute." in tale.notice("ann"), "what was typed is not lost"
    await tale.types("ann", "change ISS-1")
    assert f"<@{tale.id('maya')}> has ISS-1 by now" in whispers(tale, "ann")[-1]


async def test_the_same_submission_twice_is_one_change(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("maya", "change ISS-1")
    tale.sandbox.faults.add("socket", Fault.duplicate_envelope())
    assert (await tale.submits("maya", {"service": "billing"})).ok
    assert len(await changes(tale)) == 1
    payload = tale.sandbox.last_payload("maya")
    assert (await tale.sandbox.replay(payload)).ok
    await tale.settle()
    assert len(await changes(tale)) == 1


async def test_an_unknown_service_is_said_at_its_field(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("maya", "change ISS-1")
    await tale.submits("maya", {"service": "shop", "reason": "."})
    spoilt = copy.deepcopy(tale.sandbox.last_payload("maya"))
    spoilt["view"]["id"] = "V_SPOILT"
    spoilt["view"]["state"]["values"]["service"]["service"]["selected_option"]["value"] = "laundry"
    answer = await tale.sandbox.raw_action(spoilt)
    assert answer.body == {
        "response_action": "errors",
        "errors": {"service": 'The matrix has no service "laundry". Choose one of: billing, shop.'},
    }
    assert (await tale.issue()).facts.service == "shop"


async def test_two_forms_at_once_each_change_what_was_changed_in_them(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("maya", "change ISS-1")
    await tale.types("dina", "change ISS-1")
    await tale.submits("dina", {"service": "shop"})
    await tale.submits("maya", {"urgency": "high"})
    facts = (await tale.issue()).facts
    assert (facts.service, facts.urgency) == ("shop", "high")
    assert "Web shop" in tale.card().plain
    await tale.types("maya", "change ISS-1")
    await tale.submits("maya", {"service": "rung:none"})
    assert (await tale.issue()).facts.service == ""


async def test_nothing_different_is_said_in_the_form(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("maya", "change ISS-1")
    await tale.submits("maya", {"reason": "Just so."})
    assert list(tale.errors("maya").values()) == ["ISS-1 is just like that already, so nothing changes."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("change", "Which issue? For example /issue change ISS-1."),
        ("priority soon", "Which issue? For example /issue priority ISS-1 P1."),
        ("priority ISS-1 Critcal", "There is no priority “Critcal”. Use one of: P1, P2, P3."),
        ("change ISS-77", "There is no ISS-77 here. The Home tab of Rung shows the open ones."),
    ],
)
async def test_what_cannot_be_meant_is_answered_with_what_can(tale: Story, text: str, said: str) -> None:
    await tale.raises("ann")
    await tale.types("maya", text)
    assert whispers(tale, "maya")[-1] == said
    assert tale.sandbox.modal("maya") is None


async def test_a_menu_of_another_time_is_answered_and_never_an_error(tale: Story) -> None:
    await tale.raises("ann")
    await chooses(tale, "maya", "priority", tale.card())
    genuine = tale.sandbox.last_payload("maya")
    for number, value in enumerate(("", "|", "gone|v1|1|1|1|0", "change|", "change|v1|9|1|1|0", "z" * 9000)):
        spoilt = copy.deepcopy(genuine)
        spoilt["actions"][0] |= {
            "selected_option": {"value": value},
            "action_ts": f"1999999999.{number:06d}",
        }
        answer = await tale.sandbox.raw_action(spoilt)
        assert answer.acked, value
        assert answer.error is None, (answer.error, value)
    await tale.settle()
    assert len(whispers(tale, "maya")) == 6


async def test_what_is_over_offers_no_menu(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    old = tale.card()
    await tale.clicks("maya", ids.RESOLVE, old)
    await tale.submits("maya", {"done": "Restarted."})
    assert ids.MORE not in tale.card().actions
    await chooses(tale, "maya", "priority", old)
    assert whispers(tale, "maya")[-1].startswith("ISS-1 is resolved, so there is nothing to change.")


async def test_what_was_offered_before_it_was_over_says_so(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await chooses(tale, "maya", "more", tale.card())
    more = tale.sandbox.modal("maya")
    assert more is not None
    await tale.types("maya", "resolve ISS-1 Restarted.")
    (change,) = [one["value"] for _, one in interactive(more.blocks) if one["value"].startswith("change|")]
    await tale.sandbox.click("maya", more, ids.MORE_VERB, change)
    await tale.settle()
    assert "ISS-1 is resolved, so there is nothing to change." in tale.notice("maya")
