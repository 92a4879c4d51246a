"""Who has an issue works from one message: of several that asked them, the newest that is there."""

from dataclasses import replace
from datetime import datetime

from bot.domain.issue import Issue
from bot.domain.notices import edited
from bot.domain.notification import Notice
from bot.domain.prompting import PINGS
from bot.domain.wording.prompts import works_here
from bot.usecases.heal import NEVER_DRAWN
from bot.usecases.ports import Store
from bot.usecases.rows import MessageRef


def as_it_stands(store: Store, issue: Issue, message: MessageRef, notice: Notice) -> Notice:
    """The notice by which this message is drawn anew, marked ``overtaken`` when its reader, who has the issue, has a
    newer ping of it below."""
    args = {name: value for name, value in notice.args.items() if name != "overtaken"}
    if notice.kind in PINGS and works_here(issue, notice):
        below = (one for one in store.messages.live(issue.ref) if _below(one, message))
        if any(works_here(issue, one.notice) for one in below):
            args["overtaken"] = 1
    return replace(notice, args=args)


def overtake(store: Store, issue: Issue, message: MessageRef, now: datetime) -> None:
    """This ping has just come, to somebody who took the issue while it was under way: those above it are drawn anew."""
    if message.notice.kind not in PINGS or not works_here(issue, message.notice):
        return
    for one in store.messages.live(issue.ref):
        if _below(message, one) and works_here(issue, one.notice):
            store.messages.put(replace(one, version=NEVER_DRAWN))
            store.outbox.put(issue.ref.workspace, issue.number, [edited(one.notice)], now)


def _below(other: MessageRef, message: MessageRef) -> bool:
    """Whether `other` is a ping below this message."""
    return other.notice.kind in PINGS and other.place == message.place and other.stamp > message.stamp
