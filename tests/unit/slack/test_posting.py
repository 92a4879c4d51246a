"""Texts are cut where Slack would refuse them, never inside what Slack reads as one thing."""

import pytest

from bot.adapters.slack.posting import MOST_TEXT, fitting, metadata


def in_bytes(text: str) -> int:
    return len(text.encode())


@pytest.mark.parametrize("text", ["", "short", "x" * MOST_TEXT])
def test_what_fits_stays(text: str) -> None:
    assert fitting(text) == text


@pytest.mark.parametrize("text", ["x" * 5000, "<@U12345678> " * 400, "a &amp; b " * 500, "5 &lt; 6 " * 600])
def test_what_does_not_fit_is_cut_at_a_whole_thing(text: str) -> None:
    cut = fitting(text)

    assert len(cut) <= MOST_TEXT
    assert cut.endswith("…")
    assert cut.count("<") == cut.count(">")
    assert cut.count("&") == cut.count(";")
    assert len(cut) > MOST_TEXT - 20


@pytest.mark.parametrize("text", ["é" * 3000, "火" * 3900, "🔥" * 1900, "x" * 3000 + "火" * 900])
def test_what_is_counted_in_bytes(text: str) -> None:
    cut = fitting(text, in_bytes)

    assert MOST_TEXT - 20 < in_bytes(cut) <= MOST_TEXT
    assert text.startswith(cut.removesuffix("…"))


def test_a_message_carries_its_number_and_nothing_else() -> None:
    assert metadata(7) == {"event_type": "rung_message", "event_payload": {"outbox_id": "7"}}
