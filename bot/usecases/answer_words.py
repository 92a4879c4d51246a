"""Somebody wrote to Rung in words. Words change nothing: the answer is the buttons, or how to begin."""

from bot.domain.escalation import waiting_for
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.notices import asking, ping
from bot.domain.notification import Notice, NoticeKind
from bot.domain.waiting import can_be_written_to
from bot.domain.wording import prompts
from bot.domain.wording.caring import asks_to_send
from bot.domain.words import Sentence, say
from bot.usecases.ports import Store
from bot.usecases.rows import IssueFilter
from bot.usecases.services import Services
from bot.usecases.tell import whispered

SHOWN = 3


async def answer_words(
    services: Services,
    workspace: WorkspaceId,
    *,
    user: str,
    channel: str,
    thread: str,
    key: str,
    command: str,
    text: str = "",
    direct: bool = False,
) -> None:
    """Send what waits for this person once more, with its buttons; else say how Rung is used.

    Whom an issue is for gets their own words back with a button that sends them: in the thread of what they were told,
    and in a conversation with Rung alone.
    """
    now = services.clock.now()

    def unit(store: Store) -> None:
        if store.inbound.answer(workspace, key) is not None:
            return
        store.inbound.remember(workspace, key, "words", now)
        which = IssueFilter(asked=user, states=(State.OPEN, State.ACKNOWLEDGED), limit=SHOWN)
        waiting = {issue.number: _again(issue, user, key) for issue in store.issues.find(workspace, which)}
        for number, notices in waiting.items():
            store.outbox.put(workspace, number, notices, now)
        about = _thread_issue(store, workspace, channel, thread)
        replies = [] if any(waiting.values()) else _to_reply_to(store, workspace, user, about, direct)
        for issue in replies if text else ():
            said = whispered(user, channel, f"{key}:{issue.number}", asks_to_send(issue), thread)
            prompt = asking(issue, said, "reply_words", quote=text)
            store.outbox.put(workspace, issue.number, [prompt], now)
        if replies and text:
            return
        hint = _hint(any(waiting.values()), about, command)
        store.outbox.put(workspace, None, [whispered(user, channel, key, hint, thread)], now)

    await services.transactions.run(unit)
    services.bell.ring()


def _again(issue: Issue, user: str, key: str) -> list[Notice]:
    asks = [ask for ask in waiting_for(issue) if ask.target == prompts.user_target(user)]
    return [ping(issue, ask, NoticeKind.REMINDER, f"words:{key}") for ask in asks]


def _to_reply_to(
    store: Store, workspace: WorkspaceId, user: str, about: Issue | None, direct: bool
) -> list[Issue]:
    """What this person may have meant: the issue of the thread, else those that are for them."""
    if about is not None:
        return (
            [about] if user in (about.requester, *about.company.further) and can_be_written_to(about) else []
        )
    if not direct:
        return []
    mine = store.issues.find(workspace, IssueFilter(requester=user, states=IN_WORK, limit=SHOWN))
    return [issue for issue in mine if issue.owner != user]


def _thread_issue(store: Store, workspace: WorkspaceId, channel: str, thread: str) -> Issue | None:
    """None under a bundle: it is about many."""
    numbers = {one.issue for one in store.messages.together(workspace, channel, thread)} if thread else set()
    return store.issues.get(IssueRef(workspace, numbers.pop())) if len(numbers) == 1 else None


def _hint(waiting: bool, about: Issue | None, command: str) -> Sentence:
    if waiting:
        return say("Those words change nothing. Please press a button on the message I just sent you.")
    if about is not None:
        return say(
            "Those words change nothing. The buttons of ISS-{number} are on its card above.",
            number=about.number,
        )
    return say(
        "Type {command} to raise an issue, {command} mine to see what waits for you, {command} help for the rest.",
        command=command,
    )
