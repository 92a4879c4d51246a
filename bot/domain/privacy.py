"""Where messages about a private issue go: to people, never to a channel. The one place that says so.

Instead of a card in a channel there is a copy of it for each who works on it or follows it. A channel that is asked
gets a ping, of which nothing but number, priority and time is drawn.
"""

from collections.abc import Iterable, Iterator

from bot.domain.contacts import ContactKind
from bot.domain.issue import Issue, Target, TargetKind
from bot.domain.notices import CARD_KEY, card_notice, place
from bot.domain.notification import Notice, NoticeKind, Op, Rank

_NOWHERE = frozenset({NoticeKind.LOG, NoticeKind.MENTION})
"""Lines of the card's thread. Details has all of them."""


def copies(issue: Issue) -> dict[str, Target]:
    """Who gets a copy of the card: key of the message -> whom it goes to; nobody while it is public.

    Those asked, who has it, who follows it, and the escalation manager as the matrix writes them.
    """
    if not issue.private:
        return {}
    manager = issue.route.rules.escalation_manager
    asked = {ask.target.id: ask.contact for ask in issue.asks if ask.target.kind is TargetKind.USER}
    people = [*asked, *([issue.owner] if issue.owner else []), *issue.company.watchers]
    to = {
        f"copy:{one}": Target(TargetKind.USER, one)
        for one in dict.fromkeys(people)
        if asked.get(one) != str(manager)
    }
    if manager.kind is not ContactKind.CHANNEL:
        to[f"copy:{manager}"] = place(manager)
    return to


def for_eyes(before: Issue | None, issue: Issue, notices: Iterable[Notice]) -> Iterator[Notice]:
    """Those of the messages that may be sent, and the copies of the card that a change asks for."""
    was_private = before is not None and before.private
    if issue.private:
        hidden_now = before is not None and not before.private
        yield from (one for one in notices if _may_go(one, hidden_now=hidden_now))
    else:
        if was_private:
            yield card_notice(issue)
        yield from notices
    old = copies(before) if before is not None else {}
    for key, to in copies(issue).items():
        if key not in old:
            yield _copy(issue, key, to, Op.POST)
        if before is not None:  # who had one before gets no second one: theirs is drawn anew
            yield _copy(issue, key, to, Op.EDIT)
    for key, to in old.items():
        if key not in copies(issue):
            yield _copy(issue, key, to, Op.EDIT)


def goes_nowhere(issue: Issue, notice: Notice) -> bool:
    """Whether a message that waits to be sent must not be any more: it is private by now, or not for them."""
    if notice.kind is NoticeKind.COPY:
        return notice.key not in copies(issue)
    return issue.private and not _for_people(notice)


def _may_go(notice: Notice, *, hidden_now: bool) -> bool:
    if notice.kind is NoticeKind.CARD:
        return hidden_now and notice.key == CARD_KEY and notice.op is Op.EDIT
    return _for_people(notice)


def _for_people(notice: Notice) -> bool:
    told_to_all = notice.kind is NoticeKind.INFORM and notice.to.kind is TargetKind.CHANNEL
    return notice.kind not in _NOWHERE and not told_to_all


def _copy(issue: Issue, key: str, to: Target, op: Op) -> Notice:
    rank = Rank.CARD if op is Op.POST else Rank.EDIT
    return Notice(NoticeKind.COPY, key, to, f"{key}:{issue.number}", rank, op)
