"""Both judges of a picture: our own check, and the validator of the sandbox, which stands in for Slack."""

from typing import Any

from bot.adapters.slack.drawing import Drawing
from bot.sandbox.limits.surfaces import check_message, check_view
from tests.unit.slack.limits_check import drawing_problems, view_problems


def objections(picture: Drawing | dict[str, Any]) -> list[str]:
    """Everything either of them minds; empty when the picture may go out."""
    if isinstance(picture, Drawing):
        return drawing_problems(picture) + [str(one) for one in _refused(picture)]
    return view_problems(picture) + [str(one) for one in check_view(picture, picture["type"])]


def _refused(drawing: Drawing) -> list[Any]:
    found = list(check_message(drawing.blocks))
    if drawing.view is not None:
        found += check_view(drawing.view, drawing.view["type"])
    return found
