"""Who acts: everything that may give a right is looked up, as little as needed, and it only ever gets smaller."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import bypassing, sending_back
from bot.domain.contacts import Contact
from bot.domain.errors import NotAllowed
from bot.domain.issue import Issue
from bot.domain.permissions import Actor
from bot.usecases import actors, appeal, merge_issues, work_issue
from bot.usecases.commands import Decide, TextCommand, WithOther
from bot.usecases.rows import PersonInfo
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    RAVI,
    T1,
    actor,
    channel,
    contact,
    issue,
    level,
    message,
    notice,
    path,
    route,
    user,
)
from tests.unit.usecases.desk import Desk

LEVELS = [level("Desk", ANA), level("Leads", "lee@example.com", "group:leads", "#ops-desk", "@omar")]
PAT, LEE, GIL = "U_PAT", "U_LEE", "U_GIL"
OURS = issue(route=route(path=path(levels=LEVELS, owner=contact("@pat"))))


@pytest.fixture
def team(desk: Desk) -> Desk:
    """The directory knows everybody; only Ana was asked."""
    desk.directory.knows("@pat", user(PAT))
    desk.directory.knows("lee@example.com", user(LEE))
    desk.directory.knows("group:leads", user(GIL), user("U_GUS"))
    desk.directory.knows("#ops-desk", channel("C_OPS"))
    desk.directory.knows("@omar", why="Omar has left Slack.")
    desk.has(OURS)
    return desk


def looked_up(desk: Desk) -> list[Contact]:
    """Every contact, in order; forgotten then."""
    found = list(desk.directory.asked)
    desk.directory.asked.clear()
    return found


async def known(desk: Desk, who: str, one: Issue = OURS, via: str = "") -> Actor:
    """As they are known after a look-up."""
    return await actors.known_to(desk.services, one, actor(who, via=via))


def update(who: str, key: str = "form:1") -> TextCommand:
    """Somebody writes to the requester."""
    return TextCommand(workspace=T1, user=who, key=key, number=1, text="Soon.")


@pytest.mark.parametrize("who", [LEE, GIL], ids=["by e-mail", "in a group"])
async def test_contacts_of_a_level_that_is_not_asked_yet_work_on_it(team: Desk, who: str) -> None:
    await work_issue.update_requester(team.services, update(who))
    assert team.issue().last_update == "Soon."


@pytest.mark.parametrize("who", [PAT, "U_ELSE"], ids=["the owner of the path", "anybody"])
async def test_others_do_not(team: Desk, who: str) -> None:
    with pytest.raises(
        NotAllowed, match=r"^Only somebody who was asked, somebody of its path, the owner or the"
    ):
        await work_issue.update_requester(team.services, update(who))


async def test_a_channel_of_the_path_counts_where_it_is_pressed(team: Desk) -> None:
    assert (await known(team, "U_ELSE", via="C_OPS")).on_path == {"C_OPS"}
    assert (await known(team, "U_ELSE", via="C_OTHER")).on_path == frozenset()


async def test_the_path_is_looked_up_only_for_who_may_gain_by_it(team: Desk) -> None:
    await work_issue.update_requester(team.services, update(ANA))
    assert looked_up(team) == [], "who was asked is known"
    first = [contact(MANAGER), contact("@pat")]
    assert (await known(team, MANAGER)).manager
    assert looked_up(team) == first
    team.directory.knows_person(PersonInfo("U_GUS", "Gus", guest=True))
    assert (await known(team, "U_GUS")).on_path == frozenset()
    assert looked_up(team) == first
    await actors.who_sees(team.services, OURS, actor("U_ELSE"))
    assert looked_up(team) == first, "everybody reads what is public"
    await known(team, LEE)
    assert looked_up(team) == [*first, *(one for rung in LEVELS for one in rung.contacts)]


async def test_who_is_of_the_path_sees_what_is_private(team: Desk) -> None:
    hidden = replace(OURS, private=True)
    for who in (LEE, GIL, PAT, MANAGER):
        await actors.who_sees(team.services, hidden, actor(who))
    with pytest.raises(NotAllowed, match="ISS-1 is private"):
        await actors.who_sees(team.services, hidden, actor("U_ELSE"))


async def test_a_path_that_nobody_can_look_up_takes_nothing_else_away(team: Desk) -> None:
    team.directory.goes_down("group:leads")
    pat = await known(team, PAT)
    assert (pat.path_owner, pat.member, pat.on_path) == (True, True, frozenset())
    assert (await known(team, LEE)).on_path == frozenset()
    team.directory.goes_down()
    assert await known(team, MANAGER) == actor(MANAGER)


async def test_being_of_one_path_shows_no_private_issue_of_another(team: Desk) -> None:
    team.has(issue(2, private=True, route=route(path=path(levels=[level("Other", ANA)], owner=contact(ANA)))))
    for verb in (merge_issues.link, merge_issues.merge):
        with pytest.raises(NotAllowed, match="ISS-2 is private"):
            await verb(team.services, WithOther(workspace=T1, user=LEE, key="k", number=1, other=2))


# --- whose turn it is to decide ---------------------------------------------------------------------------------------

ASKED_AT = NOON + timedelta(minutes=1)
BACK = sending_back.send_back(OURS, actor(ANA), "first_try", "", NOON).issue
APPEALED = sending_back.appeal(BACK, actor(RAVI), "It is one.", ASKED_AT).issue
WISHED = bypassing.bypass(
    replace(OURS, route=route(path=path(levels=[*LEVELS, level("Top", "@top")], owner=contact("@pat")))),
    actor(RAVI),
    3,
    "Now.",
    (1, 0),
    ASKED_AT,
).issue


async def decides(desk: Desk, who: str, via: str = "") -> bool:
    """Whether this person's word on the appeal counts."""
    word = Decide(workspace=T1, user=who, key=f"word:{who}", number=1, via=via, yes=True, text="")
    try:
        await appeal.judge(desk.services, word)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize(
    ("who", "manager", "may"),
    [
        (MANAGER, MANAGER, True),
        (PAT, MANAGER, False),
        ("U_ADA", MANAGER, False),
        (PAT, ANA, True),
        ("U_ADA", ANA, False),
        (PAT, "", True),
        ("U_ADA", "", False),
    ],
)
async def test_the_manager_judges_else_the_path_owner(desk: Desk, who: str, manager: str, may: bool) -> None:
    desk.directory.knows("@pat", user(PAT))
    desk.directory.knows_person(PersonInfo("U_ADA", "Ada", admin=True))
    desk.directory.knows(MANAGER, *([user(manager)] if manager else []))
    desk.has(APPEALED)
    assert await decides(desk, who) is may, "Ana sent it back herself"


