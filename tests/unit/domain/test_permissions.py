"""Who may do what: the whole table of rights, written down a second time by hand, for every state."""

from dataclasses import replace
from itertools import product

import pytest

from bot.config import Settings
from bot.domain.errors import NotAllowed, Refused
from bot.domain.ids import UserId
from bot.domain.issue import Informing, Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.permissions import RIGHTS, Action, Actor, Role, may, reads_notes, require, roles
from bot.domain.rights import NOT_ABOUT_ONES_OWN_ACT, OUTSIDERS_MAY, UNTIL_TAKEN, actions_named
from bot.domain.sight import masked, may_see, require_sight
from tests.builders import ANA, OMAR, RAVI, actor, ask, at_level_two, channel, issue, level, position, route
from tests.builders import acknowledged as taken

COLUMNS = "contact path level owner manager path_owner raiser requester further watcher admin member"
ROLES = tuple(Role[name.upper()] for name in COLUMNS.split())
TABLE: dict[Action, str] = {
    #                    co pa le ow ma po ra re fu wa ad me
    # see: every member while it is not private; a private one: its path, watchers, raiser, requester, manager
    Action.SEE: "         x  x  x  x  x  x  x  x  x  x  .  x",
    # join, watch: every member
    Action.JOIN: "        .  .  .  .  .  .  .  .  .  .  .  x",
    Action.WATCH: "       .  .  .  .  .  .  .  .  .  .  .  x",
    # acknowledge: contacts of any level asked; others after "take it anyway?" (test_answering)
    Action.ACKNOWLEDGE: " x  .  x  .  .  .  .  .  .  .  .  .",
    # decline: those asked
    Action.DECLINE: "     x  .  x  .  .  .  .  .  .  .  .  .",
    # escalate: contacts, owner, manager; raiser and requester with a reason (test_escalate_by_hand, test_bypassing)
    Action.ESCALATE: "    x  x  x  x  x  .  x  x  .  .  .  .",
    Action.BYPASS: "      x  x  x  x  x  .  x  x  .  .  .  .",
    # update, note, waiting, resolve, edit: owner, contacts of the path, manager; raiser: edit, note
    Action.UPDATE: "      x  x  x  x  x  .  .  .  .  .  .  .",
    Action.NOTE: "        x  x  x  x  x  .  x  .  .  .  .  .",
    Action.WAIT: "        x  x  x  x  x  .  .  .  .  .  .  .",
    Action.RESOLVE: "     x  x  x  x  x  .  .  .  .  .  .  .",
    Action.EDIT: "        x  x  x  x  x  .  x  .  .  .  .  .",
    # requester: answer, confirm, dispute; who joined is one too, but the first requester's Confirm closes
    Action.ANSWER: "      .  .  .  .  .  .  .  x  x  .  .  .",
    Action.CONFIRM: "     .  .  .  .  .  .  .  x  .  .  .  .",
    # reopen: requester, raiser, owner, manager; anybody's Not solved while the requester could (test_closing)
    Action.DISPUTE: "     .  .  .  x  x  .  x  x  x  .  .  .",
    # reassign, priority, type, service, link, merge, private: owner, contacts of the path, manager
    # raiser: priority before acknowledgement
    Action.ASSIGN: "      x  x  x  x  x  .  .  .  .  .  .  .",
    Action.PRIORITIZE: "  x  x  x  x  x  .  o  .  .  .  .  .",
    Action.CHANGE: "      x  x  x  x  x  .  .  .  .  .  .  .",
    Action.LINK: "        x  x  x  x  x  .  .  .  .  .  .  .",
    Action.MERGE: "       x  x  x  x  x  .  .  .  .  .  .  .",
    Action.HIDE: "        x  x  x  x  x  .  .  .  .  .  .  .",
    # snooze, give back, hand over: owner
    Action.SNOOZE: "      .  .  .  x  .  .  .  .  .  .  .  .",
    Action.GIVE_BACK: "   .  .  .  x  .  .  .  .  .  .  .  .",
    Action.KEEP: "        .  .  .  x  .  .  .  .  .  .  .  .",
    # send back: contacts of the level, owner, manager; raiser and requester may appeal
    Action.SEND_BACK: "   .  .  x  x  x  .  .  .  .  .  .  .",
    Action.APPEAL: "      .  .  .  .  .  .  x  x  .  .  .  .",
    # judge an appeal, approve a bypass: manager, else the path owner (else admins; whose turn it is: test_deciding)
    Action.JUDGE: "       .  .  .  .  x  x  .  .  .  .  x  .",
    Action.APPROVE: "     .  .  .  .  x  x  .  .  .  .  x  .",
    # withdraw, "it's solved": raiser, requester
    Action.WITHDRAW: "    .  .  .  .  .  .  x  x  .  .  .  .",
    # what is asked of somebody: the raiser tells who has no Slack; closing asks for a rating and what would have helped
    Action.TELL: "        .  .  .  .  .  .  x  .  .  .  .  .",
    Action.RATE: "        .  .  .  .  .  .  .  x  x  .  .  .",
    Action.COMMENT: "     .  .  .  x  .  .  x  x  x  .  .  .",
    Action.FOLLOW_UP: "   .  .  .  .  .  .  x  x  x  .  .  .",
    Action.THANK: "       .  .  .  .  .  .  .  .  .  .  .  x",
}
"""x = may in every state that the verb itself allows, o = may while it is open."""
PRIVATE_EYES = set(ROLES) - {Role.ADMIN, Role.MEMBER}

