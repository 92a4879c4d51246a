"""What is owed to the people around an issue, beside its ladder and its clocks: values only, changed by the verbs."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.contacts import Contact
from bot.domain.ids import UserId


@dataclass(frozen=True, slots=True)
class Brought:
    """Somebody without Slack whose issue was merged into this one, and who brings them each text: whoever raised it."""

    by: UserId
    name: str


@dataclass(frozen=True, slots=True)
class Company:
    """Who takes part beside raiser, requester and owner, and which other issues belong to it.

    `further` are requesters who joined, or whose issue was merged into this one; `links` and `merged_into` are numbers
    of issues of the same workspace. `unnamed` raised, without their name on the card, what was merged into this one;
    among them somebody, whom it never names.
    """

    further: tuple[UserId, ...] = ()
    watchers: tuple[UserId, ...] = ()
    links: tuple[int, ...] = ()
    merged_into: int | None = None
    unnamed: tuple[UserId, ...] = ()
    absent: tuple[Brought, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Whom somebody asked to take it: `by` is a user id, None for Rung itself (the owner is gone)."""

    contacts: tuple[Contact, ...]
    by: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bypass:
    """Somebody's wish to jump to `level` of the path of this name, in this opening; the escalation manager is asked.

    `owner` is who had it then. `judge` is who answered it, and `allowed` what they said; empty while nobody has.
    `over` = it was settled without an answer. Whether it still waits for one is what `bot.domain.wishing.wish` tells.
    """

    by: str
    level: int
    reason: str
    at: datetime
    opening: int = 1
    path: str = ""
    repeats: int = 0
    owner: str = ""
    judge: str = ""
    allowed: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """The last place of this opening that was gone straight to, past others, and why: those asked there read it."""

    level: int
    round: int
    why: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """Not an escalation: why (`code` of `bot.domain.sending_back.CODES`), who said so, at which level, and the appeal.

    `instead` is what the matrix says to do for that reason. `appealed_by` is empty until somebody appeals; `judged`
    turns true with the answer of `judge`, who `upheld` it or not; `reminded` counts how often that was asked again.
    """

    code: str
    note: str
    by: str
    level: int
    at: datetime
    appealed_by: str = ""
    appeal: str = ""
    appealed_at: datetime | None = None
    judged: bool = False
    instead: str = ""
    judge: str = ""
    upheld: bool = False
    reminded: int = 0


@dataclass(frozen=True, slots=True)
class Owing:
    """A text that still has to be brought to a requester without Slack. `n` counts them within the issue.

    Whoever raised it brings it, or `by`, whose issue was merged into this one.
    """

    n: int
    at: datetime
    reminded: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Care:
    """See the module. Every instant is UTC.

    `active_at` is when the owner last did something, `told_at` when the requester last read news of a person;
    `update_step` counts what happened since because the next news are late: odd = owner nudged, even = manager told.
    `wait_reminders` counts how often it was said that it still waits. `rated` and `commented` name who gave their
    closing answers. `disputes` counts how often it was said not to be solved, and `still_wrong` is what was said of
    this opening. `on_call_as` is the schedule by which the last owner had been asked; None when they were named
    otherwise. A snooze holds in the epoch `snoozed_epoch`. `quiet_from` is when the owner may be silent anew though
    they did nothing themselves; `unheard` = the next level is asked because they stayed silent. `gone` is who had
    it, or still has it, and is not there: `gone_why` is "left" (Slack) or "away" (on leave). They are not asked.
    `sent_on_at` is when somebody last escalated it by hand. `stand_in` is who got what was for the requester because it
    did not reach them: they may answer in their place. `lost` are those whom nothing reaches any more, and
    for whom nobody else reads it.
    """

    named: Named | None = None
    snoozed_until: datetime | None = None
    active_at: datetime | None = None
    still_asked_at: datetime | None = None
    top_asked_at: datetime | None = None
    told_at: datetime | None = None
    update_step: int = 0
    bypass: Bypass | None = None
    jump: Jump | None = None
    sent_back: SentBack | None = None
    wait_reminders: int = 0
    owing: tuple[Owing, ...] = ()
    rated: tuple[str, ...] = ()
    commented: tuple[str, ...] = ()
    followed_up_at: datetime | None = None
    follow_up_answered: bool = False
    reposted: bool = False
    disputes: int = 0
    still_wrong: str = ""
    on_call_as: Contact | None = None
    snoozed_epoch: int = 0
    quiet_from: datetime | None = None
    unheard: bool = False
    gone: str = ""
    gone_why: str = ""
    sent_on_at: datetime | None = None
    stand_in: str = ""
    lost: tuple[str, ...] = ()

    @property
    def appeal_waits(self) -> bool:
        """Whether an appeal waits for somebody's judgement."""
        return self.sent_back is not None and bool(self.sent_back.appealed_by) and not self.sent_back.judged
