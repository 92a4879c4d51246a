"""From what happened to who is told what: every kind of event, and nobody twice."""

import re
from collections import Counter

import pytest

from bot.domain import answering, closing, escalation, working
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import AskStatus, Change, Issue, Stage
from bot.domain.notification import Notice, NoticeKind, Op, Rank
from bot.domain.raising import raise_issue
from bot.domain.routing import card_notice, card_target, edited, place, requester_target, route
from bot.domain.words import load_sentence
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
    ask,
    at_level_two,
    channel,
    climbing,
    contact,
    event,
    facts,
    in_channel,
    issue,
    looked,
    minutes,
    path,
    position,
    ref,
    resolved,
    unanswered,
    user,
)
from tests.builders import acknowledged as taken
from tests.builders import route as way

RITA = "U_RITA"
OWNED = way(path=path(owner=contact("U_PAT")))
FOR_RITA = issue(requester=RITA, route=OWNED)
JARGON = re.compile(r"acknowledg|breach|\bP\d\b|epoch|declin|catch-all|unreachable|timer", re.IGNORECASE)


def told(notices: tuple[Notice, ...], kind: NoticeKind) -> list[str]:
    """``who: sentence`` of every message of one kind."""
    return [
        f"{one.to.id}: {load_sentence(one.text('sentence')).plain() if one.args.get('sentence') else ''}"
        for one in notices
        if one.kind is kind
    ]


def news(before: Issue | None, change: Change) -> list[str]:
    """What the requester reads."""
    return told(route(before, change), NoticeKind.REQUESTER)


def happened(
    before: Issue, kind: EventKind, actor_: str | None = None, **data: str | int
) -> tuple[Notice, ...]:
    """One event that changed nothing else."""
    return route(before, Change(before.bump(), (event(kind, QUARTER, actor_, **data),)))


