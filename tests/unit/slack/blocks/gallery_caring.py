"""The pictures of who an issue is for: news that are promised, texts to bring, the end, and what is asked after it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.adapters.slack.blocks.caring_forms import comment_form, reply_form
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.ids import Carried
from bot.domain import caring, closing, following_up, rating, standing_in, waiting, working
from bot.domain.issue import Change, Issue
from bot.domain.notices import asking
from bot.domain.notification import NoticeKind
from bot.domain.permissions import Actor
from bot.domain.routing import owing, route
from bot.domain.span import span
from bot.domain.wording.caring import asks_to_send
from bot.usecases.tell import whispered
from tests import builders as make
from tests.unit.slack.blocks import examples

LATER = examples.NOW + make.minutes(60)
NAMES = {make.ANA: "Ana Sousa", make.RAVI: "Ravi Patel"}


def promised(facts: Any = examples.FULL) -> Issue:
    """Ana has it; Lena is promised news every hour."""
    issue = examples.taken().issue
    urgent = replace(issue.route.priority, update_every=span("1h"))
    way = replace(issue.route, priority=urgent, path=replace(issue.route.path, follow_up_after=span("7d")))
    requester = make.RAVI if facts.requester_name else issue.requester
    return replace(issue, route=way, facts=facts, requester=requester)


def drawn(before: Issue, change: Change, kind: NoticeKind, after: Issue | None = None) -> Drawing:
    """The first message of this kind that the change sends, as it stands after it or later."""
    owed = owing(before, change, LATER)
    told = [one for one in route(before, owed) if one.kind is kind and one.text("sentence")]
    return draw(examples.letter(told[0], after or owed.issue, LATER, names=NAMES))


def news(before: Issue) -> Change:
    """Ana tells how it stands."""
    return working.update_requester(before, Actor(make.ANA), "Their side is restarting.", LATER)


def done() -> Issue:
    """Ana solved it."""
    return working.resolve(promised(), Actor(make.ANA), "Restarted.", LATER).issue


def ended() -> Change:
    """Lena confirmed."""
    return closing.confirm(done(), Actor(examples.LENA), LATER)


def rated() -> Issue:
    """Lena said how it went."""
    return rating.rate(ended().issue, Actor(examples.LENA), 4, LATER).issue


def absent() -> Issue:
    """It is for Mrs Lee, who has no Slack."""
    return promised(replace(examples.FULL, requester_name="Mrs Lee & Sons"))


def brought() -> Drawing:
    """The raiser told her."""
    owed = owing(absent(), news(absent()), LATER).issue
    told = standing_in.tell(owed, Actor(make.RAVI), owed.version, LATER).issue
    return drawn(absent(), news(absent()), NoticeKind.RAISER, told)


def words() -> Drawing:
    """Lena wrote in the thread."""
    said = whispered(examples.LENA, "C_OPS", "k", asks_to_send(promised()))
    prompt = asking(promised(), said, "reply_words", quote="It is only the <shop> in York.")
    return draw(examples.letter(prompt, promised()))


def late() -> Change:
    """An hour without news."""
    return caring.update_late(promised(), LATER)


def asked_again() -> Issue:
    """A week later."""
    return following_up.follow_up(ended().issue, LATER).issue


def _from(
    before: Callable[[], Issue], verb: Callable[[Issue], Change], kind: NoticeKind
) -> Callable[[], Drawing]:
    return lambda: drawn(before(), verb(before()), kind)


def _close(before: Issue) -> Change:
    return closing.close(before, LATER)


def _rate_low(before: Issue) -> Change:
    return rating.rate(before, Actor(examples.LENA), 2, LATER)


CARING: dict[str, Callable[[], Drawing | dict[str, Any]]] = {
    "card_next_update": lambda: draw(examples.letter(examples.notice(NoticeKind.CARD), promised())),
    "requester_news_promised": _from(promised, news, NoticeKind.REQUESTER),
    "requester_closed_asks": lambda: drawn(done(), ended(), NoticeKind.REQUESTER),
    "requester_closed_rated": lambda: drawn(done(), ended(), NoticeKind.REQUESTER, rated()),
    "requester_closed_silence": _from(done, _close, NoticeKind.REQUESTER),
    "requester_did_it_last": lambda: drawn(
        ended().issue, following_up.follow_up(ended().issue, LATER), NoticeKind.REQUESTER
    ),
    "requester_it_lasted": lambda: drawn(
        ended().issue,
        following_up.follow_up(ended().issue, LATER),
        NoticeKind.REQUESTER,
        following_up.lasted(asked_again(), Actor(examples.LENA), LATER).issue,
    ),
    "requester_words": words,
    "owner_news_due": _from(
        promised, lambda one: caring.update_due(one, examples.NOW + make.minutes(48)), NoticeKind.OWNER
    ),
    "owner_news_came": lambda: drawn(
        promised(),
        caring.update_due(promised(), examples.NOW + make.minutes(48)),
        NoticeKind.OWNER,
        news(promised()).issue,
    ),
    "owner_written_to": _from(
        promised, lambda one: waiting.answer(one, Actor(examples.LENA), "Any news?", LATER), NoticeKind.OWNER
    ),
    "owner_one_question": lambda: drawn(done(), ended(), NoticeKind.OWNER),
    "owner_rated": _from(lambda: ended().issue, _rate_low, NoticeKind.OWNER),
    "manager_news_late": lambda: drawn(promised(), late(), NoticeKind.MANAGER),
    "raiser_one_question": lambda: drawn(done(), ended(), NoticeKind.RAISER),
    "raiser_text_to_bring": _from(absent, news, NoticeKind.RAISER),
    "raiser_text_brought": brought,
    "raiser_solution_to_bring": _from(
        absent, lambda one: working.resolve(one, Actor(make.ANA), "Restarted.", LATER), NoticeKind.RAISER
    ),
    "card_requester_without_slack": lambda: draw(examples.letter(examples.notice(NoticeKind.CARD), absent())),
    "form_reply": lambda: reply_form(Carried(42), metadata("n-1"), "It is only the shop in York."),
    "form_comment": lambda: comment_form(Carried(42), metadata("n-1")),
}
