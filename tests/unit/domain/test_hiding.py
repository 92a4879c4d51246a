"""Private issues: who makes them so, and where messages about them go."""

from dataclasses import replace

import pytest

from bot.domain import hiding, noting
from bot.domain.answering import NotOnPath, acknowledge
from bot.domain.errors import NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.ids import ChannelId, UserId
from bot.domain.informing import inform
from bot.domain.issue import Change, Informing, Issue, Owed
from bot.domain.looked import Looked
from bot.domain.notification import Notice, NoticeKind, Op
from bot.domain.permissions import Action, Actor
from bot.domain.privacy import copies, goes_nowhere
from bot.domain.prompting import still_wanted
from bot.domain.raising import raise_issue
from bot.domain.reposting import repost
from bot.domain.routing import route
from tests import builders as make
from tests.builders import ANA, MANAGER, NOON, OMAR, RAVI, actor, ask, channel, closed, contact, event, issue
from tests.builders import acknowledged as taken

WES = UserId("U_WES")
HIDDEN = issue(private=True)


def told(before: Issue | None, change: Change) -> list[tuple[NoticeKind, Op, str]]:
    """(kind, what is done, whom to) of every message."""
    return [(one.kind, one.op, one.to.id) for one in route(before, change)]


def kinds(notices: tuple[Notice, ...]) -> set[NoticeKind]:
    """Of what kinds they are."""
    return {one.kind for one in notices}


# --- making it private and public -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [actor(ANA), actor(OMAR), actor(MANAGER, manager=True)])
def test_who_works_on_it_makes_it_private_and_public_again(who: Actor) -> None:
    hidden = hiding.hide(issue(), who, NOON)
    assert hidden.issue.private
    assert [one.kind for one in hidden.events] == [EventKind.HIDDEN]
    shown = hiding.show(hidden.issue, who, NOON)
    assert not shown.issue.private
    assert [one.kind for one in shown.events] == [EventKind.SHOWN]


def test_twice_is_a_sentence_and_who_only_raised_it_may_not() -> None:
    with pytest.raises(Refused, match="ISS-1 is private already"):
        hiding.hide(HIDDEN, actor(ANA), NOON)
    with pytest.raises(Refused, match="ISS-1 is public already"):
        hiding.show(issue(), actor(ANA), NOON)
    with pytest.raises(NotAllowed, match="may make it private or public"):
        hiding.hide(issue(), actor(RAVI), NOON)
    for one, verb, stays in (
        (issue(), hiding.hide, "stays public. Once it is open again, it can be made private"),
        (HIDDEN, hiding.show, "stays private. Once it is open again, it can be made public"),
    ):
        with pytest.raises(Refused, match=f"ISS-1 is closed, so it {stays}"):
            verb(closed(one), actor(ANA), NOON)


# --- where messages go ------------------------------------------------------------------------------------------------


def test_raised_privately_no_message_goes_to_a_channel() -> None:
    raised = raise_issue(
        make.ref(),
        make.facts(),
        make.route(),
        raiser=RAVI,
        requester=UserId("U_RITA"),
        updates_channel=ChannelId("C_CARE"),
        now=NOON,
        private=True,
    )
    assert told(None, raised) == [
        (NoticeKind.REQUESTER, Op.POST, "U_RITA"),
        (NoticeKind.COPY, Op.POST, RAVI),
        (NoticeKind.COPY, Op.POST, MANAGER),
    ], "who raised it for Rita follows it"


def test_a_change_draws_each_copy_anew_and_gives_new_people_one() -> None:
    before = issue(private=True, asks=(ask(ANA), ask(channel("C_OPS"))))
    change = acknowledge(before, actor(OMAR, manager=True), NOON, anyway=True)
    notices = [one for one in route(before, change) if one.kind is NoticeKind.COPY]
    assert [(one.op, one.key) for one in notices] == [
        (Op.EDIT, f"copy:{ANA}"),
        (Op.POST, f"copy:{OMAR}"),
        (Op.EDIT, f"copy:{OMAR}"),
        (Op.EDIT, f"copy:{MANAGER}"),
    ]
    assert not kinds(route(before, change)) & {NoticeKind.CARD, NoticeKind.LOG, NoticeKind.MENTION}


