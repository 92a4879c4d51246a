"""What a message with buttons asks: whether it still does, and what stands there once the question is settled."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.issue import Issue
from bot.domain.notification import Notice
from bot.domain.words import Sentence


@dataclass(frozen=True, slots=True)
class Offer:
    """`live` is asked each time the message is drawn; `settled` is shown below it when `live` says no, if it says
    anything. A `steady` one looks the same for as long as it lives, so its message is drawn anew only when it ends."""

    live: Callable[[Issue, Notice], bool]
    settled: Callable[[Issue, Notice], Sentence]
    steady: bool = False