RAISED = raise_issue(ref(), facts(), OWNED, raiser=RAVI, requester=RITA, updates_channel=None, now=NOON)
LIFE: dict[str, tuple[Issue | None, Change, list[str]]] = {
    "raised for somebody": (
        None,
        RAISED,
        [
            "U_RITA: @U_RAVI raised this for you. ISS-1 is raised: Checkout is down. Front desk answers by "
            "12:15 UTC; if not, the next level is asked by itself."
        ],
    ),
    "asked": (
        FOR_RITA.bump(asks=(), position=position(asked=False)),
        escalation.ask_people(
            FOR_RITA.bump(asks=(), position=position(asked=False)), [looked(ANA, ANA)], NOON
        ),
        [],
    ),
    "reminded": (FOR_RITA, escalation.remind(FOR_RITA, QUARTER), []),
    "the next level": (
        FOR_RITA,
        escalation.end_level(FOR_RITA, QUARTER, Cause.TIMER),
        ["U_RITA: ISS-1: Shift lead is asked now and answers by 12:45 UTC."],
    ),
    "the last one declined": (
        FOR_RITA,
        answering.decline(FOR_RITA, actor(ANA), QUARTER, "no"),
        ["U_RITA: ISS-1: Shift lead is asked now and answers by 12:45 UTC."],
    ),
    "escalated by hand": (
        FOR_RITA,
        working.escalate(FOR_RITA, actor(ANA), (1, 0), QUARTER),
        ["U_RITA: ISS-1: Shift lead is asked now and answers by 12:45 UTC."],
    ),
    "nobody answered": (
        at_level_two(FOR_RITA).bump(position=position(level=3)),
        escalation.end_level(at_level_two(FOR_RITA).bump(position=position(level=3)), QUARTER, Cause.TIMER),
        [
            "U_RITA: ISS-1 takes longer than it should. The escalation manager has been told and will find somebody."
        ],
    ),
    "nagged": (unanswered(FOR_RITA), escalation.nag(unanswered(FOR_RITA), QUARTER), []),
    "taken": (
        FOR_RITA,
        answering.acknowledge(FOR_RITA, actor(ANA), QUARTER),
        ["U_RITA: @U_ANA has taken ISS-1."],
    ),
    "taken over": (
        climbing(FOR_RITA),
        answering.acknowledge(climbing(FOR_RITA), actor(OMAR), QUARTER),
        ["U_RITA: @U_OMAR has taken ISS-1."],
    ),
    "updated": (
        taken(FOR_RITA),
        working.update_requester(taken(FOR_RITA), actor(ANA), "Soon.", QUARTER),
        ["U_RITA: ISS-1, news from @U_ANA:"],
    ),
    "resolved": (
        taken(FOR_RITA),
        working.resolve(taken(FOR_RITA), actor(ANA), "Restarted.", QUARTER),
        [
            "U_RITA: @U_ANA says that ISS-1 is solved. Is it? It closes Thu 05 Mar 12:15 UTC unless you press "
            "Not solved."
        ],
    ),
    "solved by the requester": (
        taken(issue(requester=ANA)),
        working.resolve(taken(issue(requester=ANA)), actor(ANA), "Mine.", QUARTER),
        ["U_ANA: Thank you. ISS-1 is closed."],
    ),
    "confirmed": (
        resolved(FOR_RITA),
        closing.confirm(resolved(FOR_RITA), actor(RITA), QUARTER),
        ["U_RITA: Thank you. ISS-1 is closed."],
    ),
    "closed after silence": (
        resolved(FOR_RITA),
        closing.close(resolved(FOR_RITA), QUARTER),
        ["U_RITA: ISS-1 is closed. If it comes back, raise it again."],
    ),
    "disputed, the owner is asked": (
        resolved(FOR_RITA),
        closing.dispute(resolved(FOR_RITA), actor(RITA), "No.", QUARTER),
        [
            "U_RITA: Thank you for telling us. ISS-1 is open again; @U_ANA is asked first and answers by 12:30 UTC."
        ],
    ),
    "disputed again": (
        resolved(FOR_RITA).bump(opening=2),
        closing.dispute(resolved(FOR_RITA).bump(opening=2), actor(RITA), "No.", QUARTER),
        ["U_RITA: Thank you for telling us. ISS-1 is open again; Shift lead is asked now."],
    ),
    "disputed again at the end of the ladder": (
        resolved(FOR_RITA).bump(opening=2, position=position(Stage.REST, level=3)),
        closing.dispute(
            resolved(FOR_RITA).bump(opening=2, position=position(Stage.REST, level=3)),
            actor(RITA),
            "No.",
            QUARTER,
        ),
        ["U_RITA: Thank you for telling us. ISS-1 is open again; the escalation manager is asked now."],
    ),
    "unreachable": (
        FOR_RITA.bump(asks=(ask(ANA), ask(OMAR))),
        escalation.mark_unreachable(FOR_RITA.bump(asks=(ask(ANA), ask(OMAR))), user(ANA), "left", QUARTER),
        [],
    ),
}


@pytest.mark.parametrize("name", LIFE)
def test_what_the_requester_reads_when(name: str) -> None:
    before, change, sentences = LIFE[name]
    assert news(before, change) == sentences


@pytest.mark.parametrize("name", LIFE)
def test_the_requester_reads_plain_words_only(name: str) -> None:
    before, change, _ = LIFE[name]
    assert not [text for text in news(before, change) if JARGON.search(text)]


@pytest.mark.parametrize("name", LIFE)
def test_nobody_is_told_the_same_thing_twice(name: str) -> None:
    before, change, _ = LIFE[name]
    notices = route(before, change)
    keys = Counter((one.key, one.op) for one in notices)
    letters = Counter(one.to for one in notices if one.kind in (NoticeKind.REQUESTER, NoticeKind.OWNER))
    assert max(keys.values()) == 1
    assert max(letters.values(), default=1) == 1


