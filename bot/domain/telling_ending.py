"""Who is told that it is solved and closed, and what they are asked then."""

from collections.abc import Iterator, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.notices import asking, tell_owner, tell_raiser, tell_requester
from bot.domain.notification import Notice
from bot.domain.rating import asked_to_comment
from bot.domain.readers import for_others
from bot.domain.telling import Teller
from bot.domain.wording import caring, requester
from bot.domain.words import NOTHING, Sentence, sentences


def _on_resolved(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if issue.state is State.CLOSED:  # the requester owned it: nothing to confirm
        return
    said = requester.resolved(issue, event)
    yield tell_requester(issue, key, said, quote=event.text("done"), buttons="confirm reply_too")


def _on_confirmed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield _end(issue, key, requester.confirmed(issue), requester.confirmed_for_others(issue, event))
    yield from _questions(issue, event, key)


def _on_closed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if event.text("why") == "own":
        told = tell_requester(issue, key, requester.closed_own(issue), buttons="reopen")
        yield for_others(told, requester.closed_by_owner(issue))
        return
    others = said = requester.closed(issue)
    if event.actor:  # somebody said that it is solved
        others = requester.confirmed_for_others(issue, event)
        said = requester.confirmed(issue) if event.actor in (issue.requester, issue.care.stand_in) else others
    yield _end(issue, key, said, others)
    yield from _questions(issue, event, key)


def _end(issue: Issue, key: str, said: Sentence, others: Sentence) -> Notice:
    """The last message: how to come back, and how it went."""
    asks = "rate reopen" if issue.facts.requester_name else "rate remark reopen"
    return for_others(tell_requester(issue, key, said, buttons=asks), others)


def _questions(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """One question for who had it and for who raised it; whoever had it hears first that it is confirmed."""
    ask = caring.what_would_have_helped(issue)
    for person in asked_to_comment(issue):
        if person == issue.owner:
            confirmed = event.kind is EventKind.CONFIRMED and person != event.actor
            well = caring.well_done(issue, event) if confirmed else NOTHING
            told = tell_owner(issue, key, person, sentences(well, ask))
        else:
            told = tell_raiser(issue, key, ask)
        yield asking(issue, told, "helped")


ABOUT_ENDING: Mapping[EventKind, Teller] = {
    EventKind.RESOLVED: _on_resolved,
    EventKind.CONFIRMED: _on_confirmed,
    EventKind.CLOSED: _on_closed,
}
