"""`rung matrix` on a real database, beside a Rung that is running on it: 0 = fine, 1 = differences, 2 = input."""

import json
from pathlib import Path

import pytest

from bot.domain.notification import NoticeKind
from tests.builders import NOON, T2, workspace
from tests.integration.rung_matrix import DEMO, FASTER, RungMatrix, typed_here

pytestmark = pytest.mark.usefixtures("bare")


def test_the_files_differ_in_one_place() -> None:
    assert DEMO != FASTER


async def test_from_the_first_plan_to_going_back(rung: RungMatrix) -> None:
    first = await rung("plan", "demo.yaml")
    assert first.exit_code == 1
    assert (
        "No version is in force yet. Publishing demo.yaml would change:\n  The first matrix:" in first.stdout
    )
    assert (await rung("apply", "demo.yaml", "--note", "hello", "--yes")).exit_code == 0

    second = await rung("plan", "faster.yaml")
    assert second.exit_code == 1
    assert second.stdout.splitlines() == [
        "Version 1 is in force. Publishing faster.yaml would change:",
        "  All paths: what nobody answered is asked again every 40 s -> 2 min.",
    ]
    done = await rung("apply", "faster.yaml", "--note", "less noise", "--yes")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "Version 2 is in force. A running Rung takes it over within two seconds.\n"

    assert (await rung("rollback", "1", "--yes")).stdout.startswith("Version 3 is in force.")
    listed = (await rung("versions")).stdout.splitlines()
    assert [line[:4].strip() for line in listed] == ["3", "2", "1"]
    assert listed[1].endswith("the command line: less noise")
    assert listed[0].endswith("the command line: back to version 1")


async def test_a_running_rung_finds_the_version_and_its_news(rung: RungMatrix) -> None:
    await rung("apply", "demo.yaml", "--yes")
    await rung("apply", "faster.yaml", "--yes")
    read = rung.running.transactions.read
    latest = await read(lambda store: store.matrices.latest(workspace().id))
    assert latest is not None
    assert (latest.version, latest.source.encode()) == (2, FASTER)
    assert await read(lambda store: store.outbox.pending_count(workspace().id)) == 1
    row = await read(lambda store: store.outbox.get(1))
    assert row is not None
    assert (row.notice.kind, row.notice.key) == (NoticeKind.NEWS, "news:2")


async def test_what_is_in_force_already_is_fine(rung: RungMatrix) -> None:
    await rung("apply", "demo.yaml", "--yes")
    for words in (("plan", "demo.yaml"), ("apply", "demo.yaml"), ("rollback", "1", "--yes")):
        answer = await rung(*words)
        assert answer.exit_code == 0, words
        assert "Nothing to publish: the document in force says the same." in answer.stdout
    assert len(await rung.data("versions")) == 1


@pytest.mark.parametrize(("typed", "code", "published"), [("y\n", 0, 1), ("n\n", 1, 0), ("", 1, 0)])
async def test_it_asks_before_it_publishes(rung: RungMatrix, typed: str, code: int, published: int) -> None:
    answer = await rung("apply", "demo.yaml", typed=typed)
    assert answer.exit_code == code
    assert "The first matrix" in answer.stdout
    assert "Publish it?" in answer.stderr
    assert len(await rung.data("versions")) == published


async def test_who_planned_on_an_older_version_is_told(rung: RungMatrix) -> None:
    await rung("apply", "demo.yaml", "--yes")
    base = (await rung.data("plan", "faster.yaml"))["base"]
    await rung("apply", "faster.yaml", "--yes")
    (file := Path("mine.yaml")).write_bytes(DEMO + b"\n# mine\n")
    late = await rung("apply", str(file), "--yes", "--base", str(base))
    assert late.exit_code == 1
    assert "You began with version 1, and by now version 2 is in force, by the command line" in late.stderr
    assert (await rung("apply", str(file), "--yes", "--base", "2")).exit_code == 0


async def test_a_version_is_exported_sign_by_sign(rung: RungMatrix, tmp_path: Path) -> None:
    odd = DEMO.replace(b"\n", b"\r\n") + b"# \xe2\x82\xac \t\r\n\r\n"
    (tmp_path / "odd.yaml").write_bytes(odd)
    await rung("apply", "odd.yaml", "--yes")
    await rung("apply", "demo.yaml", "--yes")
    assert (await rung("export")).stdout_bytes == DEMO
    assert (await rung("export", "--version", "1", "-o", "again.yaml")).exit_code == 0
    assert (tmp_path / "again.yaml").read_bytes() == odd
    nowhere = await rung("export", "-o", "no/such/folder.yaml")
    assert (nowhere.exit_code, nowhere.stderr) == (
        2,
        "no/such/folder.yaml cannot be written: No such file or directory.\n",
    )


async def test_versions_and_files_are_compared(rung: RungMatrix) -> None:
    await rung("apply", "demo.yaml", "--yes")
    await rung("apply", "faster.yaml", "--yes")
    for words in (("1",), ("1", "2"), ("1", "faster.yaml"), ("demo.yaml",), ("demo.yaml", "faster.yaml")):
        answer = await rung("diff", *words)
        assert answer.exit_code == 1, words
        assert answer.stdout == "All paths: what nobody answered is asked again every 40 s -> 2 min.\n"
    assert (await rung("diff", "2")).stdout == "No differences.\n"
    assert (await rung("diff", "2")).exit_code == 0


