"""Tests shared out among workers end as they would have ended one after the other, whatever befalls a worker."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ORDINARY = """
import os, pytest

@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    yield folder
    print("put away")
    with open(os.environ["ENDED"], "a") as ended:
        ended.write("x")

@pytest.mark.parametrize("n", range(60))
def test_right(n, shared):
    assert shared.is_dir()

@pytest.mark.parametrize("n", range(3))
def test_wrong(n):
    print(f"before it broke {n}")
    assert n == 7

@pytest.mark.skip(reason="not here")
def test_left_out():
    pass

@pytest.fixture
def broken():
    yield
    raise OSError("cannot put it away")

def test_broken_after(broken):
    pass
"""

DEADLY = """
import os, pytest

@pytest.mark.parametrize("n", range(40))
def test_any(n):
    if n == 17:
        os._exit(3)
"""

ENDLESS = """
import os, pytest, signal

@pytest.fixture(scope="session")
def shared():
    yield
    with open(os.environ["ENDED"], "a") as ended:
        ended.write("x")

@pytest.mark.parametrize("n", range(2))
def test_waits(n, shared):
    with open(os.environ["BEGUN"], "w"):
        signal.pause()
"""


def prepared(folder: Path, source: str, *options: str) -> list[str]:
    """The command that runs these tests."""
    (folder / "test_some.py").write_text(source)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p tests.workers --tb=short -ra\n")
    return [sys.executable, "-m", "pytest", "-c", str(folder / "pytest.ini"), *options, str(folder)]


def environment(folder: Path) -> dict[str, str]:
    """Ours, with the file in which fixtures say that they ended."""
    return {**os.environ, "ENDED": str(folder / "ended"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def run(folder: Path, source: str, *options: str) -> str:
    """What pytest says of these tests, at its end."""
    command = prepared(folder, source, *options)
    done = subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True)
    return f"{done.stdout}{done.stderr}exit {done.returncode}"


def test_what_is_told_is_what_happened(tmp_path: Path) -> None:
    said = run(tmp_path, ORDINARY, "--workers=3", "--durations=3")
    assert "3 failed, 61 passed, 1 skipped, 1 error" in said
    assert said.endswith("exit 1")
    assert all(said.count(f"before it broke {n}") == 1 for n in range(3)), (
        "what a failing test printed is shown"
    )
    assert "OSError: cannot put it away" in said
    assert "slowest 3 durations" in said
    assert 1 <= len((tmp_path / "ended").read_text()) <= 3, "each worker that made it has put it away"


def test_enough_is_enough(tmp_path: Path) -> None:
    said = run(tmp_path, ORDINARY.replace("range(3)", "range(300)"), "--workers=2", "-x")
    assert "stopping after" in said
    failed = re.search(r"(\d+) failed", said)
    assert failed is not None
    assert int(failed[1]) < 100


@pytest.mark.parametrize("workers", [2, 3])
def test_a_worker_that_dies_fails_its_test_and_those_it_had_taken(tmp_path: Path, workers: int) -> None:
    said = run(tmp_path, DEADLY, f"--workers={workers}")
    assert "test_any[17]" in said
    assert "ended with 3" in said
    assert "Nobody ran this" in said
    assert "15 failed, 25 passed" in said
    assert said.endswith("exit 1")


def test_when_all_have_died_nothing_has_passed_unseen(tmp_path: Path) -> None:
    said = run(tmp_path, DEADLY.replace("n == 17", "True"), "--workers=2")
    assert "40 failed" in said
    assert said.endswith("exit 1")


def test_ctrl_c_ends_the_workers_and_what_they_had_started(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    running = subprocess.Popen(
        prepared(tmp_path, ENDLESS, "--workers=2"),
        cwd=ROOT,
        env=environment(tmp_path) | {"BEGUN": str(begun)},
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    with begun.open():  # a test is at it
        os.killpg(running.pid, signal.SIGINT)
        said, _ = running.communicate()
    assert running.returncode == pytest.ExitCode.INTERRUPTED
    assert b"KeyboardInterrupt" in said
    assert (tmp_path / "ended").read_text() == "x"


def hears_ctrl_c() -> None:
    """Also where the run of all tests was started so that it does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