def test_who_has_a_copy() -> None:
    company = replace(HIDDEN.company, watchers=(WES,))
    one = taken(HIDDEN, OMAR).bump(company=company, asks=(ask(ANA), ask(channel("C_OPS"))))
    assert set(copies(one)) == {f"copy:{who}" for who in (ANA, OMAR, WES, MANAGER)}
    assert copies(replace(one, private=False)) == {}
    asked_manager = one.bump(asks=(ask("U_DINA", 0, contact=MANAGER),))
    assert "copy:U_DINA" not in copies(asked_manager), "the manager has one already"
    by_channel = replace(one.route, rules=make.rules(escalation_manager=contact("#managers")))
    assert f"copy:{contact('#managers')}" not in copies(one.bump(route=by_channel))


def test_who_is_not_asked_any_more_has_their_copy_emptied() -> None:
    after = HIDDEN.bump(asks=(ask(OMAR),))
    notices = route(HIDDEN, Change(after, (event(EventKind.NOTED, actor=OMAR, text="x"),)))
    assert [(one.op, one.key) for one in notices if one.key == f"copy:{ANA}"] == [(Op.EDIT, f"copy:{ANA}")]


def test_hidden_its_card_is_drawn_anew_once_and_shown_it_is_posted() -> None:
    hide = hiding.hide(issue(updates_channel=ChannelId("C_CARE")), actor(ANA), NOON)
    assert [one[:2] for one in told(issue(), hide) if one[0] is NoticeKind.CARD] == [
        (NoticeKind.CARD, Op.EDIT)
    ]
    assert (NoticeKind.REQUESTER, Op.POST, RAVI) in told(issue(), hide), "where they read it from now on"
    show = hiding.show(HIDDEN, actor(ANA), NOON)
    assert [one[1] for one in told(HIDDEN, show) if one[0] is NoticeKind.CARD] == [Op.POST, Op.EDIT]
    assert (NoticeKind.COPY, Op.EDIT, ANA) in told(HIDDEN, show)
    assert NoticeKind.LOG in kinds(route(HIDDEN, show))


def test_lines_that_wait_when_it_is_hidden_are_not_sent_any_more() -> None:
    for kind in (NoticeKind.LOG, NoticeKind.MENTION, NoticeKind.INFORM):
        line = make.notice(kind, to=channel("C_ISSUES"))
        assert still_wanted(issue(), line)
        assert not still_wanted(HIDDEN, line)
    assert still_wanted(HIDDEN, make.notice(NoticeKind.INFORM, to=make.user(WES)))
    copy = make.notice(NoticeKind.COPY, f"copy:{ANA}", to=make.user(ANA))
    assert not goes_nowhere(HIDDEN, copy)
    assert goes_nowhere(issue(), copy)


def test_inform_reaches_people_and_never_channels() -> None:
    names = contact("#leadership"), contact(WES)
    owed = Informing(tuple(Owed(one) for one in names))
    found = {
        names[0]: Looked(names[0], (channel("C_LEADERSHIP"),)),
        names[1]: Looked(names[1], (make.user(WES),)),
    }
    for private, to in ((False, ["C_LEADERSHIP", WES]), (True, [WES])):
        change = inform(issue(private=private, informing=owed), found, NOON)
        assert [one.text("target") for one in change.events] == to


def test_a_deleted_card_of_a_private_issue_stays_away() -> None:
    assert repost(issue(), NOON).events
    assert not repost(HIDDEN, NOON).events


# --- taking it --------------------------------------------------------------------------------------------------------


def test_a_member_of_an_asked_channel_takes_it_unseen_and_nobody_else_does() -> None:
    asked = issue(private=True, asks=(ask(channel("C_OPS")),))
    here = actor("U_ELSE", via="C_OPS", member=True)
    assert acknowledge(asked, here, NOON).issue.owner == "U_ELSE"
    for stranger in (
        actor("U_ELSE", member=True),
        replace(here, guest=True),
        replace(here, outsider=True),
        actor("U_ELSE", via="C_OTHER", member=True),
    ):
        with pytest.raises(NotAllowed, match="ISS-1 is private"):
            acknowledge(asked, stranger, NOON, anyway=True)
    with pytest.raises(NotOnPath):
        acknowledge(replace(asked, private=False), actor("U_ELSE", member=True), NOON)
    with pytest.raises(NotAllowed, match="is private"):
        noting.note(asked, here, "x", NOON)


def test_outsiders_of_an_asked_channel_take_it_where_they_may() -> None:
    asked = issue(asks=(ask(channel("C_OPS")),))
    olga = actor("U_OLGA", via="C_OPS", outsider=True)
    with pytest.raises(NotAllowed, match="cannot take issues"):
        acknowledge(asked, olga, NOON)
    may = replace(olga, outsiders_may=frozenset({Action.ACKNOWLEDGE}))
    assert acknowledge(asked, may, NOON).issue.owner == "U_OLGA"
