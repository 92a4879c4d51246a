"""Somebody left whom an issue is for, or who brings its news to somebody without Slack: said once, not per message.

Nothing that is for them is held back: each message is still tried, so that it reaches them once they are back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue, Target, TargetKind
from bot.domain.notification import Notice, NoticeKind, Op
from bot.domain.standing_in import bearers, carrier, names_of, owed

_FOR_THEM = frozenset({NoticeKind.REQUESTER, NoticeKind.RAISER})


def meant_for(issue: Issue, notice: Notice) -> str:
    """The person a message is for, wherever it goes; empty for every message that is not about whom an issue is for."""
    if notice.kind not in _FOR_THEM or notice.op is Op.EDIT:
        return ""
    if notice.kind is NoticeKind.RAISER:
        return notice.to.id
    return notice.text("reader") or issue.requester


def nobody_reads(issue: Issue, user: str, why: str, now: datetime) -> Change:
    """Nothing reaches them any more, and nobody reads it in their place. Does nothing when that is known."""
    if user in issue.care.lost:
        return Change(issue, ())
    after = issue.bump(care=replace(issue.care, lost=(*issue.care.lost, user)))
    data: dict[str, str | int] = {"who": user, "why": why}
    name = names_of(issue, user)
    event = Event(EventKind.OUT_OF_REACH, now, None, {**data, "name": name} if name else data)
    return Change(after, (event,))


def is_back(issue: Issue, user: str) -> Issue:
    """A message that was for them arrived."""
    left = tuple(one for one in issue.care.lost if one != user)
    return issue if left == issue.care.lost else issue.bump(care=replace(issue.care, lost=left))


def is_for(issue: Issue, user: str) -> bool:
    """Whether they are told how it stands because it is for them."""
    return user == issue.requester or user in issue.company.further


def lost_readers(issue: Issue) -> tuple[str, ...]:
    """Whom it is for, and nothing reaches them."""
    return tuple(one for one in issue.care.lost if is_for(issue, one) and not names_of(issue, one))


def nobody_answers(issue: Issue) -> bool:
    """Whether nothing reaches anybody it is for, and nobody brings it to them."""
    return not bearers(issue) and all(
        one in issue.care.lost for one in (issue.requester, *issue.company.further)
    )


def handed_on(issue: Issue, texts: Iterable[Notice], user: str) -> Iterator[Notice]:
    """Those of the texts that this person was to bring and that still wait, oldest first, for who brings them now."""
    to = carrier(issue, user)
    theirs = (
        one for one in texts if one.kind is NoticeKind.RAISER and one.args.get("copy") and one.to.id == user
    )
    for one in sorted(theirs, key=_n):
        if to != user and owed(issue, _n(one), to) is not None:
            args = {**one.args, "buttons": "told"}
            target = Target(TargetKind.USER, to)
            lane = f"copy:{issue.number}:{to}"
            yield replace(one, key=f"{one.key}:{to}", lane=lane, to=target, op=Op.POST, args=args)


def _n(text: Notice) -> int:
    return int(text.args.get("n", 0))
