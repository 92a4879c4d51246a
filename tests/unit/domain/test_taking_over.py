"""Who else is told when somebody takes an issue: who had it before, and the level of a taker who is not on the path."""

from dataclasses import replace

from bot.domain import working
from bot.domain.answering import acknowledge
from bot.domain.issue import AskStatus, Stage
from bot.domain.notification import NoticeKind
from bot.domain.routing import route as notices_of
from bot.domain.words import load_sentence
from tests.builders import (
    ANA,
    DIRECTOR,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    actor,
    ask,
    channel,
    climbing,
    issue,
    minutes,
)

SOON = NOON + minutes(5)


def test_the_previous_owner_stays_informed() -> None:
    before = climbing(issue())
    change = acknowledge(before, actor(OMAR), QUARTER + minutes(9))
    assert change.issue.company.watchers == (ANA,)
    told = [one.text("sentence") for one in notices_of(before, change) if one.to.id == ANA]
    assert len(told) == 1, "once of the same"
    resolves = working.resolve(change.issue, actor(OMAR), "Restarted.", QUARTER + minutes(20))
    read = [one.kind for one in notices_of(change.issue, resolves) if one.to.id == ANA]
    assert read == [NoticeKind.WATCHER]


def test_who_hands_it_over_is_done_with_it() -> None:
    before = climbing(issue())
    before = before.bump(position=replace(before.position, stage=Stage.NAMED))
    assert acknowledge(before, actor(OMAR), QUARTER).issue.company.watchers == ()


def test_who_is_not_on_the_path_takes_it_and_the_level_is_told() -> None:
    one = issue(asks=(ask(ANA), ask(OMAR), ask(channel("C_OPS")), ask(DIRECTOR, status=AskStatus.DECLINED)))
    change = acknowledge(one, actor("U_ELSE", member=True), SOON, anyway=True)
    said = [
        (each.to.id, load_sentence(each.text("sentence")).plain())
        for each in notices_of(one, change)
        if each.kind is NoticeKind.INFORM
    ]
    sentence = "@U_ELSE took ISS-1 and is not on its path. Nothing to do for you."
    assert said == [(ANA, sentence), (OMAR, sentence)]
    unasked = acknowledge(one, actor(MANAGER, manager=True, member=True), SOON, anyway=True)
    (first, _) = [each for each in notices_of(one, unasked) if each.kind is NoticeKind.INFORM]
    assert load_sentence(first.text("sentence")).plain() == (
        "@U_MANAGER took ISS-1 without having been asked. Nothing to do for you."
    )
    by_the_path = acknowledge(one, actor(ANA), SOON)
    assert NoticeKind.INFORM not in [each.kind for each in notices_of(one, by_the_path)]
