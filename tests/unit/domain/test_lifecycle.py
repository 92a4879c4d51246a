"""Every state with every verb: what comes of it, or the sentence that says why nothing does."""

from collections.abc import Callable

import pytest

from bot.domain import (
    answering,
    breaching,
    changing,
    closing,
    handing,
    snoozing,
    still_on_it,
    waiting,
    working,
)
from bot.domain.errors import Refused
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import STATE_WORDS, TRANSITIONS, State, Verb, move
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
}


ZED = handing.Wish(contact("U_ZED"), (user("U_ZED"),), "Zed")


def _escalate(one: Issue) -> Change:
    return working.escalate(one, actor(MANAGER, manager=True), (one.ask_level, one.position.round), LATER)


VERBS: dict[Verb, Callable[[Issue], Change]] = {
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
        Verb.ANSWER: "ISS-1 is open, so there is nothing to answer.",
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
        Verb.ANSWER: "ISS-1 is resolved, so there is nothing to answer.",
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
        Verb.ANSWER: "ISS-1 is closed, so there is nothing to answer.",
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
