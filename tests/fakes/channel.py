"""A channel that answers as it is told and keeps every letter."""

from collections import deque
from collections.abc import Awaitable, Callable

from bot.domain.delivery import Outcome, Sent
from bot.domain.notification import NoticeKind, Op
from bot.usecases.rows import Letter

Rule = Callable[[Letter], Outcome | Exception | None]
During = Callable[[Letter], Awaitable[None]]


class FakeChannel:
    """Port Channel. Accepts everything unless told otherwise."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        """Every attempt, oldest first."""
        self.looked_for: list[Letter] = []
        self.found: Outcome | None = None
        """What a look-up of an earlier attempt finds."""
        self._next: deque[Outcome | Exception] = deque()
        self._rules: list[Rule] = []
        self._during: During | None = None

    def answers(self, *outcomes: Outcome | Exception) -> None:
        """The answers to the next letters, in order."""
        self._next.extend(outcomes)

    def refuses(self, place: str, outcome: Outcome | Exception) -> None:
        """Every letter to this place gets this answer from now on."""
        self._rules.append(lambda letter: outcome if letter.row.notice.to.id == place else None)

    def answers_kind(self, kind: NoticeKind, outcome: Outcome | Exception) -> None:
        """Every letter of this kind gets this answer from now on."""
        self._rules.append(lambda letter: outcome if letter.row.notice.kind is kind else None)

    def mends(self) -> None:
        """Accept everything again."""
        self._rules.clear()
        self._next.clear()

    def while_sending(self, happens: During) -> None:
        """What happens elsewhere during the next letter, before it is answered."""
        self._during = happens

    def sent(self, kind: NoticeKind) -> list[Letter]:
        """The letters of one kind."""
        return [one for one in self.letters if one.row.notice.kind is kind]

    async def send(self, letter: Letter) -> Outcome:
        """Raises what it was told to raise."""
        self.letters.append(letter)
        during, self._during = self._during, None
        if during is not None:
            await during(letter)
        answer = self._next.popleft() if self._next else self._ruled(letter)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def find(self, letter: Letter) -> Outcome | None:
        """What the test said is there."""
        self.looked_for.append(letter)
        return self.found

    def _ruled(self, letter: Letter) -> Outcome | Exception:
        ruled = next((answer for rule in self._rules if (answer := rule(letter)) is not None), None)
        return ruled if ruled is not None else self._accept(letter)

    def _accept(self, letter: Letter) -> Sent:
        if letter.row.notice.op is Op.EDIT and letter.message is not None:
            return Sent(letter.message.place, letter.message.stamp)
        return Sent(letter.row.notice.to.id, f"{len(self.letters)}.000100")
