"""Pages for clients under secret addresses: `GET /client/{secret}` to read, `POST` to agree. No address is logged here.

Who knows the address may do both, so there is no cookie and nothing for another site to borrow.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response

from bot.adapters.http.client_html import NOT_HERE, Trouble, page, plain_page
from bot.adapters.http.client_style import style_source
from bot.adapters.http.secret_path import may_be_secret
from bot.domain.errors import FieldErrors, Refused
from bot.usecases.client_yes import PageShown, SaidYes, TooFast
from bot.usecases.ports import NotSaved, OutcomeUnknown

BODY_LIMIT = 4096
"""Bytes of a form; a name of a hundred letters and a mark need a third of it at most."""
FORM = "application/x-www-form-urlencoded"
LATER = "This could not be saved just now. Please try again in a minute; if it was saved, nothing is recorded twice."


@dataclass(frozen=True, slots=True)
class ClientPages:
    """Pages by secret: what one shows, and what it shows after somebody agreed. None when there is no such page.

    `agree` raises FieldErrors, TooFast, Refused, NotSaved and OutcomeUnknown."""

    read: Callable[[str], Awaitable[PageShown | None]]
    agree: Callable[[str, SaidYes], Awaitable[PageShown | None]]


def add_client_pages(api: FastAPI, pages: ClientPages) -> None:
    """Serve pages. A wrong secret looks like a page that was withdrawn."""
    headers = _headers()

    def html(text: str, status: int = 200, more: Mapping[str, str] | None = None) -> Response:
        return Response(text, status, {**headers, **(more or {})}, "text/html; charset=utf-8")

    def nothing() -> Response:
        return html(plain_page("This page is not here", NOT_HERE), 404)

    @api.get("/client/{secret}", include_in_schema=False)
    async def read(secret: str) -> Response:
        """What is in force."""
        shown = await pages.read(secret) if may_be_secret(secret) else None
        return nothing() if shown is None else html(page(shown))

    @api.post("/client/{secret}", include_in_schema=False)
    async def agree(secret: str, request: Request) -> Response:
        """A yes; then the page again, so that reloading it sends nothing twice."""
        if not may_be_secret(secret):
            return nothing()
        said = await _said(request)
        if isinstance(said, _Unreadable):
            return html(plain_page("Nothing was recorded", said.why), said.status)
        try:
            done = await pages.agree(secret, said)
        except (Refused, FieldErrors, NotSaved, OutcomeUnknown) as error:
            status, why, more = _trouble(error)
            shown = await pages.read(secret)
            if shown is None:
                return nothing()
            trouble = Trouble(why, said.name, isinstance(error, FieldErrors))
            return html(page(shown, trouble), status, more)
        return nothing() if done is None else Response(None, 303, {**headers, "Location": secret})


@dataclass(frozen=True, slots=True)
class _Unreadable:
    status: int
    why: str


async def _said(request: Request) -> SaidYes | _Unreadable:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return _Unreadable(415, "Please use the form of the page.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return _Unreadable(
                413, "That is longer than a name. Please go back and use the form of the page."
            )
    try:
        fields = parse_qs(body.decode("ascii"), max_num_fields=10, errors="replace")
    except ValueError:
        return _Unreadable(400, "That could not be read. Please go back and use the form of the page.")
    return SaidYes(fields.get("name", [""])[0], fields.get("terms", [""])[0])


def _trouble(error: Exception) -> tuple[int, str, Mapping[str, str]]:
    """Status, sentence and headers."""
    match error:
        case TooFast():
            wait = max(1, int(error.wait.total_seconds()))
            return 429, error.sentence.plain(), {"Retry-After": str(wait)}
        case FieldErrors():
            return 422, str(error), {}
        case Refused():
            return 409, error.sentence.plain(), {}
    return 503, LATER, {"Retry-After": "60"}


def _headers() -> dict[str, str]:
    policy = (
        f"default-src 'none'; style-src {style_source()}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