IVY, FAY, WES = UserId("U_IVY"), UserId("U_FAY"), UserId("U_WES")
WORLD = taken(
    issue(
        requester="U_RITA",
        raiser=RAVI,
        route=route([level("Front desk", "@ana"), level("Shift lead", "@lev", "U_PATH")]),
        informing=Informing(told=(IVY,)),
    ),
    owner=OMAR,
)
WORLD = WORLD.bump(
    asks=(ask(ANA, 1), ask("U_LEV", 2)),
    position=position(Stage.REST, level=2),
    company=replace(WORLD.company, further=(FAY,), watchers=(WES,)),
)
"""Omar has it; Ana was asked at level 1 before, and Lev at level 2."""
WHO: dict[Role, Actor] = {
    Role.CONTACT: actor(ANA),
    Role.LEVEL: actor("U_LEV"),
    Role.OWNER: actor(OMAR),
    Role.MANAGER: actor("U_DINA", manager=True),
    Role.PATH_OWNER: actor("U_PAT", path_owner=True),
    Role.RAISER: actor(RAVI),
    Role.REQUESTER: actor("U_RITA"),
    Role.FURTHER: actor(FAY),
    Role.PATH: actor("U_PATH"),
    Role.WATCHER: actor(WES),
    Role.ADMIN: actor("U_ADA", admin=True),
    Role.MEMBER: actor("U_MEM", member=True),
}
BESIDE = {Role.LEVEL: {Role.CONTACT}}
"""What somebody is beside: whoever is asked now was asked."""
CELLS = list(product(Action, ROLES, State))


def cell(action: Action, role: Role) -> str:
    """What the table above says."""
    return TABLE[action].split()[ROLES.index(role)]


def allowed(action: Action, role: Role, state: State) -> bool:
    """The same with the state."""
    return cell(action, role) == "x" or (cell(action, role) == "o" and state is State.OPEN)


def test_the_table_names_every_action_and_every_role() -> None:
    assert set(TABLE) == set(Action) == set(RIGHTS)
    assert set(ROLES) == set(Role) == set(WHO)
    assert all(len(row.split()) == len(ROLES) for row in TABLE.values())


@pytest.mark.parametrize("role", Role)
def test_everybody_of_the_table_is_just_that(role: Role) -> None:
    assert roles(WORLD, WHO[role]) == {role, *BESIDE.get(role, ())}


def test_the_whole_table_in_every_state() -> None:
    for action, role, state in CELLS:
        given = may(action, replace(WORLD, state=state), WHO[role])
        assert bool(given) is allowed(action, role, state), (action, role, state)


def test_a_private_issue_is_only_for_who_takes_part() -> None:
    for action, role, state in CELLS:
        given = may(action, replace(WORLD, state=state, private=True), WHO[role])
        expected = allowed(action, role, state) and role in PRIVATE_EYES
        assert bool(given) is expected, (action, role, state)


