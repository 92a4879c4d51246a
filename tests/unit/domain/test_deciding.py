"""Whose turn it is to decide about an appeal or a bypass: the manager, else the path owner, else an admin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import bypassing, sending_back
from bot.domain.deciding import require_turn
from bot.domain.errors import NotAllowed
from bot.domain.issue import Issue
from bot.domain.permissions import Action, Actor
from bot.domain.words import say
from tests.builders import ANA, MANAGER, NOON, OMAR, P2, QUARTER, RAVI, actor, issue, minutes, route
from tests.tries import tries

PARTY = "U_PARTY"
OWN = say("You did this yourself.")
THE_MANAGER = "The escalation manager decides about this one."
THE_OWNER = "The owner of the path decides about this one."
STRANGERS = "Only the escalation manager, else the owner of the path, else a workspace admin may "


def knows(
    who: str = "U_1", managers: str = "", owners: str = "", *, put: bool = False, **roles: bool
) -> Actor:
    """Somebody looked up, while these people are escalation manager and owner of the path."""
    found = {"managers": frozenset(managers.split()), "path_owners": frozenset(owners.split())}
    return actor(who, put_to_them=put, member=True, **found, **roles)


TURNS: dict[str, tuple[Actor, str]] = {
    "the manager": (knows(managers="U_1", manager=True), ""),
    "one of several managers": (knows(managers="U_1 U_2", manager=True), ""),
    "a manager who is the path owner too": (
        knows(managers="U_1", owners="U_1", manager=True, path_owner=True),
        "",
    ),
    "a manager whose own act it is": (knows(PARTY, PARTY, manager=True), "You did this yourself."),
    "the path owner while there is a manager": (
        knows(managers="U_2", owners="U_1", path_owner=True),
        THE_MANAGER,
    ),
    "the path owner when it is the manager's act": (knows(managers=PARTY, owners="U_1", path_owner=True), ""),
    "the path owner when one of two managers may": (
        knows(managers=f"{PARTY} U_2", owners="U_1", path_owner=True),
        THE_MANAGER,
    ),
    "the path owner when there is no manager": (knows(owners="U_1", path_owner=True), ""),
    "the path owner who was asked, as the manager could not be reached": (
        knows(managers="U_2", owners="U_1", path_owner=True, put=True),
        "",
    ),
    "a path owner whose own act it is": (knows(PARTY, path_owner=True, put=True), "You did this yourself."),
    "an admin while there is a manager": (knows(managers="U_2", admin=True), THE_MANAGER),
    "an admin while the path owner may": (knows(managers=PARTY, owners="U_2", admin=True), THE_OWNER),
    "an admin when neither may": (knows(managers=PARTY, owners=PARTY, admin=True), ""),
    "an admin when there is neither": (knows(admin=True), ""),
    "an admin who was asked": (knows(managers="U_2", owners="U_3", admin=True, put=True), ""),
    "somebody else in the channel where it was put": (knows(put=True), STRANGERS),
    "somebody whom nobody could look up": (actor("U_1"), STRANGERS),
}


@pytest.mark.parametrize("action", [Action.JUDGE, Action.APPROVE])
@pytest.mark.parametrize(("who", "refused"), TURNS.values(), ids=TURNS)
def test_whose_turn_it_is(action: Action, who: Actor, refused: str) -> None:
    said = ""
    try:
        require_turn(action, issue(), who, (PARTY,), OWN)
    except NotAllowed as error:
        said = str(error)
    assert said.startswith(refused) if refused else said == ""


# --- nobody approves their own, whoever they are ----------------------------------------------------------------------

RITA, WHY, SOON = "U_RITA", "The shift lead is on a plane.", NOON + minutes(5)
NORMAL = issue(requester=RITA, route=route(priority=P2))
BACK = sending_back.send_back(NORMAL, actor(ANA), "first_try", "", SOON).issue


@tries(24)
@given(
    asker=st.sampled_from([RAVI, RITA]),
    judge=st.sampled_from([RAVI, RITA, ANA, OMAR, MANAGER]),
    roles=st.fixed_dictionaries({name: st.booleans() for name in ("manager", "path_owner", "admin")}),
    yes=st.booleans(),
)
def test_nobody_approves_their_own(asker: str, judge: str, roles: dict[str, bool], yes: bool) -> None:
    def attempt(one: Issue) -> bool:
        """Whether this judge decides."""
        try:
            if one.care.sent_back is not None:
                sending_back.judge(one, actor(judge, **roles), yes, WHY, QUARTER)
            else:
                bypassing.answer(one, actor(judge, **roles), yes, QUARTER - minutes(1))
        except NotAllowed:
            return False
        return True

    may = any(roles.values())
    wished = bypassing.bypass(NORMAL, actor(asker), 3, WHY, (1, 0), SOON).issue
    assert attempt(wished) == (may and judge != asker)
    appealed = sending_back.appeal(BACK, actor(asker), WHY, SOON).issue
    assert attempt(appealed) == (may and judge not in (RAVI, RITA, ANA))
