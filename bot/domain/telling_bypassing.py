"""Who is told of jumping over a level and of what the escalation manager says to it."""

from collections.abc import Mapping

from bot.domain.events import EventKind
from bot.domain.offer import Offer
from bot.domain.telling import Teller

ABOUT_BYPASSING: Mapping[EventKind, Teller] = {}
OFFERS: Mapping[str, Offer] = {}
