"""Publishing a whole matrix from a file: the form that takes it, its mistakes, and what to do without files."""

from collections.abc import Sequence
from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, context, section
from bot.adapters.slack.blocks.fields import Field, file_input
from bot.adapters.slack.blocks.matrix_plan import bullets, note_field
from bot.adapters.slack.blocks.text import bold, inline, render
from bot.adapters.slack.blocks.views import modal
from bot.domain.matrix.diff_parts import Difference
from bot.domain.words import Sentence

TYPES = ("yaml", "yml")
MOST_FINDINGS = 100
MOST_CHANGES = 30

_TITLE = "Publish a matrix file"
_INTRO = (
    "Choose the whole matrix as one file. Rung checks it and shows what would change; nothing happens before you "
    "press Publish there."
)
_COMMANDS = (
    "• rung matrix check FILE tells what is wrong with a file, by line.\n"
    "• rung matrix plan FILE tells what publishing it would change.\n"
    "• rung matrix apply FILE publishes it."
)
_FILE = Field(ids.FIELD_FILE, "Matrix file", "A .yaml or .yml file, 1 MB at most.")


def upload_form(metadata: str, note: str = "") -> Block:
    """Takes the field ``file`` and the field ``note``."""
    return _form([section(_INTRO)], metadata, note)


def findings_form(name: str, findings: Sequence[str], metadata: str, note: str, attempt: str) -> Block:
    """The same below every mistake with its line. `attempt` is new each time, so that no file stands there already."""
    many = "one mistake" if len(findings) == 1 else f"{len(findings)} mistakes"
    said = f"{inline(name)} has {many}. Nothing was changed. Mend the file and choose it again."
    blocks = [section(bold(said)), *bullets(f"• {inline(one)}" for one in findings[:MOST_FINDINGS])]
    if left := len(findings) - MOST_FINDINGS:
        blocks += [context(f"and {left} more: rung matrix check FILE tells all")] if left > 0 else []
    return _form(blocks, metadata, note, attempt)


def overtaken_view(
    said: Sentence, changed: Sequence[Difference], metadata: str, now: datetime, note: str
) -> Block:
    """Somebody else published: who, and what changed since. Its button plans the same file on the newest version."""
    told = [f"• {render(one.sentence, now)}" for one in changed[:MOST_CHANGES]]
    blocks = [section(bold(render(said, now)))]
    blocks += bullets([bold("What changed since"), *told]) if told else []
    if len(changed) > MOST_CHANGES:
        blocks.append(context(f"and {len(changed) - MOST_CHANGES} more"))
    blocks.append(
        section(
            "Your file does not have these changes, unless somebody wrote them into it: publishing it takes them back. "
            "The next step shows exactly what it would change now."
        )
    )
    blocks.append(note_field(note))
    return modal(
        ids.FORM_MATRIX_PLAN_FILE,
        "Somebody was faster",
        blocks,
        submit="Plan again",
        close="Cancel",
        metadata=metadata,
    )


def no_files_view() -> Block:
    """What to do where Slack takes no files for Rung."""
    blocks = [
        section(bold("Files cannot be chosen here.")),
        section(
            "Usually the app lacks the permission files:read: add it in the app's settings and install the app again. "
            "The matrix can also be published on the command line, where Rung runs:"
        ),
        section(_COMMANDS),
    ]
    return modal(ids.VIEW_NOTICE, _TITLE, blocks)


def _form(blocks: Sequence[Block], metadata: str, note: str, attempt: str = "") -> Block:
    taking = file_input(_FILE, TYPES, attempt)
    return modal(
        ids.FORM_MATRIX_UPLOAD,
        _TITLE,
        [*blocks, taking, note_field(note)],
        submit="Check it",
        close="Cancel",
        metadata=metadata,
    )
