"""Who is told of an owner who gives it on, is asked whether they are still on it, or is gone."""

from collections.abc import Mapping

from bot.domain.events import EventKind
from bot.domain.offer import Offer
from bot.domain.telling import Teller

ABOUT_HANDING: Mapping[EventKind, Teller] = {}
OFFERS: Mapping[str, Offer] = {}