@pytest.mark.parametrize("name", LIFE)
def test_every_change_draws_the_card_anew_last(name: str) -> None:
    before, change, _ = LIFE[name]
    notices = route(before, change)
    cards = [one for one in notices if one.kind is NoticeKind.CARD]
    assert cards == [card_notice(change.issue, Op.POST if before is None else Op.EDIT)]
    assert notices[0 if before is None else -1].kind is NoticeKind.CARD


def test_a_requester_who_raised_it_is_told_once_and_not_about_themselves() -> None:
    change = raise_issue(ref(), facts(), way(), raiser=RAVI, requester=RAVI, updates_channel=None, now=NOON)
    assert news(None, change) == [
        "U_RAVI: ISS-1 is raised: Checkout is down. Front desk answers by 12:15 UTC; if not, the next level is "
        "asked by itself."
    ]


def test_updates_go_to_the_chosen_channel_instead_of_a_dm() -> None:
    one = issue(updates_channel=in_channel("C_NEWS"))
    assert requester_target(one) == channel("C_NEWS")
    assert requester_target(issue()) == user(RAVI)
    assert news(one, answering.acknowledge(one, actor(ANA), QUARTER)) == ["C_NEWS: @U_ANA has taken ISS-1."]


def test_what_the_owner_wrote_goes_along_as_a_quote_and_only_a_solution_has_buttons() -> None:
    before = taken(FOR_RITA)
    (update,) = _of(route(before, working.update_requester(before, actor(ANA), "*Soon*", QUARTER)))
    (solved,) = _of(route(before, working.resolve(before, actor(ANA), "Done.", QUARTER)))
    assert (update.text("quote"), update.text("buttons")) == ("*Soon*", "")
    assert (solved.text("quote"), solved.text("buttons"), solved.args["opening"]) == ("Done.", "confirm", 1)


def _of(notices: tuple[Notice, ...]) -> list[Notice]:
    return [one for one in notices if one.kind is NoticeKind.REQUESTER]


# --- those who are asked ----------------------------------------------------------------------------------------------


def test_each_one_asked_gets_a_ping_and_the_thread_names_all_of_them() -> None:
    before = FOR_RITA.bump(asks=(), position=position(asked=False))
    found = [looked("#ops-desk", channel("C_OPS")), looked(ANA, ANA), looked(OMAR, OMAR)]
    notices = route(before, escalation.ask_people(before, found, NOON))
    pings = [one for one in notices if one.kind is NoticeKind.PING]
    assert [one.to for one in pings] == [channel("C_OPS"), user(ANA), user(OMAR)]
    assert [one.key for one in pings] == ["ping:1:1:0:C_OPS", "ping:1:1:0:U_ANA", "ping:1:1:0:U_OMAR"]
    assert pings[1].args == {"opening": 1, "level": 1, "round": 0, "target": ANA}
    assert len({one.lane for one in pings}) == 3, "a slow one holds nobody else up"
    assert told(notices, NoticeKind.MENTION) == ["#issues: #C_OPS, @U_ANA or @U_OMAR: please answer ISS-1."]
    assert told(notices, NoticeKind.LOG) == []


def test_only_those_who_have_not_answered_are_reminded() -> None:
    one = issue(asks=(ask(ANA), ask(OMAR, status=AskStatus.DECLINED), ask(channel("C_OPS"))))
    notices = route(one, escalation.remind(one, NOON + minutes(5)))
    reminders = [each for each in notices if each.kind is NoticeKind.REMINDER]
    assert [each.key for each in reminders] == ["remind:1:1:1:0:U_ANA", "remind:1:1:1:0:C_OPS"]
    assert told(notices, NoticeKind.LOG) == [], "reminders are no news for the thread"


def test_earlier_levels_are_not_reminded() -> None:
    one = at_level_two(issue())
    notices = route(one, escalation.remind(one, QUARTER))
    assert [each.to.id for each in notices if each.kind is NoticeKind.REMINDER] == [OMAR]


