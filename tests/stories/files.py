"""Stories about publishing a whole matrix: files, how somebody chooses one, and what comes of it."""

from copy import deepcopy
from html import unescape
from typing import Any

from bot.adapters.slack import ids
from bot.sandbox.answer import Answer
from bot.sandbox.world import Upload
from bot.usecases.rows import VersionInfo
from tests.story import MATRIX, Story

FASTER = MATRIX.replace("acknowledge_within: 15m", "acknowledge_within: 10m")
SLOWER = MATRIX.replace("acknowledge_within: 20m", "acknowledge_within: 40m")


async def chooses(tale: Story, who: str, text: str, note: str = "", name: str = "matrix.yaml") -> Upload:
    """Use the command, choose a file with this text, and press the form's button."""
    answer = await tale.types(who, "matrix edit")
    assert answer.ok and tale.sandbox.modal(who) is not None, answer
    file = tale.sandbox.upload(who, name, text)
    await tale.submits(who, {ids.FIELD_FILE: file, **({ids.FIELD_NOTE: note} if note else {})})
    return file


async def versions(tale: Story) -> list[VersionInfo]:
    """Everything that was published, newest first."""
    return await tale.core.services.transactions.read(lambda store: store.matrices.history(tale.workspace))


def news(tale: Story) -> list[str]:
    """What the issue channel heard."""
    return [unescape(message.plain) for message in tale.sandbox.messages("#issues")]


def shown(tale: Story, who: str) -> str:
    """What the window on top says."""
    return unescape(tale.notice(who))


def submitted(tale: Story, who: str, callback: str) -> dict[str, Any]:
    """What submitting the form with this callback sends, as somebody may forge it; the open form is submitted now
    where it was not yet."""
    sent = tale.sandbox.interactions.sent[tale.id(who)]
    found = [one for one in sent if one.get("view", {}).get("callback_id") == callback]
    if found:
        return deepcopy(found[-1])
    view = tale.sandbox.modal(who)
    assert view is not None and view.callback_id == callback
    template = deepcopy(sent[-1])
    return {**template, "view": deepcopy(tale.sandbox.world.view_json(view))}


def errors_of(answer: Answer) -> dict[str, str]:
    """What the form says at its fields."""
    assert answer.body is not None and answer.body["response_action"] == "errors", answer.body
    return dict(answer.body["errors"])
