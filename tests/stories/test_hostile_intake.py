"""Payloads around the form that no client of Slack sends: each is answered, and nothing is raised twice or lost."""

import copy
import json

from bot.sandbox.model import Json
from bot.usecases.rows import IssueFilter
from tests.stories.spoilt import HUGE, all_answered, broken_clicks, broken_forms, pressed
from tests.story import FORM, Story, ids

METADATA = [
    {"said": "promise seen nonsense"},
    {"said": HUGE},
    {"told": HUGE},
    {"draft": HUGE},
    {"draft": "somebody-elses"},
    {"straight": "U0NOBODY0"},
    {"straight": "<!channel>"},
    {"link": "javascript:alert(1)", "channel": "C0NOWHERE"},
    {"offer": "not a sentence"},
    {"offer": "[[1]]"},
]


async def stored(tale: Story) -> int:
    return await tale.core.services.transactions.read(
        lambda store: store.issues.count(tale.workspace, IssueFilter())
    )


async def shown(tale: Story, *answers: str) -> None:
    """Rita has the page open: what she is about to raise was raised before."""
    await tale.raises("ann", title="Checkout is down")
    await tale.types("rita", "raise")
    await tale.submits("rita", {**FORM, "title": "Checkout is down"})


async def test_a_spoilt_press_around_the_form_is_answered_and_never_an_error(tale: Story) -> None:
    await shown(tale)
    page = tale.sandbox.modal("rita")
    assert page is not None
    await tale.sandbox.click("rita", page, ids.JOIN_INSTEAD)
    genuine = tale.sandbox.last_payload("rita")
    for action in (ids.JOIN_INSTEAD, ids.DRAFT_GO_ON, ids.DRAFT_FORGET, ids.SEARCH_PAGE, ids.FIELD_TYPE):
        press = pressed(genuine, action)
        await all_answered(tale, [*broken_clicks(press), *viewless(press)])
        assert await stored(tale) == 1, action


def viewless(payload: Json) -> list[Json]:
    """The same press in a view that is not what it was."""
    spoilt = []
    for number, view in enumerate(
        (
            {},
            {"callback_id": ids.FORM_RAISE},
            {"callback_id": ids.FORM_RAISE, "private_metadata": '{"offer": "["}'},
        )
    ):
        one = copy.deepcopy(payload) | {"view": view}
        one["actions"][0]["action_ts"] = f"1999999998.{number:06d}"
        spoilt.append(one)
    return spoilt


async def test_a_spoilt_form_is_answered_and_never_an_error(tale: Story) -> None:
    await shown(tale)
    await tale.submits("rita", {})
    genuine = tale.sandbox.last_payload("rita")
    await all_answered(tale, broken_forms(genuine, "happened"))


async def test_a_form_that_remembers_nonsense_is_an_issue_or_a_sentence(tale: Story) -> None:
    await shown(tale)
    await tale.submits("rita", {})
    genuine = tale.sandbox.last_payload("rita")
    for number, known in enumerate(METADATA):
        before = await stored(tale)
        payload = copy.deepcopy(genuine)
        payload["view"] |= {"private_metadata": json.dumps({"nonce": f"x{number}", **known})}
        await all_answered(tale, [payload])
        assert await stored(tale) - before in (0, 1), known


async def test_choices_that_were_never_offered_are_refused_at_their_field(tale: Story) -> None:
    await tale.types("ann", "raise")
    await tale.submits("ann", FORM)
    payload = copy.deepcopy(tale.sandbox.last_payload("ann"))
    wrong = {
        "promised_by": {"type": "plain_text_input", "value": "next blursday"},
        "priority": {"type": "static_select", "selected_option": {"value": "P99"}},
        "private": {"type": "checkboxes", "selected_options": [{"value": "perhaps"}, {}]},
        "requester": {"type": "users_select", "selected_user": "U0NOBODY0"},
    }
    for name, held in wrong.items():
        payload["view"]["state"]["values"][name] = {name: held}
    payload["view"] |= {"id": "V0OTHER00"}
    answer = await tale.sandbox.raw_action(payload)
    assert answer.body is not None
    errors = answer.body["errors"]
    assert set(errors) == {"promised_by", "priority", "priority_reason", "requester"}
    assert 'I do not know when "next blursday" is' in errors["promised_by"]
    assert await stored(tale) == 1
