"""The daily digest: numbers first, then the lists, most urgent first, with who has what and since when."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.adapters.slack.blocks.elements import Block, context, header, section
from bot.adapters.slack.blocks.facts import heading_line
from bot.adapters.slack.blocks.lists import rows, standing
from bot.adapters.slack.blocks.subject import command_of
from bot.adapters.slack.blocks.text import bold, fallback, inline, octets, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue, TargetKind
from bot.domain.sight import masked
from bot.domain.wording import digest as wording
from bot.usecases.digest import COUNTED, DECISIONS, LISTS, Digest
from bot.usecases.rows import Letter

TITLE = "Open and late"


def draw_digest(letter: Letter) -> Drawing:
    """From what was counted when it was made; the issues as they stand now."""
    args = letter.row.notice.args
    given = (letter.extra or {}).get("issues")
    found = [one for one in given if isinstance(one, Issue)] if isinstance(given, list) else []
    if letter.row.notice.to.kind is TargetKind.CHANNEL:  # made private while the digest waited to be sent
        found = [masked(one) if one.private else one for one in found]
    issues = {one.number: one for one in found}
    counts = {name: int(args.get(f"count_{name}", 0)) for name in (*COUNTED, *LISTS, *DECISIONS)}
    named = {name: letter.row.notice.text(f"list_{name}").split(",") for name in LISTS}
    lists = {
        name: tuple(issues[int(one)] for one in some if one and int(one) in issues)
        for name, some in named.items()
    }
    return digest_answer(Digest(counts, lists), command_of(letter), letter.now)


def digest_answer(digest: Digest, command: str, now: datetime) -> Drawing:
    """The same for one person's eyes."""
    waits = [render(one, now) for one in wording.decisions(digest.counts)]
    lines = [TITLE, render(wording.numbers(digest.counts), now), *waits, *_lines(digest, command, now)]
    return Drawing(fallback(lines, weigh=octets), list(_blocks(digest, command, now)), live=False)


def _blocks(digest: Digest, command: str, now: datetime) -> Iterator[Block]:
    yield header(TITLE)
    yield section(bold(render(wording.numbers(digest.counts), now)))
    if waits := [render(one, now) for one in wording.decisions(digest.counts)]:
        yield section("\n".join(waits))
    for name, issues in _shown(digest.lists):
        yield section(bold(inline(f"{wording.TITLES[name]} ({digest.counts[name]:,})")))
        for issue in issues:
            yield from rows(issue, now)
        if more := _more(digest, name, command):
            yield context(more)


def _lines(digest: Digest, command: str, now: datetime) -> Iterator[str]:
    for name, issues in _shown(digest.lists):
        yield inline(f"{wording.TITLES[name]} ({digest.counts[name]:,})")
        for issue in issues:
            yield f"{heading_line(issue)} · {standing(issue, now)}"
        yield _more(digest, name, command)


def _shown(lists: Mapping[str, tuple[Issue, ...]]) -> Iterator[tuple[str, tuple[Issue, ...]]]:
    return ((name, issues) for name, issues in lists.items() if issues)


def _more(digest: Digest, name: str, command: str) -> str:
    """``and 7 more: /issue list late``; those that stand in a list above are not told apart."""
    more = digest.counts[name] - len(digest.lists[name])
    return f"and {more:,} more: {inline(command)} list {wording.FILTERS[name]}" if more > 0 else ""
