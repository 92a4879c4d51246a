"""Catching everything is a decision, so each place is named here with its reason."""

import ast

from tests.architecture.source import Source, report, sources

ALLOWED = {
    "bot/adapters/db/postgres_units.py _retried": "the driver's errors have no common base; each is sorted and raised",
    "bot/adapters/db/commits.py _guarded": "whatever a unit raises belongs to the caller that waits for it",
    "bot/adapters/db/writer.py _live": "the writer thread ends with it, and nobody above could learn it",
    "bot/adapters/scheduler/loops.py _pass": "a loop outlives any failure of a pass; the next pass may succeed",
    "bot/adapters/slack/channel.py send": "whatever is wrong with one picture, the other messages go on",
    "bot/adapters/slack/client.py response": "the SDK raises whatever a strange body makes it run into",
    "bot/usecases/deliver.py _look": "read together or each alone: alone, the error comes out as it is",
    "bot/usecases/deliver.py _send": "one message must not stop the other messages",
    "bot/usecases/fire_timers.py _attempt": "a flaw in one issue must not stop the timers of the others",
}
BROAD = {"Exception", "BaseException"}


def test_every_broad_except_is_known_and_has_its_reason() -> None:
    found = {place for file in sources("bot/") for place in _places(file)}
    new, gone = sorted(found - ALLOWED.keys()), sorted(ALLOWED.keys() - found)
    assert not new, "name what can go wrong, or add it here with the reason:" + report(new)
    assert not gone, "no longer there, so take it off the list:" + report(gone)


def test_no_error_is_dropped_unseen() -> None:
    empty = [
        file.at(node.lineno)
        for file in sources("bot/")
        for node in file.nodes
        if isinstance(node, ast.ExceptHandler)
        and all(isinstance(one, ast.Pass | ast.Continue) for one in node.body)
        and (node.type is None or ast.unparse(node.type) in BROAD)
    ]
    assert not empty, report(empty)


def _places(file: Source) -> set[str]:
    if not any(isinstance(node, ast.ExceptHandler) and _catches_everything(node) for node in file.nodes):
        return set()
    return {
        f"{file.name} {function.name}"
        for function in file.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    }


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    """One that only tidies up and raises the same error again catches nothing."""
    last = handler.body[-1]
    passes_on = isinstance(last, ast.Raise) and last.exc is None
    return not passes_on and (handler.type is None or bool(_names(handler.type) & BROAD))


def _names(caught: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(caught) if isinstance(node, ast.Name)}
