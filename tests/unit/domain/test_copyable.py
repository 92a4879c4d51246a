"""A message as plain words, for a mail or the phone: names, local times, and nothing of Slack."""

from datetime import timedelta

import pytest

from bot.domain.wording.copyable import copyable, people_in
from bot.domain.words import At, Channel, Person, Sentence, say
from tests.builders import NOON

DAY = timedelta(days=1)
NAMES = {"U_ANA": "Ana Sousa"}


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (say("{who} has taken ISS-1.", who=Person("U_ANA")), "Ana Sousa has taken ISS-1."),
        (say("{who} has it.", who=Person("U_GONE")), "A colleague has it."),
        (say("Asked in {where}.", where=Channel("C_OPS")), "Asked in our team."),
        (say("News by {at}.", at=At(NOON)), "News by 13:00."),
        (say("News by {at}.", at=At(NOON + DAY)), "News by Tuesday 3 March, 13:00."),
        (say("It closes {at}.", at=At(NOON, "day")), "It closes Monday 2 March, 13:00."),
        (say("They are asked at {at}.", at=At(NOON + DAY)), "They are asked on Tuesday 3 March, 13:00."),
        (say("They are asked at {at}.", at=At(NOON)), "They are asked at 13:00."),
        (say("{said}", said="<!channel> & *bold*"), "<!channel> & *bold*"),
        (say(""), ""),
    ],
)
def test_what_can_be_copied(sentence: Sentence, text: str) -> None:
    """Noon in UTC is one o'clock in Berlin."""
    assert copyable(sentence, NAMES, "Europe/Berlin", NOON) == text


def test_a_day_is_that_of_the_zone_not_of_utc() -> None:
    late = NOON + timedelta(hours=11, minutes=30)
    assert copyable(say("{at}", at=At(late)), {}, "Europe/Berlin", NOON) == "Tuesday 3 March, 00:30"


def test_whose_names_are_needed() -> None:
    sentence = say("{a} and {b}, again {a}, in {c}", a=Person("U1"), b=Person("U2"), c=Channel("C1"))
    assert people_in(sentence) == ("U1", "U2")
