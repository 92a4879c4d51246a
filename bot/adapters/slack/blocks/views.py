"""Modals and the Home tab: the frame around blocks, and what a form remembers while it is open."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import VIEW_BLOCKS, Block, section
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.text import plain, render, units
from bot.domain.ids import issue_name
from bot.domain.words import Sentence

TITLE_LIMIT = 24
METADATA_LIMIT = 3000
PIECE = 1500
"""Letters of what somebody typed that surely fit into one block."""


def modal(
    callback: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str = "",
    close: str = "Close",
    metadata: str = "",
) -> Block:
    """A modal; with `submit` it is a form."""
    view: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, TITLE_LIMIT),
        "close": plain(close, TITLE_LIMIT),
        "blocks": list(blocks[:VIEW_BLOCKS]),
        "private_metadata": metadata,
    }
    if submit:
        view["submit"] = plain(submit, TITLE_LIMIT)
    return view


def home_tab(blocks: Sequence[Block], remembered: str = "") -> Block:
    """The Home tab; `remembered` comes back with each click in it."""
    return {"type": "home", "blocks": list(blocks[:VIEW_BLOCKS]), "private_metadata": remembered}


def notice_view(title: str, sentence: Sentence, typed: Sequence[str] = ()) -> Block:
    """A small modal with a message and nothing to fill in; below it what was typed, to be copied."""
    kept = [block for text in typed for block in quote("You typed", text)]
    return modal(ids.VIEW_NOTICE, title, [section(render(sentence)), *kept])


def with_words(view: Mapping[str, Any], words: str) -> Block:
    """A form that typed words opened: above its fields those that stand in none of them."""
    blocks = list(view["blocks"])
    if " ".join(words.split()).casefold() in " ".join(" ".join(_texts(blocks)).split()).casefold():
        return dict(view)
    parts = [words[start : start + PIECE] for start in range(0, len(words), PIECE)]
    typed = [block for n, part in enumerate(parts) for block in quote("" if n else "You typed", part)]
    return {**view, "blocks": [*typed, *blocks][:VIEW_BLOCKS]}


def _texts(part: object) -> Iterator[str]:
    """Everything that can be read in it, in order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


def loading_view(title: str) -> Block:
    """What stands there until the real view is drawn."""
    return modal(ids.VIEW_NOTICE, title, [section("One moment ...")])


def metadata(nonce: str, **known: str) -> str:
    """What a form brings back on submit, as a JSON object of texts: the nonce of this form and what is known already.

    What does not fit into Slack's 3000 characters is left out, longest first; the nonce never is."""
    # Letters stay letters: as escapes, texts that are not English would take six times the room.
    kept = {name: value for name, value in known.items() if value}
    while units(text := json.dumps({"nonce": nonce, **kept}, ensure_ascii=False)) > METADATA_LIMIT and kept:
        del kept[max(kept, key=lambda name: len(kept[name]))]
    return text


def read_metadata(text: str) -> Mapping[str, str]:
    """The inverse of `metadata`. Raises ValueError for anything else."""
    read = json.loads(text)
    if not isinstance(read, dict):
        raise ValueError("not the metadata of a form of ours")
    return {str(name): str(value) for name, value in read.items()}


def carrying(carried: ids.Carried, remembered: str) -> str:
    """The same metadata, with what the button was drawn for under ``carried``."""
    known = dict(read_metadata(remembered))
    return metadata(known.pop("nonce", ""), **{**known, "carried": carried.dump()})


def issue_form(
    callback: str, title: str, submit: str, blocks: Sequence[Block], carried: ids.Carried, remembered: str
) -> Block:
    """The form of a verb about one issue, whose name stands for ``{issue}`` in the title."""
    return modal(
        callback,
        title.format(issue=issue_name(carried.number)),
        blocks,
        submit=submit,
        close="Cancel",
        metadata=carrying(carried, remembered),
    )
