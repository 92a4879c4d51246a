"""Who is told of what is sent back, appealed and withdrawn."""

from collections.abc import Mapping

from bot.domain.events import EventKind
from bot.domain.offer import Offer
from bot.domain.telling import Teller

ABOUT_SENDING_BACK: Mapping[EventKind, Teller] = {}
OFFERS: Mapping[str, Offer] = {}
