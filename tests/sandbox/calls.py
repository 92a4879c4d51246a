"""The ids of the small workspace, and how a test sees a refusal."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

ISSUES, GENERAL, SECRET, WAR, OLD = "C0ISSUES0", "C0GENERAL", "C0SECRET0", "C0WARROOM", "C0OLD0000"
ANN, MAYA, OMAR, GONE, ROBOT = "U0ANN0000", "U0MAYA000", "U0OMAR000", "U0GONE000", "U0ROBOT00"
BOT = "U0RUNG000"


async def refused(client: AsyncWebClient, method: str, args: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=dict(args))
    return caught.value.response.data
