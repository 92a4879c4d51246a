"""The inner rings import nothing from outside. (Who may import whom inside Rung is said in pyproject.toml.)"""

import ast
import sys

import pytest

from tests.architecture.source import report, sources

RINGS = {
    "bot/domain/": ("bot.domain",),
    "bot/usecases/": ("bot.domain", "bot.usecases"),
}


@pytest.mark.parametrize("ring", RINGS)
def test_an_inner_ring_imports_only_the_standard_library_and_what_is_further_in(ring: str) -> None:
    foreign = [
        f"{file.at(line)} imports {module}"
        for file in sources(ring)
        for line, module in file.imports()
        if module.split(".")[0] not in sys.stdlib_module_names and not _inside(module, RINGS[ring])
    ]
    assert not foreign, report(foreign)


def test_the_domain_calculates_and_never_waits() -> None:
    waits = ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith
    found = [
        file.at(node.lineno)
        for file in sources("bot/domain/")
        for node in file.nodes
        if isinstance(node, waits)
    ]
    assert not found, report(found)


def test_the_domain_does_nothing_to_the_world() -> None:
    doors = {
        "asyncio",
        "logging",
        "os",
        "pathlib",
        "random",
        "secrets",
        "shutil",
        "socket",
        "subprocess",
        "threading",
        "time",
    }
    found = [
        f"{file.at(line)} imports {module}"
        for file in sources("bot/domain/")
        for line, module in file.imports()
        if module.split(".")[0] in doors
    ]
    assert not found, report(found)


def _inside(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == one or module.startswith(one + ".") for one in allowed)
