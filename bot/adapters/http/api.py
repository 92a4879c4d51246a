"""The API: /livez and /readyz for operators, calendars for who subscribed to them, pages for clients."""

from dataclasses import asdict

from fastapi import FastAPI, Response

from bot.adapters.http.calendar import Calendar, add_calendar
from bot.adapters.http.client_page import ClientPages, add_client_pages
from bot.adapters.http.health import Look


def build_api(
    look: Look, version: str, calendar: Calendar | None = None, client_pages: ClientPages | None = None
) -> FastAPI:
    """The API. Slack being down never makes it unready: a restart does not mend Slack."""
    api = FastAPI(title="Rung", version=version, docs_url=None, redoc_url=None)

    @api.get("/livez")
    async def livez() -> dict[str, str]:
        """The event loop turns."""
        return {"status": "ok"}

    @api.get("/readyz")
    async def readyz(response: Response) -> dict[str, object]:
        """The database can be written, nothing is shutting down."""
        health = await look()
        response.status_code = 503 if health.problems else 200
        return {"status": "not ready" if health.problems else "ok", **asdict(health)}

    if calendar is not None:
        add_calendar(api, calendar)
    if client_pages is not None:
        add_client_pages(api, client_pages)
    return api
