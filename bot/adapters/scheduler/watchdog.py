"""A thread that watches the event loop: a loop that stands still is shown in the log, and at last the process ends.

Whoever runs the process starts it again, and rows go on where they were.
"""

import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable

WARN_AFTER = 30.0
EXIT_AFTER = 120.0
STUCK = 70
"""Exit code: an internal software error (sysexits.h, EX_SOFTWARE)."""

_log = logging.getLogger(__name__)


class Watchdog:
    """Looks every `every` seconds at how long ago the loops last ended a pass."""

    def __init__(self, behind: Callable[[], float], every: float = 5.0) -> None:
        self._behind = behind
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        warned = False
        while not self._stop.wait(self._every):
            behind = self._behind()
            if behind > EXIT_AFTER:
                _log.critical("the loops stood still for %d s: ending, to be started again", behind)
                os._exit(STUCK)
            if behind > WARN_AFTER and not warned:
                _log.error("the loops stand still for %d s; stacks follow", behind)
                faulthandler.dump_traceback(file=sys.stderr)
            warned = behind > WARN_AFTER
