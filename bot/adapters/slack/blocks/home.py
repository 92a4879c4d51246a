"""The Home tab: what this is, and what is open for this person."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.adapters.slack.blocks.buttons import raise_button
from bot.adapters.slack.blocks.elements import Block, actions, context, divider, header, section
from bot.adapters.slack.blocks.lists import rows
from bot.adapters.slack.blocks.oncall import duty_blocks, duty_lines
from bot.adapters.slack.blocks.subject import command_of
from bot.adapters.slack.blocks.text import fallback, inline
from bot.adapters.slack.blocks.views import home_tab
from bot.adapters.slack.drawing import Drawing
from bot.domain.issue import Issue
from bot.usecases.oncall_views import Duty
from bot.usecases.rows import Letter

PER_LIST = 9
MOST_DUTIES = 6
"""Four lists of nine issues, two blocks each, and six schedules stay below the hundred blocks of a view."""

_WELCOME = (
    "Something needs an answer and you are not getting one? Raise an issue. Rung asks the person who is there for it, "
    "asks the next one when nobody answers in time, and tells you about every step."
)
_OTHER_WAYS = "You can also type {command}, or open the menu of a message. {command} help shows everything."
_MORE = "There are more: {command} mine and {command} list show them."
_ON_CALL = "{command} shows every schedule, {command} mine your shifts."
_LISTS = (
    ("waiting", "Waiting for you", "Nothing waits for you."),
    ("owned", "In your hands", "You have no issue in work."),
    ("raised", "Raised by you", "You have raised nothing yet. The button above starts one."),
    ("open", "Other open issues", "No other issue is open."),
)


def draw_home(letter: Letter) -> Drawing:
    """The whole tab of one person. `letter.extra` holds ``waiting``, ``owned``, ``raised``, ``open``, ``duties``,
    ``reduced``."""
    known = letter.extra or {}
    blocks: list[Block] = [
        header("Rung: no issue goes unanswered"),
        section(_WELCOME),
        *actions([raise_button()]),
        context(_OTHER_WAYS.format(command=inline(command_of(letter)))),
    ]
    text = [_WELCOME]
    duties = _duties(known)
    if duties:
        blocks += [divider(), *duty_blocks(duties[:MOST_DUTIES], letter.now)]
        blocks.append(context(_ON_CALL.format(command=inline(str(known.get("oncall") or "/oncall")))))
        text += [line for duty in duties[:MOST_DUTIES] for line in duty_lines(duty, letter.now)]
    above: set[int] = set()
    for name, title, nothing in _LISTS:
        issues = [one for one in _issues(known, name) if name != "open" or one.number not in above]
        above |= {one.number for one in issues}
        blocks += _list(title, issues, nothing, letter.now, command_of(letter))
        text.append(f"{title}: {len(issues)}")
    blocks += _reduced(known)
    return Drawing(fallback(text), [], live=True, view=home_tab(blocks))


def _list(title: str, issues: Sequence[Issue], nothing: str, now: datetime, command: str) -> list[Block]:
    blocks: list[Block] = [divider(), header(title)]
    if not issues:
        blocks.append(context(nothing))
    for issue in issues[:PER_LIST]:
        blocks += rows(issue, now)
    if len(issues) > PER_LIST:
        blocks.append(context(_MORE.format(command=inline(command))))
    return blocks


def _reduced(known: Mapping[str, object]) -> list[Block]:
    """What this workspace does not allow Rung to do, so that nobody waits for it."""
    named = known.get("reduced")
    missing = [inline(str(one)) for one in named] if isinstance(named, list | tuple) else []
    return [divider(), context("Not available here: " + "; ".join(missing))] if missing else []


def _duties(known: Mapping[str, object]) -> list[Duty]:
    """Those of the reader first, as given."""
    given = known.get("duties")
    return [one for one in given if isinstance(one, Duty)] if isinstance(given, list | tuple) else []


def _issues(known: Mapping[str, object], name: str) -> list[Issue]:
    """The most urgent first, otherwise as given."""
    given = known.get(name)
    issues = [one for one in given if isinstance(one, Issue)] if isinstance(given, list | tuple) else []
    return sorted(issues, key=lambda one: one.route.priority.rank)
