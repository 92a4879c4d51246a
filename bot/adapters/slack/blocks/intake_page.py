"""The page with everything there is to say before an issue is stored. Below it stands the form with all that was typed,
so that nothing can be lost and anything can still be changed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.elements import Block, button, divider, header, section
from bot.adapters.slack.blocks.fields import Field, text_input
from bot.adapters.slack.blocks.raise_form import form_blocks
from bot.adapters.slack.blocks.text import render
from bot.adapters.slack.blocks.views import modal
from bot.domain.findings import Finding, FindingKind, needs_reason
from bot.domain.ids import issue_name
from bot.domain.matrix.model import Matrix

LINE_LENGTH = 900
HEADINGS = {
    FindingKind.PROMISE: "The promised time is still running",
    FindingKind.SEEN: "Is it one of these?",
    FindingKind.WHEN: "Is this the right way?",
    FindingKind.OFTEN: "Not the first one",
    FindingKind.WHO: "Who will be asked",
}


def intake_page(
    matrix: Matrix, fields: Mapping[str, str], findings: Sequence[Finding], metadata: str
) -> Block:
    """The page in the place of the form; sending it stores the issue. `fields` are those of the form, as typed."""
    said = {one.kind for one in findings}
    blocks = [
        section("Nothing is raised yet. Please look at this, then press *Raise anyway*."),
        *(block for kind, some in groupby(findings, _kind) for block in _part(kind, list(some))),
        *(_reason(fields) if needs_reason(findings) else ()),
        divider(),
        header("What you wrote"),
        *(_still(block) for block in form_blocks(matrix, fields, told=FindingKind.WHEN not in said)),
    ]
    return modal(
        ids.FORM_RAISE,
        "Before it is raised",
        blocks,
        submit="Raise anyway",
        close="Cancel",
        metadata=metadata,
    )


def _kind(one: Finding) -> FindingKind:
    return one.kind


def _part(kind: FindingKind, some: Sequence[Finding]) -> Iterator[Block]:
    yield header(HEADINGS[kind])
    for finding in some:
        said = "\n".join(render(line, limit=LINE_LENGTH) for line in finding.lines)
        yield section(said, _join(finding))


def _join(finding: Finding) -> Block | None:
    if finding.issue is None:
        return None
    spoken = f"Join {issue_name(finding.issue.number)} instead"
    return button("Join this one", ids.JOIN_INSTEAD, ids.carried(finding.issue).dump(), spoken=spoken)


def _reason(fields: Mapping[str, str]) -> Iterator[Block]:
    yield text_input(
        Field(ids.FIELD_RAISED_BECAUSE, "Why raise it now", "It is counted, and the timeline keeps it."),
        longest=500,
        value=fields.get(ids.FIELD_RAISED_BECAUSE, ""),
    )


def _still(block: Block) -> Block:
    """Choices are no longer sent at once: the page stays as it is."""
    return {name: value for name, value in block.items() if name != "dispatch_action"}
