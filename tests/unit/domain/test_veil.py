"""Without my name on the card: what others read, and that trying does not tell them who it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain import joining, noting
from bot.domain.answering import acknowledge, decline
from bot.domain.asking import ask_people
from bot.domain.care import Bypass, Care, Company, SentBack
from bot.domain.clocks import Clocks
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.handing import Wish, assign, owner_gone
from bot.domain.ids import UserId
from bot.domain.informing import inform
from bot.domain.issue import Change, Informing, Issue, Owed, Stage
from bot.domain.joining import join, unwatch, watch
from bot.domain.lifecycle import State
from bot.domain.notification import Notice, NoticeKind
from bot.domain.routing import route
from bot.domain.sending_back import appeal
from bot.domain.telling_handing import ask_to_hand_over
from bot.domain.veil import SOMEBODY, hidden, veiled, veiled_event, veiled_sentence, veiled_timeline
from bot.domain.waiting import answer
from bot.domain.withdrawing import solved, withdraw
from bot.domain.wording import card, log
from bot.domain.wording.why import explain
from bot.domain.words import Person, load_sentence, say
from tests.builders import ANA, NOON, OMAR, QUARTER, RAVI, actor, ask, contact, event, issue, looked, user
from tests.builders import acknowledged as taken
from tests.builders import facts as facts_of
from tests.builders import resolved as done

RITA, ELSE = UserId("U_RITA"), UserId("U_ELSE")
NAMELESS = issue(facts=facts_of(nameless=True))
"""Raised by Ravi, for himself."""
FOR_RITA = NAMELESS.bump(requester=RITA)
MERGED = issue(
    raiser=OMAR, requester=OMAR, company=Company(further=(RAVI,), watchers=(RAVI,), unnamed=(RAVI,))
)
"""Raised by Omar; what Ravi raised without his name was merged into it."""
KEPT_BACK = {"nameless": NAMELESS, "for somebody else": FOR_RITA, "merged into it": MERGED}


def lines(before: Issue, change: Change) -> list[str]:
    """What the thread says, and whom it calls there."""
    told = [one for one in route(before, change) if one.kind in (NoticeKind.LOG, NoticeKind.MENTION)]
    return [load_sentence(one.text("sentence")).plain() for one in told]


def told(before: Issue, change: Change, to: str) -> Notice:
    """The first message to this person."""
    return next(one for one in route(before, change) if one.to.id == to)


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_others_read_somebody_and_the_raiser_reads_it_as_it_is() -> None:
    shown = veiled(NAMELESS, ANA)
    assert (shown.raiser, shown.requester) == (SOMEBODY, SOMEBODY)
    assert veiled(NAMELESS, RAVI) == NAMELESS
    assert veiled(issue(), ANA) == issue()
    assert veiled(FOR_RITA).requester == RITA


def test_the_timeline_that_is_shown_has_no_name_and_what_was_written_stays_as_it_is() -> None:
    row = veiled_event(NAMELESS, event(EventKind.TOLD, actor=RAVI, who=RAVI, n=3, text=f"Ask {RAVI}"))
    assert (row.actor, dict(row.data)) == (SOMEBODY, {"who": SOMEBODY, "n": 3, "text": f"Ask {RAVI}"})
    given_up = event(EventKind.CALLED_OFF, actor=None, what="news", to=f"{RAVI} (direct message)", why="old")
    assert veiled_event(NAMELESS, given_up).text("to") == "Somebody (direct message)"
    said = say("{who}: {text}", who=Person(RAVI), text=f"Ask {RAVI} and {ELSE}")
    assert veiled_sentence(NAMELESS, said).plain() == f"@Somebody: Ask {RAVI} and {ELSE}"
    assert veiled_sentence(NAMELESS, said, RAVI) == veiled_sentence(issue(), said, ANA) == said


def test_whoever_raised_what_was_merged_into_it_reads_their_own_name_and_nobody_elses() -> None:
    both = NAMELESS.bump(company=Company(further=(ANA,), unnamed=(ANA,)))
    row = event(EventKind.COMMENTED, actor=ANA, who=RAVI)
    assert hidden(both) == {RAVI, ANA}
    for reader, actor_read, who_read in [
        ("", SOMEBODY, SOMEBODY),
        (ANA, ANA, SOMEBODY),
        (RAVI, SOMEBODY, RAVI),
    ]:
        read = veiled_event(both, row, reader)
        assert (read.actor, read.data["who"]) == (actor_read, who_read)
        assert veiled(both, reader).raiser == who_read


def test_what_they_did_here_by_name_before_the_merge_stays_as_the_thread_has_it() -> None:
    kinds = EventKind.NOTED, EventKind.ABSORBED, EventKind.NOTED
    rows = [event(kind, actor=ANA if kind is EventKind.ABSORBED else RAVI) for kind in kinds]
    assert [row.actor for row in veiled_timeline(MERGED, rows)] == [RAVI, ANA, SOMEBODY]
    assert [row.actor for row in veiled_timeline(NAMELESS, rows)] == [SOMEBODY, ANA, SOMEBODY]


def test_wishes_appeals_and_pauses_have_no_name_either() -> None:
    wish = Bypass(RAVI, 3, "Now.", NOON, path=NAMELESS.route.path.name)
    back = SentBack("other", "", ANA, 1, NOON, RAVI, "No.", QUARTER)
    clocks = Clocks().stopped(NOON, "withdrawn", RAVI).stopped(QUARTER, "resolved", ANA)
    one = veiled(taken(NAMELESS).bump(care=Care(bypass=wish, sent_back=back, lost=(RAVI,)), clocks=clocks))
    assert one.care.bypass is not None
    assert one.care.sent_back is not None
    assert (one.care.bypass.by, one.care.sent_back.appealed_by, one.care.lost) == (
        SOMEBODY,
        SOMEBODY,
        (SOMEBODY,),
    )
    assert [pause.by for pause in one.clocks.pauses] == [SOMEBODY, ANA]
    clocks = Clocks().stopped(NOON, "requester", RAVI)
    assert veiled(taken(MERGED, RAVI).bump(clocks=clocks)).clocks.pauses == clocks.pauses, (
        "who has it is known"
    )
    asked = veiled(NAMELESS.bump(care=Care(bypass=wish)))
    said = " ".join(line.plain() for part in explain(asked, [], QUARTER) for line in part.lines)
    assert "@Somebody would like to go straight to" in said


def test_whom_it_is_for_does_not_learn_who_appealed_before() -> None:
    back = SentBack("other", "", ANA, 1, NOON, RAVI, "No.", QUARTER)
    one = FOR_RITA.bump(state=State.SENT_BACK, care=Care(sent_back=back))
    with pytest.raises(Refused, match="@Somebody appealed at"):
        appeal(one, actor(RITA), "Still wrong.", QUARTER)
    with pytest.raises(Refused, match="You appealed at"):
        appeal(one, actor(RAVI), "Still wrong.", QUARTER)


def test_the_card_says_who_ended_it() -> None:
    for one, ended in (
        (issue(), f"@{RAVI} says that it is solved."),
        (NAMELESS, "@Somebody says that it is solved."),
    ):
        for before in (one, taken(one)):
            after = solved(before, actor(RAVI), "It was the cable.", QUARTER).issue
            assert card.headline(veiled(after)).plain().startswith(f"{ended} Closed")
    confirmed = solved(done(issue()), actor(RAVI), "", QUARTER).issue
    assert card.headline(confirmed).plain().startswith(f"Solved by @{ANA}. Closed"), "whoever had resolved it"


# --- who works on it is named for that --------------------------------------------------------------------------------


def test_who_takes_what_their_nameless_one_was_merged_into_is_named_for_taking_it() -> None:
    """The card names them, so "somebody took it" would say that this is somebody."""
    before = MERGED.bump(asks=(ask(RAVI),))
    change = acknowledge(before, actor(RAVI), QUARTER)
    assert lines(before, change) == [f"@{RAVI} took it."]
    news = told(before, change, OMAR)
    assert news.text("openly") == RAVI
    said = load_sentence(news.text("sentence"))
    assert f"@{RAVI} has taken" in veiled_sentence(before, said, OMAR, news.text("openly")).plain()
    wrote = joining.watch(change.issue, actor(OMAR, manager=True), QUARTER, ELSE)
    assert told(change.issue, wrote, ELSE).text("openly") == ""
    no = decline(before, actor(RAVI), QUARTER)
    assert lines(before, no)[0] == f"@{RAVI} can't take it."
    assert lines(before, withdraw(NAMELESS, actor(RAVI), "", QUARTER)) == ["@Somebody withdrew it."]


def test_what_they_do_otherwise_names_somebody() -> None:
    noted = noting.note(NAMELESS, actor(RAVI), "It goes on.", QUARTER)
    assert lines(NAMELESS, noted) == ["Internal note by @Somebody: It goes on."]
    wrote = answer(NAMELESS, actor(RAVI), f"Ask {RAVI}.", QUARTER)
    assert lines(NAMELESS, wrote) == [
        f"@Somebody wrote: Ask {RAVI}.",
        f"@{ANA}: please read what @Somebody wrote.",
    ]


# --- trying does not tell ---------------------------------------------------------------------------------------------

Doing = Callable[[Issue, str], Change]


def _assigned(one: Issue, who: str) -> Change:
    change = assign(one, actor(ANA), Wish(contact(who), (user(who),), f"@{who}"), "", QUARTER)
    if change.issue.asks != one.asks:
        return change
    return change.then(ask_people(change.issue, [looked(who, who)], QUARTER))


FOR_THEM: dict[str, Doing] = {
    "join": lambda one, who: join(one, actor(ELSE, member=True), QUARTER, who),
    "watch": lambda one, who: watch(one, actor(ANA), QUARTER, who),
    "thank": lambda one, who: noting.thank(one, actor(ANA), who, "Well found.", QUARTER),
    "assign": _assigned,
}


@pytest.mark.parametrize("kept_back", KEPT_BACK)
@pytest.mark.parametrize("doing", FOR_THEM)
def test_who_does_something_for_somebody_by_name_reads_the_same_of_everybody(
    doing: str, kept_back: str
) -> None:
    """Once and once more, and then the person named does something of their own will."""
    read = {who: _tried(FOR_THEM[doing], taken(KEPT_BACK[kept_back]), who) for who in (RAVI, "U_WES")}
    assert [one.replace(RAVI, "U_WES") for one in read[RAVI]] == read["U_WES"]
    assert any(RAVI in one for one in read[RAVI]), "named by others, they are named"


def _tried(doing: Doing, one: Issue, who: str) -> list[str]:
    read: list[str] = []
    kinds: set[EventKind] = set()
    for _ in range(2):
        try:
            change = doing(one, who)
        except (Refused, FieldErrors) as refused:
            read.append(str(refused))
            continue
        read += [*lines(one, change), *(_row(change.issue, row) for row in change.events)]
        kinds |= {row.kind for row in change.events}
        one = change.issue
    if EventKind.WATCHED in kinds:
        read += lines(one, unwatch(one, actor(who), QUARTER))
    return read


def _row(one: Issue, row: object) -> str:
    said = log.line(veiled(one), veiled_event(one, row))  # type: ignore[arg-type]
    return said.plain() if said else ""


def test_whom_a_colleague_would_hand_it_over_to_is_not_left_out_for_having_raised_it() -> None:
    for one, follows in ((NAMELESS, RAVI), (issue(), "")):
        asks = ask_to_hand_over(taken(one), "shift", "Care", RAVI, "Ravi")
        assert asks is not None
        assert asks.text("follows") == follows


def test_whoever_watches_by_their_own_will_is_not_named() -> None:
    for who in (RAVI, ELSE):
        followed = watch(NAMELESS, actor(who, member=True), QUARTER)
        assert lines(NAMELESS, followed) == ["@Somebody watches it."]
    assert lines(issue(), watch(issue(), actor(ELSE, member=True), QUARTER)) == [f"@{ELSE} watches it."]


def test_they_are_not_called_out_on_their_level_and_do_not_take_it_when_asked() -> None:
    skipped = ask_people(NAMELESS.bump(asks=()), [looked("@ravi", RAVI), looked("@ana", ANA)], NOON)
    assert EventKind.SKIPPED in [one.kind for one in skipped.events], "the audit knows"
    assert not any("raised it" in one for one in lines(NAMELESS, skipped))
    asked = NAMELESS.bump(asks=(ask(RAVI),))
    with pytest.raises(NotAllowed, match="You raised this one"):
        acknowledge(asked, actor(RAVI), QUARTER)
    assert acknowledge(replace(asked, facts=facts_of()), actor(RAVI), QUARTER).issue.owner == RAVI


def test_whoever_follows_on_call_is_passed_over_when_they_raised_it_though_nobody_is_told_why() -> None:
    """Nobody named them, so there is nobody who could learn it."""
    one = taken(NAMELESS.bump(asks=(ask(ANA, contact="oncall:care"),)))
    gone = owner_gone(one, ANA, "away", QUARTER).issue
    assert gone.position.stage is Stage.NAMED
    looked_up = ask_people(gone, [looked("oncall:care", RAVI)], QUARTER)
    assert EventKind.ASKED not in [row.kind for row in looked_up.events]


def test_whom_the_matrix_informs_is_told_though_they_raised_it() -> None:
    names = contact("@ravi"), contact("@else")
    owed = Informing(tuple(Owed(one) for one in names))
    found = {one: looked(str(one), who) for one, who in zip(names, (RAVI, ELSE), strict=True)}
    for one, to in ((NAMELESS, [RAVI, ELSE]), (issue(), [ELSE])):
        change = inform(one.bump(informing=owed), found, NOON)
        assert [row.text("target") for row in change.events] == to
