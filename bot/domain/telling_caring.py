"""Who is told of news that are due, of ratings and follow-ups."""

from collections.abc import Mapping

from bot.domain.events import EventKind
from bot.domain.offer import Offer
from bot.domain.telling import Teller

ABOUT_CARING: Mapping[EventKind, Teller] = {}
OFFERS: Mapping[str, Offer] = {}
