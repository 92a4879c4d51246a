"""Every method the sandbox answers."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.web_api import auth, chat, conversations, users, views
from bot.sandbox.web_api.call import Handler

HANDLERS: Mapping[str, Handler] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **users.METHODS,
    **views.METHODS,
}
