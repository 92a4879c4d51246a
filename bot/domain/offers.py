"""Every question that a message beside pings and cards can ask, by the names in its argument ``buttons``."""

from collections.abc import Mapping

from bot.domain.issue import Issue
from bot.domain.notification import Notice
from bot.domain.offer import Offer
from bot.domain.telling_bypassing import OFFERS as ABOUT_BYPASSING
from bot.domain.telling_caring import OFFERS as ABOUT_CARING
from bot.domain.telling_handing import OFFERS as ABOUT_HANDING
from bot.domain.telling_sending_back import OFFERS as ABOUT_SENDING_BACK
from bot.domain.telling_together import OFFERS as ABOUT_TOGETHER
from bot.domain.wording import prompts

OFFERS: Mapping[str, Offer] = {
    "confirm": Offer(prompts.confirmable, prompts.settled),
    "answer": Offer(prompts.answerable, prompts.settled_answer),
    **ABOUT_HANDING,
    **ABOUT_BYPASSING,
    **ABOUT_SENDING_BACK,
    **ABOUT_TOGETHER,
    **ABOUT_CARING,
}


def asked(notice: Notice) -> dict[str, Offer]:
    """What this message asks, by name and in order; nothing for most messages."""
    return {name: OFFERS[name] for name in notice.text("buttons").split() if name in OFFERS}


def any_live(issue: Issue, notice: Notice) -> bool:
    """Whether one of its questions is still open."""
    return any(offer.live(issue, notice) for offer in asked(notice).values())


def redrawn(before: Issue, after: Issue, notice: Notice) -> bool:
    """Whether a message with live buttons may look different after this change."""
    offers = asked(notice).values()
    if not offers or not all(offer.steady for offer in offers):
        return True
    return any(offer.live(before, notice) != offer.live(after, notice) for offer in offers)


def is_steady(notice: Notice) -> bool:
    """Whether all that it asks can be done for as long as the issue is in work."""
    offers = asked(notice).values()
    return bool(offers) and all(offer.steady for offer in offers)
