"""Who is told that an issue is private now: who reads news of it in a channel no more."""

from collections.abc import Iterator, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.notices import tell_requester
from bot.domain.notification import Notice
from bot.domain.telling import Teller
from bot.domain.words import Channel, say


def _on_hidden(issue: Issue, _event: Event, key: str) -> Iterator[Notice]:
    if issue.updates_channel:
        said = say(
            "ISS-{number} is private now: you read news of it here, and not in {channel} any more.",
            number=issue.number,
            channel=Channel(issue.updates_channel),
        )
        yield tell_requester(issue, key, said)


ABOUT_HIDING: Mapping[EventKind, Teller] = {EventKind.HIDDEN: _on_hidden}
