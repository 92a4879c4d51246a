"""What the app in Slack may do, and whether Slack can reach Rung: compared with what the manifest asks for."""

import re
from collections.abc import Iterator

from bot.adapters.slack.client import BadToken, Connection
from bot.adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from bot.adapters.slack.socket import prove_app_token
from bot.domain.checks import Check, attention, broken, ok, unchecked

NEEDED = ("chat:write", "commands", "im:write")
"""Without one of these nobody can raise an issue or be asked."""
ADD = "Add it under OAuth & Permissions on the app's page, and install the app again."
SECRET = re.compile(r"[0-9a-f]{32}")


def look_at_scopes(scopes: frozenset[str]) -> Iterator[Check]:
    """One line per scope that is missing, and what works less well without it. Pure."""
    if not scopes:
        yield unchecked("scopes", "This Slack does not say which scopes the token has.")
        return
    for scope, use in SCOPES.items():
        if scope not in scopes:
            made = broken if scope in NEEDED else attention
            yield made("scopes", f"{scope} is missing: it is needed {use}.", ADD)
    without = [f"{scope} ({use})" for scope, use in OPTIONAL_SCOPES.items() if scope not in scopes]
    told = f" Left out, and optional: {', '.join(without)}." if without else ""
    if scopes >= set(SCOPES):
        yield ok("scopes", f"all {len(SCOPES)} that are needed.{told}")
    elif told:
        yield ok("optional scopes", told.strip())


async def look_at_socket(connection: Connection, app_token: str) -> Check:
    """Socket Mode: whether Slack accepts the app-level token."""
    try:
        trouble = await prove_app_token(connection.slack.web, app_token)
    except BadToken as error:
        return broken("Socket Mode", str(error))
    if trouble:
        return attention("Socket Mode", trouble, "Try again in a minute.")
    return ok("Socket Mode", "Slack accepts SLACK_APP_TOKEN.")


def look_at_secret(secret: str) -> Check:
    """HTTP mode: whether the signing secret looks like one; Slack cannot be asked about it. Pure."""
    if SECRET.fullmatch(secret):
        return ok(
            "HTTP mode",
            "SLACK_SIGNING_SECRET is set. Whether Slack can reach /slack/events shows in Slack only.",
        )
    return attention(
        "HTTP mode",
        "SLACK_SIGNING_SECRET does not look like one (32 digits and letters a to f).",
        "It is on the app's page under Basic Information.",
    )