def test_the_catch_all_is_nagged() -> None:
    one = unanswered(issue())
    notices = route(one, escalation.nag(one, QUARTER + minutes(15)))
    assert [each.key for each in notices if each.kind is NoticeKind.NAG] == ["nag:1:1:0:0:U_MANAGER"]
    assert told(notices, NoticeKind.LOG) == ["#issues: Still UNANSWERED: asked again."]


# --- owner and path owner ---------------------------------------------------------------------------------------------


def test_who_had_it_is_told_who_took_it_over() -> None:
    before = climbing(FOR_RITA)
    notices = route(before, answering.acknowledge(before, actor(OMAR), QUARTER))
    assert told(notices, NoticeKind.OWNER) == ["U_ANA: @U_OMAR has taken ISS-1 over from you."]


def test_the_owner_hears_that_it_was_confirmed() -> None:
    before = resolved(FOR_RITA)
    notices = route(before, closing.confirm(before, actor(RITA), QUARTER))
    assert told(notices, NoticeKind.OWNER) == ["U_ANA: @U_RITA confirmed that ISS-1 is solved. Well done."]


def test_an_owner_who_confirms_their_own_request_is_not_congratulated() -> None:
    before = resolved(issue(requester=ANA))
    assert told(route(before, closing.confirm(before, actor(ANA), QUARTER)), NoticeKind.OWNER) == []


def test_the_path_owner_hears_whom_the_matrix_names_in_vain() -> None:
    notices = happened(
        FOR_RITA, EventKind.UNREACHABLE, contact="group:ops", why="the group is empty.", level=1
    )
    assert told(notices, NoticeKind.PATH_OWNER) == [
        "U_PAT: ISS-1, path Payments: group:ops could not be reached: the group is empty. Please mend the matrix."
    ]


@pytest.mark.parametrize("owner", [None, "U_PAT"])
def test_a_path_owner_who_is_missing_or_unreachable_is_not_written_to(owner: str | None) -> None:
    own = way(path=path(owner=contact(owner) if owner else None))
    notices = happened(issue(route=own), EventKind.UNREACHABLE, contact="U_PAT", why="left", level=1)
    assert told(notices, NoticeKind.PATH_OWNER) == []


# --- the thread -------------------------------------------------------------------------------------------------------

LINES: dict[EventKind, tuple[Event, str | None]] = {
    one.kind: (one, line)
    for one, line in (
        (event(EventKind.RAISED), "@U_RAVI raised ISS-1: P1 Critical, path Payments."),
        (
            event(EventKind.LEVEL_STARTED, name="Shift lead", until=QUARTER.isoformat(), stage="level"),
            "Now asking Shift lead, until 12:15 UTC.",
        ),
        (event(EventKind.ASKED, target=ANA, level=1, round=0), None),
        (
            event(EventKind.UNREACHABLE, contact="@ana", why="left Slack."),
            "@ana could not be reached: left Slack.",
        ),
        (event(EventKind.SKIPPED, target=ANA, why="said no before"), "@U_ANA was not asked: said no before."),
        (
            event(EventKind.LEVEL_ENDED, name="Front desk", cause="timer"),
            "Front desk: nobody answered in time.",
        ),
        (
            event(EventKind.REPEATED, name="Front desk", until=QUARTER.isoformat()),
            "The ladder starts once more. Now asking Front desk, until 12:15 UTC.",
        ),
        (
            event(EventKind.CATCH_ALL),
            "UNANSWERED: the escalation manager is asked, again every 15 min.",
        ),
        (event(EventKind.REMINDED, name="Front desk", n=1), None),
        (event(EventKind.NAGGED, n=1), "Still UNANSWERED: asked again."),
        (event(EventKind.DECLINED, actor=ANA, reason="Ill"), "@U_ANA can't take it: Ill"),
        (event(EventKind.ACKNOWLEDGED, actor=ANA), "@U_ANA took it."),
        (event(EventKind.ESCALATED, actor=ANA, reason=""), "@U_ANA asked for the next level."),
        (event(EventKind.UPDATED, actor=ANA, text="Soon"), "@U_ANA told the requester: Soon"),
        (event(EventKind.RESOLVED, actor=ANA, done="Restarted"), "@U_ANA resolved it: Restarted"),
        (event(EventKind.CONFIRMED, actor=RITA), "@U_RITA confirmed: solved."),
        (event(EventKind.DISPUTED, actor=RITA, why="Down"), "@U_RITA says it is not solved: Down"),
        (event(EventKind.CLOSED, actor=None, why="silence"), "Closed: nobody objected in time."),
        (
            event(EventKind.REROUTED, what="The card", **{"from": "C1"}, to="C2", why="archived."),
            "The card could not be posted in C1, so it went to C2. Reason: archived.",
        ),
    )
}


