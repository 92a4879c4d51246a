"""What Slack's refusals mean for a message: one table, and one function that reads exceptions by it.

Only what is certainly not accepted is sent again blindly. Where a message may have arrived (a timeout, a cut
connection, a server error, a word nobody knows) the outcome is unknown, and the message is looked for first.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.adapters.slack.error_codes import CODES, STATUSES, ErrorClass, Meaning
from bot.domain.delivery import Outcome, Reason, Rejected, RetryLater, Unknown

DEFAULT_WAIT = timedelta(seconds=30)
"""How long to wait after a 429 that does not say how long."""
LONGEST_WAIT = timedelta(minutes=15)
"""No header makes us wait longer."""

NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
"""These are raised before a single byte of the request is out."""

_REASONS = {
    ErrorClass.ROUTE: Reason.ROUTE,
    ErrorClass.TEAM: Reason.TEAM,
    ErrorClass.KIND: Reason.KIND,
    ErrorClass.CONTENT: Reason.CONTENT,
    ErrorClass.GONE: Reason.GONE,
}


class SlackFailed(Exception):
    """A call that Slack did not answer with ok.

    `code` is Slack's own word (empty when there is none) and `details` what it added to it, for the log."""

    def __init__(
        self, method: str, outcome: RetryLater | Rejected | Unknown, code: str = "", details: str = ""
    ) -> None:
        self.method = method
        self.outcome: RetryLater | Rejected | Unknown = outcome
        self.code = code
        self.details = details
        super().__init__(f"{method}: {outcome.why}")

    @property
    def reason(self) -> Reason | None:
        """Why it was refused for good; None when it may work another time."""
        return self.outcome.reason if isinstance(self.outcome, Rejected) else None

    @property
    def after(self) -> timedelta | None:
        """How long Slack wants us to wait, if it said so."""
        return self.outcome.after if isinstance(self.outcome, RetryLater) else None

    @property
    def refused(self) -> bool:
        """Whether Slack understood and said no."""
        return isinstance(self.outcome, Rejected)


def classify(error: BaseException) -> Outcome:
    """What an exception of a Web API call says about the message that was to be sent. Never `Sent`."""
    return failure("", error).outcome


def failure(method: str, error: BaseException) -> SlackFailed:
    """The same, with the method and Slack's own word."""
    if isinstance(error, SlackFailed):
        return error
    if isinstance(error, SlackApiError):
        return _of_reply(method, _reply(error))
    if isinstance(error, NOT_SENT):
        return SlackFailed(method, RetryLater("Slack cannot be reached."))
    if isinstance(error, TimeoutError):
        return SlackFailed(method, Unknown("Slack did not answer in time."))
    if isinstance(error, aiohttp.ClientError | OSError):
        return SlackFailed(method, Unknown("The connection to Slack broke."))
    return SlackFailed(method, Unknown(f"Slack's answer could not be read ({type(error).__name__})."))


def wait_asked_for(headers: Mapping[str, str]) -> timedelta:
    """What `Retry-After` says, in seconds; 30 s when it is missing or no sense, never over 15 minutes."""
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return DEFAULT_WAIT
    if math.isnan(seconds) or seconds < 0:
        return DEFAULT_WAIT
    return timedelta(seconds=min(max(seconds, 1.0), LONGEST_WAIT.total_seconds()))


@dataclass(frozen=True, slots=True)
class _Reply:
    """An answer that is not ok."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        return str(self.body.get("error") or "")

    @property
    def details(self) -> str:
        """What Slack names besides the word: the scope, or the place in the blocks."""
        needed = self.body.get("needed")
        told = self.body.get("response_metadata")
        messages = told.get("messages") if isinstance(told, Mapping) else None
        parts = [f"scope {needed}"] if needed else []
        parts += [str(message) for message in messages] if isinstance(messages, list) else []
        return "; ".join(parts)[:1000]


def _reply(error: SlackApiError) -> _Reply:
    """The SDK hands over its own response, or aiohttp's when the body was no JSON."""
    response = error.response
    body = getattr(response, "data", None)
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    return _Reply(
        int(status or 0), body if isinstance(body, Mapping) else {}, getattr(response, "headers", None) or {}
    )


def _of_reply(method: str, reply: _Reply) -> SlackFailed:
    meaning = _meaning(reply)
    return SlackFailed(method, _outcome(meaning, reply), reply.code, reply.details)


def _meaning(reply: _Reply) -> Meaning:
    if reply.status >= 500 and reply.status not in STATUSES:
        return Meaning(ErrorClass.UNKNOWN, f"Slack had an error of its own (HTTP {reply.status}).")
    if reply.status == 429:
        return STATUSES[429]
    if reply.code:
        return CODES.get(reply.code, Meaning(ErrorClass.UNKNOWN))
    return STATUSES.get(reply.status, Meaning(ErrorClass.UNKNOWN, "Slack's answer could not be read."))


def _outcome(meaning: Meaning, reply: _Reply) -> RetryLater | Rejected | Unknown:
    why = " ".join(part for part in (meaning.why, _quoted(reply)) if part)
    if meaning.kind is ErrorClass.UNKNOWN:
        return Unknown(why)
    if meaning.kind is ErrorClass.RETRY:
        return RetryLater(why, after=wait_asked_for(reply.headers), counts=False)
    return Rejected(_REASONS[meaning.kind], why)


def _quoted(reply: _Reply) -> str:
    if not reply.code:
        return ""
    needed = reply.body.get("needed")
    return f"(Slack: {reply.code}, {needed})" if needed else f"(Slack: {reply.code})"
