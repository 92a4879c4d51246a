"""Buttons and forms of the matrix and of on-call as no client of Slack sends them: answered, and nothing happens."""

import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.stories.duty import ROTA, Duty
from tests.story import Story, ids, story

VALUES = (
    "", "v1", "v1|", "v1|a|b|c|d", "v1|1|1|1", "v1|-1|1", "v1|999999999", "9" * 30, "9" * 5000, "\x00", "v1|1|0|1",
    "v1|1|999|1", "v1s|1|1|care", "v1s|1|99|care", "v1s|7|1|\x00", "7|3", "1|1", "[]", "null", '{"at": "\x00"}',
    "v1|1|abc|U0DINA000|Care|x", "v1|1|abc|U0DINA000|\x00", "v1|U0DINA000|abc,\x00", "\ud83d", "z" * 40_000,
)  # fmt: skip
ACTIONS = (
    ids.MATRIX_PATH, ids.MATRIX_PAGE, ids.MATRIX_CHANGED, ids.MATRIX_BACK, ids.MATRIX_PICTURE, ids.MATRIX_EDIT_LEVEL,
    f"{ids.MATRIX_EDIT_SCHEDULE}:care:1", ids.SWAP_ACCEPT, ids.SWAP_WITHDRAW, ids.ONCALL_UNDO, ids.AGREE,
    ids.AGREE_ALL, ids.CANNOT_AGREE,
)  # fmt: skip
HUGE = 10**20
LEVEL = ["paths", 0, "levels", 0]


def carrying(**known: Any) -> str:
    """Metadata; what is no text is JSON within it."""
    return json.dumps({name: one if isinstance(one, str) else json.dumps(one) for name, one in known.items()})


PLACES = (
    [1, -1, 1, ""],
    [1, 0, 99, ""],
    [HUGE, 0, 1, ""],
    [1, 0, -1, ""],
    [1, 0, 0, "care"],
    [1.5, 0, 1, ""],
    7,
)
EDITS = (
    [1, []],
    [77, [[LEVEL, None]]],
    [HUGE, [[LEVEL, None]]],
    [float("inf"), []],
    [1, [[[], None]]],
    [1, [[["nowhere"], None]]],
    [1, [[["paths", 99], None]]],
    [1, [[["paths", {}], None]]],
    [1, [[[*LEVEL, "role"], {}]]],
    [1, [[[*LEVEL, "contacts"], [["@ann"]]]]],
    [1, [[["paths", 0, "levels", 99, "role"], "x"]]],
    [1, [[["workspace", "issue_channel"], "#leaks"]]],
    [1, [[["paths", 0, "owner"], "@ann"]]],
)
FORMS = (
    *((ids.FORM_MATRIX_EDIT, carrying(place=one)) for one in PLACES),
    *((ids.FORM_MATRIX_PUBLISH, carrying(edits=one)) for one in EDITS),
    *((ids.FORM_MATRIX_PUBLISH_FILE, carrying(file=one, base="1")) for one in ("", "F1", "\x00")),
    *((ids.FORM_CANNOT_AGREE, carrying(asked=one)) for one in ("", "x", "v1|1|abc|U0DINA000|Customer care")),
    *(
        (form, spoilt)
        for form in (ids.FORM_MATRIX_EDIT, ids.FORM_MATRIX_PUBLISH)
        for spoilt in ("", "[]", "no")
    ),
)
TYPED = {name: {name: {"value": "@ann"}} for name in ("contacts", "people", "reason")}


async def nothing_happened(tale: Story) -> bool:
    """One version, no changes of on-call, and nobody said anything about an agreement."""
    await tale.settle()
    return await tale.core.services.transactions.read(
        lambda store: (
            len(store.matrices.history(tale.workspace)) == 1
            and not store.agreements.of(tale.workspace)
            and not store.oncall.between(tale.workspace, tale.now(), tale.now().replace(year=2030))
        )
    )


async def sends(tale: Story, payload: Mapping[str, Any]) -> None:
    answer = await tale.sandbox.raw_action(dict(payload))
    assert answer.acked, payload
    assert answer.error is None, (answer.error, payload)


async def test_a_spoilt_button_is_answered_and_does_nothing(database_url: str) -> None:
    async with story(database_url, ROTA) as tale:
        await tale.types("ann", "matrix")
        await tale.sandbox.click("ann", tale.sandbox.ephemerals("ann")[-1], ids.MATRIX_VERSIONS)
        genuine = tale.sandbox.last_payload("ann")
        for number, (action, value) in enumerate((one, each) for one in ACTIONS for each in VALUES):
            payload = copy.deepcopy(genuine)
            payload["actions"][0] |= {
                "action_id": action,
                "value": value,
                "action_ts": f"1999999999.{number:06d}",
            }
            await sends(tale, payload)
        assert await nothing_happened(tale)


@pytest.mark.parametrize("who", ["ann", "rita"], ids=["anybody", "the owner of the path"])
async def test_a_spoilt_form_is_answered_and_publishes_nothing_of_others(database_url: str, who: str) -> None:
    async with story(database_url, ROTA) as tale:
        await Duty(tale).types(who, "matrix who now", "/issue")
        await tale.submits(who, {"type": "response-time", "impact": "high", "urgency": "high"})
        genuine = tale.sandbox.last_payload(who)
        own = [
            one
            for one in FORMS
            if who == "rita" and '"@ann"' in one[1].replace("\\", "") and "owner" in one[1]
        ]
        for number, (form, metadata) in enumerate(one for one in FORMS if one not in own):
            payload = copy.deepcopy(genuine)
            payload["view"] |= {
                "callback_id": form,
                "private_metadata": metadata,
                "id": f"V{number}",
                "state": {"values": TYPED},
            }
            await sends(tale, payload)
        assert await nothing_happened(tale)
