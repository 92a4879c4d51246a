"""What is shown is text: formatted as Slack does it, and never markup of somebody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.page_app import HOSTILE, ISSUES, living_workspace, mrkdwn, plain
from tests.browser.windows import Picture, Visit, Windows

Rendered = Callable[..., Awaitable[str]]


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


HOSTILE_BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": mrkdwn(HOSTILE), "fields": [plain(HOSTILE)]},
    {"type": "header", "text": plain(HOSTILE)},
    {"type": "context", "elements": [mrkdwn(HOSTILE), plain(HOSTILE)]},
    rich({"type": "text", "text": HOSTILE}),
    {"type": "markdown", "text": f"# {HOSTILE}\n[x](javascript:alert(1)) `{HOSTILE}`"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": HOSTILE}]]},
    {"type": "section", "text": mrkdwn("<!date^1^{date}^javascript:alert(1)|<b>x</b>>")},
]


async def test_hostile_text_stays_text(visit: Visit, bot: AsyncWebClient) -> None:
    for block in HOSTILE_BLOCKS:
        await bot.chat_postMessage(channel=ISSUES, text=HOSTILE, blocks=[block])
    await bot.chat_postMessage(channel=ISSUES, text=HOSTILE)
    page = await visit()
    messages = page.get_by_test_id("message")
    await expect(messages).to_have_count(len(HOSTILE_BLOCKS) + 1)
    await expect(messages.locator("script, img, b, iframe")).to_have_count(0)
    await expect(messages.locator("a[href^='javascript' i]")).to_have_count(0)
    await expect(messages.last).to_contain_text("<script>alert(1)</script>")


MRKDWN = [
    ("*bold* and _it_ and ~no~", "<strong>bold</strong> and <em>it</em> and <s>no</s>"),
    ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
    ("*_both_*", "<strong><em>both</em></strong>"),
    ("`*code* &lt;b&gt;`", "<code>*code* &lt;b&gt;</code>"),
    ("```a\n  *b*```", "<pre>a\n  *b*</pre>"),
    ("> quoted\nnot", "<blockquote>quoted</blockquote>not"),
    ("• one\n3. three", "• one<br>3. three"),
    ("one\ntwo", "one<br>two"),
    ("&amp;lt;", "&amp;lt;"),
    ("<!here>", '<span class="mention mention-loud">@here</span>'),
    (
        "<https://example.com/?a&amp;b|A *b*>",
        '<a href="https://example.com/?a&amp;b" target="_blank" rel="noopener noreferrer">A <strong>b</strong></a>',
    ),
    ("<javascript:alert(1)|x>", "<span>x</span>"),
    ("<!date^nonsense^{date}|some day>", "some day"),
    (":nonsense: :tada:", ':nonsense: <span class="emoji" title=":tada:">🎉</span>'),
    ("unclosed *bold and `code and <tag", "unclosed *bold and `code and &lt;tag"),
]


@pytest.fixture(scope="module")
async def text_page(windows: Windows) -> AsyncIterator[Page]:
    """One page for all that only calls functions in it."""
    async with living_workspace() as (sandbox, _), windows.visits(sandbox) as opens:
        yield await opens()


@pytest.fixture
def rendered(text_page: Page) -> Rendered:
    """rendered(module, function, *arguments) -> the markup that the page's own function makes."""

    async def run(module: str, function: str, *arguments: Any) -> str:
        markup: str = await text_page.evaluate(
            """async ([module, name, args]) => {
                const made = (await import(`/static/${module}.js`))[name](...args);
                if (typeof made === 'string') return made;
                const node = document.createElement('div');
                node.append(...made);
                return node.innerHTML;
            }""",
            [module, function, arguments],
        )
        return markup

    return run


async def test_mrkdwn_reads_as_in_slack(rendered: Rendered) -> None:
    shown = [(text, await rendered("text/mrkdwn", "mrkdwn", text, {})) for text, _ in MRKDWN]
    assert shown == MRKDWN


async def test_a_link_of_a_dangerous_kind_keeps_its_words_only(rendered: Rendered) -> None:
    block = rich({"type": "link", "url": "javascript:alert(1)", "text": "x"})
    assert await rendered("blocks/rich_text", "richTextParts", block, {}) == "<div><span>x</span></div>"


MARKDOWN = [
    ("# One\ntext **b** *i* ~~s~~", "<h4"),
    ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
    ("1. a\n2. b", '<ol start="1"><li>a</li><li>b</li></ol>'),
    ("> a\n> b", "<blockquote><p>a<br>b</p></blockquote>"),
    ("```\n<b>\n```", "<pre>&lt;b&gt;</pre>"),
    ("a\n\nb", "<p>a</p><p>b</p>"),
    ("---", "<hr>"),
    ("[x](https://example.com/)", '<p><a href="https://example.com/" target="_blank"'),
]


@pytest.mark.parametrize(("text", "beginning"), MARKDOWN)
async def test_markdown_reads_as_markdown(rendered: Rendered, text: str, beginning: str) -> None:
    assert (await rendered("text/markdown", "markdown", text)).startswith(beginning)


NOON = 1_767_268_800  # Thursday 2026-01-01 12:00 UTC; no zone but the farthest calls it another day
DATES = [
    ("{date_num}", 0, "2026-01-01"),
    ("{date}", 0, "January 1st"),
    ("{date}", 400 * 86_400, "January 1st, 2026"),
    ("{date_short}", 0, "Jan 1, 2026"),
    ("{date_long}", 0, "Thursday, January 1st, 2026"),
    ("{date_pretty}", 0, "today"),
    ("{date_short_pretty}", 86_400, "yesterday"),
    ("{date_long_pretty}", -86_400, "tomorrow"),
    ("{ago}", 180, "3 minutes ago"),
    ("{ago}", -7_200, "in 2 hours"),
    ("{unknown} on {date_num}", 0, "{unknown} on 2026-01-01"),
]


async def test_dates_read_as_slack_documents_them(rendered: Rendered) -> None:
    shown = [
        (form, shift, await rendered("text/dates", "formatDate", NOON, form, NOON + shift))
        for form, shift, _ in DATES
    ]
    assert shown == DATES


async def test_every_kind_of_block_is_shown(visit: Visit, bot: AsyncWebClient, picture: Picture) -> None:
    listed = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "an item"}]}
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "a quote"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
        ],
    }
    cells = [
        [{"type": "raw_text", "text": text} for text in row]
        for row in [("Level", "Who"), ("Team lead", "Maya")]
    ]
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain("A header :tada:")},
        {
            "type": "section",
            "text": mrkdwn("A section"),
            "fields": [mrkdwn("*Field*\none"), mrkdwn("*Field*\ntwo")],
        },
        {"type": "divider"},
        listed,
        {"type": "table", "rows": cells},
        {"type": "context", "elements": [mrkdwn("A _context_")]},
    ]
    await bot.chat_postMessage(channel=ISSUES, text="all", blocks=blocks)
    page = await visit()
    message = page.get_by_test_id("message")
    await expect(message.get_by_role("heading", name="A header 🎉")).to_be_visible()
    await expect(message.locator("li", has_text="an item")).to_be_visible()
    await expect(message.locator("blockquote")).to_have_text("a quote")
    await expect(message.get_by_role("columnheader", name="Who")).to_be_visible()
    await expect(message.locator(".block-unsupported")).to_have_count(0)
    await picture(page, "blocks")
