"""The Home tab as each sees it, and pages of lists."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks.digest import digest_answer
from bot.adapters.slack.blocks.listing import listing_answer, listing_view
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.domain.care import Bypass, SentBack
from bot.domain.delivery import RowState
from bot.domain.filters import parse
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.notification import NoticeKind
from bot.usecases.digest import LISTS, Digest
from bot.usecases.home import OVERSEEN, Health, Home, Part
from bot.usecases.list_issues import Listing
from bot.usecases.viewers import Onlooker
from tests import builders as make
from tests.unit.slack.blocks import examples
from tests.unit.slack.blocks.gallery_oncall import duties

MEMBER = Onlooker(make.ANA, member=True)
OWN = ("waiting", "owned", "raised", "follows")


def home(shown: Home, **known: Any) -> Drawing:
    """Somebody's Home tab."""
    some = examples.notice(NoticeKind.HOME, user=shown.who.user)
    return draw(examples.letter(some, None, home=shown, **known))


def parts(names: tuple[str, ...], **issues: list[Issue]) -> tuple[Part, ...]:
    """These lists; those that are not named are empty."""
    return tuple(Part(one, tuple(issues.get(one, ())), len(issues.get(one, ()))) for one in names)


def _agent() -> Drawing:
    waiting, late = examples.raised().issue, examples.numbered(examples.late().issue, [41])
    own = parts(OWN, waiting=[waiting], raised=[examples.solved().issue], follows=late)
    paged = (replace(own[0], total=9, start=4), *own[1:])
    by_priority = ((make.P1, 2), (make.P2, 1200))
    shown = Home(MEMBER, paged, by_priority=by_priority, duties=tuple(duties()))
    return home(shown, reduced=["user groups (paid plans only)"])


def _manager() -> Drawing:
    open_ = examples.raised().issue
    wished = replace(open_, care=replace(open_.care, bypass=_wish(open_)))
    overseen = parts(
        tuple(OVERSEEN),
        bypass=[wished],
        appeal=[_appealed(open_)],
        unanswered=examples.numbered(examples.unanswered().issue, [40]),
        late=examples.numbered(examples.late().issue, [41]),
        update_late=[examples.taken().issue],
    )
    who = Onlooker(make.MANAGER, manager=True, member=True)
    return home(Home(who, parts(OWN), overseen, ((make.P1, 5),)))


def _wish(issue: Issue) -> Bypass:
    return Bypass(examples.LENA, 3, "A minister <asks>.", make.NOON, path=issue.route.path.name)


def _appealed(issue: Issue) -> Issue:
    appeal = SentBack("other", "", make.ANA, 1, make.NOON, examples.LENA, "It is *urgent*.", make.NOON)
    rest = make.position(Stage.REST)
    return replace(issue, state=State.SENT_BACK, position=rest, care=replace(issue.care, sent_back=appeal))


def _admin() -> Drawing:
    who = Onlooker(make.OMAR, admin=True, member=True)
    lost = make.outbox_row(state=RowState.DEAD, last_error="channel_not_found: <#C1> is gone")
    return home(Home(who, parts(OWN), health=Health(2, 1), undelivered=(lost,)))


def _listing(asked: str = "", issues: tuple[Issue, ...] = (), **changes: Any) -> Listing:
    return Listing(parse(asked), issues, len(issues), **changes)


def _page() -> Listing:
    shown = (examples.raised().issue, examples.taken().issue)
    card = make.message(number=shown[0].number)
    asked = 'late path:"Customer care" owner:U_ANA'
    return replace(_listing(asked, shown, start=15, cards={card.issue: card}), total=47)


def _digest(counts: dict[str, int], **lists: tuple[Issue, ...]) -> Digest:
    return Digest(counts, {name: lists.get(name, ()) for name in LISTS})


def _told() -> Drawing:
    """As it is sent: numbers in the notice, issues as they stand."""
    unanswered, late = examples.unanswered().issue, examples.numbered(examples.late().issue, [41])[0]
    args: dict[str, Any] = {"list_unanswered": str(unanswered.number), "list_late": str(late.number)}
    counts = {"open": 4, "work": 3, "unanswered": 1, "late": 9, "appeal": 1, "bypass": 2}
    args |= {f"count_{name}": many for name, many in counts.items()}
    some = examples.notice(NoticeKind.DIGEST, **args)
    return draw(examples.letter(some, None, issues=[unanswered, late]))


NONE = dict.fromkeys(("open", "work", "unanswered", "late", "ownerless", "waiting"), 0)
HOME: Mapping[str, Callable[[], Drawing | dict[str, Any]]] = {
    "home_new": lambda: home(Home(MEMBER, parts(OWN))),
    "home_unknown": lambda: home(Home(Onlooker(make.ANA, known=False), parts(OWN))),
    "home": _agent,
    "home_manager": _manager,
    "home_admin": _admin,
    "digest": _told,
    "digest_nothing": lambda: digest_answer(_digest(NONE), "/issue", examples.NOW),
    "listing": lambda: listing_answer(_page(), "acme", "/issue", examples.NOW),
    "listing_page": lambda: listing_view(_page(), "", "/issue", examples.NOW, metadata("n-1")),
    "listing_empty": lambda: listing_answer(_listing(), "acme", "/issue", examples.NOW),
    "listing_nothing_fits": lambda: listing_answer(
        _listing("late", known=False), "acme", "/issue", examples.NOW
    ),
}
"""By name."""
