"""The matrix as people read it: every path at a glance, and one ladder, rung by rung, readable on a phone."""

from collections.abc import Iterator, Sequence

from bot.adapters.slack import ids, values
from bot.adapters.slack.blocks.clean import first_upper
from bot.adapters.slack.blocks.elements import (
    BUTTONS_PER_ROW,
    MESSAGE_BLOCKS,
    VIEW_BLOCKS,
    Block,
    actions,
    button,
    context,
    divider,
    header,
    section,
)
from bot.adapters.slack.blocks.matrix_words import takes
from bot.adapters.slack.blocks.text import bold, channel, cut, fallback, inline, instant, octets, person
from bot.adapters.slack.blocks.views import modal
from bot.adapters.slack.drawing import Drawing
from bot.domain.contacts import Contact, ContactKind
from bot.domain.issue import TargetKind
from bot.domain.matrix.model import IfNobody, Level, Matrix, Path
from bot.domain.wording.lengths import length
from bot.usecases.matrix_rights import schedules_of
from bot.usecases.people_ports import Consent
from bot.usecases.rows import Resolved
from bot.usecases.show_matrix import Overview, PathShown

PER_PAGE = 15
_TITLE = "Who answers for what"
LADDER_LIMIT = 500
MOST_PEOPLE = 8
MOST_ROWS = 10


def overview_answer(shown: Overview) -> Drawing:
    """The first paths, each with its ladder in a line and a button; for one person's eyes."""
    paths = shown.published.matrix.paths[:PER_PAGE]
    lines = [_TITLE, *(f"{inline(path.name)}: {_ladder(path)}" for path in paths)]
    return Drawing(fallback(lines, weigh=octets), list(_overview_blocks(shown, 0)), live=False)


def overview_view(shown: Overview, page: int) -> Block:
    """Fifteen paths a page, as a modal. A page that is not there is the last one."""
    return modal(ids.VIEW_MATRIX, _TITLE, list(_overview_blocks(shown, page)))


