"""Whom the words of `/oncall` name: as Slack escapes mentions, and as they arrive where escaping is off."""

import pytest

from bot.adapters.slack.listeners.oncall import colleague_in
from tests.builders import contact


@pytest.mark.parametrize(
    ("raw", "named", "rest"),
    [
        ("<@U123ABC|ann> tomorrow", "U123ABC", "tomorrow"),
        ("<@W123ABC> fri 09:00-17:00", "W123ABC", "fri 09:00-17:00"),
        ("tomorrow <@U123ABC|ann b> care", "U123ABC", "tomorrow care"),
        ("@ann tomorrow", "@ann", "tomorrow"),
        ("tomorrow   @ann.b-c  care", "@ann.b-c", "tomorrow care"),
        ("@U123ABC 2h", "U123ABC", "2h"),
        ("<mailto:ann@example.com|ann@example.com> 2h", "ann@example.com", "2h"),
        ("ann@example.com 2h", "ann@example.com", "2h"),
        ("<@U1XX> and <@U2XX> 2h", "U1XX", "and @U2XX 2h"),
        ("2h &lt;care&gt;", "", "2h <care>"),
        ("", "", ""),
        ("@", "", "@"),
        ("<#C123|ops> 2h", "", "#ops 2h"),
    ],
)
def test_a_colleague_and_the_other_words(raw: str, named: str, rest: str) -> None:
    found, words = colleague_in(raw)
    assert found == (contact(named) if named else None)
    assert words == rest
