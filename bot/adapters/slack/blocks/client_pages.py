"""Pages for clients in Slack: whose page to make, its address, who agreed on which, and withdrawing one."""

from collections.abc import Iterator
from datetime import datetime

from bot.adapters.slack import ids, values
from bot.adapters.slack.blocks.elements import VIEW_BLOCKS, Block, button, context, divider, header, section
from bot.adapters.slack.blocks.fields import Choice, Field, select, text_input
from bot.adapters.slack.blocks.text import bold, escape, inline, instant, person, plain, render
from bot.adapters.slack.blocks.views import modal
from bot.domain.matrix.model import Matrix
from bot.usecases.client_pages import NAME_LENGTH, NO_ADDRESS, GivenPage, PagesShown
from bot.usecases.client_ports import ClientPage, ClientYes

TITLE = "Pages for clients"
MOST_NAMES = 5
_WHAT = (
    "Who has the address of a page reads levels, roles, times and promises of the path as they are in force, "
    "and no names of people. They can agree to it, and whoever keeps the path is told."
)
_NONE = "No page has been given yet."


def pages_view(shown: PagesShown, public_url: str, metadata: str, now: datetime) -> Block:
    """Asks for whom a page is, and lists those that were given. Without `public_url` nothing can be given."""
    blocks = [header(shown.path.name), section(_WHAT)] if shown.path else [section(_WHAT)]
    may_give = bool(public_url) and shown.path is not None
    if not public_url:
        blocks.append(section(render(NO_ADDRESS)))
    elif shown.path is not None:
        blocks.append(_whose(shown.matrix))
    else:
        blocks.append(context("To give a page, name its path: matrix page PATH, or press its button there."))
    blocks += [divider(), *_list(shown, public_url, now)]
    if len(blocks) > VIEW_BLOCKS:
        more = context("There are more: name a path to see its own.")
        blocks = [*blocks[: VIEW_BLOCKS - 1], more]
    if not may_give:
        return modal(ids.VIEW_MATRIX, TITLE, blocks)
    return modal(ids.FORM_CLIENT_PAGE, TITLE, blocks, submit="Make the page", metadata=metadata)


def given_view(page: ClientPage, public_url: str) -> Block:
    """The address, to be copied and sent."""
    blocks = [
        section(f"The page of {bold(inline(page.path))} for {bold(inline(page.name))}:"),
        section(_address(page, public_url)),
        context(
            "Copy the address and send it to them. Whoever knows it can read the page and agree. "
            "You find it again, with who agreed, where you made it; there you can withdraw it, too."
        ),
    ]
    return modal(ids.VIEW_MATRIX, TITLE, blocks)


def _whose(matrix: Matrix) -> Block:
    """A list of the clients; where there are none, a name."""
    if matrix.clients:
        choices = [Choice(one.key, one.title) for one in matrix.clients]
        return select(Field(ids.FIELD_CLIENT, "For which client?"), choices)
    field = Field(ids.FIELD_CLIENT, "For which client?", "What the page calls them.")
    return text_input(field, longest=NAME_LENGTH)


def _list(shown: PagesShown, public_url: str, now: datetime) -> Iterator[Block]:
    if not shown.pages:
        yield section(_NONE)
    for one in shown.pages:
        name = shown.path.name if shown.path else ""
        value = values.ClientPageOf(one.page.id, name).dump()
        spoken = f"Withdraw the page of {one.page.name}"
        withdraw = button("Withdraw", ids.CLIENT_PAGE_WITHDRAW, value, spoken=spoken)
        said = "\n".join(_lines(one, public_url, now, with_path=shown.path is None))
        yield section(said, {**withdraw, "confirm": _confirm(one.page)})


def _lines(one: GivenPage, public_url: str, now: datetime, *, with_path: bool) -> Iterator[str]:
    page = one.page
    yield bold(inline(page.name)) + (f" · {inline(page.path)}" if with_path else "")
    if public_url:
        yield _address(page, public_url)
    yield f"Given by {person(page.made_by)} {instant(page.made_at, now, 'day')}"
    if not one.mark:
        yield "Its path is no longer in the matrix, so the page shows nothing."
    elif one.agreed:
        yield f"Agreed: {_names(one.agreed, now)}"
    elif one.yeses:
        yield f"Changed since they agreed: {_names(one.yeses, now)}"
    else:
        yield "Nobody has agreed yet."


def _names(some: tuple[ClientYes, ...], now: datetime) -> str:
    """The latest first."""
    latest = some[: -MOST_NAMES - 1 : -1]
    said = ", ".join(
        f"{inline(one.name)} {instant(one.said_at, now, 'day')} (version {one.version})" for one in latest
    )
    return said + (f" and {len(some) - MOST_NAMES} more" if len(some) > MOST_NAMES else "")


def _address(page: ClientPage, public_url: str) -> str:
    return f"`{escape(f'{public_url}/client/{page.secret}')}`"


def _confirm(page: ClientPage) -> Block:
    said = f"The address for {page.name} leads nowhere from then on. What was said is kept."
    return {
        "title": plain("Withdraw this page?", 100),
        "text": plain(said, 300),
        "confirm": plain("Withdraw", 30),
        "deny": plain("Cancel", 30),
    }
