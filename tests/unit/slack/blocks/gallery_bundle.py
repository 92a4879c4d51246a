"""Many issues in one message: what it asks, and what it says once some or all are settled; news, and private ones."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.drawing import Drawing
from bot.domain import answering
from bot.domain.bundling import MOST
from bot.domain.ids import UserId
from bot.domain.issue import Change, Facts, Issue, Target
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.permissions import Actor
from bot.domain.words import At, Person, say
from bot.usecases.rows import BundlePart, Letter
from tests import builders as make
from tests.unit.slack.blocks import examples

TITLES = (
    "Checkout is down",
    "Refunds fail",
    "Terminal 4 is dark",
    "Invoices are late",
    "No answer since Monday",
)
DESK = make.channel("C_OPS_DESK")


def asked(many: int, facts: Facts = examples.FULL) -> list[Change]:
    """ISS-41 and on, every second one more urgent than the others."""
    ways = (make.route(priority=make.P2), make.route())
    made = [
        examples.raised(
            replace(facts, title=facts.title if facts is not examples.FULL else TITLES[n % 5]), way
        )
        for n, way in ((n, ways[n % 2]) for n in range(many))
    ]
    return [replace(one, issue=replace(one.issue, ref=make.ref(41 + n))) for n, one in enumerate(made)]


def taken(change: Change, by: str) -> Change:
    """Somebody has it."""
    return change.then(answering.acknowledge(change.issue, Actor(UserId(by)), examples.NOW, anyway=True))


def bundle(parts: Sequence[tuple[Issue, Notice]], to: Target) -> Drawing:
    """The message."""
    some = Notice(NoticeKind.BUNDLE, "bundle:1:1", to, "bundle:1:1", Rank.PING)
    known = tuple(BundlePart(notice, issue) for issue, notice in parts)
    return draw(Letter(make.outbox_row(some, issue=None), None, examples.NOW, parts=known))


def pings(issues: Sequence[Issue], who: Target | None = None) -> Drawing:
    """All of them ask this person or channel; Ana unless named."""
    to = who or make.user(make.ANA)
    kept = (replace(examples.ping(one, to.id), to=to) for one in issues)
    return bundle([(one, notice) for one, notice in zip(issues, kept, strict=True)], to)


def news(issues: Sequence[Issue], to: Target | None = None) -> Drawing:
    """All of them tell Lena something; of every third somebody wrote words."""
    place = to or make.user(examples.LENA)
    said = say("{who} has taken it at {when}.", who=Person(make.ANA), when=At(make.NOON))
    told = [
        replace(
            examples.notice(NoticeKind.REQUESTER, said, quote="" if n % 3 else "It is being looked at."),
            to=place,
        )
        for n in range(len(issues))
    ]
    return bundle(list(zip(issues, told, strict=True)), place)


def _some_taken() -> Drawing:
    one, two, *rest = asked(5)
    return pings([taken(one, make.ANA).issue, taken(two, make.OMAR).issue, *(other.issue for other in rest)])


def _all_taken() -> Drawing:
    return pings([taken(one, make.OMAR).issue for one in asked(4)])


def _private_in_a_channel() -> Drawing:
    issues = [replace(one.issue, private=n % 2 == 0) for n, one in enumerate(asked(4))]
    return pings(issues, DESK)


def _issues(many: int) -> list[Issue]:
    return [one.issue for one in asked(many)]


BUNDLES: dict[str, Callable[[], Drawing]] = {
    "bundle_few": lambda: pings(_issues(4)),
    "bundle_many": lambda: pings(_issues(MOST)),
    "bundle_some_taken": _some_taken,
    "bundle_all_taken": _all_taken,
    "bundle_in_a_channel": _private_in_a_channel,
    "bundle_of_news": lambda: news(_issues(5)),
    "bundle_of_one_left": lambda: pings(_issues(1)),
}
