"""Who is told of issues that belong together, of notes, edits and kudos."""

from collections.abc import Mapping

from bot.domain.events import EventKind
from bot.domain.offer import Offer
from bot.domain.telling import Teller

ABOUT_TOGETHER: Mapping[EventKind, Teller] = {}
OFFERS: Mapping[str, Offer] = {}
