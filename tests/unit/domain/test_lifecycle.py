"""Every state with every verb: what comes of it, or the sentence that says why nothing does."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain import (
    answering,
    breaching,
    bypassing,
    changing,
    closing,
    following_up,
    handing,
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
from bot.domain.errors import Refused
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import IN_WORK, STATE_WORDS, TRANSITIONS, State, Verb, move
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    RAVI,
    actor,
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
ISSUES: dict[str, Issue] = {
    "open": issue(),
    "acknowledged": taken(issue()),
    "acknowledged, climbing": climbing(issue()),
    "acknowledged, waiting": breaching.pause(taken(issue()), QUARTER, "requester", ANA).issue,
    "resolved": resolved(issue()),
    "closed": closed(issue()),
    "sent_back": sending_back.send_back(issue(), actor(ANA), "first_try", "", QUARTER).issue,
    "sent_back, appealed": sending_back.appeal(
        sending_back.send_back(issue(), actor(ANA), "first_try", "", QUARTER).issue,
        actor(RAVI),
        "It is one.",
        QUARTER,
    ).issue,
    "withdrawn": withdrawing.withdraw(issue(), actor(RAVI), "", QUARTER).issue,
    "merged": issue(state=State.MERGED, position=issue().position.at_rest(), closed_at=QUARTER),
}


ZED = handing.Wish(contact("U_ZED"), (user("U_ZED"),), "Zed")


def _escalate(one: Issue) -> Change:
    return working.escalate(one, actor(MANAGER, manager=True), (one.ask_level, one.position.round), LATER)


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


VERBS: dict[Verb, Callable[[Issue], Change]] = {
    Verb.TELL: lambda one: standing_in.tell(_owing(one), actor(RAVI), 1, LATER),
    Verb.RATE: lambda one: rating.rate(one, actor(RAVI), 4, LATER),
    Verb.COMMENT: lambda one: rating.comment(one, actor(RAVI), "A call.", LATER),
    Verb.FOLLOW_UP: lambda one: following_up.lasted(_asked_whether_it_lasted(one), actor(RAVI), LATER),
    Verb.BYPASS: lambda one: bypassing.bypass(
        one,
        actor(MANAGER, manager=True),
        3,
        "Now.",
        (one.ask_level, one.position.round),
        LATER,
    ),
    Verb.APPROVE: lambda one: bypassing.answer(_wishing(one), actor(MANAGER, manager=True), True, LATER),
    Verb.SEND_BACK: lambda one: sending_back.send_back(one, actor(_asked(one)), "first_try", "", LATER),
    Verb.APPEAL: lambda one: sending_back.appeal(one, actor(RAVI), "It is one.", LATER),
    Verb.JUDGE: lambda one: sending_back.judge(one, actor(MANAGER, manager=True), True, "", LATER),
    Verb.WITHDRAW: lambda one: withdrawing.withdraw(one, actor(RAVI), "", LATER),
    Verb.SOLVE: lambda one: withdrawing.solved(one, actor(RAVI), "", LATER),
    Verb.ACKNOWLEDGE: lambda one: answering.acknowledge(one, actor(MANAGER, manager=True), LATER),
    Verb.DECLINE: lambda one: answering.decline(one, actor(_asked(one)), LATER),
    Verb.ESCALATE: _escalate,
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
    Verb.ASSIGN: lambda one: handing.assign(one, actor(ANA), ZED, "", LATER),
    Verb.KEEP: lambda one: still_on_it.keep(one, actor(ANA), LATER),
    Verb.SNOOZE: lambda one: snoozing.snooze(one, actor(ANA), LATER + minutes(60), LATER),
}
TOOK = "@U_ANA took ISS-1 at 12:15 UTC."
RESOLVED = "@U_ANA resolved ISS-1 at 12:30 UTC."
TABLE: dict[str, dict[Verb, State | str]] = {
    "open": {
        Verb.ACKNOWLEDGE: State.ACKNOWLEDGED,
        Verb.DECLINE: State.OPEN,
        Verb.ESCALATE: State.OPEN,
        Verb.UPDATE: State.OPEN,
        Verb.CHANGE: State.OPEN,
        Verb.WAIT: "Nobody has ISS-1 yet, so it cannot wait. Press Acknowledge first.",
        Verb.GO_ON: "ISS-1 is open, so there is nothing to go on with.",
        Verb.ANSWER: State.OPEN,
        Verb.RESOLVE: State.RESOLVED,
        Verb.CONFIRM: "ISS-1 is open, so there is nothing to confirm.",
        Verb.DISPUTE: "ISS-1 is not resolved yet, so it goes on anyway.",
        Verb.CLOSE: "ISS-1 is open, so there is nothing to close.",
    },
    "acknowledged": {
        Verb.ACKNOWLEDGE: TOOK,
        Verb.DECLINE: "You have ISS-1 already.",
        Verb.ESCALATE: State.ACKNOWLEDGED,
        Verb.UPDATE: State.ACKNOWLEDGED,
        Verb.CHANGE: State.ACKNOWLEDGED,
        Verb.WAIT: State.ACKNOWLEDGED,
        Verb.GO_ON: "ISS-1 does not wait, so it goes on anyway. Nothing to do.",
        Verb.ANSWER: State.ACKNOWLEDGED,
        Verb.RESOLVE: State.RESOLVED,
        Verb.CONFIRM: "ISS-1 is in work, so there is nothing to confirm.",
        Verb.DISPUTE: "ISS-1 is not resolved yet, so it goes on anyway.",
        Verb.CLOSE: "ISS-1 is in work, so there is nothing to close.",
    },
    "acknowledged, climbing": {
        Verb.ACKNOWLEDGE: State.ACKNOWLEDGED,
        Verb.DECLINE: State.ACKNOWLEDGED,
        Verb.ESCALATE: State.ACKNOWLEDGED,
        Verb.UPDATE: State.ACKNOWLEDGED,
        Verb.CHANGE: State.ACKNOWLEDGED,
        Verb.WAIT: "Shift lead is asked for help with ISS-1 right now, so it cannot wait yet. "
        "Please try again when they have answered.",
        Verb.GO_ON: "ISS-1 does not wait, so it goes on anyway. Nothing to do.",
        Verb.ANSWER: State.ACKNOWLEDGED,
        Verb.RESOLVE: State.RESOLVED,
        Verb.CONFIRM: "ISS-1 is in work, so there is nothing to confirm.",
        Verb.DISPUTE: "ISS-1 is not resolved yet, so it goes on anyway.",
        Verb.CLOSE: "ISS-1 is in work, so there is nothing to close.",
    },
    "acknowledged, waiting": {
        Verb.ACKNOWLEDGE: TOOK,
        Verb.DECLINE: "You have ISS-1 already.",
        Verb.ESCALATE: State.ACKNOWLEDGED,
        Verb.UPDATE: State.ACKNOWLEDGED,
        Verb.CHANGE: State.ACKNOWLEDGED,
        Verb.WAIT: "ISS-1 waits already, since 12:15 UTC. Press Go on to end that.",
        Verb.GO_ON: State.ACKNOWLEDGED,
        Verb.ANSWER: State.ACKNOWLEDGED,
        Verb.RESOLVE: State.RESOLVED,
        Verb.CONFIRM: "ISS-1 is in work, so there is nothing to confirm.",
        Verb.DISPUTE: "ISS-1 is not resolved yet, so it goes on anyway.",
        Verb.CLOSE: "ISS-1 is in work, so there is nothing to close.",
    },
    "resolved": {
        Verb.ACKNOWLEDGE: "ISS-1 is resolved, so there is nothing to acknowledge.",
        Verb.DECLINE: "ISS-1 is resolved, so there is nothing to decline.",
        Verb.ESCALATE: "ISS-1 is resolved, so there is nothing to escalate.",
        Verb.UPDATE: "ISS-1 is resolved, so there is nothing to update.",
        Verb.CHANGE: "ISS-1 is resolved, so there is nothing to change.",
        Verb.WAIT: "ISS-1 is resolved, so there is nothing to wait for.",
        Verb.GO_ON: "ISS-1 is resolved, so there is nothing to go on with.",
        Verb.ANSWER: State.RESOLVED,
        Verb.RESOLVE: RESOLVED,
        Verb.CONFIRM: State.CLOSED,
        Verb.DISPUTE: State.OPEN,
        Verb.CLOSE: State.CLOSED,
    },
    "closed": {
        Verb.ACKNOWLEDGE: "ISS-1 is closed, so there is nothing to acknowledge.",
        Verb.DECLINE: "ISS-1 is closed, so there is nothing to decline.",
        Verb.ESCALATE: "ISS-1 is closed, so there is nothing to escalate.",
        Verb.UPDATE: "ISS-1 is closed, so there is nothing to update.",
        Verb.CHANGE: "ISS-1 is closed, so there is nothing to change.",
        Verb.WAIT: "ISS-1 is closed, so there is nothing to wait for.",
        Verb.GO_ON: "ISS-1 is closed, so there is nothing to go on with.",
        Verb.ANSWER: "ISS-1 is closed. If it is not solved, press Not solved; what you write there is read at once.",
        Verb.RESOLVE: RESOLVED,
        Verb.CONFIRM: "ISS-1 is closed already. Thank you.",
        Verb.DISPUTE: State.OPEN,
        Verb.CLOSE: "ISS-1 is closed, so there is nothing to close.",
    },
}
HANDING = (Verb.GIVE_BACK, Verb.ASSIGN, Verb.KEEP, Verb.SNOOZE)
for _name in ISSUES:
    _state = ISSUES[_name].state
    _nothing = f"ISS-1 is {STATE_WORDS[_state]}, so there is nothing to {{}}."
    _row: dict[Verb, State | str] = {one: _nothing.format(one.value) for one in HANDING}
    if _state is State.OPEN:
        _row[Verb.ASSIGN] = State.OPEN
    if _state is State.ACKNOWLEDGED:
        _row |= dict.fromkeys(HANDING, State.ACKNOWLEDGED) | {Verb.GIVE_BACK: State.OPEN}
    TABLE.setdefault(_name, {}).update(_row)
BY_HAND = (Verb.BYPASS, Verb.APPROVE, Verb.SEND_BACK, Verb.APPEAL, Verb.JUDGE, Verb.WITHDRAW, Verb.SOLVE)
FROM_OPEN_ON = {Verb.WITHDRAW: State.WITHDRAWN, Verb.SOLVE: State.CLOSED}
NOT_ABOVE = (
    "Director is not above the level that is asked next, so nothing is left out. @U_ANA has it. "
    "Shift lead is asked now and answers by 12:45 UTC."
)
SENT = "@U_ANA sent ISS-1 back at 12:15 UTC."
for _name, _one in ISSUES.items():
    _row = {one: f"ISS-1 is {STATE_WORDS[_one.state]}, so there is nothing to {one}." for one in BY_HAND}
    _row[Verb.JUDGE] = f"ISS-1 is {STATE_WORDS[_one.state]}, and no appeal waits."
    if _one.state in IN_WORK:
        _row |= {Verb.BYPASS: _one.state, Verb.APPROVE: _one.state, Verb.SEND_BACK: State.SENT_BACK}
    if _one.state in (*IN_WORK, State.RESOLVED):
        _row |= FROM_OPEN_ON
    TABLE.setdefault(_name, {}).update(_row)
TABLE["acknowledged, climbing"][Verb.BYPASS] = NOT_ABOVE
TABLE["closed"][Verb.SOLVE] = "ISS-1 is closed already. Thank you."
TABLE["withdrawn"][Verb.WITHDRAW] = "ISS-1 was withdrawn at 12:15 UTC already."
TABLE["sent_back"] |= {Verb.SEND_BACK: SENT, Verb.APPEAL: State.SENT_BACK}
TABLE["sent_back, appealed"] |= {
    Verb.SEND_BACK: SENT,
    Verb.APPEAL: "You appealed at 12:15 UTC, and somebody else looks at ISS-1 now. You are told what they decide.",
    Verb.JUDGE: State.OPEN,
}
TO_OPEN_AGAIN = {State.WITHDRAWN: State.OPEN, State.MERGED: State.OPEN}
APPEALS = "ISS-1 was sent back. Who raised it, or whom it is for, may appeal; then somebody else decides."
BEFORE = (
    Verb.ACKNOWLEDGE,
    Verb.DECLINE,
    Verb.ESCALATE,
    Verb.UPDATE,
    Verb.CHANGE,
    Verb.WAIT,
    Verb.GO_ON,
    Verb.ANSWER,
    Verb.RESOLVE,
    Verb.CONFIRM,
    Verb.CLOSE,
)
for _name in ("sent_back", "sent_back, appealed", "withdrawn", "merged"):
    _state = ISSUES[_name].state
    for _verb in BEFORE:
        TABLE[_name].setdefault(_verb, f"ISS-1 is {STATE_WORDS[_state]}, so there is nothing to {_verb}.")
    TABLE[_name][Verb.DISPUTE] = TO_OPEN_AGAIN.get(_state, APPEALS)
for _name, _one in ISSUES.items():
    TABLE[_name] |= {Verb.TELL: _one.state}
    for _verb in (Verb.RATE, Verb.COMMENT, Verb.FOLLOW_UP):
        _refusal = f"ISS-1 is {STATE_WORDS[_one.state]}, so there is nothing to {_verb}."
        TABLE[_name][_verb] = _one.state if _one.state is State.CLOSED else _refusal
ROWS = [(name, verb, result) for name, row in TABLE.items() for verb, result in row.items()]


def _asked(one: Issue) -> str:
    return OMAR if one.position.level == 2 else ANA


@pytest.mark.parametrize(("name", "verb", "result"), ROWS)
def test_each_verb_in_each_state(name: str, verb: Verb, result: State | str) -> None:
    before = ISSUES[name]
    if isinstance(result, State):
        assert VERBS[verb](before).issue.state is result
        return
    with pytest.raises(Refused) as refused:
        VERBS[verb](before)
    assert str(refused.value) == result


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_the_table_of_moves_is_what_the_verbs_do(state: State, verb: Verb) -> None:
    seen = {result for name, row_verb, result in ROWS if row_verb is verb and name.startswith(state.value)}
    allowed = {one for one in seen if isinstance(one, State)}
    assert allowed == ({TRANSITIONS[state, verb]} if (state, verb) in TRANSITIONS else set())


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_a_move_follows_the_table_or_says_the_state_in_plain_words(state: State, verb: Verb) -> None:
    if (state, verb) in TRANSITIONS:
        assert move(state, verb, 7) is TRANSITIONS[state, verb]
        return
    with pytest.raises(Refused, match=rf"^ISS-7 is .*, so there is nothing to {verb}\.$") as refused:
        move(state, verb, 7)
    assert "acknowledged" not in str(refused.value)


@pytest.mark.parametrize(("name", "verb", "result"), ROWS)
def test_a_verb_that_is_done_raises_the_version_and_tells_at_least_one_event(
    name: str, verb: Verb, result: State | str
) -> None:
    if isinstance(result, str):
        return
    before = ISSUES[name]
    change = VERBS[verb](before)
    assert change.issue.version > before.version
    assert change.issue.epoch >= before.epoch
    assert change.events
    assert all(event.at == LATER for event in change.events)


EPOCH_RISES = {
    Verb.BYPASS,
    Verb.SEND_BACK,
    Verb.JUDGE,
    Verb.WITHDRAW,
    Verb.SOLVE,
    Verb.GIVE_BACK,
    Verb.SNOOZE,
    Verb.ACKNOWLEDGE,
    Verb.ESCALATE,
    Verb.RESOLVE,
    Verb.CONFIRM,
    Verb.DISPUTE,
    Verb.CLOSE,
}


@pytest.mark.parametrize(
    ("name", "verb"), [(a, b) for a, b, c in ROWS if b in EPOCH_RISES and isinstance(c, State)]
)
def test_timers_of_before_are_void_after(name: str, verb: Verb) -> None:
    assert VERBS[verb](ISSUES[name]).issue.epoch > ISSUES[name].epoch


def test_an_update_leaves_the_timers_running() -> None:
    assert VERBS[Verb.UPDATE](ISSUES["open"]).issue.epoch == ISSUES["open"].epoch
