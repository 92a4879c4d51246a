"""Whom a matrix asks to agree, and to what."""

from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.contacts import Contact, parse_contact
from bot.domain.matrix.model import Level, Matrix
from bot.domain.matrix.terms import Terms, mark, terms_of
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from tests.builders import matrix, path

START = date(2026, 1, 5)


def schedule(*layers: tuple[str, ...], title: str = "") -> Schedule:
    """People who take turns, layer by layer."""
    made = tuple(Layer(tuple(parsed(one) for one in people), START) for people in layers)
    return Schedule("leads", "Europe/London", made, title)


def parsed(text: str) -> Contact:
    """A contact as the document writes it."""
    contact = parse_contact(text.replace("_", ""))
    assert contact is not None, text
    return contact


def rung(*contacts: str) -> Level:
    """A level with 15 minutes."""
    return Level("Lead", tuple(parsed(one) for one in contacts), span("15m"))


def read(document: Matrix) -> list[tuple[str, list[str]]]:
    """Each sentence and whom it is for."""
    return [(one.text, [str(who) for who in one.contacts]) for one in terms_of(document)]


def test_everybody_on_a_level_is_asked_and_channels_are_not() -> None:
    document = matrix(
        path(
            "Customer care",
            [rung("#desk", "@maya", "group:leads", "@maya"), rung("#ops-desk")],
        ),
        path("Everything else", [rung("@omar")]),
    )
    assert terms_of(document) == (
        Terms(
            "Customer care",
            1,
            "You are level 1 for Customer care: 15 min to answer.",
            (parsed("@maya"), parsed("group:leads")),
        ),
        Terms(
            "Everything else", 1, "You are level 1 for Everything else: 15 min to answer.", (parsed("@omar"),)
        ),
    )


@pytest.mark.parametrize(
    ("within", "calendar", "words"),
    [
        ("30m", None, "30 min to answer."),
        ("90m", "always", "1 h 30 min to answer."),
        ("30m", "office", "30 min to answer, in office hours."),
        ("1d", "office", "1 working day to answer, in office hours."),
        ("2w", "office", "2 working weeks to answer, in office hours."),
        ("1d", None, "1 d to answer."),
    ],
)
def test_the_time_names_the_calendar_that_counts_it(within: str, calendar: str | None, words: str) -> None:
    timed = Level("Front", (parsed("U_ANA"),), span(within), calendar=calendar)
    document = matrix(path("Care", [timed]), calendars=(Calendar("office", "Europe/London"),))
    assert [text for text, _ in read(document)] == [f"You are level 1 for Care: {words}"]


@pytest.mark.parametrize(("title", "name"), [("", "leads"), ("the care leads", "the care leads")])
def test_everybody_who_takes_turns_is_asked(title: str, name: str) -> None:
    shared = schedule(("@maya", "@omar"), ("@dina", "@maya"), title=title)
    document = matrix(path("Care", [rung("oncall:leads", "@ann")]), schedules=(shared,))
    assert read(document) == [
        ("You are level 1 for Care: 15 min to answer.", ["@ann"]),
        (
            f"You are level 1 for Care while you are on call for {name}: 15 min to answer.",
            ["@maya", "@omar", "@dina"],
        ),
    ]


def test_a_schedule_that_is_gone_asks_nobody() -> None:
    assert read(matrix(path("Care", [rung("oncall:gone")]))) == []


def test_the_same_terms_have_the_same_mark() -> None:
    texts = ["You are level 1 for Care: 15 min to answer.", "You are level 1 for Care: 30 min to answer."]
    assert len({mark(text) for text in [*texts, *texts]}) == 2
