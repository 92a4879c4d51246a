"""What the More form offers: what can be done to the issue now, and of that what its reader may do."""

import pytest

from bot.domain.care import Company
from bot.domain.ids import UserId
from bot.domain.issue import Issue
from bot.domain.more import allowed, fits
from bot.domain.permissions import Actor
from tests.builders import ANA, OMAR, RAVI, actor, ask, at_level_two, channel, closed, issue
from tests.builders import acknowledged as taken

WORDS = (
    *(
        "giveback",
        "snooze",
        "change",
        "bypass",
        "sendback",
        "withdraw",
        "edit",
        "join",
        "watch",
        "unwatch",
        "link",
    ),
    *("kudos", "private", "public"),
)
OPEN = issue(requester=UserId("U_RITA"))
TAKEN = taken(OPEN)
FOLLOWED = TAKEN.bump(company=Company(watchers=(UserId("U_ELSE"),)))
SECRET = TAKEN.bump(private=True)
BY_CHANNEL = issue(asks=(ask(channel("C_OPS")),))

ROWS: dict[str, tuple[Issue, Actor, str]] = {
    "its owner": (
        TAKEN,
        actor(ANA, member=True),
        "giveback snooze change bypass sendback edit join watch link kudos private",
    ),
    "who is asked": (OPEN, actor(ANA, member=True), "change bypass sendback edit join watch link private"),
    "who was asked before": (
        at_level_two(OPEN),
        actor(ANA, member=True),
        "change bypass edit join watch link private",
    ),
    "a level above": (OPEN, actor(OMAR, member=True), "change bypass edit join watch link private"),
    "the escalation manager": (
        TAKEN,
        actor("U_M", manager=True, member=True),
        "change bypass sendback edit join watch link kudos private",
    ),
    "who raised it, before it is taken": (
        OPEN,
        actor(RAVI, member=True),
        "change bypass withdraw edit join watch",
    ),
    "who raised it": (TAKEN, actor(RAVI, member=True), "bypass withdraw edit join watch kudos"),
    "the requester": (TAKEN, actor("U_RITA", member=True), "bypass withdraw watch kudos"),
    "who follows it": (FOLLOWED, actor("U_ELSE", member=True), "join unwatch kudos"),
    "anybody here": (TAKEN, actor("U_ELSE", member=True), "join watch kudos"),
    "anybody, after it was closed": (closed(TAKEN), actor("U_ELSE", member=True), "watch kudos"),
    "a guest who raised it": (TAKEN, actor(RAVI, guest=True), "bypass withdraw edit watch kudos"),
    "a guest": (TAKEN, actor("U_ELSE", guest=True), ""),
    "a guest of a channel that was asked": (BY_CHANNEL, actor("U_ELSE", via="C_OPS", guest=True), ""),
    "somebody of another organisation": (TAKEN, actor("U_ELSE", outsider=True), ""),
    "who sees a private issue": (
        SECRET,
        actor(ANA, member=True),
        "giveback snooze change bypass sendback edit join watch link kudos public",
    ),
    "who does not see a private issue": (SECRET, actor("U_ELSE", member=True), ""),
}


@pytest.mark.parametrize("name", ROWS)
def test_everybody_is_offered_what_fits_and_what_they_may_do(name: str) -> None:
    one, who, offered = ROWS[name]
    fitting = [word for word in WORDS if fits(word, one, who.user)]
    assert " ".join(word for word in fitting if allowed(word, one, who)) == offered
