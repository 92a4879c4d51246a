"""Telling one person something that changes no issue: an answer to a click, a filled view, their Home."""

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue, Target, TargetKind
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.permissions import reads_notes
from bot.domain.words import Sentence
from bot.usecases.actors import plain, who_sees
from bot.usecases.commands import IssueCommand
from bot.usecases.ports import Store
from bot.usecases.record import unknown_issue
from bot.usecases.services import ANSWER_BUDGET, Services


async def whisper(
    services: Services,
    workspace: WorkspaceId,
    *,
    user: str,
    channel: str,
    key: str,
    sentence: Sentence,
    thread: str = "",
) -> None:
    """Answer a click or words: only this person sees it, in the channel where they clicked, in that thread of it.

    Without a channel it is a direct message, and `thread` one of that conversation."""
    await _put(services, workspace, None, whispered(user, channel, key, sentence, thread))


async def first_time(services: Services, workspace: WorkspaceId, key: str) -> bool:
    """Whether this has not been answered before; asked again, it has. For answers that nothing else remembers."""
    now = services.clock.now()

    def unit(store: Store) -> bool:
        if store.inbound.answer(workspace, key) is not None:
            return False
        store.inbound.remember(workspace, key, "shown", now)
        return True

    return await services.transactions.run(unit, budget=ANSWER_BUDGET)


def whispered(user: str, channel: str, key: str, sentence: Sentence, thread: str = "") -> Notice:
    """The same as a notice, for a unit that stores something else too."""
    args = {"sentence": sentence.dump(), "channel": channel, "user": user, "thread": thread}
    to = Target(TargetKind.USER, user)
    return Notice(NoticeKind.WHISPER, f"whisper:{key}", to, f"whisper:{key}", Rank.ANSWER, args=args)


async def fill_details(services: Services, command: IssueCommand, view_id: str) -> None:
    """Fill a view that was opened empty with everything about one issue, or with the sentence that says who sees it."""
    to = Target(TargetKind.USER, command.user)
    key = f"details:{view_id}"
    args: dict[str, str | int] = {"view_id": view_id}
    number: int | None = command.number
    try:
        issue = await _issue(services, IssueRef(command.workspace, command.number))
        reader = await who_sees(services, issue, plain(services, command))
        args |= {"names": int(reader.manager), "notes": int(reads_notes(issue, reader))}
    except (NotFound, NotAllowed) as refused:
        args["sentence"], number = refused.sentence.dump(), None
    notice = Notice(NoticeKind.DETAILS, key, to, key, Rank.ANSWER, args=args)
    await _put(services, command.workspace, number, notice)


async def _issue(services: Services, ref: IssueRef) -> Issue:
    found = await services.transactions.read(lambda store: store.issues.get(ref))
    if found is None:
        raise unknown_issue(ref.number)
    return found


async def show_home(
    services: Services, workspace: WorkspaceId, *, user: str, key: str, pages: str = ""
) -> None:
    """Draw this person's Home anew. `pages` says which lists go on where, as `home.write_pages` writes it."""
    to = Target(TargetKind.USER, user)
    notice = Notice(
        NoticeKind.HOME,
        f"home:{user}:{key}",
        to,
        f"home:{user}",
        Rank.EDIT,
        args={"user": user, "pages": pages},
    )
    await _put(services, workspace, None, notice)


async def _put(services: Services, workspace: WorkspaceId, number: int | None, notice: Notice) -> None:
    now = services.clock.now()
    await services.transactions.run(
        lambda store: store.outbox.put(workspace, number, [notice], now), budget=ANSWER_BUDGET
    )
    services.bell.ring()
