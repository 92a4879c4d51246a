"""Who is told of news that are due, of texts to bring, of ratings and follow-ups; and what their messages ask."""

from collections.abc import Iterator, Mapping

from bot.domain.caring_time import news_since
from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.notices import asking, tell_manager, tell_owner, tell_person, tell_requester
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offer import Offer
from bot.domain.rating import may_comment, may_rate
from bot.domain.standing_in import owed
from bot.domain.telling import Teller
from bot.domain.waiting import can_be_written_to
from bot.domain.wording import caring
from bot.domain.words import NOTHING, At, Sentence, say

POOR = 2
"""The escalation manager reads of ratings up to this one, so that somebody can ask what happened."""


def _on_update_due(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if issue.present_owner:
        told = tell_owner(issue, key, issue.present_owner, caring.update_due(issue, event))
        yield asking(issue, told, "news", since=_since(issue))


def _on_update_late(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if event.data.get("again"):
        yield tell_manager(issue, key, caring.bring_late(issue, event))
        return
    told = tell_manager(issue, key, caring.update_late(issue, event))
    yield asking(issue, told, "late_news", since=_since(issue))


def _on_owed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """The text itself went to whoever brings it when it was made; this reminds them of it."""
    if event.data.get("again") and not event.data.get("lost"):
        who = event.text("who") or issue.raiser
        told = tell_person(
            issue, NoticeKind.RAISER, f"raiser:{key}", who, caring.bring_reminder(issue, event)
        )
        yield asking(issue, told, "told", n=int(event.data.get("n", 0)))


def _on_rated(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Its owner, and the manager where it did not go well: two people who can learn from it, and nobody else."""
    if issue.present_owner:
        yield tell_owner(issue, key, issue.present_owner, caring.rated(issue, event))
    if int(event.data.get("stars", 0)) <= POOR:
        yield tell_manager(issue, key, caring.rated(issue, event))


def _on_commented(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    text = event.text("text")
    if not text:
        return
    said = caring.commented(issue, event)
    if issue.present_owner and issue.present_owner != event.actor:
        yield tell_owner(issue, key, issue.present_owner, said, quote=text)
    yield tell_manager(issue, key, said, quote=text)


def _on_followed_up(issue: Issue, _event: Event, key: str) -> Iterator[Notice]:
    yield tell_requester(issue, key, caring.did_it_last(issue), buttons="lasted")


def _on_follow_up_answered(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Who opened it again told that with the reason."""
    if issue.state is State.CLOSED and issue.present_owner and issue.present_owner != event.actor:
        yield tell_owner(issue, key, issue.present_owner, caring.follow_up_answered(issue, event))


def _since(issue: Issue) -> str:
    since = news_since(issue)
    return since.isoformat() if since else ""


def _this_opening(issue: Issue, notice: Notice) -> bool:
    return notice.args.get("opening") == issue.opening


def _can_reply(issue: Issue, notice: Notice) -> bool:
    return issue.state in IN_WORK and _this_opening(issue, notice)


def _can_reply_too(issue: Issue, notice: Notice) -> bool:
    """Beside the question whether it is solved, as long as that waits for an answer."""
    return issue.state is State.RESOLVED and _this_opening(issue, notice)


def _can_be_sent(issue: Issue, _notice: Notice) -> bool:
    return can_be_written_to(issue)


def _news_wanted(issue: Issue, notice: Notice) -> bool:
    return notice.text("since") == _since(issue) != ""


def _news_came(issue: Issue, notice: Notice) -> Sentence:
    at = issue.care.told_at
    if at is not None and at.isoformat() > notice.text("since"):
        return say("News went out {at}.", at=At(at))
    return say("Nothing to do here any more.")


def _can_respond(issue: Issue, notice: Notice) -> bool:
    return (
        issue.state is State.ACKNOWLEDGED
        and issue.present_owner == notice.to.id
        and _this_opening(issue, notice)
    )


def _can_rate(issue: Issue, notice: Notice) -> bool:
    return _this_opening(issue, notice) and may_rate(issue, notice.text("reader"))


def _rated(issue: Issue, notice: Notice) -> Sentence:
    told = notice.text("reader") in issue.care.rated
    return say("You told us how it went. Thank you.") if told else NOTHING


def _can_remark(issue: Issue, notice: Notice) -> bool:
    reader = notice.text("reader")
    return reader in issue.care.rated and _this_opening(issue, notice) and may_comment(issue, reader)


def _can_reopen(issue: Issue, notice: Notice) -> bool:
    return issue.state is State.CLOSED and _this_opening(issue, notice)


def _reopened(issue: Issue, notice: Notice) -> Sentence:
    return NOTHING if _this_opening(issue, notice) else say("It was opened again.")


def _can_dispute(issue: Issue, notice: Notice) -> bool:
    return issue.state is State.RESOLVED and _this_opening(issue, notice)


def _disputed(issue: Issue, notice: Notice) -> Sentence:
    if issue.closed_at and _this_opening(issue, notice):
        return say("Closed {when}.", when=At(issue.closed_at, "day"))
    return say("It was opened again.")


def _is_owed(issue: Issue, notice: Notice) -> bool:
    return owed(issue, int(notice.args.get("n", 0)), notice.to.id) is not None


def _can_help(issue: Issue, notice: Notice) -> bool:
    return _this_opening(issue, notice) and may_comment(issue, notice.to.id)


def _is_asked_whether_it_lasted(issue: Issue, notice: Notice) -> bool:
    return _can_reopen(issue, notice) and not issue.care.follow_up_answered


def _thanks(_issue: Issue, _notice: Notice) -> Sentence:
    return say("Thank you.")


def _told(issue: Issue, notice: Notice) -> Sentence:
    """Thanks, but where somebody else brings it by now."""
    waits = any(one.n == notice.args.get("n") for one in issue.care.owing)
    return say("Somebody else tells them now.") if waits else say("Thank you.")


def _nothing(_issue: Issue, _notice: Notice) -> Sentence:
    return NOTHING


ABOUT_CARING: Mapping[EventKind, Teller] = {
    EventKind.UPDATE_DUE: _on_update_due,
    EventKind.UPDATE_LATE: _on_update_late,
    EventKind.OWED: _on_owed,
    EventKind.RATED: _on_rated,
    EventKind.COMMENTED: _on_commented,
    EventKind.FOLLOWED_UP: _on_followed_up,
    EventKind.FOLLOW_UP_ANSWERED: _on_follow_up_answered,
}
OFFERS: Mapping[str, Offer] = {
    "reply": Offer(_can_reply, _nothing, steady=True),
    "reply_too": Offer(_can_reply_too, _nothing),
    "reply_words": Offer(_can_be_sent, _nothing, steady=True),
    "respond": Offer(_can_respond, _nothing, steady=True),
    "news": Offer(_news_wanted, _news_came),
    "late_news": Offer(_news_wanted, _news_came),
    "told": Offer(_is_owed, _told),
    "dispute": Offer(_can_dispute, _disputed),
    "rate": Offer(_can_rate, _rated),
    "remark": Offer(_can_remark, _nothing),
    "reopen": Offer(_can_reopen, _reopened),
    "helped": Offer(_can_help, _thanks),
    "lasted": Offer(_is_asked_whether_it_lasted, _thanks),
}
"""What these messages ask, by name."""
