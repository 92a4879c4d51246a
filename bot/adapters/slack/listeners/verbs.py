"""Every verb about one issue, once: the command, the menu, the More form and mentions are made from this registry."""

from collections.abc import Mapping

from bot.adapters.slack.blocks.more_form import MoreRow, more_form
from bot.adapters.slack.listeners.answer_ping import ACKNOWLEDGE, DECLINE
from bot.adapters.slack.listeners.assign_issue import ASSIGN
from bot.adapters.slack.listeners.change_facts import CHANGE, PRIORITY
from bot.adapters.slack.listeners.escalate_issue import BYPASS, ESCALATE
from bot.adapters.slack.listeners.give_back import GIVE_BACK
from bot.adapters.slack.listeners.here import Here, peek
from bot.adapters.slack.listeners.hide_issue import HIDE, SHOW
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.adapters.slack.listeners.keep_issue import KEEP
from bot.adapters.slack.listeners.merge_issues import LINK, MERGE
from bot.adapters.slack.listeners.reopen_issue import REOPEN
from bot.adapters.slack.listeners.send_back import APPEAL, SEND_BACK, SOLVED, WITHDRAW
from bot.adapters.slack.listeners.snooze_issue import SNOOZE
from bot.adapters.slack.listeners.take_part import EDIT, JOIN, NOTE, THANK, UNWATCH, WATCH
from bot.adapters.slack.listeners.wait_issue import GO_ON, WAIT
from bot.adapters.slack.listeners.work_issue import ANSWER, CONFIRM, RESOLVE, UPDATE
from bot.domain.more import allowed, fits
from bot.domain.sight import require_sight
from bot.domain.words import Sentence, say
from bot.usecases.actors import if_known, plain

MENU = ("wait", "assign", "priority", "note", "more")
"""The entries of an issue's menu, in order; those that no verb is registered for are left out."""


async def _more(here: Here, use: Use) -> Sentence | None:
    """What fits the issue and what this person may do; all that fits when it cannot be known in time who they are."""
    issue, user = await peek(here, use.about.number), use.about.user
    fitting = [one for one in in_more() if issue is None or fits(one.word, issue, user)]
    actor = await if_known(here.services, issue, plain(here.services, use.about)) if issue else None
    if issue and actor:
        fitting = [one for one in fitting if allowed(one.word, issue, actor)]
        if not fitting:
            require_sight(issue, actor)
            return say("There is nothing more that you can do with ISS-{number} now.", number=issue.number)
    rows = [MoreRow(verb.word, verb.label, verb.hint) for verb in fitting]
    form = more_form(use.drawn_for, rows, here.remembered(via=use.about.via))
    await open_form(here, use, form, seen=True)
    return None


MORE = IssueVerb(
    ("more",), "more ISS-1", "everything else that can be done with it: opens a form", "More...", _more
)

VERBS: tuple[IssueVerb, ...] = (
    ACKNOWLEDGE,
    DECLINE,
    ESCALATE,
    UPDATE,
    WAIT,
    GO_ON,
    ASSIGN,
    GIVE_BACK,
    KEEP,
    SNOOZE,
    ANSWER,
    RESOLVE,
    CONFIRM,
    REOPEN,
    APPEAL,
    SOLVED,
    PRIORITY,
    CHANGE,
    BYPASS,
    SEND_BACK,
    WITHDRAW,
    NOTE,
    EDIT,
    JOIN,
    WATCH,
    UNWATCH,
    LINK,
    MERGE,
    THANK,
    HIDE,
    SHOW,
    MORE,
)
"""In the order of help and of the More form. A new verb is added here; one of MENU also to `blocks.menu.ENTRIES`."""

BY_WORD: Mapping[str, IssueVerb] = {word: verb for verb in VERBS for word in verb.words}


def in_menu() -> list[IssueVerb]:
    """The registered ones among those of the menu."""
    return [BY_WORD[word] for word in MENU if word in BY_WORD]


def at_hand() -> list[IssueVerb]:
    """Those with a button or a place in the menu."""
    return [verb for verb in VERBS if verb.has_button or verb.word in MENU]


def in_more() -> list[IssueVerb]:
    """Those that have neither a button nor a place in the menu."""
    return [verb for verb in VERBS if verb.word not in MENU and not verb.has_button]
