"""docs/architecture.md is true: the packages, the paths and the drawn table of moves are those of the code."""

import re

from bot.domain.lifecycle import TRANSITIONS
from tests.architecture.source import HOME, report, tracked

PAGE = HOME / "docs" / "architecture.md"


def test_every_package_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    packages = {name.removesuffix("__init__.py") for name in tracked() if name.endswith("/__init__.py")}
    packages -= {"bot/"}
    missing = sorted(package for package in packages if f"`{package}`" not in text)
    assert packages
    assert not missing, report(missing)


def test_every_module_at_the_top_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    top = [name for name in tracked() if re.fullmatch(r"bot/\w+\.py", name) and name != "bot/__init__.py"]
    missing = [name for name in top if f"`{name}`" not in text]
    assert not missing, report(missing)


def test_every_kind_of_test_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    kinds = {match[0] for name in tracked() if (match := re.match(r"tests/\w+/", name))}
    missing = sorted(kind for kind in kinds if f"`{kind}`" not in text)
    assert not missing, report(missing)


def test_every_path_on_the_page_exists() -> None:
    paths = re.findall(r"`((?:bot|tests|docs)/[^`]*)`", PAGE.read_text(encoding="utf-8"))
    gone = [path for path in paths if not (HOME / path).exists()]
    assert paths
    assert not gone, report(gone)


def test_the_drawing_is_the_table() -> None:
    drawn = re.findall(r"^ *(\w+) --> (\w+): ([\w ]+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    table = [(str(before), str(after), str(verb)) for (before, verb), after in TRANSITIONS.items()]
    assert sorted(drawn) == sorted(table)
