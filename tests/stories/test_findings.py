"""Before an issue is stored: everything there is to say is said once, on one page, and nothing typed is lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from bot.adapters.slack import ids
from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.sandbox.errors import ModalRefused
from bot.sandbox.model import View
from bot.usecases.rows import IssueFilter
from tests.story import FORM, Story, story

MATRIX = """
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#escalations"
  escalation_manager: "@dina"
calendars:
  office: {hours: {mon-fri: "09:00-17:00"}}
services:
  billing: {title: Billing, scope: "Covered: invoices, refunds. Not covered: tax advice."}
clients:
  acme: {title: Acme Ltd}
types:
  response-time:
    title: Slow response
    category: customer
    raise_when: The promised answer time has passed or will pass before anyone can answer.
    not_for: New requests.
    requires: [reference, promised_by]
    first_try: "Check the queue first. You may credit up to 50 GBP yourself."
  outage: {title: Something is down, category: operational}
priorities:
  P1: {title: Critical}
  P3: {title: Normal}
priority_matrix:
  high: {high: P1, low: P3}
  low: {high: P3, low: P3}
promises:
  - {match: {client: acme, type: response-time}, answer: 4h, calendar: office}
paths:
  - name: Customer care
    levels:
      - {name: Team lead, contacts: ["@maya"], acknowledge_within: 15m}
      - {name: Operations, contacts: ["@omar"], acknowledge_within: 30m}
