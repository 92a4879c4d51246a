"""Fetching a file that somebody chose in a form. The bot's token goes to Slack's own hosts and to no other."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.adapters.slack.client import SlackClient
from bot.adapters.slack.errors import SlackFailed
from bot.adapters.slack.payloads import SentFile
from bot.domain.delivery import Reason
from bot.domain.errors import Refused
from bot.domain.words import say

INFO = "files.info"
MOST_BYTES = 1024 * 1024
MOST_HOPS = 3
SLACK_HOSTS = ("slack.com", "slack-files.com", "slack-edge.com", "slack-gov.com")

ON_THE_COMMAND_LINE = "publish the file on the command line: rung matrix apply FILE"
NO_FILES = (
    "Slack does not hand over files to Rung. Usually the app lacks the permission files:read: add it in the app's "
    f"settings and install the app again. Or {ON_THE_COMMAND_LINE}."
)
ELSEWHERE = (
    "This file is not kept by Slack itself, so Rung does not fetch it. Choose one from your computer, "
    f"or {ON_THE_COMMAND_LINE}."
)
TOO_LARGE = "{name} is too large: a matrix file has 1 MB at most. Check that it is the matrix you meant."
GONE = "{name} is not in Slack any more. Please choose it again."
LATER = "Slack did not hand over {name}. Please try again in a moment; nothing was changed."

_GONE_CODES = frozenset({"file_not_found", "file_deleted", "not_visible"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


async def download(client: AsyncWebClient, file: SentFile) -> bytes:
    """What is in the file, at most 1 MB. Raises Refused with what to do; the caller says how long it may take."""
    if file.size > MOST_BYTES:
        raise Refused(say(TOO_LARGE, name=file.name))
    address = file.url or await _address(client, file)
    try:
        return await _fetch(client, URL(address), file.name)
    except ValueError as error:  # not an address at all
        raise Refused(ELSEWHERE) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Refused(say(LATER, name=file.name)) from error


def is_slack(url: URL, api: URL) -> bool:
    """Whether the token may go there: where the API is, or by https to a host of Slack's."""
    if url.origin() == api.origin():
        return True
    host = url.host or ""
    return url.scheme == "https" and any(host == one or host.endswith(f".{one}") for one in SLACK_HOSTS)


async def _address(client: AsyncWebClient, file: SentFile) -> str:
    """Where Slack keeps it. The form does not say so for files of shared channels."""
    try:
        answer = await SlackClient(client).call(INFO, file=file.id)
    except SlackFailed as failed:
        raise _refused(failed, file.name) from failed
    held = answer.get("file") or {}
    return str(held.get("url_private_download") or held.get("url_private") or "")


def _refused(failed: SlackFailed, name: str) -> Refused:
    if failed.code in _GONE_CODES:
        return Refused(say(GONE, name=name))
    return Refused(NO_FILES) if failed.reason is Reason.KIND else Refused(say(LATER, name=name))


async def _fetch(client: AsyncWebClient, url: URL, name: str) -> bytes:
    """Redirects are followed by hand, because each one may lead away from Slack."""
    api, headers = URL(client.base_url), {"Authorization": f"Bearer {client.token}"}
    session = client.session
    for _ in range(MOST_HOPS):
        if session is None or not url.absolute or not is_slack(url, api):
            raise Refused(ELSEWHERE)
        async with session.get(url, headers=headers, allow_redirects=False) as answer:
            if answer.status not in _REDIRECTS:
                return await _content(answer, name)
            url = url.join(URL(answer.headers.get("Location", "")))
    raise Refused(NO_FILES)


async def _content(answer: aiohttp.ClientResponse, name: str) -> bytes:
    """Without the permission, Slack answers with the page where people sign in, as if all were well."""
    if answer.status in (401, 403) or answer.content_type == "text/html":
        raise Refused(NO_FILES)
    if answer.status in (404, 410):
        raise Refused(say(GONE, name=name))
    if answer.status != 200:
        raise Refused(say(LATER, name=name))
    content = bytearray()
    async for piece in answer.content.iter_chunked(64 * 1024):
        content += piece
        if len(content) > MOST_BYTES:
            raise Refused(say(TOO_LARGE, name=name))
    return bytes(content)
