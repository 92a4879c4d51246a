"""The Home tab: drawn when it is opened, when its pages are turned, and after what its reader did with it."""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.usecases.home import read_pages, write_pages
from bot.usecases.ports import NotSaved, OutcomeUnknown
from bot.usecases.tell import show_home

Body = Mapping[str, Any]

STAYS = timedelta(minutes=10)
"""So long after a click in it, forms that somebody sends are taken for opened from their Home tab."""
MOST_KEPT = 1000
_CHANGES_NOTHING = (ids.HOME_BACK, ids.HOME_MORE, ids.LIST_OPEN, ids.DETAILS, ids.RAISE)
"""Clicks after which the tab is as it was, or is drawn anyway."""

_log = logging.getLogger(__name__)


def register(doors: Doors, here: Here) -> None:
    """Bind the opening of the tab and the buttons of its pages."""

    @doors.event("app_home_opened")
    async def on_home(ack: AsyncAck, event: Body, body: Body) -> None:
        if event.get("tab", "home") == "home":
            key = str(body.get("event_id") or here.nonce())
            await show_home(here.services, here.workspace, user=str(event.get("user") or ""), key=key)
        await ack()

    async def on_page(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        pages = read_pages(click.known.get("pages", "")) | read_pages(click.value)
        await show_home(
            here.services, here.workspace, user=click.who.user, key=click.key, pages=write_pages(pages)
        )
        await ack()

    for action in (ids.HOME_BACK, ids.HOME_MORE):
        doors.action(action)(on_page)


class FreshHome:
    """Draws the tab anew after what its reader did with it, so that it shows the truth at once.

    Who clicked in it is remembered for a while, in this process only: a form does not say where it was opened from."""

    def __init__(self, here: Here) -> None:
        self._here = here
        self._open: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    async def after(self, body: Body) -> None:
        """Called when a request was answered, whatever came of it. Never fails."""
        kind = body.get("type")
        if kind == "block_actions" and (body.get("view") or {}).get("type") == "home":
            click = payloads.click(body)
            pages = click.known.get("pages", "")
            self._remember(click.who.user, pages)
            action = str((body.get("actions") or [{}])[0].get("action_id") or "")
            if not action.startswith(_CHANGES_NOTHING):
                await self._draw(click.who.user, f"after:{click.key}", pages)
        elif kind == "view_submission":
            form = payloads.submission(body)
            at, pages = self._open.get(form.who.user, (None, ""))
            if at is not None and self._here.services.clock.now() - at < STAYS:
                await self._draw(form.who.user, f"after:{form.key}", pages)

    def _remember(self, user: str, pages: str) -> None:
        self._open[user] = self._here.services.clock.now(), pages
        self._open.move_to_end(user)
        while len(self._open) > MOST_KEPT:
            self._open.popitem(last=False)

    async def _draw(self, user: str, key: str, pages: str) -> None:
        try:
            await show_home(self._here.services, self._here.workspace, user=user, key=key, pages=pages)
        except (NotSaved, OutcomeUnknown):
            _log.warning("the Home tab was not drawn anew", extra={"action": "home"})
