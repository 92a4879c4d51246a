"""Importing Rung does nothing: no socket, thread, process, event loop, file or signal handler before app.py says so."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import HOME, report

PROBE = Path(__file__).with_name("probe_imports.py")


def test_importing_every_module_does_nothing(tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(HOME), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, str(PROBE)],
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    *happened, count = run.stdout.splitlines()
    assert not happened, report(happened)
    assert int(count.split()[0]) > 200, "most of Rung was not even looked at"
