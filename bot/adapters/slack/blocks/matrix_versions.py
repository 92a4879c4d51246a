"""The versions of the matrix: who published what when, what each changed, and the way back."""

from collections.abc import Iterator
from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import VIEW_BLOCKS, Block, actions, button, context, header, section
from bot.adapters.slack.blocks.text import bold, inline, instant, plain, render
from bot.adapters.slack.blocks.views import modal
from bot.usecases.matrix_versions import SHOWN, Changed, History
from bot.usecases.publish_matrix import author_name
from bot.usecases.rows import VersionInfo


def versions_view(shown: History, now: datetime) -> Block:
    """The newest versions with their notes; admins may go back to one."""
    blocks: list[Block] = [header("Versions of the matrix")]
    for info in shown.versions:
        blocks.append(section(_line(info, shown, now)))
        blocks += actions(list(_buttons(info, shown)))
    if len(shown.versions) == SHOWN:
        blocks.append(context("Older versions: rung matrix versions."))
    return modal(ids.VIEW_MATRIX, "Versions", blocks)


def changed_view(changed: Changed) -> Block:
    """What one version changed, in words."""
    blocks = list(_changes(changed))
    if len(blocks) > VIEW_BLOCKS:
        left = len(blocks) - VIEW_BLOCKS + 1
        blocks = [*blocks[: VIEW_BLOCKS - 1], context(f"And {left} more: rung matrix diff shows all.")]
    return modal(ids.VIEW_MATRIX, f"Version {changed.version}", blocks)


def _changes(changed: Changed) -> Iterator[Block]:
    yield header(f"What version {changed.version} changed")
    if not changed.differences:
        yield section("Nothing that anybody would notice.")
    for one in changed.differences:
        yield section(f"• {render(one.sentence)}")


def _line(info: VersionInfo, shown: History, now: datetime) -> str:
    mark = " · in force" if info.version == shown.present else ""
    line = f"{bold(f'Version {info.version}')}{mark}\n{instant(info.published_at, now, 'day')}, by "
    line += render(author_name(info.author), now)
    return line + (f"\n{inline(info.note)}" if info.note else "")


def _buttons(info: VersionInfo, shown: History) -> Iterator[Block]:
    number = str(info.version)
    yield button("What changed", ids.MATRIX_CHANGED, number, spoken=f"What version {number} changed")
    if shown.editor.admin and info.version == shown.present:
        yield button("Open issues", ids.MATRIX_OPEN, spoken="What it changes for open issues")
    if shown.editor.admin and info.version != shown.present:
        back = button(
            "Go back to it",
            ids.MATRIX_BACK,
            f"{shown.present}|{info.version}",
            spoken=f"Publish version {number} again",
        )
        yield {**back, "confirm": _confirm(info.version)}


def _confirm(version: int) -> Block:
    return {
        "title": plain("Go back?", 100),
        "text": plain(f"Version {version} is published again as a new version, and everybody is told.", 300),
        "confirm": plain("Go back", 30),
        "deny": plain("Cancel", 30),
    }