"""
SLOW = {
    "title": "Answers are late at Acme",
    "happened": "Three customers wait since the morning.",
    "type": "response-time",
    "impact": "high",
    "urgency": "low",
    "reference": "T-1",
}
OUTAGE = {"type": "outage", "title": "Checkout is down for Acme", "urgency": "high"}


def page(tale: Story, who: str = "ann") -> View:
    """What this person has open."""
    modal = tale.sandbox.modal(who)
    assert modal is not None
    return modal


def epoch(at: datetime) -> int:
    return int(at.timestamp())


async def opens(tale: Story, who: str = "ann", text: str = "raise", where: str = "#issues") -> View:
    answer = await tale.types(who, text, where)
    assert answer.acked, answer.error
    return page(tale, who)


async def happened(tale: Story, kind: EventKind, number: int = 1) -> Mapping[str, str | int]:
    """What the timeline keeps about the first event of this kind."""
    ref = IssueRef(tale.workspace, number)
    events = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    return next(one.data for one in events if one.kind is kind)


async def stored(tale: Story) -> int:
    """How many issues there are."""
    return await tale.core.services.transactions.read(
        lambda store: store.issues.count(tale.workspace, IssueFilter())
    )


async def chooses(tale: Story, name: str, value: str, who: str = "ann") -> View:
    """Choose something in the form, which Rung hears of at once."""
    answer = await tale.sandbox.click(who, page(tale, who), name, value)
    assert answer.acked, answer.error
    return page(tale, who)


async def test_nothing_to_say_means_stored_at_once(tale: Story) -> None:
    await opens(tale)
    await tale.submits("ann", FORM)
    assert tale.sandbox.modal("ann") is None
    assert (await tale.issue(1)).facts.title == FORM["title"]


async def test_what_the_matrix_says_is_told_in_the_form_as_soon_as_the_type_is_chosen(
    database_url: str,
) -> None:
    async with story(database_url, MATRIX) as tale:
        form = await opens(tale, text="Answers are late at Acme")
        assert "New requests" not in form.plain
        told = (await chooses(tale, ids.FIELD_TYPE, "response-time")).plain
        assert "*Raise it when*: The promised answer time has passed" in told
        assert "*Not for*: New requests." in told
        assert "*Try first*: Check the queue first. You may credit up to 50 GBP yourself." in told
        assert "Slow response needs those that are not marked as optional." in told
        assert page(tale).values()["title"] == "Answers are late at Acme"
        told = (await chooses(tale, ids.FIELD_SERVICE, "billing")).plain
        assert "*Billing*: Covered: invoices, refunds. Not covered: tax advice." in told
        await tale.submits("ann", {**SLOW, "promised_by": epoch(tale.now() - timedelta(hours=1))})
        assert tale.sandbox.modal("ann") is None, "the form had told it: nobody is asked twice"
        assert (await tale.issue(1)).facts.promised_by == tale.now() - timedelta(hours=1)


async def test_what_the_form_could_not_tell_is_said_on_the_page_and_nothing_typed_is_lost(
    database_url: str,
) -> None:
    async with story(database_url, MATRIX) as tale:
        await opens(tale)
        typed = {**SLOW, "promised_by": epoch(tale.now() - timedelta(hours=1)), "tried": "Called twice"}
        await tale.submits("ann", typed)
        said = page(tale)
        assert said.title_text == "Before it is raised"
        assert "Not for: New requests." in said.plain
        assert "1. Team lead: @maya from" in said.plain.replace(f"<@{tale.id('maya')}>", "@maya")
        assert "2. Operations" in said.plain
        assert {name: value for name, value in said.values().items() if name in typed} == typed
        assert await stored(tale) == 0
        await tale.submits("ann", {})
        assert tale.sandbox.modal("ann") is None
        assert (await tale.issue(1)).facts.tried == "Called twice"


async def test_inside_the_promise_it_takes_a_reason_which_is_counted(database_url: str) -> None:
    async with story(database_url, MATRIX) as tale:
        due = tale.now() + timedelta(hours=2, minutes=10)
        await opens(tale)
        await chooses(tale, ids.FIELD_TYPE, "response-time")
        await tale.submits("ann", {**SLOW, "client": "acme", "promised_by": epoch(due)})
        said = page(tale).plain
        assert "An answer is due" in said
        assert "2 h 10 min of office time left." in said
        assert "Acme Ltd was promised one within 4 h of office time." in said
        assert "Raise anyway? Then please say why." in said
        with pytest.raises(ModalRefused, match="required"):
            await tale.submits("ann", {})
        await tale.submits("ann", {ids.FIELD_RAISED_BECAUSE: "  \t "})
        assert tale.errors("ann") == {
            "raised_because": "Please say why it is raised while the promised time is still running."
        }
        await tale.submits("ann", {ids.FIELD_RAISED_BECAUSE: "Nobody is on duty until tomorrow"})
        assert tale.sandbox.modal("ann") is None
        assert (await tale.issue(1)).facts.raised_because == "Nobody is on duty until tomorrow"
        raised = await happened(tale, EventKind.RAISED)
        assert (raised["findings"], raised["because"]) == ("promise who", "Nobody is on duty until tomorrow")


async def test_seen_before_can_be_joined_instead(tale: Story) -> None:
    await tale.raises("ann", title="Checkout fails for Acme")
    await opens(tale, "rita")
    await tale.submits("rita", {**FORM, "title": "Acme: checkout fails again"})
    assert "ISS-1 · Checkout fails for Acme: open." in page(tale, "rita").plain
    answer = await tale.sandbox.click("rita", page(tale, "rita"), ids.JOIN_INSTEAD)
    assert answer.acked, answer.error
    await tale.settle()
    assert "ISS-1" in tale.notice("rita")
    assert await stored(tale) == 1
    assert (await tale.issue(1)).company.further == (tale.id("rita"),)
    await tale.sandbox.close_modal("rita")
    assert "Go on with your draft" not in (await opens(tale, "rita")).plain, "nothing is left to raise"


async def test_who_it_would_have_been_for_joins_and_is_told(tale: Story) -> None:
    await tale.raises("ann", title="Checkout fails for Acme")
    await opens(tale, "maya")
    await tale.submits("maya", {**FORM, "title": "Acme: checkout fails", "requester": tale.id("rita")})
    await tale.sandbox.click("maya", page(tale, "maya"), ids.JOIN_INSTEAD)
    await tale.settle()
    assert "is told about every step of ISS-1 now" in tale.notice("maya")
    assert (await tale.issue(1)).company.further == (tale.id("rita"),)
    assert "every step of ISS-1" in tale.dm("rita")[-1]


async def test_seen_before_and_raised_all_the_same(tale: Story) -> None:
    await tale.raises("ann", title="Checkout fails for Acme")
    await opens(tale, "rita")
    await tale.submits("rita", {**FORM, "title": "Checkout fails for Acme"})
    await tale.submits("rita", {"title": "Checkout fails for Acme, and at the till too"})
    assert tale.sandbox.modal("rita") is None
    assert (await tale.issue(2)).facts.title == "Checkout fails for Acme, and at the till too"


async def test_the_third_of_a_kind_within_a_week_is_said_beside(database_url: str) -> None:
    async with story(database_url, MATRIX) as tale:
        for title in ("Invoices are wrong", "No letters leave the house"):
            await tale.raises("ann", **{**OUTAGE, "title": title, "service": "billing"})
            tale.clock.advance(timedelta(days=2))
        await opens(tale)
        await tale.submits("ann", {**FORM, **OUTAGE, "title": "Wrong invoices", "service": "billing"})
        said = page(tale).plain
        assert 'This is the third "Something is down" within a week for Billing.' in said
        assert "ISS-1 · Invoices are wrong: unanswered." in said


async def test_the_same_submission_delivered_again_is_one_issue_and_no_page(tale: Story) -> None:
    await opens(tale)
    await tale.submits("ann", FORM)
    (sent,) = [
        one for one in tale.sandbox.interactions.sent[tale.id("ann")] if one.get("type") == "view_submission"
    ]
    again = await tale.sandbox.interactions.raw(sent)
    assert (again.acked, again.body) == (True, None) or not again.body
    assert await stored(tale) == 1


async def test_both_submissions_of_the_page_delivered_again_are_one_issue(database_url: str) -> None:
    async with story(database_url, MATRIX) as tale:
        await opens(tale)
        await tale.submits("ann", {**SLOW, "promised_by": epoch(tale.now() - timedelta(hours=1))})
        await tale.submits("ann", {})
        sent = tale.sandbox.interactions.sent[tale.id("ann")]
        for one in [one for one in sent if one.get("type") == "view_submission"]:
            assert (await tale.sandbox.interactions.raw(one)).acked
        assert await stored(tale) == 1
