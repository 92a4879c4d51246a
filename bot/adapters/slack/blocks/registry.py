"""Which picture belongs to which notice."""

from collections.abc import Callable

from bot.adapters.slack.blocks.agreement import draw_agreement
from bot.adapters.slack.blocks.bundle import draw_bundle, letter_of
from bot.adapters.slack.blocks.card import draw_card
from bot.adapters.slack.blocks.copyable import draw_for_raiser
from bot.adapters.slack.blocks.details import draw_details
from bot.adapters.slack.blocks.digest import draw_digest
from bot.adapters.slack.blocks.home import draw_home
from bot.adapters.slack.blocks.log import draw_line
from bot.adapters.slack.blocks.news import draw_news
from bot.adapters.slack.blocks.notes import draw_note, draw_whisper
from bot.adapters.slack.blocks.oncall_messages import draw_shift, draw_swap
from bot.adapters.slack.blocks.ping import draw_ping
from bot.adapters.slack.blocks.private import draw_copy, for_everybody, without_name
from bot.adapters.slack.blocks.requester import draw_update
from bot.adapters.slack.drawing import Drawing
from bot.domain.notification import NoticeKind
from bot.usecases.rows import Letter

Drawer = Callable[[Letter], Drawing]

DRAWERS: dict[NoticeKind, Drawer] = {
    NoticeKind.CARD: draw_card,
    NoticeKind.LOG: draw_line,
    NoticeKind.MENTION: draw_line,
    NoticeKind.PING: draw_ping,
    NoticeKind.REMINDER: draw_ping,
    NoticeKind.NAG: draw_ping,
    NoticeKind.REQUESTER: draw_update,
    NoticeKind.OWNER: draw_note,
    NoticeKind.MANAGER: draw_note,
    NoticeKind.PATH_OWNER: draw_note,
    NoticeKind.WHISPER: draw_whisper,
    NoticeKind.DETAILS: draw_details,
    NoticeKind.HOME: draw_home,
    NoticeKind.DIGEST: draw_digest,
    NoticeKind.INFORM: draw_note,
    NoticeKind.SHIFT: draw_shift,
    NoticeKind.SWAP: draw_swap,
    NoticeKind.AGREEMENT: draw_agreement,
    NoticeKind.NEWS: draw_news,
    NoticeKind.PICTURE: draw_note,
    NoticeKind.RAISER: draw_for_raiser,
    NoticeKind.WATCHER: draw_note,
    NoticeKind.COPY: draw_copy,
    NoticeKind.BUNDLE: draw_bundle,
}


def draw(letter: Letter) -> Drawing:
    """The picture of a notice as things stand now, for whoever reads it there.

    Raises ValueError when the notice cannot be drawn at all."""
    if len(letter.parts) == 1:
        letter = letter_of(letter, letter.parts[0])
    if letter.parts:
        return draw_bundle(letter)
    letter = without_name(letter)
    return for_everybody(letter) or DRAWERS[letter.row.notice.kind](letter)
