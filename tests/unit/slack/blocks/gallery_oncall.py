"""The pictures of being on call: who has it, what is mine, answers with their buttons, and the messages."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.adapters.slack.blocks import oncall
from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.drawing import Drawing
from bot.domain.notification import NoticeKind
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.domain.oncall.pieces import Effect, Piece
from bot.domain.wording import oncall as wording
from bot.domain.words import say
from bot.usecases.oncall_views import Coming, Duty, Mine
from bot.usecases.people_ports import Swap, SwapState
from bot.usecases.rows import Answer
from tests import builders as make
from tests.unit.slack.blocks import examples

NOW = examples.NOW
HOUR = timedelta(hours=1)


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
        "care-leads", "care-leads", shifts, (piece("", 8, 162),), ("Lee (lee@example.com) has left Slack.",), NOW
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


def _shift(said: Callable[[int], object], *numbers: int, **args: int) -> Drawing:
    issues = examples.numbered(examples.taken().issue, numbers)
    sentence = said(len(numbers) + args.get("more", 0))
    some = examples.notice(NoticeKind.SHIFT, sentence, **args)  # type: ignore[arg-type]
    return draw(examples.letter(some, None, issues=issues))


def _begun(n: int) -> object:
    return wording.shift_begun(piece(hours=168, since=0), NOW + 168 * HOUR, n)


def _over(n: int) -> object:
    return wording.shift_over(piece(hours=168, since=-168), piece(make.OMAR, 168, 0), n)


def _relieved(_n: int) -> object:
    lost = Effect((), (piece(make.ANA, 2, 0),))
    return say("{why} {what}", why=wording.takes(make.OMAR), what=wording.yours(lost, make.ANA))


def _swap(asks: int) -> Drawing:
    theirs = [piece(hours=8, since=24)]
    said = wording.asks_you(make.ANA, theirs) if asks else wording.you_accepted(make.ANA, theirs)
    return draw(examples.letter(examples.notice(NoticeKind.SWAP, said, swap=3, asks=asks), None))


def many_handovers(at: datetime = NOW) -> Coming:
    """A schedule that changes hands every two hours: more lines than are shown."""
    shifts = [
        Piece("care-leads", "care-leads", make.ANA, at + n * HOUR, at + (n + 1) * HOUR) for n in range(168)
    ]
    return Coming("care-leads", "care-leads", tuple(shifts), (), (), at)


ONCALL: dict[str, Callable[[], Drawing]] = {
    "oncall": lambda: oncall.duties_answer(duties(), "/oncall", NOW),
    "oncall_nothing": lambda: oncall.duties_answer((), "/oncall", NOW),
    "oncall_schedule": lambda: oncall.coming_answer(coming(), "/oncall"),
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
