"""What a message may say: text, blocks, attachments and metadata of a call, checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import SlackError, invalid_blocks
from bot.sandbox.limits.surfaces import check_message, with_ids
from bot.sandbox.model import Json
from bot.sandbox.readable import readable
from bot.sandbox.web_api.call import Call

ATTACHMENTS = 100
MARKDOWN_TEXT = 12_000
METADATA_BYTES = 16_000
"""Slack documents no number; real ones are smaller than a record anyone should keep there."""
BLOCKS_TEXT = 13_200
"""Characters in all classic blocks of a message together, found by those who met msg_blocks_too_long."""


@dataclass(frozen=True, slots=True)
class Content:
    """The parts that were given; None means the argument was absent, which chat.update treats apart."""

    text: str | None
    blocks: Sequence[Json] | None
    attachments: Sequence[Json] | None
    metadata: Json | None

    def refuse_empty(self) -> None:
        if not (self.text and self.text.strip()) and not self.blocks and not self.attachments:
            raise SlackError("no_text")


def read_content(call: Call) -> Content:
    """The content of a chat.* call. Raises the errors of section "message" and "blocks"."""
    text = call.text("text") if call.args.get("text") is not None else None
    if call.has("markdown_text"):
        text = _markdown(call, text)
    return Content(text, _blocks(call), _attachments(call), _metadata(call))


def _markdown(call: Call, text: str | None) -> str:
    if text or call.has("blocks"):
        raise SlackError("markdown_text_conflict")
    markdown = call.text("markdown_text")
    if len(markdown) > MARKDOWN_TEXT:
        raise SlackError("msg_too_long")
    return markdown


def _blocks(call: Call) -> Sequence[Json] | None:
    if call.args.get("blocks") is None:
        return None
    return checked_blocks(call.structure("blocks", "invalid_blocks_format"), call.world.workspace.serial)


def checked_blocks(blocks: Any, serial: Any) -> Sequence[Json]:
    """Blocks of a message as Slack stores them. Raises invalid_blocks_format, invalid_blocks, too long."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = check_message(blocks)
    if problems:
        raise invalid_blocks([str(problem) for problem in problems])
    if _weight(blocks) > BLOCKS_TEXT:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks, serial)


def _weight(blocks: Sequence[Json]) -> int:
    heavy = {"table", "data_table", "data_visualization", "markdown"}
    return sum(len(piece) for piece in readable([b for b in blocks if b["type"] not in heavy]))


def _attachments(call: Call) -> Sequence[Json] | None:
    if call.args.get("attachments") is None:
        return None
    attachments = call.structure("attachments", "invalid_attachments")
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for number, attachment in enumerate(attachments):
        problems = check_message(attachment.get("blocks") or [], f"/attachments/{number}/blocks")
        if problems:
            raise invalid_blocks([str(problem) for problem in problems])
    return attachments


def _metadata(call: Call) -> Json | None:
    if call.args.get("metadata") is None:
        return None
    metadata = call.structure("metadata", "invalid_metadata_format")
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if not metadata and call.method == "chat.update":
        return {}
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(event_type, str) or not event_type or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    if set(metadata) - {"event_type", "event_payload", "entities"}:
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return metadata
