"""Every state with every verb: what comes of it, or the sentence that says why nothing does."""

from collections.abc import Iterator

import pytest

from bot.domain.errors import Refused
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import IN_WORK, TRANSITIONS, State, Verb, move
from bot.domain.timers import WHOLE_LIFE, TimerKind, plan
from tests.unit.domain.life_table import ALLOWED, ISSUES, LATER, ROWS, SAID, VERBS

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


def _results(verb: Verb) -> dict[str, State | str]:
    """What the table says of this verb, by the name of the issue."""
    return {name: result for name, row_verb, result in ROWS if row_verb is verb}


def _outcome(verb: Verb, before: Issue) -> State | str:
    try:
        return VERBS[verb](before).issue.state
    except Refused as refused:
        return str(refused)


def _done(verb: Verb) -> Iterator[tuple[str, Issue, Change]]:
    """Each issue with which the verb does something, and what."""
    for name, result in _results(verb).items():
        if isinstance(result, State):
            yield name, ISSUES[name], VERBS[verb](ISSUES[name])


@pytest.mark.parametrize("verb", Verb)
def test_each_verb_in_each_state(verb: Verb) -> None:
    assert {name: _outcome(verb, ISSUES[name]) for name in ISSUES} == _results(verb)


def test_the_table_has_every_state_and_every_verb() -> None:
    assert {_state_of(name) for name in ISSUES} == set(State)
    assert all(ISSUES[name].state is _state_of(name) for name in ISSUES)
    assert set(VERBS) == set(Verb)
    assert set(ISSUES) == set(ALLOWED) == set(SAID)


@pytest.mark.parametrize("verb", Verb)
def test_the_table_of_moves_is_what_the_verbs_do(verb: Verb) -> None:
    seen = {(_state_of(name), one) for name, one in _results(verb).items() if isinstance(one, State)}
    assert seen == {(state, after) for (state, moves), after in TRANSITIONS.items() if moves is verb}


@pytest.mark.parametrize("verb", Verb)
def test_a_move_follows_the_table_or_says_the_state_in_plain_words(verb: Verb) -> None:
    for state in State:
        if (state, verb) in TRANSITIONS:
            assert move(state, verb, 7) is TRANSITIONS[state, verb]
            continue
        with pytest.raises(Refused, match=rf"^ISS-7 is .*, so there is nothing to {verb}\.$") as refused:
            move(state, verb, 7)
        assert "acknowledged" not in str(refused.value)


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_that_is_done_raises_the_version_and_tells_at_least_one_event(verb: Verb) -> None:
    for name, before, change in _done(verb):
        assert change.issue.version > before.version, name
        assert change.issue.epoch >= before.epoch, name
        assert change.events, name
        assert all(event.at == LATER for event in change.events), name


@pytest.mark.parametrize("verb", Verb)
def test_somebody_is_asked_while_nobody_has_it_and_nobody_once_it_is_over(verb: Verb) -> None:
    for name, _, change in _done(verb):
        after = change.issue
        if after.state in IN_WORK:
            assert after.owner or after.asking, name
            continue
        assert after.position == after.position.at_rest(), name
        mine = {one.kind for one in plan(after) if one.epoch != WHOLE_LIFE}
        assert mine == ({TimerKind.CLOSE} if after.state is State.RESOLVED else set()), name


@pytest.mark.parametrize("verb", sorted(EPOCH_RISES))
def test_timers_of_before_are_void_after(verb: Verb) -> None:
    assert [name for name, before, change in _done(verb) if change.issue.epoch <= before.epoch] == []


@pytest.mark.parametrize("verb", sorted(LEAVES_TIMERS))
def test_what_is_said_or_written_leaves_the_timers_running(verb: Verb) -> None:
    assert [name for name, before, change in _done(verb) if change.issue.epoch != before.epoch] == []
