"""Pages for clients: hostile texts are only text, and what no form of ours sends is refused."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from yarl import URL

from bot.adapters.http.client_page import BODY_LIMIT, FORM
from bot.domain.errors import Refused
from bot.domain.wording.client_terms import ClientTerms, Step, Titled
from bot.usecases.client_yes import PageShown, SaidYes
from tests.integration.client_desk import SECRET, YES, Desk, Outline, form, get, post, served

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'--></style></title><svg/onload=alert(1)>",
    "</dd></dl></main>",
    "&lt;b&gt; &amp; &#x3C;",
    "{0} {name} %s ${x}",
    "\u202etxet desrever",
    "line\nbreak",
)


@pytest.fixture
def desk() -> Desk:
    """A page that nobody has agreed to."""
    return Desk()


@pytest.fixture
async def address(desk: Desk) -> AsyncIterator[str]:
    """Where it is served."""
    async with served(desk) as url:
        yield url


@pytest.mark.parametrize("evil", HOSTILE)
async def test_hostile_texts_are_only_text(address: str, desk: Desk, evil: str) -> None:
    plain = Outline((await get(address))[2])
    some = (Titled(evil, evil),)
    steps = (Step(1, evil, evil, evil, (evil,)),)
    terms = ClientTerms(evil, evil, steps, (evil,), (evil,), some, some, some)
    desk.shown = PageShown(evil, evil, terms, 3, "UTC", (replace(YES, name=evil),))
    desk.trouble = Refused(evil)
    for _, _, body in (await get(address), await post(address, form(evil))):
        read = Outline(body)
        assert read.words.count(evil) >= 14
        assert {tag for tag, _ in read.tags} <= {tag for tag, _ in plain.tags} | {"time", "ul"}
        assert {name for _, attrs in read.tags for name in attrs} <= {
            *(name for _, attrs in plain.tags for name in attrs),
            *("datetime", "role", "id"),
        }


@pytest.mark.parametrize(
    "gone", ["withdrawn", "wrong", "long", "a%00b", "%F0%9F%94%A5", "%ED%A0%80", "a%0D%0Ab"]
)
async def test_other_addresses_answer_kindly_with_nothing(address: str, desk: Desk, gone: str) -> None:
    url = address
    if gone == "withdrawn":
        desk.shown = None
    else:
        url = address[: -len(SECRET)] + ("x" * 1000 if gone == "long" else gone)
    for status, headers, body in (await get(URL(url, encoded=True)), await post(url, form("Zoë"))):
        assert status == 404
        assert "Please ask whoever gave it to you" in Outline(body).words
        assert headers["referrer-policy"] == "no-referrer"
    assert desk.asked == ([SECRET] * 2 if gone == "withdrawn" else ["wrong"] * 2 if gone == "wrong" else [])


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"x" * (BODY_LIMIT + 1), FORM, 413, id="large"),
        pytest.param(b"name=" + b"%F0%9F%94%A5" * 1000, FORM, 413, id="large in few letters"),
        pytest.param(b"name=Zo\xc3\xab", FORM, 400, id="not encoded"),
        pytest.param(b"&".join(b"a=1" for _ in range(11)), FORM, 400, id="many fields"),
        pytest.param(b'{"name": "Z"}', "application/json", 415, id="json"),
        pytest.param(b"name=Z", "text/plain", 415, id="text"),
        pytest.param(b"name=Z", "multipart/form-data; boundary=x", 415, id="multipart"),
    ],
)
async def test_what_no_form_of_ours_sends_is_refused(
    address: str, desk: Desk, body: bytes, kind: str, status: int
) -> None:
    seen, _, text = await post(address, body, kind)
    assert (seen, desk.said) == (status, [])
    assert "Nothing was recorded" in Outline(text).words


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(b"", SaidYes("", ""), id="empty"),
        pytest.param(b"name=A&name=B&terms=t", SaidYes("A", "t"), id="twice"),
        pytest.param(
            b"name=%FF%00%ED%A0%80&terms=%3D", SaidYes("\ufffd\x00\ufffd\ufffd\ufffd", "="), id="no text"
        ),
        pytest.param(b"name=" + b"x" * 4000, SaidYes("x" * 4000, ""), id="long"),
        pytest.param(b"=&&;==&name", SaidYes("", ""), id="odd"),
    ],
)
async def test_odd_forms_are_read_and_left_to_the_rules(
    address: str, desk: Desk, body: bytes, said: SaidYes
) -> None:
    assert (await post(address, body, f"{FORM.upper()}; charset=UTF-8"))[0] == 303
    assert desk.said == [said]
