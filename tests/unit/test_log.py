"""Logs: one event a line, secrets never, and nothing that a terminal or a log reader would obey."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.log import JsonFormatter, TextFormatter, redact, set_up

SECRETS = {
    "a bot token": "xoxb-1234567890-1234567890123-CanaryCanaryCanary",
    "a user token": "xoxp-1234567890-CanaryCanary",
    "a configuration token": "xoxe.xoxp-1-CanaryCanary",
    "an app-level token": "xapp-1-A0CANARY-1234567890-canarycanary",
    "an address that answers": "https://hooks.slack.com/commands/T1/123/CanaryCanary",
    "a password in an address": "postgresql://rung:Canary@db/rung",
    "a password with an at sign": "postgresql://rung:Canary%40Canary@db/rung",
    "a ticket": "wss://wss-primary.slack.com/link/?ticket=canary-canary&app_id=A1",
    "a trigger id": "1234567890.9876543210.ca0a0aca0a0aca0a0aca0a0aca0a0a",
    "a signing secret": "0123456789abcdef0123456789abcdef",
}
CANARIES = ("Canary", "canary", "ca0a0a", "0123456789abcdef")
CONTROLS = ["\n", "\r", "\x1b[2J", "\x00", "\x7f", "\x85", "\x9b31m", "\u2028", "\u2029", "\u202e", "\u2066"]


class Heard:
    """A logger with one of our formatters, and what came out of it."""

    def __init__(self, formatter: logging.Formatter) -> None:
        self._out = io.StringIO()
        handler = logging.StreamHandler(self._out)
        handler.setFormatter(formatter)
        self.logger = logging.Logger("test")
        self.logger.addHandler(handler)

    @property
    def text(self) -> str:
        """Everything, without the last line's end."""
        return self._out.getvalue().removesuffix("\n")

    @property
    def event(self) -> dict[str, Any]:
        """The only line, as JSON."""
        return dict(json.loads(self.text))


@pytest.fixture
def heard() -> Heard:
    """JSON."""
    return Heard(JsonFormatter())


@pytest.fixture
def told() -> Heard:
    """Text."""
    return Heard(TextFormatter("%(levelname)s %(message)s"))


@pytest.fixture
def loggers() -> Iterator[None]:
    """The root logger and the libraries' levels, put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("slack_bolt", "slack_sdk", "apscheduler", "alembic", "uvicorn"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def clean(text: str) -> bool:
    return not any(canary in text for canary in CANARIES)


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_secret_is_in_no_part_of_an_event(heard: Heard, told: Heard, secret: str) -> None:
    for one in (heard, told):
        try:
            raise ValueError(f"refused: {secret}")
        except ValueError:
            one.logger.exception("failed with %s", secret, extra={"address": secret})
        assert "[secret]" in one.text
        assert clean(one.text), one.text


@pytest.mark.parametrize(
    "harmless",
    [
        "ISS-17",
        "U012AB3CD",
        "1700000000.123456",
        "https://example.slack.com/archives/C1/p1700000000123456",
        "a:b@c",
    ],
)
def test_what_is_no_secret_stays_readable(harmless: str) -> None:
    assert redact(harmless) == harmless


def test_an_event_says_when_how_bad_where_and_what(heard: Heard) -> None:
    heard.logger.warning("ISS-%d waits", 7, extra={"action": "deliver", "issue": 7})
    event = heard.event
    assert event.pop("at").endswith("+00:00")
    assert event == {
        "level": "warning",
        "logger": "test",
        "message": "ISS-7 waits",
        "action": "deliver",
        "issue": "7",
    }


def test_a_traceback_is_inside_the_event(heard: Heard) -> None:
    try:
        raise KeyError("what was looked for")
    except KeyError:
        heard.logger.exception("it was not there")
    assert len(heard.text.splitlines()) == 1
    assert "Traceback" in heard.event["error"]
    assert "what was looked for" in heard.event["error"]


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_nobody_can_forge_a_line_or_steer_a_terminal(heard: Heard, told: Heard, control: str) -> None:
    for one in (heard, told):
        one.logger.warning("before%safter", control, extra={"name_": control})
        assert len(one.text.splitlines()) == 1
        assert not any(part in one.text for part in control if not part.isprintable())
    assert heard.event["message"] == f"before{control}after", "and the reader still gets it back"


def test_other_languages_stay_readable(heard: Heard) -> None:
    heard.logger.warning("Jörg 日本 👍")
    assert "Jörg 日本 👍" in heard.text


def test_people_get_a_traceback_on_lines_of_its_own(told: Heard) -> None:
    try:
        raise KeyError("x")
    except KeyError:
        told.logger.exception("failed")
    assert told.text.splitlines()[:2] == ["ERROR failed", "Traceback (most recent call last):"]


@pytest.mark.usefixtures("loggers")
@pytest.mark.parametrize("library", ["slack_sdk.canary", "slack_bolt.canary", "uvicorn.canary"])
def test_libraries_that_print_whole_messages_stay_quiet_however_they_are_set(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up("DEBUG", "text")
    logger = logging.getLogger(library)
    logger.debug("a whole message")
    logger.setLevel(logging.DEBUG)  # as Bolt does with loggers that it makes itself
    logger.debug("a whole message")
    logger.error("something is wrong")
    logging.getLogger("bot.canary").debug("our own")
    said = capsys.readouterr().err
    assert "a whole message" not in said
    assert "something is wrong" in said
    assert "our own" in said


@pytest.mark.usefixtures("loggers")
def test_logs_go_to_standard_error_and_only_there(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO", "json")
    logging.getLogger("bot.anything").info("up")
    said = capsys.readouterr()
    assert said.out == ""
    assert json.loads(said.err)["message"] == "up"