@pytest.mark.parametrize("action", Action)
def test_somebody_without_a_role_is_told_who_may(action: Action) -> None:
    with pytest.raises(NotAllowed) as refused:
        require(action, WORLD, actor("U_ELSE"))
    sentence = str(refused.value)
    assert sentence.startswith("Only ")
    assert sentence.endswith(f" may {action.value}.")
    names = sentence.removeprefix("Only ").removesuffix(f" may {action.value}.")
    names = names.replace(" or ", ", ").replace(", else ", ", ")
    assert {role.value for role in RIGHTS[action]} == set(names.split(", "))


@pytest.mark.parametrize("action", Action)
def test_of_a_private_issue_strangers_learn_only_its_number(action: Action) -> None:
    with pytest.raises(NotAllowed) as refused:
        require(action, replace(WORLD, private=True), actor("U_ELSE", member=True, admin=True))
    assert str(refused.value).startswith("ISS-1 is private. Only the people of its path, ")
    assert WORLD.facts.title not in str(refused.value)


def test_who_comes_too_late_is_told_who_may_now() -> None:
    with pytest.raises(NotAllowed, match=r"^@U_OMAR has ISS-1 by now, so only somebody who was asked, "):
        require(Action.PRIORITIZE, WORLD, WHO[Role.RAISER])
    assert set(UNTIL_TAKEN) == {Action.PRIORITIZE}
    assert {Action.JUDGE, Action.APPROVE} == NOT_ABOUT_ONES_OWN_ACT


# --- guests and other organisations -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_a_guest_is_never_more_than_what_is_theirs_or_what_they_were_asked(role: Role) -> None:
    guest = replace(WHO[role], guest=True, member=False)
    theirs = {Role.RAISER, Role.REQUESTER, Role.FURTHER, Role.CONTACT, Role.LEVEL, Role.OWNER, Role.WATCHER}
    for action in Action:
        expected = role in theirs and allowed(action, role, WORLD.state)
        assert bool(may(action, WORLD, guest)) is expected, (action, role)


@pytest.mark.parametrize("role", Role)
def test_outsiders_do_only_what_the_setting_names(role: Role) -> None:
    outsider = replace(WHO[role], outsider=True, member=False)
    free = replace(outsider, outsiders_may=frozenset(Action))
    nothing = replace(outsider, outsiders_may=frozenset())
    for action in Action:
        right = allowed(action, role, WORLD.state) and role is not Role.MEMBER
        assert bool(may(action, WORLD, free)) is right, (action, role)
        assert bool(may(action, WORLD, outsider)) is (right and action in OUTSIDERS_MAY), (action, role)
        assert not may(action, WORLD, nothing)


def test_the_setting_for_outsiders_names_actions_in_any_case() -> None:
    assert actions_named(" see, Confirm ,") == {Action.SEE, Action.CONFIRM}
    assert actions_named(Settings.model_fields["rung_outsiders_may"].default) == OUTSIDERS_MAY
    assert actions_named("") == frozenset()
    with pytest.raises(Refused, match=r"^RUNG_OUTSIDERS_MAY knows no fly, swim\. Words are: acknowledge, "):
        actions_named("see,fly,swim")


def test_what_outsiders_may_where_nothing_is_set() -> None:
    assert {one.name for one in OUTSIDERS_MAY} == {"SEE", "ANSWER", "CONFIRM", "DISPUTE", "RATE", "FOLLOW_UP"}


# --- sight ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_who_sees_what(role: Role) -> None:
    hidden = replace(WORLD, private=True)
    assert may_see(WORLD, WHO[role])
    assert may_see(hidden, WHO[role]) is (role in PRIVATE_EYES)
    guest = replace(WHO[role], guest=True, member=False)
    theirs = role in PRIVATE_EYES - {Role.MANAGER, Role.PATH_OWNER, Role.PATH}
    assert may_see(WORLD, guest) is may_see(hidden, guest) is theirs


