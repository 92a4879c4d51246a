"""Messages as values, by what they are for: addresses, keys, lanes and ranks are given here and nowhere else."""

from dataclasses import replace

from bot.domain.contacts import Contact, ContactKind
from bot.domain.issue import Ask, Issue, Target, TargetKind
from bot.domain.notification import Notice, NoticeKind, Op, Rank
from bot.domain.words import Sentence

CARD_KEY = "card"
ANEW = "card:anew"
"""The key of the post that takes the place of a deleted card; once sent, it is the card."""


def place(contact: Contact) -> Target:
    """A contact as an address: channels by ``#name`` until their id is known, people as the matrix writes them."""
    kind = TargetKind.CHANNEL if contact.kind is ContactKind.CHANNEL else TargetKind.USER
    return Target(kind, str(contact))


def card_target(issue: Issue) -> Target:
    """Where the card lives, by the name the matrix uses."""
    return place(issue.route.card_channel)


def requester_target(issue: Issue) -> Target:
    """Where the requester reads updates: the chosen channel, else a direct message; of a private issue always there."""
    if issue.updates_channel and not issue.private:
        return Target(TargetKind.CHANNEL, issue.updates_channel)
    return Target(TargetKind.USER, issue.requester)


def card_notice(issue: Issue, op: Op = Op.POST) -> Notice:
    """Post the card, or draw it anew."""
    rank = Rank.CARD if op is Op.POST else Rank.EDIT
    return Notice(NoticeKind.CARD, CARD_KEY, card_target(issue), _lane(issue), rank, op)


def card_anew(issue: Issue) -> Notice:
    """Post the card in place of one that is gone. A second post of that key is never sent."""
    return replace(card_notice(issue), key=ANEW)


def edited(notice: Notice) -> Notice:
    """The same message, to be drawn anew."""
    return replace(notice, op=Op.EDIT, rank=Rank.EDIT)


def in_thread(issue: Issue, kind: NoticeKind, key: str, sentence: Sentence) -> Notice:
    """A line in the card's thread."""
    return Notice(kind, key, card_target(issue), _lane(issue), Rank.LOG, args={"sentence": sentence.dump()})


def ping(issue: Issue, ask: Ask, kind: NoticeKind, prefix: str) -> Notice:
    """The message that asks one person or channel; `prefix` tells pings, reminders and nags apart."""
    key = f"{prefix}:{issue.opening}:{ask.level}:{ask.round}:{ask.target.id}"
    args: dict[str, str | int] = {
        "opening": issue.opening,
        "level": ask.level,
        "round": ask.round,
        "target": ask.target.id,
    }
    return Notice(kind, key, ask.target, f"{key}:{issue.number}", Rank.PING, args=args)


def tell_requester(issue: Issue, key: str, sentence: Sentence, quote: str = "", buttons: str = "") -> Notice:
    """An update the requester reads."""
    args: dict[str, str | int] = {"sentence": sentence.dump(), "quote": quote, "buttons": buttons}
    args["opening"] = issue.opening
    to = requester_target(issue)
    return Notice(NoticeKind.REQUESTER, f"req:{key}", to, f"req:{issue.number}", Rank.REQUESTER, args=args)


def tell_owner(issue: Issue, key: str, owner: str, sentence: Sentence, quote: str = "") -> Notice:
    """Something who has it, or had it, must know."""
    return tell_person(issue, NoticeKind.OWNER, f"owner:{key}", owner, sentence, quote)


def tell_manager(issue: Issue, key: str, sentence: Sentence, quote: str = "") -> Notice:
    """Something the escalation manager must know."""
    to = place(issue.route.rules.escalation_manager)
    told = tell(issue, NoticeKind.MANAGER, f"manager:{key}", to, sentence)
    return replace(told, args={**told.args, "quote": quote}) if quote else told


def tell_raiser(issue: Issue, key: str, sentence: Sentence, quote: str = "") -> Notice:
    """Something who raised it must know or do."""
    return tell_person(issue, NoticeKind.RAISER, f"raiser:{key}", issue.raiser, sentence, quote)


def tell_person(
    issue: Issue, kind: NoticeKind, key: str, user: str, sentence: Sentence, quote: str = ""
) -> Notice:
    """A sentence for one person, and what somebody wrote, if they did."""
    told = tell(issue, kind, key, Target(TargetKind.USER, user), sentence)
    return replace(told, args={**told.args, "quote": quote}) if quote else told


def asking(issue: Issue, notice: Notice, buttons: str, **args: str | int) -> Notice:
    """The same message with buttons: those of the question of this name in `bot.domain.offers`.

    `args` are what tells this question from others of its kind, for `Offer.live`."""
    return replace(notice, args={**notice.args, "opening": issue.opening, **args, "buttons": buttons})


def tell(issue: Issue, kind: NoticeKind, key: str, to: Target, sentence: Sentence) -> Notice:
    """A sentence for one address, about this issue."""
    return Notice(kind, key, to, f"{key}:{issue.number}", Rank.REQUESTER, args={"sentence": sentence.dump()})


def _lane(issue: Issue) -> str:
    return f"card:{issue.number}"
