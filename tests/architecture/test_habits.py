"""Habits of the tests: fakes instead of mocks, a pushed clock instead of sleeping, nothing skipped."""

import ast

from tests.architecture.source import Source, report, sources

MOCKS = {"unittest.mock", "mock", "pytest_mock", "freezegun", "time_machine"}
SLEEPS = {"time.sleep", "asyncio.sleep"}
PATCHES = {"monkeypatch.setattr", "monkeypatch.setitem", "monkeypatch.delattr", "mocker.patch"}
SKIPS = {"pytest.skip", "pytest.xfail", "pytest.importorskip", "mark.skip", "mark.skipif", "mark.xfail"}


def test_nothing_is_mocked() -> None:
    found = [
        f"{file.at(line)} imports {module}"
        for file in sources("tests/")
        for line, module in file.imports()
        if module in MOCKS
    ]
    assert not found, report(found)


def test_nothing_of_ours_is_patched() -> None:
    found = [
        f"{file.at(line)} {what}"
        for file in sources("tests/")
        for line, what in file.calls()
        if what in PATCHES
    ]
    assert not found, report(found)


def test_no_test_sleeps() -> None:
    """Giving way with `asyncio.sleep(0)` is no sleep."""
    found = [
        f"{file.at(node.lineno)} {ast.unparse(node)}"
        for file in sources("tests/")
        for node in file.nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func) in SLEEPS and not _gives_way(node)
    ]
    assert not found, report(found)


def test_no_test_is_skipped_without_a_reason() -> None:
    found = [
        f"{file.at(node.lineno)} {ast.unparse(node)}"
        for file in sources("tests/")
        for node in _skips(file)
        if not (isinstance(node, ast.Call) and _has_reason(node))
    ]
    assert not found, report(found)


def _gives_way(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0


def _skips(file: Source) -> list[ast.Call | ast.Attribute]:
    called = [
        node
        for node in file.nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(tuple(SKIPS))
    ]
    inside = {id(call.func) for call in called}
    bare = [
        node
        for node in file.nodes
        if isinstance(node, ast.Attribute)
        and id(node) not in inside
        and ast.unparse(node).endswith(tuple(SKIPS))
    ]
    return [*called, *bare]


def _has_reason(call: ast.Call) -> bool:
    return any(keyword.arg == "reason" for keyword in call.keywords) or (
        ast.unparse(call.func).endswith("pytest.skip") and bool(call.args)
    )
