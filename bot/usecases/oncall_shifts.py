"""Messages when a shift begins and ends: what is open there, and what is still with who goes.

Looked at every minute. A message's key names the schedule, the instant and the person, and the outbox stores a key
once; that an end was looked at is remembered besides, as often it needs no message of its own. So neither a restart
nor a second replica says it twice. What began while nobody ran is said later, if it goes on.
"""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.domain.handing import schedule_of
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Issue, Target, TargetKind
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.oncall.lookup import on_call
from bot.domain.oncall.model import OnCallChange
from bot.domain.oncall.pieces import Piece, pieces
from bot.domain.telling_handing import ask_to_hand_over
from bot.domain.wording import oncall as wording
from bot.usecases.oncall_open import concerning, still_with
from bot.usecases.oncall_rosters import Roster, load_rosters
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Store
from bot.usecases.services import Services

BACK = timedelta(days=8)
"""A shift that began longer ago is no news."""
ENDED = timedelta(hours=1)
"""So long after its end somebody is still asked to hand over."""
AHEAD = timedelta(days=62)
LISTED = 10

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Handover:
    """One person's time on a schedule begins or is over. `now` is who is on call at present.

    `agreed` = it is over because a colleague takes over, of which everybody was told then.
    """

    piece: Piece
    begins: bool
    now: Piece | None = None
    agreed: bool = False

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.piece.start if self.begins else self.piece.end


class ShiftNews:
    """Tells each shift's begin and end once. What it said is remembered only to spare the database the repeat."""

    def __init__(self, services: Services, workspace: WorkspaceId) -> None:
        self._services = services
        self._workspace = workspace
        self._said: frozenset[Handover] = frozenset()

    async def tell(self) -> None:
        """Look at every schedule now. While people cannot be looked up, nothing is said: the next look will."""
        published = self._services.matrix.current(self._workspace)
        schedules = published.matrix.schedules if published is not None else ()
        now = self._services.clock.now()
        try:
            rosters = await load_rosters(self._services, self._workspace, schedules, now - BACK, now + AHEAD)
        except DirectoryDown as down:
            _log.warning("shifts were not looked at: %s", down, extra={"action": "shifts"})
            return
        found = frozenset(one for each in rosters for one in handovers(each, now))
        fresh = sorted(found - self._said, key=lambda one: (one.at, one.begins, one.piece.schedule))
        if fresh:
            names = await self._names(fresh)
            await self._services.transactions.run(partial(_store, self._workspace, fresh, names, now))
            self._services.bell.ring()
        self._said = found

    async def _names(self, some: Sequence[Handover]) -> Mapping[str, str]:
        """What those are called who come after somebody: for buttons, which cannot mention anybody."""
        users = dict.fromkeys(one.now.who for one in some if one.now is not None and not one.begins)
        found: dict[str, str] = {}
        for user in users:
            try:
                person = await self._services.directory.person(self._workspace, user)
            except DirectoryDown:
                continue  # the button says it without a name
            if person is not None:
                found[user] = person.name
        return found


def handovers(roster: Roster, now: datetime) -> Iterator[Handover]:
    """What there is to say about this schedule at this moment. Pure."""
    known = pieces((roster.schedule, roster.changes), now - BACK, now + AHEAD)
    present = next((one for one in known if one.start <= now < one.end), None)
    before = [one for one in known if one.end <= now]
    if before and before[-1].end > now - ENDED:
        agreed = present is not None and _change(roster, present) is not None
        yield Handover(before[-1], False, present, agreed)
    if present is not None and present.start > now - BACK and not _by_own_hand(roster, present):
        yield Handover(present, True, present)


def _change(roster: Roster, piece: Piece) -> OnCallChange | None:
    """The change by which this time is whose it is."""
    shift = on_call(roster.schedule, roster.changes, piece.start)
    return next((one for one in roster.changes if shift and one.id == shift.change), None)


def _by_own_hand(roster: Roster, piece: Piece) -> bool:
    """Who took the time just before it began knows; the answer to the command said what is open."""
    change = _change(roster, piece)
    if change is None or change.made_by != piece.who or change.made_at is None:
        return False
    return piece.start - change.made_at < timedelta(minutes=1)


def _store(
    workspace: WorkspaceId, some: Sequence[Handover], names: Mapping[str, str], now: datetime, store: Store
) -> None:
    for one in some:
        if not one.begins and not _first_look(store, workspace, one, now):
            continue
        asked = set() if one.begins else _ask_to_hand_over(store, workspace, one, some, names, now)
        notice = _notice(store, workspace, one, asked, now)
        store.outbox.put(workspace, None, [notice] if notice is not None else [], now)


def _first_look(store: Store, workspace: WorkspaceId, ended: Handover, now: datetime) -> bool:
    """Whether nobody looked at this end before, this process included."""
    key = _key(ended)
    if store.inbound.answer(workspace, key) is not None:
        return False
    store.inbound.remember(workspace, key, "told", now)
    return True


def _ask_to_hand_over(
    store: Store,
    workspace: WorkspaceId,
    one: Handover,
    some: Sequence[Handover],
    names: Mapping[str, str],
    now: datetime,
) -> set[int]:
    """A question for each issue that who goes has: unlike a list, it is edited to the truth when that is settled.

    Returns the numbers of those they are asked about. Where several of their shifts end at once, each is asked about
    once: by the schedule that brought it to them, else by the first."""
    who, at = one.piece.who, one.at
    ends = [
        each.piece.schedule for each in some if (each.begins, each.piece.who, each.at) == (False, who, at)
    ]
    on_call = one.now.who if one.now is not None else ""
    theirs = [issue for issue in still_with(store, workspace, who) if issue.owner == who]
    asked = set[int]()
    for issue in theirs[:LISTED]:
        title = one.piece.title
        question = ask_to_hand_over(issue, at.isoformat(), title, on_call, names.get(on_call, ""))
        if question is None:
            continue
        asked.add(issue.number)
        if _schedule(issue, who, ends) == one.piece.schedule:
            store.outbox.put(workspace, issue.number, [question], now)
    return asked


def _schedule(issue: Issue, who: str, ends: Sequence[str]) -> str:
    """By which of these schedules they are asked about it."""
    by = schedule_of(issue, who)
    return by.value if by is not None and by.value in ends else ends[0]


def _notice(
    store: Store, workspace: WorkspaceId, one: Handover, asked: Collection[int], now: datetime
) -> Notice | None:
    """None when there is nothing to say: a colleague took over and nothing is left, or the questions say it all."""
    piece = one.piece
    if one.begins:
        issues = concerning(store, workspace, piece.schedule, piece.who)
        said = wording.shift_begun(piece, piece.end if piece.end < now + AHEAD else None, len(issues))
    else:
        issues = [each for each in still_with(store, workspace, piece.who) if each.number not in asked]
        said = wording.shift_over(piece, one.now, len(issues), len(asked))
        if not issues and (one.agreed or asked):
            return None
    args: dict[str, str | int] = {
        "sentence": said.dump(),
        "issues": ",".join(str(issue.number) for issue in issues[:LISTED]),
        "more": max(0, len(issues) - LISTED),
    }
    to = Target(TargetKind.USER, piece.who)
    return Notice(NoticeKind.SHIFT, _key(one), to, f"shift:{piece.who}", Rank.REQUESTER, args=args)


def _key(one: Handover) -> str:
    what = "start" if one.begins else "end"
    return f"shift:{what}:{one.piece.schedule}:{one.at.isoformat()}:{one.piece.who}"
