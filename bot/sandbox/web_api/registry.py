"""Every method the sandbox answers."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.web_api import auth, channels, chat, conversations, files, marks, users, views
from bot.sandbox.web_api.call import Handler

HANDLERS: Mapping[str, Handler] = {
    **auth.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **marks.METHODS,
    **users.METHODS,
    **views.METHODS,
}
