"""Putting somebody in for a time, in forms: from the schedule, from the matrix, with consent, and back again."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.adapters.slack import ids
from bot.sandbox.faults import Fault
from tests.reliability.watch import strange_calls
from tests.stories.duty import ROTA, Duty
from tests.story import Story, story

FORM = {"person": "", "begins": "now", "until": "3h", "note": ""}


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """It is Monday noon; Maya has care. Rita owns the path that asks it, Omar is on it too, Ann is not."""
    async with story(database_url, ROTA) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


@pytest.fixture
def duty(tale: Story) -> Duty:
    """The same, with `/oncall`."""
    return Duty(tale)


async def opens(tale: Story, duty: Duty, who: str) -> None:
    """Look at the schedule, and press the button below it."""
    await duty.types(who, "care")
    answer = await tale.sandbox.click(who, tale.sandbox.ephemerals(who)[-1], ids.ONCALL_PUT_IN)
    assert answer.acked, answer.error


async def opens_layer(tale: Story, who: str) -> None:
    """Show the path, and press the button that edits the schedule it asks."""
    await tale.types(who, "matrix customer care")
    shown = tale.sandbox.ephemerals(who)[-1]
    (action,) = [one for one in shown.actions if one.startswith(f"{ids.MATRIX_EDIT_SCHEDULE}:care")]
    await tale.clicks(who, action, shown)


async def presses(tale: Story, who: str, action: str) -> None:
    """Press a button of the modal on top."""
    view = tale.sandbox.modal(who)
    assert view is not None
    answer = await tale.sandbox.click(who, view, action)
    assert answer.acked, answer.error
    await tale.settle()


async def test_the_path_owner_puts_somebody_in_and_takes_it_back(tale: Story, duty: Duty) -> None:
    await opens(tale, duty, "rita")
    await tale.submits("rita", {**FORM, "person": tale.id("dina"), "note": "Maya is *ill* <!channel>"})
    assert tale.errors("rita") == {}
    plan = tale.notice("rita")
    maya, dina = f"<@{tale.id('maya')}>", f"<@{tale.id('dina')}>"
    assert plan.index("As it is") < plan.index(f"{maya} from") < plan.index("As it would be")
    assert plan.index("As it would be") < plan.rindex(f"{dina} from")
    assert f"{dina} is on call then for duty" in plan
    assert await duty.on_call() == "maya"

    await tale.submits("rita", {})
    assert f"{dina} is on call for care" in tale.notice("rita")
    assert await duty.on_call() == "dina"
    assert "put you in" in tale.dm("dina")[-1]
    assert "<!channel>" not in tale.dm("maya")[-1]
    assert tale.sandbox.dm("dina")[-1].actions == [ids.ONCALL_UNDO]

    tale.sandbox.faults.add("views.update", Fault.drop_before())
    await presses(tale, "rita", ids.ONCALL_TAKE_BACK)
    await tale.settle()
    assert "no longer taking over" in tale.dm("rita")[-1], "the way to Slack was cut: it is said in words"
    assert await duty.on_call() == "maya"


async def test_somebody_of_the_schedule_asks_first(tale: Story, duty: Duty) -> None:
    await opens(tale, duty, "omar")
    assert "A colleague is asked first" in tale.notice("omar")
    await tale.submits("omar", {**FORM, "person": tale.id("ann"), "note": "Maya is ill"})
    await tale.submits("omar", {})
    assert "Everything stays as it is until they accept" in tale.notice("omar")
    assert await duty.on_call() == "maya"
    await tale.clicks("ann", ids.SWAP_ACCEPT)
    assert await duty.on_call() == "ann"
    assert "takes over. You are off" in tale.dm("maya")[-1]
    assert "accepted and is on call for care" in tale.dm("omar")[-1]


async def test_mistakes_are_said_at_their_fields_and_nothing_typed_is_lost(tale: Story, duty: Duty) -> None:
    await opens(tale, duty, "rita")
    await tale.submits("rita", {**FORM, "person": tale.id("ann"), "begins": "soonish", "until": "never"})
    assert set(tale.errors("rita")) == {"begins", "until"}
    await tale.submits("rita", {**FORM, "person": tale.id("ann"), "until": "4h"})
    await presses(tale, "rita", ids.ONCALL_PUT_IN_AGAIN)
    modal = tale.sandbox.modal("rita")
    assert modal is not None
    assert "4h" in str(modal.blocks)
    assert tale.id("ann") in str(modal.blocks)


async def test_who_changes_the_same_time_meanwhile_is_shown_first(tale: Story, duty: Duty) -> None:
    await opens(tale, duty, "rita")
    await tale.submits("rita", {**FORM, "person": tale.id("ann")})
    await duty.types("omar", "take 1h care")
    await tale.submits("rita", {})
    assert "Meanwhile somebody changed who is on call then" in tale.notice("rita")
    assert await duty.on_call() == "omar"
    await tale.submits("rita", {})
    assert await duty.on_call() == "ann"


async def test_who_may_not_sees_the_changes_and_no_button(tale: Story, duty: Duty) -> None:
    await duty.types("omar", "take 1h care")
    await duty.types("ann", "care")
    shown = tale.sandbox.ephemerals("ann")[-1]
    assert "is put in" in shown.plain
    assert not {ids.ONCALL_PUT_IN, ids.ONCALL_TAKE_BACK} & set(shown.actions)
    await duty.types("maya", "care")
    listed = tale.sandbox.ephemerals("maya")[-1]
    await tale.clicks("maya", ids.ONCALL_TAKE_BACK, listed)
    assert await duty.on_call() == "maya"
    assert "no longer taking over" in tale.sandbox.ephemerals("maya")[-1].plain


async def test_the_form_of_a_schedule_lists_the_changes_and_takes_one_back(tale: Story, duty: Duty) -> None:
    await duty.types("omar", "take 1h care")
    await duty.types("maya", "away tomorrow")
    await opens_layer(tale, "rita")
    assert "is put in" in tale.notice("rita")
    assert "is away" in tale.notice("rita")
    await presses(tale, "rita", ids.ONCALL_TAKE_BACK)
    assert "no longer taking over" in tale.notice("rita")
    assert "is put in" not in tale.notice("rita")
    assert await duty.on_call() == "maya"
    await presses(tale, "rita", ids.ONCALL_PUT_IN)
    await tale.submits("rita", {**FORM, "person": tale.id("dina")})
    await tale.submits("rita", {})
    assert await duty.on_call() == "dina"


async def test_the_form_of_a_schedule_still_changes_its_people(tale: Story, duty: Duty) -> None:
    await opens_layer(tale, "rita")
    await tale.submits("rita", {"people": "omar@example.com\nmaya@example.com"})
    await tale.submits("rita", {ids.FIELD_NOTE: "Omar first"})
    assert await duty.on_call() == "omar"


async def test_an_unanswered_question_ends_with_its_time(tale: Story, duty: Duty) -> None:
    await duty.types("maya", "ask @omar 2h")
    await duty.until(tale.now() + timedelta(hours=2))
    message = tale.sandbox.dm("omar")[0]
    assert message.actions == []
    assert "a time that is over" in message.plain
    assert any("did not answer about the time" in text for text in tale.dm("maya"))
