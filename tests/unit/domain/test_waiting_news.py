"""Who reads what while an issue waits, and when it goes on."""

from bot.domain import waiting, working
from bot.domain.issue import Change, Issue
from bot.domain.notification import NoticeKind
from bot.domain.prompting import has_live_buttons
from bot.domain.routing import route as messages
from tests.builders import ANA, MANAGER, QUARTER, actor
from tests.unit.domain.reading import RITA, told
from tests.unit.domain.waits import HOUR, TAKEN, WAITS, waits

REQUESTER, OWNER, CHIEF = NoticeKind.REQUESTER, NoticeKind.OWNER, NoticeKind.MANAGER


LATER = QUARTER + HOUR


def read(before: Issue, change: Change, kind: NoticeKind) -> list[str]:
    """What messages of this kind say."""
    return told(messages(before, change), kind)


def test_the_requester_is_asked_with_a_button_that_lives_as_long_as_it_waits() -> None:
    change = waits()
    (notice,) = [one for one in messages(TAKEN, change) if one.kind is REQUESTER]
    assert read(TAKEN, change, REQUESTER) == [
        "U_RITA: @U_ANA needs something from you for ISS-1. Please press Answer; it waits until Mon 02 Mar 15:15 UTC "
        "at the latest."
    ]
    assert notice.args["quote"] == "Which?"
    assert has_live_buttons(WAITS, notice)
    on = waiting.go_on(WAITS, actor(ANA), LATER).issue
    assert not has_live_buttons(on, notice)
    again = waits(on, now=LATER + HOUR).issue
    assert not has_live_buttons(again, notice), "that was another question"


def test_another_reason_asks_the_requester_nothing() -> None:
    change = waits(reason="A part")
    (notice,) = [one for one in messages(TAKEN, change) if one.kind is REQUESTER]
    assert notice.text("buttons") == "reply"
    assert read(TAKEN, change, REQUESTER) == [
        "U_RITA: ISS-1 waits for A part. @U_ANA goes on as soon as that is over."
    ]


def test_a_reminder_repeats_the_question_unless_something_was_said_since() -> None:
    change = waiting.remind(WAITS, LATER)
    (notice,) = [one for one in messages(WAITS, change) if one.kind is REQUESTER]
    assert (notice.args["quote"], has_live_buttons(change.issue, notice)) == ("Which?", True)
    updated = working.update_requester(WAITS, actor(ANA), "By the way.", LATER).issue
    (notice,) = [one for one in messages(updated, waiting.remind(updated, LATER)) if one.kind is REQUESTER]
    assert notice.args["quote"] == ""
    part = waits(reason="A part").issue
    assert read(part, waiting.remind(part, LATER), REQUESTER) == []
    assert read(part, waiting.remind(part, LATER), OWNER) == [
        "U_ANA: ISS-1 still waits for A part. It goes on by itself Mon 02 Mar 15:15 UTC. "
        "Press Go on when it can go on sooner."
    ]


def test_who_has_it_reads_the_answer() -> None:
    change = waiting.answer(WAITS, actor(RITA), "This.", LATER)
    (notice,) = [one for one in messages(WAITS, change) if one.kind is OWNER]
    assert notice.args["quote"] == "This."
    assert read(WAITS, change, OWNER) == [
        "U_ANA: @U_RITA answered you about ISS-1. It goes on, and its time runs again:"
    ]
    assert read(WAITS, change, REQUESTER) == ["U_RITA: Thank you. @U_ANA reads what you wrote about ISS-1."]


def test_who_has_it_hears_what_others_do_with_it() -> None:
    boss = actor(MANAGER, manager=True)
    began = waiting.wait(TAKEN, boss, "A part", "", QUARTER)
    assert len(read(TAKEN, began, OWNER)) == 1
    assert len(read(began.issue, waiting.go_on(began.issue, boss, LATER), OWNER)) == 1
    assert read(TAKEN, waits(), OWNER) == []
    assert read(WAITS, waiting.go_on(WAITS, actor(ANA), LATER), OWNER) == []


def test_owner_and_manager_are_asked_when_it_has_waited_long_enough() -> None:
    change = waiting.ended(WAITS, QUARTER + 3 * HOUR, waiting.GoesOn.TIME)
    over = (
        "ISS-1 has waited for the requester since Mon 02 Mar 12:15 UTC, as long as it may, and goes on now."
    )
    assert read(WAITS, change, OWNER) == [
        f"U_ANA: {over} Its time runs again. Please resolve it, press Escalate, or let it wait once more."
    ]
    assert read(WAITS, change, CHIEF) == [
        f"{MANAGER}: {over} @U_ANA has it. Please see with them what it needs."
    ]
    assert read(WAITS, change, REQUESTER) == ["U_RITA: ISS-1 does not wait any longer. @U_ANA goes on."]
