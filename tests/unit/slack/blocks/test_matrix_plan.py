"""What publishing would change, as people see it before: each line in its place, and never more than Slack takes."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.matrix_file import findings_form, no_files_view, overtaken_view, upload_form
from bot.adapters.slack.blocks.matrix_plan import plan_view
from bot.adapters.slack.blocks.views import metadata
from bot.domain.matrix.diff_parts import Difference, Kind
from bot.domain.words import At, Channel, Person, say
from bot.usecases.edit_matrix import Proposal
from bot.usecases.publish_matrix import Plan
from tests import builders as make
from tests.unit.slack.second_opinion import objections

NONCE = metadata("n-1")
HOSTILE = "<!channel> *now* & `all` \u202e" + "🔥" * 2000


def changed(text: str, part: str = "paths") -> Difference:
    """A difference of this part."""
    return Difference(Kind.TIMER, (part, 0), say("{text}", text=text))


def proposal(
    *differences: Difference, doubts: Sequence[str] = (), warnings: Sequence[str] = (), new_text: bool = True
) -> Proposal:
    """A change of version 4."""
    plan = Plan(4, differences, tuple(say("{text}", text=one) for one in warnings), new_text)
    return Proposal(4, (), plan, tuple(doubts))


def said(view: dict[str, Any]) -> list[str]:
    """Every paragraph, in order."""
    blocks = view["blocks"]
    return [one["text"]["text"] for one in blocks if one["type"] == "section"] + [
        one["elements"][0]["text"] for one in blocks if one["type"] == "context"
    ]


def planned(*differences: Difference, **more: Any) -> dict[str, Any]:
    """The form that publishes."""
    return plan_view(proposal(*differences, **more), NONCE, make.NOON)


def test_differences_stand_below_the_heading_of_their_part_the_weightiest_part_first() -> None:
    view = planned(changed("b", "schedules"), changed("a"), changed("c", "calendars"), changed("d", "types"))
    assert said(view)[1:4] == [
        "*On call and working hours*\n• b\n• c",
        "*Paths*\n• a",
        "*What people choose from*\n• d",
    ]


def test_it_names_the_version_it_was_made_on() -> None:
    assert said(planned(changed("a")))[0].startswith(
        "This is what changes from version 4, which is in force."
    )


def test_another_way_of_writing_changes_nothing_and_tells_nobody() -> None:
    told = said(planned())
    assert "Rung does nothing differently" in told[0] and "version 5" in told[0]
    assert told[-1] == "Nobody is asked or told anything about this version."


def test_slips_and_warnings_have_headings_of_their_own() -> None:
    told = said(planned(changed("a"), doubts=["line 3: 15h?"], warnings=["2 open issues keep their path."]))
    assert "*Is this meant so?*\n• line 3: 15h?" in told
    assert "*Good to know*\n• 2 open issues keep their path." in told


def test_what_must_be_known_before_stands_first_and_the_note_stays() -> None:
    before = say("{who} published at {when}.", who=Person("U_OMAR"), when=At(make.NOON))
    view = plan_view(proposal(changed("a")), NONCE, make.NOON, first=before, note="Faster")
    assert said(view)[0].startswith("<@U_OMAR> published at <!date^")
    (note,) = [one["element"] for one in view["blocks"] if one["type"] == "input"]
    assert (note["action_id"], note["initial_value"]) == (ids.FIELD_NOTE, "Faster")


@pytest.mark.parametrize(("count", "rest"), [(60, None), (61, "and 1 more"), (1000, "and 940 more")])
def test_a_long_plan_says_how_much_is_left(count: int, rest: str | None) -> None:
    told = said(planned(*[changed(f"change {n} {'x' * 90}") for n in range(count)]))
    assert sum(paragraph.count("• change") for paragraph in told) == 60
    assert next((one for one in told if one.startswith("and ")), None) == rest


PARTS = ("paths", "schedules", "workspace", "priorities", "types", "calendars")
LARGE = {
    "plan": lambda: planned(
        *[changed(HOSTILE, part) for part in PARTS for _ in range(200)],
        doubts=[HOSTILE] * 300,
        warnings=[HOSTILE] * 3,
    ),
    "one difference": lambda: planned(changed("a")),
    "only text": planned,
    "nothing to see": lambda: planned(changed("\u200b"), doubts=[" "]),
    "upload": lambda: upload_form(NONCE, HOSTILE),
    "findings": lambda: findings_form(HOSTILE, [HOSTILE] * 500, NONCE, "note", "n-2"),
    "one finding": lambda: findings_form("matrix.yaml", ["matrix:3: odd"], NONCE, "", "n-2"),
    "overtaken": lambda: overtaken_view(
        say("{who} and {place}", who=Person("U_OMAR"), place=Channel("C_ISSUES")),
        [changed(HOSTILE)] * 500,
        NONCE,
        make.NOON,
        HOSTILE,
    ),
    "overtaken by the same text": lambda: overtaken_view(say("Late."), [], NONCE, make.NOON, ""),
    "no files": no_files_view,
}


@pytest.mark.parametrize("name", LARGE)
def test_slack_takes_it_however_much_there_is_and_whatever_people_typed(name: str) -> None:
    assert objections(LARGE[name]()) == []


def test_mistakes_are_counted_and_the_rest_is_told_elsewhere() -> None:
    told = said(findings_form("matrix.yaml", [f"matrix:{n}: odd" for n in range(101)], NONCE, "", "n-2"))
    assert told[0].startswith("*matrix.yaml has 101 mistakes.")
    assert sum(one.count("odd") for one in told) == 100
    assert told[-1] == "and 1 more: rung matrix check FILE tells all"


def test_a_mended_file_goes_into_a_new_field() -> None:
    first, second = (
        next(one for one in view["blocks"] if one["type"] == "input")
        for view in (upload_form(NONCE), findings_form("a.yaml", ["odd"], NONCE, "", "n-2"))
    )
    assert first["element"] == second["element"]
    assert first["block_id"] != second["block_id"]