async def test_programs_read_json(rung: RungMatrix) -> None:
    await rung("apply", "demo.yaml", "--yes")
    plan = await rung.data("plan", "faster.yaml")
    assert (plan["base"], plan["nothing"], plan["warnings"]) == (1, False, [])
    (difference,) = plan["differences"]
    assert (difference["kind"], difference["where"]) == ("timer", ["workspace", "nag_every"])
    assert difference["concerns"]
    assert await rung.data("apply", "faster.yaml", "--yes") == {"version": 2, "published": True}
    assert [one["author"] for one in await rung.data("versions")] == ["", ""]


WRONG: list[tuple[str, tuple[str, ...], str]] = [
    ("no such version", ("export", "--version", "9"), "There is no version 9 of the matrix."),
    ("nothing published", ("export",), "No matrix is published yet. To publish one: rung matrix apply FILE"),
    ("no such file", ("plan", "none.yaml"), "none.yaml: This does not exist."),
    ("no such workspace", ("versions", "--workspace", "T9"), "There is no workspace T9 in this database."),
    ("back to nothing", ("rollback", "1"), "No matrix is published yet."),
]


@pytest.mark.parametrize(("words", "sentence"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
async def test_wrong_input_is_told_in_a_sentence(
    rung: RungMatrix, words: tuple[str, ...], sentence: str
) -> None:
    answer = await rung(*words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.startswith(sentence)


async def test_with_several_workspaces_one_is_named(rung: RungMatrix) -> None:
    await rung.running.transactions.run(lambda store: store.workspaces.put(workspace(T2, "Other"), NOON))
    unnamed = await rung("versions")
    assert (unnamed.exit_code, "Which workspace is meant?" in unnamed.stderr) == (2, True)
    assert (await rung("apply", "demo.yaml", "--yes", "--workspace", T2)).exit_code == 0
    assert len(await rung.data("versions", "--workspace", T2)) == 1
    assert await rung.data("versions", "--workspace", "T1") == []


# --- without a database -----------------------------------------------------------------------------------------------


def test_files_are_compared_without_a_database(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_bytes(DEMO)
    (tmp_path / "faster.yaml").write_bytes(FASTER)
    assert typed_here("diff", "demo.yaml", "faster.yaml").exit_code == 1
    assert typed_here("diff", "demo.yaml", "demo.yaml").exit_code == 0


def test_nothing_is_made_where_there_is_no_database(tmp_path: Path) -> None:
    answer = typed_here("versions", DATABASE_URL=f"sqlite:///{tmp_path / 'rung.db'}")
    assert answer.exit_code == 2
    assert "There is no database at" in answer.stderr
    assert "Start Rung once" in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / "rung.db").touch()
    answer = typed_here("versions", DATABASE_URL=f"sqlite:///{tmp_path / 'rung.db'}")
    assert (answer.exit_code, answer.stderr) == (
        2,
        "The database is empty. Start Rung once, then try again.\n",
    )


def test_something_else_than_a_database(tmp_path: Path) -> None:
    (tmp_path / "rung.db").write_text("This is a letter, not a database. " * 200)
    answer = typed_here("versions", DATABASE_URL=f"sqlite:///{tmp_path / 'rung.db'}")
    assert answer.exit_code == 2
    assert answer.stderr.startswith("The database cannot be read:")


@pytest.mark.parametrize("address", ["mysql://somewhere", "nonsense", "sqlite://"])
def test_an_address_that_is_none(address: str) -> None:
    assert typed_here("versions", DATABASE_URL=address).exit_code == 2


# --- checking ---------------------------------------------------------------------------------------------------------


def test_a_file_is_checked(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_bytes(DEMO)
    answer = typed_here("check", "demo.yaml")
    assert answer.exit_code == 0
    assert "demo.yaml: can be used." in answer.stdout


def test_mistakes_are_findings_and_slips_only_when_it_is_strict(tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_bytes(DEMO.replace(b"types:", b"tpyes:", 1))
    wrong = typed_here("check", "wrong.yaml", "--format", "json")
    assert wrong.exit_code == 1
    data = json.loads(wrong.stdout)
    assert data["usable"] is False
    assert {(one["severity"], one["file"]) for one in data["findings"]} == {("error", "wrong.yaml")}
    assert all(isinstance(one["line"], int) for one in data["findings"])
    (tmp_path / "odd.yaml").write_bytes(DEMO.replace(b"priorities:", b"priorities:\n  P9: {title: Never}", 1))
    assert typed_here("check", "odd.yaml").exit_code == 0
    assert typed_here("check", "odd.yaml", "--strict").exit_code == 1


def test_a_file_that_is_not_there_is_wrong_input() -> None:
    answer = typed_here("check", "none.yaml")
    assert (answer.exit_code, answer.stdout) == (2, "")


def test_the_schema_for_editors_is_printed() -> None:
    answer = typed_here("schema")
    assert answer.exit_code == 0
    assert set(json.loads(answer.stdout)["properties"]) >= {"rung", "workspace", "paths", "schedules"}
