"""Slack's own notation in what people wrote, turned into text that anybody can read.

`<@U1|ann>` becomes `@ann`, `<#C1|ops>` `#ops`, `<https://a.b|docs>` `docs (https://a.b)`; entities are undone.
"""

import re

_TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_BROADCASTS = {"channel": "@channel", "here": "@here", "everyone": "@everyone"}


def readable(text: str) -> str:
    """The text as its writer saw it, as far as Slack tells."""
    plain = _TOKEN.sub(_token, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _token(found: re.Match[str]) -> str:
    mark, value, label = found[1], found[2], found[3] or ""
    if mark in ("@", "#"):
        return mark + (label or value).lstrip(mark)
    if mark == "!":
        return label or _BROADCASTS.get(value.partition("^")[0], value.partition("^")[0])
    address = value.removeprefix("mailto:")
    return address if label in ("", address, value) else f"{label} ({address})"
