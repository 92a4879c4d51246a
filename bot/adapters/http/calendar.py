"""Calendars under secret addresses: `GET /oncall/{secret}.ics`. Nothing here logs an address."""

import hashlib
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response

from bot.adapters.http.secret_path import may_be_secret
from bot.usecases.outside import DirectoryDown

Calendar = Callable[[str], Awaitable[bytes | None]]
"""The calendar with this secret, as iCalendar in UTF-8; None when there is none. Raises DirectoryDown."""

_HEADERS = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}


def add_calendar(api: FastAPI, calendar: Calendar) -> None:
    """Serve calendars. A wrong secret looks like any page that does not exist."""

    @api.get("/oncall/{secret}.ics", include_in_schema=False)
    async def feed(secret: str, request: Request) -> Response:
        """Somebody's shifts, or those of a schedule, to subscribe to."""
        try:
            text = await calendar(secret) if may_be_secret(secret) else None
        except DirectoryDown:
            return Response("Please try again in a minute.", 503, {"Retry-After": "60"}, "text/plain")
        if text is None:
            return Response("There is no such calendar.", 404, None, "text/plain")
        mark = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
        headers = {**_HEADERS, "ETag": mark}
        if _known(request.headers.get("if-none-match", ""), mark):
            return Response(None, 304, headers)
        return Response(text, 200, headers, "text/calendar; charset=utf-8")


def _known(named: str, mark: str) -> bool:
    """Whether the reader has this text already: marks are compared weakly, and `*` stands for any."""
    marks = [one.strip().removeprefix("W/") for one in named.split(",")]
    return mark in marks or "*" in marks
