"""What an issue is, in the words every picture shares."""

from datetime import datetime

from bot.adapters.slack.blocks.clean import first_upper, one_line, visible
from bot.adapters.slack.blocks.elements import Block, fields
from bot.adapters.slack.blocks.quotes import labelled
from bot.adapters.slack.blocks.text import ELLIPSIS, cut, inline, instant, person, shorten, units
from bot.domain.ids import issue_name
from bot.domain.issue import Issue
from bot.domain.matrix.model import Priority
from bot.domain.standing_in import carrier
from bot.domain.veil import hidden
from bot.domain.wording import names

LINE_LIMIT = 700
"""User text in one line of a fallback text, so that one long answer leaves room for the rest."""


def heading(issue: Issue) -> str:
    """``ISS-42 · Checkout is down``: one raw line, for plain_text places."""
    title = one_line(issue.facts.title).strip() if visible(issue.facts.title) else "no title"
    return f"{issue_name(issue.number)} · {title}"


def heading_line(issue: Issue) -> str:
    """The same as one escaped line."""
    return quoted_line("", heading(issue))


def priority(issue: Issue) -> str:
    """``High (P2)``, and whether somebody set it by hand: raw."""
    by_hand = ", set by hand" if issue.facts.priority else ""
    return f"{priority_title(issue.route.priority)}{by_hand}"


def priority_title(one: Priority) -> str:
    """``High (P2)``, or the title alone when it names the key itself: raw."""
    return one.title if one.key.casefold() in one.title.casefold() else f"{one.title} ({one.key})"


def kind_line(issue: Issue) -> str:
    """``High (P2) · Slow response``: one escaped line."""
    return f"{inline(priority(issue))} · {inline(issue.route.type_title)}"


def asked_by(issue: Issue) -> str:
    """Who it is for, and who raised it when that is somebody else: mrkdwn."""
    if issue.facts.requester_name:
        teller = person(carrier(issue, issue.raiser))
        return f"{inline(issue.facts.requester_name)}, who has no Slack; {teller} tells them"
    who = _requester(issue)
    return who if issue.raiser == issue.requester else f"{who}, raised by {person(issue.raiser)}"


def main_facts(issue: Issue, now: datetime) -> list[tuple[str, str]]:
    """(label, mrkdwn) of what every issue has."""
    raised_by = "" if issue.raiser == issue.requester else person(issue.raiser)
    return [
        ("State", first_upper(names.state_words(issue))),
        ("Type", inline(issue.route.type_title)),
        ("Service", inline(issue.route.service_title)),
        ("Client", inline(issue.route.client_title)),
        ("Priority", inline(priority(issue))),
        ("Impact and urgency", inline(first_upper(f"{issue.facts.impact}, {issue.facts.urgency}"))),
        ("Requester", inline(issue.facts.requester_name) or _requester(issue)),
        ("Raised by", raised_by),
        ("Raised", instant(issue.raised_at, now)),
        ("Promised by", instant(issue.facts.promised_by, now) if issue.facts.promised_by else ""),
    ]


def more_facts(issue: Issue) -> list[tuple[str, str]]:
    """(label, raw text) of what the raiser added, and of what belongs to it by now."""
    facts, company = issue.facts, issue.company
    pairs = [
        ("Since", facts.since),
        ("Affected", facts.affected),
        ("Evidence", facts.evidence),
        ("Reference", facts.reference),
        ("Why this priority", facts.priority_reason),
        ("Why it was raised all the same", facts.raised_because),
        ("Tried so far", facts.tried),
        ("Help needed", facts.needed),
        ("Came from", facts.source_link),
        ("Belongs to", ", ".join(issue_name(number) for number in company.links)),
        ("Also for", _also_for(issue)),
    ]
    return [(label, raw) for label, raw in pairs if visible(raw)]


def _also_for(issue: Issue) -> str:
    """Without their number where names are kept back, and after a merge whether or not there are any: else that would
    tell who was among them before."""
    many, unnamed = len(issue.company.further), issue.company.unnamed
    if not many and not unnamed:
        return ""
    return "others, told about every step" if hidden(issue) else f"{many} more, told about every step"


def fact_fields(issue: Issue, now: datetime) -> Block:
    """The main facts side by side."""
    return fields(main_facts(issue, now))


def more_fact_lines(issue: Issue, limit: int) -> list[Block]:
    """The further facts, one line each; nothing when there are none."""
    return labelled(more_facts(issue), limit)


def quoted_line(label: str, raw: str, limit: int = LINE_LIMIT) -> str:
    """``Label: what they wrote`` as one escaped line; empty when they wrote nothing."""
    if not visible(raw):
        return ""
    text = inline(shorten(raw, limit))
    return f"{label}: {text}" if label else text


def fact_lines(issue: Issue, now: datetime) -> list[str]:
    """Every fact as one escaped line, for the fallback text."""
    main = [f"{label}: {value}" for label, value in main_facts(issue, now) if value]
    happened = quoted_line("What happened", issue.facts.happened)
    return [*main, happened, *(quoted_line(label, raw, 300) for label, raw in more_facts(issue))]


def within_one_section(lines: list[str], limit: int) -> str:
    """As many whole lines as fit, with the number of those left out."""
    shown: list[str] = []
    room = limit - len("… and 999999 more")
    for line in lines:
        room -= units(line) + 1
        if room < 0:
            break
        shown.append(line)
    left_out = len(lines) - len(shown)
    if left_out:
        shown.append(f"{ELLIPSIS} and {left_out} more")
    return cut("\n".join(shown), limit)


def _requester(issue: Issue) -> str:
    lost = ", who cannot be reached in Slack any more" if issue.requester in issue.care.lost else ""
    return f"{person(issue.requester)}{lost}"
