"""What Slack sends is turned back into what people wrote."""

import pytest

from bot.adapters.slack.incoming_text import readable


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        ("Checkout is down", "Checkout is down"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("ask <@U1|ann> in <#C1|ops>", "ask @ann in #ops"),
        ("ask <@U1>", "ask @U1"),
        (
            "<https://a.example|docs> and <https://b.example>",
            "docs (https://a.example) and https://b.example",
        ),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("<!here> look", "@here look"),
        ("<!subteam^S1|@ops> look", "@ops look"),
        ("&amp;lt;", "&lt;"),
        ("1 < 2 and <", "1 < 2 and <"),
    ],
)
def test_slack_text_becomes_what_was_written(sent: str, written: str) -> None:
    assert readable(sent) == written
