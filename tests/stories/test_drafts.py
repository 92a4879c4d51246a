"""Nothing typed is ever lost: what was submitted and is no issue yet waits for its writer."""

import pytest

from bot.adapters.slack import ids
from bot.domain import flood
from bot.sandbox.faults import Fault
from bot.sandbox.model import View
from bot.usecases.drafts import KEPT
from bot.usecases.rows import IssueFilter
from tests.story import FORM, Story

LIKE = {**FORM, "title": "Answers are late again", "tried": "Called twice"}


def form(tale: Story, who: str = "ann") -> View:
    """What this person has open."""
    modal = tale.sandbox.modal(who)
    assert modal is not None
    return modal


async def abandons_a_page(tale: Story, who: str = "rita") -> None:
    """Sees what there is to say, and closes the window."""
    await tale.raises("ann", title="Answers are late")
    await tale.types(who, "raise")
    await tale.submits(who, LIKE)
    assert form(tale, who).title_text == "Before it is raised"
    await tale.sandbox.close_modal(who)


async def presses(tale: Story, action: str, who: str = "rita") -> None:
    answer = await tale.sandbox.click(who, form(tale, who), action)
    assert answer.acked, answer.error


async def test_an_abandoned_page_is_offered_and_gone_on_with(tale: Story) -> None:
    await abandons_a_page(tale)
    await tale.types("rita", "")
    assert "it was not raised: Answers are late again" in form(tale, "rita").plain
    await presses(tale, ids.DRAFT_GO_ON)
    assert {name: form(tale, "rita").values()[name] for name in LIKE} == LIKE
    await tale.submits("rita", {"title": "Nobody answers at the till"})
    assert tale.sandbox.modal("rita") is None, "both windows are gone"
    assert (await tale.issue(2)).facts.tried == "Called twice"
    await tale.types("rita", "")
    assert "it was not raised" not in form(tale, "rita").plain, "it is an issue now"


async def test_a_draft_survives_a_restart(tale: Story) -> None:
    await abandons_a_page(tale)
    await tale.restart()
    await tale.types("rita", "")
    await presses(tale, ids.DRAFT_GO_ON)
    assert form(tale, "rita").values()["title"] == "Answers are late again"


async def test_a_draft_is_forgotten_when_its_writer_says_so(tale: Story) -> None:
    await abandons_a_page(tale)
    await tale.types("rita", "Something else is wrong")
    await presses(tale, ids.DRAFT_FORGET)
    assert "it was not raised" not in form(tale, "rita").plain
    assert form(tale, "rita").values()["title"] == "Something else is wrong"
    await tale.sandbox.close_modal("rita")
    await tale.types("rita", "")
    assert "it was not raised" not in form(tale, "rita").plain


async def test_a_draft_is_nobody_elses_and_not_offered_after_a_week(tale: Story) -> None:
    await abandons_a_page(tale)
    await tale.types("maya", "")
    assert "it was not raised" not in form(tale, "maya").plain
    tale.clock.advance(seconds=KEPT.total_seconds())
    await tale.types("rita", "")
    assert "it was not raised" not in form(tale, "rita").plain


async def test_what_is_typed_beside_the_offer_wins_over_the_draft(tale: Story) -> None:
    await abandons_a_page(tale)
    await tale.types("rita", "The till is down too")
    await presses(tale, ids.DRAFT_GO_ON)
    held = form(tale, "rita").values()
    assert (held["title"], held["tried"]) == ("The till is down too", "Called twice")


async def test_another_issue_leaves_the_draft_alone(tale: Story) -> None:
    await abandons_a_page(tale)
    await tale.raises("rita", title="A lamp is broken")
    await tale.types("rita", "")
    assert "it was not raised: Answers are late again" in form(tale, "rita").plain


async def test_a_draft_gone_on_with_and_refused_again_is_still_there(tale: Story) -> None:
    await abandons_a_page(tale)
    await tale.types("rita", "")
    await presses(tale, ids.DRAFT_GO_ON)
    await tale.submits("rita", {"title": "🔥"})
    assert "in words" in tale.errors("rita")["title"]
    await tale.sandbox.close_modal("rita", everything=True)
    await tale.types("rita", "")
    await presses(tale, ids.DRAFT_GO_ON)
    assert form(tale, "rita").values()["title"] == "🔥"


async def test_a_button_of_a_draft_that_is_gone_says_so(tale: Story) -> None:
    await abandons_a_page(tale)
    await tale.types("rita", "")
    old = form(tale, "rita")
    tale.sandbox.faults.add("views.update", Fault.error("not_found"))
    await tale.settle()
    told = len(tale.dm("rita"))
    await presses(tale, ids.DRAFT_FORGET)
    await tale.settle()
    assert len(tale.dm("rita")) == told, "it was closed meanwhile, and is forgotten all the same"
    answer = await tale.sandbox.interactions.raw(
        next(
            one
            for one in tale.sandbox.interactions.sent[tale.id("rita")][::-1]
            if one.get("type") == "block_actions"
        )
        | {"actions": [{"type": "button", "action_id": ids.DRAFT_GO_ON, "block_id": "x", "action_ts": "1.1"}]}
    )
    await tale.settle()
    assert answer.acked
    assert old.id == form(tale, "rita").id
    assert "There is no draft any more" in tale.dm("rita")[-1]


@pytest.fixture
async def flooded(tale: Story) -> Story:
    """Ann raised as much as anybody may."""
    for number in range(flood.PER_PERSON.most):
        await tale.raises("ann", title=f"{number} burst")
    return tale


async def test_too_many_in_a_short_time_are_refused_and_the_text_is_kept(flooded: Story) -> None:
    tale = flooded
    await tale.types("ann", "")
    await tale.submits("ann", {**FORM, "title": "One more thing"})
    said = tale.errors("ann") or {"": form(tale).plain}
    assert "You raised 20 issues in the last 10 min. Please raise this one in 10 min" in next(
        iter(said.values())
    )
    await tale.sandbox.close_modal("ann")
    every = IssueFilter(limit=100)
    found = await tale.core.services.transactions.read(lambda store: store.issues.find(tale.workspace, every))
    assert len(found) == flood.PER_PERSON.most
    assert (await tale.raises("maya", title="Mayas own")).number == 21, "others go on"
    tale.clock.advance(minutes=10)
    await tale.types("ann", "")
    await tale.sandbox.click("ann", form(tale), ids.DRAFT_GO_ON)
    await tale.submits("ann", {})
    assert (await tale.issue(22)).facts.title == "One more thing"
