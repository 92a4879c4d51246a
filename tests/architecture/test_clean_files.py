"""What is in no file of the project: addresses of registries, paths of somebody's machine, secrets."""

import re

from tests.architecture.source import HOME, report, tracked

REGISTRIES = re.compile(
    r"py" r"pi\.org|python" r"hosted\.org|npm" r"js\.org|deb\." r"debian\.org|index-" r"url|find-" r"links"
)
MACHINES = re.compile(r"(?<![\w.])/(?:home|Users|root|work|mnt|srv)/\w")
TOKENS = re.compile(r"xox[abpe]-\d{6,}-\w+|xapp-\d-[A-Z0-9]{6,}-\d{6,}-\w+|-----BEGIN [A-Z ]*PRIVATE KEY")
MARKS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
BINARY = (".png", ".ico", ".woff2", ".xlsx", ".pdf")
THE_LOCK = "--no-emit-index-url"
"""The option of `make lock` that keeps addresses out names them."""


def _lines(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in names
        for number, line in enumerate((HOME / name).read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line.replace(THE_LOCK, ""))
    ]


def _texts() -> list[str]:
    return [name for name in tracked() if not name.endswith(BINARY)]


def test_no_file_names_a_registry() -> None:
    found = _lines(REGISTRIES, _texts())
    assert not found, report(found)


def test_no_file_knows_somebodys_machine() -> None:
    found = _lines(MACHINES, _texts())
    assert not found, report(found)


def test_no_file_has_a_secret() -> None:
    found = _lines(TOKENS, [name for name in _texts() if not name.startswith("tests/")])
    assert not found, report(found)


def test_nothing_is_left_to_be_done_later() -> None:
    found = _lines(MARKS, [name for name in _texts() if name.startswith("bot/")])
    assert not found, report(found)


def test_settings_files_are_not_under_version_control() -> None:
    secret = [name for name in tracked() if name.endswith((".env", ".db", ".pem", ".key"))]
    assert not secret, report(secret)
