"""`rung matrix` about what happens to issues: who would be asked, and what a new version changes for those open."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.events import EventKind
from bot.domain.ids import UserId
from bot.domain.matrix.match import route_for
from bot.domain.raising import raise_issue
from bot.usecases.ports import Store
from bot.usecases.record import record
from tests.builders import NOON, RAVI, T1, facts, ref
from tests.integration.rung_matrix import DEMO, RungMatrix, typed_here

pytestmark = pytest.mark.usefixtures("bare")
ABOUT = ("--type", "quality", "--priority", "P2", "--at", "sunday 03:00")


def read(file: Path) -> bytes:
    """What is in it."""
    return file.read_bytes()


def raising(number: int, kind: str = "quality") -> Callable[[Store], None]:
    """A unit that raises an issue under the version in force."""

    def unit(store: Store) -> None:
        published = store.matrices.latest(T1)
        assert published is not None
        about = facts(type=kind, impact="high", urgency="low")
        store.issues.next_number(T1)
        change = raise_issue(
            ref(number),
            about,
            route_for(published, about, NOON),
            raiser=RAVI,
            requester=UserId("U_RITA"),
            updates_channel=None,
            now=NOON,
        )
        record(store, None, change, NOON)

    return unit


@pytest.fixture
async def open_ones(rung: RungMatrix) -> RungMatrix:
    """Three issues raised under version 1, and version 2 that changes two of them."""
    await rung("apply", "demo.yaml", "--yes")
    for number, kind in ((1, "quality"), (2, "deliverable"), (3, "quality")):
        await rung.running.transactions.run(raising(number, kind))
    planned = await rung("plan", "sooner.yaml")
    assert "Note: 3 open issues keep their present path and times until" in planned.stdout
    await rung("apply", "sooner.yaml", "--yes")
    return rung


async def test_what_would_change_for_open_issues_is_listed(open_ones: RungMatrix) -> None:
    listed = await open_ones("open-issues")
    assert listed.exit_code == 1
    assert listed.stdout.splitlines() == [
        "ISS-1 (Checkout is down): Team lead has until 12:00 UTC.",
        "ISS-3 (Checkout is down): Team lead has until 12:00 UTC.",
    ]
    assert (await open_ones("open-issues", "ISS-2")).stdout == "No open issue changes.\n"
    (third,) = await open_ones.data("open-issues", "iss-3")
    assert (third["issue"], third["possible"]) == (3, True)


async def test_it_is_applied_to_those_that_are_named_then_to_the_rest(open_ones: RungMatrix) -> None:
    first = await open_ones("open-issues", "ISS-3", "--apply")
    assert (first.exit_code, first.stdout.count("ISS-")) == (0, 1)
    read = open_ones.running.transactions.read
    (done,) = await read(lambda store: store.issues.get_many([ref(3)]))
    assert done.route.version == 2
    last = (await read(lambda store: store.timeline.of(ref(3))))[-1]
    assert (last.kind, last.actor) == (EventKind.ROUTE_CHANGED, None)
    assert (await open_ones("open-issues", "--apply")).stdout.startswith("ISS-1 ")
    nothing = await open_ones("open-issues", "--apply")
    assert (nothing.exit_code, nothing.stdout) == (0, "No open issue changes.\n")


async def test_something_that_is_no_issue(rung: RungMatrix) -> None:
    answer = await rung("open-issues", "all")
    assert (answer.exit_code, answer.stderr) == (2, "all is not an issue. Write for example ISS-4.\n")


async def test_who_would_be_asked_by_the_version_in_force(rung: RungMatrix) -> None:
    await rung("apply", "demo.yaml", "--yes")
    answer = await rung("who", *ABOUT)
    assert answer.exit_code == 0
    assert answer.stdout == typed_here("who", "demo.yaml", *ABOUT).stdout
    data = await rung.data("who", *ABOUT)
    assert (data["path"], data["priority"]) == ("Customer care", "P2")
    assert [one["asked"] for one in data["rungs"]][:2] == [["@maya"], ["group:ops-managers", "#ops-desk"]]


@pytest.mark.parametrize(("suffix", "begins"), [(".png", b"\x89PNG"), (".SVG", b"<?xml")])
async def test_the_answer_is_drawn(rung: RungMatrix, tmp_path: Path, suffix: str, begins: bytes) -> None:
    await rung("apply", "demo.yaml", "--yes")
    said = (await rung("who", *ABOUT)).stdout
    picture = Path(f"sunday{suffix}")
    drawn = await rung("who", *ABOUT, "--picture", str(picture))
    assert (drawn.exit_code, drawn.stdout) == (0, f"{said}The picture is in {picture}.\n")
    content = read(tmp_path / picture)
    assert content.startswith(begins)
    assert (
        typed_here("who", "demo.yaml", *ABOUT, "--picture", str(picture), "--format", "json").exit_code == 0
    )
    assert read(tmp_path / picture) == content, "a file that says the same gives the same picture"


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        ("sunday.gif", "sunday.gif is no picture. End its name in .png or .svg.\n"),
        ("sunday", "sunday is no picture. End its name in .png or .svg.\n"),
        ("no/such/folder.png", "no/such/folder.png cannot be written: No such file or directory.\n"),
    ],
)
def test_a_picture_that_cannot_be(picture: str, sentence: str) -> None:
    Path("demo.yaml").write_bytes(DEMO)
    answer = typed_here("who", "demo.yaml", *ABOUT, "--picture", picture)
    assert (answer.exit_code, answer.stdout, answer.stderr) == (2, "", sentence)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Say the type. Choose one of: quality"),
        (("--type", "quality"), "Say the impact, or a priority."),
        (("--type", "quality", "--priority", "P9"), 'The matrix has no priority "P9".'),
        ((*ABOUT, "--at", "soon"), '"soon"'),
    ],
)
def test_what_cannot_be_tried_is_told(words: tuple[str, ...], sentence: str) -> None:
    Path("demo.yaml").write_bytes(DEMO)
    answer = typed_here("who", "demo.yaml", *words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert sentence in answer.stderr