def _overview_blocks(shown: Overview, page: int) -> Iterator[Block]:
    paths = shown.published.matrix.paths
    pages = max(1, -(-len(paths) // PER_PAGE))
    page = min(max(page, 0), pages - 1)
    yield header(_TITLE)
    yield context(_version_line(shown, pages, page))
    for path in paths[page * PER_PAGE : (page + 1) * PER_PAGE]:
        said = f"{bold(inline(path.name))} · {takes(path.match, shown.published.matrix)}\n{_ladder(path)}"
        yield section(said, _show_button(path))
    yield from actions(_overview_buttons(shown, page, pages))


def path_view(shown: PathShown) -> Block:
    """One ladder as a modal."""
    return modal(ids.VIEW_PATH, shown.path.name, _fitting(shown, VIEW_BLOCKS))


def path_answer(shown: PathShown) -> Drawing:
    """The same for the answer to a command."""
    blocks = _fitting(shown, MESSAGE_BLOCKS)
    lines = [inline(shown.path.name), *(_rung_line(shown, n) for n in range(1, len(shown.path.levels) + 1))]
    return Drawing(fallback(lines, weigh=octets), blocks, live=False)


def _path_blocks(shown: PathShown) -> Iterator[Block]:
    path, matrix = shown.path, shown.published.matrix
    yield header(path.name)
    yield section("\n".join(_facts(shown)))
    if not shown.looked_up:
        yield context(
            "Who is there right now could not be looked up in time; the names are those of the matrix."
        )
    for number, level in enumerate(path.levels, start=1):
        yield divider()
        yield section(_rung(shown, number, level), _edit_button(shown, number))
    yield divider()
    yield section(_after(path, matrix, shown))


def _fitting(shown: PathShown, most: int) -> list[Block]:
    """All of it, or as much as there is room for: the buttons at the end stay."""
    buttons = _path_buttons(shown)
    starts = range(0, len(buttons), BUTTONS_PER_ROW)
    rows = [row for at in starts for row in actions(buttons[at : at + BUTTONS_PER_ROW])][:MOST_ROWS]
    blocks = list(_path_blocks(shown))
    room = most - len(rows)
    if len(blocks) > room:
        blocks = [*blocks[: room - 1], context("There is more: see the file of the matrix.")]
    return [*blocks, *rows]


def _facts(shown: PathShown) -> Iterator[str]:
    path = shown.path
    yield f"Takes {takes(path.match, shown.published.matrix)}."
    if path.owner:
        yield f"Kept current by {_who(shown, path.owner)}." + (
            f" Review by {path.review_by.isoformat()}." if path.review_by else ""
        )
    if path.inform:
        yield f"Told at the start: {_told(shown, path.inform)}."
    if path.functional:
        yield "A specialist path: anybody working on an issue may hand it over to this team."


def _rung(shown: PathShown, number: int, level: Level) -> str:
    title = bold(f"{number}. {inline(level.name)}") + (f" · {inline(level.role)}" if level.role else "")
    lines = [title, f"Asked: {_people(shown, level.contacts)}", _time(level)]
    if level.inform:
        lines.append(f"Told: {_told(shown, level.inform)}")
    if agreed := _agreed(shown, number):
        lines.append(agreed)
    return "\n".join(lines)


def _time(level: Level) -> str:
    line = f"{first_upper(length(level.acknowledge_within, level.calendar))} to answer"
    if level.remind_every:
        line += f", reminded every {length(level.remind_every, level.calendar)}"
    if level.if_nobody is IfNobody.HOLD:
        line += "; waits while nobody is on duty"
    return inline(line)


def _after(path: Path, matrix: Matrix, shown: PathShown) -> str:
    rules = matrix.workspace
    again = {0: "", 1: "Then the whole ladder once more. "}.get(
        path.repeat, f"Then the whole ladder {path.repeat} more times. "
    )
    who = _people(shown, (rules.escalation_manager, rules.catch_all))
    return (
        f"{again}If still nobody has answered: {who}, every {length(rules.nag_every)}, until somebody takes it.\n"
        f"A solved issue closes after {inline(length(path.close_after))} unless the requester says it is not solved."
    )


def _agreed(shown: PathShown, number: int) -> str:
    said = {
        consent: [one.user for one in shown.agreements if one.level == number and one.consent is consent]
        for consent in Consent
    }
    words = (
        (Consent.AGREED, "Agreed"),
        (Consent.CANNOT, "Cannot agree"),
        (Consent.ASKED, "Not answered yet"),
    )
    return " · ".join(f"{label}: {_some(said[consent])}" for consent, label in words if said[consent])


def _some(users: Sequence[str]) -> str:
    shown = ", ".join(person(user) for user in users[:MOST_PEOPLE])
    return shown + (f" and {len(users) - MOST_PEOPLE} more" if len(users) > MOST_PEOPLE else "")


def _people(shown: PathShown, contacts: Sequence[Contact]) -> str:
    return ", ".join(_who(shown, one) for one in contacts)


def _told(shown: PathShown, contacts: Sequence[Contact]) -> str:
    """Those who need not answer: of a channel everybody reads it."""
    return ", ".join(
        _place(shown, one) if one.kind is ContactKind.CHANNEL else _who(shown, one) for one in contacts
    )


def _place(shown: PathShown, contact: Contact) -> str:
    found = shown.people.get(contact)
    return channel(found.targets[0].id if found and found.targets else str(contact))


def _who(shown: PathShown, contact: Contact) -> str:
    """A contact as written, with who stands behind it now."""
    found = shown.people.get(contact)
    if contact.kind is ContactKind.CHANNEL:
        return f"anybody in {_place(shown, contact)}"
    if found is None:
        return inline(str(contact))
    users = [target.id for target in found.targets if target.kind is TargetKind.USER]
    if contact.kind is ContactKind.ONCALL:
        return _on_call(_title_of(shown, contact.value), found, users)
    if not users:
        return f"{inline(str(contact))} (cannot be asked: {inline(found.why)})"
    if contact.kind is ContactKind.GROUP:
        return f"{inline(contact.value)} ({_some(users)})"
    return _some(users)


def _title_of(shown: PathShown, key: str) -> str:
    schedule = shown.published.matrix.schedule(key)
    return schedule.title or key if schedule else key


def _on_call(title: str, found: Resolved, users: Sequence[str]) -> str:
    if users:
        until = f", until {instant(found.until, style='day')}" if found.until else ""
        return f"on call for {inline(title)}: {_some(users)}{until}"
    again = f"; somebody is from {instant(found.again_at, style='day')}" if found.again_at else ""
    return f"on call for {inline(title)}: nobody now{again}"


def _rung_line(shown: PathShown, number: int) -> str:
    level = shown.path.levels[number - 1]
    return f"{number}. {inline(level.name)}: {_people(shown, level.contacts)}. {_time(level)}."


def _ladder(path: Path) -> str:
    steps = [
        f"{number}. {inline(level.name)} ({inline(length(level.acknowledge_within, level.calendar))})"
        for number, level in enumerate(path.levels, start=1)
    ]
    return cut(" → ".join(steps), LADDER_LIMIT)


def _version_line(shown: Overview, pages: int, page: int) -> str:
    line = f"Version {shown.published.version}"
    if shown.info:
        line += f", in force since {instant(shown.info.published_at, style='day')}"
        if shown.info.author.startswith(("U", "W")):
            line += f", by {person(shown.info.author)}"
    return line + (f" · page {page + 1} of {pages}" if pages > 1 else "")


def _show_button(path: Path) -> Block:
    return button("Show", ids.MATRIX_PATH, path.name, spoken=f"Show the path {path.name}")


def _edit_button(shown: PathShown, number: int) -> Block | None:
    if not shown.editor.may_edit_path(shown.path.name):
        return None
    level = shown.path.levels[number - 1]
    value = values.Rung(shown.published.version, shown.index, number).dump()
    return button("Edit", ids.MATRIX_EDIT_LEVEL, value, spoken=f"Edit level {number}, {level.name}")


def _overview_buttons(shown: Overview, page: int, pages: int) -> list[Block]:
    made = [
        button("Who would be asked?", ids.MATRIX_WHO),
        button("What is promised", ids.MATRIX_PROMISES),
        button("Versions", ids.MATRIX_VERSIONS),
    ]
    if page > 0:
        made.append(button("Earlier paths", ids.MATRIX_PAGE, str(page - 1)))
    if page < pages - 1:
        made.append(button("More paths", ids.MATRIX_PAGE_NEXT, str(page + 1)))
    if shown.editor.admin:
        made.append(button("Publish a file", ids.MATRIX_UPLOAD))
    return made


def _schedule_buttons(shown: PathShown) -> Iterator[Block]:
    """One for each layer of the schedules this path uses, as far as the reader may change them."""
    for key in dict.fromkeys(schedules_of(shown.path)):
        schedule = shown.published.matrix.schedule(key)
        if schedule is None or not shown.editor.may_edit_schedule(key):
            continue
        for number, layer in enumerate(schedule.layers, start=1):
            which = f" ({layer.name or number})" if len(schedule.layers) > 1 else ""
            value = values.LayerOf(shown.published.version, number, key).dump()
            action = f"{ids.MATRIX_EDIT_SCHEDULE}:{key}:{number}"
            yield button(f"Edit {schedule.title or key}{which}", action, value)


def _path_buttons(shown: PathShown) -> list[Block]:
    made = [button("Who would be asked?", ids.MATRIX_WHO, shown.path.name)]
    if shown.editor.may_edit_path(shown.path.name):
        value = values.Rung(shown.published.version, shown.index, 0).dump()
        made.append(button("Edit the path", ids.MATRIX_EDIT_PATH, value))
        made.append(button("Page for a client", ids.CLIENT_PAGES, shown.path.name))
    made += _schedule_buttons(shown)
    return made
