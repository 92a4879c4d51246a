"""What was promised to a customer: when it is due, and whether it still holds."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.calendar import Calendar, Hours
from bot.domain.errors import Refused
from bot.domain.matrix.model import Named, Promise
from bot.domain.promised import inside, read_promised
from bot.domain.span import Span, Unit
from bot.domain.wording.findings import still_promised
from tests.builders import NOON, facts, matrix

LONDON = "Europe/London"


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


READ = {
    "what Slack's own field sends": ("1772469600", utc(2026, 3, 2, 16, 40)),
    "a date and a time": ("2026-03-01 09:30", utc(2026, 3, 1, 9, 30)),
    "with a zone": ("2026-03-02T16:40:00+02:00", utc(2026, 3, 2, 14, 40)),
    "a time of today that has passed": ("9:15", utc(2026, 3, 2, 9, 15)),
    "a time of today to come": ("4pm", utc(2026, 3, 2, 16, 0)),
    "tomorrow": ("tomorrow 9am", utc(2026, 3, 3, 9, 0)),
    "in a while": ("in 2h", utc(2026, 3, 2, 14, 0)),
    "in summer time": ("2026-07-01 09:00", utc(2026, 7, 1, 8, 0)),
}


@pytest.mark.parametrize(("text", "due"), READ.values(), ids=READ.keys())
def test_times_as_people_and_slack_write_them(text: str, due: datetime) -> None:
    assert read_promised(text, NOON, LONDON) == due


NONSENSE = [
    "next blursday",
    "soon",
    "🔥",
    "25:99",
    "32 dec",
    "9999999999",
    "0001-01-01 00:00",
    "1" * 40,
    "''; --",
]


@pytest.mark.parametrize("text", NONSENSE)
def test_words_that_mean_no_time_get_a_sentence_with_examples(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_promised(text, NOON, LONDON)
    said = refused.value.sentence.plain()
    assert "16:40, tomorrow 9am" in said or "years away" in said


OFFICE = Calendar("office", "UTC", (*((Hours(9 * 60, 17 * 60),),) * 5, (), ()))
ANSWER = Promise({"client": ("acme",)}, Span(4, Unit.HOUR), Span(2, Unit.DAY), "office")
SOLUTION = Promise({"client": ("beta",)}, None, Span(2, Unit.DAY), "office")
KNOWN = matrix(
    calendars=(OFFICE,),
    clients=(Named("acme", "Acme Ltd"), Named("beta", "Beta"), Named("none", "No promise")),
    promises=(ANSWER, SOLUTION),
)


def left(client: str, hours: float) -> timedelta | None:
    """The working time left on Monday at noon, when it was promised so much later."""
    about = facts(client=client, promised_by=NOON + timedelta(hours=hours))
    holds = inside(KNOWN, about, NOON)
    return holds.left if holds else None


def test_the_time_left_is_working_time_of_the_promise() -> None:
    assert left("acme", 2) == timedelta(hours=2)
    assert left("acme", 24) == timedelta(hours=8), "the night does not count"
    assert left("none", 24) == timedelta(hours=24), "without a promise in the matrix around the clock"


def test_a_promise_that_has_passed_holds_no_more() -> None:
    assert left("acme", 0) is None
    assert left("acme", -1) is None
    assert inside(KNOWN, facts(client="acme"), NOON) is None, "nothing was promised by a time"


def test_a_promise_before_anybody_works_again_will_pass_and_stops_nobody() -> None:
    friday_night = NOON + timedelta(days=4, hours=6)
    about = facts(client="acme", promised_by=friday_night + timedelta(hours=3))
    assert inside(KNOWN, about, friday_night) is None


SAID = {
    "acme": "An answer is due Mon 02 Mar 14:00 UTC, 2 h of office time left. Acme Ltd was promised one within "
    "4 h of office time. Raise anyway? Then please say why.",
    "beta": "A solution is due Mon 02 Mar 14:00 UTC, 2 h of office time left. Beta was promised one within "
    "2 working days (office). Raise anyway? Then please say why.",
    "none": "An answer is due Mon 02 Mar 14:00 UTC, 2 h left. Raise anyway? Then please say why.",
}


@pytest.mark.parametrize(("client", "said"), SAID.items())
def test_what_is_said_while_it_holds(client: str, said: str) -> None:
    about = facts(client=client, promised_by=NOON + timedelta(hours=2))
    holds = inside(KNOWN, about, NOON)
    assert holds is not None
    assert still_promised(KNOWN, client, holds).plain() == said
