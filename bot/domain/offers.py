"""Every question that a message beside pings and cards can ask, by its argument ``buttons``."""

from collections.abc import Mapping

from bot.domain.offer import Offer
from bot.domain.telling_bypassing import OFFERS as ABOUT_BYPASSING
from bot.domain.telling_caring import OFFERS as ABOUT_CARING
from bot.domain.telling_handing import OFFERS as ABOUT_HANDING
from bot.domain.telling_sending_back import OFFERS as ABOUT_SENDING_BACK
from bot.domain.telling_together import OFFERS as ABOUT_TOGETHER
from bot.domain.wording import prompts

OFFERS: Mapping[str, Offer] = {
    "confirm": Offer(prompts.confirmable, prompts.settled),
    "answer": Offer(prompts.answerable, prompts.settled),
    **ABOUT_HANDING,
    **ABOUT_BYPASSING,
    **ABOUT_SENDING_BACK,
    **ABOUT_TOGETHER,
    **ABOUT_CARING,
}
