"""The README's tables are made from the code. To renew them: RUNG_UPDATE_README=1 make test."""

import os
import re
from pathlib import Path

import click
import pytest
from pydantic import SecretStr

from bot.adapters.slack.listeners.router import help_groups
from bot.cli import main
from bot.config import Settings

README = Path(__file__).parents[2] / "README.md"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _commands() -> str:
    groups = [
        (one.title, [(f"`{usage}`", does) for usage, does in one.rows]) for one in help_groups("/issue")
    ]
    return "\n\n".join(f"{title}:\n\n{_table(('command', 'does'), [*rows])}" for title, rows in groups)


def _settings() -> str:
    rows: list[tuple[str, ...]] = []
    for name, setting in Settings.model_fields.items():
        default = setting.default
        shown = "" if default in (None, "") or isinstance(default, SecretStr) else f"`{default}`"
        rows.append((f"`{name.upper()}`", shown, setting.description or ""))
    return _table(("setting", "default", "what it is"), rows)


def _for_operators() -> str:
    """Groups by their sub-commands, each with the first sentence of its help."""
    rows: list[tuple[str, ...]] = []
    for name, one in main.commands.items():
        parts = one.commands if isinstance(one, click.Group) else {"": one}
        rows += [
            (f"`{' '.join(f'rung {name} {part}'.split())}`", _first(command))
            for part, command in parts.items()
        ]
    return _table(("command", "does"), rows)


def _first(command: click.Command) -> str:
    text = " ".join((command.help or "").split("\n\n")[0].split())
    return (text[:1].lower() + text[1:]).rstrip(".")


@pytest.mark.parametrize(
    ("name", "made"),
    [("commands", _commands()), ("operator commands", _for_operators()), ("settings", _settings())],
)
def test_the_table_is_what_the_code_says(name: str, made: str) -> None:
    text = README.read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name}: [^>]*-->\n(.*?)<!-- end -->", text, re.DOTALL)
    assert found, f"README.md has no place for the table of {name}"
    if os.environ.get("RUNG_UPDATE_README"):
        start, end = found.span(1)
        README.write_text(f"{text[:start]}\n{made}\n\n{text[end:]}", encoding="utf-8")
        return
    assert found[1].strip() == made


def test_every_link_leads_somewhere() -> None:
    text = README.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", text)
    missing = [one for one in targets if "://" not in one and not (README.parent / one).exists()]
    assert missing == []
