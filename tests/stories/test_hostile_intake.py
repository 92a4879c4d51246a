"""Payloads around the form that no client of Slack sends: each is answered, and nothing is raised twice or lost."""

import copy
import json

import pytest

from bot.sandbox.model import Json
from bot.usecases.rows import IssueFilter
from tests.stories.test_hostile_payloads import HUGE, broken_clicks, broken_forms
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


@pytest.mark.parametrize(
    "action", [ids.JOIN_INSTEAD, ids.DRAFT_GO_ON, ids.DRAFT_FORGET, ids.SEARCH_PAGE, ids.FIELD_TYPE]
)
async def test_a_spoilt_press_around_the_form_is_answered_and_never_an_error(
    tale: Story, action: str
) -> None:
    await shown(tale)
    page = tale.sandbox.modal("rita")
    assert page is not None
    await tale.sandbox.click("rita", page, ids.JOIN_INSTEAD)
    genuine = copy.deepcopy(tale.sandbox.last_payload("rita"))
    genuine["actions"][0]["action_id"] = action
    for payload in [*broken_clicks(genuine), *viewless(genuine)]:
        answer = await tale.sandbox.raw_action(payload)
        assert answer.acked, payload
        assert answer.error is None, (answer.error, payload)
    await tale.settle()
    assert await stored(tale) == 1


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
    for number, payload in enumerate(broken_forms(genuine, "happened")):
        payload["view"].setdefault("id", "")
        payload["view"]["id"] = f"V{number}"
        answer = await tale.sandbox.raw_action(payload)
        assert answer.acked, payload
        assert answer.error is None, (answer.error, payload)
    await tale.settle()


@pytest.mark.parametrize("known", METADATA, ids=range(len(METADATA)))
async def test_a_form_that_remembers_nonsense_is_an_issue_or_a_sentence(
    tale: Story, known: dict[str, str]
) -> None:
    await shown(tale)
    await tale.submits("rita", {})
    payload = copy.deepcopy(tale.sandbox.last_payload("rita"))
    payload["view"] |= {"id": "V0OTHER00", "private_metadata": json.dumps({"nonce": "x", **known})}
    answer = await tale.sandbox.raw_action(payload)
    assert answer.acked
    assert answer.error is None
    await tale.settle()
    assert await stored(tale) in (2, 3)


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
