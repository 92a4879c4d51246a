"""Every state with every verb: what comes of it, or the sentence that says why nothing does."""

import pytest

from bot.domain.errors import Refused
from bot.domain.lifecycle import IN_WORK, TRANSITIONS, State, Verb, move
from bot.domain.timers import WHOLE_LIFE, TimerKind, plan
from tests.unit.domain.life_table import ALLOWED, ISSUES, LATER, ROWS, SAID, VERBS

DONE = [(name, verb) for name, verb, result in ROWS if isinstance(result, State)]
EPOCH_RISES = {
    Verb.BYPASS,
    Verb.SEND_BACK,
    Verb.JUDGE,
    Verb.WITHDRAW,
    Verb.SOLVE,
    Verb.MERGE,
    Verb.GIVE_BACK,
    Verb.SNOOZE,
    Verb.ACKNOWLEDGE,
    Verb.ESCALATE,
    Verb.RESOLVE,
    Verb.CONFIRM,
    Verb.DISPUTE,
    Verb.CLOSE,
}
LEAVES_TIMERS = {
    Verb.UPDATE,
    Verb.ANSWER,
    Verb.NOTE,
    Verb.EDIT,
    Verb.WATCH,
    Verb.JOIN,
    Verb.LINK,
    Verb.HIDE,
    Verb.TELL,
    Verb.RATE,
    Verb.COMMENT,
    Verb.FOLLOW_UP,
    Verb.THANK,
    Verb.KEEP,
    Verb.APPEAL,
}


def _state_of(name: str) -> State:
    return State(name.split(",")[0])


@pytest.mark.parametrize(("name", "verb", "result"), ROWS)
def test_each_verb_in_each_state(name: str, verb: Verb, result: State | str) -> None:
    before = ISSUES[name]
    if isinstance(result, State):
        assert VERBS[verb](before).issue.state is result
        return
    with pytest.raises(Refused) as refused:
        VERBS[verb](before)
    assert str(refused.value) == result


def test_the_table_has_every_state_and_every_verb() -> None:
    assert {_state_of(name) for name in ISSUES} == set(State)
    assert all(ISSUES[name].state is _state_of(name) for name in ISSUES)
    assert set(VERBS) == set(Verb)
    assert set(ISSUES) == set(ALLOWED) == set(SAID)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_the_table_of_moves_is_what_the_verbs_do(state: State, verb: Verb) -> None:
    seen = {result for name, row_verb, result in ROWS if row_verb is verb and _state_of(name) is state}
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


@pytest.mark.parametrize(("name", "verb"), DONE)
def test_a_verb_that_is_done_raises_the_version_and_tells_at_least_one_event(name: str, verb: Verb) -> None:
    before = ISSUES[name]
    change = VERBS[verb](before)
    assert change.issue.version > before.version
    assert change.issue.epoch >= before.epoch
    assert change.events
    assert all(event.at == LATER for event in change.events)


@pytest.mark.parametrize(("name", "verb"), DONE)
def test_somebody_is_asked_while_nobody_has_it_and_nobody_once_it_is_over(name: str, verb: Verb) -> None:
    after = VERBS[verb](ISSUES[name]).issue
    if after.state in IN_WORK:
        assert after.owner or after.asking
        return
    assert after.position == after.position.at_rest()
    mine = {one.kind for one in plan(after) if one.epoch != WHOLE_LIFE}
    assert mine == ({TimerKind.CLOSE} if after.state is State.RESOLVED else set())


@pytest.mark.parametrize(("name", "verb"), [row for row in DONE if row[1] in EPOCH_RISES])
def test_timers_of_before_are_void_after(name: str, verb: Verb) -> None:
    assert VERBS[verb](ISSUES[name]).issue.epoch > ISSUES[name].epoch


@pytest.mark.parametrize(("name", "verb"), [row for row in DONE if row[1] in LEAVES_TIMERS])
def test_what_is_said_or_written_leaves_the_timers_running(name: str, verb: Verb) -> None:
    assert VERBS[verb](ISSUES[name]).issue.epoch == ISSUES[name].epoch