def test_every_kind_of_event_is_in_the_table() -> None:
    assert set(LINES) == set(EventKind)


@pytest.mark.parametrize("kind", EventKind)
def test_the_line_in_the_thread(kind: EventKind) -> None:
    one, line = LINES[kind]
    notices = route(FOR_RITA, Change(FOR_RITA.bump(), (one,)))
    assert told(notices, NoticeKind.LOG) == ([f"#issues: {line}"] if line else [])


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (event(EventKind.ACKNOWLEDGED, actor=ANA, off_path=1), "@U_ANA took it. They were not on the path."),
        (event(EventKind.DECLINED, actor=ANA, reason=""), "@U_ANA can't take it."),
        (event(EventKind.ESCALATED, actor=RAVI, reason="Now!"), "@U_RAVI asked for the next level: Now!"),
        (event(EventKind.CLOSED, actor=None, why="own"), "Closed: the requester solved it."),
        (
            event(EventKind.LEVEL_STARTED, name="Front desk", stage="owner", until=QUARTER.isoformat()),
            "Now asking the last owner, until 12:15 UTC.",
        ),
        (
            event(EventKind.UNREACHABLE, contact="@ana", why=""),
            "@ana could not be reached: no answer from the directory.",
        ),
    ],
)
def test_other_forms_of_a_line(one: Event, line: str) -> None:
    notices = route(FOR_RITA, Change(FOR_RITA.bump(), (one,)))
    assert told(notices, NoticeKind.LOG) == [f"#issues: {line}"]


def test_raising_logs_who_raised_it_and_leaves_the_first_level_to_the_card() -> None:
    assert told(route(None, RAISED), NoticeKind.LOG) == [
        "#issues: @U_RAVI raised ISS-1: P1 Critical, path Payments."
    ]


# --- places and order -------------------------------------------------------------------------------------------------


def test_the_card_lives_in_the_paths_channel_else_in_the_issue_channel() -> None:
    assert card_target(issue()) == channel("#issues")
    own = way(path=path(channel=contact("#payments")))
    assert card_target(issue(route=own)) == channel("#payments")


def test_people_are_addressed_as_the_matrix_writes_them() -> None:
    assert place(contact("@dina")) == user("@dina")
    assert place(contact("dina@example.com")) == user("dina@example.com")


def test_card_log_and_mention_share_one_lane_so_that_the_card_comes_first() -> None:
    notices = route(None, RAISED)
    lanes = {one.lane for one in notices if one.kind in (NoticeKind.CARD, NoticeKind.LOG)}
    assert lanes == {"card:1"}


def test_drawing_anew_is_the_same_message_ranked_last() -> None:
    one = card_notice(issue())
    again = edited(one)
    assert (again.key, again.to, again.lane) == (one.key, one.to, one.lane)
    assert (again.op, again.rank) == (Op.EDIT, Rank.EDIT)
    assert again == card_notice(issue(), Op.EDIT)


def test_the_manager_of_an_unanswered_issue_is_named() -> None:
    before = unanswered(issue()).bump(asks=(), position=position(Stage.CATCH_ALL, level=3, asked=False))
    change = escalation.ask_people(before, [looked(MANAGER, MANAGER)], QUARTER)
    assert told(route(before, change), NoticeKind.MENTION) == ["#issues: @U_MANAGER: please answer ISS-1."]
