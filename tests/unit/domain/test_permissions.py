"""Who may do what: the whole table of rights, written down a second time."""

from itertools import product

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.issue import Issue
from bot.domain.permissions import RIGHTS, Action, Actor, Role, require, roles
from tests.builders import ANA, OMAR, RAVI, actor, ask, at_level_two, channel, issue
from tests.builders import acknowledged as taken

YES, NO = True, False
COLUMNS = (Role.CONTACT, Role.OWNER, Role.MANAGER, Role.PATH_OWNER, Role.RAISER, Role.REQUESTER)
TABLE: dict[Action, tuple[bool, ...]] = {
    #                   contact owner manager path_owner raiser requester
    Action.ACKNOWLEDGE: (YES, NO, YES, YES, NO, NO),
    Action.DECLINE: (YES, NO, NO, NO, NO, NO),
    Action.ESCALATE: (YES, YES, YES, YES, YES, YES),
    Action.UPDATE: (YES, YES, YES, YES, NO, NO),
    Action.CHANGE: (YES, YES, YES, YES, NO, NO),
    Action.PRIORITIZE: (YES, YES, YES, YES, YES, NO),
    Action.WAIT: (YES, YES, YES, YES, NO, NO),
    Action.ANSWER: (NO, NO, NO, NO, NO, YES),
    Action.RESOLVE: (YES, YES, YES, YES, NO, NO),
    Action.CONFIRM: (NO, NO, NO, NO, NO, YES),
    Action.TELL: (NO, NO, NO, NO, YES, NO),
    Action.RATE: (NO, NO, NO, NO, NO, YES),
    Action.COMMENT: (NO, YES, NO, NO, YES, YES),
    Action.FOLLOW_UP: (NO, NO, NO, NO, YES, YES),
    Action.BYPASS: (YES, YES, YES, YES, YES, YES),
    Action.APPROVE: (NO, NO, YES, YES, NO, NO),
    Action.SEND_BACK: (NO, YES, YES, YES, NO, NO),
    Action.APPEAL: (NO, NO, NO, NO, YES, YES),
    Action.JUDGE: (NO, NO, YES, YES, NO, NO),
    Action.WITHDRAW: (NO, NO, NO, NO, YES, YES),
    Action.DISPUTE: (NO, YES, YES, NO, YES, YES),
    Action.GIVE_BACK: (NO, YES, NO, NO, NO, NO),
    Action.ASSIGN: (YES, YES, YES, YES, NO, NO),
    Action.KEEP: (NO, YES, NO, NO, NO, NO),
    Action.SNOOZE: (NO, YES, NO, NO, NO, NO),
}
WORLD = taken(issue(requester="U_RITA"), owner=OMAR).bump(raiser=RAVI)
WHO: dict[Role, Actor] = {
    Role.CONTACT: actor(ANA),
    Role.OWNER: actor(OMAR),
    Role.MANAGER: actor("U_DINA", manager=True),
    Role.PATH_OWNER: actor("U_PAT", path_owner=True),
    Role.RAISER: actor(RAVI),
    Role.REQUESTER: actor("U_RITA"),
}
CELLS = [(action, role, TABLE[action][COLUMNS.index(role)]) for action, role in product(Action, Role)]


def test_the_table_names_every_action_and_every_role() -> None:
    assert set(TABLE) == set(Action) == set(RIGHTS)
    assert set(COLUMNS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_everybody_of_the_table_has_exactly_one_role(role: Role) -> None:
    assert roles(WORLD, WHO[role]) == {role}


@pytest.mark.parametrize(("action", "role", "may"), CELLS)
def test_each_cell(action: Action, role: Role, may: bool) -> None:
    if may:
        assert require(action, WORLD, WHO[role]) == {role}
        return
    with pytest.raises(NotAllowed):
        require(action, WORLD, WHO[role])


@pytest.mark.parametrize("action", Action)
def test_somebody_without_a_role_may_nothing_and_is_told_who_may(action: Action) -> None:
    with pytest.raises(NotAllowed) as refused:
        require(action, WORLD, actor("U_ELSE"))
    sentence = str(refused.value)
    assert sentence.startswith("Only ")
    assert sentence.endswith(f" may {action.value}.")
    named = (
        sentence.removeprefix("Only ").removesuffix(f" may {action.value}.").replace(" or ", ", ").split(", ")
    )
    assert {role.value for role in RIGHTS[action]} == set(named)


@pytest.mark.parametrize(("action", "role"), list(product(Action, Role)))
def test_people_of_other_organisations_only_speak_for_their_own_request(action: Action, role: Role) -> None:
    one = WHO[role]
    foreign = Actor(one.user, manager=one.manager, path_owner=one.path_owner, outsider=True)
    own = role in (Role.RAISER, Role.REQUESTER)
    if own and TABLE[action][COLUMNS.index(role)]:
        assert require(action, WORLD, foreign) == {role}
        return
    with pytest.raises(NotAllowed):
        require(action, WORLD, foreign)


def test_several_roles_are_all_seen() -> None:
    both = issue(requester=ANA)
    assert roles(both, actor(ANA, manager=True)) == {Role.CONTACT, Role.REQUESTER, Role.MANAGER}
    assert require(Action.ESCALATE, both, actor(ANA)) == {Role.CONTACT, Role.REQUESTER}


def test_everybody_who_presses_on_a_message_of_an_asked_channel_is_a_contact() -> None:
    asked: Issue = issue(asks=(ask(channel("C_OPS")),))
    assert roles(asked, actor("U_ELSE", via="C_OPS")) == {Role.CONTACT}
    assert roles(asked, actor("U_ELSE", via="C_OTHER")) == set()
    assert roles(asked, actor("U_ELSE")) == set()


def test_contacts_of_earlier_levels_stay_contacts() -> None:
    assert roles(at_level_two(issue()), actor(ANA)) == {Role.CONTACT}


def test_who_had_it_before_it_was_reopened_counts_as_its_owner() -> None:
    assert roles(issue(last_owner="U_OLD"), actor("U_OLD")) == {Role.OWNER}