@pytest.mark.parametrize("who", [PAT, "U_ADA"])
async def test_whoever_got_the_question_may_answer_it(desk: Desk, who: str) -> None:
    desk.directory.knows("@pat", user(PAT))
    desk.directory.knows_person(PersonInfo("U_ADA", "Ada", admin=True))
    desk.has(APPEALED)
    question = notice(key="manager:1", args={"buttons": "judge", "at": ASKED_AT.isoformat()})
    desk.sent(message("manager:1", notice=question, place="D_THEM"))
    assert not await decides(desk, who, via="D_ELSE")
    assert await decides(desk, who, via="D_THEM")


async def test_a_question_about_something_else_gives_nothing(desk: Desk) -> None:
    desk.directory.knows("@pat", user(PAT))
    desk.has(WISHED)
    for buttons, live in (("still", True), ("bypass", False)):
        asked = notice(key=f"m:{buttons}", args={"buttons": buttons})
        desk.sent(message(f"m:{buttons}", notice=asked, place="D_THEM", live=live))
    assert not (await known(desk, PAT, WISHED, via="D_THEM")).put_to_them
    asked = notice(key="m:2", args={"buttons": "bypass"})
    desk.sent(message("m:2", notice=asked, place="D_THEM"))
    assert (await known(desk, PAT, WISHED, via="D_THEM")).put_to_them
    assert not (await known(desk, LEE, WISHED, via="D_THEM")).put_to_them
