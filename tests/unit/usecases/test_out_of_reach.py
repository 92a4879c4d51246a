"""Somebody left for whom an issue is, or who brings its news to somebody without Slack: said once, and who goes on."""

from typing import Any

from bot.domain.delivery import Reason, Rejected, RowState
from bot.domain.events import EventKind
from bot.domain.issue import Issue
from bot.domain.notification import Notice, NoticeKind, Op
from bot.usecases import answer_ping, take_part, tell_requester, work_issue
from bot.usecases.commands import Acknowledge, NamePerson, Tell, TextCommand
from tests.builders import ANA, MANAGER, OMAR, RAVI, T1, acknowledged, ask, contact, facts, issue
from tests.unit.domain.cared_for import cared
from tests.unit.usecases.desk import Desk

LEFT = Rejected(Reason.ROUTE, "user_disabled")
MRS_LEE: dict[str, Any] = {"requester": RAVI, "facts": facts(requester_name="Mrs Lee")}


def left(desk: Desk, one: Issue) -> None:
    """This is how it stands when Ravi leaves Slack."""
    desk.has(one)
    desk.channel.refuses(RAVI, LEFT)


async def updates(desk: Desk, text: str, who: str = ANA) -> str:
    """They write to the requester. Returns the answer they read."""
    command = TextCommand(workspace=T1, user=who, key=f"update:{text}", number=1, text=text)
    answer = await work_issue.update_requester(desk.services, command)
    await desk.deliver()
    return answer.sentence.plain()


async def takes(desk: Desk, who: str) -> None:
    """They press Acknowledge."""
    await answer_ping.acknowledge(
        desk.services, Acknowledge(workspace=T1, user=who, key=f"take:{who}", number=1)
    )
    await desk.deliver()


def texts_for(desk: Desk, who: str) -> list[Notice]:
    """What they are to bring to Mrs Lee."""
    rows = desk.rows(NoticeKind.RAISER)
    return [one.notice for one in rows if one.notice.to.id == who and one.notice.op is Op.POST]


def dead(desk: Desk) -> list[str]:
    """Keys of what failed for good."""
    return [row.notice.key for row in desk.rows() if row.state is RowState.DEAD]


async def test_of_a_requester_who_left_the_owner_hears_once_and_nothing_is_left_lying(desk: Desk) -> None:
    left(desk, acknowledged(issue()))
    assert await updates(desk, "One.") == "@U_RAVI has been told."
    answers = [await updates(desk, text) for text in ("Two.", "Three.")]
    assert set(answers) == {
        "@U_RAVI cannot be reached in Slack any more. Your words stand in the timeline of ISS-1."
    }
    joins = NamePerson(workspace=T1, user=ANA, key="j", number=1, person=contact("U_RITA"))
    await take_part.join(desk.services, joins)
    assert await updates(desk, "Four.") == (
        "@U_RAVI cannot be reached in Slack any more. @U_RITA has been told."
    )
    assert desk.happened().count(EventKind.OUT_OF_REACH) == 1
    assert desk.said(NoticeKind.OWNER) == [
        "U_ANA: ISS-1 is for @U_RAVI, who cannot be reached in Slack any more. If "
        "somebody else needs to hear how it goes, let them join: join ISS-1 @name. If nobody does, resolve it: then it "
        "closes by itself."
    ]
    assert dead(desk) == []
    assert desk.rows(NoticeKind.MANAGER) == []


async def test_once_they_are_back_they_read_it_again(desk: Desk) -> None:
    left(desk, acknowledged(cared(requester=RAVI)))
    await updates(desk, "One.")
    assert [kind for kind, _ in desk.timers() if kind.startswith("update")] == [], "nobody waits for news"
    desk.channel.mends()
    await updates(desk, "Two.")
    assert desk.issue().care.lost == ()
    assert await updates(desk, "Three.") == "@U_RAVI has been told."
    assert [kind for kind, _ in desk.timers() if kind.startswith("update")] == ["update_due", "update_late"]


