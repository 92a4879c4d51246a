"""Whatever people, time, the post and the machine do to a town's issues, in whatever order."""

import asyncio
import logging
from collections.abc import Awaitable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

import uvloop
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.errors import RungError
from bot.domain.escalation import waiting_for
from bot.domain.issue import Issue, TargetKind
from bot.domain.lifecycle import State
from bot.domain.readers import further
from bot.usecases.commands import RaiseIssue
from bot.usecases.outside import DirectoryDown
from bot.usecases.raise_issue import raise_issue
from bot.usecases.rows import Answer
from tests.builders import MANAGER, RAVI, T1
from tests.reliability.watch import LogWatch
from tests.stateful.acts import ACTS, ROLES, Doing, Ready
from tests.stateful.judge import Judge, Seen, look, no_later
from tests.stateful.places import Place
from tests.stateful.post import Fault
from tests.stateful.town import ANA, BEA, NEWS, PEOPLE, RITA, Town

MOST = 3
"""So many issues are raised at most."""
FORM = {"title": "Checkout is down", "happened": "Every card payment is refused."}
NO_LATER = ("make urgent", "make less urgent", "make hardware")
"""Acts that never make a deadline later."""
TELLS = ("update", "resolve")
"""Acts whose words everybody reads whom it is for."""
TROUBLES = ("restart", "post", "leaves", "mailbox", "directory")
REFUSALS = (RungError, DirectoryDown)
"""What people are told instead of an answer."""

T = TypeVar("T")
numbers = st.integers(1, MOST)
likely = st.runner().flatmap(lambda one: st.sampled_from(one.likely()))
anything = st.sampled_from(sorted(ACTS))
anybody = st.sampled_from(["asked", "owner", "raiser", "requester", "manager", *ROLES, *PEOPLE])
wishes = st.fixed_dictionaries(
    {
        "who": st.sampled_from([RAVI, RAVI, ANA]),
        "to": st.sampled_from(["", RITA, BEA]),
        "place": st.sampled_from(["", NEWS]),
        "kind": st.sampled_from(["payments", "hardware"]),
        "urgency": st.sampled_from(["now", "soon"]),
        "private": st.sampled_from(["", "", "yes"]),
    }
)
odd_spans = st.sampled_from(
    [
        timedelta(0),
        timedelta(seconds=7),
        timedelta(minutes=4),
        timedelta(minutes=14, seconds=59),
        timedelta(minutes=31),
        timedelta(hours=3, seconds=1),
        timedelta(hours=26),
        timedelta(days=15),
    ]
)