def test_who_cannot_be_looked_up_sees_what_is_public_and_nothing_private() -> None:
    assert may_see(WORLD, actor("U_ELSE"))
    assert not may_see(replace(WORLD, private=True), actor("U_ELSE"))


def test_who_was_told_because_the_matrix_says_so_follows_it() -> None:
    assert may_see(replace(WORLD, private=True), actor(IVY))


@pytest.mark.parametrize("who", [actor("U_ELSE", guest=True), actor("U_ELSE", outsider=True)])
def test_guests_and_outsiders_are_told_what_they_see(who: Actor) -> None:
    with pytest.raises(NotAllowed, match=r"^Only members of this workspace see every issue"):
        require_sight(WORLD, who)


def test_an_asked_channel_may_take_what_it_cannot_see() -> None:
    asked = issue(private=True, asks=(ask(channel("C_OPS")),))
    here = actor("U_ELSE", via="C_OPS", member=True)
    assert not may_see(asked, here)
    assert roles(asked, here) == {Role.MEMBER}
    for action in Action:
        assert not may(action, asked, here)


def test_notes_are_for_those_who_work_on_it() -> None:
    own = {Role.REQUESTER, Role.FURTHER}
    assert {role for role in ROLES if not reads_notes(WORLD, WHO[role])} == own, "members read the thread"
    hidden = replace(WORLD, private=True)
    assert [role for role in ROLES if reads_notes(hidden, WHO[role])] == [
        *(Role.CONTACT, Role.PATH, Role.LEVEL, Role.OWNER, Role.MANAGER, Role.RAISER)
    ]
    assert not reads_notes(WORLD, replace(WHO[Role.REQUESTER], guest=True))


def test_a_masked_issue_says_nothing_that_somebody_wrote() -> None:
    told = WORLD.bump(
        last_update="We called them.", resolution="Done.", facts=replace(WORLD.facts, needed="Help")
    )
    text = repr(masked(told).facts) + masked(told).last_update + masked(told).resolution
    assert not any(word in text for word in ("Checkout", "payment is refused", "Help", "called", "Done"))


# --- roles ------------------------------------------------------------------------------------------------------------


def test_several_roles_are_all_seen() -> None:
    both = issue(requester=ANA, route=route([level("Desk", "@ana")]))
    assert roles(both, actor(ANA, manager=True)) == {Role.CONTACT, Role.LEVEL, Role.REQUESTER, Role.MANAGER}
    assert require(Action.ESCALATE, both, actor(ANA)) == {Role.CONTACT, Role.REQUESTER}


def test_everybody_who_presses_on_a_message_of_an_asked_channel_is_a_contact() -> None:
    asked: Issue = issue(asks=(ask(channel("C_OPS")),))
    assert roles(asked, actor("U_ELSE", via="C_OPS")) == {Role.CONTACT, Role.LEVEL}
    assert roles(asked, actor("U_ELSE", via="C_OTHER")) == set()
    assert roles(asked, actor("U_ELSE")) == set()
    for stranger in (actor("U_ELSE", via="C_OPS", guest=True), actor("U_ELSE", via="C_OPS", outsider=True)):
        assert roles(asked, stranger) == set()


def test_every_contact_of_any_level_is_of_the_path_asked_or_not() -> None:
    named_by_id = actor("U_PATH")
    as_the_directory_says = actor("U_ELSE", on_path=frozenset({"U_ELSE"}))
    in_its_channel = actor("U_ELSE", via="C_OPS", on_path=frozenset({"C_OPS"}))
    for who in (named_by_id, as_the_directory_says, in_its_channel):
        assert roles(WORLD, who) == {Role.PATH}
        assert roles(WORLD, replace(who, guest=True)) == set()
    hidden = replace(WORLD, private=True)
    assert may_see(hidden, as_the_directory_says)
    assert not may_see(hidden, in_its_channel), "a channel does not show what is private"
    assert roles(WORLD, replace(in_its_channel, outsider=True)) == set()


def test_contacts_of_earlier_levels_stay_contacts_but_do_not_speak_for_the_level() -> None:
    assert roles(at_level_two(issue(route=route([level("A", "@a"), level("B", "@b")]))), actor(ANA)) == {
        Role.CONTACT
    }
