"""The ids of the small workspace, and how a test sees a refusal and a form."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.model import View
from bot.sandbox.server import Sandbox

ISSUES, GENERAL, SECRET, WAR, OLD = "C0ISSUES0", "C0GENERAL", "C0SECRET0", "C0WARROOM", "C0OLD0000"
ANN, MAYA, OMAR, GONE, ROBOT = "U0ANN0000", "U0MAYA000", "U0OMAR000", "U0GONE000", "U0ROBOT00"
BOT = "U0RUNG000"


async def refused(client: AsyncWebClient, method: str, args: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=dict(args))
    answer: dict[str, Any] = caught.value.response.data
    return answer


def form_of(sandbox: Sandbox, who: str) -> View:
    """The modal on top that this person looks at; the test fails when there is none."""
    view = sandbox.modal(who)
    assert view is not None, f"{who} has no form open"
    return view
