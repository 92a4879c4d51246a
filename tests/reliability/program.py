"""`rung run` as a process of its own, forked from one that has imported it: importing takes longer than these tests do.

tests/integration/test_run.py starts it as a shell does.
"""

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__, "bot.cli", "bot.app"])


def started(settings: Mapping[str, str], log: Path) -> ForkServerProcess:
    """The running program; what it says goes to the end of this file. Blocks while the first one is imported."""
    process = FORKS.Process(target=_run, args=(dict(settings), str(log)), daemon=True)
    process.start()
    return process


def _run(settings: dict[str, str], log: str) -> None:
    """In the new process, which knows nothing but its settings."""
    os.environ.clear()
    os.environ.update(settings)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), sys.stderr.fileno())
    sys.argv = ["rung", "run"]
    runpy.run_module("bot", run_name="__main__")
