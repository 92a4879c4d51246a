"""Golden pictures: one readable JSON file each, beside this module in ``golden/``.

``RUNG_UPDATE_GOLDEN=1 python -m pytest tests/unit/slack`` writes them anew; read the difference before you commit it.
"""

import json
import os
from pathlib import Path
from typing import Any

from bot.adapters.slack.drawing import Drawing

FOLDER = Path(__file__).parent / "golden"


def readable(picture: Drawing | dict[str, Any]) -> str:
    """The picture as people review it: the text line by line, then what Slack gets."""
    if isinstance(picture, Drawing):
        parts = {
            "text": picture.text.split("\n"),
            "live": picture.live,
            "blocks": picture.blocks,
            "view": picture.view,
        }
        shown: dict[str, Any] = {name: part for name, part in parts.items() if part not in (None, [])}
    else:
        shown = {"view": picture}
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"


def kept(name: str, picture: Drawing | dict[str, Any]) -> str:
    """The picture as it was reviewed; with RUNG_UPDATE_GOLDEN=1 it is first written as it is now."""
    page = FOLDER / f"{name}.json"
    if os.environ.get("RUNG_UPDATE_GOLDEN") == "1":
        page.write_text(readable(picture), encoding="utf-8")
    return page.read_text(encoding="utf-8") if page.exists() else "not drawn yet: set RUNG_UPDATE_GOLDEN=1"


def pages() -> set[str]:
    """The names of all pictures that were reviewed."""
    return {page.stem for page in FOLDER.glob("*.json")}
