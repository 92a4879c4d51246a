"""What is public says what it is for."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Function, Source, report, sources


def test_every_public_module_class_and_function_says_what_it_is_for() -> None:
    silent = [place for file in sources("bot/") if _public_file(file) for place in _silent(file)]
    assert not silent, report(silent)


def test_every_test_file_says_what_it_is_about() -> None:
    silent = [file.name for file in sources("tests/") if not ast.get_docstring(file.tree)]
    assert not silent, report(silent)


def _public_file(file: Source) -> bool:
    return not file.name.startswith(("bot/sandbox/", "bot/adapters/db/migrations/"))


def _silent(file: Source) -> Iterator[str]:
    if not ast.get_docstring(file.tree):
        yield file.name
    for node in _public(file.tree):
        if not ast.get_docstring(node):
            yield f"{file.at(node.lineno)} {node.name}"


def _public(scope: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | Function]:
    """Classes, functions and methods that others may use. What is nested in a function is that function's business."""
    for node in scope.body:
        if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
            continue
        if not _only_names_a_port(node):
            yield node
        if isinstance(node, ast.ClassDef):
            yield from _public(node)


def _only_names_a_port(node: ast.ClassDef | Function) -> bool:
    """`def issues(self) -> Issues: ...` as a property: the type says it all, and has a docstring of its own."""
    return (
        not isinstance(node, ast.ClassDef)
        and [ast.unparse(one) for one in node.decorator_list] == ["property"]
        and ast.unparse(node.body[0]) == "..."
    )
