"""docs/rights.md shows the tables of rights as they are. RUNG_UPDATE_README=1 writes them anew."""

import os
from collections.abc import Callable

import pytest

from bot.domain.general_rights import GENERAL_RIGHTS, Standing
from bot.domain.rights import RIGHTS, UNTIL_TAKEN, Role
from tests.architecture.source import HOME

PAGE = HOME / "docs" / "rights.md"
SHORT = {Role.CONTACT: "asked"}


def issue_rights() -> list[str]:
    """One row per action, one column per role."""
    heads = [SHORT.get(role, role.name.lower().replace("_", " ")) for role in Role]
    rows = []
    for action, roles in RIGHTS.items():
        cells = [_mark(role in roles, UNTIL_TAKEN.get(action) is role) for role in Role]
        rows.append(_row([f"`{action.name.lower()}`: {action.value}", *cells]))
    return [_row(["", *heads]), _row(["---"] * (len(heads) + 1)), *rows]


def general_rights() -> list[str]:
    """One row per doing."""
    rows = [
        _row([doing.value, ", ".join(one.value for one in Standing if one in who)])
        for doing, who in GENERAL_RIGHTS.items()
    ]
    return [_row(["what", "who may"]), _row(["---", "---"]), *rows]


def _mark(may: bool, until_taken: bool) -> str:
    return "until taken" if until_taken else "yes" if may else ""


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


@pytest.mark.parametrize(("name", "table"), [("issue", issue_rights), ("general", general_rights)])
def test_the_page_shows_the_table(name: str, table: Callable[[], list[str]]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(f"<!-- {name} rights -->\n")
    shown, after = rest.split(f"<!-- end of {name} rights -->")
    wanted = "\n".join(table()) + "\n"
    if os.environ.get("RUNG_UPDATE_README"):
        PAGE.write_text(
            f"{before}<!-- {name} rights -->\n{wanted}<!-- end of {name} rights -->{after}", encoding="utf-8"
        )
    else:
        assert shown == wanted
