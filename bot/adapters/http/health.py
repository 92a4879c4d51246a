"""Health: is it alive, can it do its work, and what is reduced."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field

from fastapi import FastAPI, Response


@dataclass(frozen=True, slots=True)
class Health:
    """What operators see. `problems` make the process unready; `reduced` only says what works less well."""

    version: str
    slack: str
    outbox_waiting: int = 0
    problems: list[str] = field(default_factory=list)
    reduced: list[str] = field(default_factory=list)


Look = Callable[[], Awaitable[Health]]


def build_api(look: Look, version: str) -> FastAPI:
    """The API with /livez and /readyz. Slack being down never makes it unready: a restart does not mend Slack."""
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

    return api
