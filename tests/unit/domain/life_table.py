"""The life of an issue as one table: every state, every verb, and what comes of it.

The table lists what is allowed, and the sentences that say more than usual. Whatever it does not list is answered with
`nothing_to_do`.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.domain import (
    answering,
    breaching,
    bypassing,
    changing,
    closing,
    following_up,
    handing,
    hiding,
    joining,
    merging,
    noting,
    rating,
    sending_back,
    snoozing,
    standing_in,
    still_on_it,
    waiting,
    withdrawing,
    working,
)
from bot.domain.care import Bypass, Care, Owing
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import STATE_WORDS, State, Verb
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
    ask,
    climbing,
    closed,
    contact,
    issue,
    minutes,
    published,
    resolved,
    user,
)
from tests.builders import acknowledged as taken

LATER = NOON + minutes(120)
"""When everything in the table is tried."""
_BOSS = actor(MANAGER, manager=True)
_MEMBER = actor("U_ELSE", member=True)
_ZED = handing.Wish(contact("U_ZED"), (user("U_ZED"),), "Zed")
_SENT_BACK = sending_back.send_back(issue(), actor(ANA), "first_try", "", QUARTER).issue
_GONE = handing.owner_gone(taken(issue(asks=(ask(contact="oncall:care"),))), ANA, "away", QUARTER).issue

ISSUES: dict[str, Issue] = {
    "open": issue(),
    "acknowledged": taken(issue()),
    "acknowledged, climbing": climbing(issue()),
    "acknowledged, waiting": breaching.pause(taken(issue()), QUARTER, "requester", ANA).issue,
    "acknowledged, snoozed": snoozing.snooze(taken(issue()), actor(ANA), LATER + minutes(30), QUARTER).issue,
    "acknowledged, gone": _GONE.bump(
        asks=(*_GONE.asks, ask("U_NEXT", 1, 1, contact="oncall:care", at=QUARTER))
    ),
    "resolved": resolved(issue()),
    "closed": closed(issue()),
    "sent_back": _SENT_BACK,
    "sent_back, appealed": sending_back.appeal(_SENT_BACK, actor(RAVI), "It is one.", QUARTER).issue,
    "withdrawn": withdrawing.withdraw(issue(), actor(RAVI), "", QUARTER).issue,
    "merged": merging.merge(issue(), issue(2), actor(ANA), QUARTER)[0].issue,
}
"""ISS-1 in every state; what is behind the comma is more than the state says. Ana is on level 1 and takes it, Ravi
raised it for himself."""

VERBS: dict[Verb, Callable[[Issue], Change]] = {
    Verb.ACKNOWLEDGE: lambda one: answering.acknowledge(one, _BOSS, LATER, anyway=True),
    Verb.DECLINE: lambda one: answering.decline(one, actor(_asked(one)), LATER),
    Verb.ESCALATE: lambda one: working.escalate(one, _BOSS, _seen(one), LATER),
    Verb.BYPASS: lambda one: bypassing.bypass(one, _BOSS, 3, "Now.", _seen(one), LATER),
    Verb.APPROVE: lambda one: bypassing.answer(_wishing(one), _BOSS, True, LATER),
    Verb.UPDATE: lambda one: working.update_requester(one, actor(ANA), "We are on it.", LATER),
    Verb.CHANGE: lambda one: changing.change_facts(one, actor(ANA), {"urgency": "soon"}, published(), LATER),
    Verb.WAIT: lambda one: waiting.wait(one, actor(ANA), "requester", "Which one?", LATER),
    Verb.GO_ON: lambda one: waiting.go_on(one, actor(ANA), LATER),
    Verb.ANSWER: lambda one: waiting.answer(one, actor(RAVI), "This one.", LATER),
    Verb.RESOLVE: lambda one: working.resolve(one, actor(ANA), "Restarted.", LATER),
    Verb.CONFIRM: lambda one: closing.confirm(one, actor(RAVI), LATER),
    Verb.DISPUTE: lambda one: closing.dispute(one, actor(RAVI), "Still down.", LATER),
    Verb.CLOSE: lambda one: closing.close(one, LATER),
    Verb.GIVE_BACK: lambda one: handing.give_back(one, actor(ANA), "", LATER),
    Verb.ASSIGN: lambda one: handing.assign(one, actor(ANA), _ZED, "", LATER),
    Verb.KEEP: lambda one: still_on_it.keep(one, actor(ANA), LATER),
    Verb.SNOOZE: lambda one: snoozing.snooze(one, actor(ANA), LATER + minutes(60), LATER),
    Verb.NOTE: lambda one: noting.note(one, actor(ANA), "A hint.", LATER),
    Verb.EDIT: lambda one: noting.edit(one, actor(ANA), {"title": "Till is down"}, LATER),
    Verb.WATCH: lambda one: joining.watch(one, _MEMBER, LATER),
    Verb.JOIN: lambda one: joining.join(one, _MEMBER, LATER),
    Verb.LINK: lambda one: merging.link(one, issue(2), actor(ANA), LATER)[0],
    Verb.MERGE: lambda one: merging.merge(one, issue(2), actor(ANA), LATER)[0],
    Verb.HIDE: lambda one: hiding.hide(one, actor(ANA), LATER),
    Verb.SEND_BACK: lambda one: sending_back.send_back(one, actor(_asked(one)), "first_try", "", LATER),
    Verb.APPEAL: lambda one: sending_back.appeal(one, actor(RAVI), "It is one.", LATER),
    Verb.JUDGE: lambda one: sending_back.judge(one, _BOSS, True, "", LATER),
    Verb.WITHDRAW: lambda one: withdrawing.withdraw(one, actor(RAVI), "", LATER),
    Verb.SOLVE: lambda one: withdrawing.solved(one, actor(RAVI), "", LATER),
    Verb.TELL: lambda one: standing_in.tell(_owing(one), actor(RAVI), 1, LATER),
    Verb.RATE: lambda one: rating.rate(one, actor(RAVI), 4, LATER),
    Verb.COMMENT: lambda one: rating.comment(one, actor(RAVI), "A call.", LATER),
    Verb.FOLLOW_UP: lambda one: following_up.lasted(_asked_whether_it_lasted(one), actor(RAVI), LATER),
    Verb.THANK: lambda one: noting.thank(one, actor(RAVI), ANA, "", LATER),
}
"""Each verb as somebody does it who may, two hours after noon, with everything it needs but the state."""

_ALWAYS = (Verb.NOTE, Verb.WATCH, Verb.LINK, Verb.TELL)
_AFTER = (Verb.ANSWER, Verb.JOIN, Verb.EDIT, Verb.HIDE)
_IN_WORK = (
    Verb.DECLINE,
    Verb.ESCALATE,
    Verb.BYPASS,
    Verb.APPROVE,
    Verb.UPDATE,
    Verb.CHANGE,
    Verb.ASSIGN,
    *_AFTER,
)
_OWNED = (Verb.WAIT, Verb.KEEP, Verb.SNOOZE, Verb.THANK)
_BY_THE_RAISER = {Verb.WITHDRAW: State.WITHDRAWN, Verb.SOLVE: State.CLOSED, Verb.MERGE: State.MERGED}
_ENDS = {**_BY_THE_RAISER, Verb.RESOLVE: State.RESOLVED, Verb.SEND_BACK: State.SENT_BACK}
_TAKEN: dict[Verb, State] = {
    **dict.fromkeys((*_ALWAYS, *_IN_WORK, *_OWNED), State.ACKNOWLEDGED),
    **_ENDS,
    Verb.GIVE_BACK: State.OPEN,
}
ALLOWED: dict[str, dict[Verb, State]] = {
    "open": {
        **dict.fromkeys((*_ALWAYS, *_IN_WORK), State.OPEN),
        **_ENDS,
        Verb.ACKNOWLEDGE: State.ACKNOWLEDGED,
    },
    "acknowledged": _TAKEN,
    "acknowledged, climbing": {**_TAKEN, Verb.ACKNOWLEDGE: State.ACKNOWLEDGED},
    "acknowledged, waiting": {**_TAKEN, Verb.GO_ON: State.ACKNOWLEDGED},
    "acknowledged, snoozed": _TAKEN,
    "acknowledged, gone": {
        **_TAKEN,
        Verb.ACKNOWLEDGE: State.ACKNOWLEDGED,
    },
    "resolved": {
        **dict.fromkeys((*_ALWAYS, *_AFTER, Verb.THANK), State.RESOLVED),
        **_BY_THE_RAISER,
        **dict.fromkeys((Verb.CONFIRM, Verb.CLOSE), State.CLOSED),
        Verb.DISPUTE: State.OPEN,
    },
    "closed": {
        **dict.fromkeys((*_ALWAYS, Verb.RATE, Verb.COMMENT, Verb.FOLLOW_UP, Verb.THANK), State.CLOSED),
        Verb.DISPUTE: State.OPEN,
    },
    "sent_back": dict.fromkeys((*_ALWAYS, Verb.APPEAL), State.SENT_BACK),
    "sent_back, appealed": {**dict.fromkeys(_ALWAYS, State.SENT_BACK), Verb.JUDGE: State.OPEN},
    "withdrawn": {**dict.fromkeys(_ALWAYS, State.WITHDRAWN), Verb.DISPUTE: State.OPEN},
    "merged": {**dict.fromkeys(_ALWAYS, State.MERGED), Verb.DISPUTE: State.OPEN},
}
"""What may be done, and the state after it. A sentence in `SAID` counts more."""

_TOOK = "@U_ANA took ISS-1 at 12:15 UTC."
_RESOLVED = "@U_ANA resolved ISS-1 at 12:30 UTC."
_GOES_ON = "ISS-1 is not resolved yet, so it goes on anyway."
_CLOSED = "ISS-1 is closed already. Thank you."
_APPEALS = "ISS-1 was sent back. Who raised it, or whom it is for, may appeal; then somebody else decides."
_WITH_ANA = {
    Verb.ACKNOWLEDGE: _TOOK,
    Verb.DECLINE: "You have ISS-1 already.",
    Verb.GO_ON: "ISS-1 does not wait, so it goes on anyway. Nothing to do.",
    Verb.DISPUTE: _GOES_ON,
}
_SENT = {Verb.SEND_BACK: "@U_ANA sent ISS-1 back at 12:15 UTC.", Verb.DISPUTE: _APPEALS}
SAID: dict[str, dict[Verb, str]] = {
    "open": {
        Verb.WAIT: "Nobody has ISS-1 yet, so it cannot wait. Press Acknowledge first.",
        Verb.DISPUTE: _GOES_ON,
    },
    "acknowledged": _WITH_ANA,
    "acknowledged, climbing": {
        Verb.GO_ON: _WITH_ANA[Verb.GO_ON],
        Verb.BYPASS: "Director is not above the level that is asked next, so nothing is left out. "
        "@U_ANA has it. Shift lead is asked now and answers by 12:45 UTC.",
        Verb.DISPUTE: _GOES_ON,
    },
    "acknowledged, waiting": {
        **{verb: said for verb, said in _WITH_ANA.items() if verb is not Verb.GO_ON},
        Verb.WAIT: "ISS-1 waits already, since 12:15 UTC. Press Go on to end that.",
    },
    "acknowledged, snoozed": _WITH_ANA,
    "acknowledged, gone": {verb: said for verb, said in _WITH_ANA.items() if verb is not Verb.ACKNOWLEDGE},
    "resolved": {Verb.RESOLVE: _RESOLVED},
    "closed": {
        Verb.RESOLVE: _RESOLVED,
        Verb.ANSWER: "ISS-1 is closed. If it is not solved, press Not solved; "
        "what you write there is read at once.",
        Verb.CONFIRM: _CLOSED,
        Verb.SOLVE: _CLOSED,
    },
    "sent_back": _SENT,
    "sent_back, appealed": {
        **_SENT,
        Verb.APPEAL: "You appealed at 12:15 UTC, and somebody else looks at ISS-1 now. "
        "You are told what they decide.",
    },
    "withdrawn": {Verb.WITHDRAW: "ISS-1 was withdrawn at 12:15 UTC already."},
    "merged": {},
}
"""Sentences that say more than that there is nothing to do."""


def nothing_to_do(name: str, verb: Verb) -> str:
    """What is said to everything that neither table knows."""
    state = STATE_WORDS[ISSUES[name].state]
    if verb is Verb.JUDGE:
        return f"ISS-1 is {state}, and no appeal waits."
    if verb is Verb.HIDE:
        return f"ISS-1 is {state}, so it stays public. Once it is open again, it can be made private."
    return f"ISS-1 is {state}, so there is nothing to {verb}."


def comes_of(name: str, verb: Verb) -> State | str:
    """The state after it, or the sentence with which it is refused."""
    said = SAID[name].get(verb)
    return said if said is not None else ALLOWED[name].get(verb) or nothing_to_do(name, verb)


ROWS = [(name, verb, comes_of(name, verb)) for name in ISSUES for verb in Verb]


def _asked(one: Issue) -> str:
    """Who is on the level it is at."""
    return OMAR if one.position.level == 2 else ANA


def _seen(one: Issue) -> tuple[int, int]:
    """What a button shows that was drawn just now."""
    return one.ask_level, one.position.round


def _wishing(one: Issue) -> Issue:
    """Somebody would like to leave out the next level."""
    return one.bump(
        care=Care(bypass=Bypass(RAVI, 3, "Now.", LATER, path=one.route.path.name, owner=one.owner or ""))
    )


def _owing(one: Issue) -> Issue:
    """Ravi has a text to bring to somebody without Slack."""
    named = replace(one.facts, requester_name="Mrs Lee")
    return one.bump(facts=named, care=replace(one.care, owing=(Owing(1, NOON),)))


def _asked_whether_it_lasted(one: Issue) -> Issue:
    return one.bump(care=replace(one.care, followed_up_at=QUARTER))
