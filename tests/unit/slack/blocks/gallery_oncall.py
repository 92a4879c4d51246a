"""The pictures of being on call: who has it, what is mine, answers with their buttons, and the messages."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from bot.adapters.slack.blocks import oncall
from bot.adapters.slack.blocks.matrix_edit import layer_form
from bot.adapters.slack.blocks.oncall_put_in import put_in_done_view, put_in_form, put_in_plan_view
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.drawing import Drawing
from bot.domain.notification import NoticeKind
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule
from bot.domain.oncall.pieces import Effect, Piece
from bot.domain.wording import oncall as wording
from bot.domain.wording import putting_in
from bot.domain.words import NOTHING, Sentence, say
from bot.usecases.oncall_overrides import Override, Overrides
from bot.usecases.oncall_put_in import Opened, PutInPlan, Wanted
from bot.usecases.oncall_views import Coming, Duty, Mine
from bot.usecases.people_ports import Swap, SwapState
from bot.usecases.rows import Answer
from tests import builders as make
from tests.unit.slack.blocks import examples

NOW = examples.NOW
HOUR = timedelta(hours=1)
REMEMBERED = metadata("n-1")


def piece(who: str = make.ANA, hours: float = 4, since: float = -2, key: str = "care-leads") -> Piece:
    """From two hours ago for four hours, unless said otherwise."""
    start = NOW + since * HOUR
    title = {"care-leads": "care-leads", "duty": "Duty <managers> & *co*", "night": "Night shift"}[key]
    return Piece(key, title, who, start, start + hours * HOUR)


def duties() -> tuple[Duty, ...]:
    """Mine, one with a gap now, and one somebody has for ever."""
    night = piece(make.OMAR, 8, 9, "night")
    return (
        Duty("care-leads", "care-leads", piece(), piece(make.OMAR, 168, 2), mine=True),
        Duty("night", "Night shift", None, night),
        Duty("duty", "Duty <managers> & *co*", piece(make.DIRECTOR, 9999, -99, "duty"), None, always=True),
    )


def coming() -> Coming:
    """Two handovers, a gap, and somebody who left Slack."""
    shifts = (piece(), piece(make.OMAR, 160, 2), piece(make.ANA, 100, 170))
    return Coming(
        "care-leads",
        "care-leads",
        shifts,
        (piece("", 8, 162),),
        ("Lee (lee@example.com) has left Slack.",),
        NOW,
    )


def change(kind: ChangeKind, person: str, instead_of: str | None = None, id_: int = 7) -> OnCallChange:
    """From tomorrow for a day."""
    start = NOW + 24 * HOUR
    key = "care-leads" if instead_of else None
    return OnCallChange(id_, kind, person, start, start + 24 * HOUR, key, instead_of, person, NOW)


def swap(asker: str, colleague: str, id_: int = 3) -> Swap:
    """About tomorrow, not answered yet."""
    start = NOW + 24 * HOUR
    return Swap(id_, asker, colleague, start, start + 8 * HOUR, SwapState.ASKED, NOW, "care-leads")


def mine() -> Mine:
    """Shifts, a question to me and one of mine, leave, and somebody who covers me."""
    changes = (
        change(ChangeKind.AWAY, make.ANA),
        change(ChangeKind.COVER, make.OMAR, make.ANA, 8),
        change(ChangeKind.COVER, make.ANA, make.OMAR, 9),
    )
    swaps = (swap(make.OMAR, make.ANA), swap(make.ANA, make.DIRECTOR, 4))
    return Mine(
        make.ANA,
        (piece(), piece(hours=24, since=200, key="duty"), piece(hours=9999, key="night")),
        changes,
        swaps,
    )


def _took() -> Drawing:
    lost = (piece(make.OMAR, 2, 0),)
    did = Effect((piece(make.ANA, 2, 0),), lost)
    said = say("{yours} {told}", yours=wording.yours(did, make.ANA), told=wording.told(did, make.ANA))
    return oncall.said_answer(Answer(said, code="undo:7"), NOW)


def _asked() -> Drawing:
    return oncall.said_answer(
        Answer(wording.asked(make.OMAR, [piece(hours=8, since=24)]), code="withdraw:3"), NOW
    )


def _feed() -> Drawing:
    said = say("This calendar has your shifts on every schedule.")
    return oncall.feed_answer(said, "https://rung.example.com/oncall/0123456789abcdef.ics")


def _shift(said: Callable[[int], Sentence], *numbers: int, **args: Any) -> Drawing:
    issues = examples.numbered(examples.taken().issue, numbers)
    sentence = said(len(numbers) + args.get("more", 0))
    some = examples.notice(NoticeKind.SHIFT, sentence, **args)
    return draw(examples.letter(some, None, issues=issues))


def _begun(n: int) -> Sentence:
    return wording.shift_begun(piece(hours=168, since=0), NOW + 168 * HOUR, n)


def _over(n: int) -> Sentence:
    return wording.shift_over(piece(hours=168, since=-168), piece(make.OMAR, 168, 0), n, 2)


def _relieved(_n: int) -> Sentence:
    lost = Effect((), (piece(make.ANA, 2, 0),))
    return say("{why} {what}", why=wording.takes(make.OMAR), what=wording.yours(lost, make.ANA))


def _swap(asks: int) -> Drawing:
    theirs = [piece(hours=8, since=24)]
    said = wording.asks_you(make.ANA, theirs) if asks else wording.you_accepted(make.ANA, theirs)
    undo = 0 if asks else 7
    return draw(examples.letter(examples.notice(NoticeKind.SWAP, said, swap=3, asks=asks, undo=undo), None))


def many_handovers(at: datetime = NOW) -> Coming:
    """A schedule that changes hands every two hours: more lines than are shown."""
    shifts = [
        Piece("care-leads", "care-leads", make.ANA, at + n * HOUR, at + (n + 1) * HOUR) for n in range(168)
    ]
    return Coming("care-leads", "care-leads", tuple(shifts), (), (), at)


def overrides() -> Overrides:
    """Leave that the reader may take back, and somebody put in, with a note, whom they may not."""
    start = NOW + 48 * HOUR
    put_in = OnCallChange(
        8, ChangeKind.COVER, make.OMAR, start, start + 9 * HOUR, "care-leads", make.ANA, make.DIRECTOR, NOW,
        "Ana is *ill* <!channel>",
    )  # fmt: skip
    both = Override(change(ChangeKind.AWAY, make.ANA), True), Override(put_in)
    return Overrides("care-leads", "Care <leads>", both, may_put_in=True)


def _plan(*, asks: bool = False, alone: bool = False) -> PutInPlan:
    """Omar for a day: it was Ana's, and for an hour nobody's. `alone` = nothing else touches that time."""
    start = NOW + 24 * HOUR
    wanted = Wanted("care-leads", make.OMAR, start, start + 24 * HOUR, "Ana is *ill* <!channel>")
    before = (piece(hours=23, since=24), piece("", 1, 47))
    others = (change(ChangeKind.COVER, make.DIRECTOR, make.ANA), change(ChangeKind.AWAY, make.OMAR))
    return PutInPlan(
        wanted,
        "Care <leads>",
        before,
        (piece(make.OMAR, 24, 24),),
        () if alone else others,
        () if alone else (piece(make.OMAR, 8, 30, "night"),),
        asks,
        "mark",
    )


def _layer_form(found: Overrides | None, first: Sentence = NOTHING) -> dict[str, Any]:
    layer = Layer((make.contact("ana@example.com"), make.contact("@omar")), date(2026, 1, 5))
    schedule = Schedule("care-leads", "UTC", (layer,), "Care <leads>")
    return layer_form(schedule, 1, REMEMBERED, found, NOW, first)


def _put_in_form(*, asks: bool, **typed: str) -> dict[str, Any]:
    schedule = Schedule("care-leads", "UTC", (), "Care <leads>")
    first = say("That time is over by now. Please choose another one.") if typed else NOTHING
    return put_in_form(Opened(schedule, "Europe/London", asks), REMEMBERED, typed, first)


PUT_IN: dict[str, Callable[[], dict[str, Any]]] = {
    "put_in_form": lambda: _put_in_form(asks=False),
    "put_in_form_again": lambda: _put_in_form(
        asks=True, person=make.OMAR, begins="now", until="8h", note="Ana is ill"
    ),
    "put_in_plan": lambda: put_in_plan_view(_plan(), REMEMBERED, NOW),
    "put_in_plan_asks": lambda: put_in_plan_view(
        _plan(asks=True, alone=True), REMEMBERED, NOW, say("Meanwhile somebody changed it.")
    ),
    "put_in_done": lambda: put_in_done_view(
        putting_in.now_on_call(make.OMAR, [piece(make.OMAR, 24, 24)]), 7, NOW
    ),
    "put_in_asked": lambda: put_in_done_view(putting_in.asked(make.OMAR), 0, NOW),
    "layer_form": lambda: _layer_form(overrides()),
    "layer_form_taken_back": lambda: _layer_form(
        Overrides("care-leads", "Care"), wording.undone(change(ChangeKind.AWAY, make.ANA), make.ANA)
    ),
    "layer_form_not_known": lambda: _layer_form(None),
}
ONCALL: dict[str, Callable[[], Drawing | dict[str, Any]]] = {
    **PUT_IN,
    "oncall": lambda: oncall.duties_answer(duties(), "/oncall", NOW),
    "oncall_nothing": lambda: oncall.duties_answer((), "/oncall", NOW),
    "oncall_schedule": lambda: oncall.coming_answer(coming(), "/oncall"),
    "oncall_schedule_changed": lambda: oncall.coming_answer(coming(), "/oncall", overrides()),
    "oncall_mine": lambda: oncall.mine_answer(mine(), "/oncall", NOW),
    "oncall_mine_nothing": lambda: oncall.mine_answer(Mine(make.ANA, (), (), ()), "/oncall", NOW),
    "oncall_took": _took,
    "oncall_asked": _asked,
    "oncall_feed": _feed,
    "shift_begun": lambda: _shift(_begun, 42, 43, more=2),
    "shift_over": lambda: _shift(_over, 44),
    "shift_relieved": lambda: _shift(_relieved, undo=7),
    "swap_question": lambda: _swap(1),
    "swap_accepted": lambda: _swap(0),
}
