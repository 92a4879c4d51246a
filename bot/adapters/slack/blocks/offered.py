"""The buttons of a message that asks something, while it does; afterwards a line that says how it was settled."""

from dataclasses import replace

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.elements import Block, actions, context
from bot.adapters.slack.blocks.handing_forms import hand_button
from bot.adapters.slack.blocks.text import render, shorten
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue
from bot.domain.notification import Notice
from bot.domain.offers import asked
from bot.usecases.rows import Letter

BUTTONS: dict[str, tuple[str, ...]] = {
    "confirm": (ids.CONFIRM, ids.DISPUTE),
    "answer": (ids.ANSWER,),
    "bypass": (ids.ALLOW, ids.LEAVE, ids.DETAILS),
    "appeal": (ids.APPEAL,),
    "judge": (ids.UPHOLD, ids.STAYS, ids.DETAILS),
    "open_again": (ids.OPEN_AGAIN,),
    "reply": (ids.REPLY,),
    "reply_too": (ids.REPLY,),
    "reply_words": (ids.REPLY_WORDS,),
    "respond": (ids.UPDATE,),
    "news": (ids.UPDATE, ids.WAIT),
    "late_news": (ids.UPDATE,),
    "told": (ids.TOLD,),
    "dispute": (ids.DISPUTE,),
    "rate": ids.RATES,
    "remark": (ids.REMARK,),
    "reopen": (ids.DISPUTE,),
    "helped": (ids.HELPED, ids.NOTHING_TO_ADD),
    "still": (ids.KEEP, ids.GIVE_BACK, ids.HAND_OVER),
    "top": (ids.KEEP_TOP, ids.GIVE_BACK, ids.HAND_OVER),
    "hand_over": (ids.HAND_TO, ids.HAND_OVER, ids.GIVE_BACK),
    "lasted": (ids.LASTED, ids.CAME_BACK),
}
"""The buttons of each question of `bot.domain.offers`, in order."""
NUMBERED = frozenset({ids.TOLD})
"""Those that carry which one of its kind they are about: the argument ``n`` of the message."""
WORDS_IN_BUTTON = 1900
"""So much of what somebody wrote goes along with a button; Slack takes 2000 characters."""
OWN_ROW = 3
"""A question with so many buttons stands in a row of its own."""


def with_offer(letter: Letter, drawing: Drawing) -> Drawing:
    """The drawing of a message, with what it asks below it. Messages that ask nothing stay as they are."""
    issue, notice = letter.issue, letter.row.notice
    offers = asked(notice)
    if issue is None or not offers:
        return drawing
    live = [name for name, offer in offers.items() if offer.live(issue, notice)]
    over = [offer.settled(issue, notice) for name, offer in offers.items() if name not in live]
    lines = [render(said, letter.now) for said in over if said]
    blocks = [*drawing.blocks, *(context(line) for line in lines), *_rows(live, issue, notice)]
    return Drawing("\n".join([drawing.text, *lines]), blocks, live=bool(live))


def _rows(names: list[str], issue: Issue, notice: Notice) -> list[Block]:
    """What has few buttons shares a row."""
    rows: list[list[Block]] = [[]]
    for name in names:
        made = [_button(action, issue, notice) for action in BUTTONS[name] if _makes_sense(action, notice)]
        if len(made) >= OWN_ROW or len(rows[-1]) >= OWN_ROW:
            rows.append([])
        rows[-1] += made
    return [block for row in rows for block in actions(row)]


def _makes_sense(action: str, notice: Notice) -> bool:
    """In one press it is handed over only to somebody who is known."""
    return action != ids.HAND_TO or bool(notice.text("follows"))


def _button(action: str, issue: Issue, notice: Notice) -> Block:
    if action in (ids.HAND_TO, ids.HAND_OVER):
        return hand_button(action, issue, notice)
    carried = ids.carried(issue)
    if action == ids.REPLY_WORDS:
        words = ids.with_words(carried, shorten(notice.text("quote"), WORDS_IN_BUTTON))
        return issue_button(action, issue, words)
    n = int(notice.args.get("n", 0)) if action in NUMBERED else 0
    return issue_button(action, issue, replace(carried, n=n).dump())
