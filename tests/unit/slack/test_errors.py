"""What each way of failing means for a message."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.adapters.slack.error_codes import CODES, ErrorClass
from bot.adapters.slack.errors import SlackFailed, classify, failure, wait_asked_for
from bot.domain.delivery import Reason, Rejected, RetryLater, Unknown

CONNECTION: Any = SimpleNamespace(host="slack.test", port=443, ssl=True, is_ssl=True)


def answered(
    error: str = "", status: int = 200, headers: dict[str, str] | None = None, **body: Any
) -> SlackApiError:
    """What the SDK raises for an answer that is not ok."""
    data = {"ok": False, "error": error, **body} if error else {}
    return SlackApiError("", SimpleNamespace(status_code=status, headers=headers or {}, data=data))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("channel_not_found", Reason.ROUTE),
        ("is_archived", Reason.ROUTE),
        ("not_in_channel", Reason.ROUTE),
        ("restricted_action", Reason.ROUTE),
        ("user_disabled", Reason.ROUTE),
        ("cannot_dm_bot", Reason.ROUTE),
        ("messages_tab_disabled", Reason.ROUTE),
        ("token_revoked", Reason.TEAM),
        ("invalid_auth", Reason.TEAM),
        ("account_inactive", Reason.TEAM),
        ("team_access_not_granted", Reason.TEAM),
        ("missing_scope", Reason.KIND),
        ("unknown_method", Reason.KIND),
        ("not_enabled", Reason.KIND),
        ("invalid_blocks", Reason.CONTENT),
        ("msg_too_long", Reason.CONTENT),
        ("invalid_attachments", Reason.CONTENT),
        ("message_not_found", Reason.GONE),
        ("cant_update_message", Reason.GONE),
        ("edit_window_closed", Reason.GONE),
    ],
)
def test_refusals_for_good(code: str, reason: Reason) -> None:
    outcome = classify(answered(code))

    assert isinstance(outcome, Rejected)
    assert outcome.reason is reason
    assert code in outcome.why


@pytest.mark.parametrize(
    "code", ["internal_error", "fatal_error", "request_timeout", "service_unavailable", "a_word_of_tomorrow"]
)
def test_words_after_which_the_message_may_be_there(code: str) -> None:
    outcome = classify(answered(code))

    assert isinstance(outcome, Unknown)
    assert code in outcome.why


def test_every_listed_word_of_ours_has_a_class_and_every_sentence_ends() -> None:
    assert {meaning.kind for meaning in CODES.values()} == set(ErrorClass)
    assert all(meaning.why.endswith(".") for meaning in CODES.values() if meaning.why)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
def test_a_server_error_says_nothing_about_the_message(status: int) -> None:
    assert isinstance(classify(answered(status=status)), Unknown)
    assert isinstance(classify(answered("channel_not_found", status=status)), Unknown)


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_page_instead_of_a_method(status: int) -> None:
    outcome = classify(answered(status=status))

    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.KIND


@pytest.mark.parametrize(
    "data", ["<html>", None, b"\x00", ["ok"], {}], ids=["text", "none", "bytes", "list", "empty"]
)
def test_a_body_that_is_not_slacks(data: Any) -> None:
    error = SlackApiError("", SimpleNamespace(status_code=200, headers={}, data=data))

    assert isinstance(classify(error), Unknown)


def test_a_body_the_sdk_could_not_parse_comes_with_the_http_librarys_response() -> None:
    raw = SimpleNamespace(status=429, headers={"Retry-After": "7"})

    assert classify(SlackApiError("", raw)) == RetryLater(
        "Slack asks for a pause: too many messages.", timedelta(seconds=7), counts=False
    )


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("2", 2),
        ("1.5", 1.5),
        ("0", 1),
        (None, 30),
        ("", 30),
        ("-1", 30),
        ("abc", 30),
        ("nan", 30),
        ("1000000000", 900),
        ("inf", 900),
    ],
)
def test_how_long_slack_wants_us_to_wait(header: str | None, seconds: float) -> None:
    headers = {} if header is None else {"Retry-After": header}

    assert wait_asked_for(headers) == timedelta(seconds=seconds)
    assert classify(answered(status=429, headers=headers)) == RetryLater(
        "Slack asks for a pause: too many messages.", timedelta(seconds=seconds), counts=False
    )


@pytest.mark.parametrize("code", ["ratelimited", "rate_limited", "message_limit_exceeded"])
def test_a_pause_is_not_an_attempt_whatever_the_status(code: str) -> None:
    outcome = classify(answered(code))

    assert isinstance(outcome, RetryLater)
    assert not outcome.counts


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ClientConnectorError(CONNECTION, OSError(111, "refused")),
        aiohttp.ClientConnectorDNSError(CONNECTION, OSError(-2, "no such host")),
        aiohttp.ClientConnectorCertificateError(CONNECTION, ValueError("expired")),
        aiohttp.ConnectionTimeoutError(),
        aiohttp.InvalidURL("nowhere"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_never_left_is_sent_again(error: Exception) -> None:
    assert classify(error) == RetryLater("Slack cannot be reached.")


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        aiohttp.SocketTimeoutError(),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(104, "reset"),
        aiohttp.ClientPayloadError(),
        ConnectionResetError(),
        AttributeError("'str' object has no attribute 'get'"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_may_have_arrived_is_looked_for(error: Exception) -> None:
    assert isinstance(classify(error), Unknown)


def test_a_missing_scope_is_named() -> None:
    outcome = classify(answered("missing_scope", needed="im:write", provided="chat:write"))

    assert outcome == Rejected(
        Reason.KIND,
        "The app lacks a permission. Add the scope in the app's settings and install it again. "
        "(Slack: missing_scope, im:write)",
    )


def test_what_slack_says_about_blocks_is_kept_for_the_log() -> None:
    told = {"messages": ["[ERROR] too many [json-pointer:/blocks/1/elements]"]}

    failed = failure("chat.postMessage", answered("invalid_blocks", response_metadata=told))

    assert (failed.method, failed.code) == ("chat.postMessage", "invalid_blocks")
    assert "json-pointer:/blocks/1/elements" in failed.details


def test_a_failure_is_classified_once() -> None:
    failed = SlackFailed("chat.update", Unknown("Slack did not answer in time."))

    assert failure("other", failed) is failed
    assert classify(failed) == Unknown("Slack did not answer in time.")
