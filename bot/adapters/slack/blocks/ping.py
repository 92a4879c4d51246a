"""A ping, a reminder, a nag: one glance on a phone, and the truth for ever after."""

from datetime import datetime

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import facts
from bot.adapters.slack.blocks.buttons import issue_button
from bot.adapters.slack.blocks.elements import Block, actions, context, plain_section, section
from bot.adapters.slack.blocks.menu import issue_menu
from bot.adapters.slack.blocks.quotes import quote
from bot.adapters.slack.blocks.subject import issue_of
from bot.adapters.slack.blocks.text import bold, fallback, inline, render
from bot.adapters.slack.blocks.whole import AGAIN
from bot.adapters.slack.drawing import Drawing
from bot.domain.bypassing import why_straight
from bot.domain.issue import Issue, Stage, Target, TargetKind
from bot.domain.notification import Notice
from bot.domain.reopening import why_again
from bot.domain.wording import handing, prompts
from bot.domain.wording.lateness import deadlines
from bot.usecases.rows import Letter

HAPPENED_LIMIT = 400
STRAIGHT = "Why it comes straight to you"
CUT = "Cut here. Details shows all of it."


def draw_ping(letter: Letter) -> Drawing:
    """What this person or channel is asked now. Raises ValueError for a letter about no issue."""
    issue, notice = issue_of(letter), letter.row.notice
    prompt = prompts.prompt(issue, notice)
    said = render(prompt.sentence, letter.now)
    if not prompt.live:
        return _settled(issue, said, prompt, letter.now)
    promised = render(deadlines(issue), letter.now)
    asker = f"For {facts.asked_by(issue)}"
    small = [one for one in (promised, asker, *_place(issue, notice, prompt.escalate_to, letter.now)) if one]
    straight = why_straight(issue, int(notice.args.get("level", 0)), int(notice.args.get("round", 0)))
    blocks: list[Block] = [
        section(bold(said)),
        plain_section(facts.heading(issue)),
        context(facts.kind_line(issue)),
        *quote("", issue.facts.happened, HAPPENED_LIMIT, CUT),
        *quote(AGAIN, why_again(issue), HAPPENED_LIMIT, CUT),
        *quote(STRAIGHT, straight, HAPPENED_LIMIT),
        context("\n".join(small)),
        *actions([issue_button(action, issue) for action in _offered(prompt, letter.row.notice.to)]),
    ]
    happened = facts.quoted_line("What happened", issue.facts.happened)
    again = facts.quoted_line(AGAIN, why_again(issue))
    jumped = facts.quoted_line(STRAIGHT, straight)
    text = [said, facts.heading_line(issue), facts.kind_line(issue), happened, again, jumped, *small]
    return Drawing(fallback(text), blocks, live=True)


def _settled(issue: Issue, said: str, prompt: prompts.Prompt, now: datetime) -> Drawing:
    """Who took it works from here: the card may be in a channel they do not look at."""
    climb = [ids.ESCALATE] if prompt.escalate_to else []
    go_on = [ids.GO_ON] if issue.waiting else []
    work = [*go_on, ids.UPDATE, *climb, ids.RESOLVE] if prompt.has_it else []
    menu = [issue_menu(issue)] if prompt.has_it else []
    promised = render(deadlines(issue), now) if prompt.has_it else ""
    about = [line for line in (facts.heading_line(issue), promised) if line]
    blocks: list[Block] = [
        section(said),
        context("\n".join(about)),
        *actions([*(issue_button(action, issue) for action in (*work, ids.DETAILS)), *menu]),
    ]
    return Drawing(fallback([said, *about]), blocks, live=prompt.has_it)


def _offered(prompt: prompts.Prompt, to: Target) -> list[str]:
    """A channel cannot decline: somebody else in it may still take the issue."""
    decline = [ids.DECLINE] if to.kind is TargetKind.USER else []
    climb = [ids.ESCALATE] if prompt.escalate_to else []
    return [ids.ACK, *decline, *climb, ids.DETAILS]


def _place(issue: Issue, notice: Notice, upcoming: str | None, now: datetime) -> list[str]:
    """Which level asks, and what happens when it stays silent."""
    number, levels = int(notice.args.get("level", 0)), issue.route.levels
    if not 1 <= number <= len(levels):
        return ["Asked after every level. It is asked again until somebody takes it."]
    level = levels[number - 1]
    role = f": {inline(level.role)}" if level.role else ""
    place = f"Level {number} of {len(levels)}, {inline(level.name)}{role}"
    if issue.position.stage is Stage.NAMED:
        return [place, render(handing.if_nobody(issue), now)]
    return [place, f"If nobody answers, {inline(upcoming)} is asked next."] if upcoming else [place]
