"""One issue at every turn of its life, made by the real verbs, and the letters that tell of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain import answering, asking, breaching, closing, escalation, informing, raising, working
from bot.domain.clocks import ClockKind
from bot.domain.contacts import ContactKind
from bot.domain.events import Cause
from bot.domain.ids import UserId
from bot.domain.issue import Change, Facts, Issue, Stage, Target
from bot.domain.looked import Looked
from bot.domain.matrix.model import IfNobody, Route
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.permissions import Actor
from bot.domain.words import Sentence
from bot.usecases.rows import Letter
from tests import builders as make

LENA = UserId("U_LENA")
"""Who it is for; Ravi raised it."""
NOW = make.NOON + make.minutes(5)
FULL = make.facts(
    happened="Every card payment is refused since 11:40.\nThe terminal says: declined (91).",
    since="11:40 this morning",
    affected="All shops of Acme Ltd, about 300 orders an hour",
    evidence="https://status.example.com/checks/8841?from=11:40&to=12:00",
    reference="ORD-2026-1138",
    tried="Restarted the payment gateway & cleared its queue",
    needed="A decision: switch to the second acquirer?",
    source_link="https://acme.slack.com/archives/C_OPS/p1772452800000100",
)


def raised(facts: Facts = FULL, route: Route | None = None) -> Change:
    """ISS-42, raised at noon by Ravi for Lena, everybody of level 1 asked."""
    change = raising.raise_issue(
        make.ref(42),
        facts,
        route or make.route(),
        raiser=make.RAVI,
        requester=LENA,
        updates_channel=None,
        now=make.NOON,
    )
    return ask(change, make.NOON)


def ask(change: Change, now: datetime) -> Change:
    """Looks up and asks everybody of the present place."""
    if not change.issue.asking:
        return change
    if change.issue.level.contacts[0].kind is ContactKind.ONCALL:
        return change
    found = [Looked(one, (_target(str(one)),)) for one in asking.contacts_to_ask(change.issue)]
    return change.then(asking.ask_people(change.issue, found, now))


def timed_out(change: Change, now: datetime) -> Change:
    """Nobody answered: the next place is asked."""
    return ask(change.then(escalation.end_level(change.issue, now, Cause.TIMER)), now)


def unanswered() -> Change:
    """Every level stayed silent."""
    change = raised()
    for passed in (15, 45, 105):
        change = timed_out(change, make.NOON + make.minutes(passed))
    assert change.issue.position.stage is Stage.CATCH_ALL
    return change


def taken(by: str = make.ANA) -> Change:
    """Ana has it."""
    change = raised()
    return change.then(answering.acknowledge(change.issue, Actor(by), NOW))


def updated() -> Change:
    """Ana told Lena how it stands."""
    change = taken()
    news = "The acquirer found it and is restarting their side. Next news by 13:00."
    return change.then(working.update_requester(change.issue, Actor(make.ANA), news, NOW))


def solved() -> Change:
    """Ana says that it is solved."""
    change = updated()
    done = "Switched to the second acquirer; payments work again."
    return change.then(working.resolve(change.issue, Actor(make.ANA), done, NOW))


def disputed() -> Change:
    """Lena says that it is not."""
    change = solved()
    later = NOW + make.minutes(30)
    return ask(change.then(closing.dispute(change.issue, Actor(LENA), "Refunds still fail.", later)), later)


def closed() -> Change:
    """Lena confirmed."""
    change = solved()
    return change.then(closing.confirm(change.issue, Actor(LENA), NOW + make.minutes(20)))


def declined() -> Change:
    """Ana can't take it; the desk may still answer."""
    change = raised()
    return change.then(answering.decline(change.issue, Actor(make.ANA), NOW, "in another incident"))


def promised() -> Change:
    """ISS-42 with an answer due at 12:10 and a solution at four, and those informed still to be told."""
    way = make.promised(target=make.target("10m", "4h", every="2h", priority="p1"))
    informed = make.path(inform=(make.contact("#leadership"),))
    return raised(route=replace(way, path=informed))


def late() -> Change:
    """The answer is late, and the next level is asked."""
    change = promised()
    first = change.then(breaching.breach(change.issue, ClockKind.RESPOND, make.NOON + make.minutes(10)))
    return ask(first.then(escalation.end_level(first.issue, make.QUARTER, Cause.TIMER)), make.QUARTER)


def waiting_for_a_shift() -> Change:
    """Nobody of the first level is on duty before nine tomorrow."""
    care = make.level("Care", "oncall:care", if_nobody=IfNobody.HOLD, role="owns the first answer")
    way = make.promised([care, *make.ladder()[1:]], target=make.target("4h", "3d", calendar="office"))
    change = raised(route=way)
    nobody = Looked(care.contacts[0], (), "Nobody is on call.", again_at=make.NOON + make.minutes(21 * 60))
    return change.then(asking.ask_people(change.issue, [nobody], make.NOON))


def informed() -> Change:
    """Leadership is told."""
    change = promised()
    board = change.issue.informing.owed[0].contact
    found = {board: Looked(board, (make.channel("C_LEADERSHIP"),))}
    return change.then(informing.inform(change.issue, found, make.NOON))


def ping(
    issue: Issue, who: str = make.ANA, level: int = 1, kind: NoticeKind = NoticeKind.PING, round_: int = 0
) -> Notice:
    """What asks somebody, in the present opening."""
    args: dict[str, str | int] = {"level": level, "round": round_, "opening": issue.opening, "target": who}
    return Notice(kind, f"ping:{level}:{who}", make.user(who), f"dm:{who}", Rank.PING, args=args)


def notice(kind: NoticeKind, sentence: Sentence | None = None, **args: str | int) -> Notice:
    """Any other message."""
    said: dict[str, str | int] = {"sentence": sentence.dump()} if sentence else {}
    return make.notice(kind, str(kind), args={**said, **args})


def letter(some: Notice, about: Change | Issue | None, now: datetime = NOW, **known: Any) -> Letter:
    """What the drawers get."""
    issue = about.issue if isinstance(about, Change) else about
    timeline = about.events if isinstance(about, Change) else ()
    return Letter(row=make.outbox_row(some), issue=issue, now=now, timeline=timeline, extra=known or None)


def numbered(issue: Issue, numbers: Sequence[int]) -> list[Issue]:
    """Copies under other numbers."""
    return [replace(issue, ref=make.ref(number)) for number in numbers]


def _target(contact: str) -> Target:
    if contact.startswith("#"):
        return make.channel("C_" + contact[1:].upper().replace("-", "_"))
    return make.user(contact)
