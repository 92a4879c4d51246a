"""The project's own files, read as text and as syntax trees, for tests about the code itself."""

import ast
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOME = Path(__file__).parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file of the project."""

    name: str

    @property
    def text(self) -> str:
        """As it is on disk."""
        return _text(self.name)

    @property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return _tree(self.name)

    @property
    def nodes(self) -> Sequence[ast.AST]:
        """All of its syntax, in the order of `ast.walk`."""
        return _nodes(self.name)

    def imports(self) -> Iterator[tuple[int, str]]:
        """(line, module) of each import; the project has no relative ones."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.lineno, node.module or "."

    def functions(self) -> Iterator[Function]:
        """All of them, methods and nested ones too."""
        yield from (node for node in self.nodes if isinstance(node, Function))

    def calls(self) -> Iterator[tuple[int, str]]:
        """(line, what) of every mention of a dotted name, called or not: `now=datetime.now` counts as well."""
        for node in self.nodes:
            if isinstance(node, ast.Attribute):
                yield node.lineno, ast.unparse(node)

    def at(self, line: int) -> str:
        """A place that an editor can jump to."""
        return f"{self.name}:{line}"


@cache
def _text(name: str) -> str:
    return (HOME / name).read_text(encoding="utf-8")


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(_text(name), name)


@cache
def _nodes(name: str) -> Sequence[ast.AST]:
    return tuple(ast.walk(_tree(name)))


@cache
def tracked() -> list[str]:
    """The paths under version control, as far as they are on disk."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOME, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (HOME / name).is_file()]


def sources(*under: str) -> list[Source]:
    """The Python files under these folders; all of them without one."""
    folders = under or ("",)
    return [Source(name) for name in tracked() if name.endswith(".py") and name.startswith(folders)]


def report(problems: list[str]) -> str:
    """One problem a line."""
    return "\n  ".join(["", *problems])
