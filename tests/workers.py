"""Tests shared out among workers: the parent reads them all, forks, and whoever is free takes the next few.

A plugin of pytest: `--workers=N`. The workers inherit what was imported and collected. The queue between them is a pipe
with the numbers of batches in it, and the kernel gives each number to exactly one of them. What they report is told by
the parent as if it had run the tests itself. When a worker dies, the test it was at has failed, and so has every test
that nobody came to run. See docs/decisions/0009.
"""

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice, pairwise
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any, NoReturn

import pytest

BATCH = 16
"""So many tests, of one file, are taken at once; fewer at the end of a file."""
TOGETHER = frozenset({"architecture"})
"""Folders whose tests one worker takes as a whole: they share what takes long to read."""
_NUMBER = 4
_READ = 1 << 16


def pytest_addoption(parser: pytest.Parser) -> None:
    """One worker is pytest as it always is."""
    parser.addoption("--workers", type=int, default=1, help="so many processes share the tests")


def pytest_configure(config: pytest.Config) -> None:
    """Before the tests are read."""
    if config.getoption("workers") > 1:
        config.pluginmanager.register(Sharing(config.getoption("workers")))


def batches(items: Sequence[pytest.Item]) -> list[list[pytest.Item]]:
    """The tests in their order, those of one file (or of a folder of `TOGETHER`) in one batch, or in several."""
    found = []
    for place, tests in groupby(items, key=_place):
        most = None if place.name in TOGETHER else BATCH
        while batch := list(islice(tests, most)):
            found.append(batch)
    return found


def _place(item: pytest.Item) -> Path:
    return item.path.parent if item.path.parent.name in TOGETHER else item.path


class Sharing:
    """Runs the tests of a session in this many workers."""

    def __init__(self, many: int) -> None:
        self._many = many
        self._unheard: dict[str, pytest.Item] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """In the place of pytest's own loop, which still has its say when there is nothing to run."""
        if session.testsfailed or session.config.option.collectonly:
            return None
        self._unheard = {item.nodeid: item for item in session.items}
        session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # one folder for all
        work = batches(session.items)
        jobs = _queue(len(work))
        workers = [_fork(session, work, jobs) for _ in range(self._many)]
        try:
            self._listen(session, workers, jobs)
        finally:
            _drain(jobs)
            os.close(jobs)
            ends = [worker.end() for worker in workers]
        if any(ends):
            self._mourn(session.config, workers, ends)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        return True

    def _listen(self, session: pytest.Session, workers: Sequence["Worker"], jobs: int) -> None:
        """Until the last worker has closed its pipe. When it is enough (`-x`), they end what they have taken."""
        talking = {worker.pipe: worker for worker in workers}
        while talking:
            for pipe in wait(list(talking)):
                assert isinstance(pipe, Connection)
                try:
                    self._hear(session.config, talking[pipe], pipe.recv())
                except EOFError:
                    del talking[pipe]
            if session.shouldfail or session.shouldstop:
                _drain(jobs)

    def _hear(self, config: pytest.Config, worker: "Worker", said: str | dict[str, Any]) -> None:
        """The test that begins, or the report about a part of it."""
        if isinstance(said, str):
            worker.at = said
        else:
            report = config.hook.pytest_report_from_serializable(config=config, data=said)
            self._unheard.pop(report.nodeid, None)
            config.hook.pytest_runtest_logreport(report=report)

    def _mourn(self, config: pytest.Config, workers: Sequence["Worker"], ends: Sequence[int]) -> None:
        for worker, end in zip(workers, ends, strict=True):
            if end:
                self._lost(
                    config, worker.at, f"The worker that ran this ended with {end}; see above for more."
                )
        for nodeid in list(self._unheard):
            self._lost(config, nodeid, "Nobody ran this: the worker that had taken it died before.")

    def _lost(self, config: pytest.Config, nodeid: str, why: str) -> None:
        item = self._unheard.pop(nodeid, None)
        location = item.location if item else (nodeid, None, nodeid)
        report = pytest.TestReport(nodeid, location, {}, "failed", why, "call")
        config.hook.pytest_runtest_logreport(report=report)


@dataclass
class Worker:
    """What the parent knows of a worker: `at` is the test it began last."""

    process: int
    pipe: Connection
    at: str = ""

    def end(self) -> int:
        """Waits for it. 0 when all went well (whatever its tests say), as `os.waitstatus_to_exitcode`."""
        self.pipe.close()
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


class Telling:
    """In a worker, in the place of the terminal: tells the parent."""

    def __init__(self, config: pytest.Config, pipe: Connection) -> None:
        self._config = config
        self._pipe = pipe

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Should this worker die, the parent knows where."""
        self._pipe.send(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A part of a test is over: setup, call or teardown."""
        self._pipe.send(self._config.hook.pytest_report_to_serializable(config=self._config, report=report))


def _queue(length: int) -> int:
    """The end to read from of a pipe with the numbers of all batches, which nobody writes to any more."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)  # more than a pipe holds is an error, not a wait without an end
    for number in range(length):
        os.write(writing, number.to_bytes(_NUMBER, "big"))
    os.close(writing)
    return reading


def _taken(jobs: int) -> Iterator[int]:
    while number := os.read(jobs, _NUMBER):
        yield int.from_bytes(number, "big")


def _drain(jobs: int) -> None:
    while os.read(jobs, _READ):
        pass


def _fork(session: pytest.Session, work: Sequence[Sequence[pytest.Item]], jobs: int) -> Worker:
    reading, writing = Pipe(duplex=False)
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        _work(session, chain.from_iterable(work[number] for number in _taken(jobs)), writing)
    writing.close()
    return Worker(process, reading)


def _work(session: pytest.Session, items: Iterator[pytest.Item], pipe: Connection) -> NoReturn:
    """The life of a worker. It looks one test ahead: fixtures that the next one shares stay."""
    status = 1
    try:
        _become_worker(session.config, pipe)
        try:
            for item, following in pairwise(chain(items, (None,))):
                assert item is not None
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        finally:
            session._setupstate.teardown_exact(None)  # nothing is left running, also after Ctrl-C
        status = 0
    except KeyboardInterrupt:
        pass  # the parent was told as well, and says so
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def _become_worker(config: pytest.Config, pipe: Connection) -> None:
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()  # the file that catches what is printed was the parent's as well
    capture.start_global_capturing()
    config.pluginmanager.unregister(name="terminalreporter")
    config.pluginmanager.register(Telling(config, pipe))