async def test_while_nobody_has_it_the_manager_hears_and_then_whoever_takes_it(desk: Desk) -> None:
    left(desk, issue(asks=(ask(ANA), ask(OMAR))))
    await updates(desk, "One.")
    (said,) = desk.said(NoticeKind.MANAGER)
    assert said.startswith(f"{MANAGER}: ISS-1 is for @U_RAVI, who cannot be reached in Slack any more.")
    assert "Please see whether somebody still needs it." in said
    await takes(desk, OMAR)
    (taken,) = desk.said(NoticeKind.OWNER)
    assert taken.startswith("U_OMAR: ISS-1 is for @U_RAVI, who cannot be reached")
    assert (len(desk.rows(NoticeKind.MANAGER)), dead(desk)) == (1, [])


async def test_what_is_asked_after_the_end_troubles_nobody(desk: Desk) -> None:
    left(desk, acknowledged(issue(requester="U_RITA")))
    await work_issue.resolve(
        desk.services, TextCommand(workspace=T1, user=ANA, key="r", number=1, text="Done.")
    )
    await desk.settle(minutes=60 * 24 * 30)
    assert desk.happened().count(EventKind.OUT_OF_REACH) == 1, "they were to say what would have helped"
    assert [one for one in desk.said(NoticeKind.OWNER) if "cannot be reached" in one] == []
    assert (desk.rows(NoticeKind.MANAGER), dead(desk)) == ([], [])


# --- who brings the news to somebody without Slack --------------------------------------------------------------------


async def test_the_owner_brings_what_the_raiser_cannot_any_more(desk: Desk) -> None:
    one = acknowledged(cared("1h", **MRS_LEE))
    desk.has(one)
    await updates(desk, "One.")
    desk.channel.refuses(RAVI, LEFT)
    assert await updates(desk, "Two.") == "Mrs Lee has no Slack: @U_RAVI is asked to tell them."
    assert desk.said(NoticeKind.OWNER) == [
        "U_ANA: ISS-1 is for Mrs Lee, who has no Slack. @U_RAVI told them how it stands, and cannot be "
        "reached any more. Please tell Mrs Lee yourself. What they should hear follows."
    ]
    assert await updates(desk, "Three.") == "Mrs Lee has no Slack: @U_ANA is asked to tell them."
    mine = texts_for(desk, ANA)
    assert [(each.text("quote"), each.text("buttons")) for each in mine] == [
        ("One.", "told"),
        ("Two.", "told"),
        ("Three.", "told"),
    ]
    assert (desk.happened().count(EventKind.OUT_OF_REACH), dead(desk)) == (1, [])
    last = int(mine[-1].args["n"])
    told = Tell(workspace=T1, user=ANA, key="t", number=1, n=last)
    answer = await tell_requester.tell(desk.services, told)
    assert answer.sentence.plain() == "Thank you. Mrs Lee knows how ISS-1 stands."
    assert desk.issue().care.owing == ()


async def test_the_manager_reads_who_brings_the_news_now(desk: Desk) -> None:
    desk.has(acknowledged(cared("1h", **MRS_LEE)))
    await updates(desk, "One.")
    desk.channel.refuses(RAVI, LEFT)
    await desk.settle(minutes=48)
    assert [one.text("quote") for one in texts_for(desk, ANA)] == ["One."], "found out by the reminder"
    await desk.settle(minutes=12)
    (late,) = [one for one in desk.said(NoticeKind.MANAGER) if "Mrs Lee, who has no Slack" in one]
    assert late.endswith("@U_ANA brings them the news. Please see whether they need a hand.")


async def test_where_nobody_can_bring_it_the_manager_is_asked_to(desk: Desk) -> None:
    left(desk, cared("1h", **MRS_LEE, asks=(ask(ANA), ask(OMAR))))
    await updates(desk, "One.")
    (first,) = desk.said(NoticeKind.MANAGER)
    assert "Please tell Mrs Lee yourself." in first
    assert "Whoever takes it does so from then on" in first
    await desk.settle(minutes=60)
    late = [one for one in desk.said(NoticeKind.MANAGER) if "was to hear by" in one]
    assert [one.partition("how it stands. ")[2] for one in late] == [
        "@U_RAVI, who was to tell them, cannot be reached in Slack any more. Please tell Mrs Lee yourself."
    ]
    await takes(desk, OMAR)
    assert [one.text("buttons") for one in texts_for(desk, OMAR)] == ["told"]
    assert desk.rows(NoticeKind.OWNER) == [], "the text says whom to tell"
    assert dead(desk) == []
