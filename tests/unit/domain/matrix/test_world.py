"""What the directory tells about a matrix that is sound by itself."""

from dataclasses import replace

import pytest

from bot.domain.matrix.flaw import Rule, Where
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.validate import MOST_FLAWS
from bot.domain.matrix.world import Found, World, contacts_to_find, world_flaws
from tests.builders import NOON, contact, level, matrix, path, rules
from tests.unit.domain.matrix.worlds import (
    BAD,
    BO,
    DESK,
    DUTY,
    GONE,
    NOTE,
    TWO,
    WARN,
    Told,
    ladder,
    told,
    world,
)

CARE: Where = ("paths", 0, "levels", 0)
SECOND: Where = ("paths", 0, "levels", 1)
CASES: dict[str, tuple[Matrix, World, list[Told]]] = {
    "somebody who left": (
        ladder(level("Desk", "@ann", "@zoe")),
        world({"@zoe": GONE}),
        [
            (
                Rule.NOBODY,
                WARN,
                (*CARE, "contacts", 1),
                "Zoe (@zoe) has left Slack. Name somebody else here, or mend that in Slack.",
            ),
            (
                Rule.NOBODY,
                WARN,
                ("schedules", "duty", "layers", 0, "people", 1),
                "Zoe (@zoe) has left Slack. Take them off this layer.",
            ),
        ],
    ),
    "an empty group and a channel nobody sees": (
        ladder(level("Desk", "@ann", "group:both", "#desk")),
        world({"group:both": Found(why="The user group @both is empty."), "#desk": Found(why="No #desk.")}),
        [
            (
                Rule.NOBODY,
                WARN,
                (*CARE, "contacts", 1),
                "The user group @both is empty. Name another group here, or mend that in Slack.",
            ),
            (
                Rule.NOBODY,
                WARN,
                (*CARE, "contacts", 2),
                "No #desk. Name another channel here, or mend that in Slack.",
            ),
        ],
    ),
    "a level nobody can answer": (
        ladder(level("Desk", "group:both"), level("Lead", "@bo")),
        world({"group:both": Found(why="The user group @both is empty.")}),
        [
            (
                Rule.ANSWERLESS,
                BAD,
                CARE,
                "Nobody can answer this level: it is skipped at once. Name somebody who is there.",
            ),
            (
                Rule.NOBODY,
                WARN,
                (*CARE, "contacts", 0),
                "The user group @both is empty. Name another group here, or mend that in Slack.",
            ),
        ],
    ),
    "nobody at the end": (
        ladder(*TWO),
        world({"U_MANAGER": Found(why="Left."), "#all-hands": Found(why="Archived.")}),
        [
            (
                Rule.ANSWERLESS,
                BAD,
                ("workspace",),
                "Nobody is there when every level stayed silent. Mend the escalation manager or the catch-all.",
            ),
            (
                Rule.NOBODY,
                WARN,
                ("workspace", "catch_all"),
                "Archived. Name another channel here, or mend that in Slack.",
            ),
            (
                Rule.NOBODY,
                WARN,
                ("workspace", "escalation_manager"),
                "Left. Name somebody else here, or mend that in Slack.",
            ),
        ],
    ),
    "a channel Rung is not in": (
        ladder(level("Desk", "@ann", "#desk")),
        world({"#desk": replace(DESK, outside=True)}),
        [
            (
                Rule.NOT_MEMBER,
                NOTE,
                (*CARE, "contacts", 1),
                "Rung is not in the channel #desk. It can post there, but hears nothing that is said. "
                "Invite it with /invite.",
            )
        ],
    ),
    "the same person under two names": (
        ladder(level("Desk", "group:both"), level("Lead", "@bo")),
        world(),
        [
            (
                Rule.SAME_PERSON,
                WARN,
                (*SECOND, "contacts"),
                'Everybody on this level is on "Desk" already, under another name. '
                "Somebody who was silent there is only asked again; name somebody else if you can.",
            )
        ],
    ),
    "some of a group were asked before": (
        ladder(level("Desk", "@ann"), level("Lead", "group:both")),
        world(),
        [
            (
                Rule.SAME_PERSON,
                NOTE,
                (*SECOND, "contacts"),
                'One person here can be asked on "Desk" already, under another name.',
            )
        ],
    ),
    "all of a group were asked before, but a channel may answer": (
        ladder(level("Desk", "@ann"), level("Lead", "@bo"), level("Both", "group:both", "#desk")),
        world(),
        [
            (
                Rule.SAME_PERSON,
                NOTE,
                ("paths", 0, "levels", 2, "contacts"),
                '2 people here can be asked on "Desk" and "Lead" already, under another name.',
            )
        ],
    ),
    "somebody who is on call now and then": (
        ladder(level("Desk", "@zoe"), level("Lead", "oncall:duty")),
        world(),
        [
            (
                Rule.SAME_PERSON,
                NOTE,
                (*SECOND, "contacts"),
                'One person here can be asked on "Desk" already, under another name.',
            )
        ],
    ),
}


@pytest.mark.parametrize(("document", "looked", "findings"), CASES.values(), ids=CASES)
def test_finding(document: Matrix, looked: World, findings: list[Told]) -> None:
    assert told(document, looked) == sorted(findings, key=lambda one: (one[0], one[3]))


@pytest.mark.parametrize(
    ("document", "looked"),
    [
        (ladder(*TWO), world()),
        (ladder(level("Desk", "@ann"), level("Lead", "@ann")), world()),
        (ladder(level("Desk", "oncall:duty"), level("Lead", "@bo")), world({"@ann": GONE})),
    ],
    ids=[
        "everybody is there",
        "one contact twice is told by the document itself",
        "one of two on a schedule is enough",
    ],
)
def test_these_are_fine(document: Matrix, looked: World) -> None:
    assert [one for one in world_flaws(document, looked) if one.rule is not Rule.NOBODY] == []


def test_what_could_not_be_looked_up_is_said_and_nothing_is_held_against_it() -> None:
    blind = World(NOON, {contact("@bo"): BO})
    document = ladder(level("Desk", "@ann"), level("Lead", "@bo"))
    assert told(document, blind) == [
        (
            Rule.UNKNOWN_NOW,
            NOTE,
            (),
            'Slack could not be asked about "#issues" and 4 more now. Check again in a few minutes.',
        )
    ]


def test_everybody_to_be_looked_up_is_named_once() -> None:
    document = matrix(
        path("Care", levels=(level("Desk", "oncall:duty", "@ann"), level("Lead", "#desk", "@ann"))),
        workspace=rules(escalation_manager=contact("oncall:duty")),
        schedules=(DUTY,),
    )
    assert [str(one) for one in contacts_to_find(document)] == [
        "#issues",
        "#all-hands",
        "@ann",
        "#desk",
        "@zoe",
    ]


def test_nobody_reads_more_than_can_be_read() -> None:
    levels = [level(f"L{n}", "@zoe") for n in range(300)]
    assert len(world_flaws(ladder(*levels), world({"@zoe": GONE}))) == MOST_FLAWS
