"""Small blocks and views that tests bend beyond the limits."""

from __future__ import annotations

from typing import Any


def plain(text: str = "x") -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(), **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(), "action_id": "a", **more}


def buttons(count: int) -> list[dict[str, Any]]:
    return [button(action_id=f"a{n}") for n in range(count)]


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def option(**more: Any) -> dict[str, Any]:
    return {"text": plain(), "value": "v", **more}


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "a", "options": [option()], **more}


def text_input(**more: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": "a", **more}


def field(element: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain(), "element": element or text_input(), **more}


def confirm(**more: Any) -> dict[str, Any]:
    return {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **more}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "x", **more}


def rows(count: int, width: int = 1) -> list[list[dict[str, Any]]]:
    return [[{"type": "raw_text", "text": "x"}] * width] * count


def data_table(count: int, width: int = 1, **more: Any) -> dict[str, Any]:
    return {"type": "data_table", "caption": "x", "rows": rows(count, width), **more}


def pie(segments: int, **more: Any) -> dict[str, Any]:
    chart = {"type": "pie", "segments": [{"label": f"s{n}", "value": 1} for n in range(segments)]}
    return {"type": "data_visualization", "title": "x", "chart": chart, **more}


def lines(series: int) -> dict[str, Any]:
    listed = [{"name": f"s{n}", "data": [{"label": "x", "value": 1}]} for n in range(series)]
    chart = {"type": "bar", "series": listed, "axis_config": {"categories": ["x"]}}
    return {"type": "data_visualization", "title": "x", "chart": chart}


def card(**more: Any) -> dict[str, Any]:
    return {"type": "card", "title": plain(), **more}


def icon(number: int) -> dict[str, Any]:
    return {"type": "icon_button", "icon": "trash", "text": plain(), "action_id": f"i{number}"}


def task(number: int) -> dict[str, Any]:
    return {"type": "task_card", "task_id": str(number), "title": "x", "status": "complete"}


def over(most: int) -> tuple[str, str]:
    return "x" * most, "x" * (most + 1)


def pair(make: Any, most: int) -> tuple[Any, Any]:
    """What `make` makes of the longest text allowed and of one longer."""
    fits, exceeds = over(most)
    return make(fits), make(exceeds)


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain(),
        "submit": plain(),
        "blocks": list(blocks) or [section()],
        **more,
    }


def home(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}
