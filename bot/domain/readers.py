"""Who reads what the requester is told: they, everybody else it is for, and the raiser where they have no Slack.

A message to the requester is made once (`notices.tell_requester`); here it gets what each of them needs beside it: by
when the next news come, the button to write back, and a conversation of their own.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.caring_time import next_update_by
from bot.domain.issue import Issue, Target, TargetKind
from bot.domain.lifecycle import IN_WORK
from bot.domain.notices import tell_raiser
from bot.domain.notification import Notice, NoticeKind
from bot.domain.standing_in import brings, carrier, carriers, is_absent
from bot.domain.wording import caring
from bot.domain.words import Sentence, load_sentence

NOT_FOR_THE_FURTHER = {"confirm": "dispute"}
"""Whom it is for besides the requester may say "Not solved"; only the requester closes it."""


_PRESSED = (
    ("unless you press Not solved", "unless you tell us that it is not"),
    ("press Not solved", "tell us"),
    ("press Answer", "answer"),
    ("press Appeal", "tell us"),
)
"""What somebody without Slack does instead: whoever brings them the text has the button."""


def to_readers(issue: Issue, notice: Notice) -> Iterator[Notice]:
    """One message for each who reads it; any other notice as it is."""
    if notice.kind is not NoticeKind.REQUESTER:
        yield notice
        return
    whole = _whole(issue, notice)
    yield _for_raiser(issue, whole) if is_absent(issue) else whole
    if whole.args.get("alone"):
        return
    for user in further(issue):
        if not brings(issue, user):
            yield _for_further(issue, whole, user)
    for user in carriers(issue):
        if not is_absent(issue) or user != carrier(issue, issue.raiser):
            yield _for_bearer(issue, whole, user)


def further(issue: Issue) -> tuple[str, ...]:
    """Whom else it is for, and who does not have it themselves."""
    return tuple(one for one in issue.company.further if one not in (issue.requester, issue.owner))


def for_others(notice: Notice, sentence: Sentence) -> Notice:
    """The same message, with other words for those whom it is for besides the requester."""
    return replace(notice, args={**notice.args, "others": sentence.dump()})


def to_writer(issue: Issue, key: str, user: str, sentence: Sentence, to_requester: Notice) -> Notice:
    """Thanks, for the one of them who wrote: the others are not told that they did."""
    if is_absent(issue) and user == issue.raiser:
        return tell_raiser(issue, key, sentence)
    alone = replace(to_requester, args={**to_requester.args, "alone": 1})
    if user == issue.requester:
        return alone
    return _at_home(issue, alone, user)


def _whole(issue: Issue, notice: Notice) -> Notice:
    """With the time of the next news, and Reply where nothing else is asked."""
    args = {**notice.args, "reader": issue.requester}
    if issue.state in IN_WORK and not notice.text("buttons"):
        args["buttons"] = "reply"
    by = next_update_by(issue)
    if by is not None:
        args["next"] = caring.next_update(by).dump()
    return replace(notice, args=args)


def _for_further(issue: Issue, notice: Notice, user: str) -> Notice:
    args = dict(notice.args)
    asks = " ".join(NOT_FOR_THE_FURTHER.get(one, one) for one in notice.text("buttons").split())
    args |= {"buttons": asks, "reader": user}
    if "others" in args:
        args["sentence"] = args.pop("others")
    return _at_home(issue, replace(notice, args=args), user)


def _at_home(issue: Issue, notice: Notice, user: str) -> Notice:
    """In a direct message, which keeps its own order."""
    to = Target(TargetKind.USER, user)
    return replace(notice, to=to, key=f"{notice.key}:{user}", lane=f"req:{issue.number}:{user}")


def _for_raiser(issue: Issue, notice: Notice) -> Notice:
    """A text to bring, with what the raiser may answer for them; whoever does it in their place answers nothing."""
    user = carrier(issue, issue.raiser)
    asks = f"told {notice.text('buttons') if user == issue.raiser else ''}".strip()
    args = {**notice.args, "buttons": asks, "n": issue.version, "copy": 1}
    to = Target(TargetKind.USER, user)
    return replace(notice, kind=NoticeKind.RAISER, to=to, key=f"copy:{notice.key}", args=args)


def _for_bearer(issue: Issue, notice: Notice, user: str) -> Notice:
    """A text to bring, for whoever raised what was merged into this one. They answer as one of the further."""
    told = _for_further(issue, notice, user)
    asks = told.text("buttons") if user in further(issue) else ""
    args = {**told.args, "buttons": f"told {asks}".strip(), "n": issue.version, "copy": 1}
    args["sentence"] = _without_buttons(load_sentence(told.text("sentence"))).dump()
    return replace(told, kind=NoticeKind.RAISER, key=f"copy:{told.key}", args=args)


def _without_buttons(sentence: Sentence) -> Sentence:
    parts = list(sentence.parts)
    for pressed, instead in _PRESSED:
        parts = [one.replace(pressed, instead) if isinstance(one, str) else one for one in parts]
    return Sentence(tuple(parts))
