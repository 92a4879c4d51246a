"""Whatever people type, however an issue goes: Slack takes every picture, and no text becomes a mention or a link."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.blocks.change_form import change_form
from bot.adapters.slack.blocks.escalate_forms import bypass_form, escalate_form
from bot.adapters.slack.blocks.help import HelpGroup, help_answer
from bot.adapters.slack.blocks.home_parts import LOOKS
from bot.adapters.slack.blocks.listing import listing_answer
from bot.adapters.slack.blocks.lists import list_answer
from bot.adapters.slack.blocks.raise_form import raise_form
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.show import show_answer
from bot.adapters.slack.blocks.views import metadata, notice_view
from bot.adapters.slack.blocks.why import why_answer
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.ids import Carried
from bot.domain import answering, breaching, changing, closing, waiting, working
from bot.domain.changing import CHANGEABLE
from bot.domain.clocks import ClockKind
from bot.domain.destinations import Destination, Destinations
from bot.domain.errors import RungError
from bot.domain.events import Event
from bot.domain.filters import Filter
from bot.domain.ids import UserId
from bot.domain.issue import Change, Facts, Issue
from bot.domain.matrix.model import Named, Priority
from bot.domain.notification import NoticeKind
from bot.domain.permissions import Actor
from bot.domain.timers import plan
from bot.domain.wording import log
from bot.domain.words import say
from bot.usecases.home import Home, Part
from bot.usecases.list_issues import Listing
from bot.usecases.viewers import Onlooker
from tests import builders as make
from tests.tries import tries
from tests.unit.slack.blocks import examples
from tests.unit.slack.second_opinion import objections

HOSTILE = [
    "<!channel>",
    "<!here|all>",
    "<@U1>",
    "<#C1>",
    "<!subteam^S1>",
    "<http://evil.example|bank>",
    "<mailto:a@b.c|x>",
    "<!date^0^{time}^http://evil.example|12:00>",
    "*Resolved by* <@U1> at 12:00",
    "\n*State*\nClosed\n> quote\n• list",
    "```\ncode\n``` `x` ~gone~ _it_",
    "&amp; &lt;!channel&gt; & < >",
    "🔥" * 40,
    "👨\u200d👩\u200d👧" * 20,
    "\u202eesrever\u202c \u2066isolate\u2069",
    "\u200b\u200d\u2060\ufeff\u00ad",
    "\x00\x07\x1b[31mred",
    "\ud800 half \udfff",
    "e" + "\u0301" * 200,
    "https://example.com/?a=1&b=<2>|",
    "&" * 700,
    "x" * 10_000,
]
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)), max_size=8).map("".join),
)
FACTS = st.builds(
    Facts,
    title=TEXTS,
    happened=TEXTS,
    type=TEXTS,
    impact=TEXTS,
    urgency=TEXTS,
    since=TEXTS,
    affected=TEXTS,
    evidence=TEXTS,
    reference=TEXTS,
    tried=TEXTS,
    needed=TEXTS,
    source_link=TEXTS,
    priority=TEXTS,
    priority_reason=TEXTS,
)
Turn = Callable[[Change, str, datetime], Change]


def _as(person: str, verb: Callable[..., Change], *, says: bool = True) -> Turn:
    def turn(change: Change, text: str, now: datetime) -> Change:
        args: list[Any] = [change.issue, Actor(person), *([text] if says else []), now]
        return examples.ask(change.then(verb(*args)), now)

    return turn


def _declines(person: str) -> Turn:
    def turn(change: Change, text: str, now: datetime) -> Change:
        return examples.ask(change.then(answering.decline(change.issue, Actor(person), now, text)), now)

    return turn


def _escalates(change: Change, text: str, now: datetime) -> Change:
    issue = change.issue
    seen = (issue.ask_level, issue.position.round)
    return examples.ask(change.then(working.escalate(issue, Actor(make.RAVI), seen, now, text)), now)


def _changes(change: Change, text: str, now: datetime) -> Change:
    known = make.published(document=make.matrix(services=(Named("shop", text),)))
    wanted = {
        "type": "payments",
        "impact": "everyone",
        "urgency": "soon",
        "service": "shop",
        "priority": "p1",
    }
    return change.then(changing.change_facts(change.issue, Actor(make.ANA), wanted, known, now, text))


def _too_late(change: Change, _text: str, now: datetime) -> Change:
    return examples.ask(change.then(breaching.breach(change.issue, ClockKind.RESOLVE, now)), now)


def _waits(change: Change, text: str, now: datetime) -> Change:
    return change.then(breaching.pause(change.issue, now, text, make.ANA))


def _waits_for_her(issue: Issue, actor: Actor, text: str, now: datetime) -> Change:
    return waiting.wait(issue, actor, "requester", text, now)


TURNS: list[Turn] = [
    _changes,
    _too_late,
    _waits,
    lambda change, text, now: examples.timed_out(change, now),
    _escalates,
    _declines(make.ANA),
    _declines(make.OMAR),
    _as(make.ANA, answering.acknowledge, says=False),
    _as(make.OMAR, answering.acknowledge, says=False),
    _as(make.ANA, working.update_requester),
    _as(make.ANA, _waits_for_her),
    _as(examples.LENA, waiting.answer),
    _as(make.ANA, working.resolve),
    _as(examples.LENA, closing.dispute),
    _as(examples.LENA, closing.confirm, says=False),
]
PATHS = st.lists(st.tuples(st.sampled_from(TURNS), TEXTS), max_size=9)


def lived(facts: Facts, turns: Sequence[tuple[Turn, str]], route_words: str) -> Change:
    """An issue that went through these turns; those that do not fit are refused and change nothing."""
    levels = [make.level(route_words or "One", "#ops-desk", make.ANA, role=route_words), *make.ladder()[1:]]
    route = make.promised(
        target=make.target("30m", "1h", every="1h", category=route_words),
        path=make.path(levels=levels, match={"category": (route_words, "other")}),
        type_title=route_words,
        service_title=route_words,
        client_title=route_words,
        priority=Priority(route_words, route_words, 0),
    )
    change = examples.raised(facts, route)
    for minute, (turn, text) in enumerate(turns, start=1):
        try:
            change = turn(change, text, make.NOON + make.minutes(20 * minute))
        except RungError:
            continue
    return change


def every_message(change: Change, text: str) -> list[Drawing]:
    """All that could be drawn about this issue now."""
    issue, now = change.issue, examples.NOW
    said = say("{who} says {text}", who=make.RAVI, text=text)
    told = [line for event in change.events if (line := _line(issue, event))]
    plain_kinds = (NoticeKind.OWNER, NoticeKind.PATH_OWNER, NoticeKind.WHISPER)
    notices = [
        examples.notice(NoticeKind.CARD),
        examples.notice(NoticeKind.DETAILS, view_id="V1"),
        *(examples.notice(NoticeKind.LOG, line) for line in told),
        *(examples.notice(kind, said, quote=text) for kind in plain_kinds),
        *(
            examples.notice(NoticeKind.REQUESTER, said, quote=text, buttons="confirm", opening=opening)
            for opening in (1, 2)
        ),
        *(
            examples.ping(issue, ask.target.id, ask.level, kind, ask.round)
            for ask in issue.asks
            for kind in (NoticeKind.PING, NoticeKind.REMINDER, NoticeKind.NAG)
        ),
        examples.ping(issue, make.OMAR, 2),
    ]
    drawn = [draw(examples.letter(some, change, now)) for some in notices]
    home = examples.letter(
        examples.notice(NoticeKind.HOME),
        None,
        home=_home(issue, text),
        reduced=[text],
    )
    answers = [
        list_answer([issue] * 30, text, text, 3, now),
        list_answer([], text, text, 0),
        listing_answer(Listing(Filter(words=(text,)), (issue,) * 15, 99, 15), text, "/issue", now),
        show_answer(issue, change.events * 9, now),
        why_answer(issue, plan(issue), now),
        help_answer([HelpGroup(text, [("/issue [TITLE]", text)] * 40)] * 6, text, text),
    ]
    return [*drawn, draw(home), *answers]


def _home(issue: Issue, text: str) -> Home:
    """Every list, for somebody who sees them all."""
    who = Onlooker(make.ANA, manager=True, admin=True, member=True)
    lists = [Part(name, (issue,) * 3, 9, 3, 3) for name in LOOKS]
    by_priority = ((Priority(text, text, 0), 9),)
    lost = make.outbox_row(last_error=text)
    return Home(who, tuple(lists[:4]), tuple(lists[4:]), by_priority, undelivered=(lost,))


def _line(issue: Issue, event: Event) -> Any:
    return log.line(issue, event)


@tries(12)
@given(facts=FACTS, turns=PATHS, text=TEXTS, route_words=TEXTS)
def test_slack_takes_every_message_whatever_was_typed(
    facts: Facts, turns: list[tuple[Turn, str]], text: str, route_words: str
) -> None:
    for drawing in every_message(lived(facts, turns, route_words), text):
        assert objections(drawing) == []


def _destinations(text: str) -> Destinations:
    """The next level and a team, called so."""
    return Destinations(Destination(text), (), (Destination(text, team=text),))


@tries(24)
@given(
    prefill=st.dictionaries(
        st.sampled_from(
            ["title", "happened", "since", "evidence", "needed", "requester", "updates_channel", "type"]
        ),
        TEXTS.filter(lambda text: not text.startswith(("U", "W", "C", "G"))),
    ),
    text=TEXTS,
)
def test_slack_takes_every_form_whatever_was_typed(prefill: dict[str, str], text: str) -> None:
    remembered = metadata("n-1", channel=text, source_link=text)
    about = examples.raised(make.facts(text, type=text), make.route(priority=Priority(text, text, 0))).issue
    for view in (
        raise_form(make.matrix(), prefill, remembered),
        change_form(about, make.matrix(clients=(Named("acme", text),)), CHANGEABLE, remembered),
        escalate_form(Carried(42), about, _destinations(text), remembered),
        bypass_form(Carried(42), about, 3, text, remembered),
        notice_view(text or "Title", say("{text}", text=text)),
    ):
        assert objections(view) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_each_trick_alone(text: str) -> None:
    turns: list[tuple[Turn, str]] = [
        (_as(make.ANA, answering.acknowledge, says=False), ""),
        (_as(make.ANA, working.update_requester), text),
        (_changes, text),
        (_as(make.ANA, working.resolve), text),
        (_as(examples.LENA, closing.dispute), text),
    ]
    told = Facts(*(text,) * 12)
    for drawing in every_message(lived(told, turns, text), text):
        assert objections(drawing) == []


def test_a_title_of_several_lines_stays_one_line() -> None:
    forged = "Down\n*State*\nClosed\nResolved by nobody"
    drawn = draw(examples.letter(examples.notice(NoticeKind.CARD), examples.raised(make.facts(forged))))
    assert drawn.text.split("\n")[1] == "ISS-42 · Down ∗State∗ Closed Resolved by nobody"
    assert "\n" not in drawn.blocks[1]["text"]["text"]


def test_who_is_named_comes_from_the_domain_only() -> None:
    requester = UserId("<!channel>")
    change = examples.raised()
    issue = change.issue.bump(requester=requester)
    assert objections(draw(examples.letter(examples.notice(NoticeKind.CARD), issue))) == []