class LifeCycle(RuleBasedStateMachine):
    """The town, what was last seen of it, and the judge. `place` is given by whoever makes the class ready."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._loop = uvloop.new_event_loop()
        self._place = place
        self._count = 0
        self._done: list[tuple[Ready, Answer]] = []
        self._errors = LogWatch()
        logging.getLogger().addHandler(self._errors)

    @initialize(repeat=st.integers(0, 1), first=wishes)
    def begin(self, repeat: int, first: dict[str, str]) -> None:
        """Somebody needs help for the first time."""
        self.town = Town(self._place, repeat)
        self.judge = Judge(self.town.post)
        self.seen = Seen({}, (), 0)
        self._run(self.town.begin())
        self.raises(**first)

    # --- what people do -----------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.seen.files) < MOST)
    @rule(wish=wishes)
    def raises_one_more(self, wish: dict[str, str]) -> None:
        """Somebody else does too."""
        self.raises(**wish)

    def raises(self, who: str, to: str, place: str, kind: str, urgency: str, private: str) -> None:
        """Somebody needs help."""
        fields = {**FORM, "type": kind, "impact": "everyone", "urgency": urgency, "private": private}
        command = RaiseIssue(
            workspace=T1, user=who, key=self._key(), fields=fields, requester=to, updates_channel=place
        )
        self._do(lambda services: raise_issue(services, command))
        self._run(self.town.fire())
        self.seen = self._look()

    @rule(one=likely)
    def does(self, one: tuple[str, int]) -> None:
        """Somebody whose turn it is does something that fits."""
        what, number = one
        self._act(what, ACTS[what].who, number)

    @rule(one=likely)
    def then(self, one: tuple[str, int]) -> None:
        """The same: people do more than all the rest."""
        self.does(one)

    @rule(one=likely)
    def and_so_on(self, one: tuple[str, int]) -> None:
        """The same."""
        self.does(one)

    @rule(one=likely)
    def and_then(self, one: tuple[str, int]) -> None:
        """The same."""
        self.does(one)

    @rule(what=anything, who=anybody, number=numbers)
    def tries(self, what: str, who: str, number: int) -> None:
        """Anybody tries anything."""
        self._act(what, who, number)

    @rule(one=likely, second=anything, who=anybody)
    def at_once(self, one: tuple[str, int], second: str, who: str) -> None:
        """Two people press at the same instant."""
        first, number = one
        issue = self.seen.files[number].issue
        both = [self._ready(first, ACTS[first].who, issue), self._ready(second, who, issue)]
        self._run(self._gather([one for one, _ in both]))

    @precondition(lambda self: self._done)
    @rule(back=st.integers(1, 4))
    def once_more(self, back: int) -> None:
        """A click is delivered again, perhaps much later: the same answer, and nothing changes."""
        ready, answer = self._done[-min(back, len(self._done))]
        before = self._look()
        with suppress(*REFUSALS):  # whom it names may be gone by now
            assert self._run(ready(self.town.services)) == answer
        assert self._look() == before, "a repeated key changed something"

    # --- what the world does ------------------------------------------------------------------------------------------

    @rule(span=odd_spans, delivers=st.booleans())
    def time_passes(self, span: timedelta, delivers: bool) -> None:
        """A while later."""
        self.town.clock.advance(span)
        self._run(self.town.fire())
        if delivers:
            self._run(self.town.deliver())

    @rule(late=st.sampled_from([0, 0, 1]), times=st.integers(1, 4))
    def next_timers(self, late: int, times: int) -> None:
        """Nobody does anything until the next timers."""
        for _ in range(times):
            at = self._run(self.town.services.transactions.read(lambda store: store.timers.next_due()))
            if at is not None:
                self.town.clock.set(max(self.town.now, at + timedelta(seconds=late)))
                self._run(self.town.fire())

    @rule(
        what=st.sampled_from(TROUBLES), who=st.sampled_from(PEOPLE), faults=st.lists(st.sampled_from(Fault))
    )
    def trouble(self, what: str, who: str, faults: list[Fault]) -> None:
        """The process ends and begins again, or Slack is not what it was; the second time it is again."""
        if what == "restart":
            self._run(self.town.restart())
        elif what == "leaves":
            self._run(self.town.leaves(who))
        elif what == "mailbox":
            self.town.post.closed ^= {who}
        elif what == "directory":
            self.town.directory_turns()
        else:
            self.town.post.faults.extend(faults)

    @rule(number=numbers, leave=st.booleans())
    def owner_goes(self, number: int, leave: bool) -> None:
        """Whoever has an issue goes on leave, or leaves Slack (and comes back the second time)."""
        owner = self.seen.files[(number - 1) % len(self.seen.files) + 1].issue.owner
        if owner is not None:
            self._run(self.town.goes_on_leave(owner) if leave else self.town.leaves(owner))

    @rule()
    def settles(self) -> None:
        """Everything goes out, and then nothing offers what is over."""
        self._run(self.town.settle())
        self.seen = self._look()
        _nothing_wrong(self.judge.settled(self.seen))

    # --- what must be true --------------------------------------------------------------------------------------------

    @invariant()
    def all_is_well(self) -> None:
        """See judge."""
        self.seen = self._look()
        _nothing_wrong([*self.judge.complaints(self.seen, self.town.now), *self._errors.errors])

    def teardown(self) -> None:
        """Let the database go."""
        try:
            if hasattr(self, "town"):
                self._run(self.town.close())
        finally:
            logging.getLogger().removeHandler(self._errors)
            self._loop.close()

    # --- how ----------------------------------------------------------------------------------------------------------

    def likely(self) -> list[tuple[str, int]]:
        """Acts of which something comes, and the number of the issue."""
        files = self.seen.files.items()
        return [(name, n) for name, act in ACTS.items() for n, file in files if act.comes(file.issue)]

    def _act(self, what: str, who: str, number: int) -> None:
        issue = self.seen.files[(number - 1) % len(self.seen.files) + 1].issue
        ready, doing = self._ready(what, who, issue)
        if not self._do(ready) or what not in (*NO_LATER, *TELLS):
            return
        after = self._look().files
        if what in NO_LATER:
            _nothing_wrong(no_later(issue, after[issue.number].issue))
        if what in TELLS and after[issue.number].issue.state is not State.CLOSED:
            readers = (issue.requester, *further(after[issue.number].issue))
            self.judge.owed.extend((issue.number, reader, doing.text) for reader in readers)

    def _do(self, ready: Ready) -> bool:
        """Whether it was done; whoever may not reads why."""
        try:
            answer = self._run(ready(self.town.services))
        except REFUSALS as refusal:
            assert str(refusal)
            return False
        self._done.append((ready, answer))
        return True

    async def _gather(self, both: list[Ready]) -> None:
        answers = await asyncio.gather(*(one(self.town.services) for one in both), return_exceptions=True)
        for one in answers:
            if isinstance(one, BaseException) and not isinstance(one, REFUSALS):
                raise one

    def _ready(self, what: str, who: str, issue: Issue) -> tuple[Ready, Doing]:
        others = [number for number in self.seen.files if number != issue.number]
        key = self._key()
        doing = Doing(issue, self._person(who, issue), key, others[-1] if others else 99, f"words {key}")
        return ACTS[what].by(doing), doing

    def _person(self, who: str, issue: Issue) -> str:
        """A role in this issue as a user id; where nobody has it, who has it usually."""
        asked = [one.target.id for one in waiting_for(issue) if one.target.kind is TargetKind.USER]
        first = asked[0] if asked else ANA
        known = {
            "asked": first,
            "level": first,
            "owner": issue.owner or first,
            "raiser": issue.raiser,
            "requester": issue.requester,
            "manager": MANAGER,
            **ROLES,
        }
        return known.get(who, who)

    def _key(self) -> str:
        self._count += 1
        return f"key-{self._count}"

    def _look(self) -> Seen:
        return self._run(self.town.services.transactions.read(lambda store: look(store, MOST)))

    def _run(self, work: Awaitable[T]) -> T:
        return self._loop.run_until_complete(work)


def _nothing_wrong(found: Iterable[str]) -> None:
    wrong = [*found]
    assert not wrong, "\n".join(wrong)
