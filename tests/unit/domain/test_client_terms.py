"""What a client reads of a path: roles, times, promises, and nobody's name."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, Hours
from bot.domain.contacts import Contact, ContactKind
from bot.domain.matrix.model import IfNobody, IssueType, Matrix, Named, Path, Promise
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from bot.domain.wording.client_terms import ClientTerms, Titled, client_terms, client_title
from tests.builders import contact, level, matrix, minutes, path, rules
from tests.tries import tries

DAY = (Hours(9 * 60, 17 * 60),)
OFFICE = Calendar("office", "Europe/London", (DAY, DAY, DAY, DAY, (Hours(540, 960),), (), ()))
LEADS = Schedule(
    "maya-and-omar", "UTC", (Layer((contact("@maya"),), date(2026, 1, 5), time(9)),), "Care leads"
)
NAMELESS = replace(LEADS, key="omars-rota", title="")


def document(*levels: Any, **changes: Any) -> Matrix:
    """One path for Acme and whoever else there is."""
    on_path = {
        name: changes.pop(name) for name in ("inform", "repeat", "match", "close_after") if name in changes
    }
    named = {"clients": (Named("acme", "Acme Ltd", "Contract 4: refunds."),), "calendars": (OFFICE,)}
    made = path("Customer care", levels or (level("Desk", "@maya"),), **on_path)
    return matrix(made, schedules=(LEADS, NAMELESS), **{**named, **changes})


def terms(made: Matrix, client: str = "acme") -> ClientTerms:
    """Of its first path."""
    return client_terms(made, made.paths[0], client)


def told(*contacts: str) -> tuple[str, ...]:
    """The roles of these on a path with Maya on level 1 and whoever is on call on level 2."""
    some = tuple(contact(one) for one in contacts)
    levels = level("Desk", "@maya"), level("Manager", "oncall:omars-rota", "#ops", inform=some)
    return terms(document(*levels)).steps[1].told


def test_a_step_has_its_name_its_role_and_its_time() -> None:
    read = terms(
        document(level("Desk", "@maya", role="Answers first"), level("Lead", "@omar", within=minutes(90)))
    )
    said = [(one.number, one.name, one.role, one.time) for one in read.steps]
    assert said == [(1, "Desk", "Answers first", "15 min to answer"), (2, "Lead", "", "1 h 30 min to answer")]


@pytest.mark.parametrize(
    ("changes", "time_"),
    [
        pytest.param({"calendar": "office"}, "15 min to answer, in office hours", id="in working time"),
        pytest.param(
            {"if_nobody": IfNobody.HOLD},
            "15 min to answer; it begins when somebody is on duty",
            id="waits for whoever is on duty",
        ),
    ],
)
def test_when_time_counts_is_said(changes: dict[str, Any], time_: str) -> None:
    made = document(replace(level("Desk", "@maya"), acknowledge_within=span("15m"), **changes))
    assert terms(made).steps[0].time == time_


@pytest.mark.parametrize(
    ("contacts", "roles"),
    [
        pytest.param(["@maya"], ("Desk",), id="who stands on a level"),
        pytest.param(["oncall:omars-rota", "#ops"], ("Manager",), id="each role once"),
        pytest.param(["@lee", "lee@example.com", "U0LEE"], ("a colleague",), id="somebody"),
        pytest.param(["group:lees-team", "#lees-channel"], ("a team",), id="groups and channels"),
        pytest.param(["oncall:maya-and-omar"], ("whoever is on call for Care leads",), id="a schedule"),
        pytest.param(["oncall:nobody"], ("whoever is on call",), id="a schedule without a title"),
        pytest.param(["U_MANAGER"], ("the escalation manager",), id="the manager"),
        pytest.param([], (), id="nobody"),
    ],
)
def test_who_is_told_is_told_by_role(contacts: list[str], roles: tuple[str, ...]) -> None:
    assert told(*contacts) == roles


def test_who_is_told_at_the_start() -> None:
    assert terms(document(inform=(contact("#care"), contact("@lee")))).told == ("a team", "a colleague")


def test_promises_and_scopes_are_those_of_the_client() -> None:
    made = document(
        match={"service": ("billing",)},
        services=(Named("billing", "Billing", "Invoices."), Named("cloud", "Cloud", "Servers.")),
        types=(IssueType("late", "Late", scope="Answers only."), IssueType("other", "Other")),
        promises=(
            Promise({"client": ("bolt",)}, span("1h"), None, "always"),
            Promise({"client": ("acme",), "type": ("late",)}, span("4h"), span("2d"), "office"),
            Promise({}, None, span("3d"), "always"),
        ),
    )
    read = terms(replace(made, clients=(*made.clients, Named("bolt", "Bolt", "Bolts."))))
    assert read.takes == "Service: Billing"
    assert read.promises == (
        Titled("Type: Late", "Answered within 4 h of office time, solved within 2 working days (office)"),
        Titled("Everything else", "Solved within 3 d"),
    )
    assert read.covered == (
        Titled("Acme Ltd", "Contract 4: refunds."),
        Titled("Billing", "Invoices."),
        Titled("Late", "Answers only."),
    )
    assert terms(made, "").covered == read.covered[1:]


def test_hours_are_those_in_which_something_counts() -> None:
    night = replace(OFFICE, key="night", off=frozenset({date(2026, 12, 25)}))
    made = document(
        replace(level("Desk", "@maya"), calendar="office"),
        calendars=(OFFICE, night, replace(OFFICE, key="unused")),
        promises=(Promise({}, span("4h"), None, "night"),),
    )
    days = "Mon-Thu 09:00-17:00; Fri 09:00-16:00; Sat-Sun closed (Europe/London time)."
    assert terms(made).hours == (
        Titled("office", days),
        Titled("night", f"{days} Public holidays and other days off do not count."),
    )
    assert terms(document()).hours == ()


@pytest.mark.parametrize("key", ["always", "desk"])
def test_round_the_clock_needs_no_hours(key: str) -> None:
    made = document(
        replace(level("Desk", "@maya"), calendar=key),
        calendars=(Calendar("desk", "Europe/London"),),
        promises=(Promise({}, span("4h"), None, key),),
    )
    assert terms(made).hours == ()


def test_who_stands_on_two_levels_is_told_by_the_first() -> None:
    made = document(level("Desk", "@maya"), level("Lead", "@maya", inform=(contact("@maya"),)))
    assert terms(made).steps[1].told == ("Desk",)


@pytest.mark.parametrize(("repeat", "words"), [(1, "once more"), (3, "3 more times")])
def test_a_ladder_that_repeats_says_so(repeat: int, words: str) -> None:
    first, *rest = terms(document(repeat=repeat)).ending
    assert first == f"If nobody has answered at the last step, all steps are gone through {words}."
    assert tuple(rest) == terms(document()).ending


def test_the_end_is_told() -> None:
    said = " ".join(terms(document(workspace=rules(nag_every=minutes(10)))).ending)
    assert "every 10 min until somebody takes it" in said
    assert "closed 3 d later" in said


def test_a_client_is_called_by_its_title() -> None:
    assert client_title(document(), "acme") == "Acme Ltd"
    assert client_title(document(), "Acme Ltd") == client_title(document(), "") == ""


def changed(**changes: Any) -> str:
    """The mark of the same path with a change."""
    made = document(level("Desk", "@maya", inform=(contact("@lee"),)))
    return terms(replace(made, paths=(replace(made.paths[0], **changes),))).mark


SAME = changed()
DESK = level("Desk", "@maya", inform=(contact("@lee"),))


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        pytest.param({}, True, id="nothing"),
        pytest.param({"owner": contact("@omar")}, True, id="who keeps it"),
        pytest.param({"levels": (replace(DESK, contacts=(contact("@omar"),)),)}, True, id="who answers"),
        pytest.param(
            {"levels": (replace(DESK, inform=(contact("@kim"),)),)}, True, id="which colleague is told"
        ),
        pytest.param(
            {"levels": (replace(DESK, inform=(contact("#kim"),)),)}, False, id="a team is told instead"
        ),
        pytest.param({"levels": (replace(DESK, acknowledge_within=span("14m")),)}, False, id="a time"),
        pytest.param({"levels": (replace(DESK, role="Helps"),)}, False, id="a role"),
        pytest.param({"levels": (DESK, DESK)}, False, id="one more level"),
        pytest.param({"repeat": 1}, False, id="once more"),
        pytest.param({"close_after": span("4d")}, False, id="how it ends"),
    ],
)
def test_terms_have_another_mark_when_a_client_reads_something_else(
    changes: dict[str, Any], same: bool
) -> None:
    assert (changed(**changes) == SAME) is same


VALUES = {
    ContactKind.EMAIL: "zelda@staff.example",
    ContactKind.USER: "UZELDA99",
    ContactKind.HANDLE: "zelda",
    ContactKind.GROUP: "zeldas-team",
    ContactKind.CHANNEL: "zelda-private",
    ContactKind.ONCALL: "zeldas-rota",
}
CONTACTS = st.sampled_from([Contact(kind, value) for kind, value in VALUES.items()])
SOME = st.lists(CONTACTS, max_size=4).map(tuple)


@given(SOME, SOME, SOME, CONTACTS, CONTACTS, CONTACTS, st.booleans())
@tries(24)
def test_no_contact_becomes_text(
    asked: Any, told_: Any, at_start: Any, owner: Contact, manager: Contact, catch_all: Contact, listed: bool
) -> None:
    rung = replace(level("Desk", "@maya"), contacts=asked, inform=told_)
    rota = Schedule(
        "zeldas-rota", "UTC", (Layer((Contact(ContactKind.EMAIL, "zelda@staff.example"),), date(2026, 1, 5)),)
    )
    made = matrix(
        Path(
            "Care",
            (rung,),
            owner=owner,
            inform=at_start,
            channel=Contact(ContactKind.CHANNEL, "zelda-private"),
        ),
        workspace=rules(escalation_manager=manager, catch_all=catch_all),
        schedules=(rota,) if listed else (),
    )
    said = str(client_terms(made, made.paths[0])).casefold()
    assert "zelda" not in said
