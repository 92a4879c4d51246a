"""Time and chance come from one place; everybody else is given them."""

import ast

from tests.architecture.source import report, sources

MAY_ASK = {"bot/adapters/system.py", "bot/sandbox/clock.py"}
ASKING = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.monotonic_ns",
    "time.perf_counter",
    "os.urandom",
    "uuid.uuid4",
}
CHANCE = ("random.", "secrets.")


def test_only_the_clock_adapters_ask_the_machine_for_time_or_chance() -> None:
    found = [
        f"{file.at(line)} uses {what}"
        for file in sources("bot/")
        if file.name not in MAY_ASK
        for line, what in file.calls()
        if _asks(what)
    ]
    assert not found, report(found)


def test_nobody_imports_them_under_another_name() -> None:
    """`from time import time` would not be seen by the test above."""
    hidden = [
        f"{file.at(node.lineno)} {ast.unparse(node)}"
        for file in sources("bot/")
        for node in file.nodes
        if isinstance(node, ast.ImportFrom) and node.module in {"random", "secrets", "time", "uuid"}
    ]
    assert not hidden, report(hidden)


def _asks(what: str) -> bool:
    return what.startswith(CHANCE) or any(what == one or what.endswith("." + one) for one in ASKING)
