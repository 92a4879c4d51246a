"""The people and places made up for a matrix."""

from bot.adapters.matrix_file.cast import HELPERS, Member, cast_of
from bot.domain.oncall.model import Layer, Schedule
from tests.builders import NOON, contact, level, matrix, path, rules

DUTY = Schedule(
    "duty", "UTC", (Layer((contact("mia.day@example.com"), contact("@bo")), NOON.date()),), "Duty"
)
WHOLE = matrix(
    path(
        "Care",
        levels=(
            level("Desk", "oncall:duty", "#desk"),
            level("Lead", "mia.day@example.com", "group:leads"),
            level("Director", "U012AB3CD"),
        ),
        owner=contact("olga@example.com"),
        channel=contact("#care"),
        match={"channel": ("#shop-floor",)},
    ),
    path("Rest", levels=(level("Duty", "@bo"),), owner=contact("@bo")),
    workspace=rules(escalation_manager=contact("max@example.com")),
    schedules=(DUTY,),
)


def test_everybody_is_somebody_with_a_title() -> None:
    named = {one.handle: (one.name, one.title, one.email) for one in cast_of(WHOLE).members}
    assert named == {
        "mia.day": ("Mia Day", "Duty, Lead", "mia.day@example.com"),
        "bo": ("Bo", "Duty", "bo@example.com"),
        "u012ab3cd": ("U012AB3CD".capitalize(), "Director", "u012ab3cd@example.com"),
        "olga": ("Olga", "Owns Care", "olga@example.com"),
        "max": ("Max", "", "max@example.com"),
        "alex.reed": ("Alex Reed", "@leads, #desk", "alex.reed@example.com"),
        "sam.okafor": ("Sam Okafor", "@leads, #desk", "sam.okafor@example.com"),
    }


def test_who_is_named_by_id_keeps_it() -> None:
    assert [one.id for one in cast_of(WHOLE).members if one.id] == ["U012AB3CD"]


def test_groups_and_asked_channels_have_helpers_and_other_channels_are_for_everybody() -> None:
    cast = cast_of(WHOLE)
    assert cast.groups == {"leads": HELPERS}
    assert cast.channels == {"issues": (), "all-hands": (), "care": (), "desk": HELPERS, "shop-floor": ()}


def test_a_matrix_of_persons_only_needs_no_helpers() -> None:
    cast = cast_of(matrix(path(levels=(level("Desk", "@ann"),))))
    assert [one.handle for one in cast.members] == ["ann", "u_manager"]
    assert cast.groups == {}


def test_one_person_under_two_names_is_one_and_two_of_one_name_are_two() -> None:
    steps = (level("One", "ann@example.com", "@ann"), level("Two", "ann@example.org"))
    members = cast_of(matrix(path(levels=steps), workspace=rules(escalation_manager=contact("@ann")))).members
    assert members == (
        Member("ann", "Ann", "One", "ann@example.com"),
        Member("ann2", "Ann", "Two", "ann@example.org"),
    )
